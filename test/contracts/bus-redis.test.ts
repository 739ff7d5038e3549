import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, suite, test } from "node:test";
import { startRedisCluster, type LocalRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import type { Bus, Topics } from "../../src/bus/port.ts";
import { openRedisBus } from "../../src/bus/redis.ts";
import { busContract } from "./bus.ts";

const beatMs = 50;
const openBus = (urls: readonly string[]) => openRedisBus({ urls, beatMs });

/** A topic of the tests: what was said before it has arrived when it has. */
const marker = "marker" as keyof Topics;

async function comes(from: Bus, to: Bus): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wanted = randomUUID();
  const stop = to.subscribe(marker, (news) => {
    if ("sessionHash" in news && news.sessionHash === wanted) resolve();
  });
  from.publish(marker, { sessionHash: wanted });
  await promise;
  stop();
}

async function openEnds(urls: readonly string[]) {
  const [here, there] = await Promise.all([openBus(urls), openBus(urls)]);
  return {
    here,
    there,
    arrived: async () => void (await Promise.all([comes(here, there), comes(there, here)])),
    close: async () => void (await Promise.all([here.close(), there.close()])),
  };
}

const gapAt = (bus: Bus) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = bus.onGap(() => {
    stop();
    resolve();
  });
  return promise;
};

suite("over one Redis", () => {
  let redis: LocalRedis;
  before(async () => void (redis = await startRedis({ appendfsync: "no" })));
  after(() => redis.stop());

  busContract("over Redis", () => openEnds([redis.url]));

  test("who missed news while Redis was away is told of a gap, and hears again", async () => {
    const { here, there, arrived, close } = await openEnds([redis.url]);
    await arrived();
    const heard: object[] = [];
    const came = Promise.withResolvers<void>();
    there.subscribe("session", (news) => {
      heard.push(news);
      came.resolve();
    });
    await redis.kill("SIGKILL");
    here.publish("session", { accountId: "perhaps lost" });
    const gaps = Promise.all([gapAt(here), gapAt(there)]);
    await redis.restart();
    await Promise.race([gaps, came.promise]);
    here.publish("session", { accountId: "heard" });
    await arrived();
    assert.deepEqual(heard.at(-1), { accountId: "heard" });
    await close();
  });

  test("news for a Redis that is away are let go when they are many, and nobody is refused", async () => {
    const { here, there, arrived, close } = await openEnds([redis.url]);
    await arrived();
    let heard = 0;
    let own = 0;
    there.subscribe("session", () => void (heard += 1));
    here.subscribe("session", () => void (own += 1));
    await redis.kill("SIGSTOP");
    for (let count = 0; count < 60_000; count += 1) here.publish("session", { sessionHash: `${count}` });
    assert.equal(own, 60_000);
    const gap = gapAt(there);
    await redis.kill("SIGCONT");
    await gap;
    await arrived();
    assert.ok(heard <= 6_000, `${heard} came of 60000`);
    await close();
  });

  test("goes on with the replica that takes a dead master's place", async () => {
    await using master = await startRedis({ appendfsync: "no" });
    await using replica = await startRedis({ appendfsync: "no", replicaOf: master });
    const { here, there, arrived, close } = await openEnds([master.url, replica.url]);
    await arrived();
    const gaps = Promise.all([gapAt(here), gapAt(there)]);
    // What waited for the new master is not lost, and then there is no gap.
    const came = Promise.withResolvers<void>();
    there.subscribe("session", (news) => "accountId" in news && news.accountId === "perhaps lost" && came.resolve());
    await master.kill("SIGKILL");
    here.publish("session", { accountId: "perhaps lost" });
    await replica.promote();
    await Promise.race([gaps, came.promise]);
    await eventually(arrived);
    await close();
  });

  test("a process that came later is told of a gap at most, never of news as if it had heard all", async () => {
    const { here, close } = await openEnds([redis.url]);
    const late = await openBus([redis.url]);
    const heard: object[] = [];
    late.subscribe("session", (news) => void heard.push(news));
    here.publish("session", { accountId: "a" });
    await comes(here, late);
    assert.deepEqual(heard, [{ accountId: "a" }]);
    await late.close();
    await close();
  });

  test("a process that cannot hear is not opened", async () => {
    await assert.rejects(openRedisBus({ urls: ["redis://127.0.0.1:1"], openWithinMs: 200 }), /Redis brings no news/);
  });
});

suite("over a cluster of three masters", () => {
  let cluster: LocalRedisCluster;
  before(async () => void (cluster = await startRedisCluster({ appendfsync: "no" })));
  after(() => cluster.stop());

  busContract("over a Redis cluster", () => openEnds(cluster.urls));

  test("goes on after each node was away in turn", async () => {
    const { here, arrived, close } = await openEnds(cluster.urls);
    await arrived();
    for (const node of cluster.nodes) {
      await node.kill("SIGKILL");
      here.publish("session", { accountId: "perhaps lost" });
      await node.restart();
      await cluster.ready();
      await eventually(arrived);
    }
    await close();
  });
});

/** Does `work` again and again until one of them settles: what was lost on the way does not come later. */
async function eventually(work: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const again = setInterval(() => void work().then(resolve), 200);
  await promise;
  clearInterval(again);
}
