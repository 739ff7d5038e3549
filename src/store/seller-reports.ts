// What a seller reads of its sales: orders found by text, showing or day, and totals. Written by the worker from the sales log,
// so an order shows up here a moment after it was sold.
//
// Of a chain these are a million orders a month, so each query is bound to one way through the tables: orders by the index of
// seller and time, showings by that of show and start, tickets by that of active places. Where SQLite could choose another way,
// a condition is left out and the seller is compared afterwards: it then took eight seconds for what takes thirty milliseconds.

import { sql } from "kysely";
import { readCancellation, type Cancellation } from "./cancellation.ts";
import type { Store } from "./open.ts";
import type { Period, ReportPage, SalesFilter } from "./report-terms.ts";
import { findOrders, type OrderSearch, type SellerOrder } from "./seller-orders.ts";
import { findShowings } from "./seller-showings.ts";

/** Tickets are those still valid; money is of all confirmed orders, in minor units. Net = gross − refunded. */
export interface Totals {
  orders: number;
  tickets: number;
  grossMinor: number;
  refundedMinor: number;
}

/** What there is to sell, and how much of it is sold. */
export interface Fullness {
  showings: number;
  /** Places of these showings. */
  capacity: number;
  tickets: number;
}

export interface ShowTotals extends Totals, Fullness {
  showId: string;
  title: string;
}

export interface VenueTotals extends Totals, Fullness {
  venueId: string;
  name: string;
}

/** What was sold of one show, at one venue or for one showing. */
export interface SoldTotals extends Totals {
  key: string;
  /** Of the show; for a venue its name. */
  title: string;
  /** Of a showing. */
  startsAt?: number;
  venueId?: string;
}

/** Showings that start within one quarter of an hour, in one time zone. */
export interface StartTotals extends Fullness {
  at: number;
  timeZone: string;
}

export interface ShowingTotals extends Totals {
  showingId: string;
  showId: string;
  title: string;
  auditoriumId: string;
  startsAt: number;
  capacity: number;
  status: "draft" | "published" | "cancelled";
}

export interface SellerReports {
  /** Newest first. */
  orders(search: OrderSearch): Promise<{ items: readonly SellerOrder[]; next?: string }>;
  /** Sales by the quarter of an hour in which they were placed: every time zone's days are made of whole ones. */
  quarters(sellerId: string, placed: Period, filter?: SalesFilter): Promise<readonly (Totals & { at: number })[]>;
  /** What was sold by orders placed in the period, by show, venue or showing; highest gross first. */
  sold(
    sellerId: string,
    placed: Period,
    by: "show" | "venue" | "showing",
    page: ReportPage & SalesFilter,
  ): Promise<{ items: readonly SoldTotals[]; next?: string }>;
  /** By show, over its showings that start in the period and are published; best selling first. */
  byShow(sellerId: string, starting: Period, filter?: SalesFilter): Promise<readonly ShowTotals[]>;
  /** The same by venue. */
  byVenue(sellerId: string, starting: Period, filter?: SalesFilter): Promise<readonly VenueTotals[]>;
  /** The same by when they start, in order. */
  byStart(sellerId: string, starting: Period, filter?: SalesFilter): Promise<readonly StartTotals[]>;
  /** By showing, by start; cancelled ones too. */
  byShowing(
    sellerId: string,
    starting: Period,
    page: ReportPage & SalesFilter,
  ): Promise<{ items: readonly ShowingTotals[]; next?: string }>;
  /** Of one showing. */
  ofShowing(sellerId: string, showingId: string): Promise<Totals>;
  /** What cancelling a showing comes to or has come to; `refundId` is what each of its orders gets. */
  cancellation(sellerId: string, showingId: string, refundId: string): Promise<Cancellation>;
}

const quarterMs = 900_000;
type Count = number | string;

/** What orders come to. */
const paid = [
  sql<Count>`count(*)`.as("orders"),
  sql<Count | null>`sum(o.total_minor)`.as("gross"),
  sql<Count | null>`sum(o.refunded_minor)`.as("refunded"),
] as const;
/** A quarter is cut from the instant by whole-number arithmetic. */
const quarterOf = (column: "o.placed_at" | "s.starts_at") =>
  sql<Count>`${sql.ref(column)} - ${sql.ref(column)} % ${sql.lit(quarterMs)}`;
/** Active tickets of an order, of a showing: counted where it stands, because joined they would multiply its money. */
const ticketsOf = (owner: "o.id" | "s.id") =>
  sql<Count | null>`sum((
    select count(*) from tickets t
    where t.${sql.raw(owner === "o.id" ? "order_id" : "showing_id")} = ${sql.ref(owner)} and t.status = 'active'
  ))`;

