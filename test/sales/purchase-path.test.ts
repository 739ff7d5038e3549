// Corners of the purchase in which a buyer or a seller could be cheated: each of these was wrong once.

import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { PaymentUnknown } from "../../src/payments/port.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { verifyFolder } from "../../src/installation.ts";
import { guest, makeShowing, openTheatre, orderFor, sellerId } from "./fixture.ts";

const refusal = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

async function heldAt(theatre: Awaited<ReturnType<typeof openTheatre>>, ...seats: string[]) {
  return theatre.sales.hold({ showingId: theatre.showing.id, seats }, guest);
}

describe("the purchase path", () => {
  it("refunds also those orders of a cancelled showing that only the sales log has", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const order = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    const body = { showingId: showing.id, sellerId, reason: "flood", actor: "manager" };
    await sales.cancelShowing(body);
    deepEqual(await sales.refundCancelledShowing(body), { refunded: 1, waiting: 0 });
    const state = await theatre.payments.find(order.id);
    equal(state.state === "captured" && state.refundedMinor, order.totalMinor);
    await theatre.apply();
    deepEqual(await sales.refundCancelledShowing(body), { refunded: 0, waiting: 0 });
    await theatre.close();
  });

  it("writes in the refund's mail what was given back and for which seats", async () => {
    const theatre = await openTheatre();
    const { sales } = theatre;
    const order = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2", "A-3")).id), guest);
    const input = { orderId: order.id, sellerId, reason: "ill", actor: "manager" };
    await theatre.apply();
    await sales.refund({ ...input, refundId: "r1", seats: ["A-2"] });
    await theatre.apply();
    await sales.refund({ ...input, refundId: "r2", seats: ["A-3"] });
    await sales.refund({ ...input, refundId: "r3" });
    await theatre.apply();
    const mails = await createOutbox(theatre.store.db).takeDue({ now: theatre.time.now, leaseMs: 1, limit: 9 });
    const refunds = mails.flatMap((mail) => (mail.kind === "order-refunded" ? [mail.body] : []));
    deepEqual(refunds.map(({ amountMinor, seats }) => `${seats.join()} ${amountMinor}`).toSorted(), [
      "A-1 1242",
      "A-2 1242",
      "A-3 1242",
    ]);
    await theatre.close();
  });

  it("lets nobody pay for an order while its payment is being cancelled", async () => {
    const theatre = await openTheatre();
    const { sales, deps, inventory, payments, showing } = theatre;
    // As if the process had died between the intent and the provider: the order is paying, the provider never heard of it.
    const request = orderFor((await heldAt(theatre, "A-1", "A-2")).id);
    const { authorise } = payments;
    payments.authorise = () => Promise.reject(new PaymentUnknown("the line broke before the request was out"));
    equal((await sales.checkOut(request, guest)).status, "paying");
    payments.authorise = authorise;
    theatre.time.now += 60_000;
    // The reconciler is asking the provider to cancel when the client comes back with its token.
    const { cancel } = payments;
    let retry: Promise<unknown> | undefined;
    payments.cancel = async (orderId) => {
      retry ??= sales.checkOut(request, guest).catch((error: unknown) => error);
      for (let turns = 0; turns < 50; turns += 1) await turn();
      return cancel(orderId);
    };
    await sales.reconcileUnfinished();
    const answer = await retry;
    const order = await inventory.orderById(request.id);
    const payment = await deps.payments.find(request.id);
    deepEqual([order?.status, payment.state], ["cancelled", "cancelled"]);
    ok(refusal("payment_declined")(answer), "the buyer is told that nothing was sold");
    equal((await sales.availability(showing)).sections[0]?.sold, 0);
    await theatre.close();
  });

  it("shows an order in payment while the provider cannot be reached", async () => {
    const theatre = await openTheatre();
    const { sales, payments } = theatre;
    const order = await sales.checkOut(
      orderFor((await heldAt(theatre, "A-1", "A-2")).id, "tok_requires_action"),
      guest,
    );
    payments.find = () => Promise.reject(new PaymentUnknown("no answer"));
    equal((await sales.order(order.id, { secret: order.secret ?? "" })).status, "paying");
    await sales.reconcileUnfinished();
    await theatre.close();
  });

  it("keeps best available below the price asked for, also for places without a tier", async () => {
    const theatre = await openTheatre();
    const { sales, showing } = theatre;
    const ask = (tiers: string[]) =>
      sales.hold({ showingId: showing.id, bestAvailable: { quantity: 2, maxPriceMinor: 800 }, tiers }, guest);
    await rejects(ask(["child"]), refusal("sold_out"));
    await rejects(ask([]), refusal("sold_out"));
    equal((await ask(["child", "child"])).totalMinor, 2 * 702);
    await theatre.close();
  });

  it("lists in an account's history only what came to something", async () => {
    const theatre = await openTheatre();
    const { sales, inventory } = theatre;
    const ada = { ...guest, accountId: "ada" };
    const request = orderFor((await heldAt(theatre, "A-1", "A-2")).id, "tok_requires_action");
    await sales.checkOut(request, ada);
    equal((await sales.ordersOf("ada", { limit: 9 })).items.length, 1);
    await inventory.cancelPayment(request.id, "cancelled", theatre.time.now);
    deepEqual((await sales.ordersOf("ada", { limit: 9 })).items, []);
    await theatre.close();
  });

  it("leaves a refund open while the provider cannot be reached, and finishes it once later", async () => {
    const theatre = await openTheatre();
    const { sales, payments, showing } = theatre;
    const order = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    const { refund } = payments;
    payments.refund = () => Promise.reject(new PaymentUnknown("no answer"));
    const input = { orderId: order.id, sellerId, refundId: "r1", reason: "ill", actor: "manager" };
    await rejects(sales.refund(input), refusal("refund_pending"));
    await rejects(sales.refund(input), refusal("refund_pending"), "it is told again until the money is back");
    equal((await sales.availability(showing)).sections[0]?.sold, 2, "the seats are not free before the money is back");
    await sales.reconcileUnfinished();
    payments.refund = refund;
    await sales.reconcileUnfinished();
    equal((await sales.refund(input)).refundStatus, "whole");
    equal((await sales.availability(showing)).sections[0]?.sold, 0);
    const state = await payments.find(order.id);
    equal(state.state === "captured" && state.refundedMinor, order.totalMinor);
    await theatre.close();
  });

  it("takes no tickets back from a buyer who was let in with one", async () => {
    const theatre = await openTheatre();
    const { sales, deps, time, showing } = theatre;
    deps.sellers = { byId: () => Promise.resolve({ cancelHours: 0 } as never) };
    const ada = { ...guest, accountId: "ada" };
    const buy = async (...seats: string[]) => sales.checkOut(orderFor((await heldAt(theatre, ...seats)).id), ada);
    const inside = await buy("A-1", "A-2");
    const outside = await buy("B-1", "B-2");
    const [ticket] = await sales.tickets(inside.id, ada);
    time.now = showing.startsAt - 60_000;
    await sales.scan({ token: ticket?.token ?? "", gate: "north", sellerIds: [sellerId], actor: "door" });
    await theatre.apply();
    await rejects(sales.cancelOrder(inside.id, ada), refusal("order_not_refundable"));
    equal((await sales.cancelOrder(outside.id, ada)).refundStatus, "whole");
    await theatre.close();
  });

  it("keeps a sale whose seat has a ticket already as a conflict, and goes on with the others", async () => {
    const theatre = await openTheatre();
    const { sales, store } = theatre;
    const first = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    await theatre.apply();
    // As if the store had a ticket for B-1 that the inventory does not know of: the worst that can happen.
    const place = theatre.seatMap.layout.placeOf.get("B-1") ?? -1;
    await store.db
      .updateTable("tickets")
      .set({ place })
      .where("order_id", "=", first.id)
      .where("place", "=", 0)
      .execute();
    const loser = await sales.checkOut(orderFor((await heldAt(theatre, "B-1", "B-2")).id), guest);
    const third = await sales.checkOut(orderFor((await heldAt(theatre, "C-1", "C-2")).id), guest);
    await theatre.apply();
    deepEqual(theatre.conflicts, [loser.id]);
    const statuses = await Promise.all(
      [loser, third].map(async ({ id }) => (await theatre.deps.orders.byId(id))?.status),
    );
    deepEqual(statuses, ["conflict", "confirmed"]);
    equal((await store.db.selectFrom("conflicts").selectAll().execute()).length, 1);
    await theatre.close();
  });

  it("sells what costs nothing without asking the provider, and undoes it if nobody was told", async () => {
    const start = Date.UTC(2030, 0, 7, 12);
    const { showing, seatMap } = makeShowing("small-cinema", start);
    const tiers = showing.prices.tiers.map((tier) => ({
      ...tier,
      sections: Object.fromEntries(Object.keys(tier.sections).map((section) => [section, 0])),
    }));
    const showings = [{ showing: { ...showing, prices: { ...showing.prices, tiers } }, seatMap }];
    const theatre = await openTheatre({ showings, start });
    const { sales, payments, inventory, folder, time } = theatre;
    const order = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    deepEqual([order.status, order.totalMinor], ["confirmed", 0]);
    equal((await payments.find(order.id)).state, "absent");
    // As if the process had died between the intent and the sale of another.
    const { confirm } = inventory;
    inventory.confirm = () => Promise.resolve({ refusal: "sales_paused" });
    const left = await sales.checkOut(orderFor((await heldAt(theatre, "B-1", "B-2")).id), guest);
    inventory.confirm = confirm;
    time.now += 60_000;
    await sales.reconcileUnfinished();
    equal((await inventory.orderById(left.id))?.status, "cancelled");
    const input = { orderId: order.id, sellerId, refundId: "r1", reason: "ill", actor: "manager" };
    equal((await sales.refund(input)).refundStatus, "whole");
    await theatre.apply();
    const checks = await verifyFolder(folder, undefined, () => time.now);
    deepEqual(
      checks.flatMap(({ violations }) => violations),
      [],
    );
    await theatre.close();
  });

  it("does not start over a sales log and a store that belong to different installations", async () => {
    const theatre = await openTheatre();
    const { sales, folder, showings, time } = theatre;
    await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    await theatre.apply();
    await theatre.stop();
    for (const name of ["sales.db", "sales.db-wal", "sales.db-shm"]) await rm(join(folder, name), { force: true });
    await rejects(openTheatre({ folder, showings, start: time.now }), /belong to different installations/);
    await rm(folder, { recursive: true });
  });

  it("applies no entry that was altered after it was decided", async () => {
    const theatre = await openTheatre();
    const { sales, folder } = theatre;
    const order = await sales.checkOut(orderFor((await heldAt(theatre, "A-1", "A-2")).id), guest);
    const db = new DatabaseSync(join(folder, "sales.db"));
    db.exec("update log set body = replace(body, 'ada@example.org', 'eve@example.org')");
    db.close();
    await rejects(theatre.apply(), /was altered/);
    equal(await theatre.deps.orders.byId(order.id), undefined);
    await theatre.close();
  });

  it("answers a declined order the same when only the store still knows it", async () => {
    const theatre = await openTheatre();
    const { sales, deps, inventory } = theatre;
    const request = orderFor((await heldAt(theatre, "A-1", "A-2")).id, "tok_decline");
    await rejects(sales.checkOut(request, guest), refusal("payment_declined"));
    await theatre.apply();
    theatre.time.now += 3_600_000;
    deps.inventory.orderById = () => Promise.resolve(undefined);
    equal(await inventory.holdById(request.holdId, theatre.time.now), undefined);
    await rejects(sales.checkOut(request, guest), refusal("payment_declined"));
    await theatre.close();
  });

  const card = "4111111111111111";
  for (const [what, change] of [
    ["the token", { payment: { provider: "sandbox", token: `card ${card.replaceAll(/(\d{4})/g, "$1 ")}exp 12/31` } }],
    ["the name", { buyer: { email: "ada@example.org", name: `Ada ${card.replaceAll(/(\d{4})/g, "$1-")}` } }],
    ["the address", { buyer: { email: `${card}@example.org`, name: "Ada" } }],
    ["the order's id", { id: `order-${card}` }],
  ] as const) {
    it(`refuses a card number in ${what} and stores it nowhere`, async () => {
      const theatre = await openTheatre();
      const hold = await heldAt(theatre, "A-1", "A-2");
      await rejects(theatre.sales.checkOut({ ...orderFor(hold.id), ...change }, guest), refusal("invalid_request"));
      equal((await theatre.sales.checkOut(orderFor(hold.id), guest)).status, "confirmed");
      await theatre.apply();
      await theatre.stop();
      for (const name of ["sales.db", "payments.db", "store.db"])
        ok(!(await readFile(join(theatre.folder, name), "latin1")).replaceAll(/[ -]/g, "").includes(card));
      await theatre.close().catch(() => undefined);
    });
  }

  it("takes ids, names and tokens with many digits that are no card numbers", async () => {
    const theatre = await openTheatre();
    const hold = await heldAt(theatre, "A-1", "A-2");
    const id = "41111111-1111-4111-8111-111111111111";
    const order = await theatre.sales.checkOut({ ...orderFor(hold.id), id }, guest);
    match(order.status, /confirmed/);
    await theatre.close();
  });
});

describe("a guest's key", () => {
  it("opens only the order of the request it was given for, whoever uses its id again", async () => {
    const theatre = await openTheatre();
    const id = "an-order-id-seen-on-a-ticket";
    const mine = theatre.secrets.of({ orderId: id, fingerprint: "mine" });
    notEqual(theatre.secrets.of({ orderId: id, fingerprint: "theirs" }), mine);
    const hold = await theatre.sales.hold({ showingId: theatre.showing.id, seats: ["A-3", "A-4"] }, guest);
    const order = await theatre.sales.checkOut(orderFor(hold.id, "tok_approve", id), guest);
    await rejects(theatre.sales.order(id, { secret: mine }), refusal("not_found"));
    equal((await theatre.sales.order(id, { secret: order.secret ?? "" })).status, "confirmed");
    await theatre.close();
  });
});
