// The day indexes of the catalogue: built from venue-day chunks when a day is first asked for, kept up to date afterwards. Chunks
// themselves are kept decoded, the most recently used ones, up to a number of bytes.

import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { chunkKeys, unpack, venueDayOfKey } from "./chunks.ts";
import { createDayIndex, type DayIndex, type ShowNumbers } from "./day-index.ts";
import type { Published } from "./published.ts";
import { openVenueDay, type VenueDay, type VenueDayChunk } from "./venue-day.ts";

export interface Days {
  /** Dates on which any venue has showings, ascending. */
  dates(): readonly string[];
  /** Dates on which a venue has showings, ascending. */
  datesOf(venueNumber: number): readonly string[];
  /** The index of a day, built if it is not there yet. */
  day(date: string): Promise<DayIndex>;
  /** A venue's chunk of a day. */
  venueDay(venueNumber: number, date: string): Promise<VenueDay | undefined>;
  /** Takes in that a venue-day has other content, or none. */
  refresh(venueNumber: number, date: string): Promise<void>;
  /** Lets go of indexes of days before a date. */
  forgetBefore(date: string): void;
}

/** Chunks read between two turns of the event loop while a day is built: 20 take some 5 ms. */
const readAtOnce = 20;
/** A decoded chunk takes about this many times the bytes of its JSON. */
const inflated = 4;

export function createDays(published: Published, shows: ShowNumbers, cacheBytes: number): Days {
  const venuesOf = new Map<string, Set<number>>();
  const indexes = new Map<string, Promise<DayIndex>>();
  const cache = new LRUCache<string, { day: VenueDay; bytes: number }>({
    maxSize: cacheBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  for (const key of published.keys()) {
    const found = venueDayOfKey(key);
    if (found) note(found.venueNumber, found.date, true);
  }

  function note(venueNumber: number, date: string, has: boolean): void {
    const venues = venuesOf.get(date) ?? new Set();
    if (has) venues.add(venueNumber);
    else venues.delete(venueNumber);
    if (venues.size > 0) venuesOf.set(date, venues);
    else venuesOf.delete(date);
  }
  async function read(venueNumber: number, date: string) {
    const bytes = await published.read(chunkKeys.venueDay(venueNumber, date));
    if (!bytes) return undefined;
    const { document, length } = unpack(bytes);
    return { document: document as VenueDayChunk, length };
  }
  async function build(date: string): Promise<DayIndex> {
    const index = createDayIndex(date, shows);
    const venues = [...(venuesOf.get(date) ?? [])];
    for (let from = 0; from < venues.length; from += readAtOnce) {
      const part = venues.slice(from, from + readAtOnce);
      const chunks = await Promise.all(part.map((venue) => read(venue, date)));
      for (const [at, venue] of part.entries()) index.set(venue, chunks[at]?.document);
      await setImmediate();
    }
    return index;
  }
  const days: Days = {
    dates: () => [...venuesOf.keys()].toSorted(),
    datesOf: (venueNumber) =>
      [...venuesOf].flatMap(([date, venues]) => (venues.has(venueNumber) ? [date] : [])).toSorted(),
    day(date) {
      // A day without showings is not kept: anybody can ask for any date.
      if (!venuesOf.has(date)) return indexes.get(date) ?? Promise.resolve(createDayIndex(date, shows));
      let index = indexes.get(date);
      if (!index) {
        index = build(date);
        indexes.set(date, index);
        index.catch(() => indexes.delete(date));
      }
      return index;
    },
    async venueDay(venueNumber, date) {
      const hash = published.head(chunkKeys.venueDay(venueNumber, date));
      if (hash === undefined) return undefined;
      const kept = cache.get(hash);
      if (kept) return kept.day;
      const found = await read(venueNumber, date);
      if (!found) return undefined;
      const day = openVenueDay(found.document);
      cache.set(hash, { day, bytes: found.length * inflated });
      return day;
    },
    async refresh(venueNumber, date) {
      note(venueNumber, date, published.head(chunkKeys.venueDay(venueNumber, date)) !== undefined);
      const index = await indexes.get(date)?.catch(() => undefined);
      if (index) index.set(venueNumber, (await days.venueDay(venueNumber, date))?.chunk);
    },
    forgetBefore(date) {
      for (const known of indexes.keys()) if (known < date) indexes.delete(known);
    },
  };
  return days;
}
