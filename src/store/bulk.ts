// Rows by the hundred thousand, for whoever fills a store from elsewhere. Statements of many rows are compiled once and run
// again; 126,000 showings take about a second on SQLite.

import { CompiledQuery, type Insertable, type Kysely } from "kysely";
import type { Store } from "./open.ts";
import type { Database } from "./schema.ts";

/** Rows by table, written in the order of the tables. */
export type BulkRows = { readonly [Table in keyof Database]?: readonly Insertable<Database[Table]>[] };

export interface BulkStore {
  /**
   * Adds all rows or none. Throws if one is there already, but for tables whose rows are named by their content
   * (seat maps, price lists, media): there it stays as it is.
   */
  add(rows: BulkRows): Promise<void>;
}

/** Values in one statement; SQLite takes 32,766, and beyond a thousand or two nothing is gained. */
const valuesAStatement = 2_000;
const namedByContent: ReadonlySet<string> = new Set(["seat_maps", "price_lists", "media"]);

export function createBulkStore({ db }: Pick<Store, "db">): BulkStore {
  const statements = new Map<string, string>();
  const compiled = (table: keyof Database, rows: readonly object[]): string => {
    const key = `${table} ${rows.length} ${Object.keys(rows[0] ?? {}).join()}`;
    let text = statements.get(key);
    if (text === undefined) statements.set(key, (text = compile(db, table, rows)));
    return text;
  };
  return {
    async add(tables) {
      await db.transaction().execute(async (trx) => {
        for (const [name, all] of Object.entries(tables) as [keyof Database, readonly object[]][]) {
          const columns = Object.keys(all[0] ?? {});
          const rowsAStatement = Math.max(1, Math.floor(valuesAStatement / Math.max(1, columns.length)));
          for (let from = 0; from < all.length; from += rowsAStatement) {
            const rows = all.slice(from, from + rowsAStatement);
            const values = rows.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column]));
            await trx.executeQuery(CompiledQuery.raw(compiled(name, rows), values));
          }
        }
      });
    },
  };
}

function compile(db: Kysely<Database>, table: keyof Database, rows: readonly object[]): string {
  const query = db.insertInto(table).values(rows);
  return (namedByContent.has(table) ? query.onConflict((c) => c.column("id").doNothing()) : query).compile().sql;
}
