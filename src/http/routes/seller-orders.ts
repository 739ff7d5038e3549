// A seller's orders: found, looked at, given back.

import { Type } from "typebox";
import { orderIdPattern } from "../../domain/ids.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { OrderEvent, OrderView } from "../../sales/sales.ts";
import { sellerOrderStatuses, type SellerOrder, type SellerOrderStatus } from "../../store/seller-orders.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  base,
  Cursor,
  Day,
  Id,
  Instant,
  Limit,
  listOf,
  Minor,
  pageQuery,
  periodOf,
  rfc3339,
  SellerParams,
  shape,
  TimeZone,
} from "./seller-schemas.ts";
import type { SellerServices } from "./seller-schemas.ts";

const status = Type.Enum(["paying", "confirmed", "declined", "cancelled", "conflict"]);
const refundStatus = Type.Enum(["none", "part", "whole"]);
const Listed = shape({
  id: Id,
  showingId: Id,
  showId: Id,
  title: Type.String(),
  startsAt: Instant,
  buyer: shape({ email: Type.String(), name: Type.String() }),
  status,
  currency: Type.String(),
  totalMinor: Minor,
  refundedMinor: Minor,
  placedAt: Instant,
  tickets: Type.Integer({ minimum: 0, description: "As bought, with those refunded since" }),
});
const Line = shape({
  seat: Type.String(),
  section: Type.String(),
  tier: Type.String(),
  faceMinor: Minor,
  feeMinor: Minor,
  taxMinor: Minor,
  totalMinor: Minor,
});
const Ticket = shape({
  id: Type.String(),
  seat: Type.String(),
  section: Type.String(),
  tier: Type.String(),
  status: Type.Union([Type.Literal("active"), Type.Literal("void")]),
});
const Order = shape({
  id: Id,
  showingId: Id,
  showId: Id,
  venueId: Id,
  startsAt: Instant,
  buyer: shape({ email: Type.String(), name: Type.String() }),
  status,
  refundStatus,
  currency: Type.String(),
  lines: Type.Array(Line),
  totalMinor: Minor,
  refundedMinor: Minor,
  placedAt: Instant,
  reason: Type.Optional(Type.String()),
  tickets: Type.Array(Ticket),
});
const History = shape({
  items: Type.Array(
    shape({
      at: Instant,
      kind: Type.Enum(["placed", "refunded", "moved", "admitted", "mailed"]),
      by: Type.Optional(Type.String({ description: "An account’s id, `buyer`, or `cancelled showing`" })),
      seats: Type.Optional(Type.Array(Type.String())),
      to: Type.Optional(Type.Array(Type.String(), { description: "Of a move, where each of `seats` went" })),
      amountMinor: Type.Optional(Minor),
      reason: Type.Optional(Type.String()),
      pending: Type.Optional(Type.Boolean({ description: "The money is still on its way" })),
      gate: Type.Optional(Type.String()),
    }),
  ),
});
const OrderParams = shape({ sellerId: Id, orderId: Type.String({ pattern: orderIdPattern }) });

export const orderFilters = {
  text: Type.Optional(
    Type.String({ maxLength: 200, description: "Part of a name or address, or an order's beginning" }),
  ),
  showingId: Type.Optional(Id),
  status: Type.Optional(Type.Enum([...sellerOrderStatuses], { description: "`refunded`: in part or whole" })),
  on: Type.Optional(Day),
  timeZone: Type.Optional(TimeZone),
};

const Moves = shape({
  moveId: Type.String({ pattern: orderIdPattern, description: "Made by the client" }),
  moves: Type.Array(shape({ from: Type.String({ maxLength: 40 }), to: Type.String({ maxLength: 40 }) }), {
    minItems: 1,
    maxItems: 1_000,
    description: "Names of seats: where each ticket is, and where it goes",
  }),
});

const tags = ["Selling: orders"];

export function addSellerOrderRoutes(server: Server, services: SellerServices): void {
  addLooking(server, services);
  addDoing(server, services);
}

