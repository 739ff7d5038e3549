// What the operations page tells to allow a Redis user is enough for Marquee, and for nothing that ends it.

import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { startRedis } from "../../deploy/local/redis.ts";
import { openRedisBus } from "../../src/bus/redis.ts";
import { openRedisInventory } from "../../src/inventory/redis/create.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { Desk, named, partitions } from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

it("sells as the user that deploy/redis-users.acl describes, who may end nothing", async () => {
  const file = readFileSync(new URL("../../deploy/redis-users.acl", import.meta.url), "utf8");
  const rules = /^user marquee (.*)$/m.exec(file)?.[1]?.replaceAll("${REDIS_PASSWORD}", "secret").split(" ") ?? [];
  await using redis = await startRedis();
  await redis.command("ACL", "SETUSER", "marquee", ...rules);
  await redis.command("ACL", "SETUSER", "default", "off");
  const urls = [redis.url.replace("redis://", "redis://marquee:secret@")];
  const inventory = await openRedisInventory({
    urls,
    replicas: 0,
    partitions,
    name: "user",
    onClosed: () => undefined,
  });
  const bus = await openRedisBus({ urls });
  await openGates(inventory);
  const desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
  const order = await desk.sell(named(1, 2), {}, { accountId: "ada" });
  const standing = await createRedisRecovery(inventory.connection, partitions).standing(order.partition);
  equal(standing.sequence, 2);
  const consumer = inventory.consumer("worker");
  equal((await consumer.read(order.partition, 0, 10)).length, 2);
  await consumer.acknowledge(order.partition, 2);
  await inventory.sweep(desk.now);
  equal((await inventory.orderById(order.orderId))?.status, "confirmed");
  deepEqual(inventory.closedPartitions(), []);
  for (const command of [
    ["FLUSHALL"],
    ["CONFIG", "SET", "appendfsync", "no"],
    ["SHUTDOWN"],
    ["KEYS", "*"],
    ["ACL", "LIST"],
    ["REPLICAOF", "NO", "ONE"],
  ] as const) {
    const [name, ...parameters] = command;
    const refused = await inventory.connection.call(name, ...parameters).catch((error: unknown) => error);
    match(String(refused), /NOPERM/);
  }
  await bus.close();
  await inventory.close();
});
