// Requests for a payment and for a refund as the sale makes them.

import type { AuthoriseRequest, PaymentRefund } from "../../src/payments/port.ts";

export function paymentRequest(
  orderId: string,
  token = "tok_approve",
  journal = `{"order":"${orderId}"}`,
): AuthoriseRequest {
  return {
    orderId,
    amountMinor: 2_500,
    currency: "USD",
    token,
    returnUrl: "https://tickets.example.org/orders/1?key=k",
    metadata: { orderId, showingId: "showing", places: [1, 2], epoch: 7, journal },
  };
}

/** Money of an order that goes back. */
export function refundRequest(orderId: string, refundId: string, amountMinor: number, journal = ""): PaymentRefund {
  return { orderId, refundId, amountMinor, showingId: "showing", journal };
}
