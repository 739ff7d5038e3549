// Chance that can be repeated: the same seed and labels give the same numbers, whatever was asked before. For a demo, and for
// nothing that anybody could want to guess.

import type { RandomBytes } from "../src/domain/ids.ts";

export interface Seeded {
  /** 0 … count-1. */
  below(count: number): number;
  bytes: RandomBytes;
  /** One of `choices`, which are not empty. */
  pick<T>(choices: readonly T[]): T;
  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[];
}

/** A stream of its own for each combination of labels. */
export function seeded(...labels: readonly (string | number)[]): Seeded {
  const next = generator(labels.join("\u0000"));
  const below = (count: number) => Math.floor((next() / 2 ** 32) * count);
  return {
    below,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let index = 0; index < length; index += 1) bytes[index] = next() & 0xff;
      return bytes;
    },
    pick(choices) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new RangeError("nothing to choose from");
      return choice;
    },
    shuffle(things) {
      return things
        .map((thing) => ({ thing, key: next() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ thing }) => thing);
    },
  };
}

/** Unsigned 32-bit numbers: sfc32, its state spread from a hash of the text. */
function generator(text: string): () => number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  let [a, b, c, counter] = [hash, Math.imul(hash, 0x9e3779b1), text.length, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
