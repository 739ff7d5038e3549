// Pay for a hold: intent → authorise → confirm → answer → capture. No step before the answer touches the store.

import { hash } from "node:crypto";
import type { OrderDraft } from "../domain/orders.ts";
import { totalOf } from "../domain/pricing.ts";
import { Refusal } from "../domain/refusals.ts";
import { partitionOf, showingOfHold } from "../domain/ids.ts";
import type { Hold, InventoryOrder } from "../inventory/port.ts";
import { PaymentUnknown, type PaymentState } from "../payments/port.ts";
import { refOf, saleAfterStartMs, showingOf, throwCommon, type SalesDeps } from "./deps.ts";
import { linesOf } from "./hold.ts";
import { writeJournal } from "./journal.ts";
import { declined, outcome, settle } from "./settle.ts";
import type { Customer, OrderInput, OrderView } from "./sales.ts";

/** Orders that this process works on: each by one hand at a time. */
export interface OrdersInFlight {
  /** Being placed: a twin of the same request waits for the first one's answer. */
  placing: Map<string, { fingerprint: string; answer: Promise<OrderView> }>;
  /**
   * Being looked up at the provider with nobody waiting. Such a look may end in a cancellation, so a client who comes back
   * meanwhile waits for it: an authorisation beside a cancellation would sell seats for money that was voided.
   */
  settling: Map<string, Promise<void>>;
}

/**
 * Places an order, or answers the one there is: the same id and body always gets the same answer. See Sales.checkOut.
 */
export async function checkOut(
  deps: SalesDeps,
  inFlight: OrdersInFlight,
  input: OrderInput,
  customer: Customer,
): Promise<OrderView> {
  refuseCardNumbers(input);
  refuseLines(input);
  const fingerprint = fingerprintOf(input);
  const twin = inFlight.placing.get(input.id);
  if (twin) {
    if (twin.fingerprint !== fingerprint) throw reused();
    return twin.answer;
  }
  const answer = afterSettling(inFlight, input.id)
    .then(() => place(deps, input, fingerprint, customer))
    .then((view) => ({ ...view, secret: deps.secrets.of({ orderId: view.id, fingerprint }) }));
  inFlight.placing.set(input.id, { fingerprint, answer });
  try {
    return await answer;
  } finally {
    inFlight.placing.delete(input.id);
  }
}

async function afterSettling({ settling }: OrdersInFlight, orderId: string): Promise<void> {
  // How it ended is no concern of the client's: the order tells.
  await settling.get(orderId)?.catch(() => undefined);
}

const reused = () =>
  new Refusal("order_id_reused", "This order id was used for another order. Make a new one.", { field: "id" });

/** What makes two requests the same order. */
function fingerprintOf({ id, holdId, buyer, payment, expectedTotalMinor }: OrderInput): string {
  return hash(
    "sha256",
    JSON.stringify([id, holdId, buyer.email, buyer.name, payment.provider, payment.token, expectedTotalMinor]),
    "base64url",
  );
}

/** No card number ever reaches us: one that is sent by mistake is refused before it is kept or logged. */
function refuseCardNumbers({ id, payment, buyer }: OrderInput): void {
  for (const [field, text] of [
    // An id may hold groups of digits by chance, as a UUID does: there only an unbroken number is one.
    ["id", id.replaceAll("-", "x")],
    ["payment.token", payment.token],
    ["buyer.name", buyer.name],
    ["buyer.email", buyer.email],
  ] as const) {
    if (holdsCardNumber(text)) {
      throw new Refusal(
        "invalid_request",
        "This looks like a card number. Card numbers go to the payment provider only.",
        { field },
      );
    }
  }
}

/** The buyer's name stands in one line of tickets, mails and lists: what would break the line is refused. */
function refuseLines({ buyer }: OrderInput): void {
  if (/[\p{Cc}\u2028\u2029]/u.test(buyer.name))
    throw new Refusal("invalid_request", "Give the name in one line.", { field: "buyer.name" });
}

