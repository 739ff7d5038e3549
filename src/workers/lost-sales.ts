// What a partition's log lost and the payment provider tells of, and how it is entered again: orders, and money that went back.

import type { Clock } from "../domain/clock.ts";
import { partitionOf } from "../domain/ids.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import type { LostRefund, PartitionRecovery, PaymentEnd } from "../inventory/recovery.ts";
import type { ListedPayment, ListedRefund, PaymentProvider } from "../payments/port.ts";
import { readJournal, readRefundJournal } from "../sales/journal.ts";
import type { RecoveryRows } from "../store/recovery.ts";
import type { WorkerLog } from "./periodic.ts";

export interface LostSettings {
  inventory: PartitionRecovery;
  partitions: number;
  rows: RecoveryRows;
  payments: PaymentProvider;
  clock: Clock;
  log: WorkerLog;
}

/** What neither log nor store of a partition knows. */
export interface Lost {
  /** Payments that came to nothing, of orders that are in payment for both. */
  ends: readonly PaymentEnd[];
  /** Of orders that one of the two knows, oldest first. */
  refunds: readonly LostRefund[];
  /** In the order in which they are to be entered. */
  orders: readonly LostOrder[];
}

interface LostOrder {
  payment: ListedPayment;
  /** Oldest first. */
  refunds: readonly LostRefund[];
  /** Its seats were another's already once, and its money began to go back: it has no more claim to them. */
  givenUp: boolean;
}

export interface Entered {
  /** Orders that are in payment again, or sold. */
  entered: number;
  /** Refunds whose places are free. */
  refunded: number;
  /** Orders whose places are another's: their money went back. */
  voided: number;
}

/** A payment may be begun so long before its sale is applied. */
const marginMs = 30 * 60_000;
/** Providers keep an uncaptured payment no longer. */
const longestMs = 7 * 86_400_000;

/** Asks the provider what these partitions lost since the last sale that the store has of them. */
export async function findLost(
  settings: LostSettings,
  recovered: readonly number[],
): Promise<ReadonlyMap<number, Lost>> {
  const { inventory, rows, payments, partitions, clock } = settings;
  const lastSales = await Promise.all(recovered.map((partition) => rows.lastSaleAt(partition)));
  const since = Math.max(clock() - longestMs, Math.min(...lastSales.map((at) => (at ?? 0) - marginMs)));
  const unfinished = new Map<string, number>();
  for (const partition of recovered)
    for (const orderId of await inventory.unfinished(partition)) unfinished.set(orderId, partition);
  const ends = new Map(recovered.map((partition) => [partition, [] as PaymentEnd[]]));
  const paid = new Map(recovered.map((partition) => [partition, [] as ListedPayment[]]));
  const back = new Map(recovered.map((partition) => [partition, [] as ListedRefund[]]));
  for await (const payment of payments.list(since)) {
    const { orderId, metadata, state } = payment;
    if (movesMoney(payment)) paid.get(partitionOf(metadata.showingId, partitions))?.push(payment);
    // By its order: a payment that was cancelled before it was asked for names no showing.
    const open = ends.get(unfinished.get(orderId) ?? -1);
    if (state.state === "declined") open?.push({ orderId, status: "declined", reason: state.reason });
    if (state.state === "cancelled") open?.push({ orderId, status: "cancelled", reason: "cancelled" });
  }
  // After the payments: of a payment that is listed no refund is missed that was made before.
  for await (const refund of payments.refunds(since)) back.get(partitionOf(refund.showingId, partitions))?.push(refund);
  const lost = new Map<number, Lost>();
  for (const partition of recovered) {
    const found = await lostOf(settings, partition, paid.get(partition) ?? [], back.get(partition) ?? []);
    lost.set(partition, { ends: ends.get(partition) ?? [], ...found });
  }
  return lost;
}

function movesMoney({ state: { state } }: ListedPayment): boolean {
  return state === "captured" || state === "authorised" || state === "requires_action" || state === "pending";
}

async function lostOf(
  { inventory, rows }: LostSettings,
  partition: number,
  paid: readonly ListedPayment[],
  back: readonly ListedRefund[],
): Promise<Omit<Lost, "ends">> {
  const ids = paid.map(({ orderId }) => orderId);
  const known = await inventory.known(partition, ids);
  const stored = await rows.stored(ids.filter((orderId) => !known.has(orderId)));
  const lost = paid.filter(({ orderId }) => !known.has(orderId) && !stored.has(orderId));
  const lostIds = new Set(lost.map(({ orderId }) => orderId));
  const refundsOf = Map.groupBy(back, ({ orderId }) => orderId);
  return {
    refunds: (await rows.notDone(back.filter(({ orderId }) => !lostIds.has(orderId)))).flatMap(lostRefund),
    orders: inOrderOfEntry(lost.flatMap((payment) => lostOrder(payment, refundsOf.get(payment.orderId) ?? []))),
  };
}

