import type { Clock } from "../domain/clock.ts";
import type { PeriodicJob } from "./periodic.ts";

/** Removes sessions, invitations, links and what waited to be confirmed that have ended. They open nothing any more; this only keeps the store small. */
export function sweepAccounts(
  tables: readonly { removeExpired(now: number): Promise<number> }[],
  clock: Clock,
): PeriodicJob {
  return {
    name: "sweep-accounts",
    everyMs: 3_600_000,
    async run() {
      for (const table of tables) await table.removeExpired(clock());
    },
  };
}
