// Does SQLite keep its word on this disk, and how fast?

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "./sqlite.ts";

const commits = 32;

/**
 * Makes a database in a new folder below `folder`, with the store's own settings read back and asserted, commits a few times
 * and removes it. Answers the median time of a commit that is on the disk, in ms. Throws if a setting did not take.
 */
export function probeSqlite(folder: string, nowMs: () => number): number {
  const place = mkdtempSync(join(folder, ".probe-"));
  try {
    const db = openSqlite(join(place, "probe.db"));
    try {
      db.exec("create table probe (entry text)");
      const insert = db.prepare("insert into probe values (?)");
      const times = Array.from({ length: commits }, () => {
        const startedAt = nowMs();
        insert.run("x".repeat(1_000));
        return nowMs() - startedAt;
      });
      return times.toSorted((a, b) => a - b)[commits / 2] ?? 0;
    } finally {
      db.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
