// The contract of orders in the inventory: held → paying → sold, the ways back, and refunds.

import { deepEqual, equal, ok } from "node:assert/strict";
import { it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  accepted,
  best,
  Desk,
  holdIdOf,
  holdMs,
  named,
  nextId,
  refused,
  type OpenBackEnd,
} from "./inventory-setting.ts";

export function paymentsContract(open: OpenBackEnd): void {
  it("goes from held to paying to sold, and keeps the order", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1, 2));
    const order = await desk.begin(hold);
    deepEqual([order.status, order.places, order.generations, order.refunds], ["paying", [1, 2], [1, 1], []]);
    equal(order.partition, (await desk.inventory.orderById(order.orderId))?.partition);
    await desk.counts({ paying: 2 }, {});
    const sold = await desk.confirm(order);
    deepEqual([sold.status, sold.paymentId], ["confirmed", `pay-${order.orderId}`]);
    deepEqual(await desk.inventory.orderById(order.orderId), sold);
    equal(await desk.inventory.holdById(hold.holdId, desk.now), undefined);
    await desk.counts({ sold: 2 }, {});
  });

  it("never ends by time what is being paid for", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1));
    const order = await desk.begin(hold);
    desk.now += 30 * 86_400_000;
    await desk.inventory.sweep(desk.now);
    await desk.counts({ paying: 1 }, {});
    equal((await desk.inventory.holdById(hold.holdId, desk.now))?.orderId, order.orderId);
    await refused(desk.tryHold(named(1), { holder: "g:bob" }), "seats_taken", { places: [1] });
    equal((await desk.confirm(order)).status, "confirmed");
  });

  it("answers the order there is for the same id and fingerprint, however it stands", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1));
    const orderId = nextId("order");
    const begun = await Promise.all([desk.tryBegin(hold, orderId), desk.tryBegin(hold, orderId)]);
    deepEqual(
      begun.map((one) => "begun" in one && one.begun),
      [true, false],
    );
    await refused(desk.tryBegin(hold, orderId, "other"), "order_id_reused");
    await refused(desk.tryBegin(hold), "hold_in_payment");
    const sold = await desk.confirm({ orderId });
    deepEqual(await desk.tryBegin(hold, orderId), { order: sold, begun: false });
    await refused(desk.tryBegin(hold, orderId, "other"), "order_id_reused");
  });

  it("knows a hold that ran out from one that never was", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1));
    await refused(desk.tryBegin({ ...hold, holdId: holdIdOf(desk.showing, 0) }), "hold_unknown");
    desk.now += holdMs;
    await refused(desk.tryBegin(hold), "hold_expired");
    await refused(desk.tryBegin(hold), "hold_expired");
  });

  it("names the first of several reasons to refuse a payment", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const order = await desk.sell(named(1));
    await inventory.closeShowing(showing, "op", desk.now);
    await refused(desk.tryBegin({ holdId: holdIdOf(desk.showing, 0), places: [5] }), "showing_cancelled");
    await refused(
      desk.tryBegin({ holdId: holdIdOf(desk.showing, 0), places: [5] }, order.orderId, "other"),
      "order_id_reused",
    );
    inventory.closePartition(order.partition, "test");
    await refused(
      desk.tryBegin({ holdId: holdIdOf(desk.showing, 0), places: [5] }, order.orderId, "other"),
      "sales_paused",
    );
  });

  it("confirms once, and answers the same sale again", async () => {
    await using desk = await Desk.open(open);
    const order = await desk.begin(await desk.hold(named(1)));
    const [first, twin] = await Promise.all([desk.confirm(order), desk.confirm(order)]);
    deepEqual(twin, first);
    deepEqual(accepted(await desk.inventory.confirm(order.orderId, "another payment", desk.now)), first);
    await refused(desk.inventory.confirm("no-order", "p", desk.now), "not_found");
    await refused(desk.inventory.decline("no-order", "declined", desk.now, desk.now), "not_found");
    await refused(desk.inventory.cancelPayment("no-order", "cancelled", desk.now), "not_found");
  });

  it("holds the places again after a decline, and another order may pay", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1, 2));
    const order = await desk.begin(hold);
    const until = desk.now + 60_000;
    const declined = accepted(await desk.inventory.decline(order.orderId, "declined", until, desk.now));
    deepEqual([declined.status, declined.reason], ["declined", "declined"]);
    deepEqual(accepted(await desk.inventory.decline(order.orderId, "other", until, desk.now)), declined);
    const back = await desk.inventory.holdById(hold.holdId, desk.now);
    deepEqual([back?.places, back?.until, back?.orderId, back?.heldAt], [[1, 2], until, undefined, hold.heldAt]);
    await desk.counts({ held: 2 }, {});
    await refused(desk.inventory.confirm(order.orderId, "late", desk.now), "seats_lost");
    equal((await desk.confirm(await desk.begin(hold))).status, "confirmed");
    await desk.counts({ sold: 2 }, {});
  });

  it("ends the hold after a decline when its time is over", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1));
    const order = await desk.begin(hold);
    await desk.inventory.decline(order.orderId, "declined", desk.now + 60_000, desk.now);
    desk.now += 61_000;
    await desk.inventory.sweep(desk.now);
    await desk.counts({}, {});
    await refused(desk.tryBegin(hold), "hold_expired");
    const other = await desk.begin(await desk.hold(named(2)));
    await desk.inventory.decline(other.orderId, "declined", desk.now, desk.now);
    await desk.counts({}, {});
  });

  it("frees the places of a cancelled payment", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1));
    const order = await desk.begin(hold);
    const cancelled = accepted(await desk.inventory.cancelPayment(order.orderId, "absent", desk.now));
    deepEqual([cancelled.status, cancelled.reason], ["cancelled", "absent"]);
    deepEqual(accepted(await desk.inventory.cancelPayment(order.orderId, "again", desk.now)), cancelled);
    await refused(desk.inventory.confirm(order.orderId, "late", desk.now), "seats_lost");
    await refused(desk.tryBegin(hold), "hold_expired");
    await desk.counts({}, {});
    await desk.sell(named(1), { holder: "g:bob" });
  });

  it("changes nothing of a sale by a late decline or cancellation", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1));
    deepEqual(accepted(await desk.inventory.decline(sold.orderId, "late", desk.now, desk.now)), sold);
    deepEqual(accepted(await desk.inventory.cancelPayment(sold.orderId, "late", desk.now)), sold);
    await desk.counts({ sold: 1 }, {});
  });

  it("answers that sales are paused while the partition is closed, and finishes nothing", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const sold = await desk.sell(named(1));
    const order = await desk.begin(await desk.hold(named(2)));
    inventory.closePartition(order.partition, "test");
    const { orderId } = order;
    for (const answer of [
      inventory.confirm(orderId, "p", desk.now),
      inventory.decline(orderId, "declined", desk.now, desk.now),
      inventory.cancelPayment(orderId, "cancelled", desk.now),
      desk.refund(sold, "r"),
      inventory.finishRefund(sold.orderId, "r", desk.now),
      inventory.block(desk.showing, [9], "op", desk.now),
      inventory.unblock(desk.showing, [9], "op", desk.now),
      inventory.closeShowing(desk.showing, "op", desk.now),
      desk.scan(1),
    ])
      await refused(answer, "sales_paused");
    equal((await inventory.orderById(orderId))?.status, "paying", "what there is can still be looked at");
    await desk.counts({ paying: 1, sold: 1 }, {});
  });

  refunds(open);
  lists(open);
}

