// For each show the venue to name in a list: the closest that still shows it, or the one where it starts soonest.

import { addDays, dateAt, instantAt } from "./authoring/venue-clock.ts";
import type { DayIndex } from "./day-index.ts";
import type { Days } from "./days.ts";
import type { Position, Venue } from "./model.ts";
import { distanceKm, type Positions } from "./positions.ts";

export interface Found {
  venue: Venue;
  date: string;
  startsAt: number;
  distanceKm?: number;
  /** Venues in reach that still show it. */
  venues: number;
}

/** A day to look into, and from which instant on; one or two for each time zone. */
export interface Slot {
  index: DayIndex;
  from: number;
}

export interface VenueSet {
  all: readonly Venue[];
  byNumber: ReadonlyMap<number, Venue>;
  positions: Positions<Venue>;
  timeZones: readonly string[];
}

/** Venues no further than this count as within reach. */
export const reachKm = 100;
/** After so many venues the walk outwards ends, and the venues of the shows still missing are looked at instead. */
const longestWalk = 512;

/**
 * Where to look, by time zone. With a day: that business day. Without: today there, and what still comes of the business day
 * before (a quarter past midnight belongs to it).
 */
export async function slotsOf(
  days: Days,
  timeZones: readonly string[],
  query: { on?: string; after?: string; now: number },
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const slots = new Map<string, Slot[]>();
  for (const timeZone of timeZones) {
    const day = query.on ?? dateAt(query.now, timeZone);
    const after = query.after === undefined ? 0 : instantAt(day, query.after, timeZone).instant;
    const from = Math.max(after, query.now + 1);
    const dates = query.on === undefined ? [addDays(day, -1), day] : [day];
    const indexes = await Promise.all(dates.map((date) => days.day(date)));
    slots.set(
      timeZone,
      indexes.map((index) => ({ index, from })),
    );
  }
  return slots;
}

/** By show number. `near` undefined: the venue where it starts soonest. */
export function findAll(
  venues: VenueSet,
  slots: ReadonlyMap<string, readonly Slot[]>,
  near: Position | undefined,
): Map<number, Found> {
  const found = new Map<number, Found>();
  if (!near) {
    for (const venue of venues.all) {
      for (const [show, here] of startsAtVenue(venue, slots)) {
        const best = found.get(show);
        if (!best) found.set(show, { ...here, venue, venues: 1 });
        else
          found.set(show, { ...(here.startsAt < best.startsAt ? { ...here, venue } : best), venues: best.venues + 1 });
      }
    }
    return found;
  }
  const missing = showsToCome(slots);
  const walked = new Set<number>();
  const take = (venue: Venue, distanceKm: number) => {
    walked.add(venue.number);
    for (const [show, here] of startsAtVenue(venue, slots)) {
      const best = found.get(show);
      if (!best) found.set(show, { ...here, venue, distanceKm, venues: distanceKm <= reachKm ? 1 : 0 });
      else if (distanceKm <= reachKm) best.venues += 1;
      missing.delete(show);
    }
  };
  for (const { item, distanceKm } of venues.positions.near(near, Infinity, reachKm)) take(item, distanceKm);
  for (let size = Math.max(32, walked.size * 2); missing.size > 0 && size <= longestWalk; size *= 2) {
    const ring = venues.positions.near(near, size);
    for (const { item, distanceKm } of ring) {
      if (missing.size > 0 && !walked.has(item.number)) take(item, distanceKm);
    }
    if (ring.length < size) missing.clear();
  }
  const rest = venuesOfShows(missing, venues, slots).filter((venue) => !walked.has(venue.number));
  const byDistance = rest.map((venue) => ({ venue, away: distanceKm(near, venue) }));
  for (const { venue, away } of byDistance.toSorted((a, b) => a.away - b.away || a.venue.number - b.venue.number)) {
    if (missing.size > 0) take(venue, away);
  }
  return found;
}

/** When each show starts next at a venue. */
function startsAtVenue(
  venue: Venue,
  slots: ReadonlyMap<string, readonly Slot[]>,
): Map<number, { date: string; startsAt: number }> {
  const here = new Map<number, { date: string; startsAt: number }>();
  for (const { index, from } of slots.get(venue.timeZone) ?? []) {
    index.visit(venue.number, from, (show, startsAt) => {
      const known = here.get(show);
      if (!known || startsAt < known.startsAt) here.set(show, { date: index.date, startsAt });
    });
  }
  return here;
}

function showsToCome(slots: ReadonlyMap<string, readonly Slot[]>): Set<number> {
  const shows = new Set<number>();
  for (const { index, from } of [...slots.values()].flat()) {
    for (const [show, { last }] of index.byShow()) if (last >= from) shows.add(show);
  }
  return shows;
}

function venuesOfShows(
  shows: ReadonlySet<number>,
  venues: VenueSet,
  slots: ReadonlyMap<string, readonly Slot[]>,
): Venue[] {
  const numbers = new Set<number>();
  for (const index of new Set([...slots.values()].flat().map((slot) => slot.index))) {
    for (const show of shows) for (const number of index.byShow().get(show)?.venues ?? []) numbers.add(number);
  }
  return [...numbers].flatMap((number) => venues.byNumber.get(number) ?? []);
}
