import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";

/** What the machine gives; tests give their own. */
export interface System {
  clock: Clock;
  random: RandomBytes;
  /** For tests: kills the process at a named step or write. */
  failpoint?: string;
  /** A write that sales rest on failed. Must end the process: memory is ahead of the disk. */
  onFatal(error: Error): void;
}
