import { deepEqual, equal } from "node:assert/strict";
import { describe, it } from "node:test";
import { createResponseCache } from "../../src/http/cached.ts";
import { createServer } from "../../src/http/server.ts";

/** A server with one cached route; counts what was made and how often the handler ran. */
async function setting() {
  const time = { now: 1_000 };
  const news = { version: 1 };
  const counts = { made: 0, handled: 0 };
  const cache = createResponseCache(() => time.now);
  const server = await createServer({ logger: false, trustProxy: false, secure: false, writesPerMinute: 0 });
  server.get("/list", { onRequest: cache.known(() => news.version) }, (request, reply) => {
    counts.handled += 1;
    return cache.serve(request, reply, `list ${news.version} ${request.url}`, async () => {
      counts.made += 1;
      return {
        body: `${counts.made} ${"x".repeat(2_000)}`,
        contentType: "text/plain",
        cacheControl: "public",
        freshMs: 1_000,
      };
    });
  });
  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
  return { time, news, counts, get, close: () => server.close() };
}

describe("answers that are the same for everybody", () => {
  it("are made once while they are fresh, and a known address does not even reach the handler", async () => {
    const { counts, time, get, close } = await setting();
    await get("/list?a=1");
    const again = await get("/list?a=1");
    equal(again.body.slice(0, 2), "1 ");
    deepEqual(counts, { made: 1, handled: 1 });
    time.now += 1_001;
    equal((await get("/list?a=1")).body.slice(0, 2), "2 ");
    deepEqual(counts, { made: 2, handled: 2 });
    await close();
  });

  it("are made anew when there is news, however fresh they are", async () => {
    const { counts, news, get, close } = await setting();
    await get("/list");
    news.version += 1;
    equal((await get("/list")).body.slice(0, 2), "2 ");
    equal(counts.made, 2);
    await close();
  });

  it("keep apart what different addresses ask for, and carry the headers of every answer", async () => {
    const { get, close } = await setting();
    const [one, other] = [await get("/list?a=1"), await get("/list?a=2")];
    equal(one.body === other.body, false);
    const known = await get("/list?a=1");
    equal(known.headers["x-content-type-options"], "nosniff");
    equal(known.headers.etag, one.headers.etag);
    equal((await get("/list?a=1", { "if-none-match": String(one.headers.etag) })).statusCode, 304);
    equal((await get("/list?a=1", { "accept-encoding": "br" })).headers["content-encoding"], "br");
    await close();
  });

  it("are compressed as well as can be if they are good for ever, and pictures and fonts not at all", async () => {
    const cache = createResponseCache(() => 1_000);
    const server = await createServer({ logger: false, trustProxy: false, secure: false, writesPerMinute: 0 });
    const text = Array.from({ length: 3_000 }, (_, index) => `.a${index * 7919} { top: ${index % 97}px }`).join("\n");
    for (const [path, contentType, freshMs] of [
      ["/moment", "text/css", 1_000],
      ["/ever", "text/css", Infinity],
      ["/font", "font/woff2", Infinity],
    ] as const) {
      const made = { body: Buffer.from(text), contentType, cacheControl: "public", freshMs };
      server.get(path, (request, reply) => cache.serve(request, reply, path, async () => made));
    }
    const get = (url: string) => server.inject({ url, headers: { "accept-encoding": "br" } });
    const [moment, ever, font] = [await get("/moment"), await get("/ever"), await get("/font")];
    equal(moment.headers["content-encoding"], "br");
    equal(ever.rawPayload.length < moment.rawPayload.length, true);
    deepEqual([font.headers["content-encoding"], font.body], [undefined, text]);
    await server.close();
  });
});
