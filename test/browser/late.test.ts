// A hold whose time runs out while somebody checks out, with scripts and without: said kindly, the seats are taken again, and paid.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { openShop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { buyerName, findSeats, holdSeats, paid, pay } from "./steps.ts";

const holdMs = 8 * 60_000;
let ahead = 0;
const clock = () => Date.now() + ahead;
const { prepared: shop, newPage, faults } = await openSetting({ system: { clock }, prepare: openShop });
const title = "These seats are no longer held for you";

for (const scripts of [false, true]) {
  suite(scripts ? "with scripts" : "without scripts", () => {
    test("a hold runs out in the middle of the check-out; the same seats are held again and paid", async () => {
      const page = await newPage({ javaScriptEnabled: scripts });
      await findSeats(page, shop, { scripts, ahead: scripts ? 1 : 2 });
      await page.locator('input[value="D-3"]').check();
      await page.locator('input[value="D-4"]').check();
      if (scripts) await page.clock.install();
      await holdSeats(page).click();
      await page.waitForURL("**/holds/*");
      await buyerName(page).fill("Ann Example");
      ahead += holdMs + 1_000;
      // The page looks again by itself; without scripts the late payment is what finds out.
      if (scripts) await page.clock.fastForward(holdMs + 1_000);
      else await pay(page, "approved");
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      if (scripts) await lookOver(page);
      await page.getByRole("button", { name: /^Hold D-3 and D-4 again/ }).click();
      await page.waitForURL("**/holds/*");
      await pay(page, "approved");
      await paid(page);
      assert.equal(await page.locator(".ticket-code").count(), 2);
      await page.context().close();
    });
  });
}

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
