import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createServer } from "../../src/http/server.ts";
import { serveStaticFiles, type StaticSource } from "../../src/http/static-files.ts";
import { createFolderContent } from "../../src/media/folder.ts";
import { OriginError } from "../../src/media/static-content.ts";
import { countingBytes } from "../accounts/setting.ts";

const text = (value: string) => Buffer.from(value);

async function serve(source: StaticSource, staticUrl?: string) {
  const settings = { logger: false, trustProxy: false, secure: false, writesPerMinute: 0 } as const;
  const server = await createServer({ ...settings, ...(staticUrl === undefined ? {} : { staticUrl }) });
  await serveStaticFiles(server, source);
  return server;
}

suite("static files", () => {
  for (const kind of ["a folder", "an origin elsewhere"]) {
    test(`come from ${kind} with headers for ever, but for what is replaced`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "marquee-static-"));
      const origin = createFolderContent(folder, countingBytes());
      await origin.put("media/ab/x.webp", text("picture"), "image/webp");
      await origin.replace("catalogue/index.json", text("{}"), "application/json");
      const server = await serve(kind === "a folder" ? { folder } : { origin });
      const picture = await server.inject("/static/media/ab/x.webp");
      deepEqual([picture.statusCode, picture.body], [200, "picture"]);
      equal(picture.headers["content-type"], "image/webp");
      equal(picture.headers["cache-control"], "public, max-age=31536000, immutable");
      const index = await server.inject("/static/catalogue/index.json");
      match(String(index.headers["content-type"]), /^application\/json/);
      match(String(index.headers["cache-control"]), /max-age=5,/);
      for (const wrong of ["media/ab/y.webp", "media/..%2f..%2fkeys.json", "%2e%2e/keys.json"]) {
        equal((await server.inject(`/static/${wrong}`)).statusCode, 404, wrong);
      }
      await server.close();
      rmSync(folder, { recursive: true });
    });
  }

  test("that are text go out compressed to whoever takes that, and pictures as they are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "marquee-static-"));
    const origin = createFolderContent(folder, countingBytes());
    const drawn = `<svg>${"<path d='M0 0'/>".repeat(500)}</svg>`;
    await origin.put("media/ab/x.svg", text(drawn), "image/svg+xml");
    await origin.put("media/ab/x.webp", text("picture"), "image/webp");
    const server = await serve({ folder });
    const ask = (name: string, headers: Record<string, string>) =>
      server.inject({ url: `/static/media/ab/${name}`, headers });
    const brotli = await ask("x.svg", { "accept-encoding": "gzip, deflate, br, zstd" });
    equal(brotli.headers["content-encoding"], "br");
    equal(brotli.headers.vary, "accept-encoding");
    equal(brotliDecompressSync(brotli.rawPayload).toString(), drawn);
    equal(gunzipSync((await ask("x.svg", { "accept-encoding": "gzip" })).rawPayload).toString(), drawn);
    const plain = await ask("x.svg", {});
    deepEqual([plain.body, plain.headers["content-encoding"]], [drawn, undefined]);
    const part = await ask("x.svg", { "accept-encoding": "br", range: "bytes=0-4" });
    deepEqual([part.statusCode, part.body], [206, "<svg>"]);
    const known = await ask("x.svg", { "accept-encoding": "br", "if-none-match": String(brotli.headers.etag) });
    equal(known.statusCode, 304);
    equal((await ask("x.webp", { "accept-encoding": "br" })).headers["content-encoding"], undefined);
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test("are elsewhere if there is a CDN, whose images pages may show", async () => {
    const server = await serve({ url: "https://cdn.example.org/shows" }, "https://cdn.example.org/shows");
    const sent = await server.inject("/static/media/ab/x.webp");
    equal(sent.statusCode, 302);
    equal(sent.headers.location, "https://cdn.example.org/shows/media/ab/x.webp");
    match(String(sent.headers["content-security-policy"]), /img-src 'self' data: https:\/\/cdn\.example\.org;/);
    match(String(sent.headers["content-security-policy"]), /default-src 'self';/);
    await server.close();
  });

  test("of an origin that does not answer are not available, and no fault", async () => {
    const server = await serve({ origin: { read: () => Promise.reject(new OriginError("away")) } });
    const answer = await server.inject("/static/media/ab/x.webp");
    equal(answer.statusCode, 503);
    doesNotMatch(String(answer.headers["cache-control"]), /immutable/);
    doesNotMatch(String(answer.headers["content-security-policy"]), /cdn/);
    await server.close();
  });
});
