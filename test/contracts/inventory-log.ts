// The contract of the sales log: what was decided, in order, chained; and what a restart brings back.

import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { it } from "node:test";
import { isChained } from "../../src/inventory/chain.ts";
import type { Inventory, LogEntry } from "../../src/inventory/port.ts";
import {
  accepted,
  best,
  Desk,
  holdMs,
  named,
  nextId,
  refused,
  showingRef,
  standing,
  type OpenBackEnd,
} from "./inventory-setting.ts";

/** All entries of a partition, in small pages. */
async function allEntries(inventory: Inventory, partition: number): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (;;) {
    const page = await inventory.log.read(partition, entries.length, 3);
    ok(page.length <= 3);
    if (page.length === 0) return entries;
    entries.push(...page);
  }
}

/** Fails unless every partition's log is contiguous and chained, and as long as its head says. */
async function wholeLog(inventory: Inventory): Promise<LogEntry[][]> {
  const heads = await inventory.log.heads();
  equal(heads.length, inventory.partitions);
  const logs: LogEntry[][] = [];
  for (const [partition, head] of heads.entries()) {
    const entries = await allEntries(inventory, partition);
    equal(entries.length, head);
    let before = "";
    for (const [index, entry] of entries.entries()) {
      deepEqual([entry.partition, entry.sequence], [partition, index + 1]);
      ok(isChained(before, JSON.stringify(entry.body), entry.hash), `entry ${index + 1} is not chained`);
      before = entry.hash;
    }
    logs.push(entries);
  }
  return logs;
}

/** One of everything that is durable. */
async function everything(desk: Desk) {
  const { inventory, showing } = desk;
  const sold = await desk.sell(best(3), {}, { accountId: "ada" });
  const declined = await desk.begin(await desk.hold(named(0)));
  await inventory.decline(declined.orderId, "insufficient_funds", desk.now + 60_000, desk.now);
  const cancelled = await desk.begin(await desk.hold(standing(2)));
  await inventory.cancelPayment(cancelled.orderId, "absent", desk.now);
  const [first = -1, second = -1] = sold.places;
  await desk.scan(first);
  await desk.refund(sold, "done", [second]);
  await inventory.finishRefund(sold.orderId, "done", desk.now);
  await inventory.block(showing, [18, 19], "op", desk.now);
  await inventory.unblock(showing, [19], "op", desk.now);
  const paying = await desk.begin(await desk.hold(named(10, 11)));
  await desk.refund(sold, "begun", [sold.places[2] ?? -1]);
  return { sold, declined, cancelled, paying, first };
}

