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

/** A day to look into, from which instant on, and before which other; one or two for each time zone. */
export interface Slot {
  index: DayIndex;
  from: number;
  /** Infinity for the whole rest of the day. */
  until: number;
}

export interface VenueSet {
  all: readonly Venue[];
  byNumber: ReadonlyMap<number, Venue>;
  positions: Positions<Venue>;
  timeZones: readonly string[];
}

/** Venues no further than this count as within reach. */
export const reachKm = 100;
/** What runs at no more venues than this, a concert for example, is looked up there instead of walking outwards. */
const fewVenues = 256;
/** After so many venues the walk outwards ends, and the venues of the shows still missing are looked at instead. */
const longestWalk = 512;

/**
 * Where to look, by time zone. With a day: that business day. Without: today there, and what still comes of the business day
 * before (a quarter past midnight belongs to it).
 */
export async function slotsOf(
  days: Days,
  timeZones: readonly string[],
  query: { on?: string; after?: string; before?: string; now: number },
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const slots = new Map<string, Slot[]>();
  for (const timeZone of timeZones) {
    const day = query.on ?? dateAt(query.now, timeZone);
    const after = query.after === undefined ? 0 : instantAt(day, query.after, timeZone).instant;
    const from = Math.max(after, query.now + 1);
    const until = query.before === undefined ? Infinity : instantAt(day, query.before, timeZone).instant;
    const dates = query.on === undefined ? [addDays(day, -1), day] : [day];
    const indexes = await Promise.all(dates.map((date) => days.day(date)));
    slots.set(
      timeZone,
      indexes.map((index) => ({ index, from, until })),
    );
  }
  return slots;
}

export interface Search {
  venues: VenueSet;
  slots: ReadonlyMap<string, readonly Slot[]>;
  /** How many shows are numbered. */
  shows: number;
}

/** The venue where each show starts soonest, by show number. */
export function findSoonest({ venues, slots, shows }: Search): Map<number, Found> {
  const found = new Map<number, Found>();
  const tally = createTally(shows, slots);
  for (const venue of venues.all) {
    tally.visit(venue, (show, startsAt, date) => {
      const best = found.get(show);
      if (!best) found.set(show, { venue, date, startsAt, venues: 1 });
      else {
        best.venues += 1;
        if (startsAt < best.startsAt) Object.assign(best, { venue, date, startsAt });
      }
    });
  }
  return found;
}

/** The closest venue that still has each show, by show number: first all within reach, then outwards until each is found. */
export function findNearest({ venues, slots, shows }: Search, near: Position): Map<number, Found> {
  const found = new Map<number, Found>();
  const missing = showsToCome(venues, slots);
  const walked = new Set<number>();
  const tally = createTally(shows, slots);
  const take = (venue: Venue, distanceKm: number) => {
    const inReach = distanceKm <= reachKm ? 1 : 0;
    walked.add(venue.number);
    tally.visit(venue, (show, startsAt, date) => {
      const best = found.get(show);
      if (best) best.venues += inReach;
      else {
        found.set(show, { venue, date, startsAt, distanceKm, venues: inReach });
        missing.delete(show);
      }
    });
  };
  for (const { item, distanceKm } of venues.positions.near(near, Infinity, reachKm)) take(item, distanceKm);
  const isWalkWorth = () => venueCount(missing, slots) > fewVenues;
  for (let size = Math.max(32, walked.size * 2); size <= longestWalk && isWalkWorth(); size *= 2) {
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

/** Goes through the showings of one venue after the other, and tells when each show starts next there. */
function createTally(shows: number, slots: ReadonlyMap<string, readonly Slot[]>) {
  // Typed arrays, marked with the venue's turn: clearing a map for each of a thousand venues took ten times as long.
  const turnOf = new Int32Array(shows);
  const startsAt = new Float64Array(shows);
  const here = new Int32Array(shows);
  const dates: string[] = [];
  let turn = 0;
  return {
    visit(venue: Venue, tell: (show: number, startsAt: number, date: string) => void): void {
      turn += 1;
      let count = 0;
      for (const { index, from, until } of slots.get(venue.timeZone) ?? []) {
        index.visit(venue.number, from, (show, at) => {
          if (at >= until) return;
          if (turnOf[show] !== turn) {
            turnOf[show] = turn;
            here[count] = show;
            count += 1;
          } else if (at >= (startsAt[show] ?? 0)) return;
          startsAt[show] = at;
          dates[show] = index.date;
        });
      }
      for (let at = 0; at < count; at += 1) {
        const show = here[at] ?? 0;
        tell(show, startsAt[show] ?? 0, dates[show] ?? "");
      }
    },
  };
}

/** What may be found: of a part of the day only what really starts in it, since nobody would stop looking for the rest. */
function showsToCome(venues: VenueSet, slots: ReadonlyMap<string, readonly Slot[]>): Set<number> {
  const shows = new Set<number>();
  for (const { index, from, until } of [...slots.values()].flat()) {
    if (until !== Infinity) continue;
    for (const [show, { last }] of index.byShow()) if (last >= from) shows.add(show);
  }
  for (const { number, timeZone } of venues.all) {
    for (const { index, from, until } of slots.get(timeZone) ?? []) {
      if (until === Infinity) continue;
      index.visit(number, from, (show, at) => void (at < until && shows.add(show)));
    }
  }
  return shows;
}

/** At how many venues shows run, each counted by itself. */
function venueCount(shows: ReadonlySet<number>, slots: ReadonlyMap<string, readonly Slot[]>): number {
  let count = 0;
  for (const index of indexesOf(slots)) {
    for (const show of shows) count += index.byShow().get(show)?.venues.length ?? 0;
  }
  return count;
}

function indexesOf(slots: ReadonlyMap<string, readonly Slot[]>): Set<DayIndex> {
  return new Set([...slots.values()].flat().map((slot) => slot.index));
}

function venuesOfShows(
  shows: ReadonlySet<number>,
  venues: VenueSet,
  slots: ReadonlyMap<string, readonly Slot[]>,
): Venue[] {
  const numbers = new Set<number>();
  for (const index of indexesOf(slots)) {
    for (const show of shows) for (const number of index.byShow().get(show)?.venues ?? []) numbers.add(number);
  }
  return [...numbers].flatMap((number) => venues.byNumber.get(number) ?? []);
}
