// The sales use cases, bound to what they work with.

import { cancelShowing, refundCancelledShowing, type CancelShowingBody } from "./cancel-showing.ts";
import { partitionOf } from "../domain/ids.ts";
import { checkOut, type OrdersInFlight } from "./check-out.ts";
import { refOf, type SalesDeps } from "./deps.ts";
import { hold, holdById, release } from "./hold.ts";
import { moveSeats } from "./move-seats.ts";
import { orderHistory } from "./history.ts";
import { certainOrder, findOrder, ordersOf, placedOrder, tickets, viewOf } from "./order-view.ts";
import { cancelOrder, enterRefunds, finishRefund, refund } from "./refund.ts";
import { resendTickets } from "./resend.ts";
import { scan } from "./scan.ts";
import { outcome, reconcile } from "./settle.ts";
import { availability, block, freeOf } from "./stock.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import type { OrderAccess, OrderView, Sales } from "./sales.ts";

/** What the workers do with sales that nobody waits for. */
export interface SalesDuties {
  /** Orders in payment and refunds begun: asks the provider and finishes them. */
  /** `isMine`: of several workers each sees to the orders of its own partitions. */
  reconcileUnfinished(isMine?: (partition: number) => boolean): Promise<void>;
  /** Money the provider has reserved and nobody took: captured if it was sold, voided if not. */
  reconcileReserved(since: number): Promise<void>;
  /** Money that went back and that nobody but the provider knows of: its tickets become void. */
  reconcileRefunded(since: number): Promise<void>;
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
    placedOrder: (orderId, customer) => placedOrder(deps, orderId, customer),
    resendTickets: (...asked) => resendTickets(deps, ...asked),
    orderHistory: (orderId, sellerId) => orderHistory(deps, orderId, sellerId),
    ordersOf: (accountId, page) => ordersOf(deps, accountId, page),
    cancelOrder: (orderId, access) => cancelOrder(deps, orderId, access),
    refund: (input) => refund(deps, input),
    moveSeats: (input) => moveSeats(deps, input),
    cancelShowing: (input) => cancelShowing(deps, input),
    block: (input) => block(deps, input),
    scan: (input) => scan(deps, input),
    availability: (showing) => availability(deps, showing),
    freeOf: (showings) => freeOf(deps, showings),
    seatStates: (showing) => deps.inventory.seats(refOf(showing)),
    watchSeats: (showing, listener) => Promise.resolve(deps.inventory.watch(refOf(showing), listener)),
    reconcileUnfinished: (isMine = () => true) => reconcileUnfinished(deps, inFlight, isMine),
    reconcileReserved: (since) => reconcileReserved(deps, inFlight, since),
    reconcileRefunded: (since) => enterRefunds(deps, since),
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

async function reconcileUnfinished(
  deps: SalesDeps,
  inFlight: OrdersInFlight,
  isMine: (partition: number) => boolean,
): Promise<void> {
  for (const unfinished of await unfinishedOf(deps, isMine)) {
    try {
      if (unfinished.status === "paying") await settleAlone(deps, inFlight, unfinished);
      for (const begun of unfinished.refunds)
        if (begun.status === "begun") await finishRefund(deps, unfinished, begun.refundId);
    } catch (error) {
      deps.warn(error, `reconcile order ${unfinished.orderId}`);
    }
  }
}

/** Orders that are not finished, of those partitions that can be read: one server that is away is no reason to leave all others. */
async function unfinishedOf(
  { inventory, warn }: Pick<SalesDeps, "inventory" | "warn">,
  isMine: (partition: number) => boolean,
): Promise<readonly InventoryOrder[]> {
  const mine = Array.from({ length: inventory.partitions }, (_, partition) => partition).filter(isMine);
  try {
    return (await inventory.unfinished()).filter((order) => isMine(order.partition));
  } catch (error) {
    warn(error, "reconcile");
    const found = await Promise.allSettled(mine.map((partition) => inventory.unfinished(partition)));
    return found.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
  }
}

async function reconcileReserved(deps: SalesDeps, inFlight: OrdersInFlight, since: number): Promise<void> {
  for await (const { orderId, metadata } of deps.payments.list(since, true)) {
    if (inFlight.placing.has(orderId)) continue;
    const known = await certainOrder(deps, orderId, partitionOf(metadata.showingId, deps.inventory.partitions));
    if (known === "uncertain" || known?.status === "paying") continue;
    if (known?.status === "confirmed") await deps.payments.capture(orderId);
    else await deps.payments.cancel(orderId);
  }
}
