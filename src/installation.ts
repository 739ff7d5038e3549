// Where an installation's parts lie in the data folder, and what commands may do to them without starting the whole of it.
// Beside app.ts the only file that knows which back ends these are.

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { installAccounts, installOperator, type PlannedAccount } from "./accounts/install.ts";
import { migrate, openStore, type Store } from "./store/open.ts";

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

/** Brings the store to the newest shape; answers the names of the migrations that were missing. */
export function migrateInstallation(data: string): Promise<readonly string[]> {
  return withStore(data, migrate);
}

/** Makes accounts that do not exist yet; see accounts/install.ts. */
export function makeAccounts(data: string, planned: readonly PlannedAccount[]): Promise<void> {
  return withStore(data, (store) => installAccounts({ store, ...system }, planned));
}

/** Makes an operator; answers the password if the account is new. */
export function makeOperator(data: string, email: string): Promise<{ password?: string }> {
  return withStore(data, (store) => installOperator({ store, ...system }, email));
}

const system = { clock: () => Date.now(), random: (length: number) => randomBytes(length) };

async function withStore<T>(data: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore({ kind: "sqlite", file: installationPaths(data).store });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
