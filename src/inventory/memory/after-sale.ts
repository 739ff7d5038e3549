// What happens to sold places, and to places that are not for sale: refunds, scans, blocks, the end of a showing.

import type { InventoryOrder, RefundRequest, ScanRequest, ScanResult, ShowingRef } from "../port.ts";
import { activePlaces } from "../orders.ts";
import type { Core } from "./core.ts";
import type { Holds } from "./holds.ts";
import type { Payments } from "./payments.ts";

type RefundRefusal = { refusal: "sales_paused" | "not_found" | "order_not_refundable" | "refund_pending" };

export class AfterSale {
  private readonly core: Core;
  private readonly holds: Holds;
  private readonly payments: Payments;

  constructor(core: Core, holds: Holds, payments: Payments) {
    this.core = core;
    this.holds = holds;
    this.payments = payments;
  }

  async beginRefund(request: RefundRequest): Promise<InventoryOrder | RefundRefusal> {
    const { orderId, refundId, amountMinor, reason, now } = request;
    const decided = this.payments.ofOrder<InventoryOrder | RefundRefusal>(orderId, (order) => {
      if (order.refunds.some((refund) => refund.refundId === refundId)) return order;
      if (order.status !== "confirmed") return { refusal: "order_not_refundable" };
      if (order.refunds.some((refund) => refund.status === "begun")) return { refusal: "refund_pending" };
      const active = new Set(activePlaces(order));
      const places = request.places ?? [...active];
      const refunded = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
      const possible =
        places.length > 0 && new Set(places).size === places.length && places.every((place) => active.has(place));
      if (!possible || amountMinor < 0 || refunded + amountMinor > order.draft.totalMinor)
        return { refusal: "order_not_refundable" };
      const refund = { refundId, places, amountMinor, reason, status: "begun", at: now } as const;
      this.payments.write(order.draft.showingId, orderId, { kind: "refund-begun", at: now, orderId, refund });
      return this.core.order(orderId) ?? order;
    });
    await this.payments.durable(orderId);
    return decided;
  }

  async finishRefund(
    orderId: string,
    refundId: string,
    now: number,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" }> {
    const decided = this.payments.ofOrder<InventoryOrder | { refusal: "not_found" }>(orderId, (order) => {
      const refund = order.refunds.find((candidate) => candidate.refundId === refundId);
      if (!refund) return { refusal: "not_found" };
      if (refund.status === "done") return order;
      this.payments.write(order.draft.showingId, orderId, { kind: "refund-done", at: now, orderId, refundId });
      return this.core.order(orderId) ?? order;
    });
    await this.payments.durable(orderId);
    return decided;
  }

  async scan(request: ScanRequest): Promise<ScanResult> {
    const { showing, place, generation, ticketId, gate, now } = request;
    const decided = this.core.decide<{ result: ScanResult; durable?: Promise<void> }>(showing.showingId, () => {
      const state = this.core.known(showing.showingId);
      const valid = state?.is(place, "sold") && !state.voided.has(place) && state.generations.get(place) === generation;
      if (!state || !valid) return { result: { refusal: "ticket_void" } };
      const used = state.admissions.get(place);
      if (used) return { result: { refusal: "ticket_used", ...used } };
      const { showingId } = showing;
      const body = { kind: "admitted", at: now, showingId, place, generation, ticketId, gate } as const;
      return { result: { admitted: true, at: now }, durable: this.core.commit(showingId, body) };
    });
    if ("refusal" in decided) return decided;
    await decided.durable;
    return decided.result;
  }

  async block(showing: ShowingRef, places: readonly number[], by: string, now: number) {
    const decided = this.core.decide<
      { version: number; durable?: Promise<void> } | { refusal: "seats_taken"; places: readonly number[] }
    >(showing.showingId, () => {
      const state = this.core.touch(showing);
      const open = places.filter((place) => !state.is(place, "blocked"));
      const taken = open.filter((place) => !state.is(place, "free"));
      if (taken.length > 0) return { refusal: "seats_taken", places: taken };
      if (open.length === 0) return { version: state.version };
      const durable = this.core.commit(showing.showingId, { kind: "blocked", at: now, showing, places: open, by });
      return { version: state.version, durable };
    });
    return settle(decided);
  }

  async unblock(showing: ShowingRef, places: readonly number[], by: string, now: number) {
    const decided = this.core.decide<{ version: number; durable?: Promise<void> }>(showing.showingId, () => {
      const state = this.core.touch(showing);
      const blocked = places.filter((place) => state.is(place, "blocked"));
      if (blocked.length === 0) return { version: state.version };
      const durable = this.core.commit(showing.showingId, { kind: "unblocked", at: now, showing, places: blocked, by });
      return { version: state.version, durable };
    });
    return settle(decided);
  }

  async closeShowing(showing: ShowingRef, by: string, now: number) {
    const decided = this.core.decide<{ version: number; durable?: Promise<void> }>(showing.showingId, () => {
      const state = this.core.touch(showing);
      this.holds.endAllOf(showing.showingId);
      if (state.closed) return { version: state.version };
      const durable = this.core.commit(showing.showingId, { kind: "showing-closed", at: now, showing, by });
      return { version: state.version, durable };
    });
    return settle(decided);
  }
}

/** Waits for a decision's entry to be on the disk, then answers without the promise. */
async function settle<Decided extends object>(
  decided: Decided,
): Promise<Exclude<Decided, { durable?: Promise<void> }> | { version: number }> {
  if (!("version" in decided)) return decided as Exclude<Decided, { durable?: Promise<void> }>;
  const { version, durable } = decided as unknown as { version: number; durable?: Promise<void> };
  await durable;
  return { version };
}
