// Which showing each order's id was used for, kept in little room: on one server within the functions, in a cluster beside them.

import { deepEqual, equal, ok } from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import {
  bindingArguments,
  bindingPlace,
  bindKnownOrder,
  bindOrder,
  boundShowing,
  boundUntil,
} from "../../src/inventory/redis/bindings.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { functionName } from "../../src/inventory/redis/library.ts";
import { Desk, named, nextId, partitions, refused, showingRef, start } from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

const dayMs = 86_400_000;
const [one, other] = ["0000100z1abcdefgh", "0000100z1abcdefgj"];

function judge(
  where: string,
  startServers: () => Promise<{ nodes: readonly LocalRedis[]; urls: readonly string[]; stop(): Promise<void> }>,
) {
  describe(`bindings of order ids ${where}`, () => {
    let servers: Awaited<ReturnType<typeof startServers>>;
    let inventory: RedisInventory;
    let desk: Desk;
    before(async () => void (servers = await startServers()));
    after(() => servers.stop());
    beforeEach(async () => {
      for (const node of servers.nodes) await node.command("FLUSHALL");
      inventory = await open();
      await openGates(inventory);
      desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
    });
    afterEach(() => inventory.close());
    const open = () =>
      openRedisInventory({ urls: servers.urls, replicas: 0, partitions, name: "test", onClosed: () => undefined });

    const bind = (orderId: string, showingId: string, days = 10, now = start) =>
      bindOrder(inventory.connection, { orderId, showingId }, now + days * dayMs, now);
    const showingOf = (orderId: string) => boundShowing(inventory.connection, orderId);
    /** The instant after its last day. */
    const overAt = (until: number) => (Math.floor(until / dayMs) + 1) * dayMs;
    /** Sweeps once, as a process whose first turn begins with the order's bucket. */
    async function sweepFrom(orderId: string, from: number): Promise<void> {
      const bucket = Number.parseInt(bindingPlace(orderId).bucket.slice(2), 16);
      const now = from + ((bucket - (from % 65_536) + 65_536) % 65_536);
      const sweeper = await open();
      await sweeper.sweep(now);
      await sweeper.close();
    }

    it("belong to one showing, whoever asks, whatever the id is made of", async () => {
      const ids = [
        crypto.randomUUID(),
        "ABCDEFGHIJKLMNOP",
        "abcdefghijklmnop",
        "0000000000000016",
        "-".repeat(64),
        `${"x".repeat(63)}y`,
      ];
      for (const [index, id] of ids.entries()) {
        const [mine, theirs] = index % 2 === 0 ? [one, other] : [other, one];
        ok(await bind(id, mine));
        ok(await bind(id, mine));
        equal(await bind(id, theirs), false);
        equal(await showingOf(id), mine);
      }
      equal(await showingOf("of-nobody-at-all"), undefined);
    });

    it("refuse an id for another showing, and find its order from another process", async () => {
      const order = await desk.sell(named(1));
      const showing = showingRef(other);
      const hold = await desk.hold(named(1), { showing });
      const draft = { showingId: showing.showingId };
      await refused(desk.tryBegin(hold, order.orderId, "same", draft), "order_id_reused");
      const next = await open();
      deepEqual(await next.orderById(order.orderId), order);
      await next.close();
    });

    it("last through the day that was asked for, and never for less than before", async () => {
      const [id, until] = [nextId("order"), start + 10 * dayMs];
      await bind(id, one);
      await bind(id, one, 2);
      equal(await bind(id, other, 2, overAt(until) - 1), false);
      await bind(id, one, 20);
      equal(await bind(id, other, 2, overAt(until)), false);
      ok(await bind(id, other, 2, overAt(start + 20 * dayMs)));
      equal(await showingOf(id), other);
    });

    it("last until the showing is over", async () => {
      const { orderId } = await desk.sell(named(1));
      const { startsAt } = desk.showing;
      equal(boundUntil(startsAt, start), startsAt + 4 * dayMs);
      equal(boundUntil(startsAt, startsAt + 100 * dayMs), startsAt + 102 * dayMs);
      // In a cluster the last day is told after the order has begun.
      while ((await daysOf(orderId)) < Math.floor(startsAt / dayMs) + 4) await new Promise(setImmediate);
      await sweepFrom(orderId, startsAt + 3 * dayMs);
      equal(await showingOf(orderId), desk.showing.showingId);
      await sweepFrom(orderId, overAt(startsAt + 4 * dayMs));
      equal(await showingOf(orderId), undefined);
    });
    async function daysOf(orderId: string): Promise<number> {
      const { bucket, field } = bindingPlace(orderId);
      return (await inventory.connection.hgetBuffer(bucket, field))?.readUInt16BE(11) ?? 0;
    }

    it("follow an order that there is, whatever was said of its id", async () => {
      const id = nextId("order");
      await bind(id, one);
      await bindKnownOrder(inventory.connection, { orderId: id, showingId: other, startsAt: start }, start);
      equal(await showingOf(id), other);
    });

    it("are pruned one by one, and their bucket goes with the last", async () => {
      const { bucket, field } = bindingPlace(nextId("order"));
      const put = (digest: string, days: number) =>
        inventory.connection.fcall(
          functionName("bind"),
          1,
          bucket,
          start,
          ...bindingArguments({ bucket, field: digest }, one, start + days * dayMs),
        );
      for (let index = 0; index < 10; index += 1) await put(`${field}${index}`, 1 + (index % 2));
      const prune = (days: number) =>
        inventory.connection.fcall(functionName("prune"), 1, bucket, start + days * dayMs) as Promise<[string, number]>;
      const left = () => inventory.connection.hlen(bucket);
      deepEqual(await prune(1), ["ok", 0]);
      deepEqual(await prune(2), ["ok", 5]);
      equal(await left(), 5);
      deepEqual(await prune(3), ["ok", 5]);
      equal(await inventory.connection.exists(bucket), 0);
    });

    it("lie in one piece, as many as five weeks of a country leave in a bucket", async () => {
      const { bucket } = bindingPlace(nextId("order"));
      for (let index = 0; index < 430; index += 1) {
        const { field } = bindingPlace(`order-number-${index}`);
        const binding = bindingArguments({ bucket, field }, one, start + 9_000 * dayMs);
        await inventory.connection.fcall(functionName("bind"), 1, bucket, start, ...binding);
      }
      equal(await inventory.connection.object("ENCODING", bucket), "listpack");
      ok(Number(await inventory.connection.memory("USAGE", bucket, "SAMPLES", 0)) < 430 * 40);
    });
  });
}

judge("in one Redis", async () => {
  const redis = await startRedis();
  return { nodes: [redis], urls: [redis.url], stop: () => redis.stop() };
});
judge("in a cluster", () => startRedisCluster({ masters: 3 }));