export function createSellerReports({ db }: Store): SellerReports {
  const placedIn = (sellerId: string, { from, until }: Period, { showId, venueId }: SalesFilter = {}) =>
    db
      .selectFrom("orders as o")
      .where("o.seller_id", "=", sellerId)
      .where("o.placed_at", ">=", from)
      .where("o.placed_at", "<", until)
      .where("o.status", "=", "confirmed")
      .$if(showId !== undefined, (query) => query.where("o.show_id", "=", showId ?? ""))
      .$if(venueId !== undefined, (query) => query.where("o.venue_id", "=", venueId ?? ""))
      .select([...paid, ticketsOf("o.id").as("tickets")]);
  const startingIn = (sellerId: string, { from, until }: Period, { showId, venueId }: SalesFilter = {}) =>
    db
      .selectFrom("shows as w")
      .innerJoin("showings as s", "s.show_id", "w.id")
      .innerJoin("auditoriums as a", "a.id", "s.auditorium_id")
      .innerJoin("venues as v", "v.id", "a.venue_id")
      .where("w.seller_id", "=", sellerId)
      .where("s.starts_at", ">=", from)
      .where("s.starts_at", "<", until)
      .where("s.status", "=", "published")
      .$if(showId !== undefined, (query) => query.where("w.id", "=", showId ?? ""))
      .$if(venueId !== undefined, (query) => query.where("v.id", "=", venueId ?? ""));
  /** Places and tickets of showings that start in a period. */
  const fullness = (...about: Parameters<typeof startingIn>) =>
    startingIn(...about)
      .innerJoin("seat_maps as m", "m.id", "s.seat_map_id")
      .select((e) => [
        e.fn.countAll<Count>().as("showings"),
        e.fn.sum<Count>("m.place_count").as("capacity"),
        ticketsOf("s.id").as("tickets"),
      ]);
  /** The money of showings that start in a period. */
  const money = (...about: Parameters<typeof startingIn>) =>
    startingIn(...about)
      .innerJoin("orders as o", (on) => on.onRef("o.showing_id", "=", "s.id").on("o.status", "=", "confirmed"))
      .select(paid);

  /** Of showings that the seller has, by id. */
  async function totalsOf(sellerId: string, showingIds: readonly string[]): Promise<Map<string, Totals>> {
    if (showingIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("orders as o")
      .where("o.showing_id", "in", showingIds)
      .where("o.status", "=", "confirmed")
      .groupBy(["o.showing_id", "o.seller_id"])
      .select(["o.showing_id as key", "o.seller_id as seller", ...paid])
      .execute();
    const active = await db
      .selectFrom("tickets")
      .where("showing_id", "in", showingIds)
      .where("status", "=", "active")
      .groupBy("showing_id")
      .select((e) => ["showing_id as key", e.fn.countAll<Count>().as("tickets")])
      .execute();
    const tickets = new Map(active.map((row) => [row.key, row.tickets]));
    return totalsBy(
      rows.filter((row) => row.seller === sellerId).map((row) => ({ ...row, tickets: tickets.get(row.key) ?? 0 })),
    );
  }

  return {
    orders: (search) => findOrders(db, search),
    async quarters(sellerId, placed, filter) {
      const at = quarterOf("o.placed_at");
      const rows = await placedIn(sellerId, placed, filter).select(at.as("at")).groupBy(at).execute();
      return rows.map((row) => ({ at: Number(row.at), ...totals(row) })).toSorted((a, b) => a.at - b.at);
    },
    async sold(sellerId, placed, by, { limit, cursor, ...filter }) {
      const column = { show: "o.show_id", venue: "o.venue_id", showing: "o.showing_id" } as const;
      const gross = sql<number>`sum(o.total_minor)`;
      let query = placedIn(sellerId, placed, filter).groupBy(column[by]).select(`${column[by]} as key`);
      const [, below, after] = /^(\d{1,16})\.(.+)$/.exec(cursor ?? "") ?? [];
      if (below !== undefined && after !== undefined) {
        query = query.having((e) =>
          e.or([e(gross, "<", Number(below)), e.and([e(gross, "=", Number(below)), e(column[by], ">", after)])]),
        );
      }
      const rows = await query
        .orderBy(gross, "desc")
        .orderBy(column[by])
        .limit(limit + 1)
        .execute();
      const page = rows.slice(0, limit);
      const names = await namesOf(
        db,
        by,
        page.map((row) => row.key),
      );
      const items = page.map((row) => ({ key: row.key, title: "", ...names.get(row.key), ...totals(row) }));
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: `${last.grossMinor}.${last.key}` } : { items };
    },
    async byShow(...about) {
      const places = await fullness(...about)
        .groupBy(["w.id", "w.title"])
        .select(["w.id as key", "w.title as name"])
        .execute();
      const sums = await money(...about)
        .groupBy("w.id")
        .select("w.id as key")
        .execute();
      return besides(places, sums).map(({ key: showId, name: title, ...sums }) => ({ showId, title, ...sums }));
    },
    async byVenue(...about) {
      const places = await fullness(...about)
        .groupBy(["v.id", "v.name"])
        .select(["v.id as key", "v.name"])
        .execute();
      const sums = await money(...about)
        .groupBy("v.id")
        .select("v.id as key")
        .execute();
      return besides(places, sums).map(({ key: venueId, ...sums }) => ({ venueId, ...sums }));
    },
    async byStart(...about) {
      const at = quarterOf("s.starts_at");
      const rows = await fullness(...about)
        .groupBy(["v.time_zone", at])
        .select([at.as("at"), "v.time_zone as timeZone"])
        .execute();
      return rows
        .map((row) => ({ at: Number(row.at), timeZone: row.timeZone, ...fullnessOf(row) }))
        .toSorted((a, b) => a.at - b.at || (a.timeZone < b.timeZone ? -1 : 1));
    },
    async byShowing(sellerId, period, page) {
      const rows = await findShowings(db, sellerId, period, page);
      const shown = rows.slice(0, page.limit);
      const sums = await totalsOf(
        sellerId,
        shown.map((row) => row.id),
      );
      const items = shown.map((row) => ({
        showingId: row.id,
        showId: row.show_id,
        title: row.title,
        auditoriumId: row.auditorium_id,
        startsAt: row.starts_at,
        capacity: row.place_count,
        status: row.status,
        ...(sums.get(row.id) ?? none),
      }));
      const last = items.at(-1);
      return rows.length > page.limit && last ? { items, next: `${last.startsAt}.${last.showingId}` } : { items };
    },
    ofShowing: async (sellerId, showingId) => (await totalsOf(sellerId, [showingId])).get(showingId) ?? none,
    cancellation: (...asked) => readCancellation(db, ...asked),
  };
}

