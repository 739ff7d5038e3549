// Makes readers see the showings of venues: once a venue and day, however many showings changed.

import { showingAddress } from "../../domain/ids.ts";
import type { ShowingRow } from "../../store/schema.ts";
import { venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { addDays, dateAt } from "./venue-clock.ts";

/** Publishes the days that these showings of one venue are on, then the shows that run. */
export async function publishShowingsOf(
  { publisher }: Parts,
  venueId: string,
  showings: readonly Pick<ShowingRow, "id">[],
): Promise<void> {
  const dates = new Set(showings.map((showing) => showingAddress(showing.id)?.date ?? ""));
  for (const date of dates) await publisher.publishVenueDay(venueId, date);
  await publisher.publishShows();
}

/** Publishes every day to come on which a venue has showings; for what stands on all of them. */
export async function publishDays(parts: Parts, sellerId: string, venueId: string): Promise<void> {
  const venue = await venueFound(parts.lists, sellerId, venueId);
  const from = addDays(dateAt(parts.clock(), venue.time_zone), -1);
  const days = { venueNumber: venue.number, from, to: addDays(from, 400) };
  await publishShowingsOf(parts, venueId, await parts.showings.atVenue(sellerId, days));
}
