// An installation in one folder, opened to sell without buyers: for a demo that is to have a past. Everything but time is as it
// is in earnest: the same use cases, sales log, payments and slow path. Nobody is mailed, nothing answers, nothing goes on behind.

import { createCatalogue } from "../catalogue/create.ts";
import type { Catalogue } from "../catalogue/model.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../domain/clock.ts";
import { createLogger } from "../logger.ts";
import type { Inventory } from "../inventory/port.ts";
import type { SalesDuties } from "../sales/create.ts";
import type { Sales } from "../sales/sales.ts";
import { createOrderSecrets } from "../sales/ticket-token.ts";
import { appliedMarks } from "../store/marks.ts";
import type { Store } from "../store/open.ts";
import { createApplySales } from "../workers/apply-sales.ts";
import { noSaleMails } from "../workers/sale-mails.ts";
import type { BackEnds } from "./back-ends.ts";
import { openEmbedded } from "./embedded.ts";
import { openSelling } from "./selling.ts";
import { systemOf } from "./system.ts";

export interface InventedSales {
  store: Store;
  catalogue: Catalogue;
  inventory: Inventory;
  sales: Sales & SalesDuties;
}

/**
 * Does `work` with an installation whose time is the caller's, then brings everything that was sold into the store. The caller
 * holds the data folder's lock.
 */
export async function withInventedSales<T>(
  config: Config,
  clock: Clock,
  work: (parts: InventedSales) => Promise<T>,
): Promise<T> {
  const logger = createLogger(config.logLevel);
  const system = { ...systemOf(logger), clock };
  const backEnds = await openEmbedded(config, system, logger);
  try {
    const catalogue = await createCatalogue({ published: backEnds.published, clock, unlisted: true });
    const sales = openSelling({ config, system, logger, backEnds, catalogue });
    const { store, inventory } = backEnds;
    const result = await work({ store, catalogue, inventory, sales });
    await applyAll(backEnds, clock);
    return result;
  } finally {
    await backEnds.close();
  }
}

/** Brings what was sold into the store, as the slow path does. */
async function applyAll({ store, inventory, keys }: BackEnds, clock: Clock): Promise<void> {
  const { log } = inventory;
  const applySales = createApplySales(
    {
      store,
      log,
      clock,
      secretOf: createOrderSecrets(keys.orders).of,
      mails: noSaleMails,
      onConflict({ orderId, detail }) {
        throw new Error(`order ${orderId}: ${detail}`);
      },
      reached: () => undefined,
    },
    await appliedMarks(store),
  );
  const heads = await log.heads();
  for (let marks = await applySales.once(heads); marks.length > 0; marks = await applySales.once(heads)) {
    for (const { partition, sequence } of marks) await log.acknowledge(partition, sequence);
  }
}
