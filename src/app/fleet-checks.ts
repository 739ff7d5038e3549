// What `marquee doctor` asks a fleet's services. Nothing is changed.

import { existsSync, statSync } from "node:fs";
import { newId } from "../domain/ids.ts";
import type { Config } from "../config.ts";
import { openInstallationStore } from "../installation.ts";
import { assertSettings, outdatedBy } from "../inventory/redis/library.ts";
import { openOrigin } from "../media/open.ts";
import { connectRedis } from "../redis/connect.ts";
import { probePostgres } from "../store/probe-postgres.ts";
import { openSandboxOf } from "./fleet.ts";
import { pooledRandom } from "./random.ts";

export interface ServiceFinding {
  level: "ok" | "warn" | "fail";
  sentence: string;
}

type ServiceCheck = (config: Config) => Promise<readonly ServiceFinding[]>;

const ok = (sentence: string): ServiceFinding => ({ level: "ok", sentence });
const warn = (sentence: string): ServiceFinding => ({ level: "warn", sentence });
const fail = (sentence: string): ServiceFinding => ({ level: "fail", sentence });
const because = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");

/** Holds end, and leases pass on, by the processes' clocks. */
const skewMs = 1_000;

const checkPostgres: ServiceCheck = async (config) => {
  const store = openInstallationStore(config);
  try {
    const { version, careless, waitsForStandby, skewMs: skew, migrated } = await probePostgres(store, () => Date.now());
    return [
      Number(version.split(".")[0]) >= 15
        ? ok(`PostgreSQL is ${version}.`)
        : fail(`PostgreSQL is ${version}; 15 is needed.`),
      careless.length === 0
        ? ok("PostgreSQL answers a commit when it is on the disk.")
        : fail(`PostgreSQL may forget what it answered: ${careless.join(", ")}.`),
      waitsForStandby
        ? ok("A commit waits for the standby.")
        : warn("No commit waits for a standby: what the log no longer has is lost with this server's disk."),
      Math.abs(skew) <= skewMs
        ? ok(`The clocks of this machine and of PostgreSQL differ by ${Math.abs(skew)} ms.`)
        : fail(`The clocks of this machine and of PostgreSQL differ by ${Math.abs(skew)} ms; one second is the most.`),
      migrated
        ? ok("The database has Marquee's tables.")
        : warn("The database is empty: `marquee migrate` makes its tables."),
    ];
  } catch (error) {
    return [fail(`PostgreSQL cannot be used: ${because(error)}.`)];
  } finally {
    await store.close();
  }
};

const checkRedis: ServiceCheck = async ({ redis, redisReplicas }) => {
  const connection = connectRedis({ urls: redis, name: "doctor" });
  try {
    await settled(connection);
    await assertSettings(connection, redisReplicas);
    const outdated = await outdatedBy(connection);
    if (outdated !== undefined) throw new Error(outdated);
    const sentence = "Redis keeps what it answers";
    return [redisReplicas > 0 ? ok(`${sentence}, and a replica has it too.`) : ok(`${sentence}.`)];
  } catch (error) {
    return [fail(`Redis cannot be used: ${because(error)}.`)];
  } finally {
    connection.disconnect();
  }
};

const checkPayments: ServiceCheck = async (config) => {
  const payments = openSandboxOf(config);
  try {
    await payments.find("doctor-asks-for-nobody");
    return [ok(`The payment provider at ${new URL(config.payments).host} answers.`)];
  } catch (error) {
    return [fail(because(error).concat("."))];
  } finally {
    await payments.close();
  }
};

const checkOrigin: ServiceCheck = async ({ origin, s3Key, s3Secret }) => {
  try {
    const random = pooledRandom();
    const content = openOrigin({ origin, s3Key, s3Secret, clock: () => Date.now(), random });
    await content.read(`doctor/${newId(random)}.json`);
    return [ok("The origin of static content answers.")];
  } catch (error) {
    return [fail(`The origin of static content cannot be used: ${because(error)}.`)];
  }
};

const checkKeys: ServiceCheck = ({ keys }) => {
  if (!existsSync(keys)) return Promise.resolve([fail(`There is no key file ${keys}: \`marquee migrate\` makes one.`)]);
  const open = (statSync(keys).mode & 0o077) !== 0;
  return Promise.resolve([
    open
      ? warn(`The key file ${keys} can be read by other users: chmod 600 it.`)
      : ok(`The key file ${keys} is there.`),
  ]);
};

/** Asks all services at once; the findings in a fixed order. */
export async function checkServices(config: Config): Promise<readonly ServiceFinding[]> {
  const checks = [checkPostgres, checkRedis, checkPayments, checkOrigin, checkKeys];
  return (await Promise.all(checks.map((check) => check(config)))).flat();
}

/** Settles when a connection may be used; throws what the first try met. */
function settled(connection: ReturnType<typeof connectRedis>): Promise<void> {
  if (connection.status === "ready") return Promise.resolve();
  return new Promise((resolve, reject) => {
    connection.once("ready", resolve);
    connection.once("error", reject);
  });
}
