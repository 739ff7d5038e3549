// Work that is done again and again: one run after the other, slower while it fails.

import { backoffMs } from "./backoff.ts";
import type { Timer } from "./timer.ts";

export interface PeriodicJob {
  /** For the log. */
  name: string;
  /** From the end of a run to the beginning of the next. */
  everyMs: number;
  /** `signal` is aborted when the program stops: a long run ends at the next safe point. */
  run(signal: AbortSignal): Promise<unknown>;
}

/** What workers write; a pino logger is one. */
export interface WorkerLog {
  error: (facts: object, text: string) => void;
  warn: (facts: object, text: string) => void;
}

export interface Running {
  /** No further run begins; resolves when the present one has ended. */
  stop(): Promise<void>;
}

/** After failures a job waits twice as long each time, up to a minute, or its own interval if that is longer. */
const maxPauseMs = 60_000;

/** Runs a job at once, then again and again until it is stopped. A failure is logged, and the job goes on. */
export function startPeriodic(job: PeriodicJob, timer: Timer, log: WorkerLog): Running {
  const stopping = new AbortController();
  let failures = 0;
  let cancel = () => {};
  let present: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    try {
      await job.run(stopping.signal);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!stopping.signal.aborted) log.error({ err: error, job: job.name, failures }, "a periodic job failed");
    }
    if (stopping.signal.aborted) return;
    const { everyMs } = job;
    const pauseMs = failures === 0 ? everyMs : backoffMs(failures + 1, everyMs, Math.max(everyMs, maxPauseMs));
    cancel = timer(pauseMs, begin);
  }
  function begin(): void {
    present = once();
  }

  begin();
  return {
    stop() {
      stopping.abort();
      cancel();
      return present;
    },
  };
}
