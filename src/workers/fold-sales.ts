// From entries of the sales log to rows of the store: orders that begin in a batch become whole rows, others become changes.

import { setImmediate as breathe } from "node:timers/promises";
import { activePlaces, foldOrder, isOrderBody, type OrderBody } from "../inventory/orders.ts";
import type { InventoryOrder, LogBody, LogEntry, ShowingRef } from "../inventory/port.ts";
import { moveRow, type AppliedBatch, type OrderChange } from "../store/apply.ts";
import { keptIntent } from "../store/intent.ts";
import type { MarkMove } from "../store/marks.ts";
import type { MoveRow, OrderRow, PinnedPricesRow, RefundRow } from "../store/schema.ts";
import type { DueMail, SaleMails } from "./sale-mails.ts";

export interface FoldSettings {
  /** Where the store stands in a partition. */
  before(partition: number): number;
  /** Of the recovery that this is for. */
  reign?: number;
  /** Whether the store surely has this showing already, as it is here. */
  knowsShowing(showing: ShowingRef): boolean;
  mails: SaleMails;
  now: number;
}

/**
 * While a batch is made, the one before is being committed: after so many entries, a millisecond or two, the database is answered,
 * which else would wait for its next statement until the whole batch is made.
 */
export const entriesABreath = 64;

/** What a batch of entries, in the order of each partition's log, comes to. */
export async function foldSales(settings: FoldSettings, entries: readonly LogEntry[]): Promise<AppliedBatch> {
  const begun = new Map<string, BegunOrder>();
  const changes: OrderChange[] = [];
  const admissions: AppliedBatch["admissions"][number][] = [];
  const mails: DueMail[] = [];
  const marks = new Map<number, MarkMove>();
  const stock = new Stock(settings);
  for (const [index, { partition, sequence, epoch, hash, body }] of entries.entries()) {
    if (index % entriesABreath === 0) await breathe();
    const mark = marks.get(partition) ?? { before: settings.before(partition), epoch: settings.reign ?? epoch };
    marks.set(partition, { ...mark, partition, sequence, hash, ...(body.kind === "sale" && { saleAt: body.at }) });
    stock.add(partition, body);
    if (body.kind === "admitted") {
      const [orderId, place] = splitTicket(body.ticketId);
      admissions.push({ orderId, place, at: body.at, gate: body.gate });
    }
    if (!isOrderBody(body)) continue;
    const orderId = body.kind === "intent" ? body.order.orderId : body.orderId;
    if (body.kind === "intent") settings.mails.begun(body.order);
    if (body.kind === "refund-begun") settings.mails.refundBegun(orderId, body.refund);
    if (body.kind === "moved") settings.mails.moved(orderId, body.move);
    if (body.kind === "sale")
      mails.push({ kind: "order-confirmed", orderId, id: `${partition}-${sequence}-confirmed` });
    if (body.kind === "refund-done")
      mails.push({ kind: "order-refunded", orderId, id: `${partition}-${sequence}-refunded`, refundId: body.refundId });
    if (body.kind === "moved")
      mails.push({ kind: "order-moved", orderId, id: `${partition}-${sequence}-moved`, move: body.move });
    const known = begun.get(orderId);
    if (known || body.kind === "intent") {
      const order = foldOrder(known?.order, body, sequence);
      const confirmedAt = body.kind === "sale" ? body.at : (known?.confirmedAt ?? null);
      begun.set(orderId, { order, sequence: order.sequence ?? known?.sequence ?? sequence, confirmedAt });
    } else {
      changes.push(changeOf(body, sequence));
    }
  }
  return {
    ...orderRows([...begun.values()]),
    changes,
    admissions,
    ...stock.rows(),
    outbox: await settings.mails.write(mails),
    marks: [...marks.values()],
    at: settings.now,
  };
}

/** An order whose intent is in the batch. */
interface BegunOrder {
  order: InventoryOrder;
  /** Of its sale, or of its intent. */
  sequence: number;
  confirmedAt: number | null;
}

/** Showings and places on sale, as a batch leaves them. */
class Stock {
  private readonly settings: FoldSettings;
  private readonly showings = new Map<string, ShowingRef & { partition: number }>();
  private readonly closings: { showingId: string; at: number }[] = [];
  private readonly blocks = new Map<string, { showingId: string; place: number; blocked: boolean }>();

  constructor(settings: FoldSettings) {
    this.settings = settings;
  }

  add(partition: number, body: LogBody): void {
    if (!("showing" in body)) return;
    const { showing } = body;
    if (!this.settings.knowsShowing(showing)) this.showings.set(showing.showingId, { ...showing, partition });
    if (body.kind === "showing-closed") this.closings.push({ showingId: showing.showingId, at: body.at });
    if (body.kind !== "blocked" && body.kind !== "unblocked") return;
    const blocked = body.kind === "blocked";
    for (const place of body.places)
      this.blocks.set(`${showing.showingId} ${place}`, { showingId: showing.showingId, place, blocked });
  }

