// The slow path: reads the sales log and writes orders, tickets and histories to the store, in batches. The store is committed
// first and the log acknowledged after (R6), so an entry may come twice and must then change nothing.

import { setImmediate as breathe } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Clock } from "../domain/clock.ts";
import { isChained } from "../inventory/chain.ts";
import type { LogEntry, SalesLog } from "../inventory/port.ts";
import { applyBatch, applyConflict, SeatConflict, type AppliedBatch } from "../store/apply.ts";
import { createEpochs } from "../store/epochs.ts";
import { appliedMarks, StaleMark, type Mark } from "../store/marks.ts";
import type { Store } from "../store/open.ts";
import { entriesABreath, foldSales } from "./fold-sales.ts";
import { createSaleMails, type SaleMails } from "./sale-mails.ts";

export interface ApplySettings {
  store: Store;
  log: Pick<SalesLog, "read">;
  clock: Clock;
  /** Opens a guest's order; goes into the mail. */
  secretOf(order: { orderId: string; fingerprint: string }): string;
  /** Writes the mails that sales cause: those of sale-mails.ts if left out. */
  mails?: SaleMails;
  /** R7: a seat with two active tickets. Close the partition, give the money back, wake somebody. */
  onConflict(conflict: { partition: number; orderId: string; detail: string }): void;
  /**
   * The epoch of the recovery that this is for: it also applies what was decided in the reigns before. Nobody else does, since what
   * they read may be lost.
   */
  reign?: number;
  /** For tests: a failpoint kills the process before or after the COMMIT. */
  reached(step: string): void;
}

export interface ApplySales {
  /** Applies what lies after the marks in the given partitions, at most one batch; answers the new marks, none if nothing was left. */
  once(heads: readonly number[]): Promise<readonly { partition: number; sequence: number }[]>;
}

/** Where the store stands in a partition's log. */
interface Standing {
  sequence: number;
  hash: string;
}

const batchSize = 1_024;
/** Showings that the store has for certain, remembered so that they are not written with every order. */
const rememberedShowings = 50_000;

/** A batch that is ready to be committed, and where the log stands after it. */
interface Prepared {
  entries: readonly LogEntry[];
  batch: AppliedBatch;
  after: ReadonlyMap<number, Standing>;
}

/** Starts from where the store stands: `marks` as store/marks.ts appliedMarks answers them. */
export function createApplySales(settings: ApplySettings, marks: readonly Mark[]): ApplySales {
  const { store } = settings;
  const mails = settings.mails ?? createSaleMails(settings);
  /** The newest epochs, as far as we had to ask. */
  let reigns: ReadonlyMap<number, number> = new Map();
  const isPast = ({ partition, epoch }: LogEntry) =>
    settings.reign === undefined && epoch < (reigns.get(partition) ?? 0);
  /** Partitions whose next entries are of a past reign, where we stand. */
  const left = new Set<number>();
  const gather = createGathering(settings.log, (partition, found) => {
    if (!found.some(isPast)) return false;
    left.add(partition);
    return true;
  });
  const standing = new Map<number, Standing>(marks.map((mark) => [mark.partition, mark]));
  const showings = new LRUCache<string, number>({ max: rememberedShowings });
  /** Made while the batch before it was committed, if more was left than one batch. */
  let ahead: Promise<Prepared | undefined> = Promise.resolve(undefined);

  const fold = (entries: readonly LogEntry[], from: ReadonlyMap<number, Standing>) =>
    foldSales(
      {
        before: (partition) => from.get(partition)?.sequence ?? 0,
        ...(settings.reign === undefined ? {} : { reign: settings.reign }),
        knowsShowing: ({ showingId, startsAt }) => showings.get(showingId) === startsAt,
        mails,
        now: settings.clock(),
      },
      entries,
    );
  async function prepare(heads: readonly number[], from: ReadonlyMap<number, Standing>): Promise<Prepared | undefined> {
    const entries = await gather(heads, from);
    if (entries.length === 0) return undefined;
    await checkChain(entries, from);
    const batch = await fold(entries, from);
    return { entries, batch, after: new Map([...from, ...batch.marks.map((mark) => [mark.partition, mark] as const)]) };
  }
  const fits = ({ batch }: Prepared) =>
    batch.marks.every(({ partition, before }) => (standing.get(partition)?.sequence ?? 0) === before);

  /** Where the store stands now, whoever brought it there. */
  async function lookAgain(): Promise<void> {
    reigns = await createEpochs(store.db).all();
    for (const mark of await appliedMarks(store)) standing.set(mark.partition, mark);
  }
  async function commit(batch: AppliedBatch): Promise<void> {
    settings.reached("before:apply");
    await applyBatch(store, batch);
    settings.reached("after:apply");
    for (const { partition, sequence, hash } of batch.marks) standing.set(partition, { sequence, hash });
    for (const showing of batch.showings) showings.set(showing.showing_id, showing.starts_at);
  }
  async function oneByOne(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) {
      try {
        await commit(await fold([entry], standing));
      } catch (error) {
        if (!(error instanceof SeatConflict) || !("orderId" in entry.body)) throw error;
        const { partition, sequence, hash } = entry;
        const epoch = settings.reign ?? entry.epoch;
        const conflict = {
          orderId: entry.body.orderId,
          detail: error.message,
          at: settings.clock(),
          mark: { partition, before: sequence - 1, epoch, sequence, hash },
        };
        await applyConflict(store, conflict);
        standing.set(partition, { sequence, hash });
        settings.onConflict({ partition, orderId: conflict.orderId, detail: conflict.detail });
      }
    }
  }
  return {
    async once(heads) {
      const early = await ahead;
      ahead = Promise.resolve(undefined);
      // Their recovery has applied them by now, or will: then the log goes on from there.
      if (left.size > 0) await lookAgain();
      left.clear();
      const prepared = early && fits(early) ? early : await prepare(heads, standing);
      if (!prepared) return [];
      const committing = commit(prepared.batch);
      // The database works on this batch, and this process on the next. One that cannot be made is made again when it is its turn.
      if (prepared.entries.length >= batchSize) ahead = prepare(heads, prepared.after).catch(() => undefined);
      try {
        await committing.catch(async (error: unknown) => {
          if (!(error instanceof SeatConflict)) throw error;
          await oneByOne(prepared.entries);
        });
      } catch (error) {
        // A recovery that was overtaken ends.
        if (!(error instanceof StaleMark) || settings.reign !== undefined) throw error;
        // Another worker has these partitions too, and was faster: what it applied is applied, and we go on from there. What a recovery
        // finds to have survived it applies itself.
        await lookAgain();
      }
      return prepared.batch.marks.map(({ partition }) => ({
        partition,
        sequence: standing.get(partition)?.sequence ?? 0,
      }));
    },
  };
}

