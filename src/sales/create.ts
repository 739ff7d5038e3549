// The sales use cases, bound to what they work with.

import { cancelShowing, refundCancelledShowing, type CancelShowingBody } from "./cancel-showing.ts";
import { checkOut, type OrdersInFlight } from "./check-out.ts";
import { refOf, type SalesDeps } from "./deps.ts";
import { hold, holdById, release } from "./hold.ts";
import { findOrder, ordersOf, tickets, viewOf } from "./order-view.ts";
import { cancelOrder, finishRefund, refund } from "./refund.ts";
import { scan } from "./scan.ts";
import { outcome, reconcile } from "./settle.ts";
import { availability, block, freeOf } from "./stock.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import type { OrderAccess, OrderView, Sales } from "./sales.ts";

/** What the workers do with sales that nobody waits for. */
export interface SalesDuties {
  /** Orders in payment and refunds begun: asks the provider and finishes them. */
  reconcileUnfinished(): Promise<void>;
  /** Money the provider has reserved and nobody took: captured if it was sold, voided if not. */
  reconcileReserved(since: number): Promise<void>;
  refundCancelledShowing(body: CancelShowingBody): Promise<{ refunded: number; waiting: number }>;
}

export function createSales(deps: SalesDeps): Sales & SalesDuties {
  const inFlight: OrdersInFlight = { placing: new Map(), settling: new Map() };
  return {
    hold: (input, customer) => hold(deps, input, customer),
    holdById: (holdId) => holdById(deps, holdId),
    release: (holdId) => release(deps, holdId),
    checkOut: (input, customer) => checkOut(deps, inFlight, input, customer),
    order: (orderId, access) => order(deps, inFlight, orderId, access),
    tickets: (orderId, access) => tickets(deps, orderId, access),
    ordersOf: (accountId, page) => ordersOf(deps, accountId, page),
    cancelOrder: (orderId, access) => cancelOrder(deps, orderId, access),
    refund: (input) => refund(deps, input),
    cancelShowing: (input) => cancelShowing(deps, input),
    block: (input) => block(deps, input),
    scan: (input) => scan(deps, input),
    availability: (showing) => availability(deps, showing),
    freeOf: (showings) => freeOf(deps, showings),
    seatStates: (showing) => deps.inventory.seats(refOf(showing)),
    watchSeats: (showing, listener) => Promise.resolve(deps.inventory.watch(refOf(showing), listener)),
    reconcileUnfinished: () => reconcileUnfinished(deps, inFlight),
    reconcileReserved: (since) => reconcileReserved(deps, inFlight, since),
    refundCancelledShowing: (body) => refundCancelledShowing(deps, (order) => settleAlone(deps, inFlight, order), body),
  };
}

/** The order; one in payment that nobody works on is looked up at the provider first, so that a reload shows what is. */
async function order(
  deps: SalesDeps,
  inFlight: OrdersInFlight,
  orderId: string,
  access: OrderAccess,
): Promise<OrderView> {
  const { view, live } = await findOrder(deps, orderId, access);
  if (!live || live.status !== "paying" || inFlight.placing.has(orderId)) return view;
  const state = await outcome(() => deps.payments.find(orderId));
  await settleAlone(deps, inFlight, live);
  const now = await deps.inventory.orderById(orderId);
  const seen = now ? viewOf(now) : view;
  return state.state === "requires_action" && seen.status === "paying" ? { ...seen, actionUrl: state.actionUrl } : seen;
}

/** Reconciles an order unless somebody works on it; waits for whoever reconciles it already. */
function settleAlone(deps: SalesDeps, { placing, settling }: OrdersInFlight, order: InventoryOrder): Promise<void> {
  const { orderId } = order;
  if (placing.has(orderId)) return Promise.resolve();
  const underWay = settling.get(orderId);
  if (underWay) return underWay;
  const work = reconcile(deps, order).finally(() => settling.delete(orderId));
  settling.set(orderId, work);
  return work;
}

async function reconcileUnfinished(deps: SalesDeps, inFlight: OrdersInFlight): Promise<void> {
  for (const unfinished of await deps.inventory.unfinished()) {
    try {
      if (unfinished.status === "paying") await settleAlone(deps, inFlight, unfinished);
      for (const begun of unfinished.refunds)
        if (begun.status === "begun") await finishRefund(deps, unfinished, begun.refundId);
    } catch (error) {
      deps.warn(error, `reconcile order ${unfinished.orderId}`);
    }
  }
}

async function reconcileReserved(deps: SalesDeps, inFlight: OrdersInFlight, since: number): Promise<void> {
  for await (const { orderId } of deps.payments.list(since, true)) {
    const known = await deps.inventory.orderById(orderId);
    if (inFlight.placing.has(orderId)) continue;
    if (known?.status === "paying") continue;
    if (known?.status === "confirmed") await deps.payments.capture(orderId);
    else await deps.payments.cancel(orderId);
  }
}
