import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { startRedisCluster, type LocalRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { openRedisBus } from "../../src/bus/redis.ts";
import { headsKey, shardOf } from "../../src/catalogue/published-heads.ts";
import { openRedisPublished, type RedisPublished } from "../../src/catalogue/published-redis.ts";
import { connectRedis, type RedisConnection } from "../../src/redis/connect.ts";
import { entry, publishedContract, text } from "./published.ts";

const contentKey = (key: string, hash: string) => `${headsKey(shardOf(key))}:${key}:${hash}`;

/** Processes over the same Redis, each with connections of its own. Whatever is there is removed first. */
async function createSetting(urls: readonly string[]) {
  const closing: (() => Promise<unknown>)[] = [];
  const own = connectRedis({ urls, name: "test" });
  closing.push(() => own.quit());
  await flush(own);
  const ownBus = await openRedisBus({ urls, beatMs: 50 });
  closing.push(() => ownBus.close());
  return {
    own,
    /** News that somebody sent before, and that come late. */
    tell: (keys: readonly string[]) => ownBus.publish("chunks", { keys }),
    async open(lookMs = 60_000): Promise<RedisPublished> {
      const connection = connectRedis({ urls, name: "published" });
      const bus = await openRedisBus({ urls, beatMs: 50 });
      const published = await openRedisPublished({ connection, bus, lookMs });
      closing.push(async () => {
        await published.close();
        await bus.close();
        await connection.quit();
      });
      return published;
    },
    damage: async (key: string, hash: string) => void (await own.set(contentKey(key, hash), "wrong")),
    dispose: async () => void (await Promise.all(closing.map((close) => close()))),
  };
}

async function flush(connection: RedisConnection): Promise<void> {
  // A cluster's nodes are known once it has answered.
  await connection.exists("nothing");
  const nodes = "nodes" in connection ? connection.nodes("master") : [connection];
  for (const node of nodes) await node.flushall();
}

/** A key in the same shard as "shows". */
const neighbour =
  Array.from({ length: 10_000 }, (_, index) => `venue:${index}`).find((key) => shardOf(key) === shardOf("shows")) ?? "";

/** Settles when a process knows that keys have other heads, and those heads are as wanted. */
function knows(published: RedisPublished, holds: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (holds()) resolve();
  };
  const stop = published.onChange(look);
  look();
  return promise.finally(stop);
}

