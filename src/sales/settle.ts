// What the provider said, made true: the one place where a payment's outcome becomes a sale, a hold again, or nothing.

import { Refusal } from "../domain/refusals.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import { PaymentUnknown, type PaymentState } from "../payments/port.ts";
import { throwCommon, type SalesDeps } from "./deps.ts";
import { viewOf } from "./order-view.ts";
import type { OrderView } from "./sales.ts";

/** After a decline the buyer has at least so long to try another way to pay … */
const graceMs = 2 * 60_000;
/** … but no chain of declines holds seats longer than this. */
const longestHoldMs = 20 * 60_000;
/** An intent younger than this may still be on its way to the provider. */
const onItsWayMs = 30_000;

/** What the provider answers; `pending` if it does not. */
export async function outcome(ask: () => Promise<PaymentState>): Promise<PaymentState> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PaymentUnknown) return { state: "pending" };
    throw error;
  }
}

/**
 * Brings an order to where its payment is. Answers it confirmed or still paying; throws `payment_declined` (also for an order
 * that was declined or cancelled before), `seats_lost`.
 */
export async function settle(deps: SalesDeps, order: InventoryOrder, payment: PaymentState): Promise<OrderView> {
  if (order.status === "confirmed") return viewOf(order);
  if (order.status !== "paying") throw declined(order);
  switch (payment.state) {
    case "authorised":
    case "captured":
      if (!isFor(order, payment)) {
        // The other order keeps its money: it is only not this one's.
        await cancel(deps, order, "order_id_reused");
        throw new Refusal("order_id_reused", "This order id was used for another order. Make a new one.", {
          field: "id",
        });
      }
      return confirm(deps, order, payment.paymentId);
    case "declined":
      throw declined(await decline(deps, order, payment.reason));
    case "cancelled":
      throw declined(await cancel(deps, order, "cancelled"));
    case "requires_action":
      return { ...viewOf(order), actionUrl: payment.actionUrl };
    case "pending":
    case "absent":
      return viewOf(order);
  }
}

/** Whether the provider's payment was made for this order, not for one long ago whose id was used again. */
function isFor(
  { draft }: InventoryOrder,
  { amountMinor, currency, showingId = draft.showingId }: Extract<PaymentState, { amountMinor: number }>,
): boolean {
  return showingId === draft.showingId && amountMinor === draft.totalMinor && currency === draft.currency;
}

async function confirm(deps: SalesDeps, order: InventoryOrder, paymentId: string): Promise<OrderView> {
  const confirmed = await deps.inventory.confirm(order.orderId, paymentId, deps.clock());
  deps.reached("after:confirm");
  if (!("refusal" in confirmed)) {
    if (order.draft.totalMinor > 0) capture(deps, order.orderId);
    return viewOf(confirmed);
  }
  if (confirmed.refusal === "seats_lost") {
    // What cannot be voided now, because the provider does not answer, the reconciler voids.
    await outcome(() => deps.payments.cancel(order.orderId));
    throw new Refusal("seats_lost");
  }
  // The money is only reserved: when the partition sells again, the reconciler confirms or voids.
  if (confirmed.refusal === "sales_paused") return viewOf(order);
  return throwCommon(confirmed);
}

/** Takes the money, after the buyer was told; what fails here is captured by the reconciler. */
function capture(deps: SalesDeps, orderId: string): void {
  deps.payments
    .capture(orderId)
    .then((state) => {
      if (state.state !== "captured") throw new Error(`order ${orderId} is sold, but its payment is ${state.state}`);
      deps.reached("after:capture");
    })
    .catch((error: unknown) => deps.warn(error, "capture"));
}

async function decline(deps: SalesDeps, order: InventoryOrder, reason: string): Promise<InventoryOrder> {
  const now = deps.clock();
  const hold = await deps.inventory.holdById(order.holdId, now);
  const heldAt = hold?.heldAt ?? order.draft.placedAt;
  const until = Math.max(hold?.until ?? 0, Math.min(now + graceMs, heldAt + longestHoldMs));
  const answer = await deps.inventory.decline(order.orderId, reason, until, now);
  return "refusal" in answer ? throwCommon(answer) : answer;
}

async function cancel(deps: SalesDeps, order: InventoryOrder, reason: string): Promise<InventoryOrder> {
  const answer = await deps.inventory.cancelPayment(order.orderId, reason, deps.clock());
  return "refusal" in answer ? throwCommon(answer) : answer;
}

const reasons: Readonly<Record<string, string>> = {
  declined: "The payment was declined. Nothing was charged; your seats are still held. Try another way to pay.",
  insufficient_funds: "There is not enough money on that card. Nothing was charged; your seats are still held.",
};

/** The refusal of an order that was declined or cancelled. */
export function declined(order: Pick<InventoryOrder, "status" | "holdId"> & { reason?: string }): Refusal {
  if (order.status === "confirmed")
    throw new Error(`an order for hold ${order.holdId} was confirmed while it was being declined`);
  const reason = order.reason ?? "declined";
  const detail = reasons[reason] ?? "The payment was cancelled. Nothing was charged.";
  return new Refusal("payment_declined", detail, { reason, holdId: order.holdId });
}

/** Whether nobody will come back to pay: the provider never heard of it, or the buyer let it wait too long. */
function isGivenUp({ state }: PaymentState, waited: number): boolean {
  return state === "absent" || (state === "requires_action" && waited > longestHoldMs);
}

/**
 * Finishes an order that nobody is waiting for (R2, R8): asks the provider, cancels there what it never heard of or what waited
 * too long for the buyer, and makes the answer true. Never releases seats on our own word.
 */
export async function reconcile(deps: SalesDeps, order: InventoryOrder): Promise<void> {
  const waited = deps.clock() - order.draft.placedAt;
  // Nothing to pay, begun and not confirmed: nobody was told anything, so it is undone.
  let state: PaymentState =
    order.draft.totalMinor === 0 ? { state: "cancelled" } : await outcome(() => deps.payments.find(order.orderId));
  // What was begun a moment ago may be on its way to the provider.
  if ((state.state === "absent" || order.draft.totalMinor === 0) && waited < onItsWayMs) return;
  if (isGivenUp(state, waited) || order.cancelling) {
    // First a mark that everybody sees: whoever comes back with an authorisation meanwhile, in this process or another, can no
    // longer sell seats for money that is being voided.
    const marked = await deps.inventory.beginCancel(order.orderId, deps.clock());
    if ("refusal" in marked || marked.status !== "paying") return;
    state = await outcome(() => deps.payments.cancel(order.orderId));
  }
  try {
    await settle(deps, order, state);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
