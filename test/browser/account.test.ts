// The pages about one's account in a real browser, each looked over by axe in both themes.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { simpleParser } from "mailparser";
import type { Page } from "playwright-core";
import { t } from "../../src/web/messages.ts";
import { openShop, type House } from "../app/setting.ts";
import { fits, lookOver as lookOverPage, openSetting } from "./setting.ts";

const email = "billie@example.org";
const password = "popcorn and salt";

const { house, newPage, faults } = await openSetting({ prepare: () => Promise.resolve() });

/** Looks over a page, and fails if it is wider than a phone. */
async function lookOver(page: Page): Promise<void> {
  await lookOverPage(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await fits(page);
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
  const page = await newPage();
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
  assert.deepEqual(faults, []);
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
