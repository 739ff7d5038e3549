// Orders in the store: what the slow path wrote after the sale. Read for histories, sellers and exports; never during a sale.

import type { BuyerDetails, OrderStatus, Refund, Ticket } from "../domain/orders.ts";
import { tierNamesOf, type PriceLine, type PriceList } from "../domain/pricing.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import { buyerOf, pinnedPricesOf } from "./intent.ts";
import { chunks } from "./many.ts";
import type { Store } from "./open.ts";
import { recoveryRows } from "./recovery.ts";
import type { OrderRow, TicketRow } from "./schema.ts";

/** An order as the store has it. `secret` and `actionUrl` are never stored. */
export interface StoredOrder {
  id: string;
  status: OrderStatus;
  refundStatus: "none" | "part" | "whole";
  fingerprint: string;
  showingId: string;
  showId: string;
  venueId: string;
  sellerId: string;
  startsAt: number;
  buyer: BuyerDetails;
  accountId?: string;
  currency: string;
  lines: readonly PriceLine[];
  /** What the lines' tiers were called when the seats were held, by id. */
  tierNames: Readonly<Record<string, string>>;
  totalMinor: number;
  refundedMinor: number;
  placedAt: number;
  reason?: string;
  tickets: readonly (Ticket & { admittedAt?: number; gate?: string })[];
}

export interface OrderPage {
  items: readonly StoredOrder[];
  next?: string;
}

export interface OrderStore {
  byId(orderId: string): Promise<StoredOrder | undefined>;
  /** Those that there are, in no order. */
  byIds(orderIds: readonly string[]): Promise<readonly StoredOrder[]>;
  /** The order as the inventory knew it; undefined if the store has none, or none that can be given back to an inventory. */
  forInventory(orderId: string): Promise<InventoryOrder | undefined>;
  /** Orders of an account that came to something, newest showing first. `before` is the `next` of the page before. */
  ofAccount(accountId: string, page: { limit: number; before?: string }): Promise<OrderPage>;
  /** Ids of confirmed orders of a showing that have active tickets. */
  confirmedOfShowing(showingId: string): Promise<readonly string[]>;
  refund(orderId: string, refundId: string): Promise<Pick<Refund, "amountMinor" | "places" | "reason"> | undefined>;
  /** Oldest first. */
  refundsOf(orderId: string): Promise<readonly Refund[]>;
  /** The last sequence of a partition that the store has. */
  appliedTo(partition: number): Promise<number>;
}

