// A buyer's account and order across a restart of the whole application, in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { findSeats, holdBest, paid, pay, signUp } from "./steps.ts";

const { house, prepared: shop, newPage, faults } = await openSetting({ prepare: openShop });

for (const scripts of [false, true]) {
  test(`an account finds its order after a restart, still signed in, ${scripts ? "with scripts" : "without scripts"}`, async () => {
    const open = () => newPage({ javaScriptEnabled: scripts });
    const page = await open();
    await signUp(page, house, "/account/orders", { name: "Bo Buyer", email: `bo-${scripts}@example.org` });
    await findSeats(page, shop, { scripts });
    await holdBest(page);
    await pay(page, "approved");
    await paid(page);
    const cookies = await page.context().cookies();
    await page.context().close();
    await house.restart();
    const later = await open();
    await later.context().addCookies(cookies);
    await later.goto("/account/orders");
    await later.locator('main a[href^="/orders/"]').first().click();
    await later.waitForURL("**/orders/*");
    assert.equal(await later.locator(".ticket-code").count(), 2);
    if (scripts) await lookOver(later);
    await later.context().close();
  });
}

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
