// The place that somebody looks from: said once, kept in a cookie, in the address of every link.

import { doesNotMatch, equal, match } from "node:assert/strict";
import { suite, test } from "node:test";
import { openFixture, visitor } from "./fixture.ts";

await suite("where somebody looks", async () => {
  const house = await openFixture();
  const say = (query: string) => visitor(house.server).look(`/where?${query}`);

  await test("is kept, and leads back to the page that asked, from its first part and with its other filters", async () => {
    const answer = await say("near=denver&to=%2F%3Fgenre%3DDrama%26page%3D3%26near%3DBoulder");
    equal(answer.status, 303);
    equal(answer.headers.location, "/?genre=Drama&near=Denver%2C+CO");
    match(
      String(answer.headers["set-cookie"]),
      /^place=Denver%2C%20CO; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    equal(answer.headers["cache-control"], "no-store");
  });

  await test("of a device is kept to about a kilometre", async () => {
    const answer = await say("at=39.7412345,-104.987654&to=/venues");
    equal(answer.headers.location, "/venues?at=39.74%2C-104.99");
    match(String(answer.headers["set-cookie"]), /^place=39\.74%2C-104\.99;/);
  });

  await test("leads to no other site", async () => {
    for (const to of ["https://evil.example/", "//evil.example", "/\\evil.example", ""]) {
      equal((await say(`near=denver&to=${encodeURIComponent(to)}`)).headers.location, "/?near=Denver%2C+CO", to);
    }
  });

  await test("that nobody knows is kept by nobody, and the page says so", async () => {
    const browser = visitor(house.server);
    const { answer, page } = {
      answer: await say("near=Nowhereville&to=/"),
      page: await browser.get("/where?near=Nowhereville&to=/"),
    };
    equal(answer.headers["set-cookie"], undefined);
    equal(page.url, "/?near=Nowhereville");
    match(page.html, /We know no city “Nowhereville”/);
    match(page.html, /aria-invalid="true"/);
  });

  await test("is there at the first view afterwards, in every link, until it is forgotten", async () => {
    const browser = visitor(house.server);
    await browser.get("/where?near=denver&to=/");
    for (const path of ["/", "/venues", "/shows/show-harbour"]) {
      const { html, headers } = await browser.look(path);
      match(html, /class="place-button-name">Denver</, path);
      match(html, /href="\/(?!where)[^"]*near=Denver%2C\+CO/, path);
      match(String(headers["vary"]), /cookie/, path);
      equal(headers["set-cookie"], undefined, path);
    }
    match((await browser.look("/?near=Boulder")).html, /What’s on near Boulder/);
    const first = await browser.look("/");
    equal((await visitor(house.server).look("/")).html === first.html, false);
    await browser.get("/where?to=/");
    equal(browser.cookies.size, 0);
    match((await browser.look("/")).html, /class="place-button-name">Choose a city</);
  });

  await test("in a cookie that makes no sense is nowhere", async () => {
    for (const place of ["Nowhereville", "999,999", "%00", "x".repeat(500)]) {
      const { statusCode, body } = await house.server.inject({ url: "/", headers: { cookie: `place=${place}` } });
      equal(statusCode, 200);
      match(body, /Choose a city/);
      doesNotMatch(body, /We know no city/);
    }
  });
});
