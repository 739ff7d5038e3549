// Opens the store and brings it to the newest shape. The only place that knows which database runs.

import { readdirSync } from "node:fs";
import { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { openSqlite, sqliteDialect } from "./sqlite.ts";
import type { Database } from "./schema.ts";

export interface StoreSettings {
  kind: "sqlite";
  file: string;
}

/** An open store. The modules beside this file (accounts.ts, orders.ts, …) read and write through `db`. */
export interface Store {
  db: Kysely<Database>;
  /** Statements run so far: tests count them while pages are served. */
  queries(): number;
  close(): Promise<void>;
}

/** Opens the store without migrating it; see `migrate`. */
export function openStore(settings: StoreSettings): Store {
  let count = 0;
  const sqlite = openSqlite(settings.file);
  const db = new Kysely<Database>({ dialect: sqliteDialect(sqlite, () => (count += 1)) });
  return {
    db,
    queries: () => count,
    close: () => db.destroy(),
  };
}

const folder = new URL("../../migrations/", import.meta.url);

/** Applies the migrations the store does not have yet; answers their names. Throws on the first that fails. */
export async function migrate(store: Store): Promise<readonly string[]> {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  const migrations: Record<string, Migration> = {};
  for (const name of names.toSorted()) {
    migrations[name.replace(/\.ts$/, "")] = (await import(new URL(name, folder).href)) as Migration;
  }
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("the migration failed", { cause: error });
  return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}
