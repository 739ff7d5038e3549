// What a day of the whole country takes in Redis: showings that somebody bought into, and what one order takes while it is kept.

import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { defaultPartitions as partitions, newShowingId, partitionOf } from "../../src/domain/ids.ts";
import type { RebuiltShowing } from "../../src/inventory/recovery.ts";
import { bindingArguments, bindingPlace } from "../../src/inventory/redis/bindings.ts";
import type { RedisInventory } from "../../src/inventory/redis/create.ts";
import { functionName } from "../../src/inventory/redis/library.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { Book, newHalls, sell, wishesOfMany } from "../inventory/load.ts";
import { openInventory } from "../inventory/redis.ts";
import type { Sale } from "../inventory/sale.ts";
import { sellThrough } from "../inventory/through-port.ts";
import type { Row } from "../machine.ts";
import { whole, type Pace } from "./figures.ts";

const showings = 300_000;
const seats = 200;
const soldSeats = 3;
const ordersOfShowing = 2;
const limitBytes = 250e6;
const orders = 4_000;
const venues = 1_000;
const dayMs = 86_400_000;
const showingsAtOnce = 500;
/** How many buckets of bindings there are, and in how many of them it is seen what more days take. */
const buckets = 65_536;
const sampledBuckets = 256;
const bindingsAtOnce = 1_000;

export async function measureMemory({ scale }: Pace): Promise<{ rows: Row[]; notes: string[] }> {
  const redis = await startRedis();
  try {
    const inventory = await openInventory({ urls: [redis.url], replicas: 0, name: "bench" });
    // What is filled in here nobody was promised.
    await redis.command("CONFIG", "SET", "appendfsync", "no");
    const count = showings / scale;
    const before = await usedBytes(redis);
    await fill(inventory, count);
    const bytes = await usedBytes(redis);
    const day = ((bytes - before) / count) * showings;
    await forget(redis, "i:*");
    const bound = ((bytes - (await usedBytes(redis))) / count) * showings;
    await forget(redis, "{p*}:d:*");
    const used = ((bytes - (await usedBytes(redis))) / count) * showings - bound;
    const order = await orderBytes(redis, inventory);
    const days = [];
    for (const many of [6, 35]) days.push(await bindingBytes(redis, inventory, many, scale));
    await inventory.close();
    const ordersADay = 1_000_000 / 2;
    return {
      rows: [
        {
          work: `Redis memory for a day: ${whole(showings)} sold-into showings of ${seats} seats, ${soldSeats} tickets in each`,
          figure: `${whole(day / 1e6)} MB (${whole((bytes - before) / count)} bytes a showing)`,
          limit: `≤ ${limitBytes / 1e6} MB`,
          holds: day <= limitBytes,
        },
      ],
      notes: [
        `Of the day's memory ${whole((day - bound - used) / 1e6)} MB are the showings themselves, ${whole(used / 1e6)} MB the ids of their orders, ${whole(bound / 1e6)} MB which showing each id belongs to.`,
        `An id belongs to its showing until that is over: six days of orders are ${whole((days[0] ?? 0) / 1e6)} MB, five weeks of them ${whole((days[1] ?? 0) / 1e6)} MB.`,
        `Beside that: an order of one or two tickets takes ${whole(order.kept)} bytes until two hours after it was finished, ${whole(order.log)} more in the log until the store has it. A million tickets a day, bought evenly and in twos, have ${whole(((ordersADay / 12) * order.kept) / 1e6)} MB of orders at any time.`,
      ],
    };
  } finally {
    await redis.stop();
  }
}

