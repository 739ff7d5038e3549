// The slow path's writes: what the sales log decided, made rows, with the applied sequence, in one transaction.

import type { Transaction } from "kysely";
import type { Move } from "../domain/orders.ts";
import { intentAfterMove, intentWithLines } from "./intent.ts";
import { createJobs } from "./jobs.ts";
import { chunks, insertMany, updateMany } from "./many.ts";
import { moveMarks, type MarkMove } from "./marks.ts";
import { createOutbox, type OutboxEntry } from "./outbox.ts";
import type { Store } from "./open.ts";
import type {
  Database,
  MoveRow,
  OrderRow,
  PinnedPricesRow,
  RefundRow,
  TicketRow,
  TouchedShowingRow,
} from "./schema.ts";
import { inTransaction } from "./transaction.ts";

/** What one batch of log entries comes to. */
export interface AppliedBatch {
  /** Orders that began in this batch, as they stand after it. */
  orders: readonly OrderRow[];
  tickets: readonly TicketRow[];
  refunds: readonly RefundRow[];
  moves: readonly MoveRow[];
  prices: readonly PinnedPricesRow[];
  /** What became of orders that began in an earlier batch, oldest first. */
  changes: readonly OrderChange[];
  admissions: readonly { orderId: string; place: number; at: number; gate: string }[];
  /** Showings that entries of this batch speak of, each once. */
  showings: readonly Omit<TouchedShowingRow, "closed_at">[];
  closings: readonly { showingId: string; at: number }[];
  /** Whether places are on sale after the batch, each once. */
  blocks: readonly { showingId: string; place: number; blocked: boolean }[];
  outbox: readonly OutboxEntry[];
  /** From where to where each partition of the batch goes. */
  marks: readonly MarkMove[];
  at: number;
}

export type OrderChange =
  | { kind: "sale"; orderId: string; paymentId: string; sequence: number; at: number }
  | { kind: "declined" | "cancelled"; orderId: string; reason: string }
  | { kind: "refund-begun"; refund: RefundRow; places: readonly number[] }
  | { kind: "refund-done"; orderId: string; refundId: string }
  | { kind: "moved"; orderId: string; move: Move };

/** The job that returns the money of an order that lost its seat; `body` is `{ orderId }`. */
export const giveBackJob = "give-back";

/** Two active tickets for one seat (R7): the store refused the batch whole. */
export class SeatConflict extends Error {}

/**
 * Commits a batch. Throws, having changed nothing, SeatConflict if a seat would have two active tickets, and StaleMark if a
 * partition of the store is not where the batch was folded from: another worker was there.
 */
export async function applyBatch(store: Store, batch: AppliedBatch): Promise<void> {
  try {
    await inTransaction(store.db, (trx) => write(trx, batch));
  } catch (error) {
    if (isSeatConflict(error)) throw new SeatConflict(String(error), { cause: error });
    throw error;
  }
}

function isSeatConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  if (code === "23505") return constraint === "tickets_active";
  return error.message.includes("UNIQUE constraint failed: tickets.showing_id");
}

async function write(trx: Transaction<Database>, batch: AppliedBatch): Promise<void> {
  await moveMarks(trx, batch.marks);
  // What leaves its seat goes first, in the order in which it left: a seat given back, or moved from, and sold again within one batch
  // has one active ticket at every moment.
  for (const change of batch.changes) {
    if (change.kind === "refund-begun") await writeRefundBegun(trx, change);
    if (change.kind === "moved") await writeMove(trx, change);
  }
  await insertMany(trx, "pinned_prices", batch.prices, ["id"]);
  const added = await insertMany(trx, "orders", batch.orders, ["id"]);
  // Looking for each ticket first, whether it is there, costs as much as writing it; a new order has none.
  const areNew = added === batch.orders.length;
  await insertMany(trx, "tickets", batch.tickets, areNew ? undefined : ["order_id", "place"]);
  await insertMany(trx, "refunds", batch.refunds, ["order_id", "id"]);
  await insertMany(trx, "moves", batch.moves, ["order_id", "id"]);
  await writeChanges(trx, batch.changes);
  for (const { orderId, place, at, gate } of batch.admissions) {
    await trx
      .updateTable("tickets")
      .set({ admitted_at: at, gate })
      .where("order_id", "=", orderId)
      .where("place", "=", place)
      .execute();
  }
  await writeStock(trx, batch);
  await createOutbox(trx).enqueueAll(batch.outbox, batch.at);
}

