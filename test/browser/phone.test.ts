// The whole purchase by thumb on the smallest phone, as it is and with the browser's letters twice as large: no page is wider than
// the screen, and no bar covers what is tapped.

import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { denverDay, openShop } from "../app/setting.ts";
import { fits, lookOver, openChromium, openSetting, pagesOf } from "./setting.ts";
import { buyerEmail, buyerName, card, holdSeats, paid, payButton, seat, seatsOpen, terms } from "./steps.ts";

const { house, prepared: shop, newPage, faults } = await openSetting({ prepare: openShop });
/** What "font size: very large" in the browser's settings does. */
const large = await openChromium("--blink-settings=defaultFontSize=32,defaultFixedFontSize=26");
after(() => large.close());
const inLarge = pagesOf(house, large);
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** Brings something into view as its page does for the focus, and fails if a bar lies over its middle then. */
async function tap(page: Page, target: Locator): Promise<void> {
  await fits(page);
  await target.evaluate((element) => {
    const box = element.closest("label") ?? element;
    box.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  const over = await target.evaluate((element) => {
    const box = element.closest("label") ?? element;
    const { left, top, width, height } = box.getBoundingClientRect();
    const found = document.elementFromPoint(left + width / 2, top + height / 2);
    return found && (box.contains(found) || found.contains(box)) ? "" : (found?.outerHTML.slice(0, 200) ?? "nothing");
  });
  assert.equal(over, "", `${page.url()}: this lies over ${String(target)}`);
  await target.tap();
}

/** With large letters the bar with what is chosen leaves the map its room, and shows the seats to whoever asks. */
async function trayFolds(page: Page): Promise<void> {
  const tray = page.locator("[data-tray]");
  const seats = tray.getByRole("list");
  assert.equal(await seats.isHidden(), true);
  const height = (await tray.boundingBox())?.height ?? Infinity;
  assert.ok(height < 640 / 4, `the bar is ${height} px high`);
  await tap(page, tray.getByRole("button", { name: "Your seats" }));
  await seats.getByText("E-6").waitFor();
  await tap(page, tray.getByRole("button", { name: "Your seats" }));
  await seats.waitFor({ state: "hidden" });
}

for (const [name, pages, ahead] of [
  ["320 pixels wide", { newPage, faults }, 1],
  ["320 pixels wide, letters twice as large", inLarge, 2],
] as const) {
  suite(name, () => {
    test("from the list to the tickets by thumb", async () => {
      const page = await pages.newPage(phone);
      await page.goto(`/?near=Denver&on=${denverDay(ahead)}`);
      await tap(page, page.getByRole("link", { name: "The Long Matinee", exact: true }));
      await page.getByRole("heading", { name: "Showtimes" }).waitFor();
      await tap(page, page.locator(`a[href^="/showings/${shop.showingIds[ahead - 1]}"]`).first());
      await seatsOpen(page);
      const chosen = seat(page, "E", 6);
      // Seats too small for a finger come nearer at the first tap.
      await tap(page, chosen);
      while (!(await chosen.isChecked())) await chosen.tap();
      await page.getByText("1 seat ·").waitFor();
      if (pages === inLarge) await trayFolds(page);
      await lookOver(page);
      await tap(page, holdSeats(page));
      await page.waitForURL("**/holds/*");
      await tap(page, buyerName(page));
      await buyerName(page).fill("Theo Thumb");
      await tap(page, buyerEmail(page));
      await buyerEmail(page).fill("theo@example.org");
      await tap(page, card(page, "declined"));
      await tap(page, terms(page));
      await tap(page, payButton(page));
      await page.getByRole("alert").filter({ hasText: "declined" }).waitFor();
      await tap(page, card(page, "approved"));
      await lookOver(page);
      await tap(page, payButton(page));
      await paid(page);
      await lookOver(page);
      assert.equal(await page.locator(".ticket-code").count(), 1);
      assert.deepEqual(pages.faults, []);
      await page.context().close();
    });
  });
}
