// What a seller reads of its sales: orders found by text, showing or day, and totals. Written by the worker from the sales log,
// so an order shows up here a moment after it was sold.

import { sql, type SqlBool } from "kysely";
import type { OrderRow } from "./schema.ts";
import type { Store } from "./open.ts";

/** An order in a list of its seller. */
export interface SellerOrder {
  id: string;
  showingId: string;
  showId: string;
  title: string;
  startsAt: number;
  name: string;
  email: string;
  status: OrderRow["status"];
  currency: string;
  totalMinor: number;
  refundedMinor: number;
  placedAt: number;
}

export interface OrderSearch {
  sellerId: string;
  /** Part of a name or an e-mail address, or the beginning of an order's id; any case. */
  text?: string;
  showingId?: string;
  /** Placed from … until (exclusive), ms. */
  from?: number;
  until?: number;
  limit: number;
  cursor?: string;
}

/** Tickets are those still valid; money is of all confirmed orders, in minor units. Net = gross − refunded. */
export interface Totals {
  orders: number;
  tickets: number;
  grossMinor: number;
  refundedMinor: number;
}

export interface ShowTotals extends Totals {
  showId: string;
  title: string;
  showings: number;
  /** Places of these showings. */
  capacity: number;
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

/** Showings that start from … until (exclusive), ms. */
export interface Period {
  from: number;
  until: number;
}

export interface SellerReports {
  /** Newest first. */
  orders(search: OrderSearch): Promise<{ items: readonly SellerOrder[]; next?: string }>;
  /** Sales by the quarter of an hour in which they were placed: every time zone's days are made of whole ones. */
  quarters(sellerId: string, placed: Period): Promise<readonly (Totals & { at: number })[]>;
  /** By show, over its showings that start in the period and are not drafts; best selling first. */
  byShow(sellerId: string, starting: Period): Promise<readonly ShowTotals[]>;
  /** By showing, by start; cancelled ones too. */
  byShowing(
    sellerId: string,
    starting: Period,
    page: { limit: number; cursor?: string; showId?: string },
  ): Promise<{ items: readonly ShowingTotals[]; next?: string }>;
  /** Of one showing. */
  ofShowing(sellerId: string, showingId: string): Promise<Totals>;
}

const quarterMs = 900_000;

export function createSellerReports({ db }: Store): SellerReports {
  const confirmed = (sellerId: string) =>
    db.selectFrom("orders as o").where("o.seller_id", "=", sellerId).where("o.status", "=", "confirmed");
  const withTickets = (sellerId: string) =>
    confirmed(sellerId)
      .innerJoin("tickets as t", (on) => on.onRef("t.order_id", "=", "o.id").on("t.status", "=", "active"))
      .select((e) => e.fn.countAll<number | string>().as("tickets"));
  const sums = (sellerId: string) =>
    confirmed(sellerId).select((e) => [
      e.fn.countAll<number | string>().as("orders"),
      e.fn.sum<number | string>("o.total_minor").as("gross"),
      e.fn.sum<number | string>("o.refunded_minor").as("refunded"),
    ]);

  async function totalsOf(sellerId: string, showingIds: readonly string[]): Promise<Map<string, Totals>> {
    if (showingIds.length === 0) return new Map();
    const money = sums(sellerId).select("o.showing_id as key").where("o.showing_id", "in", showingIds);
    const tickets = withTickets(sellerId).select("o.showing_id as key").where("o.showing_id", "in", showingIds);
    return joined(await money.groupBy("o.showing_id").execute(), await tickets.groupBy("o.showing_id").execute());
  }

  return {
    orders: (search) => findOrders(db, search),
    async quarters(sellerId, { from, until }) {
      // A quarter is cut from the instant as text-free integer arithmetic: `placed_at - placed_at % 900000`.
      const at = sql<number | string>`o.placed_at - o.placed_at % ${sql.lit(quarterMs)}`;
      const money = sums(sellerId).where("o.placed_at", ">=", from).where("o.placed_at", "<", until);
      const tickets = withTickets(sellerId).where("o.placed_at", ">=", from).where("o.placed_at", "<", until);
      const found = joined(
        await money.select(at.as("key")).groupBy(at).execute(),
        await tickets.select(at.as("key")).groupBy(at).execute(),
      );
      return [...found].map(([key, totals]) => ({ at: Number(key), ...totals })).toSorted((a, b) => a.at - b.at);
    },
    async byShow(sellerId, { from, until }) {
      const showings = await db
        .selectFrom("showings as s")
        .innerJoin("shows as w", "w.id", "s.show_id")
        .innerJoin("seat_maps as m", "m.id", "s.seat_map_id")
        .where("w.seller_id", "=", sellerId)
        .where("s.starts_at", ">=", from)
        .where("s.starts_at", "<", until)
        .where("s.status", "=", "published")
        .groupBy(["w.id", "w.title"])
        .select((e) => [
          "w.id",
          "w.title",
          e.fn.countAll<number | string>().as("showings"),
          e.fn.sum<number | string>("m.place_count").as("capacity"),
        ])
        .execute();
      const money = sums(sellerId).where("o.starts_at", ">=", from).where("o.starts_at", "<", until);
      const tickets = withTickets(sellerId).where("o.starts_at", ">=", from).where("o.starts_at", "<", until);
      const found = joined(
        await money.select("o.show_id as key").groupBy("o.show_id").execute(),
        await tickets.select("o.show_id as key").groupBy("o.show_id").execute(),
      );
      return showings
        .map((row) => ({
          showId: row.id,
          title: row.title,
          showings: Number(row.showings),
          capacity: Number(row.capacity),
          ...(found.get(row.id) ?? none),
        }))
        .toSorted((a, b) => b.grossMinor - a.grossMinor || a.title.localeCompare(b.title));
    },
    async byShowing(sellerId, { from, until }, { limit, cursor, showId }) {
      const after = /^(\d{1,16})\.(\w+)$/.exec(cursor ?? "") ?? [];
      const shows = await db
        .selectFrom("shows")
        .select(["id", "title"])
        .where("seller_id", "=", sellerId)
        .$if(showId !== undefined, (query) => query.where("id", "=", showId ?? ""))
        .execute();
      // The first of each show, then of all: the index is by show and start, and a chain has millions of showings.
      const rows = [];
      for (const show of shows) {
        let query = db
          .selectFrom("showings as s")
          .innerJoin("seat_maps as m", "m.id", "s.seat_map_id")
          .where("s.show_id", "=", show.id)
          .where("s.starts_at", ">=", Math.max(from, Number(after[1] ?? 0)))
          .where("s.starts_at", "<", until)
          .where("s.status", "!=", "draft");
        const [, at, id] = after;
        if (at !== undefined && id !== undefined) {
          query = query.where((e) => e.or([e("s.starts_at", ">", Number(at)), e("s.id", ">", id)]));
        }
        const found = await query
          .select(["s.id", "s.show_id", "s.auditorium_id", "s.starts_at", "s.status", "m.place_count"])
          .orderBy("s.starts_at")
          .orderBy("s.id")
          .limit(limit + 1)
          .execute();
        rows.push(...found.map((row) => ({ ...row, title: show.title })));
      }
      rows.sort((a, b) => a.starts_at - b.starts_at || (a.id < b.id ? -1 : 1));
      const page = rows.slice(0, limit);
      const totals = await totalsOf(
        sellerId,
        page.map((row) => row.id),
      );
      const items = page.map((row) => ({
        showingId: row.id,
        showId: row.show_id,
        title: row.title,
        auditoriumId: row.auditorium_id,
        startsAt: row.starts_at,
        capacity: row.place_count,
        status: row.status,
        ...(totals.get(row.id) ?? none),
      }));
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: `${last.startsAt}.${last.showingId}` } : { items };
    },
    ofShowing: async (sellerId, showingId) => (await totalsOf(sellerId, [showingId])).get(showingId) ?? none,
  };
}

