// held → paying → sold, and the ways back. Each change is durable before it is answered.

import { trimmedTerms } from "../orders.ts";
import type { BeginPaymentRequest, InventoryOrder, LogBody, OrderRefusal } from "../port.ts";
import type { Core } from "./core.ts";
import type { Holds } from "./holds.ts";

type Answered = InventoryOrder | { refusal: "sales_paused" | "not_found" };

export class Payments {
  private readonly core: Core;
  private readonly holds: Holds;
  /** Entries on their way to the disk, by order: whoever asks for the order meanwhile waits for them too. */
  private readonly flying = new Map<string, Promise<void>>();

  /** Orders in payment that can only be cancelled any more. */
  private readonly cancelling = new Set<string>();

  constructor(core: Core, holds: Holds) {
    this.core = core;
    this.holds = holds;
  }

  async begin(request: BeginPaymentRequest): Promise<{ order: InventoryOrder; begun: boolean } | OrderRefusal> {
    const { draft } = request;
    const decided = this.core.decide<{ order: InventoryOrder; begun: boolean } | OrderRefusal>(draft.showingId, () => {
      const order = this.core.order(draft.orderId);
      if (order)
        return order.fingerprint === request.fingerprint ? { order, begun: false } : { refusal: "order_id_reused" };
      return this.beginNew(request);
    });
    await this.flying.get(draft.orderId);
    return decided;
  }

  private beginNew(request: BeginPaymentRequest): { order: InventoryOrder; begun: boolean } | OrderRefusal {
    const { draft, holdId, now } = request;
    const state = this.core.known(draft.showingId);
    if (state?.closed) return { refusal: "showing_cancelled" };
    const hold = this.holds.live(holdId, now);
    if (!hold || !state || hold.showingId !== draft.showingId)
      return { refusal: this.core.expired.has(holdId) ? "hold_expired" : "hold_unknown" };
    if (hold.orderId !== undefined) return { refusal: "hold_in_payment" };
    this.write(draft.showingId, draft.orderId, {
      kind: "intent",
      at: now,
      showing: state.ref,
      order: {
        orderId: draft.orderId,
        partition: this.core.partitionOf(draft.showingId),
        holdId,
        holder: hold.holder,
        network: hold.network,
        fingerprint: request.fingerprint,
        places: hold.places,
        generations: hold.places.map((place) => (state.generations.get(place) ?? 0) + 1),
        draft,
        terms: trimmedTerms(hold.terms, new Set(draft.lines.map((line) => line.section))),
      },
    });
    this.holds.setPaying(hold, draft.orderId);
    const order = this.core.order(draft.orderId);
    if (!order) throw new Error("an order vanished as it began");
    return { order, begun: true };
  }

  async confirm(orderId: string, paymentId: string, now: number): Promise<Answered | { refusal: "seats_lost" }> {
    const decided = this.ofOrder<Answered | { refusal: "seats_lost" }>(orderId, (order) => {
      if (order.status === "confirmed") return order;
      if (order.status !== "paying" || this.cancelling.has(orderId)) return { refusal: "seats_lost" };
      this.write(order.draft.showingId, orderId, { kind: "sale", at: now, orderId, paymentId });
      const hold = this.core.holds.get(order.holdId);
      if (hold) this.holds.drop(hold);
      return this.core.order(orderId) ?? order;
    });
    await this.flying.get(orderId);
    return decided;
  }

  async decline(orderId: string, reason: string, until: number, now: number): Promise<Answered> {
    const decided = this.ofOrder<Answered>(orderId, (order) => {
      if (order.status !== "paying") return order;
      const { showingId } = order.draft;
      const hold = this.core.holds.get(order.holdId);
      if (hold) this.holds.drop(hold);
      this.write(showingId, orderId, { kind: "declined", at: now, orderId, reason, until });
      const state = this.core.known(showingId);
      if (state && !state.closed && until > now) {
        const { holdId, holder, network, places, terms } = order;
        state.move(places, "free", "held");
        this.holds.keep({ holdId, showingId, holder, network, places, terms, heldAt: hold?.heldAt ?? now, until });
      } else {
        this.core.expired.set(order.holdId, true);
      }
      return this.core.order(orderId) ?? order;
    });
    await this.flying.get(orderId);
    return decided;
  }

  /** In memory only: after a restart the reconciler asks the provider anew. */
  async beginCancel(orderId: string): Promise<Answered> {
    const decided = this.ofOrder<Answered>(orderId, (order) => {
      if (order.status !== "paying") return order;
      this.cancelling.add(orderId);
      return { ...order, cancelling: true };
    });
    await this.flying.get(orderId);
    return decided;
  }

  async cancel(orderId: string, reason: string, now: number): Promise<Answered> {
    const decided = this.ofOrder<Answered>(orderId, (order) => {
      if (order.status !== "paying") return order;
      const hold = this.core.holds.get(order.holdId);
      if (hold) this.holds.drop(hold);
      this.core.expired.set(order.holdId, true);
      this.write(order.draft.showingId, orderId, { kind: "cancelled", at: now, orderId, reason });
      return this.core.order(orderId) ?? order;
    });
    await this.flying.get(orderId);
    return decided;
  }

  /** Runs a decision about an order there is. */
  ofOrder<Result>(
    orderId: string,
    decision: (order: InventoryOrder) => Result,
  ): Result | { refusal: "sales_paused" | "not_found" } {
    const order = this.core.order(orderId);
    if (!order) return { refusal: "not_found" };
    return this.core.decide(order.draft.showingId, () => decision(order));
  }

  /** Commits an entry of an order; `durable` waits for it. */
  write(showingId: string, orderId: string, body: LogBody): void {
    this.cancelling.delete(orderId);
    const written = this.core.commit(showingId, body);
    this.flying.set(orderId, written);
    void written.then(() => {
      if (this.flying.get(orderId) === written) this.flying.delete(orderId);
    });
  }

  /** Settles when everything written of an order is on the disk. */
  durable(orderId: string): Promise<void> {
    return this.flying.get(orderId) ?? Promise.resolve();
  }
}
