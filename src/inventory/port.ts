// The transaction layer: who has which seat now. Every decision about a place is one call here, atomic and, where the
// protocol says so, durable before it answers. Two back ends implement it (memory/ with group commit, redis/ with functions);
// test/contracts/inventory.ts judges both. Time, ids and chance come in as arguments; refusals are values.
//
// Refusals of each call are listed in the order in which they are checked.

import type { Move, OrderDraft, OrderStatus, Refund } from "../domain/orders.ts";
import type { PriceList } from "../domain/pricing.ts";
import type { RankedRun, Run } from "../domain/seat-map.ts";

/** What the inventory needs to know of a showing; kept only once somebody touches the showing. */
export interface ShowingRef {
  showingId: string;
  /** For forgetting it when it is long over. */
  startsAt: number;
  placeCount: number;
  /** Places by section, in order and without gaps. */
  sections: readonly { start: number; count: number }[];
}

export type PlaceState = "free" | "held" | "paying" | "sold" | "blocked";

/** Places of one section by state; they always add up to the section's `count`. `admitted` is a part of `sold`. */
export interface SectionCounts {
  free: number;
  held: number;
  paying: number;
  sold: number;
  blocked: number;
  admitted: number;
}

/** What to hold. All of it or nothing. */
export type Pick =
  /** Exactly these places, none twice. `runs` are the runs they lie in, given when no single seat may be left stranded. */
  | { kind: "named"; places: readonly number[]; runs?: readonly Run[] }
  /** `quantity` neighbours in the cheapest window (see RankedRun) of the first group that has one; ties to the lower place. */
  | {
      kind: "best";
      quantity: number;
      groups: readonly { section: number; runs: readonly RankedRun[] }[];
      strandRule: boolean;
    }
  /** The lowest free places of each standing section (by index into `sections`). */
  | { kind: "standing"; areas: readonly { section: number; quantity: number }[] };

/** What a hold pins: the prices as they were, and the tier of each place in the order of the pick. */
export interface HoldTerms {
  prices: PriceList;
  tiers: readonly string[];
}

export interface HoldRequest {
  showing: ShowingRef;
  /** Made by the caller; holding twice with one id answers the first hold. */
  holdId: string;
  /** Who holds: an account's or a guest's key. Never shown to others. */
  holder: string;
  /** Where the holder comes from: the prefix of the address. */
  network: string;
  pick: Pick;
  terms: HoldTerms;
  now: number;
  holdMs: number;
  limits: HoldLimits;
}

export interface HoldLimits {
  /** Places that one holder may hold or be paying for in one showing. */
  perShowing: number;
  /** The same for all holders of one network; 0: no limit. */
  perNetwork: number;
  /** After this many holds that ran out or were given back within `windowMs`, a holder waits `cooldownMs`. 0: never. */
  abandoned: number;
  windowMs: number;
  cooldownMs: number;
}

export interface Hold {
  holdId: string;
  showingId: string;
  holder: string;
  network: string;
  /** In the order of the pick; ascending for best available and standing. */
  places: readonly number[];
  terms: HoldTerms;
  heldAt: number;
  /** When it ends by itself; a hold in payment does not. */
  until: number;
  /** The order that is paying for it. */
  orderId?: string;
}

export type HoldRefusal =
  | { refusal: "sales_paused" }
  | { refusal: "showing_cancelled" }
  | { refusal: "hold_cooldown"; retryAfterMs: number }
  | { refusal: "limit_exceeded"; limit: number; held: number }
  /** Named places that are not free. */
  | { refusal: "seats_taken"; places: readonly number[] }
  /** No window, or not enough standing places. */
  | { refusal: "sold_out" }
  /** The single places that would be left. */
  | { refusal: "strands_seat"; places: readonly number[] };

/** An order as the inventory knows it: from the intent on, for as long as the log is kept. */
export interface InventoryOrder {
  orderId: string;
  partition: number;
  holdId: string;
  holder: string;
  network: string;
  /** Hash of the request that placed it: the same id with another fingerprint is refused. */
  fingerprint: string;
  places: readonly number[];
  /** Per place, the generation its ticket has (or will have). */
  generations: readonly number[];
  draft: OrderDraft;
  /** What the hold had pinned, for the hold that a decline brings back. */
  terms: HoldTerms;
  status: OrderStatus;
  /** Position in the partition's log of the sale; set when confirmed. */
  sequence?: number;
  /** The provider's name for the payment; set when confirmed. */
  paymentId?: string;
  /** Why it was declined or cancelled. */
  reason?: string;
  refunds: readonly Refund[];
  /** Oldest first; left out if there were none. Places, generations and lines are those after them. */
  moves?: readonly Move[];
  /** In payment, and about to be cancelled at the provider: it can no longer be confirmed. */
  cancelling?: true;
}

/** An order before its outcome is known: what the log keeps of it. */
export type Intent = Omit<
  InventoryOrder,
  "status" | "sequence" | "paymentId" | "reason" | "refunds" | "moves" | "cancelling"
