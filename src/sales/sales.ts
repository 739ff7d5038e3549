// The use cases of a sale, as http/ and web/ call them. One file per verb beside this one implements them.
// All of them throw Refusal for what docs/errors.md lists, and nothing else but bugs.

import type { BuyerDetails, OrderStatus, RefundStatus, Ticket } from "../domain/orders.ts";
import type { PriceLine } from "../domain/pricing.ts";
import type { SeatStates, SectionCounts } from "../inventory/port.ts";
import type { Showing } from "../catalogue/model.ts";

/** Who holds and buys. `holder` keys holds and limits: `a:<account id>`, or `g:<guest key>` from a cookie. */
export interface Customer {
  holder: string;
  accountId?: string;
  /** The prefix of the client's address, for coarse limits: /24 or /48. */
  addressPrefix: string;
}

export interface HoldInput {
  showingId: string;
  seats?: readonly string[];
  bestAvailable?: { quantity: number; section?: string; maxPriceMinor?: number; accessible?: boolean };
  standing?: readonly { section: string; quantity: number }[];
  /** Tier of each place, in order of the pick; the first tier sold in its section if undefined or too short. */
  tiers?: readonly string[];
  /** Makes a repetition of this request answer the same hold. */
  idempotencyKey?: string;
}

export interface PricedHold {
  id: string;
  showing: Showing;
  expiresAt: number;
  lines: readonly PriceLine[];
  currency: string;
  totalMinor: number;
  /** Set while an order pays for it. */
  orderId?: string;
}

export interface OrderInput {
  /** Made by the client; see domain/ids.ts orderIdPattern. */
  id: string;
  holdId: string;
  buyer: BuyerDetails;
  payment: { provider: string; token: string };
  /** What the client believes it pays; compared, never used (R10). */
  expectedTotalMinor?: number;
}

export interface OrderView {
  id: string;
  status: OrderStatus;
  refundStatus: RefundStatus;
  showingId: string;
  showId: string;
  venueId: string;
  sellerId: string;
  startsAt: number;
  buyer: BuyerDetails;
  accountId?: string;
  currency: string;
  lines: readonly PriceLine[];
  /** What the lines' tiers were called when the seats were held, by id. */
  tierNames: Readonly<Record<string, string>>;
  totalMinor: number;
  refundedMinor: number;
  placedAt: number;
  /** What it was placed for; not known of an order that is history. */
  holdId?: string;
  /** Why a payment was declined or cancelled. */
  reason?: string;
  /** Where the buyer must go to let the payment through. */
  actionUrl?: string;
  tickets: readonly Ticket[];
  /** Opens a guest's order; only in the answer to the one who placed it. */
  secret?: string;
}

/** A ticket with its token, ready to be shown at the door. */
export interface TicketView extends Ticket {
  token: string;
}

/** Who asks for an order: its account, or anybody with its secret. Seller's staff are checked by the caller's role. */
export interface OrderAccess {
  accountId?: string;
  secret?: string;
  /** Sellers whose orders the asker may see. */
  sellerIds?: readonly string[];
  /** The installation's operator sees all. */
  operator?: boolean;
}

/** One of the things that happened to an order. */
export interface OrderEvent {
  at: number;
  kind: "placed" | "refunded" | "moved" | "admitted" | "mailed";
  /** Who did it, if somebody did and is known: an account's id, the buyer, or nobody because the showing was cancelled. */
  by?: { account: string } | "buyer" | "cancelled showing";
  /** Names of seats; of a move those that were left, with where each of them went in `to`. */
  seats?: readonly string[];
  to?: readonly string[];
  amountMinor?: number;
  reason?: string;
  /** The money is still on its way. */
  pending?: boolean;
  gate?: string;
}

