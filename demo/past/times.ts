import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../../src/domain/clock.ts";

/** Lets work go on side by side, each at a time of its own: the clock shows that time to whoever asks within the work. */
export interface ManyTimes {
  clock: Clock;
  at<T>(time: number, work: () => Promise<T>): Promise<T>;
}

/** Outside of any work the clock shows `now`. */
export function createManyTimes(now: number): ManyTimes {
  const times = new AsyncLocalStorage<number>();
  return { clock: () => times.getStore() ?? now, at: (time, work) => times.run(time, work) };
}
