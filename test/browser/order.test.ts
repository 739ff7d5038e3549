// The page of an order in a real browser: codes large enough for any scanner, with scripts and without; saved for where there is
// no network, and forgotten when somebody signs out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type BrowserContext, type Locator, type Page } from "playwright-core";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { keyOf } from "../accounts/signed-up.ts";
import { openHouse, openShop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
const house = await openHouse({ "writes-per-minute": "0" });
const shop = await openShop(house);
await shop.seller.ask("PATCH", `/api/v1/sellers/${shop.sellerId}`, { cancelHours: 2 });
// Service workers want a safe origin, which localhost is.
const baseURL = house.url.replace("127.0.0.1", "localhost");
let number = 0;

async function newPage(options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    locale: "en-US",
    viewport: { width: 390, height: 780 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** Two tickets of whoever the browser is; answers the order's path and its tokens. */
async function buy({ request }: BrowserContext): Promise<{ path: string; tokens: string[] }> {
  const at = `/api/v1/showings/${shop.showingIds[0]}/holds`;
  const held = await request.post(at, { data: { bestAvailable: { quantity: 2 } } });
  const { id: holdId } = (await held.json()) as { id: string };
  const id = `order-in-browser-${(number += 1)}`;
  const buyer = { name: "Ann Example", email: "ann@example.org" };
  const payment = { provider: "sandbox", token: "tok_approve" };
  const placed = await request.post("/api/v1/orders", { data: { id, holdId, buyer, payment } });
  const { key } = (await placed.json()) as { key: string };
  const tickets = await request.get(`/api/v1/orders/${id}/tickets?key=${key}`);
  const { items } = (await tickets.json()) as { items: { token: string }[] };
  return { path: `/orders/${id}?key=${key}`, tokens: items.map(({ token }) => token) };
}

/** What a scanner reads of a part of the screen. */
async function scanned(code: Locator): Promise<string> {
  const picture = sharp(await code.screenshot({ scale: "css", animations: "disabled" }));
  const { data, info } = await picture.resize(800).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

/** Waits until the browser has saved the page with all that it needs. */
async function saved(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const [pages, assets] = [await caches.open("marquee-orders"), await caches.open("marquee-order-assets")];
    const needed = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].map(({ href }) => href);
    const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map(({ src }) => src);
    const kept = new Set((await assets.keys()).map(({ url }) => url));
    return (
      (await pages.match(location.pathname)) !== undefined && [...needed, ...scripts].every((url) => kept.has(url))
    );
  });
}

/** Fails naming what axe finds in both themes. */
async function lookOver(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The themes differ in colours only.
    if (colorScheme === "dark") axe.withRules(["color-contrast"]);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    assert.deepEqual(found, [], `${page.url()}, ${colorScheme}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  await test(`on a phone in the dark each code is as wide as the page, white, and one a screen, ${how}`, async () => {
    const page = await newPage({ javaScriptEnabled, colorScheme: "dark", viewport: { width: 320, height: 640 } });
    const { path, tokens } = await buy(page.context());
    await page.goto(path);
    if (javaScriptEnabled) await lookOver(page);
    const codes = page.locator(".ticket-code");
    const boxes = await codes.evaluateAll((all) => all.map((code) => code.getBoundingClientRect().toJSON() as DOMRect));
    assert.equal(boxes.length, 2);
    // 60 mm at CSS's 96 pixels an inch.
    assert.ok(
      boxes.every(({ width }) => width >= 226),
      JSON.stringify(boxes),
    );
    assert.ok((boxes[1]?.x ?? 0) > 300, "the second ticket is beside the first");
    assert.equal(await scanned(codes.first()), tokens[0]);
    await page.getByRole("region", { name: "2 tickets" }).evaluate((tickets) => tickets.scrollTo({ left: 9_999 }));
    assert.equal(await scanned(codes.nth(1)), tokens[1]);
    await page.context().close();
  });

  await test(`a code fills the screen by a tap and leaves it by another, ${how}`, async () => {
    const page = await newPage({ javaScriptEnabled, colorScheme: "dark" });
    const { path, tokens } = await buy(page.context());
    await page.goto(path);
    await page.getByRole("button", { name: "Fill the screen" }).first().click();
    const large = page.locator(".ticket-large:popover-open");
    const box = await large.locator("svg").boundingBox();
    assert.ok(box && box.width > 360, JSON.stringify(box));
    if (javaScriptEnabled) await lookOver(page);
    assert.equal(await scanned(large), tokens[0]);
    await large.getByRole("button").click();
    await large.waitFor({ state: "hidden" });
    await page.context().close();
  });
}

await test("an order that was open once shows its codes without a network, marked as a copy", async () => {
  const page = await newPage();
  const { path, tokens } = await buy(page.context());
  await page.goto(path);
  await saved(page);
  const notice = page.locator(".saved-copy");
  assert.equal(await notice.isHidden(), true);
  await page.context().setOffline(true);
  await page.reload();
  await notice.filter({ hasText: /Saved copy, as of \d{1,2}:\d\d [AP]M/ }).waitFor();
  assert.equal(await scanned(page.locator(".ticket-code").first()), tokens[0]);
  assert.ok(
    await page
      .locator(".ticket-code")
      .first()
      .evaluate((code) => code.getBoundingClientRect().width > 226),
  );
  await page.getByRole("button", { name: "Fill the screen" }).first().click();
  assert.equal(await scanned(page.locator(".ticket-large:popover-open")), tokens[0]);
  await page.context().setOffline(false);
  await page.reload();
  await page.getByText("Paid and confirmed").waitFor();
  assert.equal(await notice.isHidden(), true);
  await page.context().close();
});

await test("what was given back is not shown as a copy any more", async () => {
  const page = await newPage();
  const { path } = await buy(page.context());
  await page.goto(path);
  await saved(page);
  await page.getByText("Cancel this order").click();
  await page.getByLabel("Yes, cancel all tickets").check();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await page.getByText("given back in full").waitFor();
  await page.waitForFunction(async () => (await (await caches.open("marquee-orders")).keys()).length === 0);
  await page.context().close();
});

await test("signing out drops the copies; so does a session that was ended elsewhere", async () => {
  const page = await newPage();
  const copies = () => page.evaluate(async () => (await (await caches.open("marquee-orders")).keys()).length);
  const email = "ann@example.org";
  const password = "popcorn and salt";
  const link = await house.register({ email, name: "Ann Example", password });
  await page.request.post("/api/v1/accounts/confirm", { data: { token: keyOf(link), password } });
  const { path } = await buy(page.context());
  const own = path.split("?")[0] ?? "";
  await page.goto(own);
  await saved(page);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL(`${baseURL}/`);
  assert.equal(await copies(), 0);

  await page.request.post("/api/v1/session", { data: { email, password } });
  await page.goto(own);
  await saved(page);
  await page.request.delete("/api/v1/session");
  await page.goto(own);
  await page.waitForFunction(async () => (await (await caches.open("marquee-orders")).keys()).length === 0);
  await page.context().setOffline(true);
  await assert.rejects(page.goto(own));
  await page.context().close();
});

await test("close", async () => {
  await browser.close();
  await house.close();
});
