// The pages on which a seller sells, in both themes: axe finds nothing, and none is wider than the smallest phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOverAll, openSellerPages } from "./seller-setting.ts";
import { fits, lookOver } from "./setting.ts";
import { signUp } from "./steps.ts";

const selling = await openSellerPages();
const { shop, newPage, faults } = selling;
const [showingId = ""] = shop.showingIds;

// The dashboard and the day's grid are looked over where they are tested.
lookOverAll(selling, [
  "/showings",
  `/showings/${showingId}`,
  `/showings/${showingId}/blocks`,
  `/showings/${showingId}/cancel`,
  `/prices/copy?showing=${showingId}`,
  "/orders",
  "/orders?q=nobody",
  `/orders/${shop.orderId}`,
  "/scan",
]);

test("/sell, for a member of several sellers and for somebody without one", async () => {
  const page = selling.page();
  await page.goto("/sell");
  assert.equal(await page.locator(".seller-links a").count(), 2);
  await lookOver(page);
  const other = await newPage({ viewport: { width: 320, height: 640 } });
  await signUp(other, selling.house, "/sell", { name: "Nina", email: "nina@example.org" });
  assert.equal(await other.locator(".seller-links a").count(), 0);
  await lookOver(other);
  await fits(other);
  await other.context().close();
});

test("a code that is no ticket", async () => {
  const page = selling.page();
  await page.goto(`/sell/${shop.sellerId}/scan`);
  await page.getByLabel("Code of the ticket").fill("v1.a.b.c");
  await page.getByLabel("Code of the ticket").press("Enter");
  await page.locator(".door-word", { hasText: "No ticket of ours" }).waitFor();
  await lookOver(page);
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
