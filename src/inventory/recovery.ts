// What a recovery does to a partition of an inventory that outlives its processes, step by step. Each step carries the epoch of
// the recovery: one that was overtaken by a later one changes nothing any more and hears so (RecoveryOvertaken).

import type { Refund } from "../domain/orders.ts";
import type { InventoryOrder, LogEntry, ShowingRef } from "./port.ts";

/** Where a partition stands, sold or closed. */
export interface PartitionStanding {
  /** It sells. */
  open: boolean;
  epoch: number;
  /** The last entry of its log. */
  sequence: number;
  hash: string;
  /** The epoch of the last recovery that began. */
  recovery: number;
  /** Why it was closed until somebody looks; "" if it was not. */
  closed: string;
}

/** A showing as the store has it, one letter a place: `f`ree, `p`aying, `s`old, `a`dmitted, `v`oid, `w` admitted and void, `b`locked. */
export interface RebuiltShowing {
  showing: ShowingRef;
  closed: boolean;
  states: string;
  /** The last generation sold, of places where it is not what their letter says (1 if sold, 0 if not). */
  generations: ReadonlyMap<number, number>;
  admissions: ReadonlyMap<number, { at: number; gate: string }>;
  /** Orders that ever had a ticket of it: their ids are used up. */
  orders?: readonly string[];
}

/** A refund that the log lost and that was made all the same: the money is back. */
export interface LostRefund {
  orderId: string;
  refund: Refund;
  /** The provider's name for the order's payment. */
  paymentId: string;
  /** The order as the store has it, for an inventory that no longer knows it. */
  order?: InventoryOrder;
}

/** What became of an order in payment when the provider said no. */
export interface PaymentEnd {
  orderId: string;
  status: "declined" | "cancelled";
  reason: string;
}

/** A later recovery has begun: this one ends. */
export class RecoveryOvertaken extends Error {}

export interface PartitionRecovery {
  standing(partition: number): Promise<PartitionStanding>;
  /** Closes the partition; no recovery with a lower epoch does anything from now on. */
  begin(partition: number, epoch: number): Promise<void>;
  /** An entry of the log as it is there; undefined if it is not. */
  entry(partition: number, sequence: number): Promise<LogEntry | undefined>;
  /** Forgets everything; the log goes on after that entry. */
  wipe(partition: number, epoch: number, mark: { sequence: number; hash: string }): Promise<void>;
  rebuildShowings(partition: number, epoch: number, showings: readonly RebuiltShowing[], now: number): Promise<void>;
  /** Unfinished orders, whose places have their state already. */
  rebuildOrders(partition: number, epoch: number, orders: readonly InventoryOrder[], now: number): Promise<void>;
  /** Which of these orders it knows. */
  known(partition: number, orderIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Orders that were in payment or had a refund begun, by id. */
  unfinished(partition: number): Promise<readonly string[]>;
  /** Enters that an order in payment came to nothing, so that its places are free; one that is not in payment stays as it is. */
  endPayment(partition: number, epoch: number, end: PaymentEnd, now: number): Promise<void>;
  /** Enters an order whose intent was lost, as paying or, if it has a `paymentId`, as sold; `taken` if one of its places is another's by now. */
  enterLost(
    partition: number,
    epoch: number,
    lost: { order: InventoryOrder; showing: ShowingRef },
    now: number,
  ): Promise<"entered" | "known" | "taken">;
  /**
   * Enters what is missing of a refund, its begin and its end, so that its places are free; and the sale before it, if that is
   * missing too. `known` if it is done; `unknown`: the order is, so give it; `impossible`: its places are not the order's.
   */
  enterRefund(
    partition: number,
    epoch: number,
    lost: LostRefund,
    now: number,
  ): Promise<"entered" | "known" | "unknown" | "impossible">;
  /** What is wrong with counts and places; undefined if nothing is. */
  check(partition: number, epoch: number): Promise<string | undefined>;
  /** The partition sells. */
  open(partition: number, epoch: number): Promise<void>;
}
