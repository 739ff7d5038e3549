// The catalogue over published chunks. Nothing here knows the store: with it stopped, everything below still answers.

import { LRUCache } from "lru-cache";
import type { Clock } from "../domain/clock.ts";
import { showingAddress } from "../domain/ids.ts";
import { compileSeatMap, type SeatMap } from "../domain/seat-map.ts";
import { addDays, dateAt } from "./authoring/venue-clock.ts";
import { chunkKeys, unpack, venueDayOfKey, type PlacesChunk, type ShowsChunk, type VenuesChunk } from "./chunks.ts";
import { createShowNumbers } from "./day-index.ts";
import { createDays } from "./days.ts";
import { placeLibrary, showLibrary, venueLibrary, type VenueLibrary } from "./library.ts";
import { createLists } from "./lists.ts";
import type { Catalogue, CompiledSeatMap } from "./model.ts";
import type { Published } from "./published.ts";
import { suggest } from "./suggestions.ts";

export interface CatalogueSettings {
  published: Published;
  clock: Clock;
  /** For decoded venue-days. */
  cacheBytes?: number;
  /** Whether nobody will ask for lists: then no day's index is built before it is asked for. A worker's catalogue. */
  unlisted?: boolean;
}

/** A catalogue that keeps itself up to date. */
export interface LiveCatalogue extends Catalogue {
  /** Settles when everything put so far is in use. Throws what went wrong there. */
  settled(): Promise<void>;
  /** Settles when the indexes of all days are built; only today's and tomorrow's are at the start. */
  warm(): Promise<void>;
}

const defaultCacheBytes = 192 * 1024 * 1024;
const retryMs = 1_000;
const seatMapCacheBytes = 64 * 1024 * 1024;
/** A compiled seat map takes about this many times the bytes of its JSON. */
const compiledTimes = 6;

/** Opens the catalogue; today's and tomorrow's lists are ready when it answers. */
export async function createCatalogue(settings: CatalogueSettings): Promise<LiveCatalogue> {
  const { published, clock } = settings;
  const list = async (key: string): Promise<unknown> => {
    const bytes = await published.read(key);
    return bytes ? unpack(bytes).document : [];
  };
  const readShows = async () => showLibrary((await list(chunkKeys.shows)) as ShowsChunk);
  const readVenues = async () => venueLibrary((await list(chunkKeys.venues)) as VenuesChunk);
  const readPlaces = async ({ all }: VenueLibrary) => placeLibrary((await list(chunkKeys.places)) as PlacesChunk, all);
  const numbers = createShowNumbers();
  const days = createDays(published, numbers, settings.cacheBytes ?? defaultCacheBytes);
  const seatMaps = createSeatMaps(published);
  const venues = await readVenues();
  const now = { shows: await readShows(), venues, places: await readPlaces(venues), version: 1 };
  const lists = createLists({ days, numbers, library: () => now });

  /** Changes are taken in one after the other. */
  let taking: Promise<void> = Promise.resolve();
  function takeIn(keys: readonly string[]): void {
    taking = taking
      .catch(() => undefined)
      .then(async () => {
        for (const key of keys) await take(key);
        now.version += 1;
      });
    // Content that could not be read this time: nobody will announce it again.
    taking.catch(() => void setTimeout(takeIn, retryMs, keys).unref());
  }
  published.onChange(takeIn);
  async function take(key: string): Promise<void> {
    const day = venueDayOfKey(key);
    if (day) await days.refresh(day.venueNumber, day.date);
    else if (key === chunkKeys.shows) now.shows = await readShows();
    if (key === chunkKeys.venues) now.venues = await readVenues();
    if (key === chunkKeys.venues || key === chunkKeys.places) now.places = await readPlaces(now.venues);
    if (key === chunkKeys.shows) days.forgetBefore(addDays(dateAt(clock(), "UTC"), -3));
  }
  async function warm(dates: readonly string[]): Promise<void> {
    for (const date of dates) await days.day(date);
  }
  if (!settings.unlisted) await warm(nextDates(clock(), now.venues.timeZones));
  const coming = days.dates().filter((date) => date >= addDays(dateAt(clock(), "UTC"), -1));
  const rest = warm(settings.unlisted ? [] : coming);
  // Whoever asks for a day that could not be built is told then.
  rest.catch(() => undefined);

  return {
    settled: () => taking,
    warm: () => rest,
    version: () => now.version,
    shows: () => now.shows.all.filter((show) => show.until > clock()),
    show: (id) => now.shows.byId.get(id),
    venues: () => now.venues.all,
    venue: (id) => now.venues.byId.get(id),
    findVenues: (query) => now.venues.find(query),
    cities: (limit) => now.places.withVenues.slice(0, limit),
    findPlaces: (text, limit) => now.places.find(text, limit),
    suggest: (query) => suggest(now, query),
    placeNear: (position) => now.places.nearest(position),
    ...lists,
    async showingsOfVenue(venueId, on) {
      const venue = now.venues.byId.get(venueId);
      const day = venue && (await days.venueDay(venue.number, on));
      return day?.showings().filter((showing) => showing.status === "published") ?? [];
    },
    daysOfVenue(venueId, instant) {
      const venue = now.venues.byId.get(venueId);
      if (!venue) return [];
      const today = dateAt(instant, venue.timeZone);
      return days.datesOf(venue.number).filter((date) => date >= today);
    },
    async showing(id) {
      const address = showingAddress(id);
      const day = address && (await days.venueDay(address.venueNumber, address.date));
      return day?.byId(id);
    },
    findSeatMap: seatMaps,
    async seatMap(id) {
      const found = await seatMaps(id);
      if (!found) throw new Error(`the seat map ${id} is not published`);
      return found;
    },
  };
}

/** Today and tomorrow wherever there are venues, and yesterday, whose last showings may still be to come. */
function nextDates(now: number, timeZones: readonly string[]): string[] {
  const dates = new Set<string>();
  for (const timeZone of timeZones) {
    const today = dateAt(now, timeZone);
    for (const offset of [-1, 0, 1]) dates.add(addDays(today, offset));
  }
  return [...dates].toSorted();
}

/** Seat maps, compiled once; those used most recently are kept. */
function createSeatMaps(published: Published): (id: string) => Promise<CompiledSeatMap | undefined> {
  const cache = new LRUCache<string, { seatMap: CompiledSeatMap; bytes: number }>({
    maxSize: seatMapCacheBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  const reading = new Map<string, Promise<CompiledSeatMap | undefined>>();
  async function read(id: string): Promise<CompiledSeatMap | undefined> {
    try {
      const bytes = await published.read(chunkKeys.seatMap(id));
      if (!bytes) return undefined;
      const { document, length } = unpack(bytes);
      const map = document as SeatMap;
      const seatMap = { id, map, layout: compileSeatMap(map) };
      cache.set(id, { seatMap, bytes: length * compiledTimes });
      return seatMap;
    } finally {
      reading.delete(id);
    }
  }
  return (id) => {
    const kept = cache.get(id);
    if (kept) return Promise.resolve(kept.seatMap);
    let pending = reading.get(id);
    if (!pending) reading.set(id, (pending = read(id)));
    return pending;
  };
}
