// Every page of the buyer, with something to show and with nothing, and with text that wants to be markup.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { hostile } from "./fixture-catalogue.ts";
import { openFixture, visitor } from "./fixture.ts";

const escaped = "&lt;script";

await suite("pages", async () => {
  const house = await openFixture();
  const nowhere = await openFixture({ empty: true });
  const showing = house.catalogue.showings[0]?.id ?? "";
  const concert = house.catalogue.showings.find((one) => one.seatMapId === "arena")?.id ?? "";

  const pages = [
    ["/", "What’s on"],
    ["/?near=Denver", "What’s on near Denver"],
    ["/?at=39.741,-104.987", "What’s on near Denver"],
    ["/?near=Denver&kind=event&sort=closest", "Velvet Static"],
    ["/shows/show-harbour", "The Harbour Letters"],
    ["/shows/show-harbour?near=Denver&on=2026-11-23", "Paramount"],
    ["/venues", "Mile High Arena"],
    ["/venues?q=boulder", "Boulder Picture House"],
    ["/venues/venue-paramount", "1621 Glenarm Place"],
    [`/showings/${showing}`, "350 seats left"],
    [`/showings/${concert}`, "Section 104"],
    [`/showings/${concert}?section=104`, 'value="104-A-1"'],
    ["/sign-in", "Sign in"],
    ["/sign-up", "Make an account"],
    ["/forgot-password", "Forgot your password?"],
    ["/help", "How long are my seats held?"],
  ] as const;
  for (const [address, text] of pages) {
    await test(`${address} shows “${text}”`, async () => {
      const page = await visitor(house.server).look(address);
      assert.equal(page.status, 200);
      assert.ok(page.html.includes(text), `no “${text}” in ${page.html.slice(0, 400)}`);
    });
  }

  for (const address of ["/", "/?near=Denver&genre=Drama&on=2026-12-24", "/venues"]) {
    await test(`${address} is whole when there is nothing`, async () => {
      const page = await visitor(nowhere.server).look(address);
      assert.equal(page.status, 200);
      assert.match(page.html, /class="empty"/);
    });
  }

  for (const address of ["/shows/none", "/venues/none", "/showings/none", "/orders/none", "/nothing-here"]) {
    await test(`${address} says in a friendly way that there is no such page`, async () => {
      const page = await visitor(house.server).look(address);
      assert.equal(page.status, 404);
      assert.match(page.html, /<h1>We cannot find that page/);
      assert.doesNotMatch(page.html, /There is no such thing/);
      assert.match(page.html, /See what is on/);
    });
  }

  await test("no page has inline styles or scripts", async () => {
    for (const [address] of pages) {
      const { html } = await visitor(house.server).look(address);
      assert.doesNotMatch(
        html,
        / style="| on\w+="|<style|<script(?! type="(?:module" src="\/static\/app\/|application\/ld\+json">))/,
        address,
      );
    }
  });

  await test("text of others is never markup", async () => {
    const hostileShowing = house.catalogue.showings.find((one) => one.showId === "show-hostile")?.id ?? "";
    const typed = encodeURIComponent(hostile);
    for (const address of [
      "/",
      "/shows/show-hostile",
      "/venues/venue-paramount",
      `/showings/${hostileShowing}`,
      `/?near=${typed}&q=${typed}&genre=${typed}`,
      `/venues?near=${typed}&q=${typed}`,
      `/sign-in?next=${typed}`,
    ]) {
      const { html } = await visitor(house.server).look(address);
      assert.doesNotMatch(html, /<script>alert/, address);
      if (!address.startsWith("/sign-in")) assert.ok(html.includes(escaped), address);
    }
    const { html } = await visitor(house.server).look("/shows/show-hostile");
    assert.doesNotMatch(html, /href="javascript:/);
  });

  await test("who looks for a title finds it on the first day it comes, with that day", async () => {
    const evening = house.time.now;
    house.time.now += 5 * 3_600_000;
    const all = await visitor(house.server).look("/");
    assert.match(all.html, /Nothing more today/);
    assert.doesNotMatch(all.html, /0 shows/);
    const { html } = await visitor(house.server).look("/?q=velvet");
    assert.match(html, /id="results">1 show</);
    assert.match(html, /href="\/shows\/[^"]*on=2026-11-23/);
    assert.match(html, /class="card-times"><li><time[^>]*>[^<]*Nov/);
    house.time.now = evening;
  });

  await test("a day without shows leads to the next, and one that is far ahead back to today", async () => {
    const browser = visitor(nowhere.server);
    assert.match((await browser.look("/?on=2026-11-24")).html, /Look at Wednesday, November 25/);
    assert.match((await browser.look("/?on=2027-05-05")).html, /Look at Monday, November 23/);
  });

  await test("a show's days begin with today where somebody looks, though it is yesterday still further west", async () => {
    const evening = house.time.now;
    house.time.now += 6 * 3_600_000;
    const browser = visitor(house.server);
    assert.match((await browser.look("/shows/show-harbour?near=Denver")).html, /on=2026-11-22/);
    assert.doesNotMatch((await browser.look("/shows/show-harbour?near=New%20York")).html, /on=2026-11-22/);
    house.time.now = evening;
  });

  await test("a YouTube trailer is a link to its page, and a player without cookies for whoever opens it here", async () => {
    const { html } = await visitor(house.server).look("/shows/show-harbour");
    const [link = ""] = /<a class="trailer-still"[^>]*>/.exec(html) ?? [];
    assert.match(link, /href="https:\/\/www\.youtube\.com\/watch\?v=dQw4w9WgXcQ"/);
    assert.match(link, /data-address="https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ"/);
    assert.doesNotMatch(html, /<iframe|<video/);
  });

  await test("times are those of the venue", async () => {
    const { html } = await visitor(house.server).look(`/showings/${showing}`);
    assert.match(html, /<time dateTime="2026-11-23T01:00:00Z">6:00/i);
    assert.match(html, /Sunday, November 22, 2026/);
    assert.match(html, /MST/);
  });

  await test("lists and showings are the same for everybody and set no cookie", async () => {
    for (const address of ["/", "/shows/show-harbour", "/venues/venue-paramount", `/showings/${showing}`]) {
      const page = await visitor(house.server).look(address);
      assert.match(String(page.headers["cache-control"]), /^public/);
      assert.equal(page.headers["set-cookie"], undefined);
    }
  });

  await test("what is one's own is kept by no cache, and its address leaves by no Referer", async () => {
    const page = await visitor(house.server).look("/sign-in");
    assert.equal(page.headers["cache-control"], "no-store");
    assert.equal(page.headers["referrer-policy"], "same-origin");
  });

  await test("a showing's page counts exactly, at once", async () => {
    const one = house.catalogue.showings[5];
    assert.ok(one);
    const browser = visitor(house.server);
    house.mark(one, [0, 1, 2], "s");
    const { html } = await browser.look(`/showings/${one.id}`);
    assert.ok(html.includes(`${one.placeCount - 3} seats left`));
    assert.equal(html.match(/ disabled>/g)?.length, 3);
  });

  await test("styles, islands, the typeface and the signs may be kept for ever, and are compressed", async () => {
    const { html } = await visitor(house.server).look("/shows/show-harbour");
    const paths = [...html.matchAll(/(?:href|src)="(\/static\/app\/[^"]+)"/g)].map((match) => match[1] ?? "");
    assert.ok(paths.length >= 8);
    for (const path of paths) {
      const asset = await house.server.inject({ url: path, headers: { "accept-encoding": "br" } });
      assert.equal(asset.statusCode, 200);
      assert.match(String(asset.headers["cache-control"]), /immutable/);
      if (path.endsWith(".css")) assert.equal(asset.headers["content-encoding"], "br");
      if (/\.(?:woff2|png)$/.test(path)) assert.equal(asset.headers["content-encoding"], undefined);
    }
    assert.match(html, /<link rel="preload" as="font" type="font\/woff2" href="[^"]*" crossorigin/);
  });

  await test("the manifest has the site's colours and signs that are there", async () => {
    const { html } = await visitor(house.server).look("/");
    const [, path = ""] = /<link rel="manifest" href="([^"]+)"/.exec(html) ?? [];
    const answer = await visitor(house.server).look(path);
    const manifest = JSON.parse(answer.html) as { theme_color: string; icons: { src: string }[] };
    assert.ok(html.includes(`<meta name="theme-color" content="${manifest.theme_color}"`));
    const tokens = readFileSync(new URL("../../src/web/styles/tokens.css", import.meta.url), "utf8");
    assert.ok(tokens.includes(`--canopy: ${manifest.theme_color};`), "brand.ts and tokens.css differ");
    for (const { src } of manifest.icons) assert.equal((await visitor(house.server).look(src)).status, 200);
  });

  await test("filters are links: each names what it changes, and what is chosen is taken back by its own", async () => {
    const hrefs = (html: string, text: string) => {
      const found = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)/g)].filter(([, , words]) => words === text);
      return found.map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    };
    const fresh = (await visitor(house.server).look("/?near=Denver&on=2026-11-23")).html;
    assert.deepEqual(hrefs(fresh, "Evening"), ["/?near=Denver%2C+CO&on=2026-11-23&after=17%3A00&before=21%3A00"]);
    assert.deepEqual(hrefs(fresh, "Morning"), ["/?near=Denver%2C+CO&on=2026-11-23&before=12%3A00"]);
    assert.deepEqual(hrefs(fresh, "Popular"), ["/?near=Denver%2C+CO&on=2026-11-23&sort=popular"]);
    const { html } = await visitor(house.server).look(
      "/?near=Denver&after=17:00&before=21:00&genre=drama&q=harbour&page=2",
    );
    assert.deepEqual(hrefs(html, "Evening"), ["/?near=Denver%2C+CO&genre=drama&q=harbour"]);
    assert.deepEqual(hrefs(html, "Drama"), ["/?near=Denver%2C+CO&after=17%3A00&before=21%3A00&q=harbour"]);
    assert.deepEqual(hrefs(html, "“harbour”"), ["/?near=Denver%2C+CO&after=17%3A00&before=21%3A00&genre=drama"]);
    assert.match(html, /<h1>Results for “harbour”/);
    assert.match((await visitor(house.server).look("/?after=18:30")).html, />from 18:30</);
  });

  await test("of today only those parts are offered that are to come", async () => {
    const parts = async (address: string) =>
      [...(await visitor(house.server).look(address)).html.matchAll(/>(Morning|Afternoon|Evening|Late)</g)].map(
        ([, part]) => part,
      );
    assert.deepEqual(await parts("/?near=Denver"), ["Evening", "Late"]);
    assert.deepEqual(await parts("/?near=Denver&on=2026-11-24"), ["Morning", "Afternoon", "Evening", "Late"]);
  });

  await test("a show begins with the nearest ten venues and has more for who asks", async () => {
    const { html } = await visitor(house.server).look("/shows/show-harbour?near=Denver&venues=20");
    assert.match(html, /Wheelchair places/);
    assert.equal(html.match(/class="venue-times-head"/g)?.length, 2);
    assert.doesNotMatch(html, /more venues/);
    const none = await visitor(house.server).look("/shows/show-harbour?on=2026-12-24");
    assert.match(none.html, /No showing on Thursday, December 24/);
    assert.match(none.html, /Showings on Sunday, November 22/);
  });
});
