// What Redis has forgotten because the store has it: nobody may get by that what he would not get otherwise.

import { deepEqual, equal } from "node:assert/strict";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { partitionOf } from "../../src/domain/ids.ts";
import type { InventoryOrder } from "../../src/inventory/port.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { accepted, Desk, named, nextId, partitions, refused, showingRef } from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

const hours = 3_600_000;

describe("what an inventory in Redis has forgotten", () => {
  let redis: LocalRedis;
  let inventory: RedisInventory;
  let desk: Desk;
  const closed: string[] = [];
  before(async () => void (redis = await startRedis()));
  after(() => redis.stop());
  beforeEach(async () => {
    closed.length = 0;
    await redis.command("FLUSHALL");
    const onClosed = (_: number, reason: string) => void closed.push(reason);
    inventory = await openRedisInventory({ urls: [redis.url], replicas: 0, partitions, name: "test", onClosed });
    await openGates(inventory);
    desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
  });
  afterEach(() => inventory.close());

  /** The store has everything, and time goes by. */
  async function forget(ms: number): Promise<void> {
    for (const [partition, head] of (await inventory.log.heads()).entries())
      await inventory.log.acknowledge(partition, head);
    desk.now += ms;
    await inventory.sweep(desk.now);
  }
  const read = async ({ orderId }: { orderId: string }) => inventory.orderById(orderId);

  it("does not take the id of a forgotten order for another one: its payment would pay twice", async () => {
    const sold = await desk.sell(named(1));
    const left = await desk.begin(await desk.hold(named(2)));
    await inventory.cancelPayment(left.orderId, "test", desk.now);
    await forget(3 * hours);
    for (const { orderId } of [sold, left]) {
      equal(await read({ orderId }), undefined);
      await refused(desk.tryBegin(await desk.hold(named(5)), orderId), "order_id_reused");
      await refused(desk.tryBegin(await desk.hold(named(5)), orderId, "other"), "order_id_reused");
    }
    equal(accepted(await inventory.adopt(sold, desk.now)).status, "confirmed");
    desk.now = desk.showing.startsAt;
    await forget(4 * 86_400_000);
    deepEqual(
      (await redis.command("KEYS", "{*")).split("\n").filter((key) => /:[sgad]:/.test(key)),
      [],
    );
  });

  it("knows used ids again after a rebuild", async () => {
    const partition = partitionOf(desk.showing.showingId, partitions);
    const recovery = createRedisRecovery(inventory.connection, partitions);
    const epoch = inventory.epoch(partition) + 1;
    await recovery.begin(partition, epoch);
    await recovery.wipe(partition, epoch, { sequence: 0, hash: "" });
    const states = "fs".padEnd(30, "f");
    const [generations, admissions] = [new Map<number, number>(), new Map<number, { at: number; gate: string }>()];
    const { showing } = desk;
    const rebuilt = { showing, closed: false, states, generations, admissions, orders: ["order-of-the-store"] };
    await recovery.rebuildShowings(partition, epoch, [rebuilt], desk.now);
    await recovery.open(partition, epoch);
    await inventory.refresh();
    await refused(desk.tryBegin(await desk.hold(named(5)), "order-of-the-store"), "order_id_reused");
    const other = showingRef("0000100z1abcdefga");
    const hold = await desk.hold(named(5), { showing: other });
    const request = { holdId: hold.holdId, fingerprint: "same", now: desk.now };
    const draft = { ...desk.draft(hold, "order-of-the-store"), showingId: other.showingId };
    await refused(inventory.beginPayment({ ...request, draft }), "order_id_reused");
  });

  it("leaves an order id free that came to nothing before it began", async () => {
    const orderId = nextId("order");
    const released = await desk.hold(named(1));
    await inventory.release(released.holdId, desk.now);
    await refused(desk.tryBegin(released, orderId), "hold_unknown");
    const other = showingRef("0000100z1abcdefga");
    const hold = await desk.hold(named(5), { showing: other });
    await desk.begin(hold, orderId, { showingId: other.showingId });
  });

  it("gives money back for a showing that is long over without taking it for a new one", async () => {
    const sold = await desk.sell(named(1));
    const other = await desk.sell(named(2));
    desk.now = desk.showing.startsAt;
    await forget(4 * 86_400_000);
    accepted(await inventory.closeShowing(desk.showing, "op", desk.now));
    accepted(await inventory.block(desk.showing, [3], "op", desk.now));
    accepted(await inventory.unblock(desk.showing, [3], "op", desk.now));
    await refused(desk.tryHold(named(3)), "sold_out");
    for (const order of [sold, other] satisfies InventoryOrder[]) {
      accepted(await inventory.adopt(order, desk.now));
      accepted(await desk.refund(order, "over"));
      equal(accepted(await inventory.finishRefund(order.orderId, "over", desk.now)).refunds[0]?.status, "done");
    }
    deepEqual(closed, []);
    const entries = await inventory.log.read(sold.partition, 0, 100);
    equal(entries.filter(({ body }) => body.kind === "showing-closed").length, 1);
  });

  it("does not refund seats of an order that was brought back as it was long ago", async () => {
    const sold = await desk.sell(named(1));
    const free = await desk.sell(named(2));
    for (const order of [sold, free]) {
      accepted(await desk.refund(order, "gone"));
      accepted(await inventory.finishRefund(order.orderId, "gone", desk.now));
    }
    const next = await desk.sell(named(1));
    await forget(3 * hours);
    for (const stale of [sold, free]) {
      accepted(await inventory.adopt(stale, desk.now));
      await refused(desk.refund(stale, "again"), "order_not_refundable");
    }
    await desk.hold(named(2));
    await refused(desk.refund(free, "once more"), "order_not_refundable");
    equal(accepted(await inventory.adopt(next, desk.now)).status, "confirmed");
    accepted(await desk.refund(next, "ill"));
    deepEqual(closed, []);
  });

  it("keeps an order at hand for two hours after its last move", async () => {
    const sold = await desk.sell(named(1));
    desk.now += 3 * hours;
    const moved = accepted(await desk.move(sold, "m1", [1, 2]));
    await forget(hours);
    deepEqual(await read(sold), moved);
    await forget(2 * hours);
    equal(await read(sold), undefined);
  });

  it("moves tickets of an order that was brought back, unless their places are not its any more", async () => {
    const sold = await desk.sell(named(1, 2, 3));
    accepted(await desk.move(sold, "m1", [1, 11]));
    const left = accepted(await desk.move(sold, "m2", [2, 12]));
    accepted(await desk.move(sold, "m3", [3, 13]));
    const next = await desk.sell(named(3));
    await forget(3 * hours);
    equal(await inventory.orderById(sold.orderId), undefined);
    deepEqual(accepted(await inventory.adopt(left, desk.now)), left, "as it was before its last move");
    deepEqual(accepted(await desk.move(sold, "m2", [2, 12])), left, "what was done is answered");
    await refused(desk.move(sold, "m4", [3, 14]), "ticket_void", { places: [3] });
    deepEqual(accepted(await desk.move(sold, "m4", [11, 1], [12, 2])).generations, [2, 2, 1]);
    await refused(desk.scan(11, 1), "ticket_void");
    equal(accepted(await inventory.adopt(next, desk.now)).status, "confirmed");
    deepEqual(accepted(await desk.move(next, "m1", [3, 11])).generations, [2]);
    deepEqual(closed, []);
  });

  it("blocks a place that is named twice once", async () => {
    accepted(await inventory.block(desk.showing, [1, 1, 2], "op", desk.now));
    equal((await desk.states()).slice(0, 4), "fbbf");
    accepted(await inventory.unblock(desk.showing, [2, 1, 2], "op", desk.now));
    equal((await desk.states()).slice(0, 4), "ffff");
    deepEqual(closed, []);
  });
});