>;

export interface BeginPaymentRequest {
  /** Knowing it is the right to pay for it: it has 128 random bits. */
  holdId: string;
  fingerprint: string;
  draft: OrderDraft;
  now: number;
}

export type OrderRefusal =
  | { refusal: "sales_paused" }
  | { refusal: "order_id_reused" }
  | { refusal: "showing_cancelled" }
  | { refusal: "hold_unknown" }
  | { refusal: "hold_expired" }
  | { refusal: "hold_in_payment" };

export interface RefundRequest {
  orderId: string;
  refundId: string;
  /** Places to give back; all that are still active if undefined. */
  places?: readonly number[];
  amountMinor: number;
  reason: string;
  now: number;
}

export interface MoveRequest {
  orderId: string;
  moveId: string;
  /** Each ticket by its place, none twice, and where it goes; the seat and its section as the new ticket says them. */
  moves: readonly { from: number; to: number; seat: string; section: string }[];
  now: number;
}

export type MoveRefusal =
  | { refusal: "sales_paused" | "not_found" }
  /** The id stands for another move of this order. */
  | { refusal: "move_id_reused" }
  /** The order is not confirmed, or has no valid ticket for these places: it was given back, moved, or never sold. */
  | { refusal: "ticket_void"; places: readonly number[] }
  /** Somebody was let in with these. */
  | { refusal: "ticket_used"; places: readonly number[] }
  | { refusal: "showing_cancelled" }
  /** Not free, named twice, no place of the showing, or given back by this very order once. */
  | { refusal: "seats_taken"; places: readonly number[] };

export interface ScanRequest {
  showing: ShowingRef;
  place: number;
  generation: number;
  ticketId: string;
  gate: string;
  now: number;
}

export type ScanResult =
  | { admitted: true; at: number }
  | { refusal: "sales_paused" }
  /** The place is not sold, or was sold again since. */
  | { refusal: "ticket_void" }
  | { refusal: "ticket_used"; at: number; gate: string };

/** States of all places of a showing, for drawing it. */
export interface SeatStates {
  /** Grows with every change of the showing; 0 for one that nobody has touched. */
  version: number;
  /** One character a place: `f`ree, `h`eld, `p`aying, `s`old, `b`locked. */
  states: string;
}

/** Places of one showing that changed, for live maps. `version` is the one after the change. */
export interface SeatChange {
  showingId: string;
  version: number;
  places: readonly number[];
  state: PlaceState;
}

/** The sales log: what was decided, in order, per partition. Read by the worker, which applies it to the store. */
export interface SalesLog {
  /** Entries of a partition after `after` (0 for all), oldest first. Only durable ones. */
  read(partition: number, after: number, limit: number): Promise<readonly LogEntry[]>;
  /** Tells that the store durably has everything up to `sequence`: only below that may the log be trimmed. */
  acknowledge(partition: number, sequence: number): Promise<void>;
  /** The last sequence of every partition, by index; 0 for one whose server is away. Throws if all are. */
  heads(): Promise<readonly number[]>;
}

/** One decision. `hash` = digest over the previous entry's hash and this entry's body: a chain per partition, from ""; see chain.ts. */
export interface LogEntry {
  partition: number;
  /** 1, 2, 3 … without gaps in each partition. */
  sequence: number;
  epoch: number;
  body: LogBody;
  /** Hex. */
  hash: string;
}

export type LogBody =
  | { kind: "intent"; at: number; showing: ShowingRef; order: Intent }
  | { kind: "sale"; at: number; orderId: string; paymentId: string }
  | { kind: "declined"; at: number; orderId: string; reason: string; until: number }
  | { kind: "cancelled"; at: number; orderId: string; reason: string }
  | { kind: "refund-begun"; at: number; orderId: string; refund: Refund }
  | { kind: "refund-done"; at: number; orderId: string; refundId: string }
  | { kind: "moved"; at: number; orderId: string; move: Move }
  | { kind: "blocked" | "unblocked"; at: number; showing: ShowingRef; places: readonly number[]; by: string }
  | { kind: "showing-closed"; at: number; showing: ShowingRef; by: string }
  | {
      kind: "admitted";
      at: number;
      showingId: string;
      place: number;
      generation: number;
      ticketId: string;
      gate: string;
    };

export interface Inventory {
  readonly partitions: number;

  /** Holds places for one holder, all or none. The same `holdId`, or the same named places by the same holder, answers the hold there is. */
  hold(request: HoldRequest): Promise<Hold | HoldRefusal>;
  /** A live hold; undefined if it never was, has ended, or became an order that is over. */
  holdById(holdId: string, now: number): Promise<Hold | undefined>;
  /** Gives a hold back. False if there was none, or it is being paid for. */
  release(holdId: string, now: number): Promise<boolean>;

