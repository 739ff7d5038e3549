// Slows down who guesses: every key has a bucket that attempts fill and time drains.

import { LRUCache } from "lru-cache";
import type { Clock } from "../domain/clock.ts";

export interface Throttle {
  /** How many ms the key must wait before its next attempt; 0 if it may now. */
  waitMs(key: string): number;
  /** Counts an attempt. Done before the attempt is judged, so that many at once do not all slip through. */
  count(key: string): void;
  /** Takes one attempt back: it was a good one. */
  giveBack(key: string): void;
  /** Forgets all attempts of a key. */
  clear(key: string): void;
}

interface Bucket {
  level: number;
  at: number;
}

// Keys come from outside: memory is bounded, and who is forgotten is who was quiet longest.
const maxKeys = 100_000;

/** A throttle that lets `burst` attempts through at once and one more each `drainMs`. In memory: a restart forgets it. */
export function createThrottle(clock: Clock, { burst, drainMs }: { burst: number; drainMs: number }): Throttle {
  const buckets = new LRUCache<string, Bucket>({ max: maxKeys });
  const levelOf = (key: string) => {
    const bucket = buckets.get(key);
    return bucket ? Math.max(0, bucket.level - (clock() - bucket.at) / drainMs) : 0;
  };
  const setLevel = (key: string, level: number) => void buckets.set(key, { level, at: clock() });
  return {
    waitMs: (key) => Math.max(0, Math.ceil((levelOf(key) + 1 - burst) * drainMs)),
    count: (key) => setLevel(key, levelOf(key) + 1),
    giveBack: (key) => setLevel(key, Math.max(0, levelOf(key) - 1)),
    clear: (key) => void buckets.delete(key),
  };
}
