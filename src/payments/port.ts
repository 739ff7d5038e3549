// The payment provider: the system that moves money. A provider is asked with keys that make every call repeatable, and is
// the only one who knows whether money moved. Back ends: sandbox/ (built in), stripe.

/** What a payment carries, so that a lost sales log can be rebuilt from the provider (R4). */
export interface PaymentMetadata {
  orderId: string;
  showingId: string;
  places: readonly number[];
  epoch: number;
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

export type PaymentState =
  | { state: "authorised"; paymentId: string; amountMinor: number; currency: string }
  | { state: "captured"; paymentId: string; amountMinor: number; currency: string; refundedMinor: number }
  | { state: "declined"; reason: "declined" | "insufficient_funds" }
  | { state: "requires_action"; paymentId: string; actionUrl: string }
  | { state: "cancelled" }
  /** Asked for, not answered yet. */
  | { state: "pending" }
  /** The provider has never heard of it. */
  | { state: "absent" };

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
  refund(orderId: string, refundId: string, amountMinor: number): Promise<void>;
  /** Payments made since an instant, oldest first, for recovery (R4) and `verify`; `uncaptured`: only those authorised and not yet captured. */
  list(since: number, uncaptured?: boolean): AsyncIterable<ListedPayment>;
  close(): Promise<void>;
}
