// The payment provider: the system that moves money. A provider is asked with keys that make every call repeatable, and is
// the only one who knows whether money moved. Back ends: sandbox/ (built in) and sandbox-service/ (the same as a process of its
// own, which a whole fleet asks).

/** What a payment carries, so that a lost sales log can be rebuilt from the provider (R4). */
export interface PaymentMetadata {
  orderId: string;
  showingId: string;
  places: readonly number[];
  epoch: number;
  /**
   * Everything else that rebuilding the order needs, as JSON text that only its writer reads; 3,200 characters for twenty seats. A
   * provider that limits the size of values keeps it in numbered pieces: Stripe takes 50 keys of 500 characters, which leaves 45
   * pieces beside the fields above, enough for 170 seats.
   */
  journal: string;
}

export interface AuthoriseRequest {
  orderId: string;
  amountMinor: number;
  currency: string;
  /** What the buyer's client got from the provider; never a card number. */
  token: string;
  metadata: PaymentMetadata;
  /** Where the provider sends the buyer back to after an action such as 3-D Secure. */
  returnUrl: string;
}

/** `showingId` is the one of the metadata: whoever uses an old order's id again gets that order's payment, and must not be sold to for it. */
export type PaymentState =
  | { state: "authorised"; paymentId: string; amountMinor: number; currency: string; showingId?: string }
  | {
      state: "captured";
      paymentId: string;
      amountMinor: number;
      currency: string;
      refundedMinor: number;
      showingId?: string;
    }
  | { state: "declined"; reason: "declined" | "insufficient_funds" }
  | { state: "requires_action"; paymentId: string; actionUrl: string }
  | { state: "cancelled" }
  /** Asked for, not answered yet. */
  | { state: "pending" }
  /** The provider has never heard of it. */
  | { state: "absent" };

/** Money that goes back, and what the refund carries at the provider, so that a sales log that lost it can have it again. */
export interface PaymentRefund {
  orderId: string;
  refundId: string;
  amountMinor: number;
  showingId: string;
  /**
   * Which tickets it makes void and all else that entering it again needs, as JSON text that only its writer reads; kept in pieces
   * like a payment's. "" for money of an order that did not get its seats.
   */
  journal: string;
}

export interface ListedRefund extends PaymentRefund {
  /** Of which payment. */
  paymentId: string;
}

/** Thrown when the provider did not answer in time or could not be reached: the outcome is unknown, ask `find`. */
export class PaymentUnknown extends Error {}

export interface ListedPayment {
  orderId: string;
  metadata: PaymentMetadata;
  state: PaymentState;
}

export interface PaymentProvider {
  readonly name: string;
  /** Reserves the money, once per order (key `<order>:authorise`). Throws PaymentUnknown. */
  authorise(request: AuthoriseRequest): Promise<PaymentState>;
  /** What became of an order's payment. Throws PaymentUnknown if the provider cannot be reached. */
  find(orderId: string): Promise<PaymentState>;
  /** Takes the authorised money, once (key `<order>:capture`). */
  capture(orderId: string): Promise<PaymentState>;
  /** Voids an authorisation, and sees to it that one still under way can never succeed. A captured payment stays captured. */
  cancel(orderId: string): Promise<PaymentState>;
  /** Gives money back, once per refund id (key `<order>:refund:<refund>`). Never more than was captured. */
  refund(refund: PaymentRefund): Promise<void>;
  /**
   * Payments made since an instant, oldest first, for recovery (R4) and `verify`, each as it stood when the provider was asked for
   * this part of the list. `uncaptured`: only those that may still be captured, each as it stands when its turn comes.
   */
  list(since: number, uncaptured?: boolean): AsyncIterable<ListedPayment>;
  /** Refunds made since an instant, oldest first, for recovery; of payments however old. */
  refunds(since: number): AsyncIterable<ListedRefund>;
  close(): Promise<void>;
}