export type ScanAnswer = {
  admitted: boolean;
  /** A refusal code of docs/errors.md when not admitted. */
  reason?: "ticket_invalid" | "ticket_void" | "ticket_used" | "ticket_wrong_showing" | "not_allowed";
  /** A sentence for the person at the door. */
  detail: string;
  ticket?: {
    id: string;
    seat: string;
    section: string;
    tier: string;
    /** As its price list calls it. */
    tierName: string;
    showingId: string;
    title: string;
    startsAt: number;
    /** The venue's. */
    timeZone: string;
  };
  /** When it was used first, and where. */
  usedAt?: number;
  usedGate?: string;
  /** People admitted to the showing so far, of so many tickets that are sold. */
  admittedCount?: number;
  soldCount?: number;
};

export interface MoveInput {
  orderId: string;
  sellerId: string;
  /** Made by the client; see domain/ids.ts orderIdPattern. */
  moveId: string;
  /** Names of seats: where each ticket is, and where it goes. */
  moves: readonly { from: string; to: string }[];
  actor: string;
}

export interface Availability {
  version: number;
  free: number;
  sections: readonly (SectionCounts & { id: string })[];
}

export interface Sales {
  hold(input: HoldInput, customer: Customer): Promise<PricedHold>;
  holdById(holdId: string, customer: Customer): Promise<PricedHold>;
  release(holdId: string, customer: Customer): Promise<void>;
  /** hold → paid. The order is `confirmed`, or `paying` (outcome unknown yet, or an action of the buyer is needed); a decline throws `payment_declined`. */
  checkOut(input: OrderInput, customer: Customer): Promise<OrderView>;
  /** The order as it stands; asks the provider if it is still paying. */
  order(orderId: string, access: OrderAccess): Promise<OrderView>;
  tickets(orderId: string, access: OrderAccess): Promise<readonly TicketView[]>;
  /** The order with its secret, for the customer who had held its seats and lost the answer. Refuses `not_found`. */
  placedOrder(orderId: string, customer: Customer): Promise<OrderView>;
  /**
   * Sends the mail with the tickets again, once in five minutes. Refuses `not_found`, `order_in_progress`, `ticket_void`,
   * `too_many_requests`. `actor`, of the seller's people, goes into the audit trail.
   */
  resendTickets(orderId: string, access: OrderAccess, actor?: string): Promise<void>;
  /** What happened to an order of a seller, oldest first. Refuses `not_found`. */
  orderHistory(orderId: string, sellerId: string): Promise<readonly OrderEvent[]>;
  /** Orders of an account, newest showing first; also those the store does not have yet. */
  ordersOf(
    accountId: string,
    page: { limit: number; before?: string },
  ): Promise<{ items: readonly OrderView[]; next?: string }>;
  /** The buyer cancels, where the seller's policy allows. */
  cancelOrder(orderId: string, access: OrderAccess): Promise<OrderView>;

  /** Gives back some seats (by name) or the whole order. `actor` goes into the audit trail. */
  refund(input: {
    orderId: string;
    sellerId: string;
    refundId: string;
    seats?: readonly string[];
    reason: string;
    actor: string;
  }): Promise<OrderView>;
  /** Moves tickets to other seats of the showing at no charge, all or none; the buyer is sent the new tickets. See move-seats.ts. */
  moveSeats(input: MoveInput): Promise<OrderView>;
  /** Takes a showing off sale and refunds every order of it once; answers the job that does it, which survives a crash. */
  cancelShowing(input: {
    showingId: string;
    sellerId: string;
    reason: string;
    actor: string;
  }): Promise<{ jobId: string }>;
  block(input: {
    showingId: string;
    sellerId: string;
    seats: readonly string[];
    blocked: boolean;
    actor: string;
  }): Promise<void>;
  scan(input: {
    token: string;
    gate: string;
    sellerIds: readonly string[];
    showingId?: string;
    actor: string;
  }): Promise<ScanAnswer>;

  /** Exact counts of one showing. */
  availability(showing: Showing): Promise<Availability>;
  /** Free places of many showings, at most a second old: for lists. */
  freeOf(showings: readonly Showing[]): Promise<readonly number[]>;
  seatStates(showing: Showing): Promise<SeatStates>;
  /** Calls back with the names of seats that changed. Answers the function that ends it. */
  watchSeats(
    showing: Showing,
    listener: (change: { version: number; places: readonly number[]; state: string }) => void,
  ): Promise<() => void>;
}
