// Overviews kept for a while, so that any number of people who watch them cost one reading, and reading costs at most a
// tenth of the time: a small house's figures are two seconds old, those of a chain that take three seconds, half a minute.

import { LRUCache } from "lru-cache";
import type { Clock } from "../../domain/clock.ts";
import type { SellerReports } from "../../store/seller-reports.ts";
import { readOverview, type Overview, type OverviewWanted } from "./overview.ts";

export interface Overviews {
  /** The overview, and when a newer one can be had. Throws RangeError for days or a time zone that are none. */
  read(wanted: OverviewWanted): Promise<KeptOverview>;
}

export interface KeptOverview {
  overview: Overview;
  freshUntil: number;
}

const leastMs = 2_000;
const mostMs = 600_000;
const restTimes = 10;
const kept = 200;

/** `elapsedMs` is a clock that never goes back. */
export function createOverviews(reports: SellerReports, clock: Clock, elapsedMs: () => number): Overviews {
  const known = new LRUCache<string, KeptOverview>({ max: kept });
  const underWay = new Map<string, Promise<KeptOverview>>();
  const readAnew = async (key: string, wanted: OverviewWanted): Promise<KeptOverview> => {
    try {
      const began = elapsedMs();
      const overview = await readOverview(reports, wanted, clock());
      const restMs = Math.min(mostMs, Math.max(leastMs, restTimes * (elapsedMs() - began)));
      const made = { overview, freshUntil: clock() + restMs };
      known.set(key, made);
      return made;
    } finally {
      underWay.delete(key);
    }
  };
  return {
    async read(wanted) {
      const { sellerId, timeZone, days, filter, seats } = wanted;
      const key = JSON.stringify([sellerId, timeZone, days.from, days.to, filter.showId, filter.venueId, seats]);
      const found = known.get(key);
      if (found && found.freshUntil > clock()) return found;
      let reading = underWay.get(key);
      if (!reading) underWay.set(key, (reading = readAnew(key, wanted)));
      return reading;
    },
  };
}
