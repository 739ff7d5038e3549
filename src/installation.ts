// Where an installation's parts lie in the data folder, and what commands may do to them without starting the whole of it.
// Beside app.ts the only file that knows which back ends these are.

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { installAccounts, installOperator, type PlannedAccount } from "./accounts/install.ts";
import { isFleet, type Config } from "./config.ts";
import { openLogReader } from "./inventory/memory/journal.ts";
import { readSandbox } from "./payments/sandbox/read.ts";
import { openKeys } from "./sales/keys.ts";
import type { Check } from "./sales/verify/findings.ts";
import type { History } from "./sales/verify/history.ts";
import { verifySales } from "./sales/verify/verify.ts";
import { migrate, openStore, type Store } from "./store/open.ts";
import { withStoredSales } from "./store/verify-rows.ts";

/** The paths of an installation, all below the data folder. */
export interface InstallationPaths {
  /** The store: accounts, catalogue, orders, tickets. */
  store: string;
  /** The sales log. */
  sales: string;
  /** What the sandbox payment provider remembers. */
  payments: string;
  /** The catalogue's published chunks. */
  chunks: string;
  /** Posters and whatever else is sent as it is, below /static/. */
  static: string;
  /** Signs tickets and opens guests' orders. */
  keys: string;
  /** Mails, while no mail server is set. */
  mail: string;
}

export function installationPaths(data: string): InstallationPaths {
  return {
    store: join(data, "store.db"),
    sales: join(data, "sales.db"),
    payments: join(data, "payments.db"),
    chunks: join(data, "published"),
    static: join(data, "static"),
    keys: join(data, "keys.json"),
    mail: join(data, "mail"),
  };
}

/** Where an installation's store is: in the data folder, or the database of a fleet. */
export type StorePlace = Pick<Config, "data" | "database">;

/** Opens an installation's store. */
export function openInstallationStore(place: StorePlace): Store {
  if (isFleet(place)) return openStore({ kind: "postgres", url: place.database });
  return openStore({ kind: "sqlite", file: installationPaths(place.data).store });
}

/** Brings the store to the newest shape; answers the names of the migrations that were missing. */
export function migrateInstallation(place: StorePlace): Promise<readonly string[]> {
  return withStore(place, migrate);
}

/** Makes a fleet's keys if the file is not there; answers whether it was not. */
export function makeKeys(file: string): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  openKeys(file);
  return true;
}

/** Makes accounts that do not exist yet; see accounts/install.ts. */
export function makeAccounts(place: StorePlace, planned: readonly PlannedAccount[]): Promise<void> {
  return withStore(place, (store) => installAccounts({ store, ...system }, planned));
}

/** Makes an operator; answers the password if the account is new. */
export function makeOperator(place: StorePlace, email: string): Promise<{ password?: string }> {
  return withStore(place, (store) => installOperator({ store, ...system }, email));
}

/** The sales log as it is now, and beside it as it goes on; one without entries where nothing was ever sold. */
function openHistory(file: string): { history: History; close(): void } {
  if (!existsSync(file)) {
    const nothing = { first: () => 0, head: () => 0, read: () => [], ofOrder: () => [], nowOfOrder: () => [] };
    return { history: { partitions: 0, ...nothing }, close: () => undefined };
  }
  const log = openLogReader(file);
  log.pin();
  const later = openLogReader(file);
  return {
    history: { ...log, partitions: log.marks().length, nowOfOrder: later.ofOrder },
    close() {
      log.close();
      later.close();
    },
  };
}

const noPayments: ReturnType<typeof readSandbox> = {
  name: "none",
  find: () => Promise.resolve({ state: "absent" }),
  async *list() {},
  close: () => Promise.resolve(),
};

/**
 * Checks the invariants of a sale over the sales log, the store and the payments, as they are at one moment; see
 * sales/verify/. Writes nothing, and may run beside a process that serves. `progress` hears of entries, done and in all.
 */
export function verifyFolder(
  data: string,
  progress?: (done: number, total: number) => void,
  clock: () => number = system.clock,
): Promise<readonly Check[]> {
  const paths = installationPaths(data);
  return withStore({ data, database: "" }, (store) =>
    withStoredSales(store, async (stored) => {
      // The store's moment comes first: the log is never behind it. A transaction has its moment from its first read on.
      await stored.marks();
      const { history, close } = openHistory(paths.sales);
      const payments = existsSync(paths.payments) ? readSandbox(paths.payments, clock) : noPayments;
      try {
        return await verifySales({ stored, history, payments, now: clock(), ...(progress ? { progress } : {}) });
      } finally {
        close();
        await payments.close();
      }
    }),
  );
}

const system = { clock: () => Date.now(), random: (length: number) => randomBytes(length) };

async function withStore<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openInstallationStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