const none: Totals = { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };

interface TotalsRow {
  orders: Count;
  tickets: Count | null;
  gross: Count | null;
  refunded: Count | null;
}

function totals({ orders, tickets, gross, refunded }: TotalsRow): Totals {
  return {
    orders: Number(orders),
    tickets: Number(tickets ?? 0),
    grossMinor: Number(gross ?? 0),
    refundedMinor: Number(refunded ?? 0),
  };
}

function totalsBy(rows: readonly (TotalsRow & { key: string })[]): Map<string, Totals> {
  return new Map(rows.map((row) => [row.key, totals(row)]));
}

function fullnessOf(row: { showings: Count; capacity: Count | null; tickets: Count | null }): Fullness {
  return { showings: Number(row.showings), capacity: Number(row.capacity ?? 0), tickets: Number(row.tickets ?? 0) };
}

/** Places with the money that was paid for them: two queries, because joining orders would count places once an order. */
function besides(
  places: readonly { key: string; name: string; showings: Count; capacity: Count | null; tickets: Count | null }[],
  paid: readonly Omit<TotalsRow & { key: string }, "tickets">[],
): (Totals & Fullness & { key: string; name: string })[] {
  const money = totalsBy(paid.map((row) => ({ ...row, tickets: 0 })));
  return places
    .map((row) => ({ key: row.key, name: row.name, ...(money.get(row.key) ?? none), ...fullnessOf(row) }))
    .toSorted((a, b) => b.grossMinor - a.grossMinor || a.name.localeCompare(b.name));
}

/** What the keys of `sold` are called. */
async function namesOf(
  db: Store["db"],
  by: "show" | "venue" | "showing",
  keys: readonly string[],
): Promise<Map<string, Pick<SoldTotals, "title" | "startsAt" | "venueId">>> {
  if (keys.length === 0) return new Map();
  if (by === "show") {
    const rows = await db.selectFrom("shows").select(["id", "title"]).where("id", "in", keys).execute();
    return new Map(rows.map(({ id, title }) => [id, { title }]));
  }
  if (by === "venue") {
    const rows = await db.selectFrom("venues").select(["id", "name"]).where("id", "in", keys).execute();
    return new Map(rows.map(({ id, name }) => [id, { title: name }]));
  }
  const rows = await db
    .selectFrom("showings as s")
    .innerJoin("shows as w", "w.id", "s.show_id")
    .innerJoin("auditoriums as a", "a.id", "s.auditorium_id")
    .select(["s.id", "w.title", "s.starts_at", "a.venue_id"])
    .where("s.id", "in", keys)
    .execute();
  return new Map(rows.map((row) => [row.id, { title: row.title, startsAt: row.starts_at, venueId: row.venue_id }]));
}
