// A buyer with a real browser against the whole application, with scripts and without: find, choose, be declined, pay, show the
// code, be let in once.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { openShop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { buyerName, findSeats, holdBest, holdSeats, paid, pay, scan, scanned } from "./steps.ts";

const { prepared: shop, newPage, faults } = await openSetting({ prepare: openShop });

for (const scripts of [false, true]) {
  suite(scripts ? "with scripts" : "without scripts", () => {
    // Each has a showing of its own.
    const at = { scripts, ahead: scripts ? 1 : 2 };
    const open = () => newPage({ javaScriptEnabled: scripts });

    test("a guest finds two seats, is declined, pays, and is let in once", async () => {
      const page = await open();
      await findSeats(page, shop, at);
      await page.locator('input[value="D-3"]').check();
      await page.locator('input[value="D-4"]').check();
      await holdSeats(page).click();
      await page.waitForURL("**/holds/*");
      await pay(page, "declined");
      await page.getByRole("alert").filter({ hasText: "declined" }).waitFor();
      assert.equal(await buyerName(page).inputValue(), "Ann Example");
      await pay(page, "approved");
      await paid(page);
      const token = await scanned(page);
      assert.equal(await scan(shop, token), "admitted");
      assert.equal(await scan(shop, token), "ticket_used");
      await page.reload();
      assert.equal(await page.locator(".ticket-code").count(), 2);
      await page.context().close();
    });

    test("seats that are sold cannot be ticked by the next one", async () => {
      const page = await open();
      await findSeats(page, shop, at);
      assert.equal(await page.locator('input[value="D-3"]').isEnabled(), false);
      await page.getByText("118 seats left").waitFor();
      await page.context().close();
    });

    test("a bank that does not answer, and one that asks to confirm, end with tickets", async () => {
      const page = await open();
      // Waiting for a bank is the same in both: the page is loaded again.
      for (const how of scripts ? (["asks"] as const) : (["asks", "silent"] as const)) {
        await findSeats(page, shop, at);
        await holdBest(page);
        await pay(page, how);
        await page.waitForURL("**/orders/*");
        if (how === "asks") {
          const bank = page.getByRole("link", { name: "Go to your bank" });
          await bank.waitFor();
          if (scripts) await lookOver(page);
          await bank.click();
          await page.getByRole("button", { name: "Approve the payment" }).waitFor();
          if (scripts) await lookOver(page);
          await page.getByRole("button", { name: "Approve the payment" }).click();
        }
        // The page looks again by itself until the bank has answered.
        await paid(page);
      }
      await page.context().close();
    });
  });
}

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
