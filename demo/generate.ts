// Loads the demo into an empty installation: rows into the store, posters into the static content, and what is published
// straight from the plan, in one pass and in memory that does not grow with the days.

import { createHash } from "node:crypto";
import { contentId } from "../src/catalogue/authoring/content-id.ts";
import { chunkKeys, pack } from "../src/catalogue/chunks.ts";
import type { Published, PublishedEntry } from "../src/catalogue/published.ts";
import type { Publisher } from "../src/catalogue/publisher.ts";
import { venueDayChunk } from "../src/catalogue/venue-day.ts";
import type { PriceList } from "../src/domain/pricing.ts";
import type { StaticContent } from "../src/media/static-content.ts";
import { createBulkStore, type BulkStore } from "../src/store/bulk.ts";
import type { Store } from "../src/store/open.ts";
import type { MediaRow, PriceListRow, ShowRow } from "../src/store/schema.ts";
import { pastProgramme, type HouseDay } from "./past/audiences.ts";
import { planDemo, type DemoPlan, type House } from "./plan.ts";
import { drawPoster } from "./posters.ts";
import { posterFacts, trailered } from "./shows.ts";
import { drawTrailer } from "./trailers.ts";

export interface LoadSettings {
  store: Store;
  published: Published;
  publisher: Publisher;
  /** For posters and trailers. */
  content: StaticContent;
  seed: number;
  national: boolean;
  days: number;
  /** The first day is today at each venue, by this. */
  now: number;
  /** Whether the last weeks are there too, of the venues whose past is told: see past/audiences.ts. */
  past?: boolean;
  /** Hears of showings. */
  onProgress(done: number, total: number): void;
  /** Once aborted, loading ends by throwing its reason; what is there then is not whole. */
  stop?: AbortSignal;
}

export interface LoadedDemoCounts {
  sellerIds: readonly string[];
  venues: number;
  shows: number;
  showings: number;
}

/** Venue-days that are written and published at once: 30,000 showings. */
const batchDays = 100;
const postersAtOnce = 8;

/** Fills an empty, migrated store, and publishes it. The same seed and day give the same demo. */
export async function loadDemo(settings: LoadSettings): Promise<LoadedDemoCounts> {
  let counts: LoadedDemoCounts = { sellerIds: [], venues: 0, shows: 0, showings: 0 };
  // All that the store has is put by then: nobody need publish it once more.
  await settings.published.fill(async () => void (counts = await load(settings)));
  return counts;
}

async function load(settings: LoadSettings): Promise<LoadedDemoCounts> {
  const { store, publisher, now, seed, national, days, onProgress } = settings;
  const bulk = createBulkStore(store);
  const plan = planDemo({ seed, national, now });
  const pictures = await drawPictures(settings, plan);
  const media = [...pictures].map(([showId, { poster }]) => mediaOf(plan, showId, poster, now));
  await bulk.add({
    sellers: plan.sellers,
    places: plan.places,
    seat_maps: plan.seatMaps.map(({ id, place_count, document }) => ({ id, place_count, document })),
    venues: plan.venues.map((venue) => venue.row),
    media,
    shows: plan.shows.map((show): ShowRow => {
      const { poster = "", trailer = "" } = pictures.get(show.id) ?? {};
      return { ...show, poster, trailer_url: trailer, created_at: now, updated_at: now };
    }),
  });
  await publisher.publishPlaces();
  await publisher.publishVenues();
  for (const { id } of plan.seatMaps) await publisher.publishSeatMap(id);
  const total = plan.filmShowings(days);
  let showings = 0;
  for (const batch of batches(plan, now, days)) {
    settings.stop?.throwIfAborted();
    await writeBatch(settings, bulk, plan, batch);
    showings += batch.days.reduce((sum, day) => sum + day.rows.length, 0);
    onProgress(Math.min(showings, total), total);
  }
  if (settings.past) {
    const weeks = pastProgramme(plan, now);
    await writeBatch(settings, bulk, plan, { houses: [], days: weeks });
    showings += weeks.reduce((sum, day) => sum + day.rows.length, 0);
  }
  await publisher.publishShows();
  const sellerIds = plan.sellers.map((seller) => seller.id);
  return { sellerIds, venues: plan.venues.length, shows: plan.shows.length, showings };
}

