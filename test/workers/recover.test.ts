// Recovery of partitions over a real Redis, a real store and the sandbox provider: whatever Redis lost, nobody's seat is lost and
// none is sold twice.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import type { InventoryOrder } from "../../src/inventory/port.ts";
import { RecoveryOvertaken } from "../../src/inventory/recovery.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import type { Recovered } from "../../src/workers/recover.ts";
import { best, named, nextId, refused, standing } from "../contracts/inventory-setting.ts";
import { Fleet } from "./recovery-setting.ts";

const of = (done: readonly Recovered[], { partition }: { partition: number }) =>
  done.find((each) => each.partition === partition);

const scan = ({ desk, inventory }: Fleet, { orderId }: InventoryOrder, place: number) =>
  inventory.scan({
    showing: desk.showing,
    place,
    generation: 1,
    ticketId: `${orderId}.${place}`,
    gate: "north",
    now: desk.now,
  });

describe("the recovery of partitions", () => {
  it("opens the partitions of a new installation in their first epoch", async () => {
    await using fleet = await Fleet.open();
    const { inventory } = fleet;
    deepEqual(inventory.closedPartitions(), []);
    equal(inventory.epoch(0), 1);
    deepEqual([...new Set((await fleet.recover()).map(({ outcome }) => outcome))], ["open"]);
  });

  it("goes on after a restart in place, with holds, when the log continues what the store has", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const sold = await fleet.sellPaid(1, 2);
    await fleet.catchUp();
    const later = await fleet.sellPaid(3);
    const hold = await desk.hold(named(7));
    const states = await desk.states();
    await fleet.restart();
    await refused(desk.tryHold(named(8)), "sales_paused");
    const done = await fleet.recover();
    deepEqual(of(done, sold), { partition: sold.partition, outcome: "continued", entered: 0, refunded: 0, voided: 0 });
    equal(await desk.states(), states);
    equal(inventory.epoch(sold.partition), 2);
    equal(
      (await recoveryRows(fleet.store).orderById(later.orderId))?.status,
      "confirmed",
      "what survived is in the store",
    );
    await desk.begin(hold);
  });

  it("recovers a partition that sells on in an epoch which the store has left", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    // Somebody began a recovery and died before Redis heard of it.
    const { partition } = await fleet.sellPaid(1);
    equal(await createEpochs(fleet.store.db).take(partition, 1), 2);
    const later = await fleet.sellPaid(2);
    await fleet.catchUp();
    equal(await recoveryRows(fleet.store).orderById(later.orderId), undefined, "nobody applies that epoch any more");
    const done = await fleet.recover();
    equal(of(done, later)?.outcome, "continued");
    equal(inventory.epoch(partition), 3);
    await desk.counts({ sold: 2 }, {});
    await fleet.agree();
  });

  it("leaves what a recovery is about to apply, and goes on behind it", async () => {
    await using fleet = await Fleet.open();
    const { inventory } = fleet;
    const worker = await fleet.applier();
    const heads = async () => worker.once(await inventory.log.heads());
    const { partition } = await fleet.sellPaid(1);
    // A recovery has taken the next epoch; the worker hears of it, and leaves the rest of the old one alone.
    const epochs = createEpochs(fleet.store.db);
    equal(await epochs.take(partition, 1), 2);
    deepEqual(await heads(), [{ partition, sequence: 0 }]);
    deepEqual(await heads(), []);
    await fleet.recover();
    const later = await fleet.sellPaid(2);
    while ((await heads()).length > 0);
    equal((await recoveryRows(fleet.store).orderById(later.orderId))?.status, "confirmed");
    await fleet.agree();
  });

  it("rebuilds everything from the store after the data are gone", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const sold = await fleet.sellPaid(1, 2, 3);
    await scan(fleet, sold, 1);
    await desk.refund(sold, "gone", [2]);
    await inventory.finishRefund(sold.orderId, "gone", desk.now);
    await fleet.sellPaid(2);
    await desk.refund(sold, "open", [3]);
    const paying = await desk.begin(await desk.hold(standing(2)));
    await inventory.block(desk.showing, [9], "op", desk.now);
    await fleet.catchUp();
    const states = await desk.states();
    const heads = await inventory.log.heads();
    await fleet.redis.command("FLUSHALL");
    await refused(desk.tryHold(named(8)), "sales_paused");
    const done = await fleet.recover();
    equal(of(done, sold)?.outcome, "rebuilt");
    equal(await desk.states(), states);
    await desk.counts({ sold: 3, blocked: 1, admitted: 1 }, { paying: 2 });
    deepEqual(await inventory.log.heads(), heads, "the log goes on where the store is");
    await refused(desk.scan(1), "ticket_used", { at: desk.now, gate: "north" });
    await refused(desk.scan(2, 1), "ticket_void");
    deepEqual({ ...(await desk.scan(2, 2)) }, { admitted: true, at: desk.now });
    deepEqual(
      (await inventory.unfinished()).map(({ orderId }) => orderId).toSorted(),
      [sold.orderId, paying.orderId].toSorted(),
    );
    await inventory.finishRefund(sold.orderId, "open", desk.now);
    await desk.confirm(paying);
    deepEqual((await desk.sell(named(3))).generations, [2]);
    await fleet.catchUp();
    deepEqual(fleet.warnings, []);
  });

  it("keeps a cancelled showing closed over a rebuild", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const sold = await fleet.sellPaid(1);
    await inventory.closeShowing(desk.showing, "op", desk.now);
    await fleet.catchUp();
    await fleet.redis.command("FLUSHALL");
    await fleet.recover();
    await refused(desk.tryHold(named(2)), "showing_cancelled");
    equal((await inventory.orderById(sold.orderId))?.status, undefined, "finished orders are in the store only");
    const stored = await recoveryRows(fleet.store).orderById(sold.orderId);
    ok(stored);
    const adopted = await inventory.adopt(stored, desk.now);
    ok(!("refusal" in adopted));
    await desk.refund(sold, "cancelled");
    await inventory.finishRefund(sold.orderId, "cancelled", desk.now);
    await desk.counts({}, {});
  });

  it("finds orders at the provider whose intent was lost, and gives each its seats", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const stored = await fleet.sellPaid(1);
    await fleet.catchUp();
    const lost = await fleet.sellPaid(2, 3);
    const open = await desk.begin(await desk.hold(best(1)));
    await fleet.authorise(open);
    await fleet.redis.command("FLUSHALL");
    const done = await fleet.recover();
    deepEqual(of(done, stored), {
      partition: stored.partition,
      outcome: "rebuilt",
      entered: 2,
      refunded: 0,
      voided: 0,
    });
    equal((await inventory.orderById(lost.orderId))?.status, "confirmed", "its money was taken, so it was sold");
    equal((await inventory.orderById(open.orderId))?.status, "paying");
    await refused(desk.tryHold(named(2)), "seats_taken", { places: [2] });
    const again = await desk.confirm(lost);
    deepEqual([again.places, again.generations, again.draft], [lost.places, lost.generations, lost.draft]);
    await desk.confirm(open);
    await fleet.catchUp();
    deepEqual(fleet.warnings, []);
    equal((await recoveryRows(fleet.store).orderById(lost.orderId))?.status, "confirmed");
  });

  it("rebuilds when Redis comes back with an old append-only file", async () => {
    await using fleet = await Fleet.open();
    const { desk } = fleet;
    await fleet.sellPaid(1);
    const bringBack = await fleet.remember();
    await fleet.sellPaid(2);
    await fleet.catchUp();
    const lost = await fleet.sellPaid(3);
    await bringBack();
    const done = await fleet.recover();
    deepEqual(of(done, lost), { partition: lost.partition, outcome: "rebuilt", entered: 1, refunded: 0, voided: 0 });
    equal((await desk.states()).slice(0, 5), "fsssf");
    await desk.confirm(lost);
    await fleet.catchUp();
    deepEqual(fleet.warnings, []);
  });

  it("lets the highest epoch have a seat that several lost orders were paid for, and gives the others their money back", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const first = await desk.begin(await desk.hold(named(4, 5)), nextId("order"));
    await fleet.authorise(first, 1);
    await fleet.redis.command("FLUSHALL");
    // The first recovery finds it; a flush before its confirmation loses it again, and with it a second order for one of its seats.
    await fleet.recover();
    await inventory.cancelPayment(first.orderId, "test", desk.now);
    const second = await desk.begin(await desk.hold(named(5)), nextId("order"));
    await fleet.authorise(second);
    await fleet.redis.command("FLUSHALL");
    const done = await fleet.recover();
    deepEqual(of(done, first), {
      partition: first.partition,
      outcome: "continued",
      entered: 1,
      refunded: 0,
      voided: 1,
    });
    equal((await inventory.orderById(second.orderId))?.status, "paying");
    equal((await fleet.payments.find(first.orderId)).state, "cancelled");
    equal((await desk.states()).slice(4, 6), "fp");
  });

  it("leaves a seat to who bought it after somebody's payment for it came to nothing", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory, payments } = fleet;
    const declined = await desk.begin(await desk.hold(named(1)));
    const cancelled = await desk.begin(await desk.hold(named(2)));
    const open = await desk.begin(await desk.hold(named(3)));
    await fleet.catchUp();
    await fleet.authorise(declined, inventory.epoch(declined.partition), "tok_decline");
    await inventory.decline(declined.orderId, "declined", desk.now, desk.now);
    await payments.cancel(cancelled.orderId);
    await inventory.cancelPayment(cancelled.orderId, "cancelled", desk.now);
    const sold = await fleet.sellPaid(1, 2);
    await fleet.redis.command("FLUSHALL");
    const { entered, voided } = of(await fleet.recover(), sold) ?? {};
    deepEqual([entered, voided], [1, 0]);
    equal((await desk.states()).slice(0, 5), "fsspf");
    equal((await payments.find(sold.orderId)).state, "captured");
    deepEqual(
      (await inventory.unfinished()).map(({ orderId }) => orderId),
      [open.orderId],
    );
    await fleet.authorise(open);
    await fleet.agree();
    for (const [order, status] of [
      [declined, "declined"],
      [cancelled, "cancelled"],
      [open, "confirmed"],
    ] as const)
      equal((await recoveryRows(fleet.store).orderById(order.orderId))?.status, status);
  });

  it("leaves a seat to who bought it when it was put on sale again", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    await inventory.block(desk.showing, [1, 2], "op", desk.now);
    await fleet.catchUp();
    await inventory.unblock(desk.showing, [1, 2], "op", desk.now);
    const sold = await fleet.sellPaid(1, 3);
    const reserved = await desk.begin(await desk.hold(named(2)));
    await fleet.authorise(reserved);
    await fleet.redis.command("FLUSHALL");
    const { entered, voided } = of(await fleet.recover(), sold) ?? {};
    deepEqual([entered, voided], [1, 1], "of what is only reserved nobody knows whether it was told");
    equal((await desk.states()).slice(0, 5), "fsbsf");
    equal((await fleet.payments.find(reserved.orderId)).state, "cancelled");
    equal(fleet.warnings.splice(0).length, 1);
    await fleet.agree();
    await fleet.redis.command("FLUSHALL");
    await fleet.recover();
    equal((await desk.states()).slice(0, 5), "fsbsf");
  });

  it("changes nothing any more once a later recovery has begun", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const sold = await fleet.sellPaid(1);
    const recovery = fleet.recovery;
    await recovery.begin(sold.partition, 5);
    await recovery.begin(sold.partition, 6);
    await rejects(recovery.begin(sold.partition, 6), RecoveryOvertaken);
    await rejects(recovery.wipe(sold.partition, 5, { sequence: 0, hash: "" }), RecoveryOvertaken);
    await rejects(recovery.open(sold.partition, 5), RecoveryOvertaken);
    await refused(desk.tryHold(named(2)), "sales_paused");
    await inventory.refresh();
    const done = await fleet.recover();
    equal(of(done, sold)?.outcome, "continued");
    equal(inventory.epoch(sold.partition), 7, "above all that ever began");
  });

  it("leaves a partition that a fault has closed until somebody recovers it by hand", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const sold = await fleet.sellPaid(1);
    inventory.closePartition(sold.partition, "two tickets for one seat");
    while ((await fleet.recovery.standing(sold.partition)).open) await new Promise(setImmediate);
    const left = await fleet.recover();
    deepEqual([of(left, sold)?.outcome, of(left, sold)?.reason], ["stopped", "two tickets for one seat"]);
    await refused(desk.tryHold(named(2)), "sales_paused");
    equal(of(await fleet.recover(true), sold)?.outcome, "rebuilt");
    await desk.counts({ sold: 1 }, {});
    await desk.hold(named(2));
  });

  it("stays closed while the provider cannot say what it knows", async () => {
    await using fleet = await Fleet.open();
    const { desk } = fleet;
    const sold = await fleet.sellPaid(1);
    await fleet.restart();
    await fleet.payments.close();
    const done = await fleet.recover();
    ok(
      done.every(({ outcome }) => outcome === "failed" || outcome === "open"),
      JSON.stringify(of(done, sold)),
    );
    await refused(desk.tryHold(named(2)), "sales_paused");
    await fleet.reopenPayments();
    equal(of(await fleet.recover(), sold)?.outcome, "continued");
  });
});