/** The refund; none for money that made no ticket void. */
function lostRefund(listed: ListedRefund): LostRefund[] {
  const { orderId, paymentId } = listed;
  const refund = readRefundJournal(listed);
  return refund ? [{ orderId, paymentId, refund }] : [];
}

/** The order; none if all its money went back and nobody ever had its seats. */
function lostOrder(payment: ListedPayment, listed: readonly ListedRefund[]): LostOrder[] {
  const { state } = payment;
  const refunds = listed.flatMap(lostRefund);
  const givenUp = refunds.length < listed.length;
  const isAllBack = state.state === "captured" && state.refundedMinor >= state.amountMinor;
  return isAllBack && (givenUp || refunds.length === 0) ? [] : [{ payment, refunds, givenUp }];
}

/**
 * The orders as they were paid for, oldest first: a seat that was given back and sold again goes through everybody's hands in turn.
 * Where two still claim a seat the higher epoch is first (R4); whoever loses to it comes last of all.
 */
function inOrderOfEntry(orders: readonly LostOrder[]): LostOrder[] {
  const claimed = new Set<string>();
  const losers: LostOrder[] = [];
  for (const order of orders.toSorted((a, b) => b.payment.metadata.epoch - a.payment.metadata.epoch)) {
    const claims = claimsOf(order);
    if (claims.some((claim) => claimed.has(claim))) losers.push(order);
    else for (const claim of claims) claimed.add(claim);
  }
  const lose = new Set(losers);
  return [...orders.filter((order) => !lose.has(order)), ...losers];
}

/** The seats that it was not given money back for. */
function claimsOf({ payment: { metadata }, refunds, givenUp }: LostOrder): string[] {
  if (givenUp) return [];
  const back = new Set(refunds.flatMap(({ refund }) => refund.places));
  return metadata.places.filter((place) => !back.has(place)).map((place) => `${metadata.showingId} ${place}`);
}

/** Enters what was found; orders last: seats that somebody did not pay for, or gave back, may be theirs by now. */
export async function enterLost(
  settings: LostSettings,
  partition: number,
  epoch: number,
  { ends, refunds, orders }: Lost,
): Promise<Entered> {
  const done = { entered: 0, refunded: 0, voided: 0 };
  for (const end of ends) await settings.inventory.endPayment(partition, epoch, end, settings.clock());
  for (const refund of refunds) if (await enterRefund(settings, partition, epoch, refund)) done.refunded += 1;
  for (const order of orders) {
    const answer = order.givenUp ? "taken" : await enterOrder(settings, partition, epoch, order);
    if (answer === "taken") {
      await giveBack(settings.payments, order.payment);
      done.voided += 1;
      const { orderId } = order.payment;
      settings.log.warn({ partition, orderId }, "an order was lost and its seats are another's: its money went back");
      continue;
    }
    if (answer === "entered") done.entered += 1;
    for (const refund of order.refunds) if (await enterRefund(settings, partition, epoch, refund)) done.refunded += 1;
  }
  return done;
}

async function enterOrder(
  { inventory, clock }: LostSettings,
  partition: number,
  epoch: number,
  { payment: { metadata, state } }: LostOrder,
): Promise<"entered" | "known" | "taken"> {
  const { order: intent, showing } = readJournal(metadata.journal) ?? {};
  if (!intent || !showing) return "taken";
  // Money is taken after the sale (R5); of what is only reserved nobody knows whether it was sold.
  const sold = state.state === "captured" ? { paymentId: state.paymentId } : {};
  const order: InventoryOrder = { ...intent, status: "paying", refunds: [], ...sold };
  return inventory.enterLost(partition, epoch, { order, showing }, clock());
}

/** Answers whether anything of it was missing. */
async function enterRefund(
  { inventory, rows, clock, log }: LostSettings,
  partition: number,
  epoch: number,
  lost: LostRefund,
): Promise<boolean> {
  let answer = await inventory.enterRefund(partition, epoch, lost, clock());
  if (answer === "unknown") {
    const order = await rows.orderById(lost.orderId);
    if (order) answer = await inventory.enterRefund(partition, epoch, { ...lost, order }, clock());
  }
  if (answer === "unknown" || answer === "impossible") {
    const { orderId, refund } = lost;
    log.warn(
      { partition, orderId, refundId: refund.refundId },
      "money went back for seats that its order does not have",
    );
  }
  return answer === "entered";
}

/** The money of an order that cannot have its seats. */
async function giveBack(payments: PaymentProvider, { orderId, metadata, state }: ListedPayment): Promise<void> {
  const now = state.state === "captured" ? state : await payments.cancel(orderId);
  if (now.state !== "captured" || now.refundedMinor >= now.amountMinor) return;
  const refund = { orderId, refundId: "seats-lost", amountMinor: now.amountMinor - now.refundedMinor };
  await payments.refund({ ...refund, showingId: metadata.showingId, journal: "" });
}
