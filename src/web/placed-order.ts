// Which order a hold became, kept by the buyer's own browser at the hold's address: whoever comes back to a check-out that is
// done, by the back button or because the answer to paying was lost, is led to the order.

import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../domain/refusals.ts";
import type { OrderView } from "../sales/sales.ts";
import { StoreUnavailable } from "../store/postgres.ts";
import { keepOrderKey } from "./order-key.ts";
import type { PageServices } from "./services.ts";

const name = "order";
/** As long as a guest's key, without which the order could not be found by it. */
const lifeS = 2 * 86_400;

/** Remembers at a hold's address the id under which it is paid for; before it is sent, too. */
export function keepPlacedOrder(services: PageServices, reply: FastifyReply, holdId: string, orderId: string): void {
  void reply.setCookie(name, orderId, {
    path: `/holds/${holdId}`,
    httpOnly: true,
    sameSite: "lax",
    secure: services.publicUrl.startsWith("https://"),
    maxAge: lifeS,
  });
}

/**
 * The order that this hold became, if it is paid for or being paid for and this browser placed it; the browser can open its page
 * then. `orderId` if the hold itself says it.
 */
export async function placedOrderOf(
  services: PageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  orderId = request.cookies[name],
): Promise<OrderView | undefined> {
  if (orderId === undefined || !/^[A-Za-z0-9_-]{16,64}$/.test(orderId)) return undefined;
  const { sales, visitors } = services;
  const customer = await visitors.customer(request, reply);
  const order =
    (await ifFound(() => sales.placedOrder(orderId, customer))) ??
    // Held as a guest, and paid for after signing in.
    (customer.accountId && (await ifFound(() => sales.order(orderId, { accountId: customer.accountId ?? "" }))));
  if (!order || (order.status !== "confirmed" && order.status !== "paying")) return undefined;
  if (order.secret !== undefined && order.accountId === undefined) {
    keepOrderKey(services, reply, order.id, order.secret);
  }
  return order;
}

async function ifFound(look: () => Promise<OrderView>): Promise<OrderView | undefined> {
  try {
    return await look();
  } catch (error) {
    // History that cannot be read right now: the page of a hold that is over says that it may be bought.
    if (error instanceof StoreUnavailable) return undefined;
    if (error instanceof Refusal && error.code === "not_found") return undefined;
    throw error;
  }
}
