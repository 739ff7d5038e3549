// Cancel a showing: no sale begins from now on, then every order is refunded once. The refunds are a job with its progress in
// the store, so that a crash only interrupts them.

import { Refusal } from "../domain/refusals.ts";
import { partitionOf } from "../domain/ids.ts";
import { activePlaces, isUnfinished } from "../inventory/orders.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import { orderAtHand } from "./order-view.ts";
import { refOf, showingOfSeller, throwCommon, type SalesDeps } from "./deps.ts";
import { refundPlaces } from "./refund.ts";

const pageSize = 1_000;

export const cancelShowingJob = "cancel-showing";
/** The refund that each order of a cancelled showing gets. */
export const showingCancelledRefund = "showing-cancelled";

export interface CancelShowingBody {
  showingId: string;
  sellerId: string;
  reason: string;
  actor: string;
}

/** Takes the showing off sale, durably, and plans its refunds. Asking again answers the same job. */
export async function cancelShowing(deps: SalesDeps, input: CancelShowingBody): Promise<{ jobId: string }> {
  const showing = await showingOfSeller(deps, input.showingId, input.sellerId);
  const closed = await deps.inventory.closeShowing(refOf(showing), input.actor, deps.clock());
  if ("refusal" in closed) return throwCommon(closed);
  const jobId = `${cancelShowingJob}:${input.showingId}`;
  await deps.jobs.enqueue({ id: jobId, kind: cancelShowingJob, body: input, runAt: deps.clock() }, deps.clock());
  await deps.audit.append({
    actor: input.actor,
    action: "showing.cancelled",
    subject: `showing:${input.showingId}`,
    details: { reason: input.reason },
  });
  return { jobId };
}

/**
 * One round of a cancelled showing's refunds: answers how many orders are still to be seen to. The worker calls it until that is
 * none: orders may still be on their way from the sales log to the store, or waiting for their payment's outcome.
 */
export async function refundCancelledShowing(
  deps: SalesDeps,
  settle: (order: InventoryOrder) => Promise<void>,
  body: CancelShowingBody,
): Promise<{ refunded: number; waiting: number }> {
  const unfinished = (await deps.inventory.unfinished()).filter((order) => order.draft.showingId === body.showingId);
  for (const order of unfinished) if (order.status === "paying") await settle(order);
  let refunded = 0;
  let waiting = (await deps.inventory.unfinished()).filter(
    (order) => order.draft.showingId === body.showingId && isUnfinished(order),
  ).length;
  for (const orderId of await confirmedOrders(deps, body.showingId)) {
    const order = await orderAtHand(deps, orderId);
    if (!order || activePlaces(order).length === 0) continue;
    try {
      await refundPlaces(deps, order, { refundId: showingCancelledRefund, reason: body.reason });
      refunded += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      waiting += 1;
    }
  }
  return { refunded, waiting };
}

/** Orders of a showing with tickets: those of the store, and those sold so lately that only the sales log has them. */
async function confirmedOrders({ inventory, orders }: SalesDeps, showingId: string): Promise<ReadonlySet<string>> {
  const { log } = inventory;
  const partition = partitionOf(showingId, inventory.partitions);
  const found = new Set<string>();
  // The store's mark first: what it applies meanwhile is then seen twice, never missed.
  let after = await orders.appliedTo(partition);
  for (let page = await log.read(partition, after, pageSize); page.length > 0;) {
    for (const { sequence, body } of page) {
      if (body.kind === "sale" && (await inventory.orderById(body.orderId))?.draft.showingId === showingId)
        found.add(body.orderId);
      after = sequence;
    }
    page = await log.read(partition, after, pageSize);
  }
  for (const orderId of await orders.confirmedOfShowing(showingId)) found.add(orderId);
  return found;
}
