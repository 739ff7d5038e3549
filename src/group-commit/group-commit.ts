// Durable writes to a SQLite file by group commit: whatever is written while one transaction is on its way to the disk joins
// the next one, and every writer is answered after its COMMIT. The transactions run on a thread of their own, so that the
// thread that decides never waits for the disk.

import { Worker } from "node:worker_threads";

export type SqlValue = string | number | null | Uint8Array;

export interface GroupCommitSettings {
  file: string;
  /** SQL that makes the tables; run at every start, so `create table if not exists`. */
  schema: string;
  /** Named statements that writers use. */
  statements: Readonly<Record<string, string>>;
  /** For tests: the process kills itself `before:<statement>` or `after:<statement>[:<kind or status>]` the COMMIT that holds such a row. */
  failpoint?: string;
  /** Called once when a COMMIT failed: memory is ahead of the disk, so the process must end. */
  onFatal(error: Error): void;
}

export interface GroupCommit {
  /** Adds a row to the open batch; settles when the batch is on the disk. Never rejects: a failure ends the process. */
  write(statement: string, parameters: readonly SqlValue[]): Promise<void>;
  /** Settles when all that was written so far is on the disk. */
  settled(): Promise<void>;
  /** Batches committed so far. */
  batches(): number;
  close(): Promise<void>;
}

/** From the committing thread. */
type Answer = { kind: "ready" } | { kind: "committed" } | { kind: "failed"; message: string } | { kind: "closed" };

interface Batch {
  rows: (readonly [string, readonly SqlValue[]])[];
  done: PromiseWithResolvers<void>;
}

const newBatch = (): Batch => ({ rows: [], done: Promise.withResolvers<void>() });

/** Opens the file and starts its thread; rejects if SQLite refuses the file or its settings. */
export async function openGroupCommit(settings: GroupCommitSettings): Promise<GroupCommit> {
  const { onFatal, ...workerData } = settings;
  const thread = new Worker(new URL("./thread.ts", import.meta.url), { workerData });
  let open = newBatch();
  let flying: Batch | undefined;
  let scheduled = false;
  let count = 0;
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();

  const send = () => {
    scheduled = false;
    if (flying || open.rows.length === 0) return;
    flying = open;
    open = newBatch();
    thread.postMessage({ kind: "batch", rows: flying.rows });
  };
  const fail = (error: Error) => {
    ready.reject(error);
    onFatal(error);
  };
  thread.on("error", fail);
  thread.on("message", (answer: Answer) => {
    if (answer.kind === "ready") ready.resolve();
    else if (answer.kind === "closed") closed.resolve();
    else if (answer.kind === "failed") fail(new Error(`writing ${settings.file} failed: ${answer.message}`));
    else {
      count += 1;
      const done = flying?.done;
      flying = undefined;
      send();
      done?.resolve();
    }
  });
  await ready.promise;

  const settled = async () => {
    const waiting = () => (open.rows.length > 0 ? open.done.promise : flying?.done.promise);
    for (let batch = waiting(); batch; batch = waiting()) await batch;
  };
  return {
    write(statement, parameters) {
      open.rows.push([statement, parameters]);
      // The turn of the event loop is let finish first: everything decided in it shares one COMMIT.
      if (!flying && !scheduled) {
        scheduled = true;
        setImmediate(send);
      }
      return open.done.promise;
    },
    settled,
    batches: () => count,
    async close() {
      await settled();
      thread.postMessage({ kind: "close" });
      await closed.promise;
      await thread.terminate();
    },
  };
}
