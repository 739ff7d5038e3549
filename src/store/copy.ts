// Consistent copies of SQLite files while other processes write them.

import { backup, DatabaseSync } from "node:sqlite";

/** Whether a file's first bytes are those of a SQLite database. */
export function isSqlite(firstBytes: Uint8Array): boolean {
  return new TextDecoder().decode(firstBytes.subarray(0, 15)) === "SQLite format 3";
}

export interface SqliteCopy {
  from: string;
  to: string;
}

/**
 * Copies databases as they are at one moment each, the moments in the order given and within milliseconds of each other:
 * every file's snapshot is pinned by a read transaction before the first is copied, so a copy of many gigabytes neither
 * starts anew when somebody writes nor drifts away from the next. `onPages` tells how far all of it is.
 */
export async function copySqliteFiles(
  copies: readonly SqliteCopy[],
  onPages: (done: number, total: number) => void,
): Promise<void> {
  const sources = copies.map((copy) => ({ ...copy, db: new DatabaseSync(copy.from, { timeout: 10_000 }) }));
  try {
    for (const { db } of sources) {
      // A transaction has a snapshot only from its first read on.
      db.exec("begin");
      db.prepare("select count(*) from sqlite_schema").get();
    }
    const pages = sources.map(({ db }) => Number(db.prepare("pragma page_count").get()?.["page_count"] ?? 0));
    const total = pages.reduce((sum, count) => sum + count, 0);
    let before = 0;
    for (const [index, { db, to }] of sources.entries()) {
      const count = pages[index] ?? 0;
      await backup(db, to, {
        rate: 2_000,
        progress: ({ remainingPages }) => onPages(before + count - remainingPages, total),
      });
      before += count;
      onPages(before, total);
      checkCopy(to);
    }
  } finally {
    for (const { db } of sources) db.close();
  }
}

/** Throws if a copy is not a whole database. */
function checkCopy(file: string): void {
  const db = new DatabaseSync(file);
  try {
    const answer = db.prepare("pragma quick_check(1)").get()?.["quick_check"];
    if (answer !== "ok") throw new Error(`The copy ${file} is damaged: ${String(answer)}`);
    // The copy stands alone: no -wal file beside it that a tool could forget.
    db.exec("pragma journal_mode = delete");
  } finally {
    db.close();
  }
}