function refunds(open: OpenBackEnd): void {
  it("voids first and frees a seat once, when the money is back", async () => {
    await using desk = await Desk.open(open);
    const order = await desk.sell(named(1, 2));
    const begun = accepted(await desk.refund(order, "r1", [2]));
    deepEqual(begun.refunds, [
      { refundId: "r1", places: [2], amountMinor: 1_000, reason: "ill", status: "begun", at: desk.now },
    ]);
    await desk.counts({ sold: 2 }, {});
    await refused(desk.scan(2), "ticket_void");
    await refused(desk.tryHold(named(2)), "seats_taken", { places: [2] });
    const done = accepted(await desk.inventory.finishRefund(order.orderId, "r1", desk.now));
    equal(done.refunds[0]?.status, "done");
    await desk.counts({ sold: 1 }, {});
    deepEqual(accepted(await desk.inventory.finishRefund(order.orderId, "r1", desk.now)), done);
    deepEqual(accepted(await desk.refund(order, "r1", [2])), done);
    await refused(desk.inventory.finishRefund(order.orderId, "no-refund", desk.now), "not_found");
    await refused(desk.inventory.finishRefund("no-order", "r1", desk.now), "not_found");
  });

  it("sells a refunded seat again under the next generation, and the old refund does not free it", async () => {
    await using desk = await Desk.open(open);
    const first = await desk.sell(named(1));
    await desk.refund(first, "r1");
    await desk.inventory.finishRefund(first.orderId, "r1", desk.now);
    const second = await desk.sell(named(1), { holder: "g:bob" });
    deepEqual(second.generations, [2]);
    await desk.inventory.finishRefund(first.orderId, "r1", desk.now);
    await desk.counts({ sold: 1 }, {});
    await refused(desk.scan(1, 1), "ticket_void");
    ok("admitted" in (await desk.scan(1, 2)));
  });

  it("refunds all that is left if no places are named", async () => {
    await using desk = await Desk.open(open);
    const order = await desk.sell(best(4));
    const [first] = order.places;
    await desk.refund(order, "r1", [first ?? -1]);
    await refused(desk.refund(order, "r2"), "refund_pending");
    await desk.inventory.finishRefund(order.orderId, "r1", desk.now);
    const rest = accepted(await desk.refund(order, "r2", undefined, 3_000));
    deepEqual(rest.refunds[1]?.places, order.places.slice(1));
    await desk.inventory.finishRefund(order.orderId, "r2", desk.now);
    await desk.counts({}, {});
    await refused(desk.refund(order, "r3"), "order_not_refundable");
  });

  it("refuses refunds of what was never sold, is gone, or costs more than was paid", async () => {
    await using desk = await Desk.open(open);
    const paying = await desk.begin(await desk.hold(named(9)));
    await refused(desk.refund(paying, "r"), "order_not_refundable");
    await refused(desk.refund({ orderId: "no-order" }, "r"), "not_found");
    const order = await desk.sell(named(1, 2));
    await refused(desk.refund(order, "r", [3]), "order_not_refundable");
    await refused(desk.refund(order, "r", [1, 1]), "order_not_refundable");
    await refused(desk.refund(order, "r", []), "order_not_refundable");
    await refused(desk.refund(order, "r", [1], 2_001), "order_not_refundable");
    await refused(desk.refund(order, "r", [1], -1), "order_not_refundable");
    await desk.refund(order, "r1", [1], 1_500);
    await desk.inventory.finishRefund(order.orderId, "r1", desk.now);
    await refused(desk.refund(order, "r2", [2], 501), "order_not_refundable");
    await refused(desk.refund(order, "r2", [1], 0), "order_not_refundable");
    await desk.counts({ sold: 1, paying: 1 }, {});
  });
}

