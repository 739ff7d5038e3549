// Redis computes: each step is one call of the function library.

import { defaultPartitions } from "../../src/domain/ids.ts";
import {
  openRedisInventory,
  type RedisInventory,
  type RedisInventorySettings,
} from "../../src/inventory/redis/create.ts";
import { openGates } from "../../test/contracts/redis-setting.ts";
import type { BackEnd } from "./sale.ts";
import { missingThrough, sellThrough, type Purchasing } from "./through-port.ts";

export interface RedisServers {
  name: string;
  durability: string;
  /** Those that decide now. */
  urls(): readonly string[];
  /** Replicas that must have a decision before it is answered. */
  replicas(): 0 | 1;
  pids(): readonly number[];
}

export interface RedisBackEnd extends BackEnd {
  /** Connects to those that decide now and opens their gates over what they have. */
  reconnect(): Promise<void>;
}

/** Connects and opens every gate. */
export async function openInventory(
  settings: Pick<RedisInventorySettings, "urls" | "replicas" | "name">,
): Promise<RedisInventory> {
  const partitions = defaultPartitions;
  const inventory = await openRedisInventory({ ...settings, partitions, onClosed: () => undefined });
  await openGates(inventory);
  return inventory;
}

const methods = ["hold", "beginPayment", "confirm", "seats", "orderById"] as const;

export async function sellOverRedis(servers: RedisServers): Promise<RedisBackEnd> {
  const name = servers.name.replaceAll(/[^a-z0-9]+/gi, "-");
  const open = () => openInventory({ urls: servers.urls(), replicas: servers.replicas(), name });
  let inventory = await open();
  const current = Object.fromEntries(
    methods.map((method) => [
      method,
      (...parameters: unknown[]) => (inventory[method] as (...given: unknown[]) => Promise<unknown>)(...parameters),
    ]),
  ) as unknown as Purchasing;
  return {
    name: servers.name,
    durability: servers.durability,
    ...sellThrough(current),
    pids: () => servers.pids(),
    prepare: () => Promise.resolve(),
    states: async (showing) => (await current.seats(showing)).states,
    missing: (sales) => missingThrough(current, sales),
    async reconnect() {
      // The old connections may still be waiting for a server that is gone.
      const before = inventory;
      inventory = await open();
      void before.close();
    },
    close: () => inventory.close(),
  };
}