async function fill(inventory: RedisInventory, count: number): Promise<void> {
  const recovery = createRedisRecovery(inventory.connection, partitions);
  const startsAt = Date.now() + dayMs;
  const date = new Date(startsAt).toISOString().slice(0, 10);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const pages = Array.from({ length: partitions }, (): RebuiltShowing[] => []);
  const write = async (partition: number) => {
    await recovery.rebuildShowings(partition, 2, pages[partition] ?? [], Date.now());
    pages[partition] = [];
  };
  for (let partition = 0; partition < partitions; partition += 1) await recovery.begin(partition, 2);
  for (let index = 0; index < count; index += 1) {
    const showingId = newShowingId(index % venues, date, random);
    const partition = partitionOf(showingId, partitions);
    const page = pages[partition] ?? [];
    const at = (index * 7) % (seats - soldSeats);
    const states = "f".repeat(at) + "s".repeat(soldSeats) + "f".repeat(seats - soldSeats - at);
    // Three sections, as most rooms have.
    const sections = [{ count: 60 }, { count: 100 }, { count: 40 }].map(({ count: places }, section) => ({
      start: [0, 60, 160][section] ?? 0,
      count: places,
    }));
    const showing = { showingId, startsAt: startsAt + (index % 96) * 900_000, placeCount: seats, sections };
    // One bought two of them, another one.
    const ids = Array.from({ length: ordersOfShowing }, () => crypto.randomUUID());
    page.push({ showing, closed: false, states, generations: new Map(), admissions: new Map(), orders: ids });
    if (page.length === showingsAtOnce) await write(partition);
  }
  for (let partition = 0; partition < partitions; partition += 1) await write(partition);
  for (let partition = 0; partition < partitions; partition += 1) await recovery.open(partition, 2);
  await inventory.refresh();
}

/** Memory of which showing each id belongs to, when so many days of them lie there: some buckets are filled for all. */
async function bindingBytes(
  redis: LocalRedis,
  inventory: RedisInventory,
  days: number,
  scale: number,
): Promise<number> {
  const sampled = Math.ceil(sampledBuckets / scale);
  const bindings = Math.round((days * showings * ordersOfShowing * sampled) / buckets);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const now = Date.now();
  const bind = async () => {
    const { field } = bindingPlace(crypto.randomUUID());
    const bucket = `i:${Math.floor(Math.random() * sampled)}`;
    const showingId = newShowingId(
      Math.floor(Math.random() * venues),
      new Date(now).toISOString().slice(0, 10),
      random,
    );
    const binding = bindingArguments({ bucket, field }, showingId, now + days * dayMs);
    await inventory.connection.fcall(functionName("bind"), 1, bucket, now, ...binding);
  };
  const before = await usedBytes(redis);
  for (let done = 0; done < bindings; done += bindingsAtOnce) {
    await Promise.all(Array.from({ length: Math.min(bindingsAtOnce, bindings - done) }, bind));
  }
  const bytes = (await usedBytes(redis)) - before;
  await forget(redis, "i:*");
  return (bytes / sampled) * buckets;
}

interface OrderBytes {
  /** Its record, for two hours after it was finished. */
  kept: number;
  /** Its entries of the log, until the store has them. */
  log: number;
  /** That its id was used, until its showing is over. */
  binding: number;
}

/** Memory of orders that were sold in showings which others had bought into, with and without their entries of the log. */
async function orderBytes(redis: LocalRedis, inventory: RedisInventory): Promise<OrderBytes> {
  const halls = newHalls(orders);
  const seller = sellThrough(inventory);
  const wishes = wishesOfMany(halls);
  const take = (): Sale[] => Array.from({ length: orders }, () => (wishes.next() as { value: Sale }).value);
  const sellAll = async () => {
    const book = new Book();
    await sell(seller, take().values(), book, 60_000);
    if (book.confirmed.length !== orders) throw new Error("not every order was sold");
  };
  // Showings that were touched, one seat and then two: a whole turn of the mix before, and one that counts.
  await sellAll();
  const before = await usedBytes(redis);
  await sellAll();
  const after = await usedBytes(redis);
  for (const [partition, head] of (await inventory.log.heads()).entries()) {
    await inventory.log.acknowledge(partition, head);
  }
  const full = await usedBytes(redis);
  for (let partition = 0; partition < partitions; partition += 1) {
    await redis.command("XTRIM", `{p${partition}}:log`, "MAXLEN", "0");
  }
  const trimmed = await usedBytes(redis);
  await forget(redis, "i:*");
  const log = (full - trimmed) / (2 * orders);
  const binding = (trimmed - (await usedBytes(redis))) / (2 * orders);
  return { kept: (after - before) / orders - log - binding, log, binding };
}

async function forget(redis: LocalRedis, pattern: string): Promise<void> {
  const script = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";
  await redis.command("EVAL", script, "0", pattern);
}

/** All that Redis holds, its tables included; not what serves connections and the append-only file for a moment. */
async function usedBytes(redis: LocalRedis): Promise<number> {
  const info = await redis.command("INFO", "memory");
  const of = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1]);
  return of("used_memory") - of("mem_clients_normal") - of("mem_aof_buffer");
}
