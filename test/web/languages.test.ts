// Which language a page is in, that nobody gets another's from a cache, and how a reader changes it.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Server } from "../../src/http/server.ts";
import { openFixture, visitor } from "./fixture.ts";

await suite("the language of a page", async () => {
  const { server, catalogue } = await openFixture();
  const showing = catalogue.showings[0]?.id ?? "";

  const said = async (url: string, headers: Readonly<Record<string, string>> = {}) =>
    (await ask(server, url, headers)).headers["content-language"];

  const choices = [
    ["/", {}, "en"],
    ["/", { "accept-language": "es" }, "es"],
    ["/", { "accept-language": "es-MX,es;q=0.9,en;q=0.8" }, "es"],
    ["/", { "accept-language": "en;q=0.3, ES-us;q=0.7" }, "es"],
    ["/", { "accept-language": "de, fr;q=0.9, es;q=0.2" }, "es"],
    ["/", { "accept-language": "de, *;q=0.5, es;q=0.2" }, "en"],
    ["/", { "accept-language": "es;q=0, en;q=0.1" }, "en"],
    ["/", { "accept-language": "es;q=much" }, "en"],
    ["/", { "accept-language": "est, de" }, "en"],
    ["/", { "accept-language": "en", cookie: "lang=es" }, "es"],
    ["/", { "accept-language": "es", cookie: "lang=tlh" }, "es"],
    ["/?lang=en", { "accept-language": "es", cookie: "lang=es" }, "en"],
    ["/?lang=tlh", { cookie: "lang=es" }, "es"],
    ["/?lang=es&lang=en", { cookie: "lang=en" }, "es"],
  ] as const;
  for (const [url, headers, language] of choices) {
    await test(`${url} with ${JSON.stringify(headers)} is in ${language}`, async () => {
      assert.equal(await said(url, headers), language);
    });
  }

  await test("the same address is kept apart in each language, also where it is known", async () => {
    for (const path of ["/", "/help", "/venues", "/shows/show-harbour", `/showings/${showing}`]) {
      for (const language of ["en", "es", "es", "en"]) {
        const page = await ask(server, path, { "accept-language": language });
        assert.equal(page.headers["content-language"], language, path);
        assert.match(page.body, new RegExp(`<html lang="${language}">`), path);
        assert.equal(page.headers["vary"], "accept-encoding, accept-language, cookie", path);
      }
    }
  });

  await test("the address's language is kept in a cookie for a year, and the API keeps none", async () => {
    const first = await ask(server, "/venues?lang=es");
    assert.equal(first.headers["set-cookie"], "lang=es; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax");
    assert.equal((await ask(server, "/venues?lang=es", { cookie: "lang=es" })).headers["set-cookie"], undefined);
    assert.equal((await ask(server, "/api/v1/nothing?lang=es")).headers["set-cookie"], undefined);
  });

  await test("a link in the footer changes the language and keeps the filters", async () => {
    const reader = visitor(server);
    const page = await reader.get("/?near=Denver&kind=event");
    const link = /<a href="([^"]+)" lang="es"/.exec(page.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const spanish = await reader.get(link);
    assert.match(spanish.html, /<h1>Cartelera cerca de Denver<\/h1>/);
    assert.match(spanish.html, /aria-current="true">Eventos en vivo/);
    assert.match((await reader.get("/help")).html, /<h1>Ayuda<\/h1>/);
    assert.match((await reader.get("/help?lang=en")).html, /<h1>Help<\/h1>/);
    assert.match(
      (await reader.get("/sign-in?next=%2Faccount")).html,
      /href="\/sign-in\?next=%2Faccount&(?:amp;)?lang=es"/,
    );
  });

  await test("what one reader adds to an address is in nobody else's page", async () => {
    assert.doesNotMatch((await ask(server, "/help?from=friend")).body, /friend/);
    assert.doesNotMatch((await ask(server, "/venues?from=friend")).body, /friend/);
  });

  await test("the head names the page in every language, and private pages name none", async () => {
    const page = await ask(server, "/venues?q=boulder", { "accept-language": "es" });
    const links = [...page.body.matchAll(/<link rel="(?:canonical|alternate)"[^>]*>/g)].map(([link]) => link);
    assert.deepEqual(links, [
      '<link rel="canonical" href="http://localhost/venues?q=boulder&amp;lang=es"/>',
      '<link rel="alternate" hreflang="en" href="http://localhost/venues?q=boulder"/>',
      '<link rel="alternate" hreflang="es" href="http://localhost/venues?q=boulder&amp;lang=es"/>',
      '<link rel="alternate" hreflang="x-default" href="http://localhost/venues?q=boulder"/>',
    ]);
    assert.doesNotMatch((await ask(server, "/sign-in")).body, /rel="(?:canonical|alternate)"/);
  });

  await test("a refusal is in the language of who asked, even before a page was reached", async () => {
    for (const [url, options] of [
      ["/nowhere", {}],
      ["/sign-in", { method: "POST", headers: { origin: "https://evil.example" } }],
      ["/sign-in", { method: "POST", headers: { "content-type": "text/csv" }, payload: "a,b" }],
    ] as const) {
      const headers = { "accept-language": "es", ...("headers" in options ? options.headers : {}) };
      const page = await server.inject({ url, ...options, headers });
      assert.ok(page.statusCode >= 400);
      assert.equal(page.headers["content-language"], "es");
      assert.match(page.body, /<html lang="es">.*Ver la cartelera/s);
    }
  });

  await test("a sent form is answered in the language of its reader, whatever its body", async () => {
    const reader = visitor(server);
    await reader.get("/?lang=es");
    const { answer } = await reader.post("/sign-up", { name: "Ada", email: "not an address", password: "x" });
    assert.match(answer.html, /<html lang="es">/);
    assert.match(answer.html, /class="field-error"[^>]*>(?:Escribe|Usa) /);
  });

  await test("money, numbers, days and times are written as the language writes them, in the venue's time zone", async () => {
    const [english, spanish] = await Promise.all(
      ["en", "es"].map(async (language) => (await ask(server, `/showings/${showing}?lang=${language}`)).body),
    );
    assert.match(english ?? "", /\$\d+\.\d\d/);
    assert.match(spanish ?? "", /\d+,\d\d\u00a0US\$/);
    assert.match(english ?? "", /<time[^>]*>\d+:\d\d\s[AP]M</);
    assert.match(spanish ?? "", /<time[^>]*>\d+:\d\d</);
  });
});

function ask(server: Server, url: string, headers: Readonly<Record<string, string>> = {}) {
  return server.inject({ url, headers });
}
