// The figures of the dashboard, beside those of a dumber model; and how long they are kept.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { dateAt } from "../../src/catalogue/authoring/venue-clock.ts";
import { newShowingId } from "../../src/domain/ids.ts";
import { daysBefore, sameTimeBefore, spanOf } from "../../src/sales/overview/days.ts";
import { createOverviews } from "../../src/sales/overview/kept.ts";
import { readOverview, type Overview } from "../../src/sales/overview/overview.ts";
import { createBulkStore } from "../../src/store/bulk.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import type { OrderRow, TicketRow } from "../../src/store/schema.ts";
import { createSellerReports, type SellerReports } from "../../src/store/seller-reports.ts";
import { dumbOverview, type Asked, type World, type WorldOrder, type WorldShowing } from "./overview-model.ts";

/** Two days after clocks were put back in Denver and New York. */
const now = Date.parse("2026-11-03T21:20:00.500Z");
const hourMs = 3_600_000;
const zones = ["America/Denver", "America/New_York", "Asia/Kathmandu"];

test("days are cut into hours, days or weeks, and lie beside as many days before", () => {
  const cut = (from: string, to: string, timeZone = "America/Denver") => {
    const span = spanOf({ from, to }, timeZone);
    return [span.step, span.steps.length, (span.until - span.from) / hourMs];
  };
  assert.deepEqual(cut("2026-11-01", "2026-11-01"), ["hour", 25, 25]);
  assert.deepEqual(cut("2026-03-08", "2026-03-08"), ["hour", 23, 23]);
  assert.deepEqual(cut("2026-10-28", "2026-11-03"), ["day", 7, 7 * 24 + 1]);
  assert.deepEqual(cut("2026-01-01", "2026-04-03", "UTC"), ["week", 14, 93 * 24]);
  assert.deepEqual(daysBefore({ from: "2026-11-01", to: "2026-11-03" }), { from: "2026-10-29", to: "2026-10-31" });
  const week = spanOf({ from: "2026-10-28", to: "2026-11-03" }, "America/Denver");
  assert.equal(new Date(sameTimeBefore(week, now)).toISOString(), "2026-10-27T20:20:00.500Z", "14:20 on both clocks");
  assert.equal(sameTimeBefore(week, now + 30 * 24 * hourMs), week.from, "of days that are over, all");
  assert.throws(() => spanOf({ from: "2026-02-30", to: "2026-03-01" }, "UTC"), RangeError);
  assert.throws(() => spanOf({ from: "2026-02-01", to: "2026-03-01" }, "Mars/Olympus"), RangeError);
});

