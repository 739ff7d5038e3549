// A seller's orders, found by text, showing or day.

import { sql, type SqlBool } from "kysely";
import type { Store } from "./open.ts";
import type { OrderRow } from "./schema.ts";

/** An order in a list of its seller. */
export interface SellerOrder {
  id: string;
  showingId: string;
  showId: string;
  venueId: string;
  title: string;
  startsAt: number;
  name: string;
  email: string;
  status: OrderRow["status"];
  currency: string;
  totalMinor: number;
  refundedMinor: number;
  placedAt: number;
  /** As bought: those that were refunded since are counted too. */
  tickets: number;
}

/** What orders may be looked for by. */
export const sellerOrderStatuses = ["confirmed", "refunded", "paying", "declined", "cancelled", "conflict"] as const;
export type SellerOrderStatus = (typeof sellerOrderStatuses)[number];

export interface OrderSearch {
  sellerId: string;
  /** Part of a name or an e-mail address, or the beginning of an order's id; any case. */
  text?: string;
  showingId?: string;
  /** One of an order's, or `refunded`: in part or whole. */
  status?: SellerOrderStatus;
  /** Placed from … until (exclusive), ms. */
  from?: number;
  until?: number;
  limit: number;
  cursor?: string;
}

/** What is looked for, newest first, with one row more than `limit` if there are more. */
export function ordersQuery(db: Store["db"], search: OrderSearch) {
  let query = db
    .selectFrom("orders as o")
    .leftJoin("shows as w", "w.id", "o.show_id")
    .where("o.seller_id", "=", search.sellerId);
  if (search.showingId !== undefined) query = query.where("o.showing_id", "=", search.showingId);
  const { status } = search;
  // The conditions of the partial indexes stand there word by word: a parameter would not be known to fulfil them.
  if (status === "refunded") query = query.where("o.refunded_minor", ">", sql.lit(0));
  else if (status !== undefined) query = query.where("o.status", "=", status);
  if (status !== undefined && status !== "refunded" && status !== "confirmed")
    query = query.where("o.status", "<>", sql.lit("confirmed"));
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
  return query
    .selectAll("o")
    .select("w.title")
    .orderBy("o.placed_at", "desc")
    .orderBy("o.id", "desc")
    .limit(search.limit + 1);
}

/** Newest first. */
export async function findOrders(
  db: Store["db"],
  search: OrderSearch,
): Promise<{ items: readonly SellerOrder[]; next?: string }> {
  const rows = await ordersQuery(db, search).execute();
  const shown = rows.slice(0, search.limit);
  const tickets = await ticketCounts(
    db,
    shown.map(({ id }) => id),
  );
  const items = shown.map((row) => ({
    id: row.id,
    showingId: row.showing_id,
    showId: row.show_id,
    venueId: row.venue_id,
    title: row.title ?? "",
    startsAt: row.starts_at,
    name: row.name,
    email: row.email,
    status: row.status,
    currency: row.currency,
    totalMinor: row.total_minor,
    refundedMinor: row.refunded_minor,
    placedAt: row.placed_at,
    tickets: tickets.get(row.id) ?? 0,
  }));
  const last = items.at(-1);
  return rows.length > search.limit && last ? { items, next: `${last.placedAt}.${last.id}` } : { items };
}

/** By order. */
async function ticketCounts(db: Store["db"], orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("tickets")
    .where("order_id", "in", orderIds)
    .groupBy("order_id")
    .select((e) => ["order_id", e.fn.countAll<number | string>().as("tickets")])
    .execute();
  return new Map(rows.map(({ order_id: id, tickets }) => [id, Number(tickets)]));
}
