// Published content in Redis, one server or a cluster, for any number of processes. Each knows all heads; who puts something tells
// the others over the bus, and whoever may have missed news, or heard none for a while, looks where something changed.

import type { Bus } from "../bus/port.ts";
import type { RedisConnection } from "../redis/connect.ts";
import { createHeads, headsKey, shardOf, shards } from "./published-heads.ts";
import { bornScript, putScript, wholeScript } from "./published-scripts.ts";
import { hashOf, type Published, type PublishedEntry } from "./published.ts";

export interface RedisPublishedSettings {
  connection: RedisConnection;
  bus: Bus;
  /** How often to look without news, in ms: by then at the latest it is known that Redis lost its data. */
  lookMs?: number;
}

export interface RedisPublished extends Published {
  /** Ends looking; the connection is left to whoever made it. */
  close(): Promise<void>;
}

/** Superseded content stays so long for readers that know the older head. */
const graceS = 3_600;
/** Entries on their way at once: 6 kB each. */
const putAtOnce = 64;

const contentKey = (key: string) => `${headsKey(shardOf(key))}:${key}:`;

/** Opens published content with all its heads. Throws if Redis does not answer. */
export async function openRedisPublished({
  connection,
  bus,
  lookMs = 5_000,
}: RedisPublishedSettings): Promise<RedisPublished> {
  const listeners = new Set<(keys: readonly string[]) => void>();
  const heads = createHeads(connection, (keys) => {
    for (const listener of listeners) listener(keys);
  });
  // A failure is made up for by the next look.
  const learn = (keys?: readonly string[]) => void heads.learn(keys).catch(() => undefined);
  const deaf = [bus.subscribe("chunks", ({ keys }) => learn(keys)), bus.onGap(() => learn())];
  const timer = setInterval(learn, lookMs).unref();
  const close = () => {
    clearInterval(timer);
    for (const end of deaf) end();
    return Promise.resolve();
  };
  try {
    await heads.learn();
  } catch (error) {
    await close();
    throw error;
  }

  const content = (key: string, hash: string) => connection.getBuffer(`${contentKey(key)}${hash}`);
  async function putOne({ key, bytes, since = "" }: PublishedEntry): Promise<unknown> {
    const hash = bytes ? hashOf(bytes) : "";
    const data = bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : "";
    return connection.eval(putScript, 2, headsKey(shardOf(key)), contentKey(key), key, since, hash, data, graceS);
  }
  /** Tells everybody, this process included, even if some of the entries failed. */
  async function put(entries: readonly PublishedEntry[]) {
    const changed: string[] = [];
    const overtaken: string[] = [];
    const failures: unknown[] = [];
    for (let from = 0; from < entries.length; from += putAtOnce) {
      const some = entries.slice(from, from + putAtOnce);
      for (const [index, result] of (await Promise.allSettled(some.map(putOne))).entries()) {
        const key = some[index]?.key ?? "";
        if (result.status === "rejected") failures.push(result.reason);
        else if (result.value === "overtaken") overtaken.push(key);
        else if (result.value === "changed") changed.push(key);
      }
    }
    if (changed.length > 0) {
      const learnt = heads.learn(changed);
      bus.publish("chunks", { keys: changed });
      await learnt;
    }
    if (failures.length > 0) throw failures[0];
    return { changed, overtaken };
  }

  return {
    head: (key) => heads.of(key),
    keys: () => heads.keys(),
    async read(key) {
      const hash = heads.of(key);
      if (hash === undefined) return undefined;
      let bytes = await content(key, hash);
      let newest: string | undefined = hash;
      if (!bytes) {
        // Superseded longer ago than it stays: this process missed the news.
        await heads.learn([key]);
        newest = heads.of(key);
        if (newest === undefined) return undefined;
        bytes = await content(key, newest);
      }
      if (!bytes) throw new Error(`the published chunk ${key} (${newest}) is missing`);
      if (hashOf(bytes) !== newest) throw new Error(`the published chunk ${key} (${newest}) is damaged`);
      return bytes;
    },
    revisions: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          const [head, ended] = await connection.hmget(headsKey(shardOf(key)), key, ":ended");
          return head?.split(" ")[0] ?? ended ?? "0";
        }),
      ),
    put,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    whole: () => heads.whole(),
    async fill(work) {
      const numbers = Array.from({ length: shards }, (_, shard) => shard);
      const born = await Promise.all(numbers.map((shard) => connection.eval(bornScript, 1, headsKey(shard))));
      await work();
      const kept = await Promise.all(
        numbers.map((shard) => connection.eval(wholeScript, 1, headsKey(shard), String(born[shard]))),
      );
      await heads.learn();
      if (kept.includes(0)) throw new Error("Redis lost published content while it was put there");
    },
    close,
  };
}
