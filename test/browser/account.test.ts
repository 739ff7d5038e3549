// The pages about one's account in a real browser, each looked over by axe in both themes.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { simpleParser } from "mailparser";
import { chromium, type Page } from "playwright-core";
import { t } from "../../src/web/messages.ts";
import { openHouse, openShop, type House } from "../app/setting.ts";

const email = "billie@example.org";
const password = "popcorn and salt";

async function openBrowser() {
  const house = await openHouse();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  const context = await browser.newContext({ baseURL: house.url, locale: "en-US", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("console", (line) => {
    // A refused form answers with its status, which browsers write down.
    if (line.type() === "error" && !/status of 4\d\d/.test(line.text())) complaints.push(line.text());
  });
  return {
    house,
    page,
    /** What the browser complained of: styles or scripts that the policy forbids among it. */
    complaints,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await house.close();
    },
  };
}

/** Fails naming what axe finds on the page, in the light and in the dark, and what is wider than a phone. */
async function lookOver(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    assert.deepEqual(found, [], `${page.url()}, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `${page.url()} is ${wider} px wider than a small phone`);
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function fill(page: Page, form: string, fields: Record<string, string>): Promise<void> {
  const at = page.locator(`form[action="${form}"]`);
  for (const [name, value] of Object.entries(fields)) await at.locator(`[name=${name}]`).fill(value);
  await at.locator("button[type=submit]").click();
  await page.waitForLoadState();
}

/** The link of the mail that lets choose a new password, once it was sent. */
async function mailedLink(house: House): Promise<string> {
  const folder = join(house.folder, "mail");
  for (let tries = 0; tries < 100; tries += 1) {
    const name = readdirSync(folder).find((file) => /^password-reset.*\.eml$/.test(file));
    if (name) {
      const { text } = await simpleParser(readFileSync(join(folder, name)));
      return /\/reset-password\?key=\w{52}/.exec(text ?? "")?.[0] ?? "";
    }
    await pause(100);
  }
  throw new Error("no mail was sent");
}

test("somebody makes an account, buys, forgets the password and chooses a new one; no page has a violation", async () => {
  await using browser = await openBrowser();
  const { house, page } = browser;
  const shop = await openShop(house);
  await page.goto("/account/orders");
  assert.equal(await page.locator("h1").textContent(), t.signIn.title, "whoever is not signed in signs in first");
  await lookOver(page);
  await fill(page, "/sign-in", { email, password });
  await page.getByRole("alert").waitFor();
  await lookOver(page);

  await page.getByRole("link", { name: t.signUp.title }).click();
  await fill(page, "/sign-up", { name: "Billie Buyer", email, password: "password1" });
  await page.locator(".field-error").waitFor();
  await lookOver(page);
  await fill(page, "/sign-up", { password });
  await page.getByText(t.account.noOrders).waitFor();
  await lookOver(page);

  await buy(page, shop.showingIds);
  await page.goto("/account/orders");
  await page.getByText("The Long Matinee").first().waitFor();
  await lookOver(page);
  await page.goto("/account/close");
  await lookOver(page);

  await page.goto("/account");
  await lookOver(page);
  await fill(page, "/account/profile", { name: "Billie B.", place: "Nowhere at all" });
  await fill(page, "/account/email", { email: "billie", password });
  await page.locator(".field-error").waitFor();
  await lookOver(page);
  await page.getByRole("button", { name: t.account.signOut, exact: true }).click();
  await page.waitForURL("/");

  await page.goto("/forgot-password");
  await lookOver(page);
  await fill(page, "/forgot-password", { email });
  assert.equal(await page.locator("h1").textContent(), t.reset.look);
  await lookOver(page);
  const link = await mailedLink(house);
  await page.goto(link);
  await lookOver(page);
  await fill(page, "/reset-password", { wanted: "salt and popcorn" });
  await page.getByText(t.reset.done).waitFor();
  await lookOver(page);
  await fill(page, "/sign-in", { email, password: "salt and popcorn" });
  assert.equal(new URL(page.url()).pathname, "/account");
  await page.goto(link);
  assert.equal(await page.locator("h1").textContent(), t.reset.over);
  await lookOver(page);
  assert.deepEqual(browser.complaints, []);
});

/** Buys two seats of each showing as a program with the browser's cookies does. */
async function buy(page: Page, showingIds: readonly string[]): Promise<void> {
  const { request } = page.context();
  for (const [index, showingId] of showingIds.entries()) {
    const held = await request.post(`/api/v1/showings/${showingId}/holds`, {
      data: { bestAvailable: { quantity: 2 } },
    });
    const { id: holdId } = (await held.json()) as { id: string };
    const payment = { provider: "sandbox", token: "tok_approve" };
    const data = { id: `browser-order-000000${index}`, holdId, buyer: { email, name: "Billie" }, payment };
    assert.equal((await request.post("/api/v1/orders", { data })).status(), 201);
  }
}
