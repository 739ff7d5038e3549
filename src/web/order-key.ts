// A guest's key to an order: it comes in the address of a mail's link, and moves into a cookie that only the order's page gets.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { OrderAccess } from "../sales/sales.ts";
import type { PageServices } from "./services.ts";

const cookieName = "marquee-order";
/** The longest that browsers grant: tickets are looked at months later. */
const cookieDays = 400;

/** Lets this browser open the order's page. */
export function keepOrderKey(services: PageServices, reply: FastifyReply, orderId: string, key: string): void {
  void reply.setCookie(cookieName, key, {
    path: `/orders/${orderId}`,
    httpOnly: true,
    sameSite: "lax",
    secure: services.publicUrl.startsWith("https://"),
    maxAge: cookieDays * 86_400,
  });
}

/** Who asks for an order: the account that is signed in, and the key that the browser keeps. */
export async function orderAccess(services: PageServices, request: FastifyRequest): Promise<OrderAccess> {
  const who = await services.visitors.who(request);
  const secret = request.cookies[cookieName];
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(who ? { accountId: who.account.id, operator: who.account.operator } : {}),
  };
}
