import { PostgresAdapter, type Kysely } from "kysely";
import type { Database } from "./schema.ts";

/** Whether a store, or a transaction of it, runs on PostgreSQL: for the few places where the two differ. */
export function isPostgres(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
