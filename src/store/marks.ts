// How far each partition's sales log is applied. A mark moves only from where whoever moves it saw it: two workers on one
// partition cannot both apply an entry. And it moves only for the newest reign: what was read of a log before its recovery began may
// be lost there.

import { sql, type Transaction } from "kysely";
import { isPostgres } from "./dialect.ts";
import type { Store } from "./open.ts";
import type { Database } from "./schema.ts";

export interface Mark {
  partition: number;
  sequence: number;
  /** Of the log's chain there. */
  hash: string;
}

/** A step of a partition's mark: from the sequence `before` to the mark's own. */
export interface MarkMove extends Mark {
  before: number;
  /** In which the first of the entries was decided; for a recovery its own. */
  epoch: number;
  /** When the last sale among the entries was made; left out if there is none. */
  saleAt?: number;
}

/**
 * The store is not where the batch was folded from: another worker applied something, or a recovery has begun. Read the marks and
 * the epochs again.
 */
export class StaleMark extends Error {}

/** Within a transaction, first of all: moves marks, and keeps every other worker from doing so until it ends. */
export async function moveMarks(trx: Transaction<Database>, unsorted: readonly MarkMove[]): Promise<void> {
  if (unsorted.length === 0) return;
  // In one order everywhere, so that two workers never wait for each other in a circle.
  const moves = unsorted.toSorted((a, b) => a.partition - b.partition);
  const fresh = moves.filter((move) => move.before === 0);
  // Only a row can be locked; one that is rolled back again leaves nothing.
  if (fresh.length > 0)
    await trx
      .insertInto("applied")
      .values(fresh.map(({ partition }) => ({ partition, sequence: 0, hash: "", sale_at: 0 })))
      .onConflict((existing) => existing.column("partition").doNothing())
      .execute();
  const partitions = moves.map((move) => move.partition);
  let query = trx.selectFrom("applied").selectAll().where("partition", "in", partitions).orderBy("partition");
  if (isPostgres(trx)) query = query.forUpdate();
  const found = new Map((await query.execute()).map((row) => [row.partition, row]));
  for (const { partition, before } of moves) {
    const at = found.get(partition)?.sequence ?? 0;
    if (at !== before)
      throw new StaleMark(
        `the store stands at ${at} in partition ${partition}, not at ${before}: another worker was there`,
      );
  }
  await checkReigns(trx, moves);
  await trx
    .insertInto("applied")
    .values(
      moves.map(({ partition, sequence, hash, saleAt = 0 }) => ({
        partition,
        sequence,
        hash,
        sale_at: Math.max(saleAt, found.get(partition)?.sale_at ?? 0),
      })),
    )
    .onConflict((existing) =>
      existing.column("partition").doUpdateSet((row) => ({
        sequence: row.ref("excluded.sequence"),
        hash: row.ref("excluded.hash"),
        sale_at: row.ref("excluded.sale_at"),
      })),
    )
    .execute();
}

/** Throws StaleMark if a recovery has taken a later epoch; else none does until the transaction ends. */
async function checkReigns(trx: Transaction<Database>, moves: readonly MarkMove[]): Promise<void> {
  const partitions = moves.map((move) => move.partition);
  let query = trx.selectFrom("partition_epochs").selectAll().where("partition", "in", partitions).orderBy("partition");
  if (isPostgres(trx)) query = query.forShare();
  const newest = new Map((await query.execute()).map((row) => [row.partition, row.epoch]));
  for (const { partition, epoch } of moves)
    if (epoch < (newest.get(partition) ?? 0))
      throw new StaleMark(
        `a recovery of partition ${partition} has begun: what was read of its log before may be lost`,
      );
}

/**
 * Where the store stands in every partition's log, and could not lose it any more: what a crashed primary recovers from its own
 * disk, or committed while nobody waited for the standby, may be read before the standby has it. A commit of our own comes after
 * all that, and is answered when the standby has it.
 */
export async function appliedMarks(store: Pick<Store, "db">): Promise<readonly Mark[]> {
  const marks = await store.db.selectFrom("applied").select(["partition", "sequence", "hash"]).execute();
  if (isPostgres(store.db) && marks.length > 0)
    await sql`select pg_logical_emit_message(true, 'marquee', '')`.execute(store.db);
  return marks;
}
