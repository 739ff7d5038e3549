import type { Clock } from "../domain/clock.ts";
import type { Outbox } from "../store/outbox.ts";
import type { PeriodicJob } from "./periodic.ts";

/** Long enough to look into why somebody got no mail. */
const keptMs = 30 * 86_400_000;
/** Few enough that whoever writes meanwhile hardly waits. */
const batch = 500;

/** Removes mails a month after they were sent or given up. What they told of stays in the orders; those that wait stay. */
export function sweepMails(outbox: Pick<Outbox, "removeSettled">, clock: Clock): PeriodicJob {
  return {
    name: "sweep-mails",
    everyMs: 3_600_000,
    async run(signal) {
      const before = clock() - keptMs;
      while (!signal.aborted && (await outbox.removeSettled(before, batch)) === batch);
    },
  };
}
