// The slow path's writes: what the sales log decided, made rows, with the applied sequence, in one transaction.

import { type Insertable, type Transaction } from "kysely";
import { createJobs } from "./jobs.ts";
import { createOutbox, type OutboxEntry } from "./outbox.ts";
import type { Store } from "./open.ts";
import type { Database, OrderRow, RefundRow, TicketRow } from "./schema.ts";

/** What one batch of log entries comes to. */
export interface AppliedBatch {
  /** Orders that began in this batch, as they stand after it. */
  orders: readonly OrderRow[];
  tickets: readonly Omit<TicketRow, "admitted_at" | "gate">[];
  refunds: readonly RefundRow[];
  /** What became of orders that began in an earlier batch, oldest first. */
  changes: readonly OrderChange[];
  admissions: readonly { orderId: string; place: number; at: number; gate: string }[];
  outbox: readonly OutboxEntry[];
  /** Where each partition of the batch stands after it. */
  marks: readonly { partition: number; sequence: number; hash: string }[];
  at: number;
}

export type OrderChange =
  | { kind: "sale"; orderId: string; paymentId: string; sequence: number; at: number }
  | { kind: "declined" | "cancelled"; orderId: string; reason: string }
  | { kind: "refund-begun"; refund: RefundRow; places: readonly number[] }
  | { kind: "refund-done"; orderId: string; refundId: string };

/** The job that returns the money of an order that lost its seat; `body` is `{ orderId }`. */
export const giveBackJob = "give-back";

/** Two active tickets for one seat (R7): the store refused the batch whole. */
export class SeatConflict extends Error {}

/** A power of two. */
const mostRowsAtOnce = 256;

/** Commits a batch. Throws SeatConflict, having changed nothing, if a seat would have two active tickets. */
export async function applyBatch(store: Store, batch: AppliedBatch): Promise<void> {
  try {
    await store.db.transaction().execute((trx) => write(trx, batch));
  } catch (error) {
    if (isSeatConflict(error)) throw new SeatConflict(String(error), { cause: error });
    throw error;
  }
}

function isSeatConflict(error: unknown): boolean {
  const text = error instanceof Error ? error.message : "";
  return /tickets_active|UNIQUE constraint failed: tickets\.showing_id/.test(text);
}

async function write(trx: Transaction<Database>, batch: AppliedBatch): Promise<void> {
  // Void tickets go first: a seat given back and sold again within one batch has one active ticket at every moment.
  for (const change of batch.changes) if (change.kind === "refund-begun") await writeRefundBegun(trx, change);
  for (const orders of chunks(batch.orders)) {
    await trx
      .insertInto("orders")
      .values(orders)
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
  }
  const ordered = batch.tickets.toSorted((a, b) => Number(a.status === "active") - Number(b.status === "active"));
  for (const tickets of chunks(ordered)) await writeTickets(trx, tickets);
  for (const refunds of chunks(batch.refunds)) {
    await trx
      .insertInto("refunds")
      .values(refunds)
      .onConflict((conflict) => conflict.columns(["order_id", "id"]).doNothing())
      .execute();
  }
  for (const change of batch.changes) await writeChange(trx, change);
  for (const { orderId, place, at, gate } of batch.admissions) {
    await trx
      .updateTable("tickets")
      .set({ admitted_at: at, gate })
      .where("order_id", "=", orderId)
      .where("place", "=", place)
      .execute();
  }
  const outbox = createOutbox(trx);
  for (const entries of chunks(batch.outbox)) await outbox.enqueueAll(entries, batch.at);
  await trx
    .insertInto("applied")
    .values([...batch.marks])
    .onConflict((conflict) =>
      conflict
        .column("partition")
        .doUpdateSet((eb) => ({ sequence: eb.ref("excluded.sequence"), hash: eb.ref("excluded.hash") })),
    )
    .execute();
}

async function writeRefundBegun(
  trx: Transaction<Database>,
  { refund, places }: Extract<OrderChange, { kind: "refund-begun" }>,
): Promise<void> {
  await trx
    .insertInto("refunds")
    .values(refund)
    .onConflict((conflict) => conflict.columns(["order_id", "id"]).doNothing())
    .execute();
  await trx
    .updateTable("tickets")
    .set({ status: "void" })
    .where("order_id", "=", refund.order_id)
    .where("place", "in", [...places])
    .execute();
  await trx
    .updateTable("orders")
    .set((eb) => ({ refunded_minor: eb("refunded_minor", "+", refund.amount_minor) }))
    .where("id", "=", refund.order_id)
    .execute();
}

