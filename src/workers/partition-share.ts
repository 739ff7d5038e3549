// Who works on which partition: the workers of a fleet share them by leases, so that each has one worker at a time, a dead
// worker's are taken over when its leases end, and a new worker gets its part.

import type { Clock } from "../domain/clock.ts";
import type { Leases } from "../store/leases.ts";

export interface PartitionShareSettings {
  leases: Leases;
  /** Runs work on the leases with one commit in the end: nobody but this worker writes the rows that it touches. */
  together<T>(work: (leases: Leases) => Promise<T>): Promise<T>;
  /** Names this worker; no other ever has the same. */
  owner: string;
  partitions: number;
  clock: Clock;
  leaseMs: number;
  /** Whether this worker can work on partitions now; while it cannot, others have them all. */
  canWork?(): boolean;
}

export interface PartitionShare {
  /** The partitions that are this worker's, as far as it knows. */
  owned(): ReadonlySet<number>;
  /**
   * Says that this worker lives, keeps what it has, gives back what is more than its part, takes what nobody has. Called
   * between two batches, well within the time of a lease. Gives everything back while it cannot work. Answers whether anything
   * new was got.
   */
  turn(): Promise<boolean>;
  /** Gives everything back at once. */
  leave(): Promise<void>;
}

const workerPrefix = "worker:";
const partitionPrefix = "partition:";
const leaseOf = (partition: number) => partitionPrefix + String(partition).padStart(4, "0");
const partitionOf = (name: string) => Number(name.slice(partitionPrefix.length));

export function createPartitionShare(settings: PartitionShareSettings): PartitionShare {
  const { leases, together, owner, partitions, clock, leaseMs, canWork = () => true } = settings;
  const mine = new Set<number>();

  async function keep(now: number): Promise<void> {
    const until = now + leaseMs;
    const lost = await together(async (own) => {
      await own.acquire(workerPrefix + owner, owner, now, until);
      const gone: number[] = [];
      for (const partition of [...mine].toSorted((a, b) => a - b))
        if (!(await own.renew(leaseOf(partition), owner, until))) gone.push(partition);
      return gone;
    });
    for (const partition of lost) mine.delete(partition);
  }
  async function giveBack(most: number): Promise<void> {
    // The highest go: what is left is the same every time.
    for (const partition of [...mine].toSorted((a, b) => b - a).slice(0, Math.max(0, mine.size - most))) {
      mine.delete(partition);
      await leases.release(leaseOf(partition), owner);
    }
  }
  async function take(most: number, now: number, from: number): Promise<boolean> {
    if (mine.size >= most) return false;
    const held = new Set((await leases.held(partitionPrefix, now)).map(({ name }) => partitionOf(name)));
    let got = false;
    // Everybody begins elsewhere, so that two who come at once hardly ask for the same.
    for (let step = 0; step < partitions && mine.size < most; step += 1) {
      const partition = (from + step) % partitions;
      if (held.has(partition) || mine.has(partition)) continue;
      if (!(await leases.acquire(leaseOf(partition), owner, now, now + leaseMs))) continue;
      mine.add(partition);
      got = true;
    }
    return got;
  }
  async function leave(): Promise<void> {
    await giveBack(0);
    await leases.release(workerPrefix + owner, owner);
  }
  return {
    owned: () => mine,
    async turn() {
      if (!canWork()) {
        await leave();
        return false;
      }
      const now = clock();
      await keep(now);
      const workers = (await leases.held(workerPrefix, now)).map((lease) => lease.owner).toSorted();
      const place = Math.max(0, workers.indexOf(owner));
      const most = Math.floor((partitions + workers.length - 1 - place) / Math.max(1, workers.length));
      await giveBack(most);
      return take(most, now, Math.floor((place * partitions) / Math.max(1, workers.length)));
    },
    leave,
  };
}
