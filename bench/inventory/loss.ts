// What a crash takes: the server is killed in the middle of the load, and what clients had been told is compared with what is there
// when it sells again; then others ask for the same places.

import { setTimeout as wait } from "node:timers/promises";
import type { LocalServer } from "../../deploy/local/local-server.ts";
import { startMemcached } from "../../deploy/local/memcached.ts";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { layCable, type Cable } from "./cable.ts";
import { postgresSettings, requireReplica } from "./contenders.ts";
import { Book, newHalls, sell, wishesOfMany } from "./load.ts";
import { sellOverMemcached } from "./memcached.ts";
import { sellOverPostgres } from "./postgres.ts";
import { sellOverRedis } from "./redis.ts";
import { newSale, type BackEnd, type Mortal, type Sale } from "./sale.ts";
import { openWriter } from "./writer.ts";

export interface Loss {
  what: string;
  /** Purchases whose buyers had been told "confirmed". */
  told: number;
  /** Of these, what is not there afterwards. */
  lost: number;
  /** Places that a second buyer was then told were theirs. */
  twice: number;
  /** From the kill to selling again, ms. */
  pausedMs: number;
}

const halls = 200;
const loadMs = 1_000;
const longestMs = 20_000;
/** A standby is out of reach for so long before its primary dies. */
const cutMs = 100;

async function lossOf(what: string, mortal: Mortal): Promise<Loss> {
  const showings = newHalls(halls);
  await mortal.prepare(showings);
  const book = new Book();
  let alive = true;
  const selling = sell(
    mortal,
    during(wishesOfMany(showings), () => alive),
    book,
    longestMs,
  );
  await wait(loadMs);
  const killedAt = performance.now();
  await mortal.kill();
  alive = false;
  await selling;
  const told = book.confirmed.length;
  await mortal.revive();
  const pausedMs = performance.now() - killedAt;
  const lost = await mortal.missing(book.confirmed);
  await sell(mortal, anew(book.confirmed.slice()), book, longestMs);
  await mortal.close();
  return { what, told, lost, twice: book.twice(), pausedMs };
}

/** The wishes for as long as `goesOn`. */
function* during(wishes: Iterable<Sale>, goesOn: () => boolean): Generator<Sale> {
  for (const wish of wishes) {
    if (!goesOn()) return;
    yield wish;
  }
}

/** Other buyers who want the same. */
function* anew(sales: readonly Sale[]): Generator<Sale> {
  for (const { showing, places } of sales) yield newSale(showing, places);
}

async function memcachedOf(count: number): Promise<Mortal> {
  const servers = await Promise.all(Array.from({ length: count }, () => startMemcached({ megabytes: 512 })));
  const [first] = servers;
  const backEnd = await sellOverMemcached(servers);
  return {
    ...backEnd,
    kill: async () => first?.kill("SIGKILL"),
    async revive() {
      if (count === 1) await first?.restart();
      await backEnd.reconnect();
    },
    async close() {
      await backEnd.close();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** What sells and connects anew to whatever decides now. */
type Reconnecting = BackEnd & { reconnect(): Promise<void> };

/** One server: killed, and started again on its disk. */
function alone(backEnd: Reconnecting, server: LocalServer): Mortal {
  return {
    ...backEnd,
    kill: () => server.kill("SIGKILL"),
    async revive() {
      await server.restart();
      await backEnd.reconnect();
    },
    async close() {
      await backEnd.close();
      await server.stop();
    },
  };
}

/** A server and its copy: the first is cut off and killed, then the copy decides. */
async function pair<Server extends LocalServer & { promote(): Promise<void> }>(
  servers: { primary: Server; copy: Server; cable: Cable },
  open: (deciding: () => Server) => Promise<Reconnecting>,
): Promise<Mortal> {
  const { primary, copy, cable } = servers;
  let deciding = primary;
  const backEnd = await open(() => deciding);
  return {
    ...backEnd,
    async kill() {
      cable.cut();
      await wait(cutMs);
      await primary.kill("SIGKILL");
    },
    async revive() {
      await copy.promote();
      deciding = copy;
      await backEnd.reconnect();
    },
    async close() {
      await backEnd.close();
      await Promise.all([primary.stop(), copy.stop()]);
    },
  };
}

const overRedis = (deciding: () => LocalRedis, replicas: () => 0 | 1) =>
  sellOverRedis({ name: "redis", durability: "", urls: () => [deciding().url], replicas, pids: () => [] });
const overPostgres = (deciding: () => LocalPostgres) =>
  sellOverPostgres({ name: "", durability: "", primary: deciding, all: () => [] });

async function redisAlone(): Promise<Mortal> {
  const server = await startRedis();
  return alone(
    await overRedis(
      () => server,
      () => 0,
    ),
    server,
  );
}

async function redisPair(replicas: 0 | 1): Promise<Mortal> {
  const primary = await startRedis();
  const cable = await layCable(primary.port);
  const copy = await startRedis({ replicaOf: cable });
  if (replicas === 1) await requireReplica(primary);
  return pair({ primary, copy, cable }, (deciding) =>
    overRedis(deciding, () => (deciding() === primary ? replicas : 0)),
  );
}

async function postgresAlone(): Promise<Mortal> {
  const server = await startPostgres({ settings: postgresSettings });
  return alone(await overPostgres(() => server), server);
}

async function postgresPair(synchronous: boolean): Promise<Mortal> {
  const primary = await startPostgres({ settings: postgresSettings });
  const cable = await layCable(primary.port);
  const copy = await startPostgres({ standbyOf: { ...primary, port: cable.port }, settings: postgresSettings });
  if (!synchronous) {
    await primary.sql("alter system set synchronous_standby_names = ''");
    await primary.sql("select pg_reload_conf()");
  }
  return pair({ primary, copy, cable }, overPostgres);
}

const cases: readonly (readonly [what: string, open: () => Promise<Mortal>])[] = [
  ["memcached: killed, started again", () => memcachedOf(1)],
  ["memcached: one of two killed, the other takes its keys", () => memcachedOf(2)],
  ["Redis functions: killed, started again", redisAlone],
  ["Redis functions: replica promoted, without WAIT", () => redisPair(0)],
  ["Redis functions: replica promoted, with WAIT 1", () => redisPair(1)],
  ["one single-writer process: killed, started again (it has no failover)", openWriter],
  ["PostgreSQL: killed, started again", postgresAlone],
  ["PostgreSQL: asynchronous standby promoted", () => postgresPair(false)],
  ["PostgreSQL: synchronous standby promoted", () => postgresPair(true)],
];

export async function measureLosses(tell: (loss: Loss) => void): Promise<Loss[]> {
  const losses: Loss[] = [];
  for (const [what, open] of cases) {
    const loss = await lossOf(what, await open());
    tell(loss);
    losses.push(loss);
  }
  return losses;
}
