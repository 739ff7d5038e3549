// The inventory over real Redis servers, for the contract, the model and whoever else judges it: emptied for each back end, and
// restarted in place, gates closed, where the contract starts the process anew.

import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { recordKey } from "../../src/inventory/redis/keys.ts";
import { functionName } from "../../src/inventory/redis/library.ts";
import { readRecord } from "../../src/inventory/redis/link.ts";
import type { InventoryBackEnd } from "./inventory-setting.ts";

export interface RedisServers {
  urls: readonly string[];
  /** Stops and starts every server on the data it has. */
  restart(): Promise<void>;
  /** Forgets all data, on every server. */
  flush(): Promise<void>;
}

/** A back end over servers that other back ends use, too, one after the other. */
export async function redisBackEnd(servers: RedisServers): Promise<InventoryBackEnd> {
  await servers.flush();
  let opened = 0;
  return {
    holdsSurvive: true,
    forgetsEarly: true,
    async open({ partitions }) {
      opened += 1;
      if (opened > 1) await servers.restart();
      const inventory = await openRedisInventory({
        urls: servers.urls,
        replicas: 0,
        partitions,
        name: "contract",
        onClosed: () => undefined,
      });
      await openGates(inventory);
      return inventory;
    },
    dispose: async () => undefined,
  };
}

/** What a recovery after a restart in place comes to when nothing was lost. */
export async function openGates(inventory: RedisInventory): Promise<void> {
  const { connection, partitions } = inventory;
  for (let partition = 0; partition < partitions; partition += 1) {
    const { epoch } = await readRecord(connection, partition);
    const next = String(Number(epoch) + 1);
    for (const name of ["recovery_begin", "recovery_check", "recovery_open"]) {
      const [word, why] = (await connection.fcall(functionName(name), 1, recordKey(partition), next)) as string[];
      if (word !== "ok") throw new Error(`${name} of partition ${partition}: ${word} ${why}`);
    }
  }
  await inventory.refresh();
}
