// Styles and islands, bundled by esbuild as the process starts and served from memory under names that hold their hash,
// so that browsers and CDNs may keep them for ever.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { build, stop } from "esbuild";
import type { Server } from "../http/server.ts";

const here = new URL(".", import.meta.url);
const base = "/static/app/";
const immutable = "public, max-age=31536000, immutable";

export interface Assets {
  /** Path of the stylesheet. */
  stylesheet: string;
  icon: string;
  /** Path of an island's script, by the file's name in islands/ without `.ts`. Throws RangeError for an unknown one. */
  script(island: string): string;
  /** Serves all of them. */
  register(server: Server): void;
}

/** Bundles `styles/site.css` and every island. */
export async function buildAssets(): Promise<Assets> {
  const islands = (await readdir(new URL("islands/", here))).filter((name) => /^[a-z-]+\.tsx?$/.test(name)).sort();
  const entries = ["styles/site.css", ...islands.map((name) => `islands/${name}`)];
  const result = await build({
    absWorkingDir: new URL(here).pathname,
    entryPoints: entries,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    outdir: "out",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  await stop();
  const files = new Map<string, { bytes: Buffer; type: string }>();
  for (const file of result.outputFiles) {
    const type = file.path.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    files.set(basename(file.path), { bytes: Buffer.from(file.contents), type });
  }
  const icon = await readFile(new URL("styles/icon.svg", here));
  const iconName = `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8)}.svg`;
  files.set(iconName, { bytes: icon, type: "image/svg+xml" });

  const pathOf = new Map<string, string>();
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint) pathOf.set(basename(output.entryPoint).replace(/\.[a-z]+$/, ""), base + basename(path));
  }
  const script = (island: string) => {
    const path = pathOf.get(island);
    if (!path) throw new RangeError(`there is no island ${island}`);
    return path;
  };
  return {
    stylesheet: script("site"),
    icon: base + iconName,
    script,
    register(server) {
      for (const [name, { bytes, type }] of files) {
        server.get(base + name, (_request, reply) =>
          reply.header("content-type", type).header("cache-control", immutable).send(bytes),
        );
      }
    },
  };
}
