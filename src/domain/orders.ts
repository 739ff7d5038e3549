// Orders and tickets as every part of Marquee speaks of them.

import type { Language } from "./languages.ts";
import type { PriceLine } from "./pricing.ts";

/** `paying` → `confirmed`; or `declined` (the hold stays), `cancelled`, `conflict` (seats lost, money returned). */
export type OrderStatus = "paying" | "confirmed" | "declined" | "cancelled" | "conflict";

/** How much of a confirmed order was given back. */
export type RefundStatus = "none" | "part" | "whole";

export interface BuyerDetails {
  email: string;
  name: string;
  /** Of the pages on which the order was made: mails and tickets speak it. */
  language?: Language;
}

/** What is journalled before money moves: everything needed to finish or undo the sale without anybody's memory. */
export interface OrderDraft {
  orderId: string;
  showingId: string;
  sellerId: string;
  showId: string;
  venueId: string;
  startsAt: number;
  /** The account that buys; undefined for a guest. */
  accountId?: string;
  buyer: BuyerDetails;
  currency: string;
  lines: readonly PriceLine[];
  totalMinor: number;
  provider: string;
  /** The provider's idempotency keys are `<order id>:authorise`, `:capture`, `:refund:<refund id>`. */
  placedAt: number;
}

/**
 * The right of entry for one place. Its id is `<order id>.<place>`; the generation grows when the place is sold again, or a ticket
 * moves to it.
 */
export interface Ticket {
  id: string;
  orderId: string;
  showingId: string;
  place: number;
  seat: string;
  section: string;
  tier: string;
  generation: number;
  status: "active" | "void";
}

/** A refund of some or all places of an order. Places are void from `begun`, free again from `done`. */
export interface Refund {
  refundId: string;
  places: readonly number[];
  amountMinor: number;
  reason: string;
  status: "begun" | "done";
  at: number;
}

/**
 * Tickets of an order that moved to other places of the showing, all at once: that for `from[i]` became void, and one for `to[i]`
 * took its stead, for the price that was paid.
 */
export interface Move {
  moveId: string;
  from: readonly number[];
  to: readonly number[];
  /** What the new tickets say of their places. */
  seats: readonly { seat: string; section: string }[];
  /** Generations of the tickets that are void, and of those in their stead. */
  left: readonly number[];
  generations: readonly number[];
  at: number;
}
