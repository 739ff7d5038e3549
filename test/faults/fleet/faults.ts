// The faults: what is struck, and how it is healed. Each leaves the fleet as it found it: every process runs.

import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LocalServer } from "../../../deploy/local/local-server.ts";
import type { MarqueeProcess } from "../../../deploy/local/marquee-process.ts";
import type { LocalRedis } from "../../../deploy/local/redis.ts";
import type { StruckTown } from "./town.ts";

export type Fault = (town: StruckTown) => Promise<void>;

/** Longer than a worker's lease. */
const beyondLeaseMs = 6_500;
/** Long enough that something happens meanwhile. */
const aWhileMs = 700;

const reviveWithinMs = 30_000;

/** Starts a process again, as often as it takes: what it needs to start may be away as well. */
async function revive(struck: MarqueeProcess | undefined): Promise<void> {
  if (!struck) throw new Error("no process of the fleet was struck");
  const until = performance.now() + reviveWithinMs;
  for (;;) {
    try {
      return await struck.restart();
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
}

const byPid = (processes: readonly MarqueeProcess[]) => new Map(processes.map((each) => [each.pid(), each]));

export async function masterOf({ fleet }: StruckTown): Promise<{ master: LocalRedis; replica: LocalRedis }> {
  const [one, two] = fleet.redis;
  if (!one || !two) throw new Error("the fleet needs a Redis and its replica");
  const isMaster = (await one.command("ROLE")).startsWith("master");
  return isMaster ? { master: one, replica: two } : { master: two, replica: one };
}

/** An application process or a worker dies as it gets to a step. */
export function killedAt(step: string): Fault {
  return async ({ fleet, strikes }) => {
    const pids = byPid([...fleet.apps, ...fleet.workers]);
    await revive(pids.get(await strikes.at(step, "SIGKILL")));
  };
}

/** An application process or a worker hangs as it gets to a step; for a worker, others take over meanwhile. */
export function hungAt(step: string, ms = beyondLeaseMs): Fault {
  return async ({ fleet, strikes }) => {
    const pids = byPid([...fleet.apps, ...fleet.workers]);
    const pid = await strikes.at(step, "SIGSTOP");
    await wait(ms);
    await pids.get(pid)?.kill("SIGCONT");
  };
}

/** A server dies while a process is at a step, and is started again on its data. */
export function serverKilledAt(step: string, which: (town: StruckTown) => Promise<LocalServer>): Fault {
  return async (town) => {
    const server = await which(town);
    await town.strikes.at(step, "SIGKILL", server);
    await wait(town.random() * aWhileMs);
    await server.restart();
  };
}

/** A server hangs while a process is at a step. */
export function serverHungAt(step: string, which: (town: StruckTown) => Promise<LocalServer>, ms: number): Fault {
  return async (town) => {
    const server = await which(town);
    await town.strikes.at(step, "SIGSTOP", server);
    await wait(ms);
    await server.kill("SIGCONT");
  };
}

export const redisOf = async (town: StruckTown): Promise<LocalServer> => (await masterOf(town)).master;
export const postgresOf = ({ fleet }: StruckTown): Promise<LocalServer> => Promise.resolve(fleet.postgres);

/** Everything in Redis is gone, the function library's memory included. */
export const flushed: Fault = async (town) => {
  const { master } = await masterOf(town);
  await wait(town.random() * aWhileMs);
  await master.command("FLUSHALL");
  // Its processes see a Redis that knows nothing; without the library nobody could recover it either.
};

/**
 * Redis has lost what it knew since a while ago, of which the store has nothing: the workers hung. `lose` begins by seeing to
 * that and answers how Redis comes back.
 */
function withoutWorkers(lose: (town: StruckTown) => Promise<() => Promise<void>>): Fault {
  return async (town) => {
    const { workers } = town.fleet;
    const comeBack = await lose(town);
    // Had they been stopped before, nothing of what is about to be lost would be in the store.
    await Promise.all(workers.map((worker) => worker.kill("SIGSTOP")));
    await town.buyers.more(5, 3);
    await comeBack();
    await Promise.all(workers.map((worker) => worker.kill("SIGCONT")));
  };
}

/** The replica lacks sales that buyers were told of and that no worker has seen, and becomes the master. */
export const staleReplicaPromoted: Fault = withoutWorkers(async (town) => {
  const { master, replica } = await masterOf(town);
  // It cannot sign in any more: it goes on asking, and gets nothing.
  await replica.command("CONFIG", "SET", "masteruser", "nobody");
  await replica.command("CONFIG", "SET", "masterauth", "nothing");
  await master.command("CLIENT", "KILL", "TYPE", "replica");
  return async () => {
    await master.kill("SIGKILL");
    await replica.promote();
    await replica.command("CONFIG", "SET", "masteruser", "");
    await replica.command("CONFIG", "SET", "masterauth", "");
    // The old one comes back as the new one's replica, and forgets what only it knew.
    appendFileSync(join(master.folder, "redis.conf"), `replicaof 127.0.0.1 ${replica.port}\n`);
    await master.restart();
  };
});

/** Redis is started on a copy of its file from before some sales. */
export const oldFile: Fault = withoutWorkers(async (town) => {
  const { master } = await masterOf(town);
  const files = join(master.folder, "appendonlydir");
  const copy = join(master.folder, "older");
  cpSync(files, copy, { recursive: true });
  return async () => {
    await master.kill("SIGKILL");
    rmSync(files, { recursive: true });
    cpSync(copy, files, { recursive: true });
    rmSync(copy, { recursive: true });
    await master.restart();
  };
});

/** nginx takes its configuration again, several times. */
export const edgeReloaded: Fault = async ({ fleet, buyers }) => {
  for (let turn = 0; turn < 3; turn += 1) {
    await fleet.edge.reload();
    await buyers.more(2);
  }
};

/** Two at once; they must not heal the same process. */
export function both(one: Fault, other: Fault): Fault {
  return async (town) => void (await Promise.all([one(town), other(town)]));
}