async function writeRefundBegun(
  trx: Transaction<Database>,
  { refund, places }: Extract<OrderChange, { kind: "refund-begun" }>,
): Promise<void> {
  await insertMany(trx, "refunds", [refund], ["order_id", "id"]);
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

/** Puts tickets in the stead of those that moved: with the same price, and for the rest as they were, also in payment or void. */
async function writeMove(
  trx: Transaction<Database>,
  { orderId, move }: Extract<OrderChange, { kind: "moved" }>,
): Promise<void> {
  const order = await trx
    .selectFrom("orders")
    .select(["showing_id", "intent"])
    .where("id", "=", orderId)
    .executeTakeFirst();
  if (!order) throw new Error(`order ${orderId} moved, but the store lacks it`);
  const tickets = await trx.selectFrom("tickets").selectAll().where("order_id", "=", orderId).execute();
  const moved = tickets.flatMap((ticket) => {
    const index = move.from.indexOf(ticket.place);
    const [place, seat, generation] = [move.to[index], move.seats[index], move.generations[index]];
    return place === undefined || !seat || generation === undefined ? [] : { ...ticket, ...seat, place, generation };
  });
  await trx
    .deleteFrom("tickets")
    .where("order_id", "=", orderId)
    .where("place", "in", [...move.from])
    .execute();
  await insertMany(trx, "tickets", moved);
  await insertMany(trx, "moves", [moveRow(orderId, order.showing_id, move)], ["order_id", "id"]);
  const intent = intentAfterMove(
    order.intent,
    tickets.map((ticket) => ticket.place),
    move,
  );
  await trx.updateTable("orders").set({ intent }).where("id", "=", orderId).execute();
}

/** A move as the store keeps it. */
export function moveRow(orderId: string, showingId: string, move: Move): MoveRow {
  return { order_id: orderId, id: move.moveId, showing_id: showingId, document: JSON.stringify(move), at: move.at };
}

/** Kinds one after the other: an order has one outcome, and what is void by now is not made active by its sale. */
async function writeChanges(trx: Transaction<Database>, changes: readonly OrderChange[]): Promise<void> {
  const sales = changes.filter((change) => change.kind === "sale");
  await updateMany(
    trx,
    "orders",
    "id",
    sales.map(({ orderId, paymentId, sequence, at }) => ({
      id: orderId,
      status: "confirmed" as const,
      payment_id: paymentId,
      sequence,
      confirmed_at: at,
    })),
  );
  const paid = sales.map(({ orderId }) => ({ order_id: orderId, status: "active" as const }));
  await updateMany(trx, "tickets", "order_id", paid, "paying");
  const ends = changes.flatMap((change) => (change.kind === "declined" || change.kind === "cancelled" ? change : []));
  await writeEnds(trx, ends);
  for (const change of changes) {
    if (change.kind !== "refund-done") continue;
    await trx
      .updateTable("refunds")
      .set({ status: "done" })
      .where("order_id", "=", change.orderId)
      .where("id", "=", change.refundId)
      .execute();
  }
}

/** Orders that come to nothing: their tickets go, and what those said is kept with the order. */
async function writeEnds(
  trx: Transaction<Database>,
  ends: readonly Extract<OrderChange, { kind: "declined" | "cancelled" }>[],
): Promise<void> {
  for (const part of chunks(ends)) {
    const ids = part.map((end) => end.orderId);
    const orders = await trx.selectFrom("orders").select(["id", "intent"]).where("id", "in", ids).execute();
    const paying = trx.selectFrom("tickets").selectAll().where("order_id", "in", ids).where("status", "=", "paying");
    const ticketsOf = Map.groupBy(await paying.execute(), (ticket) => ticket.order_id);
    const intents = new Map(orders.map(({ id, intent }) => [id, intentWithLines(intent, ticketsOf.get(id) ?? [])]));
    await updateMany(
      trx,
      "orders",
      "id",
      part.map(({ orderId, kind, reason }) => ({
        id: orderId,
        status: kind,
        reason,
        intent: intents.get(orderId) ?? "",
      })),
      // An order that came to something stays what it is: its id was used again.
      "paying",
    );
    await trx.deleteFrom("tickets").where("order_id", "in", ids).where("status", "=", "paying").execute();
  }
}

async function writeStock(trx: Transaction<Database>, batch: AppliedBatch): Promise<void> {
  for (const showings of chunks(batch.showings)) {
    await trx
      .insertInto("touched_showings")
      .values(showings.map((showing) => ({ ...showing, closed_at: null })))
      .onConflict((existing) =>
        existing
          .column("showing_id")
          .doUpdateSet((row) => ({ starts_at: row.ref("excluded.starts_at") }))
          .whereRef("touched_showings.starts_at", "!=", "excluded.starts_at"),
      )
      .execute();
  }
  for (const { showingId, at } of batch.closings)
    await trx.updateTable("touched_showings").set({ closed_at: at }).where("showing_id", "=", showingId).execute();
  for (const [showingId, places] of Map.groupBy(batch.blocks, (block) => block.showingId)) {
    const [blocked, open] = [places.filter((is) => is.blocked), places.filter((is) => !is.blocked)];
    for (const part of chunks(blocked))
      await trx
        .insertInto("blocked_places")
        .values(part.map(({ place }) => ({ showing_id: showingId, place })))
        .onConflict((existing) => existing.columns(["showing_id", "place"]).doNothing())
        .execute();
    for (const part of chunks(open.map((is) => is.place)))
      await trx.deleteFrom("blocked_places").where("showing_id", "=", showingId).where("place", "in", part).execute();
  }
}

/**
 * Passes over a sale that the store refused because its seat has an active ticket (R7): the order is a conflict, kept for people
 * to look at, and its money goes back. Commits together with the mark after it; throws StaleMark as applyBatch does.
 */
export async function applyConflict(
  store: Store,
  conflict: {
    orderId: string;
    detail: string;
    at: number;
    mark: MarkMove;
  },
): Promise<void> {
  const { orderId, detail, at, mark } = conflict;
  await inTransaction(store.db, async (trx) => {
    await moveMarks(trx, [mark]);
    await trx
      .insertInto("conflicts")
      .values({ partition: mark.partition, sequence: mark.sequence, order_id: orderId, detail, at })
      .onConflict((existing) => existing.columns(["partition", "sequence"]).doNothing())
      .execute();
    await trx.updateTable("orders").set({ status: "conflict", reason: detail }).where("id", "=", orderId).execute();
    await trx.updateTable("tickets").set({ status: "void" }).where("order_id", "=", orderId).execute();
    const giveBack = { id: `${giveBackJob}:${orderId}`, kind: giveBackJob, body: { orderId }, runAt: at };
    await createJobs(trx).enqueue(giveBack, at);
  });
}
