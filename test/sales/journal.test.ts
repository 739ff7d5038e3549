// R4: a payment carries enough to finish or undo its order when the sales log has lost it.

import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, it } from "node:test";
import type { ListedRefund } from "../../src/payments/port.ts";
import { refOf } from "../../src/sales/deps.ts";
import { readJournal, readRefundJournal } from "../../src/sales/journal.ts";
import { guest, openTheatre, orderFor, sellerId } from "./fixture.ts";

/** What Stripe leaves for it: 45 of 50 metadata keys, 500 characters each. */
const stripeCharacters = 45 * 500;

describe("what a payment carries", () => {
  it("is the whole intent of an order of twenty seats, and fits where values are limited", async () => {
    const theatre = await openTheatre();
    const { sales, showing, seatMap, deps, payments } = theatre;
    deps.settings.maxSeats = 20;
    const hold = await sales.hold({ showingId: showing.id, seats: seatMap.layout.names.slice(0, 20) }, guest);
    const order = await sales.checkOut(orderFor(hold.id), guest);
    equal(order.status, "confirmed");
    const [intent] = await deps.inventory.log.read((await deps.inventory.orderById(order.id))?.partition ?? 0, 0, 10);
    const texts: string[] = [];
    for await (const { metadata } of payments.list(0)) texts.push(metadata.journal);
    equal(texts.length, 1);
    const [text = ""] = texts;
    ok(intent?.body.kind === "intent");
    deepEqual(readJournal(text), { order: intent.body.order, showing: refOf(showing) });
    equal(intent.body.order.places.length, 20);
    ok(text.length <= stripeCharacters, `${text.length} characters`);
    await theatre.close();
  });

  it("says of a refund which tickets it made void, and fits where values are limited", async () => {
    const theatre = await openTheatre();
    const { sales, showing, seatMap, deps, payments } = theatre;
    deps.settings.maxSeats = 20;
    const seats = seatMap.layout.names.slice(0, 20);
    const hold = await sales.hold({ showingId: showing.id, seats }, guest);
    const { id: orderId } = await sales.checkOut(orderFor(hold.id), guest);
    const reason = "\u{1f927}".repeat(150);
    await sales.refund({ orderId, sellerId, refundId: "some", seats: seats.slice(2), reason, actor: "manager" });
    const told: ListedRefund[] = [];
    for await (const refund of payments.refunds(0)) told.push(refund);
    const [refund] = told;
    ok(refund && told.length === 1);
    equal(refund.showingId, showing.id);
    const [begun] = (await deps.inventory.orderById(orderId))?.refunds ?? [];
    deepEqual(readRefundJournal(refund), { ...begun, status: "begun" });
    equal(begun?.places.length, 18);
    ok(refund.journal.length <= stripeCharacters, `${refund.journal.length} characters`);
    await theatre.close();
  });

  it("is nothing for a payment that was cancelled before it was asked for", () => equal(readJournal(""), undefined));
});
