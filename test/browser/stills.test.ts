// Stills of a show in a real browser: cut on the picture with scripts, sent as they are without, ordered, taken away, and seen by
// buyers; what cannot be used is refused in plain words.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { openHouse, openShop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const house = await openHouse({ "writes-per-minute": "0" });
const shop = await openShop(house);
const folder = mkdtempSync(join(tmpdir(), "marquee-stills-"));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
after(async () => {
  await browser.close();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function file(name: string, width: number, height: number, background = "#203a5f"): Promise<string> {
  const path = join(folder, name);
  writeFileSync(
    path,
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return path;
}

async function open(options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> {
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL, locale: "en-US", ...options });
  await context.request.post("/api/v1/session", { data: { email: shop.email, password: "velvet rope 1927" } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`/sell/${shop.sellerId}/shows/${shop.showId}`);
  return page;
}

async function lookOver(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
    [],
    page.url(),
  );
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.equal(wide, window, `${page.url()} is not wider than its window`);
}

const alts = (page: Page) =>
  page.locator(".still-list img").evaluateAll((images: HTMLImageElement[]) => images.map((image) => image.src));

test("stills are cut, sent with their progress, ordered, seen by buyers and taken away", async () => {
  const page = await open({ viewport: { width: 390, height: 800 } });
  const field = page.getByLabel("Another still");
  const small = await file("stamp.png", 200, 150);
  await field.setInputFiles(small);
  await page.getByText("stamp.png is too small: a still needs 320 pixels of width.").waitFor();
  for (const [name, colour] of [
    ["one.png", "#203a5f"],
    ["two.png", "#7a2040"],
  ] as const) {
    await field.setInputFiles(await file(name, 1_300, 1_000, colour));
    await page.getByRole("group", { name: "Part of the picture" }).focus();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: "Add this part" }).click();
    await page.getByText("Added.").waitFor();
    if (name === "one.png") await page.goto(`/sell/${shop.sellerId}/shows/${shop.showId}`);
  }
  const before = await alts(page);
  assert.equal(before.length, 2);
  await lookOver(page);
  await page.getByRole("button", { name: "Move still 2 earlier" }).click();
  await page.getByText("Saved.").waitFor();
  assert.deepEqual(await alts(page), before.toReversed());

  const phone = { baseURL: new URL(page.url()).origin, viewport: { width: 320, height: 700 }, locale: "en-US" };
  const buyer = await (await browser.newContext(phone)).newPage();
  await buyer.goto(`/shows/${shop.showId}`);
  await buyer.getByRole("heading", { name: "Stills" }).waitFor();
  const shown = buyer.locator(".still-strip img");
  assert.equal(await shown.count(), 2);
  assert.equal(await shown.first().getAttribute("loading"), "lazy");
  assert.equal(await shown.first().getAttribute("alt"), "Still 1 of The Long Matinee");
  await lookOver(buyer);
  const { body } = await shop.seller.ask<{ stills: string[] }>("GET", `/api/v1/shows/${shop.showId}`);
  assert.deepEqual(
    body.stills.map((path) => new URL(path, buyer.url()).href),
    before.toReversed(),
  );
  await buyer.context().close();

  await page.getByRole("button", { name: "Remove still 1" }).click();
  await page.getByText("Removed.").waitFor();
  assert.equal((await alts(page)).length, 1);
  await page.context().close();
});

test("without scripts a still is sent as it is, and one that cannot be used is refused in the reader's language", async () => {
  const page = await open({ javaScriptEnabled: false, locale: "es-MX" });
  const count = (await alts(page)).length;
  await page.getByLabel("Otro fotograma").setInputFiles(await file("wide.png", 700, 500, "#446644"));
  await page.getByRole("button", { name: "Añadir fotograma" }).click();
  await page.getByText("Añadido.").waitFor();
  assert.equal((await alts(page)).length, count + 1);
  const broken = join(folder, "broken.png");
  writeFileSync(broken, "no picture at all");
  await page.getByLabel("Otro fotograma").setInputFiles(broken);
  await page.getByRole("button", { name: "Añadir fotograma" }).click();
  await page.getByText("No es una imagen PNG, JPEG ni WebP.").waitFor();
  assert.equal((await alts(page)).length, count + 1);
  await page.context().close();
});
