// What an order becomes by the entries of the sales log: used by the inventory, the worker and `verify` alike.

import type { HoldTerms, InventoryOrder, LogBody } from "./port.ts";

/** Entries that speak of one order. */
export type OrderBody = Extract<
  LogBody,
  { kind: "intent" | "sale" | "declined" | "cancelled" | "refund-begun" | "refund-done" }
>;

export function isOrderBody(body: LogBody): body is OrderBody {
  return "order" in body || "orderId" in body;
}

/** The order after one more entry. Throws if the log tells of an order that it never began, which no log does. */
export function foldOrder(order: InventoryOrder | undefined, body: OrderBody, sequence: number): InventoryOrder {
  if (body.kind === "intent") return { ...body.order, status: "paying", refunds: [] };
  if (!order) throw new Error(`the sales log has a ${body.kind} of ${body.orderId} without its intent`);
  switch (body.kind) {
    case "sale":
      return { ...order, status: "confirmed", sequence, paymentId: body.paymentId };
    case "declined":
    case "cancelled":
      return { ...order, status: body.kind, reason: body.reason };
    case "refund-begun":
      return { ...order, refunds: [...order.refunds, body.refund] };
    case "refund-done":
      return {
        ...order,
        refunds: order.refunds.map((refund) =>
          refund.refundId === body.refundId ? { ...refund, status: "done" } : refund,
        ),
      };
  }
}

/** Places of an order whose tickets are not void. */
export function activePlaces(order: InventoryOrder): number[] {
  if (order.status !== "confirmed") return [];
  const gone = new Set(order.refunds.flatMap((refund) => refund.places));
  return order.places.filter((place) => !gone.has(place));
}

/** Whether somebody still has to do something about it: find out its payment's outcome, or finish a refund. */
export function isUnfinished(order: InventoryOrder): boolean {
  return order.status === "paying" || order.refunds.some((refund) => refund.status === "begun");
}

/** The pinned prices of the sections in question only: an arena's whole list would be kilobytes in every order. */
export function trimmedTerms(terms: HoldTerms, sections: ReadonlySet<string>): HoldTerms {
  const tiers = terms.prices.tiers.map((tier) => {
    const kept: Record<string, number> = {};
    for (const section of sections) {
      const price = tier.sections[section];
      if (price !== undefined) kept[section] = price;
    }
    return { ...tier, sections: kept };
  });
  return { tiers: terms.tiers, prices: { ...terms.prices, tiers } };
}
