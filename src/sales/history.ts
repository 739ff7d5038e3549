// What happened to an order, as its seller reads it: from the order itself, its refunds, its tickets at the door, and the audit trail.

import type { Refund } from "../domain/orders.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { SalesDeps } from "./deps.ts";
import { findOrder } from "./order-view.ts";
import { showingCancelledRefund } from "./cancel-showing.ts";
import { buyerRefund } from "./refund.ts";
import type { MoveInput, OrderEvent } from "./sales.ts";

/** More audit entries than an order has. */
const mostEntries = 500;

/** See Sales.orderHistory. */
export async function orderHistory(deps: SalesDeps, orderId: string, sellerId: string): Promise<readonly OrderEvent[]> {
  const { view, live } = await findOrder(deps, orderId, { sellerIds: [sellerId] });
  const [stored, refunds, { items: entries }] = await Promise.all([
    deps.orders.byId(orderId),
    live ? live.refunds : deps.orders.refundsOf(orderId),
    deps.audit.list(`order:${orderId}`, { limit: mostEntries }),
  ]);
  const seatOf = new Map(view.tickets.map(({ place, seat }) => [place, seat]));
  const admissions = (stored?.tickets ?? []).flatMap(({ admittedAt, gate, seat }): OrderEvent[] =>
    admittedAt === undefined ? [] : [{ at: admittedAt, kind: "admitted", seats: [seat], ...(gate ? { gate } : {}) }],
  );
  const mails = entries.filter(({ action }) => action === "order.mailed");
  const moves = entries.filter(({ action }) => action === "order.moved");
  return [
    { at: view.placedAt, kind: "placed" as const, by: "buyer" as const },
    ...refunds.map((refund) => refundEvent(refund, seatOf, entries)),
    ...moves.map(moveEvent),
    ...admissions,
    ...mails.map(({ at, actor }): OrderEvent => ({ at, kind: "mailed", by: { account: actor } })),
  ].toSorted((a, b) => a.at - b.at);
}

function moveEvent({ at, actor, details }: AuditEntry): OrderEvent {
  const moves = details["moves"] as MoveInput["moves"];
  const [seats, to] = [moves.map(({ from }) => from), moves.map((move) => move.to)];
  return { at, kind: "moved", seats, to, by: { account: actor } };
}

function refundEvent(refund: Refund, seatOf: ReadonlyMap<number, string>, entries: readonly AuditEntry[]): OrderEvent {
  const { refundId, amountMinor, reason, at } = refund;
  const entry = entries.find(({ action, details }) => action === "order.refunded" && details["refundId"] === refundId);
  const by =
    refundId === buyerRefund
      ? "buyer"
      : refundId === showingCancelledRefund
        ? "cancelled showing"
        : entry && { account: entry.actor };
  return {
    at,
    kind: "refunded",
    seats: refund.places.flatMap((place) => seatOf.get(place) ?? []),
    amountMinor,
    reason,
    ...(by ? { by } : {}),
    ...(refund.status === "begun" ? { pending: true } : {}),
  };
}
