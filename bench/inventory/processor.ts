// Processor time of servers, as Linux counts it: what a purchase costs says more than the rate of two processors shared by all.

import { readFileSync } from "node:fs";
import { processTree } from "../../deploy/local/process-tree.ts";

/** Linux counts in hundredths of a second. */
const msPerTick = 10;

/** What the processes and everything below them have used so far, ms. */
export function processorMs(roots: readonly number[]): number {
  let ticks = 0;
  for (const root of roots) {
    for (const pid of processTree(root)) {
      const fields = statOf(pid);
      // utime and stime; of the root also those of children that have ended.
      const counted = pid === root ? fields.slice(11, 15) : fields.slice(11, 13);
      ticks += counted.reduce((sum, field) => sum + Number(field), 0);
    }
  }
  return ticks * msPerTick;
}

function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

/** What this process has used so far, ms. */
export function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