/**
 * Reads up to a batch of entries; in turn, so that a partition that is never quiet does not keep the others waiting. One that has
 * past reigns' entries is left to its recovery: `leaves` says so.
 */
function createGathering(
  log: Pick<SalesLog, "read">,
  leaves: (partition: number, found: readonly LogEntry[]) => boolean,
) {
  let first = 0;
  return async (heads: readonly number[], from: ReadonlyMap<number, Standing>): Promise<LogEntry[]> => {
    const entries: LogEntry[] = [];
    const begin = first;
    for (let turn = 0; turn < heads.length && entries.length < batchSize; turn += 1) {
      const partition = (begin + turn) % heads.length;
      const at = from.get(partition)?.sequence ?? 0;
      if ((heads[partition] ?? 0) <= at) continue;
      const found = await log.read(partition, at, batchSize - entries.length);
      if (!leaves(partition, found)) entries.push(...found);
      first = (partition + 1) % heads.length;
    }
    return entries;
  };
}

/** The store never has a gap nor another story: an entry that does not chain to what it has stops the worker. */
async function checkChain(entries: readonly LogEntry[], standing: ReadonlyMap<number, Standing>): Promise<void> {
  const last = new Map<number, Standing>();
  for (const [index, { partition, sequence, hash, body }] of entries.entries()) {
    if (index % entriesABreath === 0) await breathe();
    const before = last.get(partition) ?? standing.get(partition) ?? { sequence: 0, hash: "" };
    if (sequence !== before.sequence + 1)
      throw new Error(`the sales log of partition ${partition} goes from ${before.sequence} to ${sequence}`);
    if (!isChained(before.hash, JSON.stringify(body), hash))
      throw new Error(`entry ${sequence} of partition ${partition} does not follow what the store has: it was altered`);
    last.set(partition, { sequence, hash });
  }
}

/**
 * Throws, with a sentence for the operator, if the store was made from another sales log, or from more of this one than there
 * is: one of the two files was replaced alone, and what is sold from now on would never reach the store.
 */
export async function checkSameHistory(
  log: { heads(): readonly number[]; read: SalesLog["read"] },
  marks: readonly Mark[],
): Promise<void> {
  const heads = log.heads();
  for (const { partition, sequence, hash } of marks) {
    const head = heads[partition] ?? 0;
    const [entry] = await log.read(partition, sequence - 1, 1);
    // An entry that is not there any more was forgotten because the store has it.
    if (head >= sequence && (entry?.sequence !== sequence || entry.hash === hash)) continue;
    throw new Error(
      `the store has the sales of partition ${partition} up to ${sequence}, which this sales log (up to ${head}) never told: ` +
        "they belong to different installations or backups; bring both back from one backup",
    );
  }
}