interface Batch {
  houses: House[];
  days: readonly HouseDay[];
}

/**
 * Day by day, and each day house by house: so the store's indexes grow in few places. House by house and then day by day
 * wrote 20 GB for the same 4.2 million showings.
 */
function* batches(plan: DemoPlan, now: number, days: number): Generator<Batch> {
  const houses = plan.venues.map((venue) => ({ house: plan.house(venue), dates: plan.dates(venue, now, days) }));
  for (let day = 0; day < days; day += 1) {
    for (let from = 0; from < houses.length; from += batchDays) {
      const some = houses.slice(from, from + batchDays);
      yield {
        houses: day === 0 ? some.map(({ house }) => house) : [],
        days: some.flatMap(({ house, dates }) => {
          const date = dates[day];
          return date === undefined ? [] : [{ house, date, rows: plan.showings(house, date) }];
        }),
      };
    }
  }
}

async function writeBatch({ published }: LoadSettings, bulk: BulkStore, plan: DemoPlan, batch: Batch): Promise<void> {
  // Compressed by other threads while this one writes the rows.
  const packing = Promise.all(batch.days.filter((day) => day.rows.length > 0).map((day) => entryOf(plan, day)));
  await bulk.add({
    auditoriums: batch.houses.flatMap((house) => house.auditoriums),
    price_lists: batch.houses.flatMap(priceListRows),
    showings: batch.days.flatMap((day) => day.rows),
  });
  await published.put(await packing);
}

/** A house's price lists as the store has them. */
export function priceListRows({ venue, priceLists }: House): PriceListRow[] {
  return priceLists.map((list) => ({ id: list.id, seller_id: venue.row.seller_id, document: JSON.stringify(list) }));
}

async function entryOf(plan: DemoPlan, { house, date, rows }: Batch["days"][number]): Promise<PublishedEntry> {
  const { id, number } = house.venue.row;
  const names = new Map(house.auditoriums.map((auditorium) => [auditorium.id, auditorium.name]));
  const lists = new Map(house.priceLists.map((list) => [list.id, list]));
  const counts = new Map(plan.seatMaps.map((map) => [map.id, map.counts]));
  const chunk = venueDayChunk({
    venueId: id,
    venueNumber: number,
    date,
    rows,
    auditoriumName: (auditoriumId) => names.get(auditoriumId) ?? "",
    countsOf: (seatMapId) => counts.get(seatMapId) ?? [],
    priceList: (listId): PriceList => {
      const list = lists.get(listId);
      if (!list) throw new Error(`no price list ${listId} at ${house.venue.row.name}`);
      return list;
    },
  });
  return { key: chunkKeys.venueDay(number, date), bytes: await pack(chunk) };
}

interface Pictures {
  poster: string;
  trailer?: string;
}

/** The paths of posters and trailers by show. */
async function drawPictures({ content, seed }: LoadSettings, plan: DemoPlan): Promise<ReadonlyMap<string, Pictures>> {
  const facts = posterFacts(plan.shows);
  const withTrailer = trailered(plan.shows);
  const pictures = new Map<string, Pictures>();
  const queue = plan.shows.entries();
  const drawSome = async () => {
    for (const [index, show] of queue) {
      const about = facts[index];
      if (!about) continue;
      const text = drawPoster(about, seed);
      const poster = await put(content, Buffer.from(text), "svg", "image/svg+xml");
      if (!withTrailer.has(show.id)) pictures.set(show.id, { poster });
      else
        pictures.set(show.id, { poster, trailer: await put(content, await drawTrailer(text), "webm", "video/webm") });
    }
  };
  await Promise.all(Array.from({ length: postersAtOnce }, drawSome));
  return pictures;
}

function put(content: StaticContent, bytes: Buffer, extension: string, contentType: string): Promise<string> {
  const name = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  return content.put(`media/${name.slice(0, 2)}/${name}.${extension}`, bytes, contentType);
}

function mediaOf(plan: DemoPlan, showId: string, path: string, now: number): MediaRow {
  const sellerId = plan.shows.find((show) => show.id === showId)?.seller_id ?? "";
  const id = contentId({ sellerId, paths: [path] });
  const variants = JSON.stringify([{ width: 600, height: 900, path }]);
  return { id, seller_id: sellerId, kind: "poster", variants, created_at: now };
}
