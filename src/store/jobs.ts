// Work that outlives a process: a row a job, leased by whoever does it, with its progress, so that another goes on after a crash.

import { isPostgres } from "./dialect.ts";
import type { Store } from "./open.ts";
import type { JobRow } from "./schema.ts";

export interface Job {
  id: string;
  kind: string;
  body: unknown;
  /** What the last one who worked on it saved; `{}` at first. */
  progress: unknown;
  /** How often it was leased, this time included. */
  attempts: number;
}

/** A job as somebody who waits for it sees it. */
export interface JobState extends Job {
  done: boolean;
  lastError: string;
}

export interface Jobs {
  /** Writes a job; answers whether it is new. The same id twice is one job, whatever the second body says. */
  enqueue(job: { id: string; kind: string; body: object; runAt: number }, now: number): Promise<boolean>;
  /** Leases jobs of some kinds that are due, those that wait longest first. Nobody else gets them before `leaseMs` are over. */
  lease(input: {
    owner: string;
    kinds: readonly string[];
    now: number;
    leaseMs: number;
    limit: number;
  }): Promise<readonly Job[]>;
  /** Saves progress and lengthens the lease; false if the lease was lost: whoever hears that stops. */
  save(id: string, owner: string, progress: unknown, until: number): Promise<boolean>;
  /** Lengthens the lease; false if it was lost. */
  renew(id: string, owner: string, until: number): Promise<boolean>;
  finish(id: string, owner: string, now: number): Promise<boolean>;
  /** Gives the lease back with what went wrong; due again at `runAt`. */
  fail(id: string, owner: string, error: string, runAt: number): Promise<boolean>;
  /** Gives back what an owner left when it crashed. Only for an owner that is certain to be alone. */
  releaseAll(owner: string): Promise<void>;
  find(id: string): Promise<JobState | undefined>;
}

/** The job table over a store, or over a transaction of it. */
export function createJobs(db: Store["db"]): Jobs {
  const update = async (id: string, owner: string, change: Partial<JobRow>) => {
    const result = await db
      .updateTable("jobs")
      .set(change)
      .where("id", "=", id)
      .where("lease_owner", "=", owner)
      .where("done_at", "is", null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  };
  return {
    async enqueue({ id, kind, body, runAt }, now) {
      const fresh = { progress: "{}", lease_owner: null, lease_until: 0, attempts: 0, last_error: "", done_at: null };
      const result = await db
        .insertInto("jobs")
        .values({ id, kind, body: JSON.stringify(body), run_at: runAt, created_at: now, ...fresh })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    lease: (input) => leaseJobs(db, input),
    save: (id, owner, progress, until) => update(id, owner, { progress: JSON.stringify(progress), lease_until: until }),
    renew: (id, owner, until) => update(id, owner, { lease_until: until }),
    finish: (id, owner, now) => update(id, owner, { done_at: now, lease_owner: null, lease_until: 0, last_error: "" }),
    fail: (id, owner, error, runAt) =>
      update(id, owner, { last_error: error, run_at: runAt, lease_owner: null, lease_until: 0 }),
    async releaseAll(owner) {
      const free = { lease_owner: null, lease_until: 0 };
      await db.updateTable("jobs").set(free).where("lease_owner", "=", owner).where("done_at", "is", null).execute();
    },
    async find(id) {
      const row = await db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
      return row && { ...jobOf(row), done: row.done_at !== null, lastError: row.last_error };
    },
  };
}

async function leaseJobs(db: Store["db"], input: Parameters<Jobs["lease"]>[0]): Promise<readonly Job[]> {
  const { owner, kinds, now, leaseMs, limit } = input;
  if (kinds.length === 0 || limit <= 0) return [];
  // Conditions stand inside and outside: a second worker that waited for the row looks again and finds it leased.
  const rows = await db
    .updateTable("jobs")
    .set((row) => ({ lease_owner: owner, lease_until: now + leaseMs, attempts: row("attempts", "+", 1) }))
    .where("id", "in", (select) =>
      select
        .selectFrom("jobs")
        .select("id")
        .where("done_at", "is", null)
        .where("run_at", "<=", now)
        .where("lease_until", "<=", now)
        .where("kind", "in", kinds)
        .orderBy("run_at")
        .limit(limit)
        .$if(isPostgres(db), (query) => query.forUpdate().skipLocked()),
    )
    .where("done_at", "is", null)
    .where("lease_until", "<=", now)
    .returningAll()
    .execute();
  return rows.toSorted((a, b) => a.run_at - b.run_at).map(jobOf);
}

function jobOf(row: JobRow): Job {
  const { id, kind, attempts } = row;
  return { id, kind, attempts, body: JSON.parse(row.body) as unknown, progress: JSON.parse(row.progress) as unknown };
}