  /**
   * Held → paying; durable before it answers. With an order id seen before and the same fingerprint it answers that order as
   * it stands now (`begun: false`).
   */
  beginPayment(request: BeginPaymentRequest): Promise<{ order: InventoryOrder; begun: boolean } | OrderRefusal>;
  /** Paying → sold; durable before it answers. Asking again answers the same sale. `seats_lost`: void the payment. */
  confirm(
    orderId: string,
    paymentId: string,
    now: number,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "seats_lost" | "not_found" }>;
  /** The provider said no: paying → held until `until` (R2: only on the provider's word). Asking again answers the same. */
  decline(
    orderId: string,
    reason: string,
    until: number,
    now: number,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }>;
  /**
   * Before the provider is asked to cancel a payment whose buyer may still come back: from now on an order in payment can only
   * be cancelled or declined, and `confirm` answers `seats_lost`. An order that is not in payment is answered as it stands.
   */
  beginCancel(orderId: string, now: number): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }>;
  /** The payment is certainly void: paying → free. Asking again answers the same. */
  cancelPayment(
    orderId: string,
    reason: string,
    now: number,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }>;

  /**
   * Voids the tickets of some places of a confirmed order; durable. The places stay sold until `finishRefund`. The same
   * refund id answers the order as it stands. `order_not_refundable` comes before `refund_pending` for an order that is not
   * confirmed, and after it for places or an amount that cannot be given back.
   */
  beginRefund(
    request: RefundRequest,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" | "order_not_refundable" | "refund_pending" }>;
  /** The money is back: the places are free again, once; durable. */
  finishRefund(
    orderId: string,
    refundId: string,
    now: number,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }>;

  /**
   * Moves tickets of a confirmed order to other places of its showing, all or none; durable. What they leave is free in the same
   * decision, unless another of them comes there. No money moves, and neither limits nor the rule of single seats apply. The same
   * id and moves answer the order as it stands.
   */
  moveTickets(request: MoveRequest): Promise<InventoryOrder | MoveRefusal>;

  /**
   * Knows an order again that was forgotten because the store has it, so that it can be refunded; one that is known is answered
   * as it stands. `not_found`: this back end keeps orders until they are over for good.
   */
  adopt(order: InventoryOrder, now: number): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }>;

  /** Takes places off sale or puts them back; all or none; durable. `by` goes into the audit trail. */
  block(
    showing: ShowingRef,
    places: readonly number[],
    by: string,
    now: number,
  ): Promise<{ version: number } | { refusal: "sales_paused" } | { refusal: "seats_taken"; places: readonly number[] }>;
  unblock(
    showing: ShowingRef,
    places: readonly number[],
    by: string,
    now: number,
  ): Promise<{ version: number } | { refusal: "sales_paused" }>;
  /** No hold and no payment begins from now on; holds end; durable. What is paying or sold stays, to be refunded. */
  closeShowing(
    showing: ShowingRef,
    by: string,
    now: number,
  ): Promise<{ version: number } | { refusal: "sales_paused" }>;

  /** Admits a ticket once; durable before it answers. */
  scan(request: ScanRequest): Promise<ScanResult>;

  /** Exact counts by section. */
  counts(showing: ShowingRef): Promise<{ version: number; sections: readonly SectionCounts[] }>;
  /** Free places of many showings in all, for lists; undefined for one that nobody has touched, or that is over for days. */
  freeOf(showingIds: readonly string[]): Promise<readonly (number | undefined)[]>;
  seats(showing: ShowingRef): Promise<SeatStates>;
  /** Calls `listener` after every change, in order per showing; answers the function that ends it. */
  watch(showing: ShowingRef, listener: (change: SeatChange) => void): () => void;

  orderById(orderId: string): Promise<InventoryOrder | undefined>;
  /**
   * Whether an order that was found neither here nor in the store may be one that only the payment provider knows: a partition in
   * which it may lie does not sell at this moment. What is still not found after this answered no is nowhere.
   */
  mayBeLost(orderId: string): Promise<boolean>;
  /** Orders that the store may not have yet, of an account, newest first. */
  recentOrders(accountId: string): Promise<readonly InventoryOrder[]>;
  /** All orders in payment, and refunds begun but not done, for the reconciler; of one partition if that is named. */
  unfinished(partition?: number): Promise<readonly InventoryOrder[]>;
  /** Part of a payment's metadata: which reign of the partition took it. */
  epoch(partition: number): number;
  /** The epoch in which a partition sells at this moment; undefined while it is closed. */
  sellsIn(partition: number): Promise<number | undefined>;

  /** Ends holds whose time is over; called about four times a second. */
  sweep(now: number): Promise<void>;
  /** Stops selling a partition: every decision answers `sales_paused` until recovery opens it. */
  closePartition(partition: number, reason: string): void;
  /** Closed partitions and why. */
  closedPartitions(): readonly { partition: number; reason: string }[];
  readonly log: SalesLog;
  /** Waits for what was decided to be durable, then lets go of files and connections. */
  close(): Promise<void>;
}
