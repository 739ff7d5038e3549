// The back ends of one of a fleet's processes: nothing of the installation lies in the process, so any number run at once.

import { existsSync } from "node:fs";
import type { Logger } from "pino";
import type { Bus } from "../bus/port.ts";
import { openRedisBus } from "../bus/redis.ts";
import type { Published } from "../catalogue/published.ts";
import { openRedisPublished } from "../catalogue/published-redis.ts";
import { ConfigError, type Config } from "../config.ts";
import { defaultPartitions } from "../domain/ids.ts";
import { openRedisInventory, type RedisInventory } from "../inventory/redis/create.ts";
import { openOrigin } from "../media/open.ts";
import type { Origin } from "../media/static-content.ts";
import { openSandboxClient } from "../payments/sandbox-service/client.ts";
import type { SandboxProvider } from "../payments/sandbox/sandbox.ts";
import { connectRedis } from "../redis/connect.ts";
import { openKeys } from "../sales/keys.ts";
import { openStore } from "../store/open.ts";
import { createSellerReports } from "../store/seller-reports.ts";
import type { BackEnds } from "./back-ends.ts";
import type { System } from "./system.ts";

export interface FleetBackEnds extends BackEnds {
  inventory: RedisInventory;
  content: Origin;
}

/** Sellers' reports take long and must not keep the connections that everything else needs. */
const reportConnections = 2;
const reportMs = 60_000;

/**
 * Connects to Redis; the store and the payment provider are asked when they are first needed, so that a process starts and sells
 * without them. `name` is the process's, as CLIENT LIST shows it. Throws if Redis does not answer, or is not set as sales need.
 */
export async function openFleet(config: Config, system: System, logger: Logger, name: string): Promise<FleetBackEnds> {
  const { redis, redisReplicas, database, origin } = config;
  // Every process must sign with the same keys: none makes its own.
  if (!existsSync(config.keys)) {
    throw new ConfigError(
      `There is no key file ${config.keys}. \`marquee migrate\` makes one; every process needs the same.`,
    );
  }
  const keys = openKeys(config.keys);
  const inventory = await openRedisInventory({
    urls: redis,
    replicas: redisReplicas,
    partitions: defaultPartitions,
    name,
    onClosed: (partition, reason) => logger.error({ partition, reason }, "a partition stopped selling"),
  });
  const { bus, published, content, close } = await openFleetCatalogue(config, system, name);
  const store = openStore({ kind: "postgres", url: database });
  const reportStore = openStore({
    kind: "postgres",
    url: database,
    connections: reportConnections,
    statementMs: reportMs,
  });
  const elsewhere = config.staticUrl === "" ? { origin: content } : { url: config.staticUrl };
  const payments = openSandboxOf(config);
  return {
    store,
    bus,
    published,
    inventory,
    payments,
    reports: createSellerReports(reportStore),
    content,
    staticSource: origin.startsWith("s3:") ? elsewhere : { folder: origin },
    keys,
    outdated: () => inventory.outdated(),
    async close() {
      await inventory.close();
      await payments.close();
      await close();
      await reportStore.close();
      await store.close();
    },
  };
}

export interface FleetCatalogue {
  bus: Bus;
  published: Published;
  content: Origin;
  close(): Promise<void>;
}

/** What is published, and whoever must hear of it: as much of a fleet as filling it takes. */
export async function openFleetCatalogue(
  { redis, origin, s3Key, s3Secret }: Config,
  { clock, random }: Pick<System, "clock" | "random">,
  name: string,
): Promise<FleetCatalogue> {
  const content = openOrigin({ origin, s3Key, s3Secret, clock, random });
  const bus = await openRedisBus({ urls: redis });
  const publishing = connectRedis({ urls: redis, name: `${name}-published` });
  const published = await openRedisPublished({ connection: publishing, bus });
  return {
    bus,
    published,
    content,
    async close() {
      await published.close();
      await bus.close();
      publishing.disconnect();
    },
  };
}

/** The payment provider that a fleet shares. */
export function openSandboxOf({ payments, paymentsSecret, paymentTimeoutMs }: Config): SandboxProvider {
  return openSandboxClient({ url: payments, secret: paymentsSecret, timeoutMs: paymentTimeoutMs });
}
