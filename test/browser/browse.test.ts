// Finding something to see with a real browser: by place, by words with suggestions, by filters, with scripts and without; a
// show's page with its trailer; all of it on the smallest phone, with large letters, in both themes.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, suite, test } from "node:test";
import type { Page } from "playwright-core";
import { drawTrailer } from "../../demo/trailers.ts";
import { denverDay, openShop, type House, type Shop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";

const poster = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900"><rect width="600" height="900" fill="#a33"/><circle cx="300" cy="300" r="200" fill="#fd6"/></svg>`;

/** A film with a trailer, and a concert late in the evening, tomorrow and the day after. */
async function openEvenings(house: House): Promise<Shop> {
  const shop = await openShop(house);
  const { seller, sellerId, showId } = shop;
  const at = `/api/v1/sellers/${sellerId}`;
  const trailerUrl = "media/ab/ab00.webm";
  await mkdir(join(house.folder, "static/media/ab"), { recursive: true });
  await writeFile(join(house.folder, "static", trailerUrl), await drawTrailer(poster));
  await seller.ask("PATCH", `${at}/shows/${showId}`, { cast: ["Romy Aurel"], directors: ["Ida Vance"], trailerUrl });
  const { body: concert } = await seller.ask<{ id: string }>("POST", `${at}/shows`, {
    kind: "event",
    title: "Night Trains Live",
    runningMinutes: 60,
    genres: ["Concert"],
    cast: ["Night Trains"],
    synopsis: "One night only, twice.",
  });
  await seller.ask("POST", `${at}/shows/${concert.id}/publish`);
  const { priceListId, auditoriumId } = shop;
  const when = { times: ["22:00"], from: denverDay(1), to: denverDay(2), publish: true };
  await seller.ask("POST", `${at}/showings`, { showId: concert.id, auditoriumId, priceListId, ...when });
  return shop;
}

const { prepared: shop, newPage, faults } = await openSetting({ prepare: openEvenings });
const tomorrow = denverDay(1);

/** The titles of the list. */
function titles(page: Page): Promise<string[]> {
  return page.locator(".poster-card h3").allInnerTexts();
}

suite("without scripts", () => {
  test("somebody says where, is led by day, time and kind, and is known there the next time", async () => {
    const page = await newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto("/");
    await page.getByRole("button", { name: "Near: Choose a city" }).click();
    await page.getByLabel("City", { exact: true }).fill("denver");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "What’s on near Denver" }).waitFor();
    await page.getByRole("link", { name: "Tomorrow" }).click();
    assert.deepEqual((await titles(page)).toSorted(), ["Night Trains Live", "The Long Matinee"]);
    await page.getByRole("link", { name: "Evening", exact: true }).click();
    assert.deepEqual(await titles(page), ["The Long Matinee"]);
    const address = new URL(page.url());
    assert.deepEqual(
      ["near", "on", "after", "before"].map((name) => address.searchParams.get(name)),
      ["Denver, CO", tomorrow, "17:00", "21:00"],
    );
    await page.getByRole("link", { name: /^Evening.*remove/ }).click();
    await page.getByRole("link", { name: "Live events", exact: true }).click();
    assert.deepEqual(await titles(page), ["Night Trains Live"]);
    await page.getByRole("link", { name: "Drama", exact: true }).click();
    await page.getByText("Nothing matches").waitFor();
    await page.getByRole("link", { name: "Clear all filters" }).click();
    await page.goto("/venues");
    await page.getByRole("heading", { level: 1, name: "Venues near Denver" }).waitFor();
    await page.goto("/");
    await page.getByRole("button", { name: "Near: Denver" }).click();
    await page.getByRole("link", { name: "Everywhere" }).click();
    await page.getByRole("button", { name: "Near: Choose a city" }).waitFor();
    await page.context().close();
  });

  test("words are searched from the header, and a trailer is a link to its film", async () => {
    const page = await newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto("/help");
    await page.getByRole("button", { name: "Search", exact: true }).first().click();
    await page.getByRole("searchbox").fill("romy");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Results for “romy”" }).waitFor();
    await page.getByRole("link", { name: "The Long Matinee", exact: true }).click();
    const href = await page.getByRole("link", { name: "Watch the trailer" }).getAttribute("href");
    assert.equal(href, "/static/media/ab/ab00.webm");
    await page.context().close();
  });
});

