// Two versions of the program over one Redis, as during a rolling upgrade: whichever library is there, only programs that get along
// with it decide, and no partition is closed for good by one that does not.

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startRedisCluster, type LocalRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { recordKey } from "../../src/inventory/redis/keys.ts";
import { functionName, librarySource, RedisUnfit } from "../../src/inventory/redis/library.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { Desk, named, partitions, refused } from "../contracts/inventory-setting.ts";
import { openGates } from "../contracts/redis-setting.ts";

const lua = new URL("../../lua/", import.meta.url);
const own = {
  version: Number(/^-- version (\d+)$/m.exec(librarySource)?.[1]),
  interface: Number(/^local interface = '(\d+)'$/m.exec(librarySource)?.[1]),
};
/** The library of another program. */
const libraryOf = ({ version = own.version, interface: number = own.interface }) =>
  librarySource
    .replace(`-- version ${own.version}`, `-- version ${version}`)
    .replace(`local interface = '${own.interface}'`, `local interface = '${number}'`);
const newer = libraryOf({ version: own.version + 1, interface: own.interface + 1 });
const older = libraryOf({ version: own.version - 1, interface: own.interface - 1 });
/** A newer one that gets along with this program. */
const mended = libraryOf({ version: own.version + 1 });
const everyPartition = Array.from({ length: partitions }, (_, partition) => partition);

function judge(
  where: string,
  start: () => Promise<{ nodes: readonly LocalRedis[]; urls: readonly string[]; stop(): Promise<void> }>,
) {
  describe(`a library of another version ${where}`, () => {
    let servers: Awaited<ReturnType<typeof start>>;
    let inventory: RedisInventory;
    let desk: Desk;
    before(async () => void (servers = await start()));
    after(() => servers.stop());
    const everywhere = (...command: readonly [string, ...string[]]) =>
      Promise.all(servers.nodes.map((node) => node.command(...command)));
    const load = (library: string) => everywhere("FUNCTION", "LOAD", "REPLACE", library);
    const open = () =>
      openRedisInventory({ urls: servers.urls, replicas: 0, partitions, name: "test", onClosed: () => undefined });
    beforeEach(async () => {
      await everywhere("FLUSHALL");
      await everywhere("FUNCTION", "FLUSH");
      inventory = await open();
      await openGates(inventory);
      desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
    });
    afterEach(() => inventory.close());

    const recovery = () => createRedisRecovery(inventory.connection, partitions);
    const reasons = () =>
      Promise.all(everyPartition.map((partition) => inventory.connection.hget(recordKey(partition), "z")));
    const untouched = everyPartition.map(() => null);

    it("of a newer program, which this one cannot call, pauses sales here and breaks nothing", async () => {
      const order = await desk.begin(await desk.hold(named(1)));
      await load(newer);
      await refused(desk.tryHold(named(2)), "sales_paused");
      await refused(inventory.confirm(order.orderId, "pay", desk.now), "sales_paused");
      await refused(inventory.block(desk.showing, [5], "op", desk.now), "sales_paused");
      inventory.closePartition(order.partition, "a fault that an old program believes in");
      await inventory.sweep(desk.now);
      await inventory.refresh();
      match(inventory.outdated() ?? "", /newer Marquee \(version \d+, not \d+\).*start the newer one/);
      deepEqual(await reasons(), untouched);
      await rejects(recovery().standing(order.partition), /Function not found/);
      const listed = await Promise.all(servers.nodes.map((node) => node.command("FUNCTION", "LIST", "WITHCODE")));
      for (const text of listed) match(text, new RegExp(`-- version ${own.version + 1}\n`));
      await rejects(open(), (error) => error instanceof RedisUnfit && /start the newer one/.test(error.message));
    });

    it("of a newer program is noticed by a process of which nobody wants anything", async () => {
      await load(newer);
      while (inventory.outdated() === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      equal(inventory.closedPartitions().length > 0, true);
    });

    it("of a newer program sells on by itself, and this one does again once it can", async () => {
      await load(newer);
      const theirs = functionName("state").replace(`${own.interface}_`, `${own.interface + 1}_`);
      deepEqual(((await inventory.connection.fcall(theirs, 1, recordKey(0))) as string[])[1], "1");
      await inventory.refresh();
      await load(librarySource);
      await openGates(inventory);
      equal(inventory.outdated(), undefined);
      await desk.hold(named(1));
    });

    it("that is newer and can be called goes on selling after its recovery", async () => {
      await load(mended);
      await refused(desk.tryHold(named(1)), "sales_paused");
      equal(inventory.outdated(), undefined);
      await openGates(inventory);
      await desk.hold(named(1));
      await (await open()).close();
    });

    it("of an older program that lacks a function gives way as soon as a recovery asks for it", async () => {
      const lacking = libraryOf({ version: own.version - 1 }).replace(/^register\('recovery_wipe'.*$/m, "");
      await everywhere("FUNCTION", "FLUSH");
      await load(lacking);
      const mine = recovery();
      equal((await mine.standing(0)).open, false);
      await mine.begin(0, 2);
      await mine.wipe(0, 2, { sequence: 0, hash: "" });
      await mine.open(0, 2);
      equal((await mine.standing(0)).open, true);
    });

    it("of an older program gives way to this one's while it runs", async () => {
      await everywhere("FUNCTION", "FLUSH");
      await load(older);
      await refused(desk.tryHold(named(1)), "sales_paused");
      equal(inventory.outdated(), undefined);
      const { standing } = recovery();
      const standings = await Promise.all(everyPartition.map((partition) => standing(partition)));
      equal(
        standings.some(({ open: isOpen, closed }) => isOpen || closed !== ""),
        false,
      );
      await openGates(inventory);
      await desk.hold(named(1));
    });
  });
}

it("has another interface wherever functions are given something else or keep it elsewhere", () => {
  const { interface: number, says } = JSON.parse(readFileSync(new URL("interface.json", lua), "utf8")) as {
    interface: number;
    says: string;
  };
  const keys = librarySource.slice(0, librarySource.indexOf("\n\n"));
  const given = librarySource.match(/^-- (?:No )?ARGV.*\n(?:--.*\n)*(?=local function)/gm) ?? [];
  const names = librarySource.match(/^register\('\w+'/gm) ?? [];
  equal(given.length > 20 && names.length > given.length, true);
  const now = createHash("sha256")
    .update([keys.replace(/^-- version.*$/m, ""), ...given, ...names].join("\n"))
    .digest("hex");
  deepEqual(
    { interface: own.interface, says: now },
    { interface: number, says },
    "What lua/ says of keys and arguments has changed. If a program of before would not get along with it, raise `interface` in lua/partition.lua. Then write the new figures into lua/interface.json.",
  );
});

judge("in one Redis", async () => {
  const redis = await startRedis();
  return { nodes: [redis], urls: [redis.url], stop: () => redis.stop() };
});
judge("in a cluster", (): Promise<LocalRedisCluster> => startRedisCluster({ masters: 3 }));
