// The mail with the tickets once more, for whoever lost it or never got it.

import { Refusal } from "../domain/refusals.ts";
import type { SalesDeps } from "./deps.ts";
import { findOrder } from "./order-view.ts";
import type { OrderAccess } from "./sales.ts";

/** One mail to an order's buyer in so long: nobody fills a mailbox that is not theirs. */
const everyMs = 5 * 60_000;

/** See Sales.resendTickets. */
export async function resendTickets(
  deps: SalesDeps,
  orderId: string,
  access: OrderAccess,
  actor?: string,
): Promise<void> {
  const { view, fingerprint } = await findOrder(deps, orderId, access);
  if (view.status === "paying") throw new Refusal("order_in_progress", "The payment is still under way.");
  if (view.status !== "confirmed" || view.refundStatus === "whole")
    throw new Refusal("ticket_void", "This order has no tickets that are still good.");
  const now = deps.clock();
  const turn = Math.floor(now / everyMs);
  const { buyer, showId, venueId, startsAt, lines, tickets, totalMinor, currency } = view;
  const good = new Set(tickets.filter((ticket) => ticket.status === "active").map((ticket) => ticket.seat));
  const body = {
    orderId,
    secret: deps.secrets.of({ orderId, fingerprint }),
    ...buyer,
    ...(await deps.mails.names(showId, venueId)),
    startsAt,
    seats: lines.map((line) => line.seat).filter((seat) => good.has(seat)),
    totalMinor,
    currency,
  };
  // The id is the order's and the turn's: of many who ask at once, in whatever process, one is heard.
  const isNew = await deps.mails.enqueue({ id: `resend-${orderId}-${turn}`, kind: "order-confirmed", body }, now);
  if (isNew) {
    if (actor !== undefined) await deps.audit.append({ actor, action: "order.mailed", subject: `order:${orderId}` });
    return;
  }
  const retryAfterMs = (turn + 1) * everyMs - now;
  throw new Refusal("too_many_requests", "The mail was sent a moment ago. It may take some minutes to arrive.", {
    retryAfterMs,
  });
}