/** Whether 13 to 19 digits that pass Luhn's check stand together, perhaps in groups. */
function holdsCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(/\d(?:[ .-]?\d){12,}/g)) {
    const digits = run.replaceAll(/\D/g, "");
    for (let length = 13; length <= Math.min(19, digits.length); length += 1)
      for (let start = 0; start + length <= digits.length; start += 1)
        if (passesLuhn(digits.slice(start, start + length))) return true;
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

async function place(deps: SalesDeps, input: OrderInput, fingerprint: string, customer: Customer): Promise<OrderView> {
  const now = deps.clock();
  const showingId = showingOfHold(input.holdId);
  const hold = showingId === undefined ? undefined : await deps.inventory.holdById(input.holdId, now);
  if (!hold || hold.orderId !== undefined) return placedBefore(deps, input, fingerprint, hold);
  const draft = await draftOf(deps, input, hold, customer, now);
  deps.reached("before:begin");
  const begun = await deps.inventory.beginPayment({ holdId: input.holdId, fingerprint, draft, now });
  deps.reached("after:begin");
  if ("refusal" in begun) {
    if (begun.refusal === "order_id_reused") throw reused();
    if (begun.refusal === "showing_cancelled")
      throw new Refusal("showing_cancelled", "This showing is cancelled. Nothing was charged.");
    if (begun.refusal === "hold_in_payment")
      throw new Refusal("hold_in_payment", "These seats are being paid for by another order.");
    if (begun.refusal === "sales_paused") return throwCommon(begun);
    throw new Refusal(begun.refusal, "These seats are no longer held for you. Choose again; nothing was charged.", {
      field: "holdId",
    });
  }
  return begun.begun
    ? settle(deps, begun.order, await authorise(deps, begun.order, input))
    : again(deps, begun.order, input);
}

/** The hold is gone or taken: perhaps by this very order, whose answer was lost. */
async function placedBefore(
  deps: SalesDeps,
  input: OrderInput,
  fingerprint: string,
  hold: Hold | undefined,
): Promise<OrderView> {
  const partition = partitionOf(showingOfHold(input.holdId) ?? "", deps.inventory.partitions);
  const epoch = await deps.inventory.sellsIn(partition);
  const order = await deps.inventory.orderById(input.id);
  if (order) {
    if (order.fingerprint !== fingerprint) throw reused();
    return again(deps, order, input);
  }
  if (hold && hold.orderId !== input.id)
    throw new Refusal("hold_in_payment", "These seats are being paid for by another order.");
  // This very order pays for it, and was forgotten between the two looks: whoever recovers it says what became of it.
  if (hold) throwCommon({ refusal: "sales_paused" });
  const stored = await deps.orders.byId(input.id);
  if (!stored) {
    // Until a recovery has asked the provider, an order may be nowhere and be paid for all the same.
    if (epoch === undefined || (await deps.inventory.sellsIn(partition)) !== epoch)
      throwCommon({ refusal: "sales_paused" });
    throw new Refusal("hold_expired", "These seats are no longer held for you. Choose again; nothing was charged.", {
      field: "holdId",
    });
  }
  if (stored.fingerprint !== fingerprint) throw reused();
  if (stored.status === "conflict") throw new Refusal("seats_lost");
  if (stored.status === "declined" || stored.status === "cancelled")
    throw declined({ ...stored, holdId: input.holdId });
  return stored;
}

/** The same request again: the same answer, or, while the outcome is open, what the provider says now. */
async function again(deps: SalesDeps, order: InventoryOrder, input: OrderInput): Promise<OrderView> {
  if (order.status !== "paying") return settle(deps, order, { state: "absent" });
  const found = await outcome(() => deps.payments.find(order.orderId));
  // The provider never heard of it: the process died before it asked. The client is here with its token, so ask now.
  return settle(deps, order, found.state === "absent" ? await authorise(deps, order, input) : found);
}

async function draftOf(
  deps: SalesDeps,
  input: OrderInput,
  hold: Hold,
  customer: Customer,
  now: number,
): Promise<OrderDraft> {
  const showing = await showingOf(deps, hold.showingId);
  if (now >= showing.startsAt + saleAfterStartMs)
    throw new Refusal("showing_over", "Sales for this showing have ended.");
  const { layout } = await deps.catalogue.seatMap(showing.seatMapId);
  const lines = linesOf(hold, layout);
  const totalMinor = totalOf(lines);
  if (input.expectedTotalMinor !== undefined && input.expectedTotalMinor !== totalMinor) {
    throw new Refusal(
      "payment_mismatch",
      "The price you were shown is not the price of these seats. Nothing was charged; look again.",
      {
        field: "expectedTotalMinor",
        totalMinor,
        currency: hold.terms.prices.currency,
      },
    );
  }
  if (input.payment.provider !== deps.payments.name) {
    throw new Refusal("invalid_request", `Pay with ${deps.payments.name}.`, { field: "payment.provider" });
  }
  const { email, name, language } = input.buyer;
  return {
    orderId: input.id,
    showingId: showing.id,
    sellerId: showing.sellerId,
    showId: showing.showId,
    venueId: showing.venueId,
    startsAt: showing.startsAt,
    ...(customer.accountId === undefined ? {} : { accountId: customer.accountId }),
    buyer: { email, name, ...(language === undefined ? {} : { language }) },
    currency: hold.terms.prices.currency,
    lines,
    totalMinor,
    provider: deps.payments.name,
    placedAt: now,
  };
}

async function authorise(deps: SalesDeps, order: InventoryOrder, input: OrderInput): Promise<PaymentState> {
  const { draft, places } = order;
  // Nothing to pay: no provider is asked.
  if (draft.totalMinor === 0)
    return { state: "captured", paymentId: "free", amountMinor: 0, currency: draft.currency, refundedMinor: 0 };
  const showing = await deps.catalogue.showing(draft.showingId);
  const ask = () =>
    deps.payments.authorise({
      orderId: order.orderId,
      amountMinor: draft.totalMinor,
      currency: draft.currency,
      token: input.payment.token,
      metadata: {
        orderId: order.orderId,
        showingId: draft.showingId,
        places,
        epoch: deps.inventory.epoch(order.partition),
        journal: writeJournal(order, showing && refOf(showing)),
      },
      returnUrl: `${deps.settings.publicUrl}/orders/${order.orderId}?key=${deps.secrets.of(order)}`,
    });
  const state = await insist(deps, order.orderId, ask);
  deps.reached("after:authorise");
  return state;
}

/** Between tries to reach a provider that does not answer: as long as one takes to start again, and buyers to lose patience. */
const pausesMs = [100, 300, 600, 1_000, 1_500];
/** A provider that hangs instead of refusing is not asked again: each try takes as long as it may. */
const insistMs = 5_000;

/**
 * Asks for the money, by one key however often. Unknown: asks what became of it; what the provider never heard of is asked for
 * again. Still unknown after a few seconds: `pending`, and the reconciler goes on asking.
 */
async function insist(deps: SalesDeps, orderId: string, ask: () => Promise<PaymentState>): Promise<PaymentState> {
  const until = deps.clock() + insistMs;
  for (const pauseMs of pausesMs) {
    const state = await answerOf(ask);
    if (state) return state;
    const found = await answerOf(() => deps.payments.find(orderId));
    if (found && found.state !== "absent") return found;
    if (deps.clock() > until) break;
    await deps.wait(pauseMs);
  }
  return { state: "pending" };
}

/** What the provider answers; undefined if it does not. */
async function answerOf(ask: () => Promise<PaymentState>): Promise<PaymentState | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PaymentUnknown) return undefined;
    throw error;
  }
}
