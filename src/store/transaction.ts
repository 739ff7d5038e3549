import type { Transaction } from "kysely";
import type { Store } from "./open.ts";
import type { Database } from "./schema.ts";

/** PostgreSQL undid the transaction because of others at work: 40001 could not be put in order, 40P01 waited in a circle. */
const tryAgain: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const attempts = 4;

/** Runs `work` in a transaction; from the beginning again if the database undid it for the sake of others. */
export async function inTransaction<Result>(
  db: Store["db"],
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === attempts || !tryAgain.has((error as { code?: unknown }).code)) throw error;
    }
  }
}
