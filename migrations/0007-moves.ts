// Tickets that moved to other places. The places they left keep their generations here: their tickets are gone.

import type { Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("moves")
    .addColumn("order_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("showing_id", "text", (c) => c.notNull())
    .addColumn("document", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("moves_key", ["order_id", "id"])
    .execute();
  await db.schema.createIndex("moves_showing").on("moves").columns(["showing_id"]).execute();
  await compareBytewise(db);
}
