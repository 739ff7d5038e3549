import { Type } from "typebox";
import type { FastifyRequest } from "fastify";
import type { OrderAccess, Sales } from "../../sales/sales.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Nothing } from "./account-schemas.ts";
import { OrderBody, OrderId, orderShape, OrderShape, ticketShape, TicketShape } from "./order-schemas.ts";

interface OrderServices {
  sales: Pick<Sales, "checkOut" | "order" | "tickets" | "cancelOrder" | "resendTickets" | "ordersOf">;
  visitors: Visitors;
}

const tags = ["buying"];
const closed = { additionalProperties: false } as const;
const OrderParams = Type.Object({ id: OrderId }, closed);
const OrderQuery = Type.Object(
  { key: Type.Optional(Type.String({ maxLength: 64, description: "A guest's key to the order" })) },
  closed,
);

/** Orders: placing them, and looking at them as their buyer. */
export function orderRoutes(server: Server, services: OrderServices): void {
  placeRoute(server, services);
  ownOrderRoutes(server, services);
  resendRoute(server, services);
  historyRoute(server, services);
}

function placeRoute(server: Server, { sales, visitors }: OrderServices): void {
  server.post(
    "/api/v1/orders",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Pay for a hold. The same id and body always gets the same answer",
        body: OrderBody,
        response: { 201: OrderShape, 202: OrderShape },
      },
    },
    async (request, reply) => {
      const order = await sales.checkOut(request.body, await visitors.customer(request, reply));
      // 202: the provider has not decided yet, or wants something of the buyer. Ask for the order again.
      const status = order.status === "confirmed" ? 201 : 202;
      return reply.code(status).header("location", `/api/v1/orders/${order.id}`).send(orderShape(order));
    },
  );
}

async function accessOf(visitors: Visitors, request: FastifyRequest, key: string | undefined): Promise<OrderAccess> {
  const who = await visitors.who(request);
  return {
    ...(key === undefined ? {} : { secret: key }),
    ...(who ? { accountId: who.account.id, operator: who.account.operator } : {}),
  };
}

function ownOrderRoutes(server: Server, { sales, visitors }: OrderServices): void {
  server.get(
    "/api/v1/orders/:id",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "An order",
        params: OrderParams,
        querystring: OrderQuery,
        response: { 200: OrderShape },
      },
    },
    async (request) =>
      orderShape(await sales.order(request.params.id, await accessOf(visitors, request, request.query.key))),
  );
  server.get(
    "/api/v1/orders/:id/tickets",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "An order's tickets with their tokens",
        params: OrderParams,
        querystring: OrderQuery,
        response: { 200: Type.Object({ items: Type.Array(TicketShape) }, closed) },
      },
    },
    async (request) => ({
      items: (await sales.tickets(request.params.id, await accessOf(visitors, request, request.query.key))).map(
        ticketShape,
      ),
    }),
  );
  server.post(
    "/api/v1/orders/:id/cancel",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Cancel, where the seller's policy allows",
        params: OrderParams,
        querystring: OrderQuery,
        response: { 200: OrderShape },
      },
    },
    async (request) =>
      orderShape(await sales.cancelOrder(request.params.id, await accessOf(visitors, request, request.query.key))),
  );
}

function resendRoute(server: Server, { sales, visitors }: OrderServices): void {
  server.post(
    "/api/v1/orders/:id/mails",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Send the mail with the tickets again, once in five minutes",
        params: OrderParams,
        querystring: OrderQuery,
        response: { 202: Nothing },
      },
    },
    async (request, reply) => {
      await sales.resendTickets(request.params.id, await accessOf(visitors, request, request.query.key));
      return reply.code(202).send(null);
    },
  );
}

function historyRoute(server: Server, { sales, visitors }: OrderServices): void {
  server.get(
    "/api/v1/me/orders",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Coming and past orders, the latest showing first",
        querystring: Type.Object(
          {
            limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
            cursor: Type.Optional(Type.String({ maxLength: 120 })),
          },
          closed,
        ),
        response: { 200: Type.Object({ items: Type.Array(OrderShape), next: Type.Optional(Type.String()) }, closed) },
      },
    },
    async (request) => {
      const { account } = await visitors.signedIn(request);
      const { limit, cursor } = request.query;
      const page = await sales.ordersOf(account.id, { limit, ...(cursor === undefined ? {} : { before: cursor }) });
      return { ...page, items: page.items.map(orderShape) };
    },
  );
}
