// The catalogue over published chunks. Nothing here knows the store: with it stopped, everything below still answers.

import { LRUCache } from "lru-cache";
import type { Bus } from "../bus/port.ts";
import type { Clock } from "../domain/clock.ts";
import { showingAddress } from "../domain/ids.ts";
import { compileSeatMap, type SeatMap } from "../domain/seat-map.ts";
import { addDays, dateAt } from "./authoring/venue-clock.ts";
import { chunkKeys, unpack, venueDayOfKey, type PlacesChunk, type ShowsChunk, type VenuesChunk } from "./chunks.ts";
import { createShowNumbers } from "./day-index.ts";
import { createDays } from "./days.ts";
import { placeLibrary, showLibrary, venueLibrary } from "./library.ts";
import { createLists } from "./lists.ts";
import type { Catalogue, CompiledSeatMap } from "./model.ts";
import type { Published } from "./published.ts";

export interface CatalogueSettings {
  published: Published;
  bus: Bus;
  clock: Clock;
  /** For decoded venue-days. */
  cacheBytes?: number;
}

/** A catalogue that keeps itself up to date. */
export interface LiveCatalogue extends Catalogue {
  /** Settles when everything announced so far is in use. Throws what went wrong there. */
  settled(): Promise<void>;
  /** Settles when the indexes of all days are built; only today's and tomorrow's are at the start. */
  warm(): Promise<void>;
}

const defaultCacheBytes = 192 * 1024 * 1024;
const seatMapCacheBytes = 64 * 1024 * 1024;
/** A compiled seat map takes about this many times the bytes of its JSON. */
const compiledTimes = 6;

/** Opens the catalogue; today's and tomorrow's lists are ready when it answers. */
export async function createCatalogue(settings: CatalogueSettings): Promise<LiveCatalogue> {
  const { published, bus, clock } = settings;
  const list = async (key: string): Promise<unknown> => {
    const bytes = await published.read(key);
    return bytes ? unpack(bytes).document : [];
  };
  const readShows = async () => showLibrary((await list(chunkKeys.shows)) as ShowsChunk);
  const readVenues = async () => venueLibrary((await list(chunkKeys.venues)) as VenuesChunk);
  const readPlaces = async () => placeLibrary((await list(chunkKeys.places)) as PlacesChunk);
  const numbers = createShowNumbers();
  const days = createDays(published, numbers, settings.cacheBytes ?? defaultCacheBytes);
  const seatMaps = createSeatMaps(published);
  const now = { shows: await readShows(), venues: await readVenues(), places: await readPlaces(), version: 1 };
  const lists = createLists({ days, numbers, library: () => now });

  /** News are taken in one after the other. */
  let taking: Promise<void> = Promise.resolve();
  bus.subscribe("chunk", ({ key }) => {
    taking = taking
      .catch(() => undefined)
      .then(async () => {
        await take(key);
        now.version += 1;
      });
    taking.catch(() => undefined);
  });
  async function take(key: string): Promise<void> {
    const day = venueDayOfKey(key);
    if (day) await days.refresh(day.venueNumber, day.date);
    else if (key === chunkKeys.shows) now.shows = await readShows();
    else if (key === chunkKeys.venues) now.venues = await readVenues();
    else if (key === chunkKeys.places) now.places = await readPlaces();
    if (key === chunkKeys.shows) days.forgetBefore(addDays(dateAt(clock(), "UTC"), -3));
  }
  async function warm(dates: readonly string[]): Promise<void> {
    for (const date of dates) await days.day(date);
  }
  await warm(nextDates(clock(), now.venues.timeZones));
  const rest = warm(days.dates().filter((date) => date >= addDays(dateAt(clock(), "UTC"), -1)));
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
    findPlaces: (text, limit) => now.places.find(text, limit),
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
    seatMap: seatMaps,
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
function createSeatMaps(published: Published): (id: string) => Promise<CompiledSeatMap> {
  const cache = new LRUCache<string, { seatMap: CompiledSeatMap; bytes: number }>({
    maxSize: seatMapCacheBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  const reading = new Map<string, Promise<CompiledSeatMap>>();
  async function read(id: string): Promise<CompiledSeatMap> {
    try {
      const bytes = await published.read(chunkKeys.seatMap(id));
      if (!bytes) throw new Error(`the seat map ${id} is not published`);
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
