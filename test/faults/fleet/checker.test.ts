// The checker of the fault tests finds what it is there to find.

import { deepEqual } from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, type BookedPayment, type Seen, type SeenOrder } from "./checker.ts";
import type { Note } from "./diary.ts";

let at = 0;
const asks = (orderId: string, ...seats: string[]): Note => ({
  at: (at += 1),
  what: "asks-order",
  orderId,
  holdId: "hold",
  showingId: "matinee",
  seats,
});
const told = (orderId: string, status: number, outcome: string, ...seats: string[]): Note => ({
  at: (at += 1),
  what: "told-order",
  orderId,
  status,
  outcome,
  seats,
  totalMinor: seats.length * 10,
  key: "key",
});
const buys = (orderId: string, ...seats: string[]) => [
  asks(orderId, ...seats),
  told(orderId, 201, "confirmed", ...seats),
];
const returns = (orderId: string, ...seats: string[]): Note[] => [
  { at: (at += 1), what: "asks-refund", orderId, refundId: `of-${orderId}`, seats, amountMinor: seats.length * 10 },
  { at: (at += 1), what: "told-refund", orderId, refundId: `of-${orderId}`, status: 200, outcome: "confirmed" },
];
const enters = (orderId: string, seat: string): Note => ({
  at: (at += 1),
  what: "told-scan",
  orderId,
  seat,
  status: 200,
  outcome: "admitted",
});

const order = (status: string, active: readonly string[], back: readonly string[] = []): SeenOrder => ({
  status,
  totalMinor: (active.length + back.length) * 10,
  refundedMinor: back.length * 10,
  tickets: [...active.map((seat) => ({ seat, status: "active" })), ...back.map((seat) => ({ seat, status: "void" }))],
});
const paid = (amountMinor: number, refundedMinor = 0): BookedPayment => ({
  state: "captured",
  amountMinor,
  refundedMinor,
});
const seen = (orders: Record<string, SeenOrder>, payments: Record<string, BookedPayment>, taken: number): Seen => ({
  orders: new Map(Object.entries(orders)),
  payments: new Map(Object.entries(payments)),
  taken: new Map([["matinee", taken]]),
});

const cases: readonly (readonly [name: string, notes: readonly Note[], seen: Seen, wrong: readonly string[]])[] = [
  [
    "nothing wrong with a sale, a return, a resale and a refusal",
    [
      ...buys("ada", "A-1", "A-2"),
      ...returns("ada", "A-1"),
      ...buys("bob", "A-1"),
      enters("bob", "A-1"),
      asks("eve", "A-3"),
      told("eve", 402, "payment_declined"),
    ],
    seen(
      { ada: order("confirmed", ["A-2"], ["A-1"]), bob: order("confirmed", ["A-1"]), eve: order("declined", []) },
      { ada: paid(20, 10), bob: paid(10), eve: { state: "declined" } },
      2,
    ),
    [],
  ],
  [
    "a seat that was promised to two",
    [...buys("ada", "A-1"), ...buys("bob", "A-1")],
    seen({ ada: order("confirmed", ["A-1"]), bob: order("confirmed", ["A-1"]) }, { ada: paid(10), bob: paid(10) }, 2),
    ["seat A-1 of showing matinee was promised to ada and to bob"],
  ],
  [
    "a confirmed order that is missing",
    buys("ada", "A-1"),
    seen({}, { ada: paid(10) }, 0),
    ["order ada was confirmed and is nowhere"],
  ],
  [
    "a ticket that is gone",
    buys("ada", "A-1"),
    seen({ ada: order("confirmed", [], ["A-1"]) }, { ada: paid(10) }, 0),
    ["order ada lost its seat A-1"],
  ],
  [
    "a seat that was given back and is sold still",
    [...buys("ada", "A-1"), ...returns("ada", "A-1")],
    seen({ ada: order("confirmed", ["A-1"]) }, { ada: paid(10, 10) }, 1),
    ["order ada has seat A-1 still, which was given back"],
  ],
  [
    "money that did not come back",
    [...buys("ada", "A-1"), ...returns("ada", "A-1")],
    seen({ ada: order("confirmed", [], ["A-1"]) }, { ada: paid(10) }, 0),
    ["order ada gave back seats for 10 and its payment is captured 10, 0 given back"],
  ],
  [
    "money of somebody who was refused",
    [asks("ada", "A-1"), told("ada", 410, "hold_expired")],
    seen({}, { ada: { state: "authorised", amountMinor: 10 } }, 0),
    ["order ada was refused (hold_expired) and its payment is authorised 10, 0 given back"],
  ],
  [
    "an order that was refused and sold",
    [asks("ada", "A-1"), told("ada", 410, "hold_expired")],
    seen({ ada: order("confirmed", ["A-1"]) }, { ada: paid(10) }, 1),
    ["order ada was refused (410 hold_expired) and is confirmed"],
  ],
  [
    "a sale that nobody paid",
    buys("ada", "A-1"),
    seen({ ada: order("confirmed", ["A-1"]) }, {}, 1),
    ["order ada is confirmed for 10 and its payment is absent 0, 0 given back"],
  ],
  [
    "an order without an end",
    [asks("ada", "A-1"), told("ada", 202, "paying")],
    seen({ ada: order("paying", []) }, {}, 0),
    ["order ada is still in payment"],
  ],
  [
    "a ticket that let two in",
    [...buys("ada", "A-1"), enters("ada", "A-1"), enters("ada", "A-1")],
    seen({ ada: order("confirmed", ["A-1"]) }, { ada: paid(10) }, 1),
    ["seat A-1 of order ada was let in 2 times"],
  ],
  [
    "a seat that nobody has and nobody can buy",
    buys("ada", "A-1"),
    seen({ ada: order("confirmed", ["A-1"]) }, { ada: paid(10) }, 2),
    ["showing matinee shows 2 places taken; its orders have 1 tickets"],
  ],
];

describe("the checker finds", () => {
  for (const [name, notes, after, wrong] of cases) it(name, () => deepEqual(judge(notes, after), wrong));
});
