// What every back end is asked to do: sell named places of a showing in three steps, each atomic.

import { newHoldId, newShowingId } from "../../src/domain/ids.ts";
import type { OrderDraft } from "../../src/domain/orders.ts";
import type { HoldTerms, ShowingRef } from "../../src/inventory/port.ts";

/** One buyer's wish: one or two places of a showing, with the ids it is known by. */
export interface Sale {
  showing: ShowingRef;
  places: readonly number[];
  holdId: string;
  orderId: string;
}

/** The three steps of a purchase. False: refused, because somebody else has a place or the hold is gone. Throws: unknown. */
export interface Seller {
  hold(sale: Sale): Promise<boolean>;
  begin(sale: Sale): Promise<boolean>;
  confirm(sale: Sale): Promise<boolean>;
}

/** Something that could be the transaction layer, running on this machine. */
export interface BackEnd extends Seller {
  name: string;
  /** What an answered step has survived. */
  durability: string;
  /** Processes that work for it, for their processor time. */
  pids(): readonly number[];
  /** Makes the showings sellable, where that needs anything. */
  prepare(showings: readonly ShowingRef[]): Promise<void>;
  /** One letter a place as the port draws them, read from the server. */
  states(showing: ShowingRef): Promise<string>;
  /** How many of these sales, all confirmed, it does not know as such now. */
  missing(sales: readonly Sale[]): Promise<number>;
  close(): Promise<void>;
}

/** A back end that can be killed and brought back. */
export interface Mortal extends BackEnd {
  /** Ends the deciding process with SIGKILL; settles when it is gone. */
  kill(): Promise<void>;
  /** Starts it again over what is left on its disk; settles when it answers. */
  revive(): Promise<void>;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const saleAt = Date.now();
const dayMs = 86_400_000;

let venues = 0;

/** A showing in a month that nobody has touched. */
export function newShowing(placeCount: number): ShowingRef {
  const startsAt = saleAt + 30 * dayMs;
  const date = new Date(startsAt).toISOString().slice(0, 10);
  const showingId = newShowingId((venues += 1), date, random);
  return { showingId, startsAt, placeCount, sections: [{ start: 0, count: placeCount }] };
}

let sales = 0;

export function newSale(showing: ShowingRef, places: readonly number[]): Sale {
  const orderId = `bench-order-${String((sales += 1)).padStart(9, "0")}`;
  return { showing, places, holdId: newHoldId(showing.showingId, random), orderId };
}

export const holdMs = 480_000;

const prices = {
  id: "prices-of-the-evening",
  currency: "USD",
  feeMinor: 150,
  taxBasisPoints: 825,
  tiers: [{ id: "adult", name: "Adult", sections: { S: 1_450 } }],
};

export function termsOf(sale: Sale): HoldTerms {
  return { prices, tiers: sale.places.map(() => "adult") };
}

/** The order as it is journalled before money moves: about as long as a real one. */
export function draftOf({ showing, places, orderId }: Sale): OrderDraft {
  const lines = places.map((place) => ({
    seat: `S-${place}`,
    section: "S",
    tier: "adult",
    faceMinor: 1_450,
    feeMinor: 150,
    taxMinor: 132,
    totalMinor: 1_732,
  }));
  return {
    orderId,
    showingId: showing.showingId,
    sellerId: "seller-of-the-bench-000000",
    showId: "show-of-the-bench-00000000",
    venueId: "venue-of-the-bench-0000000",
    startsAt: showing.startsAt,
    buyer: { email: "buyer@example.org", name: "Billie Buyer" },
    currency: "USD",
    lines,
    totalMinor: 1_732 * places.length,
    provider: "sandbox",
    placedAt: saleAt,
  };
}
