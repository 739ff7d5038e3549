// The slow path: reads the sales log and writes orders, tickets and histories to the store, in batches. The store is committed
// first and the log acknowledged after (R6), so an entry may come twice and must then change nothing.

import { LRUCache } from "lru-cache";
import type { Clock } from "../domain/clock.ts";
import { chainHash } from "../inventory/chain.ts";
import { activePlaces, foldOrder, isOrderBody, type OrderBody } from "../inventory/orders.ts";
import type { InventoryOrder, LogEntry, SalesLog } from "../inventory/port.ts";
import {
  applyBatch,
  applyConflict,
  namesFor,
  SeatConflict,
  type AppliedBatch,
  type OrderChange,
} from "../store/apply.ts";
import type { Store } from "../store/open.ts";
import { createOrderStore } from "../store/orders.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import type { OrderRow, RefundRow } from "../store/schema.ts";

export interface ApplySettings {
  store: Store;
  log: Pick<SalesLog, "read">;
  clock: Clock;
  /** Opens a guest's order; goes into the mail. */
  secretOf(order: { orderId: string; fingerprint: string }): string;
  /** R7: a seat with two active tickets. Close the partition, give the money back, wake somebody. */
  onConflict(conflict: { partition: number; orderId: string; detail: string }): void;
  /** For tests: a failpoint kills the process before or after the COMMIT. */
  reached(step: string): void;
}

export interface ApplySales {
  /** Applies what lies after the marks in the given partitions, at most one batch; answers the new marks, none if nothing was left. */
  once(heads: readonly number[]): Promise<readonly { partition: number; sequence: number }[]>;
}

/** Where the store stands in a partition's log. */
interface Standing {
  sequence: number;
  hash: string;
}

const batchSize = 1_024;
/** Shows and venues whose names are remembered for mails. */
const rememberedNames = 5_000;
const namesFreshMs = 60_000;

/** What folding a batch needs: names are asked for once a minute, not once a mail. */
interface Folding extends ApplySettings {
  namesOf(showId: string, venueId: string): ReturnType<typeof namesFor>;
}

function folding(settings: ApplySettings): Folding {
  const names = new LRUCache<string, ReturnType<typeof namesFor>>({ max: rememberedNames, ttl: namesFreshMs });
  return {
    ...settings,
    namesOf(showId, venueId) {
      const key = `${showId} ${venueId}`;
      const known = names.get(key);
      if (known) return known;
      const asked = namesFor(settings.store, showId, venueId);
      names.set(key, asked);
      asked.catch(() => names.delete(key));
      return asked;
    },
  };
}

/** Starts from where the store stands: `marks` as store/apply.ts appliedMarks answers them. */
export function createApplySales(
  settings: ApplySettings,
  marks: readonly { partition: number; sequence: number; hash: string }[],
): ApplySales {
  const { store, log } = settings;
  const whole = folding(settings);
  const standing = new Map(marks.map(({ partition, sequence, hash }) => [partition, { sequence, hash }]));

  /** Where the next round begins, so that a partition that is never quiet does not keep the others waiting. */
  let first = 0;
  async function gather(heads: readonly number[]): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    const from = first;
    for (let turn = 0; turn < heads.length && entries.length < batchSize; turn += 1) {
      const partition = (from + turn) % heads.length;
      const at = standing.get(partition)?.sequence ?? 0;
      if ((heads[partition] ?? 0) <= at) continue;
      entries.push(...(await log.read(partition, at, batchSize - entries.length)));
      first = (partition + 1) % heads.length;
    }
    return entries;
  }
  async function commit(entries: readonly LogEntry[]): Promise<void> {
    const batch = await toBatch(whole, entries);
    settings.reached("before:apply");
    await applyBatch(store, batch);
    settings.reached("after:apply");
    for (const { partition, sequence, hash } of batch.marks) standing.set(partition, { sequence, hash });
  }
  async function oneByOne(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) {
      try {
        await commit([entry]);
      } catch (error) {
        if (!(error instanceof SeatConflict) || !("orderId" in entry.body)) throw error;
        const { partition, sequence, hash } = entry;
        const conflict = {
          orderId: entry.body.orderId,
          detail: error.message,
          at: settings.clock(),
          mark: { partition, sequence, hash },
        };
        await applyConflict(store, conflict);
        standing.set(partition, { sequence, hash });
        settings.onConflict({ partition, orderId: conflict.orderId, detail: conflict.detail });
      }
    }
  }
  return {
    async once(heads) {
      const entries = await gather(heads);
      if (entries.length === 0) return [];
      checkChain(entries, standing);
      try {
        await commit(entries);
      } catch (error) {
        if (!(error instanceof SeatConflict)) throw error;
        await oneByOne(entries);
      }
      const touched = new Set(entries.map((entry) => entry.partition));
      return [...touched].map((partition) => ({ partition, sequence: standing.get(partition)?.sequence ?? 0 }));
    },
  };
}

