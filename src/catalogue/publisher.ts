// Makes readers see what the store has: reads it, writes chunks. Several processes of a fleet may publish the same at once.

import type { Clock } from "../domain/clock.ts";
import type { PriceList } from "../domain/pricing.ts";
import { compileSeatMap, type SeatMap } from "../domain/seat-map.ts";
import { createCatalogueStore, type CatalogueStore, type VenueDayRows } from "../store/catalogue.ts";
import type { Store } from "../store/open.ts";
import type { PlaceRow, ShowRow, VenueRow } from "../store/schema.ts";
import type { Still } from "./authoring/authoring.ts";
import { chunkKeys, pack, venueDayOfKey, type PublishedShow } from "./chunks.ts";
import type { Place, Venue } from "./model.ts";
import { publishNewest, type Published, type PublishedEntry } from "./published.ts";
import { venueDayChunk } from "./venue-day.ts";

export interface PublisherSettings {
  store: Pick<Store, "db">;
  published: Published;
  clock: Clock;
  /** Settles when readers in this process use what was put so far. */
  inUse?: () => Promise<void>;
}

/** Each call is idempotent, and answers once the content is durable and (see `inUse`) in use. */
export interface Publisher {
  /** A venue's showings of a business day, `YYYY-MM-DD`, and the seat maps they need. */
  publishVenueDay(venueId: string, date: string): Promise<void>;
  /** The list of shows that run. Called on a change, and every minute: shows come to an end. */
  publishShows(): Promise<void>;
  publishVenues(): Promise<void>;
  publishPlaces(): Promise<void>;
  publishSeatMap(seatMapId: string): Promise<void>;
  /** All there is, from nothing but the store. `onProgress` hears of venue-days. */
  publishEverything(onProgress?: (done: number, total: number) => void): Promise<void>;
}

type Entry = Omit<PublishedEntry, "since">;

/** Shows stay known this long after their last showing, so that orders and tickets can still name them. */
export const rememberShowsMs = 400 * 86_400_000;
/** Chunks of days that are over go after this long; orders then name their showing by themselves. */
const rememberDays = 30;
/** Venue-days put at once when everything is published: a folder's index is written once for them all. */
const batch = 200;

export function createPublisher({ store, published, clock, inUse }: PublisherSettings): Publisher {
  const reads = createCatalogueStore(store);
  const countsBySeatMap = new Map<string, readonly number[]>();
  /** Publications of one key go one after the other, so that those of one process never overtake each other. */
  const turns = new Map<string, Promise<void>>();

  /** Entries are read after the keys' revisions: what was committed before this call is in them. */
  async function newest(keys: readonly string[], read: (keys: readonly string[]) => Promise<readonly Entry[]>) {
    await publishNewest(published, keys, read);
    await inUse?.();
  }
  function inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const result = (turns.get(key) ?? Promise.resolve()).then(work);
    const settled = result.catch(() => undefined);
    turns.set(key, settled);
    void settled.then(() => (turns.get(key) === settled ? turns.delete(key) : false));
    return result;
  }
  const publish = (key: string, read: () => Promise<unknown>) =>
    inTurn(key, () => newest([key], async () => [{ key, bytes: await pack(await read()) }]));

  const publishSeatMap = (id: string) => publish(chunkKeys.seatMap(id), async () => (await seatMap(reads, id)).map);
  async function venueDayEntry(venue: Pick<VenueRow, "id" | "number">, date: string, key: string): Promise<Entry> {
    const found = await reads.venueDay(venue, date);
    if (found.rows.length === 0) return { key, bytes: undefined };
    for (const id of new Set(found.rows.map((row) => row.seat_map_id))) {
      if (published.head(chunkKeys.seatMap(id)) === undefined) await publishSeatMap(id);
      if (!countsBySeatMap.has(id)) countsBySeatMap.set(id, (await seatMap(reads, id)).counts);
    }
    return { key, bytes: await pack(chunkOf(venue, date, found, countsBySeatMap)) };
  }

  const publisher: Publisher = {
    publishSeatMap,
    publishVenueDay(venueId, date) {
      return inTurn(`${venueId} ${date}`, async () => {
        const venue = await reads.venue(venueId);
        if (!venue) throw new RangeError(`there is no venue ${venueId}`);
        const key = chunkKeys.venueDay(venue.number, date);
        return newest([key], async () => [await venueDayEntry(venue, date, key)]);
      });
    },
    async publishShows() {
      await publish(chunkKeys.shows, async () => (await reads.shows(clock() - rememberShowsMs)).map(showOf));
      const oldest = new Date(clock() - rememberDays * 86_400_000).toISOString().slice(0, 10);
      const over = [...published.keys()].filter((key) => (venueDayOfKey(key)?.date ?? oldest) < oldest);
      await newest(over, (keys) => Promise.resolve(keys.map((key) => ({ key, bytes: undefined }))));
    },
    publishVenues: () => publish(chunkKeys.venues, async () => (await reads.venues()).map(venueOf)),
    publishPlaces: () => publish(chunkKeys.places, async () => (await reads.places()).map(placeOf)),
    publishEverything: (onProgress) =>
      published.fill(async () => {
        await publisher.publishPlaces();
        await publisher.publishVenues();
        for (const id of await reads.seatMapIds()) await publishSeatMap(id);
        const venues = new Map((await reads.venues()).map((venue) => [venue.number, venue]));
        const days = await reads.venueDays();
        const addresses = new Map(days.map((day) => [chunkKeys.venueDay(day.venueNumber, day.date), day]));
        const keys = [...addresses.keys()];
        for (let from = 0; from < keys.length; from += batch) {
          await newest(keys.slice(from, from + batch), async (some) => {
            const entries: Entry[] = [];
            for (const key of some) {
              const { venueNumber = 0, date = "" } = addresses.get(key) ?? {};
              const venue = venues.get(venueNumber);
              if (venue) entries.push(await venueDayEntry(venue, date, key));
            }
            return entries;
          });
          onProgress?.(Math.min(from + batch, keys.length), keys.length);
        }
        await publisher.publishShows();
      }),
  };
  return publisher;
}

