// The built-in payment provider: moves no money, but keeps its own books in its own file and behaves like a real one, with
// declines, slowness, time-outs whose outcome shows only later, and actions of the buyer.

import { DatabaseSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { Clock } from "../../domain/clock.ts";
import { openGroupCommit } from "../../group-commit/group-commit.ts";
import {
  PaymentUnknown,
  type ListedPayment,
  type ListedRefund,
  type PaymentProvider,
  type PaymentState,
} from "../port.ts";
import {
  readBooks,
  readPages,
  schema,
  statements,
  type Page,
  type PageRequest,
  type PaymentsRequest,
} from "./books.ts";
import { asOf, begun, idPrefix, listedOf, refundedOf, toState, type Entry, type Payment } from "./payment.ts";

/** Tokens that the sandbox knows, and what each does. */
export const sandboxTokens = [
  "tok_approve",
  "tok_decline",
  "tok_insufficient_funds",
  "tok_slow",
  "tok_timeout_then_approved",
  "tok_timeout_then_declined",
  "tok_requires_action",
] as const;

export interface SandboxSettings {
  file: string;
  /** A call whose token says "timeout" answers nothing for so long. */
  timeoutMs: number;
  /** After so long its outcome can be found. */
  settleMs: number;
  clock: Clock;
  wait(ms: number): Promise<void>;
  failpoint?: string;
  onFatal(error: Error): void;
}

export interface SandboxProvider extends PaymentProvider {
  /** What the buyer decides on the provider's page: lets a payment that requires an action through, or not. */
  act(paymentId: string, approve: boolean): Promise<{ orderId: string; returnUrl: string } | undefined>;
}

const slowMs = 5_000;
const recentPayments = 10_000;

/** The sandbox where its books are: can also be read page by page, for those who ask from afar. */
export interface SandboxEngine extends SandboxProvider {
  paymentsPage(request: PaymentsRequest): Promise<Page<ListedPayment>>;
  refundsPage(request: PageRequest): Promise<Page<ListedRefund>>;
}

/** Opens the sandbox over its file. */
export async function openSandbox(settings: SandboxSettings): Promise<SandboxEngine> {
  const { file, onFatal, failpoint, clock } = settings;
  const writer = await openGroupCommit({
    file,
    schema,
    statements,
    onFatal,
    ...(failpoint === undefined ? {} : { failpoint }),
  });
  const reader = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const books = readBooks(reader);
  /** Payments being written, ahead of the file, and those written lately. */
  const writing = new Map<string, { payment: Payment; written: Promise<void> }>();
  const recent = new LRUCache<string, Payment>({ max: recentPayments });

  /** The payment as it stands now, which may not be on the disk yet: see `durable`. */
  const load = (orderId: string) => writing.get(orderId)?.payment ?? recent.get(orderId) ?? books.byOrder(orderId);
  const save = async (payment: Payment) => {
    const { orderId, status, createdAt } = payment;
    const written = writer.write("payment", [orderId, status, createdAt, JSON.stringify(payment)]);
    writing.set(orderId, { payment, written });
    recent.set(orderId, payment);
    await written;
    if (writing.get(orderId)?.payment === payment) writing.delete(orderId);
    return payment;
  };
  /** Nobody is told of a payment before it is on the disk. */
  const durable = async (orderId: string) => writing.get(orderId)?.written;
  /** An outcome that was open becomes known when its time has come. */
  const settled = async (payment: Payment): Promise<Payment> => {
    const now = asOf(payment, clock());
    if (now !== payment) return save(now);
    await durable(payment.orderId);
    return payment;
  };
  /** What became of a payment that was asked for before. */
  const known = async (payment: Payment): Promise<PaymentState> => {
    const now = await settled(payment);
    if (now.status === "pending") throw new PaymentUnknown("the provider does not answer");
    return toState(now);
  };
  // The entry was read before the ones ahead of it were worked on: the payment may have gone on since.
  const listed = async ({ payment, journal }: Entry): Promise<ListedPayment> =>
    listedOf({ payment: await settled(load(payment.orderId) ?? payment), journal });

  return {
    name: "sandbox",
    async authorise(request) {
      const before = load(request.orderId);
      if (before) return known(before);
      if (request.token === "tok_slow") {
        await settings.wait(slowMs);
        // Another request of the same order, or its cancellation, may have been faster.
        const meanwhile = load(request.orderId);
        if (meanwhile) return known(meanwhile);
      }
      // Both rows join one COMMIT: there is no payment without its journal. So it is with a refund.
      void writer.write("journal", [request.orderId, request.metadata.journal]);
      const made = await save(begun(request, clock(), settings.settleMs));
      if (made.status !== "pending") return toState(load(request.orderId) ?? made);
      await settings.wait(settings.timeoutMs);
      throw new PaymentUnknown("the provider did not answer in time");
    },
    async find(orderId) {
      const payment = load(orderId);
      return payment ? toState(await settled(payment)) : { state: "absent" };
    },
    async capture(orderId) {
      const payment = load(orderId);
      if (payment?.status !== "authorised") {
        await durable(orderId);
        return payment ? toState(payment) : { state: "absent" };
      }
      return toState(await save({ ...payment, status: "captured" }));
    },
    async cancel(orderId) {
      const payment = load(orderId);
      if (payment && ["captured", "declined", "cancelled"].includes(payment.status)) {
        await durable(orderId);
        return toState(payment);
      }
      const blank = {
        orderId,
        amountMinor: 0,
        currency: "",
        token: "",
        returnUrl: "",
        metadata: { orderId, showingId: "", places: [], epoch: 0, journal: "" },
      };
      // A cancellation of what never came is kept too: an authorisation that arrives late finds it and fails.
      return toState(await save({ ...(payment ?? begun(blank, clock(), 0)), status: "cancelled" }));
    },
    async refund(refund) {
      const { orderId, refundId, amountMinor } = refund;
      const payment = load(orderId);
      if (payment?.status !== "captured") throw new Error(`order ${orderId} has no captured payment to refund`);
      if (payment.refunds[refundId] !== undefined) return durable(orderId);
      if (refundedOf(payment) + amountMinor > payment.amountMinor)
        throw new Error(`order ${orderId} would be refunded more than was captured`);
      const { paymentId } = payment;
      void writer.write("refund", [orderId, refundId, clock(), JSON.stringify({ ...refund, paymentId })]);
      await save({ ...payment, refunds: { ...payment.refunds, [refundId]: amountMinor } });
    },
    async *list(from, uncaptured = false): AsyncIterable<ListedPayment> {
      await writer.settled();
      for (const entry of readPages((request) => books.payments({ ...request, uncaptured }), from)) yield listed(entry);
    },
    async *refunds(from): AsyncIterable<ListedRefund> {
      await writer.settled();
      yield* readPages(books.refunds, from);
    },
    async paymentsPage(request) {
      await writer.settled();
      const { items, ...rest } = books.payments(request);
      return { items: await Promise.all(items.map(listed)), ...rest };
    },
    async refundsPage(request) {
      await writer.settled();
      return books.refunds(request);
    },
    async act(paymentId, approve) {
      const payment = paymentId.startsWith(idPrefix) ? load(paymentId.slice(idPrefix.length)) : undefined;
      if (payment?.status === "requires_action")
        await save({ ...payment, status: approve ? "authorised" : "declined" });
      return payment && { orderId: payment.orderId, returnUrl: payment.returnUrl };
    },
    async close() {
      await writer.close();
      reader.close();
    },
  };
}
