// A payment as the sandbox keeps it.

import type { AuthoriseRequest, ListedPayment, PaymentMetadata, PaymentState } from "../port.ts";

export interface Payment {
  orderId: string;
  paymentId: string;
  amountMinor: number;
  currency: string;
  token: string;
  returnUrl: string;
  /** The journal lies apart: see books.ts. */
  metadata: Omit<PaymentMetadata, "journal">;
  status: "authorised" | "captured" | "declined" | "requires_action" | "cancelled" | "pending";
  reason: "declined" | "insufficient_funds";
  refunds: Record<string, number>;
  createdAt: number;
  settlesAt: number;
}

/** A payment with the journal that its metadata carries. */
export interface Entry {
  payment: Payment;
  journal: string;
}

/** The sandbox names a payment after its order, so that neither needs an index. */
export const idPrefix = "sandbox-";

/** A payment that was just asked for. */
export function begun(request: AuthoriseRequest, now: number, settleMs: number): Payment {
  const { orderId, amountMinor, currency, token, returnUrl } = request;
  const { showingId, places, epoch } = request.metadata;
  const paymentId = idPrefix + orderId;
  const reason = token === "tok_insufficient_funds" ? "insufficient_funds" : "declined";
  const payment = {
    orderId,
    paymentId,
    amountMinor,
    currency,
    token,
    returnUrl,
    metadata: { orderId, showingId, places, epoch },
    reason,
    refunds: {},
    createdAt: now,
    settlesAt: 0,
  } as const;
  if (token === "tok_approve" || token === "tok_slow") return { ...payment, status: "authorised" };
  if (token === "tok_requires_action") return { ...payment, status: "requires_action" };
  if (token.startsWith("tok_timeout_then_")) return { ...payment, status: "pending", settlesAt: now + settleMs };
  return { ...payment, status: "declined" };
}

export function refundedOf(payment: Payment): number {
  return Object.values(payment.refunds).reduce((sum, amount) => sum + amount, 0);
}

/** What the provider says of it. The page of a required action lies in the shop, to which `returnUrl` leads back. */
export function toState(payment: Payment): PaymentState {
  const { paymentId, amountMinor, currency } = payment;
  const { showingId } = payment.metadata;
  switch (payment.status) {
    case "authorised":
      return { state: "authorised", paymentId, amountMinor, currency, showingId };
    case "captured":
      return { state: "captured", paymentId, amountMinor, currency, refundedMinor: refundedOf(payment), showingId };
    case "declined":
      return { state: "declined", reason: payment.reason };
    case "requires_action":
      return {
        state: "requires_action",
        paymentId,
        actionUrl: new URL(`/sandbox/actions/${paymentId}`, payment.returnUrl).href,
      };
    case "cancelled":
    case "pending":
      return { state: payment.status };
  }
}

/** As the list tells of it. */
export function listedOf({ payment, journal }: Entry): ListedPayment {
  const { orderId, metadata } = payment;
  return { orderId, metadata: { ...metadata, journal }, state: toState(payment) };
}

/** The payment when an outcome that was open is known: once its time has come. */
export function asOf(payment: Payment, now: number): Payment {
  if (payment.status !== "pending" || now < payment.settlesAt) return payment;
  return { ...payment, status: payment.token === "tok_timeout_then_approved" ? "authorised" : "declined" };
}
