// What ends sessions or changes rights is noted in the transaction that does it, in an order of its own: every process learns of
// it from here within two seconds, even if the bus lost the news.

import type { Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  // One row, locked by whoever notes something until it commits: so numbers become visible in their order, without gaps.
  await db.schema
    .createTable("account_news_head")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("number", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("account_news")
    .addColumn("number", "bigint", (c) => c.primaryKey())
    .addColumn("session_hash", "text")
    .addColumn("account_id", "text")
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
  await (db as Kysely<{ account_news_head: { id: number; number: number } }>)
    .insertInto("account_news_head")
    .values({ id: 1, number: 0 })
    .execute();
  await compareBytewise(db);
}