function addDoing(server: Server, { sales, visitors }: SellerServices): void {
  server.post(
    `${base}/orders/:orderId/refunds`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Give back some seats, or the whole order",
        description: "The id is made by the client: the same refund asked for again is answered, not paid again.",
        params: OrderParams,
        body: shape({
          id: Type.String({ pattern: orderIdPattern }),
          seats: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 1_000 })),
          reason: Type.String({ minLength: 1, maxLength: 300 }),
        }),
        response: { 200: Order },
      },
    },
    async (request) => {
      const { sellerId, orderId } = request.params;
      const { account } = await visitors.member(request, "refund", sellerId);
      await ownOrder(sales, sellerId, orderId);
      const { id: refundId, seats, reason } = request.body;
      const input = { orderId, sellerId, refundId, reason, actor: account.id, ...(seats ? { seats } : {}) };
      return orderAnswer(await sales.refund(input));
    },
  );
  server.post(
    `${base}/orders/:orderId/moves`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Move tickets to other seats of the showing",
        description:
          "All or none, at no charge: prices stay as they were paid, whatever the new seats cost. The tickets of before are void at " +
          "once, their seats are free, and the buyer is sent the new tickets. The id is made by the client: the same move asked for " +
          "again is answered, not made again. Tickets move between seats, or between standing places, whose numbers are part of their names.",
        params: OrderParams,
        body: Moves,
        response: { 200: Order },
      },
    },
    async (request) => {
      const { sellerId, orderId } = request.params;
      const { account } = await visitors.member(request, "refund", sellerId);
      await ownOrder(sales, sellerId, orderId);
      return orderAnswer(await sales.moveSeats({ ...request.body, orderId, sellerId, actor: account.id }));
    },
  );
  server.post(
    `${base}/orders/:orderId/mails`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Send the buyer the tickets again, once in five minutes",
        params: OrderParams,
        response: { 202: Type.Null() },
      },
    },
    async (request, reply) => {
      const { sellerId, orderId } = request.params;
      const { account } = await visitors.member(request, "orders", sellerId);
      await ownOrder(sales, sellerId, orderId);
      await sales.resendTickets(orderId, { sellerIds: [sellerId] }, account.id);
      return reply.code(202).send(null);
    },
  );
}

function addLooking(server: Server, { sales, reports, visitors }: SellerServices): void {
  server.get(
    `${base}/orders`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Orders by text, showing, status or day of sale, newest first",
        params: SellerParams,
        querystring: shape({ ...orderFilters, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
        response: { 200: listOf(Listed) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const search = { sellerId, ...filterOf(request.query), ...pageQuery(request.query) };
      const { items, ...rest } = await reports.orders(search);
      return { items: items.map(listedAnswer), ...rest };
    },
  );
  server.get(
    `${base}/orders/:orderId`,
    { onRequest: neverCached, schema: { tags, summary: "One order", params: OrderParams, response: { 200: Order } } },
    async (request) => {
      const { sellerId, orderId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return orderAnswer(await ownOrder(sales, sellerId, orderId));
    },
  );
  server.get(
    `${base}/orders/:orderId/history`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "What happened to an order, oldest first",
        params: OrderParams,
        response: { 200: History },
      },
    },
    async (request) => {
      const { sellerId, orderId } = request.params;
      await visitors.member(request, "orders", sellerId);
      await ownOrder(sales, sellerId, orderId);
      const events = await sales.orderHistory(orderId, sellerId);
      return { items: events.map(eventAnswer) };
    },
  );
}

async function ownOrder(sales: SellerServices["sales"], sellerId: string, orderId: string): Promise<OrderView> {
  const order = await sales.order(orderId, { sellerIds: [sellerId] });
  if (order.sellerId !== sellerId) throw new Refusal("not_found", "There is no such order.");
  return order;
}

/** What a query looks for: a day means when the order was placed, on the clock of `timeZone` (UTC if not said). */
export function filterOf(query: {
  text?: string;
  showingId?: string;
  status?: SellerOrderStatus;
  on?: string;
  timeZone?: string;
}) {
  const { text, showingId, status, on, timeZone = "UTC" } = query;
  return {
    ...(text === undefined ? {} : { text }),
    ...(showingId === undefined ? {} : { showingId }),
    ...(status === undefined ? {} : { status }),
    ...(on === undefined ? {} : periodOf({ from: on, to: on }, timeZone, 1)),
  };
}

function listedAnswer({ name, email, ...order }: SellerOrder) {
  return {
    ...order,
    buyer: { name, email },
    startsAt: rfc3339(order.startsAt),
    placedAt: rfc3339(order.placedAt),
  };
}

function orderAnswer(order: OrderView) {
  const { id, showingId, showId, venueId, buyer, status, refundStatus, currency, totalMinor, refundedMinor } = order;
  return {
    id,
    showingId,
    showId,
    venueId,
    startsAt: rfc3339(order.startsAt),
    buyer: { email: buyer.email, name: buyer.name },
    status,
    refundStatus,
    currency,
    lines: [...order.lines],
    totalMinor,
    refundedMinor,
    placedAt: rfc3339(order.placedAt),
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    tickets: order.tickets.map(({ id, seat, section, tier, status }) => ({ id, seat, section, tier, status })),
  };
}

function eventAnswer({ at, by, seats, to, ...event }: OrderEvent) {
  return {
    at: rfc3339(at),
    ...event,
    ...(by === undefined ? {} : { by: typeof by === "string" ? by : by.account }),
    ...(seats ? { seats: [...seats] } : {}),
    ...(to ? { to: [...to] } : {}),
  };
}
