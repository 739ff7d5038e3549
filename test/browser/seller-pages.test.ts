// Every page of a seller that sells, in both themes: axe finds nothing, and none is wider than the smallest phone.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "playwright-core";
import { openShop, type House } from "../app/setting.ts";
import { fits, lookOver, openSetting } from "./setting.ts";
import { signIn } from "./steps.ts";

/** The shop with a show that is no longer listed beside the one that sells, and an order. */
async function openSelling(opened: House) {
  const shop = await openShop(opened);
  const showing = await opened.app.catalogue.showing(shop.showingIds[0] ?? "");
  assert.ok(showing);
  const customer = { holder: "g:test", addressPrefix: "10.0.0" };
  const hold = await opened.app.sales.hold({ showingId: showing.id, seats: ["E-5", "E-6"] }, customer);
  const payment = { provider: "sandbox", token: "tok_approve" };
  const buyer = { email: "bea@example.org", name: "Bea" };
  const order = await opened.app.sales.checkOut(
    { id: "order-0123456789-1", holdId: hold.id, buyer, payment },
    customer,
  );
  await opened.app.caughtUp();
  return { ...shop, orderId: order.id };
}

const { prepared: shop, newPage, faults } = await openSetting({ prepare: openSelling });
const [showingId = ""] = shop.showingIds;
let page: Page;
before(async () => {
  page = await newPage({ viewport: { width: 1280, height: 900 } });
  await signIn(page, shop.email);
});

// The dashboard and the day's grid are looked over where they are tested.
for (const path of [
  "/venues",
  "/venues/new",
  `/venues/${shop.venueId}`,
  `/venues/${shop.venueId}/auditoriums/new`,
  `/auditoriums/${shop.auditoriumId}`,
  `/auditoriums/${shop.auditoriumId}/edit`,
  "/shows",
  "/shows/new",
  `/shows/${shop.showId}`,
  "/prices",
  `/prices/new/${shop.auditoriumId}`,
  "/schedule",
  "/showings",
  `/showings/${showingId}`,
  `/showings/${showingId}/blocks`,
  `/showings/${showingId}/cancel`,
  "/orders",
  "/orders?q=nobody",
  `/orders/${shop.orderId}`,
  "/members",
  "/settings",
  "/scan",
]) {
  test(path.replaceAll(/\w{15,}/g, "…"), async () => {
    const answer = await page.goto(`/sell/${shop.sellerId}${path}`);
    assert.equal(answer?.status(), 200);
    await lookOver(page, path);
    await page.setViewportSize({ width: 320, height: 640 });
    await fits(page, path);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
}

test("/sell, with several sellers and with none", async () => {
  await page.goto("/sell");
  await lookOver(page);
});

test("a code that is no ticket", async () => {
  await page.goto(`/sell/${shop.sellerId}/scan`);
  await page.getByLabel("Code of the ticket").fill("v1.a.b.c");
  await page.getByLabel("Code of the ticket").press("Enter");
  await page.locator(".door-word", { hasText: "No ticket of ours" }).waitFor();
  await lookOver(page);
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
