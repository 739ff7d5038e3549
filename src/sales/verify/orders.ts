// Holds every order of the sales log against what the store has of it, and against its payment.

import type { LogBody } from "../../inventory/port.ts";
import type { PaymentProvider, PaymentState } from "../../payments/port.ts";
import type { StoredSale, StoredSales } from "../../store/verify-rows.ts";
import type { Findings } from "./findings.ts";
import { doneRefunded, tell, type History, type ToldOrder } from "./history.ts";

export interface OrderSettings {
  history: History;
  stored: StoredSales;
  payments: Pick<PaymentProvider, "find">;
  findings: Findings;
  marks: ReadonlyMap<number, { sequence: number }>;
  /** Orders that lost their seats to another (R7): their money must be back. */
  conflicts: ReadonlySet<string>;
  progress(entries: number): void;
}

const pageSize = 300;

/** Goes through the orders and admissions of one partition's log. */
export async function compareOrders(settings: OrderSettings, partition: number): Promise<void> {
  const { history, stored, marks } = settings;
  const mark = marks.get(partition)?.sequence ?? 0;
  let after = Math.max(0, (await history.first(partition)) - 1);
  for (;;) {
    const entries = await history.read(partition, after, pageSize);
    const last = entries.at(-1);
    if (!last) return;
    after = last.sequence;
    const intents = entries.flatMap(({ body, sequence }) =>
      body.kind === "intent" ? [{ orderId: body.order.orderId, sequence }] : [],
    );
    const admissions = entries.flatMap(({ body, sequence }) =>
      body.kind === "admitted" && sequence <= mark ? [body] : [],
    );
    const ids = [...intents.map(({ orderId }) => orderId), ...admissions.map(({ ticketId }) => orderOf(ticketId))];
    const rows = await stored.byIds([...new Set(ids)]);
    for (const { orderId, sequence } of intents)
      await compareOrder(settings, orderId, sequence <= mark ? rows.get(orderId) : "not yet", mark);
    for (const admission of admissions)
      compareAdmission(settings.findings, admission, rows.get(orderOf(admission.ticketId)));
    settings.progress(entries.length);
  }
}

const orderOf = (ticketId: string) => ticketId.slice(0, ticketId.lastIndexOf("."));

async function compareOrder(
  { history, payments, findings, conflicts }: OrderSettings,
  orderId: string,
  row: StoredSale | "not yet" | undefined,
  mark: number,
): Promise<void> {
  const entries = await history.ofOrder(orderId);
  const told = tell(entries);
  const applied = tell(entries, mark);
  if (!told) return;
  findings.expect("oneAnswer", told.faults.length === 0, () => `Order ${orderId} ${told.faults.join(", and ")}.`);
  if (row === "not yet") findings.underWay("tickets");
  else if (!row || !applied)
    findings.expect("tickets", false, () => `Order ${orderId} is in the sales log, but the store lacks it.`);
  else if (conflicts.has(orderId)) findings.violated("oneTicket", `Order ${orderId} lost its seats to another order.`);
  else compareRow(findings, applied, row);
  const payment = await payments.find(orderId);
  compareMoney(findings, told, payment, conflicts.has(orderId));
}

function compareRow(findings: Findings, told: ToldOrder, { order, tickets, refunds, moves }: StoredSale): void {
  const { draft } = told;
  const name = `Order ${order.id}`;
  findings.expect(
    "history",
    order.status === told.status,
    () => `${name} is ${order.status} in the store and ${told.status} in the sales log.`,
  );
  const same =
    order.total_minor === draft.totalMinor &&
    order.currency === draft.currency &&
    order.showing_id === draft.showingId &&
    order.account_id === (draft.accountId ?? null) &&
    order.email === draft.buyer.email;
  findings.expect("history", same, () => `${name} says other things in the store than in the sales log.`);
  const wanted = told.status === "confirmed" || told.status === "paying" ? told.places : [];
  const seats = new Map(tickets.map((ticket) => [ticket.place, ticket]));
  findings.examined("tickets");
  if (seats.size !== wanted.length)
    findings.violated(
      "tickets",
      `${name} is ${told.status} with ${wanted.length} places, but has ${seats.size} tickets.`,
    );
  for (const [index, place] of wanted.entries()) {
    const status = told.status === "paying" ? "paying" : told.gone.has(place) ? "void" : "active";
    const ticket = seats.get(place);
    if (ticket?.status !== status || ticket.generation !== told.generations[index])
      findings.violated(
        "tickets",
        `${name}: the ticket of place ${place} is ${ticket?.status ?? "missing"}, not ${status}.`,
      );
  }
  const refundRows = new Map(refunds.map((refund) => [refund.id, refund]));
  const agree =
    refundRows.size === told.refunds.size &&
    [...told.refunds].every(([id, { amountMinor, done }]) => {
      const row = refundRows.get(id);
      return row?.amount_minor === amountMinor && row.status === (done ? "done" : "begun");
    });
  findings.expect("history", agree, () => `${name} has other refunds in the store than in the sales log.`);
  const moved = new Map(moves.map(({ id, document }) => [id, document]));
  findings.expect(
    "history",
    moved.size === told.moves.size && [...told.moves].every(([id, move]) => moved.get(id) === JSON.stringify(move)),
    () => `${name} has other moves in the store than in the sales log.`,
  );
}

/** The log was read before the payment: what is sold there must be paid, or about to be. */
function compareMoney(findings: Findings, told: ToldOrder, payment: PaymentState, lost: boolean): void {
  const { draft, status } = told;
  const name = `Order ${draft.orderId}`;
  findings.examined("money");
  for (const [refundId, { places, amountMinor }] of told.refunds) {
    const worth = places.reduce((sum, place) => sum + (draft.lines[told.places.indexOf(place)]?.totalMinor ?? 0), 0);
    if (worth !== amountMinor)
      findings.violated("money", `${name}: refund ${refundId} gives ${amountMinor} back for seats that cost ${worth}.`);
  }
  if (status === "paying") return findings.underWay("money");
  if (status !== "confirmed" || draft.totalMinor === 0) return;
  if (payment.state !== "captured" && payment.state !== "authorised")
    return findings.violated("money", `${name} is sold, but its payment is ${payment.state}.`);
  if (payment.amountMinor !== draft.totalMinor || payment.currency !== draft.currency)
    findings.violated(
      "money",
      `${name} costs ${draft.totalMinor} ${draft.currency}, but ${payment.amountMinor} ${payment.currency} is paid.`,
    );
  if (payment.state === "authorised") return findings.underWay("money");
  const back = lost ? draft.totalMinor : doneRefunded(told);
  if (payment.refundedMinor < back)
    findings.violated("money", `${name}: ${back} was to be given back, but only ${payment.refundedMinor} was.`);
}

function compareAdmission(
  findings: Findings,
  { ticketId, place, at, gate }: Extract<LogBody, { kind: "admitted" }>,
  row: StoredSale | undefined,
): void {
  const ticket = row?.tickets.find((candidate) => candidate.place === place);
  findings.expect(
    "admittedOnce",
    ticket?.admitted_at === at && ticket.gate === gate,
    () => `Ticket ${ticketId} was admitted at ${gate}, but the store says otherwise.`,
  );
}
