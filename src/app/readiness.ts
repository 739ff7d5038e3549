// Whether requests should be sent to a process: what /readyz says.

import type { ReadinessCheck } from "../http/routes/health.ts";
import type { Inventory } from "../inventory/port.ts";
import type { BackEnds } from "./back-ends.ts";

export interface Readiness {
  checks: readonly ReadinessCheck[];
  /** Entries of the sales log that the store does not have yet; left out where only other processes know. */
  lag?: () => Promise<number>;
  /** Whether the process was told to stop: it finishes what it has and wants nothing new. */
  stopping(): boolean;
}

/** Entries that the slow path may lag behind before a process is not ready. */
const readyLag = 100_000;

export function checkPartitions(inventory: Pick<Inventory, "closedPartitions">): ReadinessCheck {
  return {
    name: "partitions",
    run() {
      const closed = inventory.closedPartitions();
      return closed.length === 0 ? undefined : `Sales are paused in ${closed.length} partitions: ${closed[0]?.reason}.`;
    },
  };
}

/** Of what a fleet's processes share only this differs: a process of an older program is no use while those of a newer one are. */
export function checkProgram({ outdated }: Pick<BackEnds, "outdated">): ReadinessCheck {
  return { name: "program", run: () => outdated?.() };
}

export function checkLag(lag: () => Promise<number>): ReadinessCheck {
  return {
    name: "slow path",
    async run() {
      const behind = await lag();
      return behind <= readyLag ? undefined : `The store lags ${behind} entries behind the sales.`;
    },
  };
}

export function checkStopping(stopping: () => boolean): ReadinessCheck {
  return { name: "stopping", run: () => (stopping() ? "The process was told to stop." : undefined) };
}