suite("with scripts", () => {
  test("suggestions are chosen with keys: a show, a person, a city", async () => {
    const page = await newPage();
    await page.goto("/");
    const search = page.getByRole("combobox", { name: /^Search/ });
    const options = page.locator("#search-found").getByRole("option");
    await search.pressSequentially("lo");
    await options.first().waitFor();
    assert.equal(await search.getAttribute("aria-expanded"), "true");
    await page.getByRole("status").filter({ hasText: "Suggestions: 1" }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    assert.equal(await search.getAttribute("aria-activedescendant"), await options.first().getAttribute("id"));
    assert.equal(await options.first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await search.getAttribute("aria-expanded"), "false");
    assert.equal(await search.inputValue(), "lo");
    await search.pressSequentially("ng");
    await options.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/shows/${shop.showId}`);

    await page.getByRole("combobox", { name: /^Search/ }).pressSequentially("ida");
    await page.getByRole("option", { name: "Ida Vance Person" }).click();
    await page.getByRole("heading", { level: 1, name: "Results for “Ida Vance”" }).waitFor();
    assert.deepEqual(await titles(page), ["The Long Matinee"]);

    await page.getByRole("button", { name: "Near: Choose a city" }).click();
    await page.getByLabel("City", { exact: true }).pressSequentially("denv");
    await page.locator("#near-found").getByRole("option", { name: "Denver, CO City" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Near: Denver" }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("q"), "Ida Vance");
    await page.context().close();
  });

  test("words that nobody suggests are searched as they stand", async () => {
    const page = await newPage();
    await page.goto("/venues");
    await page.getByRole("combobox", { name: /^Search/ }).fill("matinee");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Results for “matinee”" }).waitFor();
    await page.context().close();
  });

  test("the device's position is asked for only at a tap, and rounded", async () => {
    const page = await newPage({
      geolocation: { latitude: 39.7392358, longitude: -104.990251 },
      permissions: ["geolocation"],
    });
    await page.goto("/");
    await page.getByRole("button", { name: "Near: Choose a city" }).click();
    await page.getByRole("button", { name: "Use my position" }).click();
    await page.getByRole("heading", { level: 1, name: "What’s on near Denver" }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("at"), "39.74,-104.99");
    await page.context().close();
  });

  test("a trailer loads when it is opened, plays in a dialog, and stops when that closes", async () => {
    const page = await newPage();
    const films: string[] = [];
    page.on("request", (request) => void (request.url().endsWith(".webm") && films.push(request.url())));
    await page.goto(`/shows/${shop.showId}`);
    const still = page.getByRole("link", { name: /^Watch the trailer.*The Long Matinee/ });
    await still.waitFor();
    assert.deepEqual(films, []);
    await still.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Trailer of The Long Matinee" }).waitFor();
    await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0);
    await page.keyboard.press("Escape");
    await page.locator("video").waitFor({ state: "detached" });
    assert.equal(await still.evaluate((link) => link === document.activeElement), true);
    await page.context().close();
  });
});

suite("on the smallest phone", () => {
  const paths = [
    "/",
    `/?near=Denver&on=${tomorrow}&after=17:00&before=21:00&genre=Drama`,
    "/?near=Nowhereville",
    "/?near=Denver&q=nothing",
    `/shows/${shop.showId}?near=Denver`,
    `/shows/${shop.showId}?on=2020-01-01`,
    "/venues?near=Denver",
    `/venues/${shop.venueId}`,
    "/help",
    "/nothing-here",
  ];
  let page: Page;
  before(async () => {
    page = await newPage({ viewport: { width: 320, height: 640 } });
  });

  test("no page is wider, and the header takes one row", async () => {
    for (const path of paths) {
      await page.goto(path);
      assert.equal(
        await page.getByRole("link", { name: "Marquee", exact: true }).count(),
        1,
        `${path}: the sign's name`,
      );
      assert.ok(((await page.locator(".site-header").boundingBox())?.height ?? 99) < 70, `${path}: header`);
      assert.equal(await overhang(page), 0, path);
    }
  });

  test("nor with letters twice as large", async () => {
    for (const path of paths) {
      await page.goto(path);
      await page.evaluate(() => void (document.documentElement.style.fontSize = "200%"));
      assert.equal(await overhang(page), 0, path);
    }
  });

  test("the first posters are in the first view", async () => {
    await page.goto(`/?near=Denver&on=${tomorrow}`);
    const poster = await page.locator(".poster-card").first().boundingBox();
    assert.ok((poster?.y ?? 999) < 420, `${poster?.y}`);
  });

  // The pages themselves are looked over in test/web/accessibility.test.ts.
  test("axe finds nothing in panels, suggestions and the player, in either theme", async () => {
    await page.goto("/?near=Denver");
    await page.getByRole("button", { name: "Near: Denver" }).click();
    await page.getByLabel("City", { exact: true }).waitFor();
    await lookOver(page, "place");
    await page.getByLabel("City", { exact: true }).fill("d");
    await page.locator("#near-found").getByRole("option").first().waitFor();
    // They lie over what else is there, until one is chosen.
    await lookOver(page, "cities", "#near-found");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Other day" }).click();
    await page.getByRole("textbox", { name: "Day" }).waitFor();
    await lookOver(page, "day");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Search", exact: true }).first().click();
    // The field is at hand.
    await page.locator("#search:focus").waitFor();
    await page.keyboard.type("ma");
    await page.locator("#search-found").getByRole("option").first().waitFor();
    await lookOver(page, "search");
    await page.goto(`/shows/${shop.showId}`);
    await page.getByRole("link", { name: "Watch the trailer" }).click();
    await page.locator("video").waitFor();
    await lookOver(page, "trailer");
    await page.context().close();
  });
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});

/** By how many pixels the page is wider than the screen. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
