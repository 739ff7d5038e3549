// Adds the days that a demo lacks, so that it never runs out of showings: the same plan, continued. What sellers did meanwhile
// stays: an auditorium that has anything on a day is left alone, and so are archived shows and changed seat maps.

import type { Catalogue } from "../src/catalogue/model.ts";
import type { Publisher } from "../src/catalogue/publisher.ts";
import { createAuthoringStore, type AuthoringStore } from "../src/store/authoring.ts";
import { createBulkStore, type BulkStore } from "../src/store/bulk.ts";
import type { Store } from "../src/store/open.ts";
import type { ShowingRow } from "../src/store/schema.ts";
import { createShowingStore, type ShowingStore } from "../src/store/showings.ts";
import { priceListRows } from "./generate.ts";
import { planDemo, type DemoPlan, type House } from "./plan.ts";

export interface ExtendSettings {
  store: Store;
  publisher: Pick<Publisher, "publishVenueDay" | "publishShows">;
  catalogue: Pick<Catalogue, "daysOfVenue">;
  seed: number;
  national: boolean;
  /** So many days from today on shall have showings. */
  days: number;
  now: number;
  /** Stops between two venues; what is missing then is added next time. */
  stop?: AbortSignal;
}

interface Parts extends ExtendSettings {
  plan: DemoPlan;
  lists: AuthoringStore;
  showings: ShowingStore;
  bulk: BulkStore;
  /** Shows of the demo that still run. */
  running: ReadonlySet<string>;
}

/** Adds what is missing and publishes it; answers how many showings that were. Doing it again adds nothing. */
export async function extendDemo(settings: ExtendSettings): Promise<number> {
  const { store, now, stop } = settings;
  const plan = planDemo({ seed: settings.seed, national: settings.national, now });
  const lists = createAuthoringStore(store);
  const shows = (await Promise.all(plan.sellers.map((seller) => lists.shows(seller.id)))).flat();
  const running = new Set(shows.filter((show) => show.status === "published").map((show) => show.id));
  const parts = {
    ...settings,
    plan,
    lists,
    showings: createShowingStore(store),
    bulk: createBulkStore(store),
    running,
  };
  let added = 0;
  for (const venue of plan.venues) {
    // Lets requests pass: nothing below need ever wait for anything.
    await new Promise((resolve) => setImmediate(resolve));
    if (stop?.aborted) return added;
    added += await extendHouse(parts, plan.house(venue));
  }
  if (added > 0) await settings.publisher.publishShows();
  return added;
}

async function extendHouse(parts: Parts, house: House): Promise<number> {
  const { plan, catalogue, now, days, lists, publisher, showings, bulk } = parts;
  const { row } = house.venue;
  const published = new Set(catalogue.daysOfVenue(row.id, now));
  const missing: { date: string; rows: readonly ShowingRow[] }[] = [];
  // Days are added in their order, so before the last one that is there none is missing.
  for (const date of plan.dates(house.venue, now, days).toReversed()) {
    const rows = plan.showings(house, date);
    const [first] = rows;
    if (!first) continue;
    if (published.has(date) && (await showings.byIds(row.seller_id, [first.id])).length > 0) break;
    missing.unshift({ date, rows });
  }
  if (missing.length === 0 || !(await lists.venue(row.seller_id, row.id))) return 0;
  const maps = new Map(
    (await lists.auditoriums(row.seller_id, row.id)).map(({ id, seat_map_id }) => [id, seat_map_id]),
  );
  let added = 0;
  for (const { date, rows } of missing) {
    const existing = await showings.atVenue(row.seller_id, { venueNumber: row.number, from: date, to: date });
    const busy = new Set(existing.map((showing) => showing.auditorium_id));
    const wanted = rows.filter(
      ({ auditorium_id, seat_map_id, show_id }) =>
        !busy.has(auditorium_id) && maps.get(auditorium_id) === seat_map_id && parts.running.has(show_id),
    );
    if (wanted.length > 0) await bulk.add({ price_lists: priceListRows(house), showings: wanted });
    if (wanted.length > 0 || !published.has(date)) await publisher.publishVenueDay(row.id, date);
    added += wanted.length;
  }
  return added;
}
