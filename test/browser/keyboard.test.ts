// The whole purchase by keys alone, on a large screen and on the smallest: from the list to the tickets, and nothing that has the
// focus is hidden behind a bar.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { denverDay, openShop } from "../app/setting.ts";
import { openSetting } from "./setting.ts";
import { buyerEmail, buyerName, card, holdSeats, paid, payButton, seat, seatsOpen, tabTo, terms } from "./steps.ts";

const { prepared: shop, newPage, faults } = await openSetting({ prepare: openShop });

/** Goes there by Tab and presses Enter. */
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

for (const [width, height, row] of [
  [1280, 800, "D"],
  [320, 640, "F"],
] as const) {
  test(`from the list to the tickets at ${width} by ${height}`, async () => {
    const page = await newPage({ viewport: { width, height } });
    await page.goto(`/?near=Denver&on=${denverDay(1)}`);
    await page.keyboard.press("Tab");
    await page.getByRole("link", { name: "Skip to" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await press(page, page.getByRole("link", { name: "The Long Matinee", exact: true }));
    await page.getByRole("heading", { name: "Showtimes" }).waitFor();
    await press(page, page.locator(`a[href^="/showings/${shop.showingIds[0]}"]`).first());
    await seatsOpen(page);

    // The grid is one stop; inside it arrows lead from seat to seat.
    await tabTo(page, page.locator(".rows input[tabindex='0']"));
    await page.keyboard.press("Control+Home");
    const inRow = page.locator(`.rows input[value^="${row}-"]:focus`);
    for (let below = 0; below < 20 && (await inRow.count()) === 0; below += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await page.getByText("2 seats ·").waitFor();
    assert.equal(await seat(page, row, 2).isChecked(), true);
    await press(page, holdSeats(page));
    await page.waitForURL("**/holds/*");

    await write(page, buyerName(page), "Kay Board");
    await write(page, buyerEmail(page), "kay@example.org");
    // A group of choices is one stop, the arrows choose.
    await tabTo(page, card(page, "approved"));
    await page.keyboard.press("ArrowDown");
    assert.equal(await card(page, "declined").isChecked(), true);
    await tabTo(page, terms(page));
    await page.keyboard.press("Space");
    await press(page, payButton(page));
    await page.getByRole("alert").filter({ hasText: "declined" }).waitFor();
    await tabTo(page, card(page, "declined"));
    await page.keyboard.press("ArrowUp");
    await press(page, payButton(page));
    await paid(page);
    assert.equal(await page.locator(".ticket-code").count(), 2);
    await page.context().close();
  });
}

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
