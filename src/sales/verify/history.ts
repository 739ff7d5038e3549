// The sales log as verification reads it, and orders as it understands them: on purpose not with the code that sells.

import type { Move, OrderDraft } from "../../domain/orders.ts";
import type { LogEntry } from "../../inventory/port.ts";

type Soon<Value> = Value | Promise<Value>;

/** The sales log as it is at one moment, after the store's moment. */
export interface History {
  readonly partitions: number;
  /** Entries may be forgotten as soon as the store has them; left out, only when their showing is long over. */
  readonly forgetsApplied?: boolean;
  /** The first sequence that was not forgotten; 0 for an empty log. */
  first(partition: number): Soon<number>;
  head(partition: number): Soon<number>;
  read(partition: number, after: number, limit: number): Soon<readonly LogEntry[]>;
  ofOrder(orderId: string): Soon<readonly LogEntry[]>;
  /** Entries about an order as they are when asked, later than the moment of all others. */
  nowOfOrder(orderId: string): Soon<readonly LogEntry[]>;
}

export interface ToldRefund {
  places: readonly number[];
  amountMinor: number;
  done: boolean;
}

/** An order as its entries tell it. */
export interface ToldOrder {
  draft: OrderDraft;
  partition: number;
  places: readonly number[];
  generations: readonly number[];
  status: "paying" | "confirmed" | "declined" | "cancelled";
  paymentId: string | undefined;
  refunds: Map<string, ToldRefund>;
  moves: Map<string, Move>;
  /** Places whose refund has begun. */
  gone: Set<number>;
  /** What its entries tell that no order does. */
  faults: string[];
}

/** Tells an order by its entries up to a sequence; undefined if its beginning is not among them. */
export function tell(entries: readonly LogEntry[], upTo = Infinity): ToldOrder | undefined {
  let told: ToldOrder | undefined;
  for (const { partition, sequence, body } of entries) {
    if (sequence > upTo) break;
    if (body.kind === "intent") {
      if (told) told.faults.push(`begins again at ${sequence}`);
      else told = begin(partition, body.order);
    } else if (told) {
      if (partition !== told.partition) told.faults.push(`goes on in partition ${partition}`);
      goOn(told, body);
    }
  }
  return told;
}

function begin(partition: number, order: Extract<LogEntry["body"], { kind: "intent" }>["order"]): ToldOrder {
  const { draft, places, generations } = order;
  return {
    draft,
    partition,
    places,
    generations,
    status: "paying",
    paymentId: undefined,
    refunds: new Map(),
    moves: new Map(),
    gone: new Set(),
    faults: [],
  };
}

function goOn(told: ToldOrder, body: LogEntry["body"]): void {
  switch (body.kind) {
    case "sale":
    case "declined":
    case "cancelled":
      if (told.status !== "paying") told.faults.push(`was ${told.status}, then ${body.kind}`);
      told.status = body.kind === "sale" ? "confirmed" : body.kind;
      if (body.kind === "sale") told.paymentId = body.paymentId;
      return;
    case "refund-begun": {
      const { refundId, places, amountMinor } = body.refund;
      if (told.status !== "confirmed") told.faults.push(`is refunded while it is ${told.status}`);
      if (told.refunds.has(refundId)) told.faults.push(`begins refund ${refundId} again`);
      for (const place of places) {
        if (told.gone.has(place)) told.faults.push(`gives place ${place} back again`);
        told.gone.add(place);
      }
      told.refunds.set(refundId, { places, amountMinor, done: false });
      return;
    }
    case "refund-done": {
      const refund = told.refunds.get(body.refundId);
      if (!refund || refund.done) told.faults.push(`finishes refund ${body.refundId} that is not open`);
      else refund.done = true;
      return;
    }
    case "moved":
      return move(told, body.move);
  }
}

/** Its tickets as they are after a move; prices stay where they are. */
function move(told: ToldOrder, made: Move): void {
  const { moveId, from, to, left, generations } = made;
  if (told.status !== "confirmed") told.faults.push(`is moved while it is ${told.status}`);
  if (told.moves.has(moveId)) told.faults.push(`makes move ${moveId} again`);
  told.moves.set(moveId, made);
  const [places, now] = [[...told.places], [...told.generations]];
  for (const [index, place] of from.entries()) {
    const at = told.places.indexOf(place);
    if (at === -1 || told.gone.has(place)) told.faults.push(`moves place ${place}, for which it has no ticket`);
    else if (told.generations[at] !== left[index])
      told.faults.push(`moves a ticket of generation ${left[index]} that has ${told.generations[at]}`);
    if (at === -1) continue;
    places[at] = to[index] ?? -1;
    now[at] = generations[index] ?? 0;
  }
  if (new Set(places).size !== places.length) told.faults.push(`has two tickets for one place after move ${moveId}`);
  told.places = places;
  told.generations = now;
}

/** What was given back of it. */
export const doneRefunded = ({ refunds }: ToldOrder): number =>
  [...refunds.values()].reduce((sum, refund) => sum + (refund.done ? refund.amountMinor : 0), 0);
