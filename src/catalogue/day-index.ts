// Which show is at which venue when, for one day: four bytes a showing, so that 14 days of 300,000 take 17 MB and a list is
// answered without opening a chunk.

import type { VenueDayChunk } from "./venue-day.ts";

/** Shows by small number: 19 bits of an entry. Grows for as long as the process lives. */
export interface ShowNumbers {
  of(showId: string): number;
  /** The number of a show that has one. */
  find(showId: string): number | undefined;
  id(number: number): string;
  /** Numbers given so far: 0 … count-1. */
  count(): number;
}

export function createShowNumbers(): ShowNumbers {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  return {
    of(showId) {
      let number = numbers.get(showId);
      if (number === undefined) {
        number = ids.length;
        if (number >= 1 << showBits) throw new RangeError("more shows than the day index can number");
        numbers.set(showId, number);
        ids.push(showId);
      }
      return number;
    },
    find: (showId) => numbers.get(showId),
    id: (number) => ids[number] ?? "",
    count: () => ids.length,
  };
}

const showBits = 19;
/** Minutes from midnight UTC of the date, moved up by two days so that none is negative: 13 bits, to the end of the third day. */
const minuteBits = 13;
const minuteMask = (1 << minuteBits) - 1;
const shift = 2_880;

export interface DayIndex {
  readonly date: string;
  /** Sets or (with undefined) ends the showings of a venue. */
  set(venueNumber: number, chunk: VenueDayChunk | undefined): void;
  has(venueNumber: number): boolean;
  /** Calls `visit` for showings of a venue that start at `from` (ms) or later, by start. */
  visit(venueNumber: number, from: number, visit: (show: number, startsAt: number) => void): void;
  /** Venues that show something that day, and when it starts there for the last time anywhere, by show. */
  byShow(): ReadonlyMap<number, { venues: readonly number[]; last: number }>;
}

/** An empty day. */
export function createDayIndex(date: string, shows: ShowNumbers): DayIndex {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const venues = new Map<number, Uint32Array>();
  let summary: Map<number, { venues: number[]; last: number }> | undefined;
  return {
    date,
    set(venueNumber, chunk) {
      summary = undefined;
      const entries = chunk && entriesOf(chunk, shows);
      if (entries && entries.length > 0) venues.set(venueNumber, entries);
      else venues.delete(venueNumber);
    },
    has: (venueNumber) => venues.has(venueNumber),
    visit(venueNumber, from, visit) {
      const entries = venues.get(venueNumber);
      if (!entries) return;
      const minute = Math.ceil((from - midnight) / 60_000) + shift;
      for (let index = firstAt(entries, minute); index < entries.length; index += 1) {
        const entry = entries[index] ?? 0;
        visit(entry >>> minuteBits, midnight + ((entry & minuteMask) - shift) * 60_000);
      }
    },
    byShow() {
      if (summary) return summary;
      const made = new Map<number, { venues: number[]; last: number }>();
      for (const [venue, entries] of venues) {
        for (const entry of entries) {
          const startsAt = midnight + ((entry & minuteMask) - shift) * 60_000;
          const known = made.get(entry >>> minuteBits);
          if (!known) made.set(entry >>> minuteBits, { venues: [venue], last: startsAt });
          else {
            if (known.venues.at(-1) !== venue) known.venues.push(venue);
            if (startsAt > known.last) known.last = startsAt;
          }
        }
      }
      return (summary = made);
    },
  };
}

function entriesOf(chunk: VenueDayChunk, shows: ShowNumbers): Uint32Array {
  const numbers = chunk.showIds.map((id) => shows.of(id));
  const entries: number[] = [];
  for (const [index, show] of chunk.show.entries()) {
    if (chunk.cancelled[index] === 1) continue;
    const minute = (chunk.start[index] ?? 0) + shift;
    if (minute < 0 || minute > minuteMask) throw new RangeError(`a showing of ${chunk.date} starts days away from it`);
    entries.push((((numbers[show] ?? 0) << minuteBits) | minute) >>> 0);
  }
  return Uint32Array.from(entries);
}

/** The first entry that starts at a minute or later. */
function firstAt(entries: Uint32Array, minute: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((entries[middle] ?? 0) & minuteMask) < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
