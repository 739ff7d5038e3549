// Until when buyers may cancel, as their sellers say. Selling does not wait for the store: while it cannot be asked, what was
// known last is said, and nothing if nothing was.

import { LRUCache } from "lru-cache";
import type { Accounts } from "../accounts/accounts.ts";
import type { Clock } from "../domain/clock.ts";
import { StoreUnavailable } from "../store/postgres.ts";

/** Buyers may cancel until an instant, or never; undefined: it is not known right now. */
export type CancelPolicy = { until: number } | "never" | undefined;

export interface CancelPolicies {
  /** What holds for a showing of a seller. */
  of(showing: { sellerId: string; startsAt: number }): Promise<CancelPolicy>;
}

const hourMs = 3_600_000;
/** Sellers change it rarely, and cancelling asks the seller's own record in any case. */
const freshMs = 60_000;
const mostSellers = 5_000;

/** The policies of one process. */
export function createCancelPolicies(accounts: Pick<Accounts, "seller">, clock: Clock): CancelPolicies {
  const known = new LRUCache<string, { hours: number | undefined; readAt: number }>({ max: mostSellers });
  const hoursOf = async (sellerId: string) => {
    const before = known.get(sellerId);
    if (before && clock() - before.readAt < freshMs) return before;
    try {
      const read = { hours: (await accounts.seller(sellerId)).cancelHours, readAt: clock() };
      known.set(sellerId, read);
      return read;
    } catch (error) {
      if (error instanceof StoreUnavailable) return before;
      throw error;
    }
  };
  return {
    async of({ sellerId, startsAt }) {
      const found = await hoursOf(sellerId);
      if (!found) return undefined;
      return found.hours === undefined ? "never" : { until: startsAt - found.hours * hourMs };
    },
  };
}
