// Orders between the port and the function library.

import type { Refund } from "../../domain/orders.ts";
import { activePlaces } from "../orders.ts";
import type { Intent, InventoryOrder } from "../port.ts";
import type { Reply } from "./link.ts";

interface OrderParts {
  intent: string;
  status: string;
  sequence: string;
  paymentId: string;
  reason: string;
  cancelling: string;
  /** `b` (begun) or `d` (done), then the refund's JSON. */
  refunds: readonly string[];
}

function toOrder(parts: OrderParts, known?: Intent): InventoryOrder {
  const { intent, status, sequence, paymentId, reason, cancelling, refunds } = parts;
  return {
    ...(intent === "" && known ? known : (JSON.parse(intent) as Intent)),
    status: status as InventoryOrder["status"],
    refunds: refunds.map(toRefund),
    ...(sequence === "" ? {} : { sequence: Number(sequence) }),
    ...(paymentId === "" ? {} : { paymentId }),
    ...(reason === "" ? {} : { reason }),
    ...(cancelling === "" ? {} : { cancelling: true }),
  };
}

function toRefund(text: string): Refund {
  return { ...(JSON.parse(text.slice(1)) as Refund), status: text.startsWith("d") ? "done" : "begun" };
}

/** The order that a function answered; it leaves the intent out where the caller said that it has it. */
export function orderOfReply(reply: Reply, known?: Intent): InventoryOrder {
  const [, intent = "", status = "", sequence = "", paymentId = "", reason = "", cancelling = "", , ...pairs] = reply;
  const refunds = pairs.filter((_, index) => index % 2 === 1);
  return toOrder({ intent, status, sequence, paymentId, reason, cancelling, refunds }, known);
}

/** An order as it is kept, and the position of its last entry in the log. */
export function orderOfRecord(
  record: Readonly<Record<string, string>>,
): { order: InventoryOrder; last: number } | undefined {
  const { i: intent, st: status = "", q = "", pay = "", why = "", c = "", ri = "", l = "0" } = record;
  if (intent === undefined) return undefined;
  const refunds = ri === "" ? [] : ri.split(",").map((id) => record[`rf:${id}`] ?? "b{}");
  const parts = { intent, status, sequence: q, paymentId: pay, reason: why, cancelling: c, refunds };
  return { order: toOrder(parts), last: Number(l) };
}

/** Fields and values of an order's record, to be brought back as it stands. */
export function recordOfOrder(order: InventoryOrder, last: number): string[] {
  const { status, refunds, sequence, paymentId, reason, cancelling, ...intent } = order;
  const fields: Record<string, string> = {
    i: JSON.stringify(intent satisfies Intent),
    f: order.fingerprint,
    y: order.draft.showingId,
    d: order.holdId,
    w: order.holder,
    n: order.network,
    p: order.places.join(),
    g: order.generations.join(),
    t: JSON.stringify(order.terms),
    st: status,
    q: sequence === undefined ? "" : String(sequence),
    pay: paymentId ?? "",
    why: reason ?? "",
    c: cancelling ? "1" : "",
    tot: String(order.draft.totalMinor),
    av: activePlaces(order).join(),
    ra: String(refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)),
    ri: refunds.map(({ refundId }) => refundId).join(),
    l: String(last),
  };
  for (const refund of refunds)
    fields[`rf:${refund.refundId}`] = (refund.status === "done" ? "d" : "b") + JSON.stringify(refund);
  return Object.entries(fields).flat();
}