const none: Totals = { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };

type Count = number | string;

/** Money and tickets by key: two queries, because joining tickets would count an order's money once a ticket. */
function joined(
  money: readonly { key: Count; orders: Count; gross: Count | null; refunded: Count | null }[],
  tickets: readonly { key: Count; tickets: Count }[],
): Map<string, Totals> {
  const counts = new Map(tickets.map((row) => [String(row.key), Number(row.tickets)]));
  return new Map(
    money.map((row) => {
      const key = String(row.key);
      const grossMinor = Number(row.gross ?? 0);
      const refundedMinor = Number(row.refunded ?? 0);
      return [key, { orders: Number(row.orders), tickets: counts.get(key) ?? 0, grossMinor, refundedMinor }];
    }),
  );
}

async function findOrders(
  db: Store["db"],
  search: OrderSearch,
): Promise<{ items: readonly SellerOrder[]; next?: string }> {
  let query = db
    .selectFrom("orders as o")
    .leftJoin("shows as w", "w.id", "o.show_id")
    .where("o.seller_id", "=", search.sellerId);
  if (search.showingId !== undefined) query = query.where("o.showing_id", "=", search.showingId);
  if (search.from !== undefined) query = query.where("o.placed_at", ">=", search.from);
  if (search.until !== undefined) query = query.where("o.placed_at", "<", search.until);
  const text = search.text?.trim() ?? "";
  if (text !== "") {
    const escaped = text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`);
    const like = (column: "o.name" | "o.email" | "o.id", pattern: string) =>
      sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${sql.lit("\\")}`;
    query = query.where((e) =>
      e.or([like("o.name", `%${escaped}%`), like("o.email", `%${escaped}%`), like("o.id", `${escaped}%`)]),
    );
  }
  const [, at, id] = /^(\d{1,16})\.([\w-]+)$/.exec(search.cursor ?? "") ?? [];
  if (at !== undefined && id !== undefined) {
    const before = Number(at);
    query = query.where((e) =>
      e.or([e("o.placed_at", "<", before), e.and([e("o.placed_at", "=", before), e("o.id", "<", id)])]),
    );
  }
  const rows = await query
    .selectAll("o")
    .select("w.title")
    .orderBy("o.placed_at", "desc")
    .orderBy("o.id", "desc")
    .limit(search.limit + 1)
    .execute();
  const items = rows.slice(0, search.limit).map((row) => ({
    id: row.id,
    showingId: row.showing_id,
    showId: row.show_id,
    title: row.title ?? "",
    startsAt: row.starts_at,
    name: row.name,
    email: row.email,
    status: row.status,
    currency: row.currency,
    totalMinor: row.total_minor,
    refundedMinor: row.refunded_minor,
    placedAt: row.placed_at,
  }));
  const last = items.at(-1);
  return rows.length > search.limit && last ? { items, next: `${last.placedAt}.${last.id}` } : { items };
}
