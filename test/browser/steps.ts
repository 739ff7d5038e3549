// What buyers and sellers do in a browser, step by step. The words of the pages that tests press stand here, and only here.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { t } from "../../src/web/messages.ts";
import { mailedPath } from "../app/mail.ts";
import { denverDay, type House, type Shop } from "../app/setting.ts";

/** Ways to pay at the sandbox, as the check-out names them. */
export const cards = {
  approved: "Test card that is approved",
  declined: "Card that is declined",
  asks: "Bank that asks you to confirm",
  silent: "Bank that does not answer, then approves",
} as const;

export const seat = (page: Page, row: string, number: number): Locator =>
  page.getByRole("checkbox", { name: new RegExp(`^Row ${row} seat ${number},`) });

export const holdSeats = (page: Page): Locator => page.getByRole("button", { name: "Hold these seats" });
export const payButton = (page: Page): Locator => page.getByRole("button", { name: /^Pay/ });
export const buyerName = (page: Page): Locator => page.getByLabel("Name", { exact: true });
export const buyerEmail = (page: Page): Locator => page.getByLabel("E-mail address", { exact: true });
export const terms = (page: Page): Locator => page.getByLabel("I accept the terms of sale");
export const card = (page: Page, how: keyof typeof cards): Locator => page.getByLabel(cards[how], { exact: true });

/** The seats' page is there, and listens where it has scripts. */
export async function seatsOpen(page: Page, scripts = true): Promise<void> {
  await page.getByRole("heading", { name: "Choose your seats" }).waitFor();
  if (scripts) await page.locator(".picker[data-live]").waitFor();
}

/** From the list to the seats of a shop's show, so many days ahead. */
export async function findSeats(page: Page, shop: Shop, { ahead = 1, scripts = true } = {}): Promise<void> {
  await page.goto(`/?near=Denver&on=${denverDay(ahead)}`);
  await page.locator(`a[href^="/shows/${shop.showId}"]`).filter({ hasText: "The Long Matinee" }).first().click();
  await page.getByRole("heading", { name: "Showtimes" }).waitFor();
  await page
    .locator(`a[href^="/showings/${shop.showingIds[ahead - 1]}"]`)
    .first()
    .click();
  await seatsOpen(page, scripts);
}

/** Holds the seats that the house thinks best. */
export async function holdBest(page: Page): Promise<void> {
  await page.locator("#best-form button[type=submit]").click();
  await page.waitForURL("**/holds/*");
}

export async function pay(page: Page, how: keyof typeof cards): Promise<void> {
  await buyerName(page).fill("Ann Example");
  await buyerEmail(page).fill("ann@example.org");
  await card(page, how).check();
  await terms(page).check();
  await payButton(page).click();
}

/** The order's page says that all is well. */
export async function paid(page: Page): Promise<void> {
  await page.waitForURL("**/orders/*");
  await page.getByText("Paid and confirmed").waitFor();
}

/** What a scanner reads from one of the page's tickets, as the screen shows it. */
export async function scanned(page: Page, index = 0): Promise<string> {
  const picture = await page.locator(".ticket-code").nth(index).screenshot({ scale: "css" });
  const { data, info } = await sharp(picture).resize(800).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

/** What the door's program is told: `admitted`, or the code of the refusal. */
export async function scan(shop: Shop, token: string): Promise<string | undefined> {
  const asked = { token, gate: "North" };
  const { body } = await shop.seller.ask<{ admitted?: boolean; code?: string }>("POST", "/api/v1/scans", asked);
  return body.admitted === true ? "admitted" : body.code;
}

/** Types a ticket's code at the door's page, and waits for its answer. */
export async function scanAt(page: Page, base: string, token: string, answer: string): Promise<void> {
  await page.goto(`${base}/scan`);
  await page.getByLabel("Code of the ticket").fill(token);
  await page.getByLabel("Code of the ticket").press("Enter");
  await page.locator(".door-word", { hasText: answer }).waitFor();
}

/** Gives back the whole of somebody's order, as the seller. */
export async function refundAll(page: Page, base: string, buyer: string, reason: string): Promise<void> {
  await page.goto(`${base}/orders`);
  await page.getByRole("link", { name: buyer }).first().click();
  await page.waitForURL("**/orders/*");
  await page.getByRole("link", { name: "Refund all …" }).click();
  await page.getByLabel(/^Reason/).fill(reason);
  await page.getByRole("button", { name: /^Refund/ }).click();
  await page.waitForURL("**done=refunded**");
}

/** Makes an account by the form and the mailed link, and goes on to `next`. */
export async function signUp(
  page: Page,
  { folder }: Pick<House, "folder">,
  next: string,
  who: { name: string; email: string },
): Promise<void> {
  await page.goto(`/sign-up?next=${encodeURIComponent(next)}`);
  await page.locator("main input[name=name]").fill(who.name);
  await page.locator("main input[name=email]").fill(who.email);
  await page.locator("main input[name=password]").fill("a walrus on the balcony");
  await page.locator("main form button[type=submit]").last().click();
  await page.getByText(t.signUp.sent(who.email)).waitFor();
  await page.goto(await mailedPath(join(folder, "mail"), "sign-up", who.email));
  await page.getByRole("button", { name: t.signUp.confirmGo }).click();
  await page.waitForURL(`**${next}`);
}

export async function signIn(page: Page, email: string, password = "velvet rope 1927"): Promise<void> {
  await page.goto("/sign-in?next=%2Fsell");
  await page.locator("main input[name=email]").fill(email);
  await page.locator("main input[name=password]").fill(password);
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForURL("**/sell**");
}

/** Goes on with Tab until something has the focus; fails if what has it is covered on the way, say by a bar at an edge. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    assert.equal(await coveredFocus(page), "");
  }
  assert.fail(`Tab does not lead to ${String(target)}`);
}

/** What has the focus and is not to be seen at all; "" if some of it is (WCAG 2.4.11). */
export function coveredFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "";
    const box = (focused.matches("input") && focused.closest("label")) || focused;
    const { left, top, width, height } = box.getBoundingClientRect();
    for (const x of [0.1, 0.5, 0.9]) {
      for (const y of [0.1, 0.5, 0.9]) {
        const found = document.elementFromPoint(left + x * width, top + y * height);
        if (found && (box.contains(found) || found.contains(box))) return "";
      }
    }
    return `${focused.outerHTML.slice(0, 200)} at ${Math.round(left)}, ${Math.round(top)}`;
  });
}
