// The built-in payment provider: moves no money, but keeps its own books in its own file and behaves like a real one, with
// declines, slowness, time-outs whose outcome shows only later, and actions of the buyer.

import { DatabaseSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { Clock } from "../../domain/clock.ts";
import { openGroupCommit } from "../../group-commit/group-commit.ts";
import { PaymentUnknown, type ListedPayment, type PaymentProvider, type PaymentState } from "../port.ts";
import { asOf, begun, idPrefix, refundedOf, toState, type Payment } from "./payment.ts";

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
  publicUrl: string;
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
const schema = `
  create table if not exists payments (order_id text primary key, status text not null, created_at integer not null, payment text not null);
  create index if not exists payments_open on payments (created_at) where status in ('authorised', 'pending', 'requires_action');
`;
const statements = {
  payment: `insert into payments values (?, ?, ?, ?)
    on conflict (order_id) do update set status = excluded.status, payment = excluded.payment`,
};

/** Opens the sandbox over its file. */
export async function openSandbox(settings: SandboxSettings): Promise<SandboxProvider> {
  const { file, onFatal, failpoint, clock } = settings;
  const writer = await openGroupCommit({
    file,
    schema,
    statements,
    onFatal,
    ...(failpoint === undefined ? {} : { failpoint }),
  });
  const reader = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const byOrder = reader.prepare("select payment from payments where order_id = ?");
  const since = reader.prepare("select payment from payments where created_at >= ? order by created_at");
  const uncaptured = reader.prepare(
    "select payment from payments where created_at >= ? and status in ('authorised', 'pending', 'requires_action') order by created_at",
  );
  /** Payments being written, ahead of the file, and those written lately. */
  const writing = new Map<string, { payment: Payment; written: Promise<void> }>();
  const recent = new LRUCache<string, Payment>({ max: recentPayments });

  const parse = (row: Record<string, unknown> | undefined) => row && (JSON.parse(String(row["payment"])) as Payment);
  /** The payment as it stands now, which may not be on the disk yet: see `durable`. */
  const load = (orderId: string) => writing.get(orderId)?.payment ?? recent.get(orderId) ?? parse(byOrder.get(orderId));
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
  const stateOf = (payment: Payment) => toState(payment, settings.publicUrl);
  /** What became of a payment that was asked for before. */
  const known = async (payment: Payment): Promise<PaymentState> => {
    const now = await settled(payment);
    if (now.status === "pending") throw new PaymentUnknown("the provider does not answer");
    return stateOf(now);
  };

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
      const made = await save(begun(request, clock(), settings.settleMs));
      if (made.status !== "pending") return stateOf(load(request.orderId) ?? made);
      await settings.wait(settings.timeoutMs);
      throw new PaymentUnknown("the provider did not answer in time");
    },
    async find(orderId) {
      const payment = load(orderId);
      return payment ? stateOf(await settled(payment)) : { state: "absent" };
    },
    async capture(orderId) {
      const payment = load(orderId);
      if (payment?.status !== "authorised") {
        await durable(orderId);
        return payment ? stateOf(payment) : { state: "absent" };
      }
      return stateOf(await save({ ...payment, status: "captured" }));
    },
    async cancel(orderId) {
      const payment = load(orderId);
      if (payment && ["captured", "declined", "cancelled"].includes(payment.status)) {
        await durable(orderId);
        return stateOf(payment);
      }
      const blank = {
        orderId,
        amountMinor: 0,
        currency: "",
        token: "",
        returnUrl: "",
        metadata: { orderId, showingId: "", places: [], epoch: 0 },
      };
      // A cancellation of what never came is kept too: an authorisation that arrives late finds it and fails.
      return stateOf(await save({ ...(payment ?? begun(blank, clock(), 0)), status: "cancelled" }));
    },
    async refund(orderId, refundId, amountMinor) {
      const payment = load(orderId);
      if (payment?.status !== "captured") throw new Error(`order ${orderId} has no captured payment to refund`);
      if (payment.refunds[refundId] !== undefined) return durable(orderId);
      if (refundedOf(payment) + amountMinor > payment.amountMinor)
        throw new Error(`order ${orderId} would be refunded more than was captured`);
      await save({ ...payment, refunds: { ...payment.refunds, [refundId]: amountMinor } });
    },
    async *list(from, onlyUncaptured = false): AsyncIterable<ListedPayment> {
      await writer.settled();
      for (const row of (onlyUncaptured ? uncaptured : since).all(from)) {
        // The row was read before the ones ahead of it were worked on: the payment may have gone on since.
        const payment = load(parse(row)?.orderId ?? "");
        if (payment)
          yield { orderId: payment.orderId, metadata: payment.metadata, state: stateOf(await settled(payment)) };
      }
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
