// Which reign of a partition is the newest: whoever recovers a partition takes the next epoch here, and nobody else gets it.

import type { Store } from "./open.ts";

export interface Epochs {
  /** The newest epoch of a partition; 0 if none was ever taken. */
  of(partition: number): Promise<number>;
  /** The newest epochs of all partitions that have one. */
  all(): Promise<ReadonlyMap<number, number>>;
  /**
   * Compares and sets in one step: if the partition still stands at `from`, takes the next epoch and answers it, durably
   * committed. Undefined if somebody else took one since. The next is `from + 1`, or more if a data set is known that already
   * has a later one: `above` (then it is `above + 1`).
   */
  take(partition: number, from: number, above?: number): Promise<number | undefined>;
}

/** Epochs over a store, or over a transaction of it. */
export function createEpochs(db: Store["db"]): Epochs {
  return {
    async of(partition) {
      const found = db.selectFrom("partition_epochs").select("epoch").where("partition", "=", partition);
      return (await found.executeTakeFirst())?.epoch ?? 0;
    },
    async all() {
      const rows = await db.selectFrom("partition_epochs").selectAll().execute();
      return new Map(rows.map(({ partition, epoch }) => [partition, epoch]));
    },
    async take(partition, from, above = from) {
      const epoch = Math.max(from, above) + 1;
      const result =
        from === 0
          ? await db
              .insertInto("partition_epochs")
              .values({ partition, epoch })
              .onConflict((existing) => existing.column("partition").doNothing())
              .executeTakeFirst()
          : await db
              .updateTable("partition_epochs")
              .set({ epoch })
              .where("partition", "=", partition)
              .where("epoch", "=", from)
              .executeTakeFirst();
      const taken = "numUpdatedRows" in result ? result.numUpdatedRows : (result.numInsertedOrUpdatedRows ?? 0n);
      return taken === 1n ? epoch : undefined;
    },
  };
}
