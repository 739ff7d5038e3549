// Jobs of the job table: leased, worked on with their progress saved, and taken up by another if this process dies.

import type { Clock } from "../domain/clock.ts";
import type { Job, Jobs } from "../store/jobs.ts";
import { backoffMs } from "./backoff.ts";
import type { WorkerLog } from "./periodic.ts";
import type { Timer } from "./timer.ts";

export interface LeasedWork {
  /** Saves how far the job came. Throws if somebody else has the job by now: stop then. */
  save: (progress: unknown) => Promise<void>;
  /** Aborted when the program stops or the lease was lost: end at the next safe point, by throwing or returning. */
  signal: AbortSignal;
}

/** Works on a job from its progress on. Answers nothing when it is done, or after how many ms it wants to go on. */
export type JobHandler = (job: Job, work: LeasedWork) => Promise<{ againMs: number } | void>;

export interface LeasedSettings {
  jobs: Jobs;
  handlers: Readonly<Record<string, JobHandler>>;
  /** Names this process. The embedded shape has one name for ever, and takes up at once what it left when it crashed. */
  owner: string;
  /** Whether nobody else can have that name: the data folder is locked. */
  alone: boolean;
  clock: Clock;
  timer: Timer;
  log: WorkerLog;
  /** Jobs worked on at once. */
  atOnce?: number;
  leaseMs?: number;
}

export interface LeasedJobs {
  /** Leases what is due and begins it; does not wait for it. */
  poll(): Promise<void>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
  /** Begins nothing more, asks what runs to end, waits for it and gives its leases back. */
  stop(): Promise<void>;
}

const firstRetryMs = 1_000;
const maxRetryMs = 300_000;

/** Whoever gets this has lost the job to somebody else. */
class LeaseLost extends Error {}

/** The leased jobs of one process. */
export function createLeasedJobs(settings: LeasedSettings): LeasedJobs {
  const { jobs, handlers, owner, clock, atOnce = 4, leaseMs = 60_000 } = settings;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let released = !settings.alone;

  const idle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    idle,
    async poll() {
      if (!released) await jobs.releaseAll(owner);
      released = true;
      const limit = atOnce - running.size;
      if (stopping.signal.aborted || limit <= 0) return;
      const leased = await jobs.lease({ owner, kinds: Object.keys(handlers), now: clock(), leaseMs, limit });
      for (const job of leased) {
        const work = workOn(settings, leaseMs, job, stopping.signal).finally(() => running.delete(work));
        running.add(work);
      }
    },
    async stop() {
      stopping.abort();
      await idle();
    },
  };
}

/** Works on one job and writes how it ended. Never rejects. */
async function workOn(
  { jobs, handlers, owner, clock, timer, log }: LeasedSettings,
  leaseMs: number,
  job: Job,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const renewing = keepLease(timer, leaseMs, async () => {
    if (!(await jobs.renew(job.id, owner, clock() + leaseMs))) lost.abort();
  });
  try {
    const handler = handlers[job.kind];
    if (!handler) throw new Error(`nobody works on ${job.kind}`);
    const again = await handler(job, {
      signal,
      async save(progress) {
        if (await jobs.save(job.id, owner, progress, clock() + leaseMs)) return;
        lost.abort();
        throw new LeaseLost(`somebody else works on ${job.id}`);
      },
    });
    if (again) await jobs.fail(job.id, owner, "", clock() + again.againMs);
    // Who returns because it was asked to stop is not done.
    else if (signal.aborted) await jobs.fail(job.id, owner, "", clock());
    else await jobs.finish(job.id, owner, clock());
  } catch (error) {
    const asked = signal.aborted;
    if (!asked) log.error({ err: error, job: job.id, attempts: job.attempts }, "a job failed and will be tried again");
    const text = error instanceof Error ? error.message : String(error);
    const runAt = asked ? clock() : clock() + backoffMs(job.attempts, firstRetryMs, maxRetryMs);
    // If even this fails, the lease runs out by itself.
    await jobs.fail(job.id, owner, asked ? "" : text.slice(0, 1_000), runAt).catch((fault: unknown) => {
      log.error({ err: fault, job: job.id }, "a job's failure could not be written");
    });
  } finally {
    renewing();
  }
}

/** Renews a lease every third of its time; answers the function that ends it. A renewal that fails is tried again in time. */
export function keepLease(timer: Timer, leaseMs: number, renew: () => Promise<void>): () => void {
  let ended = false;
  let cancel = () => {};
  const plan = () => {
    if (ended) return;
    cancel = timer(leaseMs / 3, () => void renew().then(plan, plan));
  };
  plan();
  return () => {
    ended = true;
    cancel();
  };
}
