// The composition root: what runs, over which back ends, and in which order it starts and stops. With installation.ts and the
// files in app/ the only place that knows the concretes; plain functions, and everything else receives what it uses.

import { mkdirSync } from "node:fs";
import { openServer } from "./app/open-server.ts";
import { openReports } from "./app/reports.ts";
import { pooledRandom } from "./app/random.ts";
import { openSelling } from "./app/selling.ts";
import type { System } from "./app/system.ts";
import { startWork } from "./app/work.ts";
import type { Accounts } from "./accounts/accounts.ts";
import { createAccounts } from "./accounts/create.ts";
import { createMemoryBus } from "./bus/memory.ts";
import { createAuthoring } from "./catalogue/authoring/create-authoring.ts";
import type { Authoring } from "./catalogue/authoring/authoring.ts";
import { chunkKeys } from "./catalogue/chunks.ts";
import { createCatalogue } from "./catalogue/create.ts";
import type { Catalogue } from "./catalogue/model.ts";
import { openFolderContent } from "./catalogue/published-folder.ts";
import { createPublisher, type Publisher } from "./catalogue/publisher.ts";
import type { Config } from "./config.ts";
import type { Server } from "./http/server.ts";
import { installationPaths } from "./installation.ts";
import type { Inventory } from "./inventory/port.ts";
import { createLogger } from "./logger.ts";
import { createFolderContent } from "./media/folder.ts";
import { createPosters } from "./media/poster.ts";
import type { SandboxProvider } from "./payments/sandbox/sandbox.ts";
import type { Sales } from "./sales/sales.ts";
import type { SalesDuties } from "./sales/create.ts";
import { createAudit } from "./store/audit.ts";
import { migrate, openStore, type Store } from "./store/open.ts";

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
  /** Settles when the store has everything that was sold so far. */
  caughtUp(): Promise<void>;
  /** Finishes what is under way, stops the work, lets go of the files. */
  close(): Promise<void>;
}

/** Exit code of a process whose disk refused a write (EX_IOERR). */
const ioError = 74;

/** Opens an installation in the embedded shape. The caller holds the data folder's lock. */
export async function openApp(config: Config, given: Partial<System> = {}): Promise<App> {
  const logger = createLogger(config.logLevel);
  const system: System = {
    clock: () => Date.now(),
    random: pooledRandom(),
    onFatal(error) {
      logger.fatal({ err: error }, "a write that sales rest on failed: the process ends, and starts whole");
      process.stderr.write(
        `Marquee stops: ${error.message}. Make room or mend the disk, then start it again; nothing sold is lost.\n`,
      );
      process.exit(ioError);
    },
    ...given,
  };
  const { clock, random } = system;
  const paths = installationPaths(config.data);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const store = openStore({ kind: "sqlite", file: paths.store });
  await migrate(store);
  const bus = createMemoryBus();
  const published = await openFolderContent(paths.chunks);
  // Chunks are derived: a folder without them (new, or restored from a backup) gets them from the store, the shows last.
  if (published.head(chunkKeys.shows) === undefined) {
    await createPublisher({ store, published, bus, clock }).publishEverything();
  }
  const catalogue = await createCatalogue({ published, bus, clock });
  const publisher = createPublisher({ store, published, bus, clock, inUse: () => catalogue.settled() });
  const plainAccounts = createAccounts({
    store,
    bus,
    clock,
    random,
    report: (fault) => logger.error({ err: fault }, "accounts"),
  });
  const accounts: Accounts = {
    ...plainAccounts,
    async updateSeller(...change) {
      const seller = await plainAccounts.updateSeller(...change);
      // Venues carry their seller's name to the readers.
      await publisher.publishVenues();
      return seller;
    },
  };
  const selling = await openSelling({ config, system, paths, logger, store, catalogue });
  const { inventory, payments, sales } = selling;
  const audit = createAudit(store.db, clock, random);
  const media = createPosters(createFolderContent(paths.static, random));
  const { jobs } = selling;
  const authoring = createAuthoring({ store, publisher, catalogue, sales, media, clock, random, audit, jobs });
  const work = startWork({ config, system, paths, logger, store, bus, publisher, selling });
  const reporting = openReports(paths.store);
  const server = await openServer({
    config,
    system,
    paths,
    logger,
    catalogue,
    accounts,
    authoring,
    selling,
    work,
    reports: reporting.reports,
  });
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
    caughtUp: () => work.caughtUp(),
    async close() {
      await server.close();
      await reporting.close();
      await work.stop();
      await inventory.close();
      await payments.close();
      await bus.close();
      await store.close();
    },
  };
}
