// A cluster of which one master is away: what lies on the others goes on.

import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, it } from "node:test";
import { startRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { partitionOf } from "../../src/domain/ids.ts";
import { named, nextId, partitions, showingRef } from "../contracts/inventory-setting.ts";
import { Fleet } from "./recovery-setting.ts";

describe("a cluster of which one master is away", () => {
  it("recovers, applies and reconciles the partitions of the others", async () => {
    await using cluster = await startRedisCluster({ masters: 2 });
    for (const node of cluster.nodes) await node.command("CONFIG", "SET", "cluster-require-full-coverage", "no");
    await using fleet = await Fleet.open(cluster.urls);
    const { desk, inventory } = fleet;
    const orders = new Map<number, string>();
    for (const end of "abcdefghjkmnpqrs") {
      const showing = showingRef(`0000100z1abcdefg${end}`);
      const hold = await desk.hold(named(1), { showing });
      const { orderId } = await desk.begin(hold, nextId("order"), { showingId: showing.showingId });
      orders.set(partitionOf(showing.showingId, partitions), orderId);
    }
    equal(orders.size, partitions);
    const [gone, stays] = cluster.nodes;
    ok(gone && stays);
    await gone.kill("SIGKILL");
    await stays.command("FUNCTION", "DELETE", "marquee");
    const heads = async () => {
      const found = await inventory.log.heads().catch(() => []);
      return found.flatMap((head, partition) => (head > 0 ? partition : []));
    };
    const done = (await fleet.recover()).filter(({ outcome }) => outcome === "continued");
    const there = done.map(({ partition }) => partition);
    ok(there.length > 0 && there.length < partitions, JSON.stringify(done));
    deepEqual(await heads(), there);
    for (const partition of there) {
      const [order] = await inventory.unfinished(partition);
      ok(order);
      equal(order.partition, partition);
      equal((await desk.confirm(order)).status, "confirmed");
    }
    await fleet.catchUp();
  });
});
