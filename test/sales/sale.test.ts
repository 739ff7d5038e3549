import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import { createSales } from "../../src/sales/create.ts";
import { guest, openTheatre, orderFor, sellerId } from "./fixture.ts";

const refusal = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

describe("a sale", () => {
  it("goes from held seats to a ticket that is admitted once", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const hold = await sales.hold({ showingId: showing.id, seats: ["C-7", "C-8"], tiers: ["adult", "child"] }, guest);
    equal(hold.totalMinor, 1_242 + 702);
    const order = await sales.checkOut(orderFor(hold.id), guest);
    equal(order.status, "confirmed");
    deepEqual(
      order.tickets.map((ticket) => ticket.seat),
      ["C-7", "C-8"],
    );
    const [ticket] = await sales.tickets(order.id, { secret: order.secret ?? "" });
    const scan = { token: ticket?.token ?? "", gate: "north", sellerIds: [sellerId], actor: "door" };
    equal((await sales.scan(scan)).admitted, true);
    const second = await sales.scan(scan);
    deepEqual([second.admitted, second.reason, second.usedGate], [false, "ticket_used", "north"]);
    await theatre.apply();
    const stored = await theatre.deps.orders.byId(order.id);
    equal(stored?.status, "confirmed");
    equal(stored?.tickets.filter((one) => one.admittedAt !== undefined).length, 1);
    const state = await theatre.payments.find(order.id);
    equal(state.state, "captured");
    await theatre.close();
  });

  it("keeps the seats after a declined payment, and a new order can pay for them", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const hold = await sales.hold({ showingId: showing.id, bestAvailable: { quantity: 2 } }, guest);
    const declined = orderFor(hold.id, "tok_decline");
    await rejects(sales.checkOut(declined, guest), refusal("payment_declined"));
    await rejects(
      sales.checkOut(declined, guest),
      refusal("payment_declined"),
      "the same request gets the same answer",
    );
    const order = await sales.checkOut(orderFor(hold.id), guest);
    equal(order.status, "confirmed");
    await theatre.close();
  });

  it("answers a repeated order with the same order, and charges once", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const hold = await sales.hold({ showingId: showing.id, seats: ["A-1", "A-2"] }, guest);
    const request = orderFor(hold.id);
    const [first, twin] = await Promise.all([sales.checkOut(request, guest), sales.checkOut(request, guest)]);
    deepEqual(first, twin);
    deepEqual(await sales.checkOut(request, guest), first);
    await rejects(
      sales.checkOut({ ...request, payment: { provider: "sandbox", token: "tok_slow" } }, guest),
      refusal("order_id_reused"),
    );
    await theatre.close();
  });

  for (const [token, status] of [
    ["tok_timeout_then_approved", "confirmed"],
    ["tok_timeout_then_declined", "declined"],
  ] as const) {
    it(`finds out what became of ${token}`, async () => {
      const theatre = await openTheatre();
      const { sales, showing } = theatre;
      const hold = await sales.hold({ showingId: showing.id, seats: ["A-1", "A-2"] }, guest);
      const order = await sales.checkOut(orderFor(hold.id, token), guest);
      equal(order.status, "paying");
      await sales.reconcileUnfinished();
      equal(
        (await theatre.inventory.orderById(order.id))?.status,
        "paying",
        "seats in payment are never released on our own word",
      );
      theatre.time.now += 3_000;
      await sales.reconcileUnfinished();
      equal((await theatre.inventory.orderById(order.id))?.status, status);
      const counts = await sales.availability(showing);
      equal(counts.sections[0]?.[status === "confirmed" ? "sold" : "held"], 2);
      await theatre.close();
    });
  }

  it("gives one seat to one of two hundred", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        sales.hold({ showingId: showing.id, seats: ["A-1"] }, { holder: `g:${index}`, addressPrefix: "x" }),
      ),
    );
    equal(tries.filter((result) => result.status === "fulfilled").length, 1);
    ok(tries.every((result) => result.status === "fulfilled" || refusal("seats_taken")(result.reason)));
    await theatre.close();
  });

  it("survives a restart in the middle of everything", async () => {
    const theatre = await openTheatre();
    const { sales, showing, folder, showings } = theatre;
    const hold = await sales.hold({ showingId: showing.id, seats: ["A-1", "A-2"] }, guest);
    const paid = await sales.checkOut(orderFor(hold.id), guest);
    const pending = await sales.checkOut(
      orderFor(
        (await sales.hold({ showingId: showing.id, seats: ["B-1", "B-2"] }, guest)).id,
        "tok_timeout_then_approved",
      ),
      guest,
    );
    await sales.hold({ showingId: showing.id, seats: ["C-1", "C-2"] }, guest);
    const now = theatre.time.now;
    await theatre.stop();
    const again = await openTheatre({ folder, showings, start: now + 10_000 });
    const before = await again.sales.availability(showing);
    deepEqual([before.sections[0]?.sold, before.sections[0]?.paying, before.sections[0]?.held], [2, 2, 0]);
    await again.sales.reconcileUnfinished();
    equal((await again.inventory.orderById(pending.id))?.status, "confirmed");
    equal((await again.sales.order(paid.id, { secret: paid.secret ?? "" })).status, "confirmed");
    await again.apply();
    equal((await again.deps.orders.byId(pending.id))?.tickets.length, 2);
    deepEqual(again.closed, []);
    await again.close();
  });

  it("refunds a seat once and sells it again, the old ticket void", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const hold = await sales.hold({ showingId: showing.id, seats: ["A-1", "A-2"] }, guest);
    const order = await sales.checkOut(orderFor(hold.id), guest);
    const [old] = await sales.tickets(order.id, { secret: order.secret ?? "" });
    const input = { orderId: order.id, sellerId, refundId: "r1", seats: ["A-1"], reason: "ill", actor: "manager" };
    const refunded = await sales.refund(input);
    deepEqual([refunded.refundStatus, refunded.refundedMinor], ["part", 1_242]);
    deepEqual((await sales.refund(input)).refundedMinor, 1_242);
    await rejects(sales.refund({ ...input, refundId: "r2" }), refusal("order_not_refundable"));
    const again = await sales.hold({ showingId: showing.id, seats: ["A-1"] }, { ...guest, holder: "g:other" });
    const resold = await sales.checkOut(orderFor(again.id), guest);
    equal(resold.tickets[0]?.generation, 2);
    equal(
      (await sales.scan({ token: old?.token ?? "", gate: "n", sellerIds: [sellerId], actor: "d" })).reason,
      "ticket_void",
    );
    await theatre.apply();
    equal((await theatre.deps.orders.byId(order.id))?.refundedMinor, 1_242);
    deepEqual(theatre.conflicts, []);
    await theatre.close();
  });

  it("refunds every order of a cancelled showing once", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    for (const seats of [
      ["A-1", "A-2"],
      ["B-1", "B-2"],
    ]) {
      await sales.checkOut(orderFor((await sales.hold({ showingId: showing.id, seats }, guest)).id), guest);
    }
    const body = { showingId: showing.id, sellerId, reason: "flood", actor: "manager" };
    await sales.cancelShowing(body);
    await rejects(sales.hold({ showingId: showing.id, seats: ["C-1", "C-2"] }, guest), refusal("showing_cancelled"));
    await theatre.apply();
    deepEqual(await sales.refundCancelledShowing(body), { refunded: 2, waiting: 0 });
    await theatre.apply();
    deepEqual(await sales.refundCancelledShowing(body), { refunded: 0, waiting: 0 });
    equal((await sales.availability(showing)).sections[0]?.sold, 0);
    await theatre.close();
  });
});

describe("a history", () => {
  it("leaves out an order that was declined since the store heard of it", async () => {
    const theatre = await openTheatre();
    const { sales, showing, deps } = theatre;
    const buyer = { ...guest, accountId: "ada" };
    const applying = createSales({
      ...deps,
      payments: {
        ...deps.payments,
        // The slow path is quick: it writes the intent while the provider still thinks.
        async authorise(request) {
          await theatre.apply();
          return deps.payments.authorise(request);
        },
      },
    });
    const hold = await sales.hold({ showingId: showing.id, seats: ["A-1"] }, buyer);
    await rejects(applying.checkOut(orderFor(hold.id, "tok_decline"), buyer), refusal("payment_declined"));
    deepEqual((await sales.ordersOf("ada", { limit: 10 })).items, []);
    await theatre.apply();
    deepEqual((await sales.ordersOf("ada", { limit: 10 })).items, []);
    await theatre.close();
  });
});
