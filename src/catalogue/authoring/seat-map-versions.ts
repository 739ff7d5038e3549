// Which seat maps an auditorium has: the one that new showings get, and those that scheduled ones keep.

import type { SeatMapUse } from "../../store/showings.ts";
import type { Authoring, SeatMapVersion } from "./authoring.ts";
import { auditoriumFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { addDays, dateAt } from "./venue-clock.ts";

/** A showing's id begins with its venue and day, so that nobody reads more than these days. */
const daysBack = 90;
const daysAhead = 2 * 366;

export function seatMapVersions({ lists, showings, clock }: Parts): Authoring["seatMapVersions"] {
  return async (sellerId, auditoriumId) => {
    const auditorium = await auditoriumFound(lists, sellerId, auditoriumId);
    const now = clock();
    const today = dateAt(now, "UTC");
    const days = {
      venueNumber: auditorium.venue_number,
      from: addDays(today, -daysBack),
      to: addDays(today, daysAhead),
    };
    const uses = await showings.seatMapsInAuditorium(auditoriumId, days, now);
    const current = auditorium.seat_map_id;
    const own = uses.find((use) => use.seatMapId === current);
    const others = uses.filter((use) => use !== own);
    const versions: SeatMapVersion[] = [
      { ...(own ?? unused(current)), placeCount: auditorium.place_count, current: true },
    ];
    for (const use of others) {
      versions.push({ ...use, placeCount: (await lists.seatMap(use.seatMapId))?.place_count ?? 0, current: false });
    }
    return versions;
  };
}

function unused(seatMapId: string): Pick<SeatMapUse, "seatMapId" | "showings" | "toCome"> {
  return { seatMapId, showings: 0, toCome: 0 };
}
