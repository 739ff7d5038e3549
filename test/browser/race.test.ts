// Two buyers with browsers want one seat: what is chosen follows what others take, and who is too late gets the nearest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "../app/setting.ts";
import { openSetting } from "./setting.ts";
import { findSeats, holdSeats, paid, pay, seat } from "./steps.ts";

const { prepared: shop, newPage, faults } = await openSetting({ prepare: openShop });

test("a seat that somebody else takes is unticked as it happens, and counts follow", async () => {
  const [one, other] = [await newPage(), await newPage()];
  for (const page of [one, other]) {
    await findSeats(page, shop);
    await seat(page, "B", 1).check();
  }
  await seat(one, "B", 2).check();
  await one.getByText("2 seats ·").waitFor();
  await holdSeats(other).click();
  await other.waitForURL("**/holds/*");
  await one.getByText("Somebody else just took B-1").waitFor();
  assert.equal(await seat(one, "B", 1).isChecked(), false);
  await other.locator(".hold-clock-face", { hasText: /^[78]:\d\d$/ }).waitFor();
  await other.getByRole("button", { name: "Give these seats back" }).click();
  await other.waitForURL("**/showings/*");
  await one.getByRole("checkbox", { name: /^Row B seat 1,.*free$/ }).waitFor();
  await one.context().close();
  await other.context().close();
});

test("two buyers race for the same seats: one has them, the other is offered the nearest and buys those", async () => {
  const buyers = [await newPage({ javaScriptEnabled: false }), await newPage({ javaScriptEnabled: false })];
  for (const page of buyers) {
    await findSeats(page, shop, { scripts: false });
    for (const name of ["C-1", "C-2"]) await page.locator(`input[value="${name}"]`).check();
  }
  const offer = (page: (typeof buyers)[number]) => page.getByRole("button", { name: /^Hold C-\d+ and C-\d+ instead/ });
  const lost = await Promise.all(
    buyers.map(async (page) => {
      await holdSeats(page).click();
      await page.waitForURL(/\/holds\/|\/hold$/);
      return page.url().endsWith("/hold");
    }),
  );
  assert.equal(lost.filter((late) => late).length, 1, "exactly one of them has the seats");
  for (const [index, page] of buyers.entries()) {
    if (lost[index]) await offer(page).click();
    await page.waitForURL("**/holds/*");
    await pay(page, "approved");
    await paid(page);
    await page.context().close();
  }
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
