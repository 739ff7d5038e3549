// How far somebody who begins to sell has come.

import { LRUCache } from "lru-cache";
import type { Authoring } from "./authoring.ts";
import type { Parts } from "./parts.ts";

const remembered = 10_000;

export function firstSteps({ lists }: Pick<Parts, "lists">): Authoring["firstSteps"] {
  /** Who was on sale once has begun for good: every page of every seller asks. */
  const through = new LRUCache<string, true>({ max: remembered });
  return async (sellerId) => {
    if (through.has(sellerId)) return undefined;
    const { onSale, ...steps } = await lists.begun(sellerId);
    if (!onSale) return steps;
    through.set(sellerId, true);
    return undefined;
  };
}
