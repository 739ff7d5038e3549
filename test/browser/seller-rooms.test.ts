// The pages on which a seller has venues, rooms and their prices, in both themes: axe finds nothing, and none is wider than the smallest phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOverAll, openSellerPages } from "./seller-setting.ts";

const selling = await openSellerPages();
const { shop, faults } = selling;

lookOverAll(selling, [
  "/venues",
  "/venues/new",
  `/venues/${shop.venueId}`,
  `/venues/${shop.venueId}/auditoriums/new`,
  `/auditoriums/${shop.auditoriumId}`,
  `/auditoriums/${shop.auditoriumId}/edit`,
  "/prices",
  `/prices/new/${shop.auditoriumId}`,
]);

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
