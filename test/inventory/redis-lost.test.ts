// Whether an order that is not found is nowhere, or may be one that a recovery has yet to find at the payment provider.

import { equal } from "node:assert/strict";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { partitionOf } from "../../src/domain/ids.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { Desk, named, nextId, partitions } from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

describe("an order that an inventory in Redis does not find", () => {
  let redis: LocalRedis;
  let inventory: RedisInventory;
  let desk: Desk;
  before(async () => void (redis = await startRedis()));
  after(() => redis.stop());
  const open = () =>
    openRedisInventory({ urls: [redis.url], replicas: 0, partitions, name: "test", onClosed: () => undefined });
  beforeEach(async () => {
    await redis.command("FLUSHALL");
    inventory = await open();
    await openGates(inventory);
    desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
  });
  afterEach(() => inventory.close());

  it("may be lost while any partition waits for its recovery, whatever this process knew before", async () => {
    equal(await inventory.mayBeLost(nextId("order")), false);
    // As a restart of Redis does, without a word to this process.
    const theirs = createRedisRecovery(inventory.connection, partitions);
    const closed = partitions - 1;
    await theirs.begin(closed, inventory.epoch(closed) + 1);
    const asked = await Promise.all(Array.from({ length: 20 }, () => inventory.mayBeLost(nextId("order"))));
    equal(asked.every(Boolean), true);
    await theirs.open(closed, inventory.epoch(closed) + 1);
    equal(await inventory.mayBeLost(nextId("order")), false);
  });

  it("may be lost only while its own partition is closed, if it is known which that is", async () => {
    const { orderId } = await desk.sell(named(1));
    const own = partitionOf(desk.showing.showingId, partitions);
    inventory.closePartition((own + 1) % partitions, "test");
    equal(await inventory.mayBeLost(orderId), false);
    equal(await inventory.mayBeLost(nextId("order")), true);
    const theirs = createRedisRecovery(inventory.connection, partitions);
    await theirs.begin(own, inventory.epoch(own) + 1);
    equal(await inventory.mayBeLost(orderId), true);
  });

  it("may be lost while Redis is away", async () => {
    await redis.kill("SIGKILL");
    equal(await inventory.mayBeLost(nextId("order")), true);
    await redis.restart();
  });
});
