// Who of an order is inside already.

import type { SellerPageServices, Visit } from "./frame.tsx";

/** The seats whose tickets were scanned at the door. */
export async function admittedSeats(
  { sales }: SellerPageServices,
  { by }: Visit,
  orderId: string,
): Promise<ReadonlySet<string>> {
  const events = await sales.orderHistory(orderId, by.sellerId);
  return new Set(events.flatMap(({ kind, seats = [] }) => (kind === "admitted" ? seats : [])));
}
