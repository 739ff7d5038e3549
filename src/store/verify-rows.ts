// What the store has of sales, as it is at one moment, for comparing it with the sales log.

import { sql } from "kysely";
import { isPostgres } from "./dialect.ts";
import type { Store } from "./open.ts";
import type { ConflictRow, MoveRow, OrderRow, RefundRow, TicketRow } from "./schema.ts";

/** An order with everything the store has of it. */
export interface StoredSale {
  order: OrderRow;
  tickets: readonly TicketRow[];
  refunds: readonly RefundRow[];
  moves: readonly MoveRow[];
}

export interface StoredSales {
  /** How far each partition's log is applied. */
  marks(): Promise<readonly { partition: number; sequence: number; hash: string }[]>;
  /** The sales with these order ids, those there are. */
  byIds(orderIds: readonly string[]): Promise<ReadonlyMap<string, StoredSale>>;
  /** Orders by id, after one. */
  page(after: string, limit: number): Promise<readonly Pick<OrderRow, "id" | "partition" | "sequence" | "starts_at">[]>;
  orderCount(): Promise<number>;
  activeTickets(): Promise<number>;
  /** Places with more than one active ticket: the index that forbids them is not relied upon. */
  sharedPlaces(limit: number): Promise<readonly { showingId: string; place: number; tickets: number }[]>;
  conflicts(): Promise<readonly ConflictRow[]>;
  begunRefunds(): Promise<readonly Pick<RefundRow, "order_id" | "id">[]>;
}

/** Reads the store as it is at one moment; whatever is written meanwhile is not seen. */
export function withStoredSales<Result>(store: Store, read: (sales: StoredSales) => Promise<Result>): Promise<Result> {
  return store.unhurried((unhurried) =>
    unhurried.connection().execute(async (db) => {
      // Not a transaction of the usual kind: on SQLite those keep everybody else from writing.
      const begin = isPostgres(db) ? sql`begin isolation level repeatable read read only` : sql`begin deferred`;
      await begin.execute(db);
      try {
        return await read(storedSales(db));
      } finally {
        await sql`rollback`.execute(db);
      }
    }),
  );
}

function storedSales(trx: Store["db"]): StoredSales {
  return {
    marks: () => trx.selectFrom("applied").select(["partition", "sequence", "hash"]).execute(),
    async byIds(orderIds) {
      if (orderIds.length === 0) return new Map();
      const orders = await trx.selectFrom("orders").selectAll().where("id", "in", orderIds).execute();
      const tickets = await trx.selectFrom("tickets").selectAll().where("order_id", "in", orderIds).execute();
      const refunds = await trx.selectFrom("refunds").selectAll().where("order_id", "in", orderIds).execute();
      const moves = await trx.selectFrom("moves").selectAll().where("order_id", "in", orderIds).execute();
      const ticketsOf = Map.groupBy(tickets, (ticket) => ticket.order_id);
      const refundsOf = Map.groupBy(refunds, (refund) => refund.order_id);
      const movesOf = Map.groupBy(moves, (move) => move.order_id);
      return new Map(
        orders.map((order) => [
          order.id,
          {
            order,
            tickets: ticketsOf.get(order.id) ?? [],
            refunds: refundsOf.get(order.id) ?? [],
            moves: movesOf.get(order.id) ?? [],
          },
        ]),
      );
    },
    page: (after, limit) =>
      trx
        .selectFrom("orders")
        .select(["id", "partition", "sequence", "starts_at"])
        .where("id", ">", after)
        .orderBy("id")
        .limit(limit)
        .execute(),
    async orderCount() {
      const row = await trx
        .selectFrom("orders")
        .select((is) => is.fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async activeTickets() {
      const row = await trx
        .selectFrom("tickets")
        .select((is) => is.fn.countAll().as("count"))
        .where("status", "=", "active")
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async sharedPlaces(limit) {
      const rows = await trx
        .selectFrom("tickets")
        .select(["showing_id", "place", sql<number>`count(*)`.as("tickets")])
        .where("status", "=", "active")
        .groupBy(["showing_id", "place"])
        .having(sql`count(*)`, ">", 1)
        .limit(limit)
        .execute();
      return rows.map((row) => ({ showingId: row.showing_id, place: row.place, tickets: row.tickets }));
    },
    conflicts: () => trx.selectFrom("conflicts").selectAll().execute(),
    begunRefunds: () => trx.selectFrom("refunds").select(["order_id", "id"]).where("status", "=", "begun").execute(),
  };
}
