import type { Clock } from "../domain/clock.ts";
import type { InvitationTable } from "../store/invitations.ts";
import type { SessionTable } from "../store/sessions.ts";
import type { PeriodicJob } from "./periodic.ts";

/** Removes sessions and invitations that have ended. They open nothing any more; this only keeps the store small. */
export function sweepAccounts(
  sessions: Pick<SessionTable, "removeExpired">,
  invitations: Pick<InvitationTable, "removeExpired">,
  clock: Clock,
): PeriodicJob {
  return {
    name: "sweep-accounts",
    everyMs: 3_600_000,
    async run() {
      await sessions.removeExpired(clock());
      await invitations.removeExpired(clock());
    },
  };
}
