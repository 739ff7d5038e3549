// What stands over the back ends, whatever they are: the catalogue and its publisher, accounts, sales, authoring.

import type { Logger } from "pino";
import type { Accounts } from "../accounts/accounts.ts";
import { createAccounts } from "../accounts/create.ts";
import type { Authoring } from "../catalogue/authoring/authoring.ts";
import { createAuthoring } from "../catalogue/authoring/create-authoring.ts";
import { createCatalogue, type LiveCatalogue } from "../catalogue/create.ts";
import { createPublisher, type Publisher } from "../catalogue/publisher.ts";
import type { Config } from "../config.ts";
import { createPosters } from "../media/poster.ts";
import type { SalesDuties } from "../sales/create.ts";
import type { Sales } from "../sales/sales.ts";
import { createAudit } from "../store/audit.ts";
import { createJobs } from "../store/jobs.ts";
import { openWeb, type Web } from "../web/open.ts";
import type { BackEnds } from "./back-ends.ts";
import { openSelling } from "./selling.ts";
import type { System } from "./system.ts";

export interface Parts {
  config: Config;
  system: System;
  logger: Logger;
  backEnds: BackEnds;
  catalogue: LiveCatalogue;
  publisher: Publisher;
  accounts: Accounts;
  sales: Sales & SalesDuties;
  authoring: Authoring;
  web: Web;
}

/**
 * Asks nothing of the store: with it stopped, a process starts, shows and sells what is published. `unlisted`: nobody asks this
 * process for lists.
 */
export async function openParts(
  config: Config,
  system: System,
  logger: Logger,
  backEnds: BackEnds,
  { unlisted = false }: { unlisted?: boolean } = {},
): Promise<Parts> {
  const { clock, random } = system;
  const { store, bus, published, content } = backEnds;
  const catalogue = await createCatalogue({ published, clock, unlisted });
  const publisher = createPublisher({ store, published, clock, inUse: () => catalogue.settled() });
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
  const sales = openSelling({ config, system, logger, backEnds, catalogue });
  const authoring = createAuthoring({
    store,
    publisher,
    catalogue,
    sales,
    media: createPosters(content),
    clock,
    random,
    audit: createAudit(store.db, clock, random),
    jobs: createJobs(store.db),
  });
  const web = await openWeb(config.staticUrl === "" ? undefined : config.staticUrl);
  return { config, system, logger, backEnds, catalogue, publisher, accounts, sales, authoring, web };
}
