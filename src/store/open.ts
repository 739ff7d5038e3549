// Opens the store and brings it to the newest shape. The only place that knows which database runs.

import { readdirSync } from "node:fs";
import { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { postgresDialect, type PostgresSettings } from "./postgres.ts";
import type { Database } from "./schema.ts";
import { openSqlite, sqliteDialect } from "./sqlite.ts";

export type StoreSettings = { kind: "sqlite"; file: string } | ({ kind: "postgres" } & PostgresSettings);

/** An open store. The modules beside this file (accounts.ts, orders.ts, …) read and write through `db`. */
export interface Store {
  db: Kysely<Database>;
  /** Runs something that may take as long as it takes: on PostgreSQL, over a connection without a limit for statements. */
  unhurried<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result>;
  /** Statements run so far: tests count them while pages are served. */
  queries(): number;
  close(): Promise<void>;
}

/**
 * Opens the store without migrating it; see `migrate`. PostgreSQL is not asked yet: whoever first needs it finds out whether it
 * can be reached (StoreUnavailable), and nothing there is waited for without a limit.
 */
export function openStore(settings: StoreSettings): Store {
  let count = 0;
  const onQuery = () => (count += 1);
  const db = new Kysely<Database>({
    dialect:
      settings.kind === "sqlite"
        ? sqliteDialect(openSqlite(settings.file), onQuery)
        : postgresDialect(settings, onQuery),
  });
  return {
    db,
    async unhurried(work) {
      if (settings.kind === "sqlite") return work(db);
      const dialect = postgresDialect({ ...settings, connections: 2, statementMs: 0 }, onQuery);
      const slow = new Kysely<Database>({ dialect });
      try {
        return await work(slow);
      } finally {
        await slow.destroy();
      }
    },
    queries: () => count,
    close: () => db.destroy(),
  };
}

const folder = new URL("../../migrations/", import.meta.url);

/**
 * Applies the migrations the store does not have yet; answers their names. Throws on the first that fails. Of several processes
 * one applies them, and the others wait for it.
 */
export async function migrate(store: Store): Promise<readonly string[]> {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  const migrations: Record<string, Migration> = {};
  for (const name of names.toSorted()) {
    migrations[name.replace(/\.ts$/, "")] = (await import(new URL(name, folder).href)) as Migration;
  }
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error, results } = await store.unhurried((db) => new Migrator({ db, provider }).migrateToLatest());
  if (error) throw error instanceof Error ? error : new Error("the migration failed", { cause: error });
  return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}