async function writeChange(trx: Transaction<Database>, change: OrderChange): Promise<void> {
  if (change.kind === "sale") {
    const { orderId, paymentId, sequence, at } = change;
    const set = { status: "confirmed", payment_id: paymentId, sequence, confirmed_at: at } as const;
    await trx.updateTable("orders").set(set).where("id", "=", orderId).execute();
    await trx
      .updateTable("tickets")
      .set({ status: "active" })
      .where("order_id", "=", orderId)
      .where("status", "=", "paying")
      .execute();
  } else if (change.kind === "declined" || change.kind === "cancelled") {
    const { orderId, kind, reason } = change;
    await trx.updateTable("orders").set({ status: kind, reason }).where("id", "=", orderId).execute();
    await trx.deleteFrom("tickets").where("order_id", "=", orderId).where("status", "=", "paying").execute();
  } else if (change.kind === "refund-done") {
    await trx
      .updateTable("refunds")
      .set({ status: "done" })
      .where("order_id", "=", change.orderId)
      .where("id", "=", change.refundId)
      .execute();
  }
}

async function writeTickets(
  trx: Transaction<Database>,
  tickets: readonly Insertable<Omit<TicketRow, "admitted_at" | "gate">>[],
): Promise<void> {
  await trx
    .insertInto("tickets")
    .values(tickets.map((ticket) => ({ ...ticket, admitted_at: null, gate: null })))
    .onConflict((conflict) => conflict.columns(["order_id", "place"]).doNothing())
    .execute();
}

/** Pieces of 256, 128, … 1 rows: so that a handful of statements, prepared once, writes any number. */
function* chunks<Row>(rows: readonly Row[]): Iterable<Row[]> {
  let from = 0;
  for (let size = mostRowsAtOnce; from < rows.length;) {
    if (size > rows.length - from) size /= 2;
    else yield rows.slice(from, (from += size));
  }
}

/** Where the store stands in every partition's log. */
export async function appliedMarks(
  store: Store,
): Promise<readonly { partition: number; sequence: number; hash: string }[]> {
  return store.db.selectFrom("applied").selectAll().execute();
}

/**
 * Passes over a sale that the store refused because its seat has an active ticket (R7): the order is a conflict, kept for people
 * to look at, and its money goes back. Commits together with the mark after it.
 */
export async function applyConflict(
  store: Store,
  conflict: {
    orderId: string;
    detail: string;
    at: number;
    mark: { partition: number; sequence: number; hash: string };
  },
): Promise<void> {
  const { orderId, detail, at, mark } = conflict;
  await store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("conflicts")
      .values({ partition: mark.partition, sequence: mark.sequence, order_id: orderId, detail, at })
      .onConflict((existing) => existing.columns(["partition", "sequence"]).doNothing())
      .execute();
    await trx.updateTable("orders").set({ status: "conflict", reason: detail }).where("id", "=", orderId).execute();
    await trx.updateTable("tickets").set({ status: "void" }).where("order_id", "=", orderId).execute();
    const giveBack = { id: `${giveBackJob}:${orderId}`, kind: giveBackJob, body: { orderId }, runAt: at };
    await createJobs(trx).enqueue(giveBack, at);
    await trx
      .insertInto("applied")
      .values(mark)
      .onConflict((existing) => existing.column("partition").doUpdateSet({ sequence: mark.sequence, hash: mark.hash }))
      .execute();
  });
}

/** The title of a show and the name and time zone of a venue, for mails. */
export async function namesFor(
  store: Store,
  showId: string,
  venueId: string,
): Promise<{ showTitle: string; venueName: string; timeZone: string }> {
  const show = await store.db.selectFrom("shows").select("title").where("id", "=", showId).executeTakeFirst();
  const venue = await store.db
    .selectFrom("venues")
    .select(["name", "time_zone"])
    .where("id", "=", venueId)
    .executeTakeFirst();
  return { showTitle: show?.title ?? "", venueName: venue?.name ?? "", timeZone: venue?.time_zone ?? "UTC" };
}
