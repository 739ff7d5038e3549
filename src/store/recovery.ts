// What the store knows of a partition, for an inventory that has lost it: seats, open orders, and where the log was applied to.

import type { Move } from "../domain/orders.ts";
import type { PriceList } from "../domain/pricing.ts";
import type { InventoryOrder, ShowingRef } from "../inventory/port.ts";
import { rebuiltOrder, type StoredIntent } from "./intent.ts";
import type { Store } from "./open.ts";
import type { OrderRow, TouchedShowingRow } from "./schema.ts";

/** A showing that the sales log spoke of, as the store has it. */
export interface StoredShowing extends ShowingRef {
  /** No hold and no payment begins any more. */
  closed: boolean;
  blocked: readonly number[];
  /** Places that ever had a ticket, ascending. */
  places: readonly StoredPlace[];
  /** Orders that ever had a ticket. */
  orders: readonly string[];
}

export interface StoredPlace {
  place: number;
  /** `refunding`: the ticket is void, the money not yet back, the place still sold. `free`: given back. */
  status: "paying" | "sold" | "refunding" | "free";
  /** Of the place's newest ticket; a place that is `paying` never sold this one. */
  generation: number;
  /** Whose ticket it is; undefined if `free`. */
  orderId?: string;
  admittedAt?: number;
  gate?: string;
}

export interface RecoveryRows {
  /** Showings of a partition that start after `startsAfter` (ms since 1970), by start; read a page at a time. */
  showingsOf(partition: number, startsAfter: number): AsyncIterable<StoredShowing>;
  /** Orders in payment, and those with a refund that has begun, by id. */
  unfinishedOrders(partition: number): Promise<readonly InventoryOrder[]>;
  /** The order as the inventory knew it, whatever became of it. Undefined if the store has none, or none with its intent. */
  orderById(orderId: string): Promise<InventoryOrder | undefined>;
  /** Those of these orders that `orderById` would find: thousands are looked for at a time. */
  stored(orderIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of these refunds that the store does not have as done. */
  notDone<Told extends { orderId: string; refundId: string }>(refunds: readonly Told[]): Promise<readonly Told[]>;
  /** How far the partition's log is applied; `{ sequence: 0, hash: "" }` if nothing was. */
  appliedMark(partition: number): Promise<{ sequence: number; hash: string }>;
  /** When the last sale that the store has of this partition was made; undefined if there was none. */
  lastSaleAt(partition: number): Promise<number | undefined>;
}

const showingsAPage = 200;
const ordersAPage = 200;

export function recoveryRows({ db }: Pick<Store, "db">): RecoveryRows {
  return {
    async *showingsOf(partition, startsAfter) {
      let after = { starts_at: startsAfter, showing_id: "\u{10ffff}" };
      for (;;) {
        const rows = await db
          .selectFrom("touched_showings")
          .selectAll()
          .where("partition", "=", partition)
          .where("starts_at", ">=", after.starts_at)
          .where((is) => is.or([is("starts_at", ">", after.starts_at), is("showing_id", ">", after.showing_id)]))
          .orderBy("starts_at")
          .orderBy("showing_id")
          .limit(showingsAPage)
          .execute();
        yield* await withPlaces(db, rows);
        const last = rows.at(-1);
        if (!last || rows.length < showingsAPage) return;
        after = last;
      }
    },
    async unfinishedOrders(partition) {
      const paying = await db
        .selectFrom("orders")
        .select("id")
        .where("partition", "=", partition)
        .where("status", "=", "paying")
        .execute();
      const refunding = await db
        .selectFrom("refunds")
        .innerJoin("orders", "orders.id", "refunds.order_id")
        .select("orders.id")
        .where("refunds.status", "=", "begun")
        .where("orders.partition", "=", partition)
        .execute();
      const ids = [...new Set([...paying, ...refunding].map((row) => row.id))].toSorted();
      const orders: InventoryOrder[] = [];
      for (let from = 0; from < ids.length; from += ordersAPage)
        orders.push(...(await rebuilt(db, ids.slice(from, from + ordersAPage))));
      return orders;
    },
    orderById: async (orderId) => (await rebuilt(db, [orderId]))[0],
    async stored(orderIds) {
      const found = new Set<string>();
      for (let from = 0; from < orderIds.length; from += ordersAPage) {
        const page = orderIds.slice(from, from + ordersAPage);
        const rows = await db
          .selectFrom("orders")
          .select("id")
          .where("id", "in", page)
          .where("intent", "!=", "")
          .execute();
        for (const { id } of rows) found.add(id);
      }
      return found;
    },
    async notDone(refunds) {
      const open: (typeof refunds)[number][] = [];
      for (let from = 0; from < refunds.length; from += ordersAPage) {
        const page = refunds.slice(from, from + ordersAPage);
        const orderIds = [...new Set(page.map(({ orderId }) => orderId))];
        const rows = await db
          .selectFrom("refunds")
          .select(["order_id", "id"])
          .where("order_id", "in", orderIds)
          .where("status", "=", "done")
          .execute();
        const done = new Set(rows.map(({ order_id: orderId, id }) => `${orderId} ${id}`));
        open.push(...page.filter(({ orderId, refundId }) => !done.has(`${orderId} ${refundId}`)));
      }
      return open;
    },
    async appliedMark(partition) {
      const mark = db.selectFrom("applied").select(["sequence", "hash"]).where("partition", "=", partition);
      return (await mark.executeTakeFirst()) ?? { sequence: 0, hash: "" };
    },
    async lastSaleAt(partition) {
      const mark = db.selectFrom("applied").select("sale_at").where("partition", "=", partition);
      return (await mark.executeTakeFirst())?.sale_at || undefined;
    },
  };
}

async function withPlaces(db: Store["db"], rows: readonly TouchedShowingRow[]): Promise<readonly StoredShowing[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.showing_id);
  const tickets = db
    .selectFrom("tickets")
    .select(["showing_id", "place", "order_id", "status", "generation", "admitted_at", "gate"])
    .where("showing_id", "in", ids);
  // Two queries, for two partial indexes.
  const active = await tickets.where("status", "=", "active").execute();
  const others = await tickets.where("status", "!=", "active").execute();
  const refunds = await db
    .selectFrom("refunds")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .select(["refunds.order_id", "refunds.places"])
    .where("refunds.status", "=", "begun")
    .where("orders.showing_id", "in", ids)
    .execute();
  const moves = await db
    .selectFrom("moves")
    .select(["showing_id", "document"])
    .where("showing_id", "in", ids)
    .execute();
  const blocked = await db.selectFrom("blocked_places").selectAll().where("showing_id", "in", ids).execute();
  const refunding = new Set(
    refunds.flatMap((refund) => (JSON.parse(refund.places) as number[]).map((place) => `${refund.order_id}.${place}`)),
  );
  const ticketsOf = Map.groupBy([...active, ...others], (ticket) => ticket.showing_id);
  const leftOf = Map.groupBy(moves, (move) => move.showing_id);
  const blockedOf = Map.groupBy(blocked, (row) => row.showing_id);
  return rows.map((row) => ({
    showingId: row.showing_id,
    startsAt: row.starts_at,
    placeCount: row.place_count,
    sections: (JSON.parse(row.sections) as [number, number][]).map(([start, count]) => ({ start, count })),
    closed: row.closed_at !== null,
    blocked: (blockedOf.get(row.showing_id) ?? []).map(({ place }) => place).toSorted((a, b) => a - b),
    places: placesOf(
      [...(ticketsOf.get(row.showing_id) ?? []), ...(leftOf.get(row.showing_id) ?? []).flatMap(ticketsLeft)],
      refunding,
    ),
    orders: [...new Set((ticketsOf.get(row.showing_id) ?? []).map((ticket) => ticket.order_id))].toSorted(),
  }));
}

