// The heads of content published in Redis, as one process knows them: read whole at the start, then where something changed.

import type { RedisConnection } from "../redis/connect.ts";

export interface Heads {
  of(key: string): string | undefined;
  keys(): Iterable<string>;
  /** False if a shard lost its data, or was never whole. */
  whole(): boolean;
  /** Reads the heads of these keys again, without any: of all shards that changed. Settles when they are in use. */
  learn(keys?: readonly string[]): Promise<void>;
}

interface Known {
  hash: string;
  revision: number;
}

interface Shard {
  heads: Map<string, Known>;
  /** Its revision when all of it was read. */
  revision: string;
  /** The revision that was seen last. */
  seen: string;
  whole: boolean;
}

/** A key, and what its shard has under it: `<revision> <hash>`, or nothing. */
type Found = readonly [key: string, text: string | null];

const revisionOf = (text: string) => Number(text.split(" ")[0]);

/** Shards of the keys, each with a hash tag of its own: enough to spread over the nodes of a cluster. */
export const shards = 64;

export function shardOf(key: string): number {
  let sum = 0;
  for (let index = 0; index < key.length; index += 1) sum = (Math.imul(sum, 31) + key.charCodeAt(index)) >>> 0;
  return sum % shards;
}

export const headsKey = (shard: number) => `marquee:{chunks-${shard}}`;

const about = [":revision", ":ended", ":whole", ":born"] as const;

/** What a shard says of itself: see published-scripts.ts. */
interface About {
  /** "" if there is nothing. */
  revision: string;
  ended: number;
  whole: boolean;
  born: number;
}

const aboutOf = ([revision, ended, whole, born]: readonly (string | null | undefined)[]): About => ({
  revision: revision ?? "",
  ended: Number(ended ?? 0),
  whole: typeof whole === "string",
  born: Number(born ?? 0),
});

export function createHeads(connection: RedisConnection, onChange: (keys: readonly string[]) => void): Heads {
  const known: readonly Shard[] = Array.from({ length: shards }, () => ({
    heads: new Map(),
    revision: "",
    seen: "",
    whole: false,
  }));
  const wanted = new Set<string>();
  let all = false;
  /** Readings go one after the other, so that an older one is never taken for a newer one. */
  let turn: Promise<void> = Promise.resolve();
  const shardOfKey = (key: string) => known[shardOf(key)] as Shard;

  /** Whether a shard has less than was seen of it: an older copy of Redis' data took the place of what was known. */
  function isOlder(shard: Shard, { revision, ended }: About, found: readonly Found[]): boolean {
    if (revision === "") return false;
    if (Number(revision) < Number(shard.seen)) return true;
    // So much may have been put there since that the shard's own number tells nothing.
    return found.some(([key, text]) => {
      const before = shard.heads.get(key);
      return before !== undefined && (text === null ? ended : revisionOf(text)) < before.revision;
    });
  }

  /** Takes in what a shard has under some keys; answers those that have other heads now. */
  function take(shard: Shard, { ended, born }: About, found: readonly Found[]): string[] {
    const changed: string[] = [];
    for (const [key, text] of found) {
      const before = shard.heads.get(key);
      if (text === null) {
        // Redis may have lost it. Then what is known goes on being shown until all is there again.
        if (!before) continue;
        const hasEnded = ended > before.revision && born <= before.revision;
        if (!hasEnded && !shard.whole) continue;
        shard.heads.delete(key);
        changed.push(key);
        continue;
      }
      const [, hash = ""] = text.split(" ");
      shard.heads.set(key, { hash, revision: revisionOf(text) });
      if (before?.hash !== hash) changed.push(key);
    }
    return changed;
  }

  async function readKeys(keys: readonly string[]): Promise<string[]> {
    const changed = await Promise.all(
      [...Map.groupBy(keys, shardOf)].map(async ([number, some]) => {
        const shard = known[number] as Shard;
        const values = await connection.hmget(headsKey(number), ...about, ...some);
        const now = aboutOf(values);
        const found = some.map((key, index): Found => [key, values[about.length + index] ?? null]);
        // News of what was newer may come after the older copy: it must not pass for the newest.
        if (isOlder(shard, now, found)) return readWholeShard(number, shard);
        shard.whole = now.whole;
        shard.seen = now.revision;
        return take(shard, now, found);
      }),
    );
    return changed.flat();
  }

  async function readShard(number: number, shard: Shard): Promise<string[]> {
    const { revision, whole } = aboutOf(await connection.hmget(headsKey(number), ...about));
    const isSame = shard.seen === shard.revision && shard.whole === whole;
    return isSame && revision === shard.revision ? [] : readWholeShard(number, shard);
  }

  async function readWholeShard(number: number, shard: Shard): Promise<string[]> {
    const fields = await connection.hgetall(headsKey(number));
    const now = aboutOf(about.map((field) => fields[field]));
    const there = Object.entries(fields).filter(([key]) => !key.startsWith(":"));
    const gone = [...shard.heads.keys()].filter((key) => fields[key] === undefined);
    const found: readonly Found[] = [...there, ...gone.map((key): Found => [key, null])];
    const older = isOlder(shard, now, found);
    // What an older copy lacks has to be put again.
    if (older) await connection.hdel(headsKey(number), ":whole");
    shard.whole = now.whole && !older;
    shard.revision = now.revision;
    shard.seen = now.revision;
    return take(shard, now, found);
  }

  async function readAsked(): Promise<void> {
    const keys = [...wanted];
    const wasAll = all;
    wanted.clear();
    all = false;
    if (!wasAll && keys.length === 0) return;
    try {
      const changed = wasAll
        ? (await Promise.all(known.map((shard, number) => readShard(number, shard)))).flat()
        : await readKeys(keys);
      if (changed.length > 0) onChange(changed);
    } catch (error) {
      all = true;
      throw error;
    }
  }

  return {
    of: (key) => shardOfKey(key).heads.get(key)?.hash,
    *keys() {
      for (const { heads } of known) yield* heads.keys();
    },
    whole: () => known.every((shard) => shard.whole),
    learn(keys) {
      if (keys) for (const key of keys) wanted.add(key);
      else all = true;
      const result = turn.then(readAsked);
      turn = result.catch(() => undefined);
      return result;
    },
  };
}
