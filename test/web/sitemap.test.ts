// What search engines are told: which pages there are, in which languages, and what a show's page is about.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { suite, test } from "node:test";
import { hostile } from "./fixture-catalogue.ts";
import { openFixture, visitor } from "./fixture.ts";

await suite("what machines read", async () => {
  const house = await openFixture();
  const look = (path: string) => visitor(house.server).look(path);
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address = ""]) => address);

  await test("robots.txt names the sitemap, whose parts name every page in every language", async () => {
    const robots = await look("/robots.txt");
    match(String(robots.headers["content-type"]), /^text\/plain/);
    match(robots.html, /^Disallow: \/account$/m);
    const [, index = ""] = /^Sitemap: http:\/\/localhost(\S+)$/m.exec(robots.html) ?? [];
    const parts = locations((await look(index)).html);
    deepEqual(
      parts.map((part) => part.replace("http://localhost/sitemaps/", "")),
      ["pages-1.xml", "shows-1.xml", "venues-1.xml"],
    );
    const pages: string[] = [];
    for (const part of parts) {
      const answer = await look(new URL(part).pathname);
      equal(answer.headers["content-type"], "application/xml; charset=utf-8");
      match(String(answer.headers["cache-control"]), /^public/);
      pages.push(...locations(answer.html));
    }
    for (const page of pages) equal((await look(new URL(page).pathname)).status, 200, page);
    ok(pages.includes("http://localhost/shows/show-harbour"));
    const { html } = await look("/sitemaps/shows-1.xml");
    match(html, /hreflang="es" href="http:\/\/localhost\/shows\/show-harbour\?lang=es"/);
  });

  await test("there are no more parts than there are pages", async () => {
    for (const part of ["shows-2.xml", "shows-0.xml", "secrets-1.xml", "toString-1.xml", "shows-1"]) {
      equal((await look(`/sitemaps/${part}`)).status, 404, part);
    }
  });

  interface Node {
    "@type": string;
    [name: string]: unknown;
  }
  const dataOf = async (path: string) => {
    const { html } = await look(path);
    const [, json = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    return (JSON.parse(json) as { "@graph": Node[] })["@graph"];
  };

  await test("a film's page describes the film and what is on sale of it", async () => {
    const [movie, ...screenings] = await dataOf("/shows/show-harbour?near=Denver");
    equal(movie?.["@type"], "Movie");
    equal(movie?.["duration"], "PT127M");
    deepEqual(movie?.["director"], [{ "@type": "Person", name: "Cy Director" }]);
    ok(screenings.length >= 3);
    const [first] = screenings;
    equal(first?.["@type"], "ScreeningEvent");
    deepEqual(first["workPresented"], { "@id": movie["@id"] });
    equal(first["startDate"], "2026-11-23T01:00:00Z");
    const offer = first["offers"] as Record<string, string>;
    deepEqual(
      [offer["priceCurrency"], offer["lowPrice"], offer["availability"]],
      ["USD", "10.80", "https://schema.org/InStock"],
    );
    match(String((first["location"] as Record<string, unknown>)["name"]), /Paramount/);
  });

  await test("a concert's page describes each evening, and who plays", async () => {
    const evenings = await dataOf("/shows/show-concert");
    ok(evenings.every((evening) => evening["@type"] === "Event"));
    deepEqual(evenings[0]?.["performer"], [{ "@type": "Person", name: "Velvet Static" }]);
  });

  await test("text of others ends no script", async () => {
    const [movie] = await dataOf("/shows/show-hostile");
    equal(movie?.["name"], hostile);
    const { html } = await look("/shows/show-hostile");
    equal(html.split("<script>alert").length, 1);
  });

  await test("a link to a page has a title, a sentence, a picture and its own address wherever it is shared", async () => {
    const { html } = await look("/shows/show-harbour?near=Denver&on=2026-11-23&lang=es");
    const card = new Map(
      [...html.matchAll(/<meta property="(og:\w+)" content="([^"]*)"/g)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    );
    equal(card.get("og:title"), "The Harbour Letters");
    equal(card.get("og:type"), "video.movie");
    equal(card.get("og:url"), "http://localhost/shows/show-harbour?lang=es");
    match(card.get("og:image") ?? "", /^http:\/\/localhost\/static\/app\/sign-512-/);
    ok((card.get("og:description") ?? "").length > 20);
    match(html, /<meta name="twitter:card" content="summary"/);
    match(html, /<link rel="canonical" href="http:\/\/localhost\/shows\/show-harbour\?lang=es"/);
  });
});