  rows(): Pick<AppliedBatch, "showings" | "closings" | "blocks"> {
    const showings = [...this.showings.values()].map((showing) => ({
      showing_id: showing.showingId,
      partition: showing.partition,
      starts_at: showing.startsAt,
      place_count: showing.placeCount,
      sections: JSON.stringify(showing.sections.map(({ start, count }) => [start, count])),
    }));
    return { showings, closings: this.closings, blocks: [...this.blocks.values()] };
  }
}

/** Rows of orders as they stand after the batch. */
function orderRows(
  begun: readonly BegunOrder[],
): Pick<AppliedBatch, "orders" | "tickets" | "refunds" | "moves" | "prices"> {
  const prices = new Map<string, PinnedPricesRow>();
  const orders: OrderRow[] = [];
  const tickets: AppliedBatch["tickets"][number][] = [];
  const refunds: RefundRow[] = [];
  const moves: MoveRow[] = [];
  for (const { order, sequence, confirmedAt } of begun) {
    const rows = ticketRows(order);
    const kept = keptIntent(order, rows.length > 0);
    prices.set(kept.prices.id, kept.prices);
    orders.push(orderRow(order, sequence, confirmedAt, kept.intent));
    tickets.push(...rows);
    refunds.push(...order.refunds.map((refund) => refundRow(order.orderId, refund)));
    moves.push(...(order.moves ?? []).map((move) => moveRow(order.orderId, order.draft.showingId, move)));
  }
  return { orders, tickets, refunds, moves, prices: [...prices.values()] };
}

function splitTicket(ticketId: string): [string, number] {
  const at = ticketId.lastIndexOf(".");
  return [ticketId.slice(0, at), Number(ticketId.slice(at + 1))];
}

function changeOf(body: Exclude<OrderBody, { kind: "intent" }>, sequence: number): OrderChange {
  switch (body.kind) {
    case "sale":
      return { kind: "sale", orderId: body.orderId, paymentId: body.paymentId, sequence, at: body.at };
    case "declined":
    case "cancelled":
      return { kind: body.kind, orderId: body.orderId, reason: body.reason };
    case "refund-begun":
      return { kind: "refund-begun", refund: refundRow(body.orderId, body.refund), places: body.refund.places };
    case "refund-done":
      return { kind: "refund-done", orderId: body.orderId, refundId: body.refundId };
    case "moved":
      return { kind: "moved", orderId: body.orderId, move: body.move };
  }
}

function orderRow(order: InventoryOrder, sequence: number, confirmedAt: number | null, intent: string): OrderRow {
  const { draft } = order;
  return {
    id: order.orderId,
    partition: order.partition,
    sequence,
    showing_id: draft.showingId,
    show_id: draft.showId,
    venue_id: draft.venueId,
    seller_id: draft.sellerId,
    account_id: draft.accountId ?? null,
    email: draft.buyer.email,
    name: draft.buyer.name,
    fingerprint: order.fingerprint,
    currency: draft.currency,
    total_minor: draft.totalMinor,
    refunded_minor: order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    status: order.status,
    reason: order.reason ?? "",
    provider: draft.provider,
    payment_id: order.paymentId ?? null,
    starts_at: draft.startsAt,
    placed_at: draft.placedAt,
    confirmed_at: confirmedAt,
    intent,
  };
}

function ticketRows(order: InventoryOrder): AppliedBatch["tickets"] {
  if (order.status !== "confirmed" && order.status !== "paying") return [];
  const active = new Set(activePlaces(order));
  return order.places.flatMap((place, index) => {
    const line = order.draft.lines[index];
    if (!line) return [];
    return {
      order_id: order.orderId,
      place,
      showing_id: order.draft.showingId,
      seat: line.seat,
      section: line.section,
      tier: line.tier,
      generation: order.generations[index] ?? 1,
      face_minor: line.faceMinor,
      fee_minor: line.feeMinor,
      tax_minor: line.taxMinor,
      total_minor: line.totalMinor,
      status: order.status === "paying" ? "paying" : active.has(place) ? "active" : "void",
      admitted_at: null,
      gate: null,
    } as const;
  });
}

function refundRow(orderId: string, refund: InventoryOrder["refunds"][number]): RefundRow {
  const { refundId, amountMinor, places, reason, status, at } = refund;
  return {
    order_id: orderId,
    id: refundId,
    amount_minor: amountMinor,
    places: JSON.stringify(places),
    reason,
    status,
    at,
  };
}
