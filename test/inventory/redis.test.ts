// What only a server that many processes share has to promise: beside the contract, which every back end keeps.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { partitionOf } from "../../src/domain/ids.ts";
import { Refusal } from "../../src/domain/refusals.ts";
import type { SeatChange } from "../../src/inventory/port.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { librarySource, RedisUnfit } from "../../src/inventory/redis/library.ts";
import {
  accepted,
  Desk,
  holdMs,
  named,
  nextId,
  partitions,
  refused,
  showingRef,
} from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("an inventory in Redis", () => {
  let redis: LocalRedis;
  let opened: RedisInventory[];
  before(async () => void (redis = await startRedis()));
  after(() => redis.stop());
  beforeEach(async () => {
    opened = [];
    await redis.command("FLUSHALL");
    await redis.command("FUNCTION", "FLUSH");
  });
  afterEach(() => Promise.all(opened.map((inventory) => inventory.close())));

  async function open(change: { replicas?: number; urls?: readonly string[]; closed?: string[] } = {}) {
    const { replicas = 0, urls = [redis.url], closed = [] } = change;
    const onClosed = (_: number, reason: string) => void closed.push(reason);
    const inventory = await openRedisInventory({ urls, replicas, partitions, name: "test", onClosed });
    opened.push(inventory);
    return inventory;
  }
  const deskOf = (inventory: RedisInventory) =>
    new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
  async function openDesk(change: Parameters<typeof open>[0] = {}): Promise<Desk> {
    const inventory = await open(change);
    await openGates(inventory);
    return deskOf(inventory);
  }
  const redisOf = (desk: Desk) => desk.inventory as RedisInventory;

  it("does not start on a Redis that could forget a sale", async () => {
    for (const [setting, wrong, right] of [
      ["appendfsync", "everysec", "always"],
      ["maxmemory-policy", "allkeys-lru", "noeviction"],
      ["no-appendfsync-on-rewrite", "yes", "no"],
      ["appendonly", "no", "yes"],
    ] as const) {
      await redis.command("CONFIG", "SET", setting, wrong);
      const fault = await open().catch((error: unknown) => error);
      ok(fault instanceof RedisUnfit && fault.message.includes(`${setting} ${right}`), String(fault));
      await redis.command("CONFIG", "SET", setting, right);
    }
    await rejects(open({ replicas: 1 }), /min-replicas-to-write 0/);
  });

  it("loads an older library anew and leaves a newer one", async () => {
    const versionOf = async () => /-- version (\d+)/.exec(await redis.command("FUNCTION", "LIST", "WITHCODE"))?.[1];
    const now = /-- version (\d+)/.exec(librarySource)?.[1];
    for (const [loaded, then] of [
      ["0", now],
      ["999", "999"],
    ] as const) {
      await redis.command(
        "FUNCTION",
        "LOAD",
        "REPLACE",
        librarySource.replace(`-- version ${now}`, `-- version ${loaded}`),
      );
      await open();
      equal(await versionOf(), then);
    }
  });

  it("sells nothing in a partition whose gate nobody opened, and does so in every process once it is open", async () => {
    const first = deskOf(await open());
    const second = deskOf(await open());
    await refused(first.tryHold(named(1)), "sales_paused");
    equal(first.inventory.closedPartitions().length, partitions);
    await openGates(redisOf(first));
    await first.hold(named(1));
    await second.hold(named(2));
    const partition = partitionOf(first.showing.showingId, partitions);
    const epoch = second.inventory.epoch(partition);
    await openGates(redisOf(first));
    await second.hold(named(3), { holder: "g:bob" });
    equal(second.inventory.epoch(partition), epoch + 1, "it heard of the new epoch by being refused in the old one");
  });

  it("closes a partition whose seats are not what they must be, and says so in every process", async () => {
    const closed: string[] = [];
    const desk = await openDesk({ closed });
    const other = deskOf(await open());
    const order = await desk.begin(await desk.hold(named(1)));
    const key = `{p${order.partition}}:s:${desk.showing.showingId}`;
    const at = Number(await redis.command("STRLEN", key)) - desk.showing.placeCount + 1;
    await redis.command("SETRANGE", key, String(at), "f");
    await refused(desk.inventory.confirm(order.orderId, "pay", desk.now), "sales_paused");
    deepEqual(closed, [`place 1 of ${desk.showing.showingId} is "f", not one of "p"`]);
    await refused(other.tryHold(named(5)), "sales_paused");
    deepEqual(other.inventory.closedPartitions(), [{ partition: order.partition, reason: closed[0] }]);
    equal((await desk.inventory.log.heads())[order.partition], 1, "nothing of the refused sale was written");
  });

  it("gives places of holds that ran out to the next one, with no process alive meanwhile", async () => {
    const desk = await openDesk();
    await desk.hold(named(1, 2));
    const paying = await desk.begin(await desk.hold(named(3)));
    await redisOf(desk).close();
    opened = [];
    const next = deskOf(await open());
    next.now += holdMs;
    deepEqual((await next.hold(named(2), { holder: "g:bob" })).places, [2]);
    await refused(next.tryHold(named(3)), "seats_taken", { places: [3] });
    equal((await next.confirm(paying)).status, "confirmed");
  });

  it("binds an order id to one showing, whatever partitions they lie in", async () => {
    const desk = await openDesk();
    const others = Array.from("abcdefgh", (end) => showingRef(`0000100z1abcdefg${end}`));
    const first = await desk.begin(await desk.hold(named(1)), "the-order-of-the-test");
    for (const showing of others) {
      if (showing.showingId === desk.showing.showingId) continue;
      const hold = await desk.hold(named(1), { showing });
      const draft = { ...first.draft, showingId: showing.showingId };
      const request = { holdId: hold.holdId, fingerprint: "same", draft, now: desk.now };
      await refused(desk.inventory.beginPayment(request), "order_id_reused");
    }
    equal((await desk.inventory.unfinished()).length, 1);
  });

  it("cannot confirm an order any more that somebody began to cancel", async () => {
    const desk = await openDesk();
    const order = await desk.begin(await desk.hold(named(1)));
    const marked = accepted(await desk.inventory.beginCancel(order.orderId, desk.now));
    deepEqual([marked.status, marked.cancelling], ["paying", true]);
    await refused(desk.inventory.confirm(order.orderId, "pay", desk.now), "seats_lost");
    equal((await desk.inventory.unfinished())[0]?.cancelling, true);
    equal(accepted(await desk.inventory.cancelPayment(order.orderId, "gone", desk.now)).status, "cancelled");
    const sold = await desk.sell(named(1));
    equal(accepted(await desk.inventory.beginCancel(sold.orderId, desk.now)).status, "confirmed");
  });

  it("tells a watcher in one process what another one sells", async () => {
    const desk = await openDesk();
    const other = deskOf(await open());
    const seen: SeatChange[] = [];
    const stop = other.inventory.watch(desk.showing, (change) => void seen.push(change));
    await other.states();
    await desk.sell(named(1, 2));
    while (seen.length < 3) await nextTurn();
    deepEqual(
      seen.map(({ state }) => state),
      ["held", "paying", "sold"],
    );
    stop();
  });

  it("lets one worker take over what another took from the log and left", async () => {
    const desk = await openDesk();
    const { partition } = await desk.sell(named(1));
    await desk.sell(named(2));
    const [first, second] = ["first", "second"].map((name) => redisOf(desk).consumer(name));
    ok(first && second);
    const sequences = async (log: typeof first, after: number) =>
      (await log.read(partition, after, 100)).map(({ sequence }) => sequence);
    deepEqual(
      (await first.read(partition, 0, 3)).map(({ sequence }) => sequence),
      [1, 2, 3],
    );
    await first.acknowledge(partition, 2);
    deepEqual(await sequences(second, 2), [3, 4], "the one left pending, then what nobody took");
    deepEqual(await sequences(second, 2), [3, 4], "until it is acknowledged");
    await second.acknowledge(partition, 4);
    await desk.sell(named(3));
    deepEqual(await sequences(second, 4), [5, 6]);
    deepEqual(await sequences(first, 4), [5, 6], "also back again");
    const pending = await redis.command("XPENDING", `{p${partition}}:log`, "store");
    ok(pending.startsWith("2\n5-0\n6-0\nfirst"), pending);
  });

  it("gives a worker what the store lacks, whatever its consumer group takes for done", async () => {
    const desk = await openDesk();
    const { partition } = await desk.sell(named(1));
    await desk.sell(named(2));
    const log = redisOf(desk).consumer("worker");
    equal((await log.read(partition, 0, 100)).length, 4);
    await redis.command("XACK", `{p${partition}}:log`, "store", "2-0", "3-0", "4-0");
    deepEqual(
      (await log.read(partition, 1, 100)).map(({ sequence }) => sequence),
      [2, 3, 4],
    );
  });

  it("forgets what the store has and nobody asks for, and knows an order again that is brought back", async () => {
    const desk = await openDesk();
    const sold = await desk.sell(named(1));
    const paying = await desk.begin(await desk.hold(named(2)));
    for (let index = 0; index < 150; index += 1) {
      const { orderId } = await desk.begin(await desk.hold(named(5)));
      await desk.inventory.cancelPayment(orderId, "test", desk.now);
    }
    const head = (await desk.inventory.log.heads())[sold.partition] ?? 0;
    desk.now += 3 * 3_600_000;
    await desk.inventory.sweep(desk.now);
    ok(await desk.inventory.orderById(sold.orderId), "the store has nothing yet");
    equal((await desk.inventory.log.read(sold.partition, 0, 1_000)).length, head);
    await desk.inventory.log.acknowledge(sold.partition, head);
    desk.now += 3 * 3_600_000;
    await desk.inventory.sweep(desk.now);
    equal((await desk.inventory.log.read(sold.partition, 0, 1_000)).length, 256);
    equal(await desk.inventory.orderById(sold.orderId), undefined);
    equal((await desk.inventory.orderById(paying.orderId))?.status, "paying", "never what is open");
    await refused(desk.refund(sold, "r"), "not_found");
    deepEqual(await desk.inventory.adopt(sold, desk.now), sold);
    equal(accepted(await desk.refund(sold, "r")).refunds.length, 1);
    accepted(await desk.inventory.finishRefund(sold.orderId, "r", desk.now));
    deepEqual(accepted(await desk.inventory.adopt(sold, desk.now)).refunds.length, 1, "what is known stays as it is");
    await desk.counts({ paying: 1 }, {});
    desk.now = desk.showing.startsAt + 4 * 86_400_000;
    await desk.inventory.cancelPayment(paying.orderId, "over", desk.now);
    await desk.inventory.sweep(desk.now);
    equal(await redis.command("EXISTS", `{p${sold.partition}}:s:${desk.showing.showingId}`), "0");
  });

  it("refuses what it cannot look up, and pauses sales, while Redis is away", async () => {
    const desk = await openDesk();
    const order = await desk.begin(await desk.hold(named(1)));
    await redis.kill("SIGKILL");
    await refused(desk.tryHold(named(2)), "sales_paused");
    await refused(desk.inventory.confirm(order.orderId, "pay", desk.now), "sales_paused");
    for (const reading of [
      () => desk.inventory.counts(desk.showing),
      () => desk.inventory.seats(desk.showing),
      () => desk.inventory.orderById(nextId("order")),
      () => desk.inventory.unfinished(),
    ])
      await rejects(reading(), (error) => error instanceof Refusal && error.code === "unavailable");
    deepEqual(await desk.inventory.freeOf([desk.showing.showingId]), [undefined]);
    await redis.restart();
    while ((await desk.inventory.seats(desk.showing).catch(() => undefined)) === undefined) await nextTurn();
    await openGates(redisOf(desk));
    equal((await desk.confirm(order)).status, "confirmed");
  });

  it("answers with a replica only what the replica has", async () => {
    const replica = await startRedis({ replicaOf: redis });
    try {
      await redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
      const desk = await openDesk({ replicas: 1 });
      const sold = await desk.sell(named(1));
      const hold = await desk.hold(named(2));
      await replica.kill("SIGSTOP");
      const orderId = nextId("order");
      await refused(desk.tryBegin(hold, orderId), "sales_paused");
      await refused(desk.inventory.confirm(sold.orderId, "pay", desk.now), "sales_paused");
      await replica.kill("SIGCONT");
      let again = await desk.tryBegin(hold, orderId);
      while ("refusal" in again) again = await desk.tryBegin(hold, orderId);
      equal(again.begun, false, "it had begun; now it is safe as well");
      await desk.confirm(again.order);
    } finally {
      await redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
      await replica.stop();
    }
  });

  it("follows the master to its replica, and sells there once its partitions are recovered", async () => {
    const master = await startRedis();
    const replica = await startRedis({ replicaOf: master });
    try {
      const desk = await openDesk({ urls: [master.url, replica.url] });
      const order = await desk.begin(await desk.hold(named(1)));
      await redisOf(desk).connection.call("WAIT", 1, 1_000);
      await master.kill("SIGKILL");
      await replica.promote();
      let states = await desk.states().catch(() => undefined);
      while (states === undefined) states = await desk.states().catch(() => undefined);
      equal(states.slice(0, 3), "fpf");
      await refused(desk.tryHold(named(2)), "sales_paused");
      await openGates(redisOf(desk));
      await desk.confirm(order);
    } finally {
      await master.stop();
      await replica.stop();
    }
  });
});
