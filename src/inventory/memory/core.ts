// What the decisions share: the states of touched showings, live holds, orders, and the one way in which a durable change
// happens: validate, then `commit` a log body, which changes the memory and appends to the journal in the same turn.

import { LRUCache } from "lru-cache";
import { partitionOf } from "../../domain/ids.ts";
import type { Hold, InventoryOrder, LogBody, ShowingRef } from "../port.ts";
import { foldOrder, isOrderBody, isUnfinished } from "../orders.ts";
import { chainHash } from "../chain.ts";
import type { Journal } from "./journal.ts";
import { InvariantBroken, ShowingState } from "./showing-state.ts";

/** A hold in memory: what readers get, kept in one object that is replaced when it changes. */
export type LiveHold = Hold;

interface PartitionState {
  sequence: number;
  hash: string;
  acknowledged: number;
  /** Why it is closed; undefined while it sells. */
  closed?: string;
  /** Orders whose last entry the store may not have, oldest first. */
  unapplied: { sequence: number; orderId: string }[];
}

export interface CoreSettings {
  partitions: number;
  epoch: number;
  journal: Journal;
  /** Told when a partition stops selling: an alarm for the operator. */
  onClosed(partition: number, reason: string): void;
}

/** Whether both speak of the same seat map, as far as the inventory knows seat maps. */
function sameSections(known: ShowingRef, ref: ShowingRef): boolean {
  if (known.sections === ref.sections) return true;
  return (
    known.placeCount === ref.placeCount &&
    known.sections.length === ref.sections.length &&
    known.sections.every(
      ({ start, count }, index) => ref.sections[index]?.start === start && ref.sections[index]?.count === count,
    )
  );
}

const recentOrders = 20_000;
const recentHolds = 20_000;

export class Core {
  readonly settings: CoreSettings;
  readonly partitions: PartitionState[];
  readonly showings = new Map<string, ShowingState>();
  readonly holds = new Map<string, LiveHold>();
  /** Which hold a held or paying place belongs to, by showing. */
  readonly holdOfPlace = new Map<string, Map<number, string>>();
  /** Seats held or in payment, by `<showing> <holder or network>`. */
  readonly heldBy = new Map<string, number>();
  /** Orders that are unfinished or that the store may not have. */
  readonly liveOrders = new Map<string, InventoryOrder>();
  readonly unfinished = new Set<string>();
  /** Live orders of each account. */
  readonly accounts = new Map<string, Set<string>>();
  /** Showings changed since the last checkpoint. */
  readonly dirty = new Set<string>();
  /** Holds that ran out lately, to tell "expired" from "never was". */
  readonly expired = new LRUCache<string, true>({ max: recentHolds });
  private readonly finished = new LRUCache<string, InventoryOrder>({ max: recentOrders });

  private versions = 0;

  constructor(settings: CoreSettings) {
    this.settings = settings;
    this.partitions = Array.from({ length: settings.partitions }, () => ({
      sequence: 0,
      hash: "",
      acknowledged: 0,
      unapplied: [],
    }));
  }

  partitionOf(showingId: string): number {
    return partitionOf(showingId, this.settings.partitions);
  }

  partition(index: number): PartitionState {
    const state = this.partitions[index];
    if (!state) throw new RangeError(`no partition ${index}`);
    return state;
  }

  isOpen(showingId: string): boolean {
    return this.partition(this.partitionOf(showingId)).closed === undefined;
  }

  close(index: number, reason: string): void {
    const state = this.partition(index);
    if (state.closed !== undefined) return;
    state.closed = reason;
    this.settings.onClosed(index, reason);
  }

  /**
   * Runs a decision about a showing. A broken invariant inside closes the partition: better to stop selling it than to sell a
   * seat twice. Anything else is a bug of the same gravity and does the same.
   */
  decide<Result>(showingId: string, decision: () => Result): Result | { refusal: "sales_paused" } {
    if (!this.isOpen(showingId)) return { refusal: "sales_paused" };
    try {
      return decision();
    } catch (error) {
      this.close(this.partitionOf(showingId), error instanceof Error ? error.message : String(error));
      return { refusal: "sales_paused" };
    }
  }

  /** The state of a showing that is being touched. Throws InvariantBroken if its seat map is not what it was. */
  touch(ref: ShowingRef): ShowingState {
    const known = this.known(ref.showingId);
    if (known) {
      if (!sameSections(known.ref, ref)) throw new InvariantBroken(`the seat map of ${ref.showingId} changed under it`);
      known.ref = ref;
      return known;
    }
    const state = new ShowingState(ref, this.nextVersion);
    this.showings.set(ref.showingId, state);
    return state;
  }

  /** The state of a showing if anybody ever touched it; old ones are read back from the last checkpoint. */
  known(showingId: string): ShowingState | undefined {
    const state = this.showings.get(showingId);
    if (state) return state;
    const snapshot = this.settings.journal.reader.showing(showingId);
    if (!snapshot) return undefined;
    const restored = ShowingState.restore(snapshot, this.nextVersion);
    this.showings.set(showingId, restored);
    return restored;
  }

  /** Versions of seat states never come twice: they grow over all showings, and each start of the process begins higher. */
  readonly nextVersion = (): number => {
    this.versions += 1;
    return this.settings.epoch * 1_000_000_000 + this.versions;
  };

