// Finding the few orders of a seller that came to nothing, are in payment or were given back. Nearly all orders are confirmed and
// keep their money, so they stand in neither index, and a list of them needs none.

import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  const unsettled = sql`create index orders_unsettled on orders (seller_id, status, placed_at) where status <> 'confirmed'`;
  const refunded = sql`create index orders_refunded on orders (seller_id, placed_at) where refunded_minor > 0`;
  for (const index of [unsettled, refunded]) await index.execute(db);
}
