// hold + begin payment + confirm: through the port over Redis, the same calls without the port, and PostgreSQL's row locks, in turn.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startPostgres } from "../../deploy/local/postgres.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { functionName } from "../../src/inventory/redis/library.ts";
import { openGates } from "../../test/contracts/redis-setting.ts";
import { postgresSettings } from "../inventory/contenders.ts";
import { Book, check, newHalls, sell, wishesOfMany } from "../inventory/load.ts";
import { sellOverPostgres } from "../inventory/postgres.ts";
import { ownProcessorMs, processorMs } from "../inventory/processor.ts";
import type { BackEnd, Sale } from "../inventory/sale.ts";
import { missingThrough, sellThrough } from "../inventory/through-port.ts";
import { median, type Row } from "../machine.ts";
import { clients, rateRow, whole, type Pace } from "./figures.ts";
import { record, replay, type Calls } from "./replay.ts";

/** Enough that nobody sells them out within a round. */
const halls = 300;
/** Purchases a second that the limit is prepared for. */
const mostPerSecond = 7_000;

export interface Purchases {
  rows: Row[];
  notes: string[];
}

export async function measurePurchases({ rounds, roundMs }: Pace): Promise<Purchases> {
  const stops: (() => Promise<unknown>)[] = [];
  const kept = async <T extends { stop(): Promise<unknown> }>(starting: Promise<T>) => {
    const server = await starting;
    stops.push(() => server.stop());
    return server;
  };
  try {
    const redis = await kept(startRedis());
    const inventory = await openRedisInventory({
      urls: [redis.url],
      replicas: 0,
      partitions: 64,
      name: "bench",
      onClosed: () => undefined,
    });
    stops.push(() => inventory.close());
    const port = throughPort(redis, inventory);
    const rivals: BackEnd[] = [];
    for (const statementByStatement of [false, true]) {
      const server = await kept(startPostgres({ settings: postgresSettings }));
      const name = statementByStatement ? "select … for update" : "one statement a step";
      const rival = await sellOverPostgres({
        name,
        durability: "",
        primary: () => server,
        all: () => [server],
        statementByStatement,
      });
      stops.push(() => rival.close());
      rivals.push(rival);
    }
    const [single, classical] = rivals as [BackEnd, BackEnd];
    const calls = await recorded(redis, inventory, Math.ceil((mostPerSecond * roundMs) / 1_000));
    const rates = { port: [] as number[], limit: [] as number[], single: [] as number[], classical: [] as number[] };
    const costs = { server: [] as number[], client: [] as number[], limitServer: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const ms = round === 0 ? roundMs / 2 : roundMs;
      await empty(redis, inventory);
      const sold = await sellRound(port, ms);
      const replayed: { rate: number; serverUs: number }[] = [];
      for (const connections of [1, clients]) {
        await empty(redis, inventory);
        replayed.push(await replayRound(redis, calls, connections, ms));
      }
      const limit = replayed.reduce((best, one) => (one.rate > best.rate ? one : best));
      const ours = { single: (await sellRound(single, ms)).rate, classical: (await sellRound(classical, ms)).rate };
      // The first round warms everything up.
      if (round === 0) continue;
      rates.port.push(sold.rate);
      rates.limit.push(limit.rate);
      rates.single.push(ours.single);
      rates.classical.push(ours.classical);
      costs.server.push(sold.serverUs);
      costs.client.push(sold.clientUs);
      costs.limitServer.push(limit.serverUs);
    }
    const holds = await holdsAlone(redis, inventory, roundMs);
    const unit = "purchases/s";
    return {
      rows: [
        rateRow("hold + begin payment + confirm through the port, Redis with appendfsync always", rates.port, {
          atLeast: 0.6,
          of: "the same calls as ready bytes",
          figures: rates.limit,
          unit,
        }),
        rateRow("the same against PostgreSQL row locks, `select … for update`", rates.port, {
          atLeast: 3,
          of: "a transaction of statements a step",
          figures: rates.classical,
          unit,
        }),
        rateRow("the same against PostgreSQL row locks at their best", rates.port, {
          atLeast: 3,
          of: "one prepared statement a step, which keeps no log",
          figures: rates.single,
          unit,
        }),
      ],
      notes: [
        `A purchase through the port takes ${whole(median(costs.server))} µs of Redis and ${whole(median(costs.client))} µs of the client; as ready bytes ${whole(median(costs.limitServer))} µs of Redis.`,
        `Holds alone, best available, ${clients} connections without pipelining: redis-benchmark ${whole(holds.benchmark)}/s, the client of the limit ${whole(holds.replayed)}/s over ${clients} connections and ${whole(holds.pipelined)}/s over one.`,
      ],
    };
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

function throughPort(redis: LocalRedis, inventory: RedisInventory): BackEnd {
  return {
    name: "the port",
    durability: "",
    ...sellThrough(inventory),
    pids: () => [redis.pid()],
    prepare: () => Promise.resolve(),
    states: async (showing) => (await inventory.seats(showing)).states,
    missing: (sales) => missingThrough(inventory, sales),
    close: () => Promise.resolve(),
  };
}

/** Nothing is known any more, every partition sells again in its first epoch, and the file is short. */
async function empty(redis: LocalRedis, inventory: RedisInventory): Promise<void> {
  await redis.command("FLUSHALL");
  await openGates(inventory);
}

async function sellRound(backEnd: BackEnd, ms: number) {
  const showings = newHalls(halls);
  await backEnd.prepare(showings);
  const book = new Book();
  const before = { server: processorMs(backEnd.pids()), client: ownProcessorMs() };
  const tookMs = await sell(backEnd, wishesOfMany(showings), book, ms);
  const used = { server: processorMs(backEnd.pids()) - before.server, client: ownProcessorMs() - before.client };
  await check(backEnd, showings, book);
  const sold = book.confirmed.length;
  return {
    rate: (sold * 1_000) / tookMs,
    serverUs: (used.server * 1_000) / sold,
    clientUs: (used.client * 1_000) / sold,
  };
}

async function recorded(redis: LocalRedis, inventory: RedisInventory, count: number): Promise<Calls[]> {
  await empty(redis, inventory);
  const sales: Sale[] = [];
  for (const sale of wishesOfMany(newHalls(halls))) if (sales.push(sale) === count) break;
  const book = new Book();
  const calls = await record(inventory.connection, sales, () =>
    sell(sellThrough(inventory), sales.values(), book, 60_000),
  );
  const odd = calls.find((each) => each.length !== 3);
  if (odd || book.confirmed.length !== sales.length) throw new Error("a purchase is no longer three calls");
  return calls;
}

async function replayRound({ port, pid }: LocalRedis, calls: readonly Calls[], connections: number, ms: number) {
  const before = processorMs([pid()]);
  const began = performance.now();
  const rate = await replay(port, calls, { lanes: clients, connections, letters: "hbo", ms });
  const made = (rate * (performance.now() - began)) / 1_000;
  return { rate, serverUs: ((processorMs([pid()]) - before) * 1_000) / made };
}

/** Holds of one place, the best available, in ever new showings of one partition: what redis-benchmark can do, too. */
async function holdsAlone(redis: LocalRedis, inventory: RedisInventory, ms: number) {
  const count = Math.ceil(ms * 8);
  const at = Date.now();
  const plan = "480000 0 0 0 0 0 1 best 1 0 0/0:200:200:0";
  const name = functionName("hold");
  const call = (id: string) =>
    `FCALL ${name} 1 {p0}:m 1 ${at} show-${id} 200 ${at} 200 hold-${id} g:${id} n:192.0.2 {} ${plan}`.split(" ");
  await empty(redis, inventory);
  const args = ["-p", String(redis.port), "-c", String(clients), "-n", String(count), "-r", "1000000000", "--csv"];
  const { stdout } = await promisify(execFile)("redis-benchmark", [...args, ...call("__rand_int__")]);
  const benchmark = Number(/^"FCALL[^\n]*?","([\d.]+)"/m.exec(stdout)?.[1]);
  if (Number.isNaN(benchmark)) throw new Error(`redis-benchmark said:\n${stdout}`);
  const rates: number[] = [];
  for (const connections of [clients, 1]) {
    await empty(redis, inventory);
    const calls = Array.from({ length: count }, (_, index) => [
      Buffer.from(
        `*25\r\n${call(String(index).padStart(12, "0"))
          .map((word) => `$${word.length}\r\n${word}\r\n`)
          .join("")}`,
      ),
    ]);
    rates.push(await replay(redis.port, calls, { lanes: clients, connections, letters: "h", ms: 60_000 }));
  }
  return { benchmark, replayed: rates[0] ?? Number.NaN, pipelined: rates[1] ?? Number.NaN };
}
