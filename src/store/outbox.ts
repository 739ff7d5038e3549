// Mail that must be sent: written in the transaction that decided it, sent afterwards, again and again until it is accepted.

import type { Mail } from "./mails.ts";
import { isPostgres } from "./dialect.ts";
import { insertMany } from "./many.ts";
import type { Store } from "./open.ts";
import type { OutboxRow } from "./schema.ts";

/** A mail to send. The id names the fact that it tells of: writing it twice leaves one. */
export type OutboxEntry = Mail & { id: string };

/** An entry taken for sending; `attempts` counts this one. */
export type TakenEntry = OutboxEntry & { attempts: number; createdAt: number };

export interface Outbox {
  /** Writes an entry, due at once; answers whether it is new. */
  enqueue(entry: OutboxEntry, now: number): Promise<boolean>;
  /** Writes entries, due at once, all at once; those that are there already stay as they are. */
  enqueueAll(entries: readonly OutboxEntry[], now: number): Promise<void>;
  /** Takes entries that are due, oldest first. Nobody else gets them until `leaseMs` have gone by. */
  takeDue(input: { now: number; leaseMs: number; limit: number }): Promise<readonly TakenEntry[]>;
  /** The mail was accepted. Its body is emptied: it may hold secrets, and nobody needs them any more. */
  markDone(id: string, now: number): Promise<void>;
  /** The mail was not accepted: due again at `nextAt`; undefined gives it up, never due and never done. */
  retry(id: string, nextAt: number | undefined): Promise<void>;
  /** Entries not sent yet, those given up included. */
  waiting(): Promise<number>;
  /** Removes entries that were done up to `before`, and those written up to then and given up: `limit` at most. How many. */
  removeSettled(before: number, limit: number): Promise<number>;
}

/** When what was given up is due. */
const never = Number.MAX_SAFE_INTEGER;

/** The outbox over a store, or over a transaction of it. */
export function createOutbox(db: Store["db"]): Outbox {
  const rowOf = ({ id, kind, body }: OutboxEntry, now: number): OutboxRow => ({
    id,
    kind,
    body: JSON.stringify(body),
    attempts: 0,
    next_at: now,
    done_at: null,
    created_at: now,
  });
  return {
    async enqueue(entry, now) {
      const result = await db
        .insertInto("outbox")
        .values(rowOf(entry, now))
        .onConflict((existing) => existing.column("id").doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async enqueueAll(entries, now) {
      await insertMany(
        db,
        "outbox",
        entries.map((entry) => rowOf(entry, now)),
        ["id"],
      );
    },
    async takeDue({ now, leaseMs, limit }) {
      // Conditions stand inside and outside: a second worker that waited for the row looks again and finds it taken.
      const rows = await db
        .updateTable("outbox")
        .set((row) => ({ next_at: now + leaseMs, attempts: row("attempts", "+", 1) }))
        .where("id", "in", (select) =>
          select
            .selectFrom("outbox")
            .select("id")
            .where("done_at", "is", null)
            .where("next_at", "<=", now)
            .orderBy("next_at")
            .limit(limit)
            .$if(isPostgres(db), (query) => query.forUpdate().skipLocked()),
        )
        .where("done_at", "is", null)
        .where("next_at", "<=", now)
        .returning(["id", "kind", "body", "attempts", "created_at as createdAt"])
        .execute();
      return rows
        .map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }) as TakenEntry)
        .toSorted((a, b) => a.createdAt - b.createdAt);
    },
    async markDone(id, now) {
      await db.updateTable("outbox").set({ done_at: now, body: "{}" }).where("id", "=", id).execute();
    },
    async retry(id, nextAt) {
      const next_at = nextAt ?? never;
      await db.updateTable("outbox").set({ next_at }).where("id", "=", id).where("done_at", "is", null).execute();
    },
    async waiting() {
      const row = await db
        .selectFrom("outbox")
        .select((is) => is.fn.countAll().as("count"))
        .where("done_at", "is", null)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async removeSettled(before, limit) {
      const settled = db.selectFrom("outbox").select("id");
      const removed = async (some: typeof settled) => {
        const result = await db.deleteFrom("outbox").where("id", "in", some).executeTakeFirst();
        return Number(result.numDeletedRows);
      };
      const done = await removed(settled.where("done_at", "<=", before).limit(limit));
      if (done === limit) return done;
      // By the index of those that wait: these stand at its end.
      const givenUp = settled
        .where("done_at", "is", null)
        .where("next_at", "=", never)
        .where("created_at", "<=", before);
      return done + (await removed(givenUp.limit(limit - done)));
    },
  };
}