/** The store never has a gap nor another story: an entry that does not chain to what it has stops the worker. */
function checkChain(entries: readonly LogEntry[], standing: ReadonlyMap<number, Standing>): void {
  const last = new Map<number, Standing>();
  for (const { partition, sequence, hash, body } of entries) {
    const before = last.get(partition) ?? standing.get(partition) ?? { sequence: 0, hash: "" };
    if (sequence !== before.sequence + 1)
      throw new Error(`the sales log of partition ${partition} goes from ${before.sequence} to ${sequence}`);
    if (hash !== chainHash(before.hash, JSON.stringify(body)))
      throw new Error(`entry ${sequence} of partition ${partition} does not follow what the store has: it was altered`);
    last.set(partition, { sequence, hash });
  }
}

/**
 * Throws, with a sentence for the operator, if the store was made from another sales log, or from more of this one than there
 * is: one of the two files was replaced alone, and what is sold from now on would never reach the store.
 */
export async function checkSameHistory(
  log: { heads(): readonly number[]; read: SalesLog["read"] },
  marks: readonly { partition: number; sequence: number; hash: string }[],
): Promise<void> {
  const heads = log.heads();
  for (const { partition, sequence, hash } of marks) {
    const head = heads[partition] ?? 0;
    const [entry] = await log.read(partition, sequence - 1, 1);
    // An entry that is not there any more was forgotten because the store has it.
    if (head >= sequence && (entry?.sequence !== sequence || entry.hash === hash)) continue;
    throw new Error(
      `the store has the sales of partition ${partition} up to ${sequence}, which this sales log (up to ${head}) never told: ` +
        "they belong to different installations or backups; bring both back from one backup",
    );
  }
}

/** A mail that an entry of the log causes. */
interface DueMail {
  kind: "order-confirmed" | "order-refunded";
  orderId: string;
  id: string;
  refundId?: string;
}

/** Folds entries: orders that begin in the batch become whole rows, others become changes of the rows there are. */
async function toBatch(settings: Folding, entries: readonly LogEntry[]): Promise<AppliedBatch> {
  const begun = new Map<string, { order: InventoryOrder; sequence: number; confirmedAt: number | null }>();
  const changes: OrderChange[] = [];
  const admissions: AppliedBatch["admissions"][number][] = [];
  const mails: DueMail[] = [];
  const marks = new Map<number, { partition: number; sequence: number; hash: string }>();
  for (const { partition, sequence, hash, body } of entries) {
    marks.set(partition, { partition, sequence, hash });
    if (body.kind === "admitted") {
      const [orderId, place] = splitTicket(body.ticketId);
      admissions.push({ orderId, place, at: body.at, gate: body.gate });
    }
    if (!isOrderBody(body)) continue;
    const orderId = body.kind === "intent" ? body.order.orderId : body.orderId;
    if (body.kind === "sale")
      mails.push({ kind: "order-confirmed", orderId, id: `${partition}-${sequence}-confirmed` });
    if (body.kind === "refund-done")
      mails.push({ kind: "order-refunded", orderId, id: `${partition}-${sequence}-refunded`, refundId: body.refundId });
    const known = begun.get(orderId);
    if (known || body.kind === "intent") {
      const order = foldOrder(known?.order, body, sequence);
      begun.set(orderId, {
        order,
        sequence,
        confirmedAt: body.kind === "sale" ? body.at : (known?.confirmedAt ?? null),
      });
    } else {
      changes.push(changeOf(body, sequence));
    }
  }
  const orders = [...begun.values()];
  const outbox: OutboxEntry[] = [];
  for (const mail of mails) outbox.push(await mailOf(settings, mail, begun.get(mail.orderId)?.order, changes));
  return {
    orders: orders.map(({ order, sequence, confirmedAt }) => orderRow(order, sequence, confirmedAt)),
    tickets: orders.flatMap(({ order }) => ticketRows(order)),
    refunds: orders.flatMap(({ order }) => order.refunds.map((refund) => refundRow(order.orderId, refund))),
    changes,
    admissions,
    outbox,
    marks: [...marks.values()],
    at: settings.clock(),
  };
}

function splitTicket(ticketId: string): [string, number] {
  const at = ticketId.lastIndexOf(".");
  return [ticketId.slice(0, at), Number(ticketId.slice(at + 1))];
}

function changeOf(body: Exclude<OrderBody, { kind: "intent" }>, sequence: number): OrderChange {
  switch (body.kind) {
    case "sale":
      return { kind: "sale", orderId: body.orderId, paymentId: body.paymentId, sequence, at: body.at };
    case "declined":
    case "cancelled":
      return { kind: body.kind, orderId: body.orderId, reason: body.reason };
    case "refund-begun":
      return { kind: "refund-begun", refund: refundRow(body.orderId, body.refund), places: body.refund.places };
    case "refund-done":
      return { kind: "refund-done", orderId: body.orderId, refundId: body.refundId };
  }
}

