// SQLite as Node has it, behind Kysely's dialect. Statements are prepared once and kept.

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect, type SqliteDatabase } from "kysely";

/** Opens a SQLite file for the store: WAL, every commit on disk before it is answered, both read back and asserted. */
export function openSqlite(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec(
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma wal_autocheckpoint = 4000",
  );
  assertPragma(db, "journal_mode", "wal");
  assertPragma(db, "synchronous", 2);
  assertPragma(db, "foreign_keys", 1);
  return db;
}

/** Throws if a setting that durability rests on did not take. */
export function assertPragma(db: DatabaseSync, name: string, wanted: string | number): void {
  const row = db.prepare(`pragma ${name}`).get();
  const found = row?.[name];
  if (found !== wanted) throw new Error(`SQLite refused "pragma ${name} = ${wanted}": it stands at ${String(found)}`);
}

/** The dialect over an open database; `onQuery` sees every statement as it runs. */
export function sqliteDialect(db: DatabaseSync, onQuery: (sql: string) => void): SqliteDialect {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
  const database: SqliteDatabase = {
    close: () => db.close(),
    prepare(text) {
      // A transaction that read first and finds another thread's commit when it writes is refused at once, without waiting.
      // One that takes its turn at the beginning waits for it, and is never refused in the middle.
      const sql = text === "begin" ? "begin immediate" : text;
      const statement = prepared(sql);
      const values = (parameters: readonly unknown[]) => {
        onQuery(sql);
        return parameters as SQLInputValue[];
      };
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
      };
    },
  };
  return new SqliteDialect({ database });
}
