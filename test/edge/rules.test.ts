// What deploy/nginx.conf promises, with applications behind it that do what they should not.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:http2";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, suite, test } from "node:test";
import { edgeConfiguration, makeCertificate, type Certificate } from "../../deploy/local/edge.ts";
import { freePort } from "../../deploy/local/free-port.ts";
import { startNginx, type LocalNginx } from "../../deploy/local/nginx.ts";
import { Refusal } from "../../src/domain/refusals.ts";
import { problemOf } from "../../src/http/problem.ts";
import { cacheControls } from "../../src/media/static-content.ts";
import { ask, type Answer, type Asked } from "./asking.ts";

const state = mkdtempSync(join(tmpdir(), "marquee-edge-"));
const origin = join(state, "origin");
const seen: IncomingMessage[] = [];
let behave: (request: IncomingMessage, response: ServerResponse) => void;
let apps: Server[];
let certificate: Certificate;
let ca: string;
let edge: LocalNginx;
let cacheRun = 0;

const listen = (port = 0) =>
  new Promise<Server>((resolve) => {
    const server = createServer((request, response) => {
      seen.push(request);
      behave(request, response);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const shut = (server: Server) =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
const get = (path: string, asked: Asked = {}) => ask(`https://localhost:${edge.port}${path}`, ca, asked);
const answerWith =
  (headers: Readonly<Record<string, string>>, body = "a page"): typeof behave =>
  (_request, response) =>
    void response.writeHead(200, { "content-type": "text/html", ...headers }).end(body);
const forAll = { "cache-control": "public, max-age=60" };

async function startEdge(ports: readonly number[], limits = { reads: 100_000, writes: 100_000 }): Promise<LocalNginx> {
  const port = await freePort();
  const own = join(state, `edge-${(cacheRun += 1)}`);
  mkdirSync(own);
  return startNginx({
    port,
    configuration: edgeConfiguration({ port, apps: ports, origin, state: own, limits, ...certificate }),
  });
}

suite("the edge", () => {
  before(async () => {
    mkdirSync(join(origin, "media"), { recursive: true });
    mkdirSync(join(origin, "catalogue"));
    certificate = await makeCertificate(state);
    ca = readFileSync(certificate.certificate, "utf8");
    apps = await Promise.all([listen(), listen()]);
    edge = await startEdge(apps.map(portOf));
  });
  after(async () => {
    await edge.stop();
    await Promise.all(apps.map(shut));
    rmSync(state, { recursive: true });
  });
  beforeEach(() => {
    seen.length = 0;
    behave = answerWith(forAll);
  });

  test("a page for everybody is asked for once, however many want it", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get("/shows/many")));
    assert.ok(answers.every(({ text }) => text === "a page"));
    assert.equal(seen.length, 1);
    assert.equal((await get("/shows/many")).headers["x-cache"], "HIT");
  });

  test("a seat map is asked for once, and its address alone says what it is", async () => {
    for (const headers of [{}, { cookie: "lang=es" }, {}]) await get("/api/v1/seat-maps/room", { headers });
    assert.equal(seen.length, 1);
    assert.equal(seen[0]?.headers.cookie, undefined);
    await get("/api/v1/showings/1/seats");
    await get("/api/v1/showings/1/seats");
    assert.equal(seen.length, 3);
  });

  test("a page for everybody is made without knowing who asks", async () => {
    await get("/?near=me", { headers: { cookie: "session=secret", authorization: "Bearer secret" } });
    assert.equal(seen[0]?.headers.cookie, "lang=en");
    assert.equal(seen[0]?.headers.authorization, undefined);
    await get("/api/v1/shows?near=me", { headers: { cookie: "session=secret; lang=es" } });
    assert.equal(seen[1]?.headers.cookie, undefined);
  });

  test("one address is kept apart in each language, and both are hits", async () => {
    behave = ({ headers }, response) =>
      void response
        .writeHead(200, { ...forAll, vary: "accept-encoding, accept-language, cookie" })
        .end(`in ${headers.cookie}`);
    for (const [language, headers] of [
      ["en", {}],
      ["es", { cookie: "lang=es" }],
    ] as const) {
      const first = await get("/shows/spoken", { headers });
      assert.equal(first.text, `in lang=${language}`);
      assert.equal(first.headers["x-cache"], "MISS");
      const again = await get("/shows/spoken", { headers });
      assert.equal(again.text, first.text);
      assert.equal(again.headers["x-cache"], "HIT");
      assert.equal(again.headers["vary"], "accept-encoding, accept-language, cookie");
    }
    assert.equal(seen.length, 2);
  });

  test("the language comes from the address, else the cookie, else what the browser accepts", async () => {
    behave = ({ headers }, response) => void response.writeHead(200, forAll).end(headers.cookie);
    for (const [query, headers, language] of [
      ["", {}, "en"],
      ["", { "accept-language": "es-MX,es;q=0.9,en;q=0.8" }, "es"],
      ["", { "accept-language": "de, fr;q=0.9, es;q=0.2" }, "es"],
      ["", { "accept-language": "en-US,en;q=0.9,es;q=0.8" }, "en"],
      ["", { "accept-language": "de, *;q=0.5, es;q=0.2" }, "en"],
      ["", { "accept-language": "est, de" }, "en"],
      ["", { "accept-language": "en", cookie: "session=1; lang=es" }, "es"],
      ["", { "accept-language": "es", cookie: "lang=tlh" }, "es"],
      ["?lang=en", { "accept-language": "es", cookie: "lang=es" }, "en"],
      ["?lang=tlh", { cookie: "lang=es" }, "es"],
    ] as const) {
      const answer = await get(`/venues/said${query}`, { headers });
      assert.equal(answer.text, `lang=${language}`, JSON.stringify([query, headers]));
    }
  });

  test("the place that a reader keeps counts where an address could name one and does not, and is kept apart", async () => {
    behave = ({ headers }, response) => void response.writeHead(200, forAll).end(headers.cookie);
    const cookie = "session=1; place=Denver%2C%20CO; lang=en";
    const denver = "lang=en; place=Denver%2C%20CO";
    for (const [path, sent, asked] of [
      ["/?kept", cookie, denver],
      ["/?kept", "", "lang=en"],
      ["/?kept", "place=Boulder", "lang=en; place=Boulder"],
      ["/shows/kept", cookie, denver],
      ["/venues", cookie, denver],
      ["/?near=Boulder", cookie, "lang=en"],
      ["/venues?at=40,-105", cookie, "lang=en"],
      ["/venues/kept", cookie, "lang=en"],
      ["/?insane", 'place="<script>"', "lang=en"],
    ] as const) {
      const answer = await get(path, { headers: { cookie: sent } });
      assert.equal(answer.text, asked, JSON.stringify([path, sent]));
      assert.equal((await get(path, { headers: { cookie: sent } })).headers["x-cache"], "HIT", path);
    }
  });

  test("a language that the address asks for is kept in a cookie, though the page comes from the cache", async () => {
    const cookie = "lang=es; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax";
    await get("/venues/asked?lang=es");
    const answer = await get("/venues/asked?lang=es");
    assert.equal(answer.headers["x-cache"], "HIT");
    assert.deepEqual(answer.headers["set-cookie"], [cookie]);
    assert.match(String(answer.headers["strict-transport-security"]), /max-age/);
    for (const [path, headers] of [
      ["/venues/asked?lang=es", { cookie: "lang=es" }],
      ["/venues/asked?lang=tlh", {}],
      ["/venues/asked", { "accept-language": "es" }],
      ["/api/v1/shows?lang=es", {}],
    ] as const) {
      assert.equal((await get(path, { headers })).headers["set-cookie"], undefined, path);
    }
  });

  test("an answer that sets a cookie, varies by one or forbids it is never kept", async () => {
    for (const [name, header] of Object.entries({ "set-cookie": "a=b", vary: "cookie", "cache-control": "no-store" })) {
      behave = answerWith({ ...forAll, [name]: header });
      await get(`/venues/${name}`);
      const again = await get(`/venues/${name}`);
      assert.notEqual(again.headers["x-cache"], "HIT", name);
    }
    assert.equal(seen.length, 6);
  });

  test("what belongs to somebody reaches the application with cookies and is never kept, whatever it says", async () => {
    const paths = [
      "/account",
      "/account/orders",
      "/orders/1",
      "/holds/1",
      "/sell/1/shows",
      "/showings/1",
      "/sign-in",
      "/api/v1/me",
      "/api/v1/session",
      "/api/v1/orders/1",
      "/api/v1/holds/1",
      "/api/v1/sellers/1/shows",
    ];
    for (const path of paths) {
      await get(path, { headers: { cookie: "session=anna" } });
      const again = await get(path, { headers: { cookie: "session=ben" } });
      assert.equal(again.headers["x-cache"], undefined, path);
      assert.equal(seen.at(-1)?.headers.cookie, "session=ben");
    }
    assert.equal(seen.length, 2 * paths.length);
  });

  test("each coding has its own entry, and odd requests for codings share them", async () => {
    behave = ({ headers }, response) =>
      void response.writeHead(200, { ...forAll, vary: "accept-encoding" }).end(`coding ${headers["accept-encoding"]}`);
    const read = async (coding: string) =>
      (await get("/help", { headers: coding === "" ? {} : { "accept-encoding": coding } })).text;
    assert.equal(await read("gzip, deflate, br, zstd"), "coding br");
    assert.equal(await read("br;q=1.0"), "coding br");
    assert.equal(await read("gzip"), "coding gzip");
    assert.equal(await read(""), "coding undefined");
    assert.equal(seen.length, 3);
  });

  test("a repeatable request goes to the other application when the first breaks off", async () => {
    const first = new Set<string>();
    behave = (request, response) => {
      if (first.size > 0) return answerWith({})(request, response);
      first.add(request.url ?? "");
      return request.socket.destroy();
    };
    assert.equal((await get("/orders/2")).text, "a page");
    assert.equal(seen.length, 2);
  });

  test("a POST is never sent twice", async () => {
    behave = (request) => request.socket.destroy();
    // Whether the application took it nobody knows: the buyer asks again with the same order id.
    const answer = await get("/api/v1/orders", { method: "POST", body: "{}" });
    assert.equal(answer.status, 503);
    assert.equal(answer.headers["content-type"], "application/problem+json");
    assert.equal(seen.length, 1);
  });

  test("what a client says about its own address and host is not believed", async () => {
    const claims = { "x-forwarded-for": "6.6.6.6", "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
    for (const path of ["/account", "/shows/claims"]) {
      await get(path, { headers: claims });
      const { headers } = seen.at(-1) as IncomingMessage;
      assert.equal(headers["x-forwarded-for"], "127.0.0.1");
      assert.equal(headers["x-forwarded-host"], `localhost:${edge.port}`);
      assert.equal(headers["x-forwarded-proto"], "https");
    }
  });

  test("an event arrives while its stream goes on", async () => {
    behave = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("event: seats\n\n");
    };
    await new Promise<void>((resolve, reject) => {
      const watching = request(`https://localhost:${edge.port}/api/v1/showings/1/seats/stream`, { ca, agent: false });
      watching.on("error", reject);
      watching.on("response", (response) => {
        response.once("data", (event: Buffer) => {
          assert.equal(event.toString(), "event: seats\n\n");
          response.destroy();
          resolve();
        });
      });
      watching.end();
    });
  });

  test("HTTP/2 is spoken to whoever can", async () => {
    const session = connect(`https://localhost:${edge.port}`, { ca });
    const stream = session.request({ ":path": "/account" });
    const status = await new Promise((resolve) => stream.on("response", (headers) => resolve(headers[":status"])));
    session.destroy();
    assert.equal(status, 200);
    assert.equal(seen[0]?.headers.host, `localhost:${edge.port}`);
  });

  test("static files come from the origin's folder, for ever; what is not there comes from the application", async () => {
    writeFileSync(join(origin, "media/picture-1a2b.svg"), "<svg/>");
    writeFileSync(join(origin, "catalogue/index.json"), "{}");
    const picture = await get("/static/media/picture-1a2b.svg");
    assert.equal(picture.text, "<svg/>");
    assert.equal(picture.headers["cache-control"], cacheControls.immutable);
    assert.equal(picture.headers["content-type"], "image/svg+xml");
    assert.equal(picture.headers["x-content-type-options"], "nosniff");
    assert.match(String(picture.headers["content-security-policy"]), /default-src 'self'/);
    const index = await get("/static/catalogue/index.json");
    assert.equal(index.text, "{}");
    assert.equal(index.headers["cache-control"], cacheControls.replaced);
    assert.equal(seen.length, 0);
    for (const path of ["/static/app/site-1a2b.css", "/static/catalogue/kept.json"]) {
      assert.equal((await get(path)).text, "a page");
      assert.equal(seen.at(-1)?.url, path);
    }
  });

  test("nobody reads files outside the origin's folder, nor what is for operators", async () => {
    writeFileSync(join(state, "secret"), "secret");
    for (const path of ["/static/../secret", "/static/%2e%2e/secret", "/static../secret"]) {
      assert.notEqual((await get(path)).text, "secret", path);
    }
    for (const path of ["/metrics", "/readyz"]) assert.equal((await get(path)).status, 404, path);
  });

  test("whoever asks too much is told to wait, in the words of the application", async () => {
    const strict = await startEdge(apps.map(portOf), { reads: 1000, writes: 1 });
    try {
      const url = `https://localhost:${strict.port}/api/v1/orders`;
      const answers = await Promise.all(
        Array.from({ length: 110 }, () => ask(url, ca, { method: "POST", body: "{}" })),
      );
      const refused = answers.filter(({ status }) => status === 429);
      assert.ok(refused.length > 0 && refused.length < 15, `${refused.length} of 110 were refused`);
      const { headers, text } = refused[0] as Answer;
      assert.equal(headers["content-type"], "application/problem+json");
      assert.equal(headers["retry-after"], "1");
      assert.equal(headers["cache-control"], "no-store");
      const { detail: _, ...own } = problemOf(new Refusal("too_many_requests"));
      const { detail: _said, ...told } = JSON.parse(text) as Record<string, unknown>;
      assert.deepEqual(told, own);
      assert.equal((await ask(url, ca)).status, 200, "reading goes on");
    } finally {
      await strict.stop();
    }
  });

  test("a body that the application would refuse does not get that far", async () => {
    const answer = await get("/api/v1/orders", { method: "POST", body: "x".repeat(300_000) });
    assert.equal(answer.status, 413);
    assert.equal((JSON.parse(answer.text) as { code: string }).code, "too_large");
    assert.equal(seen.length, 0);
  });

  test("a page that is too old is sent at once, marked, while it is made anew", async () => {
    behave = answerWith({ "cache-control": "public, max-age=1, stale-while-revalidate=60" }, "before");
    await get("/shows/renewed");
    behave = answerWith(forAll, "after");
    let answer = await get("/shows/renewed");
    while (answer.headers["x-cache"] === "HIT") answer = await get("/shows/renewed");
    assert.equal(answer.text, "before");
    assert.match(String(answer.headers["warning"]), /^110 /);
    while (answer.text === "before") answer = await get("/shows/renewed");
    assert.equal(answer.headers["x-cache"], "HIT");
    assert.equal(answer.headers["warning"], undefined);
    assert.equal(seen.length, 2);
  });

  test("with every application down, what was read is still there, marked stale, and the rest says to come back", async () => {
    const headers = { "cache-control": "public, max-age=1", date: "Sun, 01 Nov 2026 12:00:00 GMT" };
    const own = await Promise.all([listen(), listen()]);
    const other = await startEdge(own.map(portOf));
    const read = (path: string) => ask(`https://localhost:${other.port}${path}`, ca);
    try {
      behave = answerWith(headers);
      for (const path of ["/", "/shows/1", "/api/v1/shows"]) await read(path);
      await Promise.all(own.map(shut));
      for (const path of ["/", "/shows/1", "/api/v1/shows"]) {
        let answer = await read(path);
        while (answer.headers["x-cache"] === "HIT") answer = await read(path);
        assert.equal(answer.status, 200);
        assert.match(String(answer.headers["warning"]), /^110 /);
        assert.equal(answer.headers.date, headers.date, "a reader can tell how old it is");
      }
      const page = await read("/account");
      assert.equal(page.status, 503);
      assert.match(String(page.headers["content-type"]), /^text\/html/);
      assert.equal(page.headers["retry-after"], "5");
      const { detail: _, ...problem } = JSON.parse((await read("/api/v1/me")).text) as Record<string, unknown>;
      const { detail: _own, ...expected } = problemOf(new Refusal("unavailable"));
      assert.deepEqual(problem, expected);
    } finally {
      await other.stop();
    }
  });
});
