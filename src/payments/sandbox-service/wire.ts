// What the sandbox's process and its clients send each other: JSON over HTTP. Every call can be repeated, as the port says.
//
//   POST /payments                      authorise          → 200 PaymentState
//   GET  /payments/:orderId             find               → 200 PaymentState
//   POST /payments/:orderId/capture     capture            → 200 PaymentState
//   POST /payments/:orderId/cancel      cancel             → 200 PaymentState
//   POST /payments/:orderId/refunds     refund             → 200 {}, 409 what cannot be given back
//   GET  /payments?since=…              a page of the list → 200 { items, next? }
//   GET  /refunds?since=…               a page of refunds  → 200 { items, next? }
//   POST /actions/:paymentId            act                → 200 Acted, 404
//   GET, PUT /faults                    see faults.ts      → 200 the rules; 404 where they are not switched on
//   GET  /healthz                       needs no secret    → 200
//
// 504 is an outcome that is unknown. Each other request needs `Authorization: Bearer <secret>`, else 401.

import { Type, type Static } from "typebox";

const Id = Type.String({ minLength: 1, maxLength: 128 });
const Amount = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const closed = { additionalProperties: false } as const;

export const AuthoriseBody = Type.Object(
  {
    orderId: Id,
    amountMinor: Amount,
    currency: Type.String({ maxLength: 8 }),
    token: Type.String({ maxLength: 256 }),
    returnUrl: Type.String({ maxLength: 2_048 }),
    metadata: Type.Object(
      {
        orderId: Id,
        showingId: Type.String({ maxLength: 128 }),
        places: Type.Array(Type.Integer({ minimum: 0 })),
        epoch: Type.Integer(),
        journal: Type.String(),
      },
      closed,
    ),
  },
  closed,
);

export const OrderParams = Type.Object({ orderId: Id }, closed);
export const RefundBody = Type.Object(
  { refundId: Id, amountMinor: Amount, showingId: Type.String({ maxLength: 128 }), journal: Type.String() },
  closed,
);
export const ActionParams = Type.Object({ paymentId: Id }, closed);
export const ActionBody = Type.Object({ approve: Type.Boolean() }, closed);

const Position = Type.Object({ createdAt: Type.Integer(), row: Type.Integer(), upTo: Type.Integer() }, closed);

const page = {
  since: Type.Integer(),
  /** The `next` of the page before, its three numbers joined by dots. */
  after: Type.Optional(Type.String({ pattern: String.raw`^-?\d{1,16}\.\d{1,16}\.\d{1,16}$` })),
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 250 }),
};
export const PaymentsQuery = Type.Object({ ...page, uncaptured: Type.Boolean({ default: false }) }, closed);
export const RefundsQuery = Type.Object(page, closed);

export type ListPosition = Static<typeof Position>;

export function positionText({ createdAt, row, upTo }: ListPosition): string {
  return `${createdAt}.${row}.${upTo}`;
}

export function readPosition(text: string): ListPosition {
  const [createdAt = 0, row = 0, upTo = 0] = text.split(".").map(Number);
  return { createdAt, row, upTo };
}

/** What the buyer decided on; where they go back to. */
export interface Acted {
  orderId: string;
  returnUrl: string;
}