const showingOf = fc.record({
  show: fc.nat(2),
  venue: fc.nat(2),
  /** Quarters of an hour from now. */
  starts: fc.integer({ min: -34 * 96, max: 10 * 96 }),
  capacity: fc.constantFrom(40, 120),
  status: fc.constantFrom("published", "published", "published", "cancelled", "draft"),
});
const orderOf = fc.record({
  showing: fc.nat(),
  /** How long ago; half of them within two days. */
  ago: fc.oneof(fc.integer({ min: 0, max: 48 * hourMs }), fc.integer({ min: 0, max: 90 * 24 * hourMs })),
  confirmed: fc.constantFrom(true, true, true, false),
  tickets: fc.array(fc.record({ totalMinor: fc.integer({ min: 0, max: 5_000 }), refunded: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const askedOf = fc.record({
  zone: fc.nat(2),
  length: fc.constantFrom(1, 1, 7, 30, 100),
  ago: fc.constantFrom(0, 0, 1, 2, 20),
  show: fc.option(fc.nat(2)),
  venue: fc.option(fc.nat(2)),
  seats: fc.constantFrom("ahead" as const, "past" as const),
});

async function openStoreHere() {
  const folder = mkdtempSync(join(tmpdir(), "marquee-overview-"));
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  return {
    store,
    async [Symbol.asyncDispose]() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test("an overview's figures are those of a dumber model", async () => {
  await using here = await openStoreHere();
  const reports = createSellerReports(here.store);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(showingOf, { minLength: 1, maxLength: 25 }),
      fc.array(orderOf, { maxLength: 40 }),
      fc.array(askedOf, { minLength: 3, maxLength: 3 }),
      async (showings, orders, questions) => {
        // A seller for each run: the others' sales lie in the same tables.
        runs += 1;
        const sellerId = `seller${runs}`;
        const world = worldOf(runs, showings, orders);
        await write(here.store, runs, world);
        for (const { zone, length, ago, show, venue, seats } of questions) {
          const timeZone = zones[zone] ?? "UTC";
          const to = Temporal.Instant.fromEpochMilliseconds(now)
            .toZonedDateTimeISO(timeZone)
            .toPlainDate()
            .subtract({ days: ago });
          const asked: Asked = {
            timeZone,
            days: { from: to.subtract({ days: length - 1 }).toString(), to: to.toString() },
            filter: {
              ...(show === null ? {} : { showId: world.shows[show]?.id ?? "" }),
              ...(venue === null ? {} : { venueId: world.venues[venue]?.id ?? "" }),
            },
            seats,
          };
          const overview = await readOverview(reports, { sellerId, ...asked }, now);
          assert.deepEqual(comparable(overview), dumbOverview(world, asked, now));
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** An overview as the dumber model says it. */
function comparable(overview: Overview) {
  const lines = (some: Overview["shows"]) =>
    some.map(({ key, orders, tickets, grossMinor, refundedMinor }) => {
      return { key, orders, tickets, grossMinor, refundedMinor };
    });
  const { total, totalBefore, today, shows, venues, showings, heat, fullDays, more, slowest, coming } = overview;
  const nothing = { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };
  // A day before whose clock was changed has an hour more or less than its fellow.
  const before = overview.before.steps.map((_, index) => overview.steps[index]?.before ?? nothing);
  return {
    total,
    totalBefore,
    today,
    steps: overview.steps.map((step) => step.now ?? nothing),
    stepsBefore: before,
    shows: lines(shows),
    venues: lines(venues),
    showings: lines(showings),
    heat,
    fullDays,
    shares: slowest.map(({ tickets, capacity }) => tickets / capacity),
    coming: coming.map(({ showingId, capacity, orders, tickets, grossMinor, refundedMinor }) => {
      return { showingId, capacity, orders, tickets, grossMinor, refundedMinor };
    }),
    more,
  };
}

type Made<T> = T extends fc.Arbitrary<infer One> ? One : never;

/** Venues are numbered from here on; a showing's id has its venue's number and day in it. */
const numberOf = (run: number, venue: number) => run * 10 + venue;

function worldOf(
  run: number,
  showings: readonly Made<typeof showingOf>[],
  orders: readonly Made<typeof orderOf>[],
): World {
  const seller = `seller${run}`;
  const shows = zones.map((_, index) => ({ id: `${seller}-show${index}`, title: `Show ${index}` }));
  const venues = zones.map((timeZone, index) => ({ id: `${seller}-venue${index}`, name: `Venue ${index}`, timeZone }));
  const quarter = now - (now % 900_000);
  const made = showings.map(({ show, venue, starts, capacity, status }, index): WorldShowing => {
    const startsAt = quarter + starts * 900_000;
    const date = dateAt(startsAt, venues[venue]?.timeZone ?? "UTC");
    return {
      id: newShowingId(numberOf(run, venue), date, (length) => new Uint8Array(length).fill(index)),
      showId: shows[show]?.id ?? "",
      venueId: venues[venue]?.id ?? "",
      startsAt,
      capacity,
      status,
    };
  });
  return {
    shows,
    venues,
    showings: made,
    orders: orders.flatMap(({ showing, ago, confirmed, tickets }): WorldOrder[] => {
      const chosen = made[showing % made.length];
      return chosen ? [{ showing: chosen, placedAt: now - ago, confirmed, tickets }] : [];
    }),
  };
}

async function write(store: Store, run: number, world: World): Promise<void> {
  const seller = `seller${run}`;
  const row = { id: seller, name: seller, currency: "USD", fee_minor: 0, tax_basis_points: 0, strand_rule: 0 };
  const film = { kind: "film", synopsis: "", genres: "[]", cast_names: "[]", directors: "[]", running_minutes: 90 };
  const texts = { rating: "", language: "en", year: null, trailer_url: "", poster: "", stills: "[]", popularity: 0 };
  const place = { address: "", city: "", region: "", country: "US", latitude: 0, longitude: 0, created_at: 0 };
  const orders = world.orders.map((order, index) => rowsOf(seller, order, index, world));
  await createBulkStore(store).add({
    sellers: [{ ...row, cancel_hours: null, created_at: 0 }],
    venues: world.venues.map(({ id, name, timeZone }, index) => {
      return { ...place, id, name, number: numberOf(run, index), seller_id: seller, time_zone: timeZone };
    }),
    seat_maps: [40, 120].map((places) => ({ id: `map${places}`, place_count: places, document: "{}" })),
    auditoriums: world.venues.map(({ id }) => {
      return {
        id: `${id}-room`,
        venue_id: id,
        name: "One",
        seat_map_id: "map40",
        turnaround_minutes: 0,
        created_at: 0,
      };
    }),
    shows: world.shows.map(({ id, title }) => {
      const times = { created_at: 0, updated_at: 0 };
      return {
        ...film,
        ...texts,
        ...times,
        kind: "film" as const,
        status: "published" as const,
        id,
        title,
        seller_id: seller,
      };
    }),
    showings: world.showings.map((showing) => ({
      id: showing.id,
      seller_id: seller,
      show_id: showing.showId,
      auditorium_id: `${showing.venueId}-room`,
      seat_map_id: `map${showing.capacity}`,
      starts_at: showing.startsAt,
      ends_at: showing.startsAt + hourMs,
      price_list_id: "",
      strand_rule: 0,
      formats: "[]",
      status: showing.status,
    })),
    orders: orders.map(({ order }) => order),
    tickets: orders.flatMap(({ tickets }) => tickets),
  });
}

/** An order as the worker writes it; each has places of its own. */
function rowsOf(seller: string, { showing, placedAt, confirmed, tickets }: WorldOrder, index: number, world: World) {
  const minor = (some: WorldOrder["tickets"]) => some.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const order: OrderRow = {
    id: `${seller}-order${index}`,
    partition: 0,
    sequence: index,
    showing_id: showing.id,
    show_id: showing.showId,
    venue_id: showing.venueId,
    seller_id: seller,
    account_id: null,
    email: "bea@example.org",
    name: "Bea",
    fingerprint: "",
    currency: "USD",
    total_minor: minor(tickets),
    refunded_minor: minor(tickets.filter(({ refunded }) => refunded)),
    status: confirmed ? "confirmed" : "declined",
    reason: "",
    provider: "sandbox",
    payment_id: null,
    starts_at: showing.startsAt,
    placed_at: placedAt,
    confirmed_at: placedAt,
    intent: "",
  };
  const taken = world.orders.slice(0, index).reduce((sum, other) => sum + other.tickets.length, 0);
  const rows = tickets.map(({ totalMinor, refunded }, ticket): TicketRow => {
    const money = { face_minor: totalMinor, fee_minor: 0, tax_minor: 0, total_minor: totalMinor };
    const about = {
      order_id: order.id,
      place: taken + ticket,
      showing_id: showing.id,
      seat: "",
      section: "A",
      tier: "a",
    };
    return { ...about, ...money, generation: 1, status: refunded ? "void" : "active", admitted_at: null, gate: null };
  });
  return { order, tickets: confirmed ? rows : [] };
}

test("an overview is read once for all who watch it, and rests ten times as long as reading took", async () => {
  const time = { now, elapsed: 0, tookMs: 0 };
  let read = 0;
  const reports = {
    quarters: async () => {
      read += 1;
      time.elapsed += time.tookMs / 5;
      return [];
    },
    sold: async () => ({ items: [] }),
    byStart: async () => [],
    byShow: async () => [],
    byShowing: async () => ({ items: [] }),
  } as unknown as SellerReports;
  const overviews = createOverviews(
    reports,
    () => time.now,
    () => time.elapsed,
  );
  const days = { from: "2026-11-03", to: "2026-11-03" };
  const wanted = { sellerId: "seller", timeZone: "UTC", days, filter: {}, seats: "ahead" as const };
  const once = 5;
  const [one, other] = await Promise.all([overviews.read(wanted), overviews.read(wanted)]);
  assert.equal(one.overview, other.overview);
  assert.equal(read, once);
  assert.deepEqual([one.overview.asOf, one.freshUntil], [now, now + 2_000]);
  time.now += 1_999;
  assert.equal((await overviews.read(wanted)).overview.asOf, now, "the figures say when they were read");
  await overviews.read({ ...wanted, sellerId: "another" });
  assert.equal(read, 2 * once, "another seller's are its own");
  time.now += 1;
  time.tookMs = 3_000;
  const slow = await overviews.read(wanted);
  assert.deepEqual([slow.overview.asOf, slow.freshUntil], [time.now, time.now + 30_000]);
  await assert.rejects(overviews.read({ ...wanted, timeZone: "Mars/Olympus" }), RangeError);
});
