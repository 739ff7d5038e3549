// Periodic jobs of which a fleet wants one at a time: whoever has the lease runs it, and another goes on when that one is gone.

import type { Clock } from "../domain/clock.ts";
import type { Leases } from "../store/leases.ts";
import { keepLease } from "./leased.ts";
import type { PeriodicJob } from "./periodic.ts";
import type { Timer } from "./timer.ts";

export interface AloneSettings {
  leases: Pick<Leases, "acquire" | "renew">;
  /** Names this worker; no other ever has the same. */
  owner: string;
  clock: Clock;
  timer: Timer;
  /** After so long without its next run another worker takes the job over. */
  marginMs: number;
}

/**
 * The job, run only with its lease: renewed for as long as a run takes, and kept from one run to the next. A run that has lost it, or
 * could not renew it in time, has its signal aborted. It may still be at it when another begins: what it writes has to bear that.
 */
export function alone(job: PeriodicJob, { leases, owner, clock, timer, marginMs }: AloneSettings): PeriodicJob {
  const name = `duty:${job.name}`;
  const leaseMs = job.everyMs + marginMs;
  return {
    ...job,
    async run(signal) {
      const now = clock();
      let until = now + leaseMs;
      if (!(await leases.acquire(name, owner, now, until))) return;
      const lost = new AbortController();
      const renew = async () => {
        const next = clock() + leaseMs;
        const kept = await leases.renew(name, owner, next).catch(() => undefined);
        if (kept === true) until = next;
        else if (kept === false || clock() >= until) lost.abort();
      };
      const ended = keepLease(timer, leaseMs, renew);
      try {
        await job.run(AbortSignal.any([signal, lost.signal]));
      } finally {
        ended();
      }
      await renew();
    },
  };
}
