// Runs the slow path of one process: periodic jobs, and the leased jobs of the job table by kind.

import { createLeasedJobs, type LeasedSettings } from "./leased.ts";
import { startPeriodic, type PeriodicJob, type Running, type WorkerLog } from "./periodic.ts";
import type { Timer } from "./timer.ts";

export interface RunnerSettings {
  periodic: readonly PeriodicJob[];
  /** How often the job table is asked for jobs that are due; left out, nobody asks. */
  leased?: Omit<LeasedSettings, "timer" | "log"> & { everyMs: number };
  timer: Timer;
  log: WorkerLog;
}

/** Starts everything. `stop` begins nothing more and waits for what runs; jobs that were interrupted go on after a restart. */
export function startRunner({ periodic, leased, timer, log }: RunnerSettings): Running {
  const leasedJobs = leased && createLeasedJobs({ ...leased, timer, log });
  const all: PeriodicJob[] = [...periodic];
  if (leased && leasedJobs) all.push({ name: "jobs", everyMs: leased.everyMs, run: () => leasedJobs.poll() });
  const running = all.map((job) => startPeriodic(job, timer, log));
  return {
    async stop() {
      await Promise.all([...running.map((job) => job.stop()), leasedJobs?.stop()]);
      // A poll that was under way may have leased something after the others ended.
      await leasedJobs?.idle();
    },
  };
}