export function logContract(open: OpenBackEnd): void {
  it("writes one entry for each decision that lasts, in order and chained", async () => {
    await using desk = await Desk.open(open);
    const { sold } = await everything(desk);
    const logs = await wholeLog(desk.inventory);
    deepEqual(
      logs[sold.partition]?.map(({ body }) => body.kind),
      [
        "intent",
        "sale",
        "intent",
        "declined",
        "intent",
        "cancelled",
        "admitted",
        "refund-begun",
        "refund-done",
        "blocked",
        "unblocked",
        "intent",
        "refund-begun",
      ],
    );
    equal(logs.flat().length, 13, "holds leave no trace");
    equal(logs[sold.partition]?.[1]?.sequence, sold.sequence);
  });

  it("has an entry in the log before it answers", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const last = async () => {
      const entries = (await wholeLog(inventory)).flat();
      return [entries.length, entries.at(-1)?.body.kind];
    };
    const order = await desk.begin(await desk.hold(named(1)));
    deepEqual(await last(), [1, "intent"]);
    await desk.confirm(order);
    deepEqual(await last(), [2, "sale"]);
    await desk.scan(1);
    deepEqual(await last(), [3, "admitted"]);
    await desk.refund(order, "r");
    deepEqual(await last(), [4, "refund-begun"]);
    await inventory.finishRefund(order.orderId, "r", desk.now);
    deepEqual(await last(), [5, "refund-done"]);
    await inventory.block(showing, [1], "op", desk.now);
    deepEqual(await last(), [6, "blocked"]);
    await inventory.closeShowing(showing, "op", desk.now);
    deepEqual(await last(), [7, "showing-closed"]);
  });

  it("spreads showings over its partitions, each with a log of its own", async () => {
    await using desk = await Desk.open(open);
    for (const end of "abcdefghjkmn") {
      const showing = showingRef(`0000100z1abcdefg${end}`);
      const hold = await desk.hold(named(1), { showing });
      await desk.begin(hold, nextId("order"), { showingId: showing.showingId });
    }
    const logs = await wholeLog(desk.inventory);
    ok(logs.every((entries) => entries.length > 0));
  });

  it("brings back after a restart all that was durable", async () => {
    await using desk = await Desk.open(open);
    const { sold, declined, cancelled, paying, first } = await everything(desk);
    const epoch = desk.inventory.epoch(sold.partition);
    const orders = [sold, declined, cancelled, paying].map(({ orderId }) => orderId);
    const before = await Promise.all(orders.map((orderId) => desk.inventory.orderById(orderId)));
    const { holdsSurvive } = desk.backEnd;
    const states = holdsSurvive ? await desk.states() : (await desk.states()).replaceAll("h", "f");
    await desk.reopen();
    await desk.reopen();
    deepEqual(desk.inventory.closedPartitions(), []);
    equal(desk.inventory.epoch(sold.partition), epoch + 2, "each start is a reign of its own");
    deepEqual(await Promise.all(orders.map((orderId) => desk.inventory.orderById(orderId))), before);
    equal(await desk.states(), states);
    await desk.counts({ sold: 2, paying: 2, blocked: 1, admitted: 1, ...(holdsSurvive ? { held: 1 } : {}) }, {});
    deepEqual(
      (await desk.inventory.unfinished()).map(({ orderId }) => orderId).toSorted(),
      [sold.orderId, paying.orderId].toSorted(),
    );
    await refused(desk.scan(first), "ticket_used", { at: desk.now, gate: "north" });
    equal((await desk.inventory.recentOrders("ada")).length, 1);
    await wholeLog(desk.inventory);
  });

  it("finishes after a restart what was open before it", async () => {
    await using desk = await Desk.open(open);
    const { sold, paying, declined } = await everything(desk);
    await desk.reopen();
    const { inventory } = desk;
    await desk.confirm(paying);
    await inventory.finishRefund(sold.orderId, "begun", desk.now);
    const other = await desk.begin(await desk.hold(named(12)));
    await desk.reopen();
    await desk.inventory.decline(other.orderId, "declined", desk.now + 60_000, desk.now);
    await desk.counts({ sold: 3, held: desk.backEnd.holdsSurvive ? 2 : 1, blocked: 1, admitted: 1 }, {});
    equal((await desk.inventory.orderById(declined.orderId))?.reason, "insufficient_funds");
    deepEqual(await desk.inventory.unfinished(), []);
    const logs = await wholeLog(desk.inventory);
    deepEqual(new Set(logs.flat().map((entry) => entry.epoch)).size, 3);
  });

  it("goes on counting generations, and keeps a showing closed, after a restart", async () => {
    await using desk = await Desk.open(open);
    const first = await desk.sell(named(1));
    await desk.refund(first, "r");
    await desk.inventory.finishRefund(first.orderId, "r", desk.now);
    await desk.reopen();
    deepEqual((await desk.sell(named(1))).generations, [2]);
    await desk.inventory.closeShowing(desk.showing, "op", desk.now);
    await desk.reopen();
    await refused(desk.tryHold(named(2)), "showing_cancelled");
  });

  it("remembers orders after the store has them, also over a restart and a checkpoint", async () => {
    await using desk = await Desk.open(open);
    const { sold } = await everything(desk);
    const before = await desk.inventory.orderById(sold.orderId);
    const heads = await desk.inventory.log.heads();
    for (const [partition, head] of heads.entries()) await desk.inventory.log.acknowledge(partition, head);
    desk.now += holdMs;
    await desk.inventory.sweep(desk.now);
    deepEqual(await desk.inventory.orderById(sold.orderId), before);
    await desk.reopen();
    deepEqual(await desk.inventory.orderById(sold.orderId), before);
    deepEqual(await desk.inventory.recentOrders("ada"), before ? [before] : [], "its refund is not finished");
    const again = await desk.tryBegin({ holdId: before?.holdId ?? "", places: [] }, sold.orderId);
    deepEqual(accepted(again), { order: before, begun: false });
  });

  it("keeps showings that are over, and forgets old entries only when the store has them", async () => {
    await using desk = await Desk.open(open);
    if (desk.backEnd.forgetsEarly) return;
    const { sold } = await everything(desk);
    const { inventory, showing } = desk;
    const states = (await desk.states()).replaceAll("h", "f");
    desk.now = showing.startsAt + 3 * 86_400_000;
    await inventory.sweep(desk.now);
    equal(await desk.states(), states, "a showing long over can still be drawn");
    desk.now = showing.startsAt + 40 * 86_400_000;
    const sweepAll = async () => {
      for (let round = 0; round <= inventory.partitions; round += 1) await inventory.sweep((desk.now += 10_000));
    };
    await sweepAll();
    equal((await inventory.log.read(sold.partition, 0, 100)).length, 13);
    const head = (await inventory.log.heads())[sold.partition] ?? 0;
    await inventory.log.acknowledge(sold.partition, head - 3);
    await sweepAll();
    const [first] = await inventory.log.read(sold.partition, 0, 1);
    equal(first?.sequence, head - 2, "only below what the store has");
    await desk.reopen();
    deepEqual(desk.inventory.closedPartitions(), []);
    equal(await desk.states(), states);
  });

  it("keeps what was decided about a showing until it is over, however long ago", async () => {
    await using desk = await Desk.open(open);
    if (desk.backEnd.forgetsEarly) return;
    const showing = { ...desk.showing, startsAt: desk.now + 300 * 86_400_000 };
    const { inventory } = desk;
    await inventory.block(showing, [1], "op", desk.now);
    desk.now += 100 * 86_400_000;
    for (const [partition, head] of (await inventory.log.heads()).entries())
      await inventory.log.acknowledge(partition, head);
    for (let round = 0; round <= inventory.partitions; round += 1) await inventory.sweep((desk.now += 10_000));
    equal((await wholeLog(inventory)).flat().length, 1);
  });

  it("gives every epoch and order its own entries: ids are not mixed up", async () => {
    await using desk = await Desk.open(open);
    const one = await desk.sell(named(1));
    const two = await desk.sell(named(3));
    notEqual(one.orderId, two.orderId);
    deepEqual([one.places, two.places], [[1], [3]]);
    equal(await desk.inventory.orderById("no-order"), undefined);
  });
}
