// A seller's list of orders by status reads only those orders, however many others there are.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CompiledQuery } from "kysely";
import { migrate, openStore } from "../../src/store/open.ts";
import { ordersQuery, sellerOrderStatuses } from "../../src/store/seller-orders.ts";

const indexes = {
  confirmed: "orders_seller",
  refunded: "orders_refunded",
  paying: "orders_unsettled",
  declined: "orders_unsettled",
  cancelled: "orders_unsettled",
  conflict: "orders_unsettled",
} as const;

const folder = mkdtempSync(join(tmpdir(), "marquee-orders-"));
const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
await migrate(store);
after(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

for (const status of sellerOrderStatuses) {
  test(`${status} orders are found by the index ${indexes[status]}`, async () => {
    const { sql: text, parameters } = ordersQuery(store.db, { sellerId: "seller", status, limit: 50 }).compile();
    const plan = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
    const { rows } = await store.db.executeQuery<{ detail: string }>(plan);
    assert.match(rows[0]?.detail ?? "", new RegExp(`USING INDEX ${indexes[status]} `));
  });
}