function lists(open: OpenBackEnd): void {
  it("lists what is unfinished: payments without outcome and refunds begun", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const ids = async () => (await inventory.unfinished()).map(({ orderId }) => orderId).toSorted();
    const paying = await desk.begin(await desk.hold(named(1)));
    const sold = await desk.sell(named(2));
    deepEqual(await ids(), [paying.orderId]);
    await desk.refund(sold, "r");
    deepEqual(await ids(), [paying.orderId, sold.orderId].toSorted());
    equal((await inventory.unfinished(paying.partition)).length, 2);
    deepEqual(await inventory.unfinished((paying.partition + 1) % inventory.partitions), []);
    await inventory.finishRefund(sold.orderId, "r", desk.now);
    await inventory.decline(paying.orderId, "declined", desk.now, desk.now);
    deepEqual(await ids(), []);
  });

  it("lists only what a crash cannot undo", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const sold = await desk.sell(named(2), {}, { accountId: "ada" });
    const refunding = desk.refund(sold, "r");
    while ((await inventory.unfinished()).length === 0) await nextTurn();
    const entries = await inventory.log.read(sold.partition, 0, 100);
    equal(entries.at(-1)?.body.kind, "refund-begun", "money may move only after this is in the log");
    await refunding;
    const hold = await desk.hold(named(3));
    const beginning = desk.tryBegin(hold, nextId("order"), "same", { accountId: "ada" });
    while ((await inventory.recentOrders("ada")).length < 2) await nextTurn();
    equal((await inventory.log.read(sold.partition, 0, 100)).at(-1)?.body.kind, "intent");
    await beginning;
  });

  it("lists an account's orders that the store may not have, newest first", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const first = await desk.sell(named(1), {}, { accountId: "ada" });
    const second = await desk.sell(named(2), {}, { accountId: "ada" });
    await desk.sell(named(3), {}, { accountId: "bob" });
    await desk.sell(named(4));
    const recent = async () => (await inventory.recentOrders("ada")).map(({ orderId }) => orderId);
    deepEqual(await recent(), [second.orderId, first.orderId]);
    await inventory.log.acknowledge(first.partition, first.sequence ?? 0);
    deepEqual(await recent(), [second.orderId]);
    await inventory.log.acknowledge(first.partition, (await inventory.log.heads())[first.partition] ?? 0);
    deepEqual(await recent(), []);
    deepEqual((await inventory.orderById(first.orderId))?.status, "confirmed", "it is still there to be asked for");
  });
}
