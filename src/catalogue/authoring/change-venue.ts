import { refusedFor } from "../../domain/faults.ts";
import type { Authoring } from "./authoring.ts";
import { changedOnly } from "./changed.ts";
import { venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { addDays, dateAt } from "./venue-clock.ts";
import { checkVenue, venueColumns, venueOf } from "./venue.ts";

export function changeVenue(parts: Parts): Authoring["changeVenue"] {
  const { lists, showings, publisher, clock, audit } = parts;
  return async ({ sellerId, actor }, venueId, change) => {
    const before = venueOf(await venueFound(lists, sellerId, venueId));
    const venue = checkVenue({ ...before, ...changedOnly(change) });
    if (venue.timeZone !== before.timeZone) {
      // A showing's id says its day at the venue: another clock would put it on another day.
      const from = addDays(dateAt(clock(), before.timeZone), -1);
      if (await showings.hasAny({ venueNumber: before.number, from, to: addDays(from, 3_650) })) {
        throw refusedFor(
          "showing_in_use",
          { code: "clock-in-use" },
          {
            field: "timeZone",
          },
        );
      }
    }
    await lists.changeVenue(sellerId, venueId, venueColumns(venue));
    const details = { sellerId, before, after: venue };
    await audit.append({ actor, action: "venue.changed", subject: `venue:${venueId}`, details });
    await publisher.publishVenues();
    return { ...before, ...venue };
  };
}