  order(orderId: string): InventoryOrder | undefined {
    const known = this.liveOrders.get(orderId) ?? this.finished.get(orderId);
    if (known) return known;
    const { reader } = this.settings.journal;
    const read = reader.knows(orderId) ? reader.order(orderId) : undefined;
    if (read) this.finished.set(orderId, read);
    return read;
  }

  /** Appends a body to the log of a showing's partition and applies it to memory; settles when it is durable. */
  commit(showingId: string, body: LogBody): Promise<void> {
    const index = this.partitionOf(showingId);
    const state = this.partition(index);
    const text = JSON.stringify(body);
    const orderId = isOrderBody(body) ? (body.kind === "intent" ? body.order.orderId : body.orderId) : null;
    const before = orderId === null ? undefined : this.order(orderId);
    this.apply(showingId, body, state.sequence + 1, before);
    state.sequence += 1;
    state.hash = chainHash(state.hash, text);
    return this.settings.journal.append({
      partition: index,
      sequence: state.sequence,
      epoch: this.settings.epoch,
      orderId,
      body: text,
      hash: state.hash,
    });
  }

  /** What a log body does to memory: the same when it is decided and when it is read back. `before` is its order so far. */
  apply(showingId: string, body: LogBody, sequence: number, before: InventoryOrder | undefined): void {
    if (isOrderBody(body)) {
      // The places first: if they are not as they must be, nothing has changed yet.
      this.applyToPlaces(showingId, body, before);
      this.keepOrder(foldOrder(before, body, sequence), sequence);
    } else {
      this.applyToStock(showingId, body);
    }
    this.dirty.add(showingId);
  }

  private applyToPlaces(showingId: string, body: LogBody, order: InventoryOrder | undefined): void {
    if (body.kind === "intent") {
      const state = this.touch(body.showing);
      // Held when it was decided; free when it is read back, because holds end with the process.
      const held = body.order.places.every((place) => state.is(place, "held"));
      return state.move(body.order.places, held ? "held" : "free", "paying");
    }
    const state = this.known(showingId);
    if (!state || !order) throw new InvariantBroken(`${body.kind} in ${showingId}, which nobody touched`);
    if (body.kind === "sale") {
      state.move(order.places, "paying", "sold");
      for (const [index, place] of order.places.entries()) state.generations.set(place, order.generations[index] ?? 1);
    } else if (body.kind === "declined" || body.kind === "cancelled") {
      state.move(order.places, "paying", "free");
    } else if (body.kind === "refund-begun") {
      for (const place of body.refund.places) state.voided.add(place);
    } else if (body.kind === "refund-done") {
      const refund = order.refunds.find((candidate) => candidate.refundId === body.refundId);
      const places = refund?.places ?? [];
      state.move(places, "sold", "free");
      for (const place of places) {
        state.voided.delete(place);
        state.admissions.delete(place);
      }
    } else if (body.kind === "moved") {
      const { from, to, generations } = body.move;
      state.move(from, "sold", "free");
      state.move(to, "free", "sold");
      for (const [index, place] of to.entries()) state.generations.set(place, generations[index] ?? 1);
    }
  }

  private applyToStock(showingId: string, body: Exclude<LogBody, { order: unknown } | { orderId: string }>): void {
    if (body.kind === "admitted") {
      this.known(showingId)?.admissions.set(body.place, { at: body.at, gate: body.gate });
      return;
    }
    const state = this.touch(body.showing);
    if (body.kind === "blocked") state.move(body.places, "free", "blocked");
    else if (body.kind === "unblocked") state.move(body.places, "blocked", "free");
    else state.closed = true;
  }

  /** Keeps an order at hand until it is finished and the store has it. */
  keepOrder(order: InventoryOrder, sequence: number): void {
    const { orderId } = order;
    this.finished.delete(orderId);
    this.liveOrders.set(orderId, order);
    this.partition(order.partition).unapplied.push({ sequence, orderId });
    if (isUnfinished(order)) this.unfinished.add(orderId);
    else this.unfinished.delete(orderId);
    const { accountId } = order.draft;
    if (!accountId) return;
    const orders = this.accounts.get(accountId) ?? new Set<string>();
    this.accounts.set(accountId, orders.add(orderId));
  }

  /** The store has everything up to `sequence`: finished orders need not be kept at hand any longer. */
  acknowledge(index: number, sequence: number): void {
    const state = this.partition(index);
    state.acknowledged = Math.max(state.acknowledged, sequence);
    const passed = state.unapplied.findIndex((entry) => entry.sequence > sequence);
    const done = state.unapplied.splice(0, passed === -1 ? state.unapplied.length : passed);
    const waiting = new Set(state.unapplied.map((entry) => entry.orderId));
    for (const { orderId } of done) {
      const order = this.liveOrders.get(orderId);
      if (!order || waiting.has(orderId) || this.unfinished.has(orderId)) continue;
      this.liveOrders.delete(orderId);
      this.finished.set(orderId, order);
      this.forgetAccount(order);
    }
  }

  private forgetAccount(order: InventoryOrder): void {
    const { accountId } = order.draft;
    const orders = accountId ? this.accounts.get(accountId) : undefined;
    if (!accountId || !orders) return;
    orders.delete(order.orderId);
    if (orders.size === 0) this.accounts.delete(accountId);
  }
}