function orderRow(order: InventoryOrder, sequence: number, confirmedAt: number | null): OrderRow {
  const { draft } = order;
  return {
    id: order.orderId,
    partition: order.partition,
    sequence,
    showing_id: draft.showingId,
    show_id: draft.showId,
    venue_id: draft.venueId,
    seller_id: draft.sellerId,
    account_id: draft.accountId ?? null,
    email: draft.buyer.email,
    name: draft.buyer.name,
    fingerprint: order.fingerprint,
    currency: draft.currency,
    total_minor: draft.totalMinor,
    refunded_minor: order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    status: order.status,
    reason: order.reason ?? "",
    provider: draft.provider,
    payment_id: order.paymentId ?? null,
    starts_at: draft.startsAt,
    placed_at: draft.placedAt,
    confirmed_at: confirmedAt,
  };
}

function ticketRows(order: InventoryOrder): AppliedBatch["tickets"] {
  if (order.status !== "confirmed" && order.status !== "paying") return [];
  const active = new Set(activePlaces(order));
  return order.places.flatMap((place, index) => {
    const line = order.draft.lines[index];
    if (!line) return [];
    return {
      order_id: order.orderId,
      place,
      showing_id: order.draft.showingId,
      seat: line.seat,
      section: line.section,
      tier: line.tier,
      generation: order.generations[index] ?? 1,
      face_minor: line.faceMinor,
      fee_minor: line.feeMinor,
      tax_minor: line.taxMinor,
      total_minor: line.totalMinor,
      status: order.status === "paying" ? "paying" : active.has(place) ? "active" : "void",
    } as const;
  });
}

function refundRow(orderId: string, refund: InventoryOrder["refunds"][number]): RefundRow {
  const { refundId, amountMinor, places, reason, status, at } = refund;
  return {
    order_id: orderId,
    id: refundId,
    amount_minor: amountMinor,
    places: JSON.stringify(places),
    reason,
    status,
    at,
  };
}

/** The mail that an entry causes. What it says of the order comes from the batch, or from the store if it began earlier. */
async function mailOf(
  settings: Folding,
  mail: DueMail,
  order: InventoryOrder | undefined,
  changes: readonly OrderChange[],
): Promise<OutboxEntry> {
  const { draft, seatOf, fingerprint } = order ? fromBatch(order) : await fromStore(settings.store, mail.orderId);
  const body = {
    orderId: mail.orderId,
    secret: settings.secretOf({ orderId: mail.orderId, fingerprint }),
    email: draft.buyer.email,
    name: draft.buyer.name,
    ...(await settings.namesOf(draft.showId, draft.venueId)),
    startsAt: draft.startsAt,
    seats: draft.lines.map((line) => line.seat),
    totalMinor: draft.totalMinor,
    currency: draft.currency,
  };
  if (mail.kind === "order-confirmed") return { id: mail.id, kind: mail.kind, body };
  const refund = await refundOf(settings.store, mail, order, changes);
  const seats = refund.places.map((place) => seatOf.get(place) ?? "");
  return { id: mail.id, kind: mail.kind, body: { ...body, seats, amountMinor: refund.amountMinor } };
}

function fromBatch({ draft, places, fingerprint }: InventoryOrder) {
  return { draft, fingerprint, seatOf: new Map(places.map((place, index) => [place, draft.lines[index]?.seat])) };
}

async function fromStore(store: Store, orderId: string) {
  const draft = await createOrderStore(store.db).byId(orderId);
  if (!draft) throw new Error(`order ${orderId} is in the sales log, but neither in the batch nor in the store`);
  return {
    draft,
    fingerprint: draft.fingerprint,
    seatOf: new Map(draft.tickets.map(({ place, seat }) => [place, seat])),
  };
}

/** A refund begins moments before it is done, so mostly in the same batch; else the store has it. */
async function refundOf(
  store: Store,
  { orderId, refundId = "" }: DueMail,
  order: InventoryOrder | undefined,
  changes: readonly OrderChange[],
): Promise<{ amountMinor: number; places: readonly number[] }> {
  const inOrder = order?.refunds.find((refund) => refund.refundId === refundId);
  if (inOrder) return inOrder;
  for (const change of changes)
    if (change.kind === "refund-begun" && change.refund.order_id === orderId && change.refund.id === refundId)
      return { amountMinor: change.refund.amount_minor, places: change.places };
  const stored = await createOrderStore(store.db).refund(orderId, refundId);
  if (!stored) throw new Error(`refund ${refundId} of order ${orderId} is done, but never began`);
  return stored;
}
