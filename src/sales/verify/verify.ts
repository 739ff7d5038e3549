// Do the sales log, the store and the payments tell the same story? Read in pages: memory does not grow with the log.

import type { PaymentProvider } from "../../payments/port.ts";
import type { StoredSales } from "../../store/verify-rows.ts";
import { Findings, type Check } from "./findings.ts";
import { allRefunded, tell, type History } from "./history.ts";
import { compareOrders } from "./orders.ts";
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
  for (let partition = 0; partition < history.partitions; partition += 1) {
    await replay({ history, findings, marks, wholeSince: now - keptMs, progress }, partition);
    await compareOrders({ history, stored, payments, findings, marks, conflicts, progress }, partition);
  }
  await checkStoreIsTold(settings, findings);
  await checkPayments(settings, findings, conflicts);
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
      const told = tell(await history.ofOrder(id));
      const forgotten = sequence < (await history.first(partition)) && starts_at < now - keptMs;
      findings.expect(
        "history",
        !!told || forgotten,
        () => `Order ${id} is in the store, but the sales log never told it.`,
      );
    }
    if (rows.length < pageSize) return;
  }
}

/** Every payment is read before its order: money that is taken must belong to a sale by then. */
async function checkPayments(
  { stored, history, payments }: VerifySettings,
  findings: Findings,
  conflicts: ReadonlySet<string>,
): Promise<void> {
  for await (const { orderId, state } of payments.list(0)) {
    findings.examined("refunds");
    if (state.state !== "captured" && state.state !== "authorised") continue;
    const told = tell(await history.nowOfOrder(orderId));
    const row = told ? undefined : (await stored.byIds([orderId])).get(orderId);
    const status = told?.status ?? row?.order.status;
    if (state.state === "authorised") {
      if (status !== "confirmed") findings.underWay("money");
      continue;
    }
    if (status !== "confirmed" && status !== "conflict")
      findings.violated(
        "money",
        `${state.amountMinor} was taken for order ${orderId}, which is ${status ?? "unknown"}.`,
      );
    if (state.refundedMinor > state.amountMinor)
      findings.violated("refunds", `Order ${orderId} got ${state.refundedMinor} back of ${state.amountMinor}.`);
    if (told && !conflicts.has(orderId) && state.refundedMinor > allRefunded(told))
      findings.violated(
        "refunds",
        `Order ${orderId} got ${state.refundedMinor} back, but ${allRefunded(told)} was decided.`,
      );
  }
}
