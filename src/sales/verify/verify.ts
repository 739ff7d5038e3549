// Do the sales log, the store and the payments tell the same story? Read in pages: memory does not grow with the log.

import type { LogEntry } from "../../inventory/port.ts";
import type { ListedPayment, PaymentProvider, PaymentState } from "../../payments/port.ts";
import type { StoredSale, StoredSales } from "../../store/verify-rows.ts";
import { Findings, type Check } from "./findings.ts";
import { tell, type History } from "./history.ts";
import { compareOrders } from "./orders.ts";
import { countBegunRefunds } from "./refunds.ts";
import { replay } from "./replay.ts";

export interface VerifySettings {
  /** The store at one moment; taken before that of the log, which the store never is ahead of. */
  stored: StoredSales;
  history: History;
  payments: Pick<PaymentProvider, "find" | "list">;
  now: number;
  /** Entries gone through so far, of all. */
  progress?(done: number, total: number): void;
}

/** Entries about showings that began earlier may have been forgotten: see the inventory's keepMs. */
const keptMs = 35 * 86_400_000;
const pageSize = 500;
const askedAtOnce = 32;

/** Checks each invariant of the purchase protocol that can be seen in data. Changes nothing. */
export async function verifySales(settings: VerifySettings): Promise<readonly Check[]> {
  const { stored, history, payments, now } = settings;
  const findings = new Findings();
  const marks = new Map((await stored.marks()).map((mark) => [mark.partition, mark]));
  const conflicts = new Set((await stored.conflicts()).map((conflict) => conflict.order_id));
  let total = 0;
  for (let partition = 0; partition < history.partitions; partition += 1)
    total += 2 * Math.max(0, (await history.head(partition)) - (await history.first(partition)) + 1);
  let done = 0;
  const progress = (entries: number) => settings.progress?.((done += entries), total);
  await checkTickets(stored, findings);
  const wholeSince = history.forgetsApplied ? Infinity : now - keptMs;
  for (let partition = 0; partition < history.partitions; partition += 1) {
    await replay({ history, findings, marks, wholeSince, progress }, partition);
    await compareOrders({ history, stored, payments, findings, marks, conflicts, progress }, partition);
  }
  await countBegunRefunds({ history, stored, findings, marks });
  await checkStoreIsTold(settings, findings);
  await checkPayments(settings, findings, conflicts);
  if (history.forgetsApplied) await checkStoredMoney(settings, findings, conflicts);
  return findings.checks();
}

async function checkTickets(stored: StoredSales, findings: Findings): Promise<void> {
  findings.examined("oneTicket", await stored.activeTickets());
  for (const { showingId, place, tickets } of await stored.sharedPlaces(pageSize))
    findings.violated("oneTicket", `Place ${place} of showing ${showingId} has ${tickets} active tickets.`);
}

/** Whatever the store has, the log must have told; unless it is so old that the log forgot it. */
async function checkStoreIsTold({ stored, history, now }: VerifySettings, findings: Findings): Promise<void> {
  for (let after = ""; ;) {
    const rows = await stored.page(after, pageSize);
    for (const { id, partition, sequence, starts_at } of rows) {
      after = id;
      const entries = await history.ofOrder(id);
      const isForgotten = sequence < (await history.first(partition));
      const forgotten = history.forgetsApplied
        ? isForgotten || entries.length > 0
        : isForgotten && starts_at < now - keptMs;
      findings.expect(
        "history",
        !!tell(entries) || forgotten,
        () => `Order ${id} is in the store, but the sales log never told it.`,
      );
    }
    if (rows.length < pageSize) return;
  }
}

/**
 * Money that is taken must belong to a sale. What the pinned log or the store explains needs no second look; for the rest the order
 * is read again, later than its payment: it may have gone on meanwhile.
 */
async function checkPayments(
  { stored, history, payments }: VerifySettings,
  findings: Findings,
  conflicts: ReadonlySet<string>,
): Promise<void> {
  const look = async (page: readonly ListedPayment[]) => {
    const told = new Map<string, readonly LogEntry[]>();
    for (const { orderId } of page) told.set(orderId, await history.ofOrder(orderId));
    const rows = await stored.byIds(page.flatMap(({ orderId }) => (tell(told.get(orderId) ?? []) ? [] : orderId)));
    for (const payment of page) {
      const { orderId } = payment;
      if (contradictions(payment, told.get(orderId) ?? [], rows.get(orderId), conflicts).length === 0) continue;
      const now = await history.nowOfOrder(orderId);
      const row = tell(now) ? undefined : (await stored.byIds([orderId])).get(orderId);
      for (const { rule, text } of contradictions(payment, now, row, conflicts))
        if (text === undefined) findings.underWay(rule);
        else findings.violated(rule, text);
    }
  };
  let page: ListedPayment[] = [];
  for await (const payment of payments.list(0)) {
    findings.examined("refunds");
    if (payment.state.state !== "captured" && payment.state.state !== "authorised") continue;
    page.push(payment);
    if (page.length < pageSize) continue;
    await look(page);
    page = [];
  }
  await look(page);
}

