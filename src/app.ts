// The composition root: what runs, over which back ends, and in which order it starts and stops. With installation.ts and the
// files in app/ the only place that knows the concretes; plain functions, and everything else receives what it uses.

import type { Logger } from "pino";
import type { Accounts } from "./accounts/accounts.ts";
import type { BackEnds } from "./app/back-ends.ts";
import { drain } from "./app/draining.ts";
import { openEmbedded } from "./app/embedded.ts";
import { openServer } from "./app/open-server.ts";
import { openParts } from "./app/parts.ts";
import { checkLag, checkPartitions, checkProgram } from "./app/readiness.ts";
import { systemOf, type System } from "./app/system.ts";
import { startWork } from "./app/work.ts";
import type { Authoring } from "./catalogue/authoring/authoring.ts";
import type { Catalogue } from "./catalogue/model.ts";
import type { Publisher } from "./catalogue/publisher.ts";
import { isFleet, type Config } from "./config.ts";
import { newId } from "./domain/ids.ts";
import type { Server } from "./http/server.ts";
import type { Inventory } from "./inventory/port.ts";
import { createLogger } from "./logger.ts";
import type { SandboxProvider } from "./payments/sandbox/sandbox.ts";
import type { SalesDuties } from "./sales/create.ts";
import type { Sales } from "./sales/sales.ts";
import type { Store } from "./store/open.ts";

export interface App {
  server: Server;
  store: Store;
  inventory: Inventory;
  payments: SandboxProvider;
  catalogue: Catalogue;
  publisher: Publisher;
  accounts: Accounts;
  sales: Sales & SalesDuties;
  authoring: Authoring;
  /** Begins to answer; the address. */
  listen(): Promise<string>;
  /** Settles when the store has everything that was sold so far; in a fleet at once, since its workers see to that. */
  caughtUp(): Promise<void>;
  /** Finishes what is under way, stops the work, lets go of files and connections. */
  close(): Promise<void>;
}

/**
 * Opens what answers requests: a whole installation in one process, whose data folder the caller has locked, or one of a
 * fleet's application processes, which has no work of its own. A demo is for everybody to try: see `showsMailedLinks`.
 */
export async function openApp(
  config: Config,
  given: Partial<System> = {},
  { isDemo = false }: { isDemo?: boolean } = {},
): Promise<App> {
  const logger = createLogger(config.logLevel);
  const system: System = { ...systemOf(logger), ...given };
  const fleet = isFleet(config);
  const backEnds = await (fleet ? openFleetApp(config, system, logger) : openEmbedded(config, system, logger));
  const parts = await openParts(config, system, logger, backEnds);
  const work = fleet ? undefined : startWork(parts);
  let stopping = false;
  const server = await openServer(parts, {
    // What a fleet's processes share, each has in the same state: no balancer gains by leaving one of them out.
    checks: work ? [checkPartitions(backEnds.inventory), checkLag(work.lag)] : [checkProgram(backEnds)],
    ...(work ? { lag: work.lag } : {}),
    stopping: () => stopping,
    isDemo,
  });
  const { store, inventory, payments } = backEnds;
  const { catalogue, publisher, accounts, sales, authoring } = parts;
  return {
    server,
    store,
    inventory,
    payments,
    catalogue,
    publisher,
    accounts,
    sales,
    authoring,
    listen: () => server.listen({ port: config.port, host: config.host }),
    caughtUp: async () => work?.caughtUp(),
    async close() {
      stopping = true;
      // The balancer finds a process that still answers, says that it is not ready, and keeps no connection open.
      if (fleet) await drain(server, config.drainMs);
      await server.close();
      await work?.stop();
      await backEnds.close();
    },
  };
}

/** Loaded only when needed: an installation in one process reads neither Redis's nor PostgreSQL's libraries. */
async function openFleetApp(config: Config, system: System, logger: Logger): Promise<BackEnds> {
  const { openFleet } = await import("./app/fleet.ts");
  return openFleet(config, system, logger, `app-${newId(system.random).slice(0, 6)}`);
}
