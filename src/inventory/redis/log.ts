// The sales log in Redis: a stream a partition. Anybody may read it; workers take from it as one consumer group, so that what one
// of them took and did not finish is taken over by another.

import type { RedisConnection } from "../../redis/connect.ts";
import type { LogBody, LogEntry, SalesLog } from "../port.ts";
import { logKey, recordKey } from "./keys.ts";
import { functionName } from "./library.ts";
import { readRecord } from "./link.ts";

type StreamEntry = [id: string, fields: string[] | null];

/** The group of those who write the store. */
const group = "store";
/** Entries named in one acknowledgement. */
const acknowledgedAtOnce = 1_000;

function entryOf(partition: number, [id, fields]: StreamEntry): LogEntry | undefined {
  // An entry that was trimmed while it was being taken over.
  if (!fields) return undefined;
  const [, epoch, , hash = "", , body = ""] = fields;
  return {
    partition,
    sequence: Number(id.split("-")[0]),
    epoch: Number(epoch),
    body: JSON.parse(body) as LogBody,
    hash,
  };
}

const entriesOf = (partition: number, entries: readonly StreamEntry[]): LogEntry[] =>
  entries.flatMap((entry) => entryOf(partition, entry) ?? []);

/** The log as anybody reads it. */
export function createRedisLog(connection: RedisConnection, partitions: number): SalesLog {
  return {
    async read(partition, after, limit) {
      const entries = await connection.xrange(logKey(partition), `(${after}-0`, "+", "COUNT", limit);
      return entriesOf(partition, entries);
    },
    async acknowledge(partition, sequence) {
      await connection.fcall(functionName("acknowledge"), 1, recordKey(partition), "", sequence);
    },
    async heads() {
      const found = await Promise.allSettled(
        Array.from({ length: partitions }, (_, partition) => readRecord(connection, partition)),
      );
      const [first] = found;
      if (first?.status === "rejected" && found.every(({ status }) => status === "rejected")) throw first.reason;
      return found.map((record) => (record.status === "fulfilled" ? record.value.sequence : 0));
    },
  };
}

/**
 * The log as one worker takes it: what it read is its own until it acknowledges. The caller is the only one who works on a
 * partition (it has its lease), so what others left pending there is taken over without waiting.
 */
export function createLogConsumer(connection: RedisConnection, partitions: number, name: string): SalesLog {
  const log = createRedisLog(connection, partitions);
  const joined = new Set<number>();

  async function join(partition: number): Promise<void> {
    if (joined.has(partition)) return;
    try {
      await connection.xgroup("CREATE", logKey(partition), group, "0", "MKSTREAM");
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("BUSYGROUP")) throw error;
    }
    joined.add(partition);
  }
  /** Makes what other consumers left pending this one's. */
  async function takeOver(partition: number): Promise<void> {
    let from = "0-0";
    do {
      const [next] = (await connection.xautoclaim(
        logKey(partition),
        group,
        name,
        0,
        from,
        "COUNT",
        acknowledgedAtOnce,
        "JUSTID",
      )) as [string];
      from = next;
    } while (from !== "0-0");
  }
  const take = async (partition: number, from: string, limit: number): Promise<LogEntry[]> => {
    const answer = await connection.xreadgroup(
      "GROUP",
      group,
      name,
      "COUNT",
      limit,
      "STREAMS",
      logKey(partition),
      from,
    );
    return entriesOf(partition, answer?.[0]?.[1] ?? []);
  };

  /** What follows `after` without a gap, of what this consumer has or may take; a gap is what another one took. */
  const next = async (partition: number, after: number, limit: number): Promise<LogEntry[]> => {
    const pending = await take(partition, `${after}-0`, limit);
    const fresh = pending.length < limit ? await take(partition, ">", limit - pending.length) : [];
    const entries = [...pending, ...fresh.filter((entry) => entry.sequence > after)];
    const gap = entries.findIndex((entry, index) => entry.sequence !== after + 1 + index);
    return gap === -1 ? entries : entries.slice(0, gap);
  };

  return {
    ...log,
    async read(partition, after, limit) {
      try {
        await join(partition);
        const mine = await next(partition, after, limit);
        if (mine.length > 0) return mine;
        await takeOver(partition);
        const taken = await next(partition, after, limit);
        // What the group takes for done the store may lack all the same. The store's marks keep an entry from being applied twice.
        return taken.length > 0 ? taken : await log.read(partition, after, limit);
      } catch (error) {
        // After a recovery the stream is another, without its group.
        joined.delete(partition);
        throw error;
      }
    },
    async acknowledge(partition, sequence) {
      await log.acknowledge(partition, sequence);
      for (;;) {
        const pending = (await connection.xpending(
          logKey(partition),
          group,
          "-",
          `${sequence}-0`,
          acknowledgedAtOnce,
        )) as [string][];
        if (pending.length === 0) return;
        await connection.xack(logKey(partition), group, ...pending.map(([id]) => id));
        if (pending.length < acknowledgedAtOnce) return;
      }
    },
  };
}
