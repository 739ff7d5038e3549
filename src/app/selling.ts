// The purchase's side of the embedded shape: inventory in memory, sandbox payments, and the use cases over both.

import type { Logger } from "pino";
import type { Catalogue } from "../catalogue/model.ts";
import type { Config } from "../config.ts";
import { defaultPartitions } from "../domain/ids.ts";
import type { InstallationPaths } from "../installation.ts";
import { openMemoryInventory } from "../inventory/memory/create.ts";
import type { Inventory } from "../inventory/port.ts";
import { openSandbox, type SandboxProvider } from "../payments/sandbox/sandbox.ts";
import { createSales, type SalesDuties } from "../sales/create.ts";
import { openKeys } from "../sales/keys.ts";
import type { Sales } from "../sales/sales.ts";
import { createOrderSecrets, createTicketSigner, type OrderSecrets } from "../sales/ticket-token.ts";
import { createAudit } from "../store/audit.ts";
import { createJobs, type Jobs } from "../store/jobs.ts";
import type { Store } from "../store/open.ts";
import { createOrderStore, type OrderStore } from "../store/orders.ts";
import { createSellerTable } from "../store/sellers.ts";
import type { System } from "./system.ts";

export interface Selling {
  inventory: Inventory;
  payments: SandboxProvider;
  sales: Sales & SalesDuties;
  orders: OrderStore;
  jobs: Jobs;
  secrets: OrderSecrets;
  orderKey: Uint8Array;
}

export interface SellingSettings {
  config: Config;
  system: System;
  paths: InstallationPaths;
  logger: Logger;
  store: Store;
  catalogue: Catalogue;
}

export async function openSelling({
  config,
  system,
  paths,
  logger,
  store,
  catalogue,
}: SellingSettings): Promise<Selling> {
  const { clock, random, failpoint, onFatal } = system;
  const testing = failpoint === undefined ? {} : { failpoint };
  const keys = openKeys(paths.keys);
  const inventory = await openMemoryInventory({
    file: paths.sales,
    partitions: defaultPartitions,
    now: clock(),
    onFatal,
    onClosed: (partition, reason) => logger.error({ partition, reason }, "a partition stopped selling"),
    ...testing,
  });
  const payments = await openSandbox({
    file: paths.payments,
    publicUrl: config.publicUrl,
    timeoutMs: Math.min(config.paymentTimeoutMs, 2_000),
    settleMs: Math.min(config.paymentTimeoutMs, 2_000) + 2_000,
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onFatal,
    ...testing,
  });
  const orders = createOrderStore(store.db);
  const jobs = createJobs(store.db);
  const secrets = createOrderSecrets(keys.orders);
  const { publicUrl, holdMs, maxSeats, maxSeatsPerNetwork } = config;
  const sales = createSales({
    inventory,
    payments,
    catalogue,
    orders,
    sellers: createSellerTable(store.db),
    jobs,
    audit: createAudit(store.db, clock, random),
    signer: createTicketSigner(keys.tickets),
    secrets,
    clock,
    random,
    settings: { publicUrl, holdMs, maxSeats, maxSeatsPerNetwork },
    reached: reachedBy(failpoint),
    warn: (error, what) => logger.warn({ err: error }, what),
  });
  return { inventory, payments, sales, orders, jobs, secrets, orderKey: keys.orders };
}

/** Kills the process at the failpoint's step; does nothing where there is none. */
export function reachedBy(failpoint: string | undefined): (step: string) => void {
  if (failpoint === undefined) return () => undefined;
  return (step) => {
    if (step === failpoint) process.kill(process.pid, "SIGKILL");
  };
}
