// Leases by name: of several processes one does something, and another takes over when it dies. The clock is the caller's,
// so a lease decides who works, never what is true: what is written is guarded by its own comparison (marks, epochs).

import type { Store } from "./open.ts";

export interface Leases {
  /** Takes a lease that is free, over, or this owner's already; until `until` (ms since 1970). Whether it was got. */
  acquire(name: string, owner: string, now: number, until: number): Promise<boolean>;
  /** Lengthens a lease; false if it was lost: whoever hears that stops. One that is over but was taken by nobody is kept. */
  renew(name: string, owner: string, until: number): Promise<boolean>;
  /** Gives a lease back; nothing happens if it was lost. */
  release(name: string, owner: string): Promise<void>;
  /** Leases that are not over whose names begin with `prefix`, by name. */
  held(prefix: string, now: number): Promise<readonly { name: string; owner: string; until: number }[]>;
}

/** Leases over a store, or over a transaction of it. */
export function createLeases(db: Store["db"]): Leases {
  const mine = (name: string, owner: string) =>
    db.updateTable("leases").where("name", "=", name).where("owner", "=", owner);
  return {
    async acquire(name, owner, now, until) {
      const result = await db
        .insertInto("leases")
        .values({ name, owner, until })
        .onConflict((existing) =>
          existing
            .column("name")
            .doUpdateSet({ owner, until })
            .where((row) => row.or([row("leases.until", "<=", now), row("leases.owner", "=", owner)])),
        )
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async renew(name, owner, until) {
      return (await mine(name, owner).set({ until }).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async release(name, owner) {
      await db.deleteFrom("leases").where("name", "=", name).where("owner", "=", owner).execute();
    },
    held: (prefix, now) =>
      db
        .selectFrom("leases")
        .selectAll()
        .where("name", ">=", prefix)
        .where("name", "<", `${prefix}\u{10ffff}`)
        .where("until", ">", now)
        .orderBy("name")
        .execute(),
  };
}
