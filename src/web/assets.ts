// Styles, islands, the typeface and the site's signs: bundled by esbuild as the process starts and served from memory under
// names that hold their hash, so that browsers and CDNs may keep them for ever.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { build, stop, type Metafile } from "esbuild";
import sharp from "sharp";
import type { ResponseCache } from "../http/cached.ts";
import type { Server } from "../http/server.ts";
import { signOnGround, signSides, webManifest, type SignSide } from "./brand.ts";

const here = new URL(".", import.meta.url);
const base = "/static/app/";
const immutable = "public, max-age=31536000, immutable";

export interface Assets {
  /** Path of the stylesheet of all pages. */
  stylesheet: string;
  /** Path of a further stylesheet, by the file's name in styles/pages/ without `.css`. RangeError for an unknown one. */
  style(name: string): string;
  /** Path of the typeface that every page begins with. */
  font: string;
  icon: string;
  /** Path of the sign as a picture of so many pixels. */
  sign(side: SignSide): string;
  manifest: string;
  /** Path of an island's script, by the file's name in islands/ without `.ts`. RangeError for an unknown one. */
  script(island: string): string;
  /** Serves all of them, and `/service-worker.js`, which keeps orders for where there is no network. */
  register(server: Server, cache: ResponseCache): void;
  /** All of them, for an origin; `name` is below `/static/`. */
  files: readonly AssetFile[];
}

export interface AssetFile {
  name: string;
  bytes: Uint8Array;
  contentType: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  woff2: "font/woff2",
  json: "application/manifest+json",
};

/** Once a process: what stops esbuild's own process would leave a second build, begun meanwhile, waiting for ever. */
let bundled: ReturnType<typeof bundle> | undefined;

/** Bundles `styles/site.css`, what is in `styles/pages/`, and every island. */
export async function buildAssets(siteName = "Marquee"): Promise<Assets> {
  const files: AssetFile[] = [];
  const add = (name: string, bytes: Uint8Array) => {
    const contentType = contentTypes[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    files.push({ name: `app/${name}`, bytes, contentType });
    return base + name;
  };
  const drawing = readSigns();
  bundled ??= bundle();
  const { outputFiles, metafile } = await bundled;
  for (const file of outputFiles) add(basename(file.path), file.contents);
  const pathOf = pathsOf(metafile);
  const path = (kind: string, source: string) => {
    const found = pathOf.get(source);
    if (found === undefined) throw new RangeError(`there is no ${kind} ${source}`);
    return found;
  };
  const { svg, pngs } = await drawing;
  const icon = add(named("icon.svg", svg), svg);
  const signs = new Map(pngs.map(({ side, bytes }) => [side, add(named(`sign-${side}.png`, bytes), bytes)]));
  const sign = (side: SignSide) => signs.get(side) ?? icon;
  const manifest = Buffer.from(webManifest(siteName, { icon, png: sign }));
  return {
    stylesheet: path("stylesheet", "styles/site"),
    style: (name) => path("stylesheet", `styles/pages/${name}`),
    font: path("font", "figtree-latin-wght-normal"),
    icon,
    sign,
    manifest: add(named("site.json", manifest), manifest),
    script: (island) => path("island", `islands/${island}`),
    files,
    register(server, cache) {
      // Its address stays, so that browsers look there for the next one; it may stand over the orders only.
      const worker = path("script", "offline/service-worker");
      const body = files.find(({ name }) => `/static/${name}` === worker)?.bytes ?? "";
      const made = { body, contentType: contentTypes["js"] ?? "", cacheControl: "no-cache", freshMs: Infinity };
      server.get("/service-worker.js", (request, reply) => cache.serve(request, reply, worker, async () => made));
      for (const { name, bytes, contentType } of files) {
        const path = `/static/${name}`;
        const made = { body: bytes, contentType, cacheControl: immutable, freshMs: Infinity };
        server.get(path, (request, reply) => cache.serve(request, reply, path, async () => made));
      }
    },
  };
}

async function bundle() {
  const below = async (folder: string, name: RegExp) =>
    (await readdir(new URL(`${folder}/`, here)))
      .filter((file) => name.test(file))
      .sort()
      .map((file) => `${folder}/${file}`);
  const pages = await below("styles/pages", /^[a-z-]+\.css$/);
  const islands = await below("islands", /^[a-z-]+\.tsx?$/);
  const result = await build({
    absWorkingDir: new URL(here).pathname,
    entryPoints: ["styles/site.css", ...pages, ...islands, "offline/service-worker.ts"],
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: "out",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".woff2": "file" },
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  await stop();
  return result;
}

/** Paths by what they were made of: `styles/site`, `islands/seats`, and fonts by their own name. */
function pathsOf({ outputs }: Metafile): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [path, { entryPoint, inputs }] of Object.entries(outputs)) {
    const name = basename(path);
    if (entryPoint) paths.set(entryPoint.replace(/\.[a-z]+$/, ""), base + name);
    const [font] = Object.keys(inputs).filter((input) => input.endsWith(".woff2"));
    if (font && name.endsWith(".woff2")) paths.set(basename(font, ".woff2"), base + name);
  }
  return paths;
}

async function readSigns() {
  const svg = await readFile(new URL("styles/icon.svg", here));
  const ground = Buffer.from(signOnGround(svg.toString("utf8")));
  const pngs = await Promise.all(
    signSides.map(async (side) => ({
      side,
      bytes: await sharp(ground).resize(side).png({ palette: true }).toBuffer(),
    })),
  );
  return { svg, pngs };
}

/** `icon.svg` → `icon-3fa2b810.svg` */
function named(name: string, bytes: Uint8Array): string {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  return name.replace(/\.(?=[a-z0-9]+$)/, `-${hash}.`);
}
