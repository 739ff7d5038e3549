// The purchase's side: the use cases over an inventory and a payment provider.

import type { Logger } from "pino";
import type { Catalogue } from "../catalogue/model.ts";
import type { Config } from "../config.ts";
import { createSales, type SalesDuties } from "../sales/create.ts";
import type { Sales } from "../sales/sales.ts";
import { createOrderSecrets, createTicketSigner } from "../sales/ticket-token.ts";
import { createAudit } from "../store/audit.ts";
import { createJobs } from "../store/jobs.ts";
import { createOrderStore } from "../store/orders.ts";
import { createOutbox } from "../store/outbox.ts";
import { createSellerTable } from "../store/sellers.ts";
import { showingNames } from "../store/showing-facts.ts";
import type { BackEnds } from "./back-ends.ts";
import type { System } from "./system.ts";

export interface SellingSettings {
  config: Config;
  system: System;
  logger: Logger;
  backEnds: Pick<BackEnds, "store" | "inventory" | "payments" | "keys">;
  catalogue: Catalogue;
}

export function openSelling({ config, system, logger, backEnds, catalogue }: SellingSettings): Sales & SalesDuties {
  const { clock, random } = system;
  const { store, inventory, payments, keys } = backEnds;
  const { publicUrl, holdMs, maxSeats, maxSeatsPerNetwork } = config;
  return createSales({
    inventory,
    payments,
    catalogue,
    orders: createOrderStore(store.db),
    sellers: createSellerTable(store.db),
    jobs: createJobs(store.db),
    audit: createAudit(store.db, clock, random),
    mails: { ...createOutbox(store.db), names: (showId, venueId) => showingNames(store, showId, venueId) },
    signer: createTicketSigner(keys.tickets),
    secrets: createOrderSecrets(keys.orders),
    clock,
    random,
    settings: { publicUrl, holdMs, maxSeats, maxSeatsPerNetwork },
    reached: reachedBy(system),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    warn: (error, what) => logger.warn({ err: error }, what),
  });
}

/** Tells of each step, or kills the process at the failpoint's; does nothing where there is neither. */
export function reachedBy({ failpoint, reached }: Pick<System, "failpoint" | "reached">): (step: string) => void {
  if (reached) return reached;
  if (failpoint === undefined) return () => undefined;
  return (step) => {
    if (step === failpoint) process.kill(process.pid, "SIGKILL");
  };
}