async function seatMap(reads: CatalogueStore, id: string): Promise<{ map: SeatMap; counts: readonly number[] }> {
  const document = await reads.seatMap(id);
  if (document === undefined) throw new RangeError(`there is no seat map ${id}`);
  const map = JSON.parse(document) as SeatMap;
  return { map, counts: compileSeatMap(map).sections.map((section) => section.count) };
}

function chunkOf(
  venue: Pick<VenueRow, "id" | "number">,
  date: string,
  found: VenueDayRows,
  counts: ReadonlyMap<string, readonly number[]>,
) {
  const names = new Map(found.auditoriums.map(({ id, name }) => [id, name]));
  const lists = new Map(found.priceLists.map((row) => [row.id, JSON.parse(row.document) as PriceList]));
  const known = <T>(map: ReadonlyMap<string, T>, id: string): T => {
    const value = map.get(id);
    if (value === undefined)
      throw new Error(`showings of venue ${venue.id} on ${date} refer to ${id}, which is not there`);
    return value;
  };
  return venueDayChunk({
    venueId: venue.id,
    venueNumber: venue.number,
    date,
    rows: found.rows,
    auditoriumName: (id) => known(names, id),
    countsOf: (id) => known(counts, id),
    priceList: (id) => known(lists, id),
  });
}

function showOf(row: ShowRow & { until: number }): PublishedShow {
  const list = (text: string) => JSON.parse(text) as string[];
  return {
    id: row.id,
    sellerId: row.seller_id,
    kind: row.kind,
    title: row.title,
    synopsis: row.synopsis,
    genres: list(row.genres),
    cast: list(row.cast_names),
    directors: list(row.directors),
    runningMinutes: row.running_minutes,
    rating: row.rating,
    language: row.language,
    ...(row.year === null ? {} : { year: row.year }),
    trailerUrl: row.trailer_url,
    poster: row.poster,
    ...(row.stills === "[]" ? {} : { stills: (JSON.parse(row.stills) as Still[]).map(({ path }) => path) }),
    popularity: row.popularity,
    until: row.until,
  };
}

function venueOf(row: VenueRow & { seller_name: string }): Venue {
  const { id, number, name, address, city, region, country, latitude, longitude } = row;
  const about = { sellerId: row.seller_id, sellerName: row.seller_name, timeZone: row.time_zone };
  return { id, number, name, address, city, region, country, latitude, longitude, ...about };
}

function placeOf(row: PlaceRow): Place {
  const { id, name, region, country, latitude, longitude, population } = row;
  return { id, name, region, country, latitude, longitude, population, timeZone: row.time_zone };
}
