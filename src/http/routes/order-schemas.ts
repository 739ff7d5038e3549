// Holds and orders on the wire.

import { Type, type Static } from "typebox";
import { orderIdPattern } from "../../domain/ids.ts";
import type { OrderView, PricedHold, TicketView } from "../../sales/sales.ts";
import { LanguageTag } from "./account-schemas.ts";

const closed = { additionalProperties: false } as const;
const Instant = Type.String({ format: "date-time" });
const Minor = Type.Integer({ description: "Minor units of the currency" });
const Name = Type.String({ minLength: 1, maxLength: 64 });
const Quantity = Type.Integer({ minimum: 1, maximum: 1_000 });

export const OrderId = Type.String({
  pattern: orderIdPattern,
  description: "Made by the client before anything is sent: a UUID, for example",
});

export const HoldBody = Type.Object(
  {
    seats: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 1_000, description: "Exactly these seats" })),
    bestAvailable: Type.Optional(
      Type.Object(
        {
          quantity: Quantity,
          section: Type.Optional(Name),
          maxPrice: Type.Optional(Type.Integer({ minimum: 0, description: "All-in price of a ticket, minor units" })),
          accessible: Type.Optional(Type.Boolean({ description: "Wheelchair and companion places" })),
        },
        closed,
      ),
    ),
    standing: Type.Optional(
      Type.Array(Type.Object({ section: Name, quantity: Quantity }, closed), { minItems: 1, maxItems: 20 }),
    ),
    tiers: Type.Optional(
      Type.Array(Name, {
        maxItems: 1_000,
        description: "Price tier of each place in turn; the first one sold there if left out",
      }),
    ),
  },
  closed,
);

const Line = Type.Object(
  {
    seat: Type.String(),
    section: Type.String(),
    tier: Type.String(),
    faceMinor: Minor,
    feeMinor: Minor,
    taxMinor: Minor,
    totalMinor: Minor,
  },
  closed,
);

export const HoldShape = Type.Object(
  {
    id: Type.String(),
    showingId: Type.String(),
    expiresAt: Instant,
    lines: Type.Array(Line),
    currency: Type.String(),
    totalMinor: Minor,
    orderId: Type.Optional(Type.String({ description: "The order that is paying for it" })),
  },
  closed,
);

export const OrderBody = Type.Object(
  {
    id: OrderId,
    holdId: Type.String({ maxLength: 64 }),
    buyer: Type.Object(
      {
        email: Type.String({ format: "email", maxLength: 254 }),
        name: Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" }),
        language: Type.Optional(LanguageTag),
      },
      closed,
    ),
    payment: Type.Object(
      { provider: Type.String({ maxLength: 20 }), token: Type.String({ minLength: 1, maxLength: 200 }) },
      closed,
    ),
    expectedTotalMinor: Type.Optional(
      Type.Integer({ minimum: 0, description: "What the client believes it pays: compared, never used" }),
    ),
  },
  closed,
);

const Ticket = Type.Object(
  {
    id: Type.String(),
    seat: Type.String(),
    section: Type.String(),
    tier: Type.String(),
    status: Type.Union([Type.Literal("active"), Type.Literal("void")]),
  },
  closed,
);

export const TicketShape = Type.Object(
  {
    ...Ticket.properties,
    showingId: Type.String(),
    token: Type.String({ description: "What the QR code holds; empty for a void ticket" }),
  },
  closed,
);

export const OrderShape = Type.Object(
  {
    id: Type.String(),
    status: Type.String({ description: "paying, confirmed, declined, cancelled, conflict" }),
    refundStatus: Type.String({ description: "none, part, whole" }),
    showingId: Type.String(),
    showId: Type.String(),
    venueId: Type.String(),
    startsAt: Instant,
    buyer: Type.Object({ email: Type.String(), name: Type.String() }, closed),
    currency: Type.String(),
    lines: Type.Array(Line),
    totalMinor: Minor,
    refundedMinor: Minor,
    placedAt: Instant,
    reason: Type.Optional(Type.String()),
    actionUrl: Type.Optional(Type.String({ description: "Where the buyer must let the payment through" })),
    tickets: Type.Array(Ticket),
    key: Type.Optional(Type.String({ description: "Opens a guest's order: GET /orders/{id}?key=" })),
  },
  closed,
);

/** An instant without the milliseconds that are always zero. */
function instant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

export function holdShape(hold: PricedHold): Static<typeof HoldShape> {
  const { id, showing, expiresAt, lines, currency, totalMinor, orderId } = hold;
  return {
    id,
    showingId: showing.id,
    expiresAt: instant(expiresAt),
    lines: [...lines],
    currency,
    totalMinor,
    ...(orderId === undefined ? {} : { orderId }),
  };
}

export function orderShape(view: OrderView): Static<typeof OrderShape> {
  const { secret, lines, tickets, startsAt, placedAt, ...rest } = view;
  return {
    ...rest,
    startsAt: instant(startsAt),
    placedAt: instant(placedAt),
    lines: [...lines],
    tickets: [...tickets],
    ...(secret === undefined ? {} : { key: secret }),
  };
}

export function ticketShape({
  id,
  seat,
  section,
  tier,
  status,
  showingId,
  token,
}: TicketView): Static<typeof TicketShape> {
  return { id, seat, section, tier, status, showingId, token };
}
