// `marquee verify` on a fleet: the sales log as Redis still has it, the store as PostgreSQL has it, the shared provider's payments.

import type { Config } from "../config.ts";
import { defaultPartitions } from "../domain/ids.ts";
import { openInstallationStore } from "../installation.ts";
import type { LogEntry, SalesLog } from "../inventory/port.ts";
import { createRedisLog } from "../inventory/redis/log.ts";
import { connectRedis } from "../redis/connect.ts";
import type { Check } from "../sales/verify/findings.ts";
import type { History } from "../sales/verify/history.ts";
import { verifySales } from "../sales/verify/verify.ts";
import { withStoredSales } from "../store/verify-rows.ts";
import { openSandboxOf } from "./fleet.ts";

const pageSize = 1_000;

/** Checks the invariants of a sale; see sales/verify/. Writes nothing, and may run while the fleet sells. */
export async function verifyFleet(
  config: Config,
  progress?: (done: number, total: number) => void,
): Promise<readonly Check[]> {
  const store = openInstallationStore(config);
  const connection = connectRedis({ urls: config.redis, name: "verify" });
  const payments = openSandboxOf(config);
  try {
    return await withStoredSales(store, async (stored) => {
      // The store's moment comes first: the log is never behind it.
      await stored.marks();
      const history = await readHistory(createRedisLog(connection, defaultPartitions), defaultPartitions);
      return verifySales({ stored, history, payments, now: Date.now(), ...(progress ? { progress } : {}) });
    });
  } finally {
    await payments.close();
    connection.disconnect();
    await store.close();
  }
}

/** The whole of the log that is still there, which is little: what the store has is forgotten soon. */
export async function readHistory(log: SalesLog, partitions: number): Promise<History> {
  const heads = await log.heads();
  const byPartition: LogEntry[][] = [];
  const byOrder = new Map<string, LogEntry[]>();
  const keep = (entry: LogEntry, into: Map<string, LogEntry[]>) => {
    const { body } = entry;
    const orderId = body.kind === "intent" ? body.order.orderId : "orderId" in body ? body.orderId : undefined;
    if (orderId === undefined) return;
    const known = into.get(orderId);
    if (known) known.push(entry);
    else into.set(orderId, [entry]);
  };
  for (let partition = 0; partition < partitions; partition += 1) {
    const entries = await readFrom(log, partition, 0);
    byPartition.push(entries);
    for (const entry of entries) keep(entry, byOrder);
  }
  const after = byPartition.map((entries, partition) => entries.at(-1)?.sequence ?? heads[partition] ?? 0);
  const laterByOrder = new Map<string, LogEntry[]>();
  const goOn = async () => {
    await Promise.all(
      after.map(async (sequence, partition) => {
        for (const entry of await readFrom(log, partition, sequence)) {
          after[partition] = entry.sequence;
          keep(entry, laterByOrder);
        }
      }),
    );
  };
  return {
    partitions,
    forgetsApplied: true,
    first: (partition) => byPartition[partition]?.[0]?.sequence ?? (heads[partition] ? heads[partition] + 1 : 0),
    head: (partition) => byPartition[partition]?.at(-1)?.sequence ?? heads[partition] ?? 0,
    read(partition, sequence, limit) {
      const entries = byPartition[partition] ?? [];
      const start = entries.findIndex((entry) => entry.sequence > sequence);
      return start === -1 ? [] : entries.slice(start, start + limit);
    },
    ofOrder: (orderId) => byOrder.get(orderId) ?? [],
    async nowOfOrder(orderId) {
      await goOn();
      return [...(byOrder.get(orderId) ?? []), ...(laterByOrder.get(orderId) ?? [])];
    },
  };
}

async function readFrom(log: SalesLog, partition: number, after: number): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (;;) {
    const page = await log.read(partition, entries.at(-1)?.sequence ?? after, pageSize);
    entries.push(...page);
    if (page.length < pageSize) return entries;
  }
}
