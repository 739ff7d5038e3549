// Everything Marquee can refuse, by stable code. A refusal is an expected answer, never a bug; bugs throw anything else.
// Ports answer refusals as values (`{ refusal: code }`); use cases throw `Refusal`, which http/ and web/ turn into an answer.
// docs/errors.md lists the same codes, and a test keeps both equal.

/** Status and title of each code, grouped by what is refused; within a group in the order in which they are checked. */
export const refusals = {
  // The request itself
  invalid_request: { status: 400, title: "The request is not valid" },
  not_signed_in: { status: 401, title: "Sign in first" },
  cross_site: { status: 403, title: "This request came from another site" },
  not_allowed: { status: 403, title: "You may not do this" },
  not_found: { status: 404, title: "There is no such thing" },
  unsupported_media_type: { status: 415, title: "This kind of content is not accepted" },
  too_large: { status: 413, title: "That is too large" },
  too_many_requests: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Not available right now" },
  internal: { status: 500, title: "Something went wrong on our side" },
  // Holds
  sales_paused: { status: 503, title: "Sales are paused for a moment" },
  showing_cancelled: { status: 410, title: "This showing is cancelled" },
  showing_over: { status: 410, title: "Sales for this showing have ended" },
  seat_unknown: { status: 422, title: "There is no such seat" },
  price_unknown: { status: 422, title: "That price is not sold there" },
  hold_cooldown: { status: 429, title: "Too many holds were given up lately" },
  limit_exceeded: { status: 422, title: "That is more than one buyer may have" },
  seats_taken: { status: 409, title: "Somebody else was faster" },
  sold_out: { status: 409, title: "There are not enough places left" },
  strands_seat: { status: 422, title: "That would leave a single seat" },
  // Orders
  order_id_reused: { status: 422, title: "This order id was used for another order" },
  hold_unknown: { status: 410, title: "The hold is over" },
  hold_expired: { status: 410, title: "The hold has expired" },
  hold_in_payment: { status: 409, title: "This hold is being paid for" },
  order_in_progress: { status: 409, title: "This order is being processed" },
  payment_declined: { status: 402, title: "The payment was declined" },
  payment_mismatch: { status: 422, title: "The amount is not the amount of the hold" },
  seats_lost: { status: 409, title: "The seats were lost before the payment was through; nothing is charged" },
  // After the sale
  order_not_refundable: { status: 409, title: "This order cannot be refunded" },
  refund_pending: { status: 409, title: "This refund is still under way" },
  move_id_reused: { status: 422, title: "This move id was used for another move" },
  ticket_invalid: { status: 422, title: "This ticket is not valid" },
  ticket_void: { status: 409, title: "This ticket is no longer valid" },
  ticket_wrong_showing: { status: 409, title: "This ticket is for another showing" },
  ticket_used: { status: 409, title: "This ticket was used already" },
  // Accounts
  email_taken: { status: 409, title: "There is an account with this e-mail address" },
  weak_password: { status: 422, title: "Choose another password" },
  wrong_credentials: { status: 401, title: "E-mail address or password is wrong" },
  // Selling
  schedule_clash: { status: 409, title: "The auditorium is taken at that time" },
  showing_in_use: { status: 409, title: "Something was sold or held there" },
  not_ready: { status: 409, title: "Something is still missing" },
  changed_meanwhile: { status: 409, title: "Somebody else changed this meanwhile" },
  last_owner: { status: 409, title: "A seller needs an owner" },
  image_refused: { status: 422, title: "This image cannot be used" },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof refusals;

/** What a refusal may add: the field that is at fault and facts by which the client can go on (`seats`, `retryAfterS`, …). */
export interface RefusalFacts {
  field?: string;
  [fact: string]: unknown;
}

/** A refusal on its way to the client. `detail` is a sentence for the person who asked; `facts` go into the problem document. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;

  constructor(code: RefusalCode, detail: string = refusals[code].title, facts: RefusalFacts = {}) {
    // A refusal's stack is of no use and costs microseconds where many lose a race for a seat.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = limit;
    this.name = "Refusal";
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return refusals[this.code].status;
  }
}
