// What several processes need of the store: to rebuild a partition of the inventory from it, and to agree on who does what.

import { PostgresAdapter, sql, type Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  // Showings that the sales log ever spoke of, with their plan: what it takes to draw their seats again.
  await table("touched_showings")
    .addColumn("showing_id", "text", (c) => c.primaryKey())
    .addColumn("partition", "integer", (c) => c.notNull())
    .addColumn("starts_at", "bigint", (c) => c.notNull())
    .addColumn("place_count", "integer", (c) => c.notNull())
    .addColumn("sections", "text", (c) => c.notNull())
    .addColumn("closed_at", "bigint")
    .execute();
  await db.schema
    .createIndex("touched_showings_start")
    .on("touched_showings")
    .columns(["partition", "starts_at", "showing_id"])
    .execute();
  await table("blocked_places")
    .addColumn("showing_id", "text", (c) => c.notNull())
    .addColumn("place", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("blocked_places_key", ["showing_id", "place"])
    .execute();
  await table("partition_epochs")
    .addColumn("partition", "integer", (c) => c.primaryKey())
    .addColumn("epoch", "bigint", (c) => c.notNull())
    .execute();
  await table("leases")
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("until", "bigint", (c) => c.notNull())
    .execute();
  // The prices that orders had pinned, by the hash of the document: thousands of orders share a few.
  await table("pinned_prices")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("document", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .alterTable("orders")
    .addColumn("intent", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await db.schema
    .alterTable("applied")
    .addColumn("sale_at", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update applied set sale_at =
    coalesce((select max(o.confirmed_at) from orders o where o.partition = applied.partition), 0)`.execute(db);
  await sql`create index orders_open on orders (partition) where status = 'paying'`.execute(db);
  await sql`create index refunds_begun on refunds (order_id) where status = 'begun'`.execute(db);
  // The active ones are in tickets_active.
  await sql`create index tickets_not_active on tickets (showing_id) where status <> 'active'`.execute(db);
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    // Rows of an order are only ever written with it, in one transaction. Checked by PostgreSQL, each ticket also locks its order's
    // row, which writes that row again: tickets cost twice as much (docs/decisions/011-two-databases-one-code.md).
    await sql`alter table tickets drop constraint tickets_order_id_fkey`.execute(db);
    await sql`alter table refunds drop constraint refunds_order_id_fkey`.execute(db);
  }
  await compareBytewise(db);
}
