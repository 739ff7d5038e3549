// Give money and seats back: the tickets are void first, then the money moves, then the seats are free, each durable in turn.

import { partitionOf } from "../domain/ids.ts";
import type { Refund } from "../domain/orders.ts";
import { refusedFor } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import { activePlaces } from "../inventory/orders.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import { PaymentUnknown } from "../payments/port.ts";
import { throwCommon, type SalesDeps } from "./deps.ts";
import { readRefundJournal, writeRefundJournal } from "./journal.ts";
import { certainOrder, findOrder, orderAtHand, viewOf } from "./order-view.ts";
import type { OrderAccess, OrderView } from "./sales.ts";

/** The refund of a buyer who cancels: one an order. */
export const buyerRefund = "buyer-cancels";

export interface RefundInput {
  orderId: string;
  sellerId: string;
  refundId: string;
  seats?: readonly string[];
  reason: string;
  actor: string;
}

/**
 * Refunds seats of an order of a seller, all that are left if none are named. The same refund id refunds once. Answers when the money
 * is back; `refund_pending` if that is not certain: it goes back by itself, and whoever asks again with the same id hears of it.
 */
export async function refund(deps: SalesDeps, input: RefundInput): Promise<OrderView> {
  const order = await orderOfSeller(deps, input.orderId, input.sellerId);
  const places = input.seats && placesOf(order, input.seats);
  const refunded = await refundPlaces(deps, order, { ...input, ...(places ? { places } : {}) });
  await deps.audit.append({
    actor: input.actor,
    action: "order.refunded",
    subject: `order:${input.orderId}`,
    details: { refundId: input.refundId, seats: input.seats ?? "all", reason: input.reason },
  });
  if (isBegun(refunded, input.refundId)) throw pending();
  return viewOf(refunded);
}

const isBegun = ({ refunds }: InventoryOrder, refundId: string): boolean =>
  refunds.some((refund) => refund.refundId === refundId && refund.status === "begun");

const pending = () =>
  new Refusal("refund_pending", "The tickets are void. The money goes back as soon as the payment provider answers.");

/** The buyer cancels the whole order, as long as the seller's policy allows. */
export async function cancelOrder(deps: SalesDeps, orderId: string, access: OrderAccess): Promise<OrderView> {
  const { view } = await findOrder(deps, orderId, access);
  const seller = await deps.sellers.byId(view.sellerId);
  const hours = seller?.cancelHours;
  if (hours === undefined) throw new Refusal("order_not_refundable", "The seller does not take tickets back.");
  if (deps.clock() > view.startsAt - hours * 3_600_000) {
    throw new Refusal("order_not_refundable", `Tickets could be given back until ${hours} hours before the showing.`);
  }
  const stored = await deps.orders.byId(orderId);
  if (stored?.tickets.some((ticket) => ticket.admittedAt !== undefined))
    throw new Refusal("order_not_refundable", "Somebody was let in with a ticket of this order already.");
  const actor = access.accountId ?? "guest";
  return refund(deps, {
    orderId,
    sellerId: view.sellerId,
    refundId: buyerRefund,
    reason: "cancelled by the buyer",
    actor,
  });
}

/** An order of a seller, at hand to be changed, or `not_found`. */
export async function orderOfSeller(deps: SalesDeps, orderId: string, sellerId: string): Promise<InventoryOrder> {
  const order = await orderAtHand(deps, orderId);
  if (!order || order.draft.sellerId !== sellerId) throw new Refusal("not_found", "There is no such order.");
  return order;
}

function placesOf(order: InventoryOrder, seats: readonly string[]): number[] {
  return seats.map((seat, index) => {
    const at = order.draft.lines.findIndex((line) => line.seat === seat);
    const place = order.places[at];
    if (place === undefined)
      throw new Refusal("seat_unknown", `Seat ${seat} is not in this order.`, { field: `seats.${index}` });
    return place;
  });
}

/**
 * Begins a refund, moves the money, frees the seats; goes on where an earlier try with the same id stopped. The refund is still
 * begun if the provider does not answer.
 */
export async function refundPlaces(
  deps: SalesDeps,
  order: InventoryOrder,
  input: { refundId: string; places?: readonly number[]; reason: string },
): Promise<InventoryOrder> {
  const { refundId, reason } = input;
  const places = input.places ?? activePlaces(order);
  const amountMinor = places.reduce(
    (sum, place) => sum + (order.draft.lines[order.places.indexOf(place)]?.totalMinor ?? 0),
    0,
  );
  deps.reached("before:refund");
  const begun = await deps.inventory.beginRefund({
    orderId: order.orderId,
    refundId,
    places,
    amountMinor,
    reason,
    now: deps.clock(),
  });
  deps.reached("after:refund-begun");
  if ("refusal" in begun) {
    if (begun.refusal === "order_not_refundable") throw refusedFor("order_not_refundable", { code: "seats-returned" });
    if (begun.refusal === "refund_pending") throw refusedFor("refund_pending", { code: "refund-running" });
    return throwCommon(begun);
  }
  return finishRefund(deps, begun, refundId);
}

/** Moves the money of a refund that has begun, and frees the seats. Safe to repeat (R8). */
export async function finishRefund(deps: SalesDeps, order: InventoryOrder, refundId: string): Promise<InventoryOrder> {
  const begun = order.refunds.find((candidate) => candidate.refundId === refundId);
  if (!begun || begun.status === "done") return order;
  if (begun.amountMinor > 0 && !(await giveBack(deps, order, begun))) return order;
  deps.reached("after:refund-paid");
  const done = await deps.inventory.finishRefund(order.orderId, refundId, deps.clock());
  if (!("refusal" in done)) return done;
  // The log was lost meanwhile; that the money is back the provider still knows: see enterRefunds().
  if (done.refusal === "not_found") throw pending();
  return throwCommon(done);
}

/**
 * Enters refunds made since an instant that their orders lack: the sales log lost them, and the money went back while their partition was
 * being recovered, after the provider was asked.
 */
export async function enterRefunds(deps: SalesDeps, since: number): Promise<void> {
  for await (const told of deps.payments.refunds(since)) {
    const refund = readRefundJournal(told);
    if (!refund) continue;
    const { orderId, showingId } = told;
    const order = await certainOrder(deps, orderId, partitionOf(showingId, deps.inventory.partitions));
    if (order === "uncertain" || order?.status !== "confirmed") continue;
    if (order.refunds.some(({ refundId }) => refundId === refund.refundId)) continue;
    try {
      const known = await orderAtHand(deps, orderId);
      if (known) await refundPlaces(deps, known, refund);
    } catch (error) {
      deps.warn(error, `enter refund ${refund.refundId} of order ${orderId}`);
    }
  }
}

/** Moves the money; false if the provider does not answer: then the reconciler tries again. */
async function giveBack(deps: SalesDeps, { orderId, draft }: InventoryOrder, refund: Refund): Promise<boolean> {
  const { refundId, amountMinor } = refund;
  const { showingId } = draft;
  try {
    // A sale is captured right after it is confirmed; if that failed so far, it is done here: only captured money can be given back.
    await deps.payments.capture(orderId);
    await deps.payments.refund({ orderId, refundId, amountMinor, showingId, journal: writeRefundJournal(refund) });
    return true;
  } catch (error) {
    if (error instanceof PaymentUnknown) return false;
    throw error;
  }
}
