// The committing thread of group-commit.ts: one transaction a batch, synchronous = full, asserted.

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { GroupCommitSettings, SqlValue } from "./group-commit.ts";

type Order = { kind: "batch"; rows: readonly (readonly [string, readonly SqlValue[]])[] } | { kind: "close" };

const { file, schema, statements, failpoint } = workerData as Omit<GroupCommitSettings, "onFatal">;
const port = parentPort;
if (!port) throw new Error("this file runs as a thread");

function open(): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000");
  const journal = db.prepare("pragma journal_mode").get()?.["journal_mode"];
  const synchronous = db.prepare("pragma synchronous").get()?.["synchronous"];
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`SQLite refused WAL with synchronous = full: ${String(journal)}, ${String(synchronous)}`);
  }
  db.exec(schema);
  return db;
}

const db = open();
const prepared = new Map<string, StatementSync>();
for (const [name, sql] of Object.entries(statements)) prepared.set(name, db.prepare(sql));

function dieAt(moment: "before" | "after", rows: Extract<Order, { kind: "batch" }>["rows"]): void {
  if (failpoint && rows.some(([name, values]) => isAt(failpoint, `${moment}:${name}`, values))) {
    process.kill(process.pid, "SIGKILL");
  }
}

/** `after:log:sale` is the commit of a row of the statement `log` whose JSON says that its kind, or status, is `sale`; `after:log` any. */
function isAt(failpoint: string, here: string, values: readonly SqlValue[]): boolean {
  if (failpoint === here) return true;
  if (!failpoint.startsWith(`${here}:`)) return false;
  const what = failpoint.slice(here.length + 1);
  return values.some((value) => typeof value === "string" && new RegExp(`"(?:kind|status)":"${what}"`).test(value));
}

port.on("message", (order: Order) => {
  if (order.kind === "close") {
    db.close();
    port.postMessage({ kind: "closed" });
    return;
  }
  try {
    db.exec("begin immediate");
    for (const [name, values] of order.rows) prepared.get(name)?.run(...values);
    dieAt("before", order.rows);
    db.exec("commit");
    dieAt("after", order.rows);
    port.postMessage({ kind: "committed" });
  } catch (error) {
    port.postMessage({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});
port.postMessage({ kind: "ready" });