interface PlaceTicket {
  place: number;
  order_id: string;
  status: "paying" | "active" | "void";
  generation: number;
  admitted_at: number | null;
  gate: string | null;
}

/** The tickets that a move made void: they are no order's any more, but their places must not be sold in their generation again. */
function ticketsLeft({ document }: { document: string }): PlaceTicket[] {
  const { from, left } = JSON.parse(document) as Move;
  const rest = { order_id: "", status: "void", admitted_at: null, gate: null } as const;
  return from.map((place, index) => ({ ...rest, place, generation: left[index] ?? 1 }));
}

/** Of several tickets of a place at most one still holds it. */
function placesOf(tickets: readonly PlaceTicket[], refunding: ReadonlySet<string>): StoredPlace[] {
  const places: StoredPlace[] = [];
  for (const [place, all] of Map.groupBy(tickets, (ticket) => ticket.place)) {
    const generation = Math.max(...all.map((ticket) => ticket.generation));
    const holding =
      all.find((ticket) => ticket.status === "active") ??
      all.find((ticket) => ticket.status === "paying") ??
      all.find((ticket) => refunding.has(`${ticket.order_id}.${place}`));
    if (!holding) {
      places.push({ place, status: "free", generation });
      continue;
    }
    const { order_id: orderId, status, admitted_at: admittedAt, gate } = holding;
    places.push({
      place,
      status: status === "active" ? "sold" : status === "paying" ? "paying" : "refunding",
      generation: status === "active" ? holding.generation : generation,
      orderId,
      ...(admittedAt === null ? {} : { admittedAt, gate: gate ?? "" }),
    });
  }
  return places.toSorted((a, b) => a.place - b.place);
}

async function rebuilt(db: Store["db"], ids: readonly string[]): Promise<InventoryOrder[]> {
  const rows: OrderRow[] = await db.selectFrom("orders").selectAll().where("id", "in", ids).orderBy("id").execute();
  if (rows.length === 0) return [];
  const tickets = await db.selectFrom("tickets").selectAll().where("order_id", "in", ids).execute();
  const refunds = await db.selectFrom("refunds").selectAll().where("order_id", "in", ids).execute();
  const moves = await db.selectFrom("moves").selectAll().where("order_id", "in", ids).orderBy("at").execute();
  const priceIds = rows.flatMap(({ intent }) => (intent === "" ? [] : (JSON.parse(intent) as StoredIntent).prices));
  const documents =
    priceIds.length === 0
      ? []
      : await db
          .selectFrom("pinned_prices")
          .selectAll()
          .where("id", "in", [...new Set(priceIds)])
          .execute();
  const prices = new Map(documents.map(({ id, document }) => [id, JSON.parse(document) as PriceList]));
  const ticketsOf = Map.groupBy(tickets, (ticket) => ticket.order_id);
  const refundsOf = Map.groupBy(refunds, (refund) => refund.order_id);
  const movesOf = Map.groupBy(moves, (move) => move.order_id);
  return rows.flatMap((row) => {
    const of = <Row>(byOrder: ReadonlyMap<string, Row[]>) => byOrder.get(row.id) ?? [];
    return rebuiltOrder(row, of(ticketsOf), of(refundsOf), of(movesOf), (id) => prices.get(id)) ?? [];
  });
}
