// What the use cases of a sale work with; the composition root fills it in.

import type { Catalogue, Showing } from "../catalogue/model.ts";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { Inventory, ShowingRef } from "../inventory/port.ts";
import type { PaymentProvider } from "../payments/port.ts";
import type { OrderStore } from "../store/orders.ts";
import type { SellerTable } from "../store/sellers.ts";
import type { Jobs } from "../store/jobs.ts";
import type { Audit } from "../store/audit.ts";
import type { Outbox } from "../store/outbox.ts";
import type { ShowingNames } from "../store/showing-facts.ts";
import type { OrderSecrets, TicketSigner } from "./ticket-token.ts";

export interface SalesSettings {
  publicUrl: string;
  holdMs: number;
  /** Seats one buyer may hold in one showing. */
  maxSeats: number;
  /** Seats one network may hold in one showing; 0 for no limit. */
  maxSeatsPerNetwork: number;
}

/** Where a mail about an order is left to be sent, and what it says of the showing. */
export interface SaleMailbox extends Pick<Outbox, "enqueue"> {
  names(showId: string, venueId: string): Promise<ShowingNames>;
}

export interface SalesDeps {
  inventory: Inventory;
  payments: PaymentProvider;
  catalogue: Pick<Catalogue, "showing" | "seatMap" | "show" | "venue">;
  /** The slow path's side: read only after the sale, never between hold and confirmation. */
  orders: OrderStore;
  sellers: Pick<SellerTable, "byId">;
  jobs: Jobs;
  audit: Audit;
  mails: SaleMailbox;
  signer: TicketSigner;
  secrets: OrderSecrets;
  clock: Clock;
  random: RandomBytes;
  /** Settles after so many ms. */
  wait(ms: number): Promise<void>;
  settings: SalesSettings;
  /** For tests: called by name at each step of a sale; a failpoint kills the process there. */
  reached(step: string): void;
  /** What could not be told to the client: a capture that failed, a job that could not be planned. */
  warn(error: unknown, what: string): void;
}

/** Sales end so long after the start: latecomers still get in. */
export const saleAfterStartMs = 15 * 60_000;

/** The showing, or `not_found`. */
export async function showingOf(deps: Pick<SalesDeps, "catalogue">, showingId: string): Promise<Showing> {
  const showing = await deps.catalogue.showing(showingId);
  if (!showing) throw new Refusal("not_found", "There is no such showing.");
  return showing;
}

/** The showing of a seller, or `not_found`: others' showings are none of the asker's business. */
export async function showingOfSeller(
  deps: Pick<SalesDeps, "catalogue">,
  showingId: string,
  sellerId: string,
): Promise<Showing> {
  const showing = await showingOf(deps, showingId);
  if (showing.sellerId !== sellerId) throw new Refusal("not_found", "There is no such showing.");
  return showing;
}

/** A showing as the inventory needs it. */
export function refOf(showing: Showing): ShowingRef {
  return {
    showingId: showing.id,
    startsAt: showing.startsAt,
    placeCount: showing.placeCount,
    sections: showing.sections,
  };
}

/** Throws what the inventory answers to everybody alike. */
export function throwCommon(refusal: { refusal: string }): never {
  if (refusal.refusal === "sales_paused")
    throw new Refusal("sales_paused", "Sales are paused for a moment; nothing is lost. Try again soon.", {
      retryAfterMs: 2_000,
    });
  if (refusal.refusal === "not_found") throw new Refusal("not_found", "There is no such order.");
  throw new Error(`the inventory refused: ${refusal.refusal}`);
}
