import { randomFillSync } from "node:crypto";
import type { RandomBytes } from "../domain/ids.ts";

const poolBytes = 16_384;

/** The system's randomness, fetched in pools: a call for sixteen bytes alone costs microseconds. No byte is given out twice. */
export function pooledRandom(): RandomBytes {
  const pool = Buffer.allocUnsafe(poolBytes);
  let used = poolBytes;
  return (length) => {
    if (length > poolBytes) return randomFillSync(new Uint8Array(length));
    if (used + length > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = Uint8Array.from(pool.subarray(used, used + length));
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}
