// The pages on which a seller lists and schedules shows, and has members and settings, in both themes: axe finds nothing, and none is
// wider than the smallest phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOverAll, openSellerPages } from "./seller-setting.ts";

const selling = await openSellerPages();
const { shop, faults } = selling;

lookOverAll(selling, ["/shows", "/shows/new", `/shows/${shop.showId}`, "/schedule", "/members", "/settings"]);

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
