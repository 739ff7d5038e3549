// The slow path of one worker of a fleet: applies the sales log of the partitions that are its share, batch after batch. What
// fails is tried again, later each time; a partition that fails alone does not keep the others waiting.

import type { SalesLog } from "../inventory/port.ts";
import type { ApplySales } from "./apply-sales.ts";
import { backoffMs } from "./backoff.ts";
import type { PartitionShare } from "./partition-share.ts";
import type { Running, WorkerLog } from "./periodic.ts";

export interface ApplyPartitionsSettings {
  share: PartitionShare;
  log: SalesLog;
  /** Begins where the store stands now. */
  begin(): Promise<{ applySales: ApplySales; marks: readonly { partition: number; sequence: number }[] }>;
  /** Milliseconds from any start. */
  elapsedMs(): number;
  logger: WorkerLog;
  /** How often the share is looked at. */
  turnMs: number;
}

export interface ApplyPartitions extends Running {
  /** Entries of this worker's partitions that the store does not have yet, as of the last look. */
  lag(): number;
  /** How long nothing could be read or written, in ms; 0 while all is well. */
  troubleMs(): number;
}

/** How soon an idle worker looks again: while nothing comes, less and less often. */
const idleMs = { first: 25, most: 250 };
const firstRetryMs = 100;
const maxRetryMs = 2_000;
/** How long a partition that failed alone is left alone. */
const restMs = 5_000;
/** So long may entries wait of which none is taken: a recovery is under way, or what this worker believes is wrong. */
const stuckMs = 5_000;

export function startApplyPartitions(settings: ApplyPartitionsSettings): ApplyPartitions {
  const { share, log, elapsedMs, logger, turnMs } = settings;
  const stopping = new AbortController();
  const applied = new Map<number, number>();
  const resting = new Map<number, number>();
  let applySales: ApplySales | undefined;
  let turnAt = -Infinity;
  let heads: readonly number[] = [];
  let troubleSince: number | undefined;
  let stuckSince: number | undefined;

  /** The heads of the partitions to work on, 0 for all others. */
  const wanted = (only?: number) =>
    heads.map((head, partition) => {
      const skip = only === undefined ? (resting.get(partition) ?? 0) > elapsedMs() : partition !== only;
      return skip || !share.owned().has(partition) ? 0 : head;
    });
  async function apply(work: ApplySales, only?: number): Promise<boolean> {
    const marks = await work.once(wanted(only));
    for (const { partition, sequence } of marks) {
      applied.set(partition, sequence);
      await log.acknowledge(partition, sequence);
    }
    return marks.length > 0;
  }
  /** Partitions to work on that have entries which the store lacks, as far as this worker knows. */
  const waiting = () =>
    wanted().flatMap((head, partition) => (head > (applied.get(partition) ?? 0) ? [partition] : []));
  /** Throws if entries have waited for long while none was taken. */
  function checkStuck(busy: boolean): void {
    const partitions = busy ? [] : waiting();
    if (partitions.length === 0) stuckSince = undefined;
    else stuckSince ??= elapsedMs();
    if (stuckSince === undefined || elapsedMs() - stuckSince < stuckMs) return;
    stuckSince = undefined;
    throw new Error(`entries of the partitions ${partitions.join(", ")} wait, and none of them can be taken`);
  }
  /** Anew from the store, one partition after the other: finds those that fail alone. Throws if all do. */
  async function applyEach(): Promise<void> {
    const { applySales: work } = await begin();
    const behind = waiting();
    const failed: unknown[] = [];
    for (const partition of behind) {
      try {
        await apply(work, partition);
      } catch (error) {
        failed.push(error);
        resting.set(partition, elapsedMs() + restMs);
        logger.error({ err: error, partition }, "the sales of a partition could not be applied and rest a while");
      }
    }
    if (failed.length > 1 && failed.length === behind.length) throw failed[0];
  }
  async function begin() {
    const begun = await settings.begin();
    for (const { partition, sequence } of begun.marks) applied.set(partition, sequence);
    applySales = begun.applySales;
    return begun;
  }
  /** Answers whether there was anything to do. */
  async function round(failures: number): Promise<boolean> {
    if (failures > 0 || elapsedMs() - turnAt >= turnMs) {
      // What another worker had until now may have gone on since this one looked.
      if (await share.turn()) applySales = undefined;
      turnAt = elapsedMs();
    }
    heads = await log.heads();
    if (failures > 0) await applyEach();
    const work = applySales ?? (await begin()).applySales;
    const busy = await apply(work);
    checkStuck(busy);
    return busy;
  }
  async function run(): Promise<void> {
    let failures = 0;
    let idle = 0;
    while (!stopping.signal.aborted) {
      try {
        const busy = await round(failures);
        failures = 0;
        troubleSince = undefined;
        idle = busy ? 0 : idle + 1;
        if (!busy) await pause(backoffMs(idle, idleMs.first, idleMs.most), stopping.signal);
      } catch (error) {
        failures += 1;
        troubleSince ??= elapsedMs();
        applySales = undefined;
        logger.error({ err: error, failures }, "the slow path did not get on and tries again");
        await pause(backoffMs(failures, firstRetryMs, maxRetryMs), stopping.signal);
      }
    }
    await share.leave().catch((error: unknown) => logger.warn({ err: error }, "leases end by themselves"));
  }
  const running = run();
  return {
    lag: () =>
      [...share.owned()].reduce(
        (sum, partition) => sum + Math.max(0, (heads[partition] ?? 0) - (applied.get(partition) ?? 0)),
        0,
      ),
    troubleMs: () => (troubleSince === undefined ? 0 : elapsedMs() - troubleSince),
    stop() {
      stopping.abort();
      return running;
    },
  };
}

/** Waits, or less if told to stop. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