function judge(name: string, urls: () => readonly string[]): void {
  publishedContract(`in ${name}`, () => createSetting(urls()));

  function judged(sentence: string, work: (setting: Awaited<ReturnType<typeof createSetting>>) => Promise<void>): void {
    void test(`${name}: ${sentence}`, async () => {
      const setting = await createSetting(urls());
      try {
        await work(setting);
      } finally {
        await setting.dispose();
      }
    });
  }

  judged("what one process puts, the others show", async ({ open }) => {
    const [one, two] = [await open(), await open()];
    const keys = Array.from({ length: 300 }, (_, index) => `venue-day:${index}:2026-11-22`);
    const shown = knows(two, () => keys.every((key) => two.head(key) !== undefined));
    await one.put(keys.map((key) => entry(key, key)));
    await shown;
    for (const key of keys) assert.equal(text(await two.read(key)), key);
    const ended = knows(two, () => two.head(keys[0] ?? "") === undefined);
    await one.put([{ key: keys[0] ?? "", bytes: undefined }]);
    await ended;
    assert.equal([...two.keys()].length, 299);
  });

  judged("a head is never without its content, however fast it moves", async ({ open }) => {
    const [one, two, reader] = [await open(), await open(), await open()];
    const reading = new AbortController();
    let read = 0;
    const readers = (async () => {
      while (!reading.signal.aborted) {
        const bytes = await reader.read("shows");
        if (bytes) read += 1;
        await setImmediate();
      }
    })();
    for (let count = 0; count < 200; count += 1) {
      await Promise.all([one.put([entry("shows", `a ${count}`)]), two.put([entry("venues", `${count}`)])]);
      await two.put([entry("shows", `b ${count}`)]);
    }
    reading.abort();
    await readers;
    assert.ok(read > 0);
    await knows(reader, () => reader.head("shows") === two.head("shows"));
    assert.equal(text(await reader.read("shows")), "b 199");
  });

  judged("superseded content stays for an hour, the newest for ever", async ({ open, own }) => {
    const published = await open();
    await published.put([entry("shows", "one")]);
    const first = published.head("shows") ?? "";
    await published.put([entry("shows", "two")]);
    const ttl = await own.ttl(contentKey("shows", first));
    assert.ok(ttl > 3_500 && ttl <= 3_600, `${ttl}`);
    assert.equal(await own.ttl(contentKey("shows", published.head("shows") ?? "")), -1);
    await published.put([entry("shows", "one")]);
    assert.equal(await own.ttl(contentKey("shows", first)), -1, "what is the newest again stays");
    await published.put([{ key: "shows", bytes: undefined }]);
    assert.ok((await own.ttl(contentKey("shows", first))) > 3_500);
  });

  judged("a Redis that lost its data is noticed, and what was known goes on being shown", async ({ open, own }) => {
    const [one, two] = [await open(20), await open(20)];
    const all = () => one.put(["shows", "venues", "places", neighbour].map((key) => entry(key, "1")));
    await one.fill(async () => void (await all()));
    await until(() => two.whole());
    await flush(own);
    await until(() => !one.whole() && !two.whole());
    assert.deepEqual([...two.keys()].toSorted(), ["places", "shows", neighbour, "venues"]);
    // A seller's change in the meantime does not make it whole, and takes nothing away.
    await one.put([entry("shows", "2")]);
    await knows(two, () => two.head("shows") === one.head("shows"));
    // Nobody tells of this one: whoever knows it has looked everywhere.
    const untold = `${Date.now() * 1_000} ${"0".repeat(32)}`;
    await own.hset(headsKey(shardOf("untold")), "untold", untold, ":revision", untold.split(" ")[0] ?? "");
    await knows(two, () => two.head("untold") !== undefined);
    assert.deepEqual([...two.keys()].toSorted(), ["places", "shows", "untold", neighbour, "venues"]);
    assert.equal(two.whole(), false);
    await one.fill(async () => void (await one.put([entry("shows", "2"), entry("venues", "1")])));
    await until(() => two.whole());
    assert.equal(text(await two.read("shows")), "2");
    await until(() => two.head("places") === undefined);
  });

  judged("content that was lost while everything was put does not count as whole", async ({ open, own }) => {
    const published = await open();
    const filling = published.fill(async () => {
      await published.put([entry("venues", "1")]);
      await flush(own);
      await published.put([entry("shows", "1")]);
    });
    await assert.rejects(filling, /lost published content/);
    assert.equal(published.whole(), false);
  });

  judged("a process that heard no news looks by itself", async ({ open, own }) => {
    const [one, two] = [await open(), await open(20)];
    const changed = knows(two, () => two.head("shows") !== undefined);
    await one.put([entry("shows", "1")]);
    await changed;
    // As somebody does whose news are lost.
    const hash = "0".repeat(32);
    const field = await own.hget(headsKey(shardOf("shows")), ":revision");
    await own.hset(headsKey(shardOf("shows")), "shows", `${Number(field) + 1} ${hash}`, ":revision", Number(field) + 1);
    await knows(two, () => two.head("shows") === hash);
    await assert.rejects(two.read("shows"), /is missing/);
  });

  /** Puts something newer, has a second process know it, and brings the data back as they were before. */
  async function bringBackOlder({ open, own }: Awaited<ReturnType<typeof createSetting>>, lookMs?: number) {
    const one = await open();
    await one.fill(async () => void (await one.put([entry("shows", "old")])));
    const two = await open(lookMs);
    assert.equal(two.whole(), true);
    const key = headsKey(shardOf("shows"));
    const older = await own.hgetall(key);
    const before = one.head("shows");
    await one.put([entry("shows", "new")]);
    await knows(two, () => two.head("shows") === one.head("shows"));
    await own.hset(key, older);
    return { two, isShown: () => two.head("shows") === before && !two.whole() };
  }

  judged("an older copy of the data is shown as it is, and counts as incomplete", async (setting) => {
    const { two, isShown } = await bringBackOlder(setting, 20);
    await until(isShown);
    assert.equal(text(await two.read("shows")), "old");
  });

  judged("an older copy of the data is noticed by whoever only hears news of the newer ones", async (setting) => {
    const { two, isShown } = await bringBackOlder(setting);
    setting.tell(["shows"]);
    await until(isShown);
    assert.equal(text(await two.read("shows")), "old");
  });

  judged("an older copy of the data is noticed although as much was put there since", async (setting) => {
    const { two, isShown } = await bringBackOlder(setting);
    const other = await setting.open();
    for (let count = 0; count < 3; count += 1) await other.put([entry(neighbour, `${count}`)]);
    setting.tell(["shows"]);
    await until(isShown);
    assert.equal(text(await two.read("shows")), "old");
  });
}

/** Asks until it holds; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

suite("over one Redis", () => {
  let redis: LocalRedis;
  before(async () => void (redis = await startRedis({ appendfsync: "no" })));
  after(() => redis.stop());
  judge("Redis", () => [redis.url]);

  test("changes while Redis was away for a process are known to it afterwards", async () => {
    const setting = await createSetting([redis.url]);
    const published = await setting.open();
    await published.put([entry("shows", "1")]);
    await redis.restart();
    const changed = knows(published, () => published.head("venues") !== undefined);
    const other = await setting.open();
    await other.put([entry("venues", "1")]);
    await changed;
    assert.equal(text(await published.read("shows")), "1");
    await setting.dispose();
  });
});

suite("over a cluster of three masters", () => {
  let cluster: LocalRedisCluster;
  before(async () => void (cluster = await startRedisCluster({ appendfsync: "no" })));
  after(() => cluster.stop());
  judge("a Redis cluster", () => cluster.urls);
});
