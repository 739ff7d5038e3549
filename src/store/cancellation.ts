// What cancelling a showing comes to: what would go back, and how far it has come.

import { sql } from "kysely";
import type { Store } from "./open.ts";

export interface Cancellation {
  /** Orders with tickets that are still good, their tickets and what was paid for these. */
  orders: number;
  tickets: number;
  amountMinor: number;
  /** Addresses that get a mail. */
  buyers: number;
  /** Orders that were refunded because of the cancellation, and those of them whose money is still on its way. */
  refunded: number;
  pending: number;
}

type Count = number | string | null;

/** Of one showing of a seller. `refundId`: the refund that each order of a cancelled showing gets. */
export async function readCancellation(
  db: Store["db"],
  sellerId: string,
  showingId: string,
  refundId: string,
): Promise<Cancellation> {
  const left = await db
    .selectFrom("tickets as t")
    .innerJoin("orders as o", "o.id", "t.order_id")
    .where("t.showing_id", "=", showingId)
    .where("t.status", "=", "active")
    .where("o.status", "=", "confirmed")
    .where("o.seller_id", "=", sellerId)
    .select([
      sql<Count>`count(distinct o.id)`.as("orders"),
      sql<Count>`count(*)`.as("tickets"),
      sql<Count>`sum(t.total_minor)`.as("amount"),
      sql<Count>`count(distinct lower(o.email))`.as("buyers"),
    ])
    .executeTakeFirst();
  const back = await db
    .selectFrom("orders as o")
    .innerJoin("refunds as r", (on) => on.onRef("r.order_id", "=", "o.id").on("r.id", "=", refundId))
    .where("o.showing_id", "=", showingId)
    .where("o.seller_id", "=", sellerId)
    .select([
      sql<Count>`count(*)`.as("refunded"),
      sql<Count>`sum(case when r.status = 'begun' then 1 else 0 end)`.as("pending"),
    ])
    .executeTakeFirst();
  return {
    orders: Number(left?.orders ?? 0),
    tickets: Number(left?.tickets ?? 0),
    amountMinor: Number(left?.amount ?? 0),
    buyers: Number(left?.buyers ?? 0),
    refunded: Number(back?.refunded ?? 0),
    pending: Number(back?.pending ?? 0),
  };
}
