// A small world to list: rows that a test plans, in a real store, published into a real folder, and read by a catalogue.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentId } from "../../src/catalogue/authoring/content-id.ts";
import { instantAt } from "../../src/catalogue/authoring/venue-clock.ts";
import { createCatalogue } from "../../src/catalogue/create.ts";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";
import { createPublisher } from "../../src/catalogue/publisher.ts";
import { newShowingId } from "../../src/domain/ids.ts";
import { seatMapTemplate } from "../../src/domain/templates.ts";
import { createBulkStore } from "../../src/store/bulk.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import type { ShowingRow, ShowRow, VenueRow } from "../../src/store/schema.ts";
import { countingBytes } from "../accounts/setting.ts";

/** Seven in the evening in Denver, a Sunday. */
export const sundayEvening = Date.parse("2026-11-22T19:00:00-07:00");

export const sellerId = "seller";
const map = seatMapTemplate("small-cinema");
export const seatMapId = contentId(map);
const prices = {
  currency: "USD",
  feeMinor: 150,
  taxBasisPoints: 800,
  tiers: [
    { id: "adult", name: "Adult", sections: { MAIN: 1_400 } },
    { id: "child", name: "Child", sections: { MAIN: 1_000 } },
  ],
};
export const priceListId = contentId({ sellerId, ...prices });

export function venueRow(number: number, change: Partial<VenueRow> = {}): VenueRow {
  return {
    id: `venue-${number}`,
    number,
    seller_id: sellerId,
    name: `House ${number}`,
    address: "1 Main Street",
    city: "Denver",
    region: "CO",
    country: "US",
    latitude: 39.74,
    longitude: -104.98,
    time_zone: "America/Denver",
    created_at: 0,
    ...change,
  };
}

export function showRow(id: string, change: Partial<ShowRow> = {}): ShowRow {
  return {
    id,
    seller_id: sellerId,
    kind: "film",
    title: `Title of ${id}`,
    synopsis: "",
    genres: '["Drama"]',
    cast_names: "[]",
    directors: "[]",
    running_minutes: 100,
    rating: "PG",
    language: "en",
    year: 1999,
    trailer_url: "",
    poster: "",
    stills: "[]",
    popularity: 1,
    status: "published",
    created_at: 0,
    updated_at: 0,
    ...change,
  };
}

const random = countingBytes();

/** A showing on a venue's business day; `time` may go past midnight: `24:15`. */
export function showingRow(
  venue: VenueRow,
  showId: string,
  date: string,
  time: string,
  change: Partial<ShowingRow> = {},
): ShowingRow {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const noon = instantAt(date, "12:00", venue.time_zone).instant;
  const startsAt =
    hours < 24 ? instantAt(date, time, venue.time_zone).instant : noon + ((hours - 12) * 60 + minutes) * 60_000;
  return {
    id: newShowingId(venue.number, date, random),
    seller_id: sellerId,
    show_id: showId,
    auditorium_id: `${venue.id}-room`,
    seat_map_id: seatMapId,
    starts_at: startsAt,
    ends_at: startsAt + 100 * 60_000,
    price_list_id: priceListId,
    strand_rule: 1,
    formats: "[]",
    status: "published",
    ...change,
  };
}

export interface World {
  venues: readonly VenueRow[];
  shows: readonly ShowRow[];
  showings: readonly ShowingRow[];
}

/** Opens a world, with everything published. */
export async function openWorld(world: World, start = sundayEvening) {
  const folder = mkdtempSync(join(tmpdir(), "marquee-catalogue-"));
  const time = { now: start };
  const clock = () => time.now;
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  await load(store, world);
  const published = await openFolderContent(join(folder, "published"));
  await createPublisher({ store, published, clock }).publishEverything();
  const catalogue = await createCatalogue({ published, clock });
  const publisher = createPublisher({ store, published, clock, inUse: () => catalogue.settled() });
  return {
    folder,
    time,
    clock,
    store,
    /** Writes rows as a seller's changes would. */
    bulk: createBulkStore(store),
    published,
    publisher,
    catalogue,
    async [Symbol.asyncDispose]() {
      await catalogue.warm();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the rows of a world into an empty store. */
export async function load(store: Store, { venues, shows, showings }: World): Promise<void> {
  const money = { currency: "USD", fee_minor: 150, tax_basis_points: 800, strand_rule: 1, cancel_hours: null };
  await createBulkStore(store).add({
    sellers: [{ id: sellerId, name: "Aurora", ...money, created_at: 0 }],
    seat_maps: [{ id: seatMapId, place_count: 120, document: JSON.stringify(map) }],
    price_lists: [{ id: priceListId, seller_id: sellerId, document: JSON.stringify({ id: priceListId, ...prices }) }],
    venues,
    auditoriums: venues.map(({ id }) => {
      const about = { name: "Screen 1", seat_map_id: seatMapId, turnaround_minutes: 20, created_at: 0 };
      return { id: `${id}-room`, venue_id: id, ...about };
    }),
    shows,
    showings,
    places: [
      place("1", "Denver", "CO", 39.7392, -104.9847, 682_545),
      place("2", "Saint-Éloi", "CO", 39.9, -105.3, 5_000),
      place("3", "Dover", "DE", 39.16, -75.52, 37_000),
    ],
  });
}

function place(id: string, name: string, region: string, latitude: number, longitude: number, population: number) {
  return { id, name, region, country: "US", latitude, longitude, population, time_zone: "America/Denver" };
}
