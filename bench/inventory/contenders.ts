// The contenders of the comparison, each over real servers of its own.

import { setTimeout as wait } from "node:timers/promises";
import { startMemcached } from "../../deploy/local/memcached.ts";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { startRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { sellOverMemcached } from "./memcached.ts";
import { sellOverPostgres } from "./postgres.ts";
import { sellOverRedis } from "./redis.ts";
import type { BackEnd } from "./sale.ts";
import { openWriter } from "./writer.ts";

/** Enough memory for what is sold here, and no checkpoint in the middle of a round. */
export const postgresSettings = ["shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min"];
const cacheMegabytes = 1_024;
const pollMs = 20;

/** From now on the primary refuses what no replica would have; resolves when it counts one as good. */
export async function requireReplica(primary: LocalRedis): Promise<void> {
  await primary.command("CONFIG", "SET", "min-replicas-to-write", "1", "min-replicas-max-lag", "10");
  while (!(await primary.command("INFO", "replication")).includes("min_slaves_good_slaves:1")) await wait(pollMs);
}

/** Opens all of them; whatever was started is added to `stops`, to be called in the opposite order. */
export async function openContenders(stops: (() => Promise<unknown>)[]): Promise<BackEnd[]> {
  const contenders: BackEnd[] = [];
  for (const open of [
    memcached,
    redis,
    redisWithReplica,
    redisCluster,
    openWriter,
    postgres,
    postgresWithStandby,
    postgresTransactions,
  ]) {
    const contender = await open(stops);
    stops.push(() => contender.close());
    contenders.push(contender);
  }
  return contenders;
}

type Stops = (() => Promise<unknown>)[];

async function memcached(stops: Stops): Promise<BackEnd> {
  const server = await startMemcached({ megabytes: cacheMegabytes });
  stops.push(() => server.stop());
  return sellOverMemcached([server]);
}

async function redis(stops: Stops): Promise<BackEnd> {
  const server = await startRedis();
  stops.push(() => server.stop());
  return sellOverRedis({
    name: "Redis functions",
    durability: "fsync before each answer",
    urls: () => [server.url],
    replicas: () => 0,
    pids: () => [server.pid()],
  });
}

async function redisWithReplica(stops: Stops): Promise<BackEnd> {
  const primary = await startRedis();
  stops.push(() => primary.stop());
  const replica = await startRedis({ replicaOf: primary });
  stops.push(() => replica.stop());
  await requireReplica(primary);
  return sellOverRedis({
    name: "Redis functions, replica, WAIT 1",
    durability: "fsync, and a replica has it",
    urls: () => [primary.url],
    replicas: () => 1,
    pids: () => [primary.pid(), replica.pid()],
  });
}

async function redisCluster(stops: Stops): Promise<BackEnd> {
  const cluster = await startRedisCluster({ masters: 3 });
  stops.push(() => cluster.stop());
  return sellOverRedis({
    name: "Redis functions, cluster of three",
    durability: "fsync before each answer",
    urls: () => cluster.urls,
    replicas: () => 0,
    pids: () => cluster.nodes.map((node) => node.pid()),
  });
}

async function postgres(stops: Stops): Promise<BackEnd> {
  const server = await startPostgres({ settings: postgresSettings });
  stops.push(() => server.stop());
  return rowLocks("PostgreSQL row locks", "fsync of the log, in groups", [server]);
}

async function postgresTransactions(stops: Stops): Promise<BackEnd> {
  const server = await startPostgres({ settings: postgresSettings });
  stops.push(() => server.stop());
  return sellOverPostgres({
    name: "PostgreSQL row locks, statement by statement",
    durability: "fsync of the log, in groups",
    primary: () => server,
    all: () => [server],
    statementByStatement: true,
  });
}

async function postgresWithStandby(stops: Stops): Promise<BackEnd> {
  const primary = await startPostgres({ settings: postgresSettings });
  stops.push(() => primary.stop());
  const standby = await startPostgres({ standbyOf: primary, settings: postgresSettings });
  stops.push(() => standby.stop());
  return rowLocks("PostgreSQL row locks, synchronous standby", "fsync here and on the standby", [primary, standby]);
}

function rowLocks(name: string, durability: string, servers: readonly [LocalPostgres, ...LocalPostgres[]]) {
  return sellOverPostgres({ name, durability, primary: () => servers[0], all: () => servers });
}