/** What a payment says that its order does not; without a text, what is only under way. */
function contradictions(
  { orderId, state }: ListedPayment,
  entries: readonly LogEntry[],
  row: StoredSale | undefined,
  conflicts: ReadonlySet<string>,
): { rule: "money" | "refunds"; text?: string }[] {
  const status = tell(entries)?.status ?? row?.order.status;
  if (state.state === "authorised") return status === "confirmed" ? [] : [{ rule: "money" }];
  if (state.state !== "captured") return [];
  const found: { rule: "money" | "refunds"; text?: string }[] = [];
  // A recovery gives back what it finds at the provider and has no seats for; nobody else knows such an order.
  if (status !== "confirmed" && status !== "conflict" && state.refundedMinor !== state.amountMinor)
    found.push({
      rule: "money",
      text: `${state.amountMinor} was taken for order ${orderId}, which is ${status ?? "unknown"}.`,
    });
  if (state.refundedMinor > state.amountMinor)
    found.push({ rule: "refunds", text: `Order ${orderId} got ${state.refundedMinor} back of ${state.amountMinor}.` });
  const decided = decidedBack(entries, row);
  if (status !== undefined && !conflicts.has(orderId) && state.refundedMinor > decided)
    found.push({
      rule: "refunds",
      text: `Order ${orderId} got ${state.refundedMinor} back, but ${decided} was decided.`,
    });
  return found;
}

/** What was to be given back, by the log and, where that has forgotten the beginning of the order, by the store. */
function decidedBack(entries: readonly LogEntry[], row: StoredSale | undefined): number {
  const refunds = new Map(row?.refunds.map(({ id, amount_minor: amountMinor }) => [id, amountMinor]));
  for (const { body } of entries)
    if (body.kind === "refund-begun") refunds.set(body.refund.refundId, body.refund.amountMinor);
  return refunds.values().reduce((sum, amountMinor) => sum + amountMinor, 0);
}

/** Asks for many payments, some at a time. */
async function findAll(
  payments: Pick<PaymentProvider, "find">,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, PaymentState>> {
  const found = new Map<string, PaymentState>();
  for (let from = 0; from < orderIds.length; from += askedAtOnce)
    await Promise.all(
      orderIds.slice(from, from + askedAtOnce).map(async (id) => void found.set(id, await payments.find(id))),
    );
  return found;
}

/** Where the log forgets, the store alone tells what was sold: all of it must be paid, and nothing more given back than was decided. */
async function checkStoredMoney(
  { stored, payments }: VerifySettings,
  findings: Findings,
  conflicts: ReadonlySet<string>,
): Promise<void> {
  for (let after = ""; ;) {
    const rows = await stored.page(after, pageSize);
    const sales = await stored.byIds(rows.map(({ id }) => id));
    const due = [...sales.values()].filter(
      ({ order }) => order.status === "confirmed" && order.total_minor > 0 && !conflicts.has(order.id),
    );
    const found = await findAll(
      payments,
      due.map(({ order }) => order.id),
    );
    for (const { order, refunds } of due) {
      findings.examined("money");
      const payment = found.get(order.id) ?? { state: "absent" };
      if (payment.state === "authorised") findings.underWay("money");
      else if (payment.state !== "captured")
        findings.violated("money", `Order ${order.id} is sold, but its payment is ${payment.state}.`);
      else {
        const done = refunds.reduce((sum, refund) => sum + (refund.status === "done" ? refund.amount_minor : 0), 0);
        if (payment.amountMinor !== order.total_minor)
          findings.violated(
            "money",
            `Order ${order.id} costs ${order.total_minor}, but ${payment.amountMinor} is paid.`,
          );
        if (payment.refundedMinor < done)
          findings.violated(
            "money",
            `Order ${order.id}: ${done} was to be given back, but only ${payment.refundedMinor} was.`,
          );
      }
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < pageSize) return;
  }
}