export function createOrderStore(db: Store["db"]): OrderStore {
  const page = async (
    rows: readonly OrderRow[],
    limit: number,
    keyOf: (row: OrderRow) => string,
  ): Promise<OrderPage> => {
    const kept = rows.slice(0, limit);
    const last = kept.at(-1);
    const items = await withTickets(db, kept);
    return rows.length > limit && last ? { items, next: keyOf(last) } : { items };
  };
  return {
    async byId(orderId) {
      const row = await db.selectFrom("orders").selectAll().where("id", "=", orderId).executeTakeFirst();
      return row && (await withTickets(db, [row]))[0];
    },
    async byIds(orderIds) {
      const found: StoredOrder[] = [];
      for (const ids of chunks(orderIds))
        found.push(
          ...(await withTickets(db, await db.selectFrom("orders").selectAll().where("id", "in", ids).execute())),
        );
      return found;
    },
    forInventory: (orderId) => recoveryRows({ db }).orderById(orderId),
    async ofAccount(accountId, { limit, before }) {
      let query = db
        .selectFrom("orders")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("status", "in", ["confirmed", "paying", "conflict"]);
      const cursor = readCursor(before);
      if (cursor)
        query = query.where((eb) =>
          eb.or([eb("starts_at", "<", cursor.at), eb.and([eb("starts_at", "=", cursor.at), eb("id", "<", cursor.id)])]),
        );
      const rows = await query
        .orderBy("starts_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      return page(rows, limit, (row) => `${row.starts_at}.${row.id}`);
    },
    async confirmedOfShowing(showingId) {
      const rows = await db
        .selectFrom("tickets")
        .innerJoin("orders", "orders.id", "tickets.order_id")
        .select("tickets.order_id")
        .distinct()
        .where("tickets.showing_id", "=", showingId)
        .where("tickets.status", "=", "active")
        .where("orders.status", "=", "confirmed")
        .execute();
      return rows.map((row) => row.order_id);
    },
    async refund(orderId, refundId) {
      const row = await db
        .selectFrom("refunds")
        .select(["amount_minor", "places", "reason"])
        .where("order_id", "=", orderId)
        .where("id", "=", refundId)
        .executeTakeFirst();
      return row && { amountMinor: row.amount_minor, places: JSON.parse(row.places) as number[], reason: row.reason };
    },
    async refundsOf(orderId) {
      const rows = await db
        .selectFrom("refunds")
        .selectAll()
        .where("order_id", "=", orderId)
        .orderBy("at")
        .orderBy("id")
        .execute();
      return rows.map(({ id, amount_minor, places, reason, status, at }) => ({
        refundId: id,
        amountMinor: amount_minor,
        places: JSON.parse(places) as number[],
        reason,
        status,
        at,
      }));
    },
    async appliedTo(partition) {
      const row = await db
        .selectFrom("applied")
        .select("sequence")
        .where("partition", "=", partition)
        .executeTakeFirst();
      return row?.sequence ?? 0;
    },
  };
}

function readCursor(text: string | undefined): { at: number; id: string } | undefined {
  const match = /^(\d+)\.([\w-]+)$/.exec(text ?? "");
  return match?.[1] && match[2] ? { at: Number(match[1]), id: match[2] } : undefined;
}

async function withTickets(db: Store["db"], rows: readonly OrderRow[]): Promise<StoredOrder[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const tickets = await db.selectFrom("tickets").selectAll().where("order_id", "in", ids).orderBy("place").execute();
  const byOrder = Map.groupBy(tickets, (ticket) => ticket.order_id);
  const pinned = new Map(rows.map((row) => [row.id, pinnedPricesOf(row)]));
  const prices = await db
    .selectFrom("pinned_prices")
    .selectAll()
    .where("id", "in", [...new Set(pinned.values())])
    .execute();
  const names = new Map(prices.map(({ id, document }) => [id, tierNamesOf(JSON.parse(document) as PriceList)]));
  return rows.map((row) => toOrder(row, byOrder.get(row.id) ?? [], names.get(pinned.get(row.id) ?? "") ?? {}));
}

function toOrder(row: OrderRow, rows: readonly TicketRow[], tierNames: Readonly<Record<string, string>>): StoredOrder {
  const tickets = rows.filter((ticket) => ticket.status !== "paying").map(toTicket);
  const active = tickets.filter((ticket) => ticket.status === "active").length;
  return {
    id: row.id,
    status: row.status,
    refundStatus: row.status !== "confirmed" || active === tickets.length ? "none" : active === 0 ? "whole" : "part",
    fingerprint: row.fingerprint,
    showingId: row.showing_id,
    showId: row.show_id,
    venueId: row.venue_id,
    sellerId: row.seller_id,
    startsAt: row.starts_at,
    buyer: buyerOf(row),
    ...(row.account_id === null ? {} : { accountId: row.account_id }),
    currency: row.currency,
    lines: rows.map((ticket) => ({
      seat: ticket.seat,
      section: ticket.section,
      tier: ticket.tier,
      faceMinor: ticket.face_minor,
      feeMinor: ticket.fee_minor,
      taxMinor: ticket.tax_minor,
      totalMinor: ticket.total_minor,
    })),
    tierNames,
    totalMinor: row.total_minor,
    refundedMinor: row.refunded_minor,
    placedAt: row.placed_at,
    ...(row.reason === "" ? {} : { reason: row.reason }),
    tickets,
  };
}

function toTicket(row: TicketRow): StoredOrder["tickets"][number] {
  return {
    id: `${row.order_id}.${row.place}`,
    orderId: row.order_id,
    showingId: row.showing_id,
    place: row.place,
    seat: row.seat,
    section: row.section,
    tier: row.tier,
    generation: row.generation,
    status: row.status === "active" ? "active" : "void",
    ...(row.admitted_at === null ? {} : { admittedAt: row.admitted_at }),
    ...(row.gate === null ? {} : { gate: row.gate }),
  };
}
