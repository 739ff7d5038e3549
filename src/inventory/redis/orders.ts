// Orders between the port and the function library.

import type { Move, Refund } from "../../domain/orders.ts";
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
  /** Refunds, `b` (begun) or `d` (done) and then its JSON each; and moves, `m` and then its JSON. */
  after: readonly string[];
}

function toOrder(parts: OrderParts, known?: Intent): InventoryOrder {
  const { intent, status, sequence, paymentId, reason, cancelling, after } = parts;
  const moves = after.flatMap((text) => (text.startsWith("m") ? [JSON.parse(text.slice(1)) as Move] : []));
  return {
    ...(intent === "" && known ? known : (JSON.parse(intent) as Intent)),
    status: status as InventoryOrder["status"],
    refunds: after.filter((text) => !text.startsWith("m")).map(toRefund),
    ...(moves.length === 0 ? {} : { moves }),
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
  const after = pairs.filter((_, index) => index % 2 === 1);
  return toOrder({ intent, status, sequence, paymentId, reason, cancelling, after }, known);
}

/** An order as it is kept, and the position of its last entry in the log. */
export function orderOfRecord(
  record: Readonly<Record<string, string>>,
): { order: InventoryOrder; last: number } | undefined {
  const { i: intent, st: status = "", q = "", pay = "", why = "", c = "", ri = "", mi = "", l = "0" } = record;
  if (intent === undefined) return undefined;
  const named = (ids: string, kind: string) => (ids === "" ? [] : ids.split(",").map((id) => record[`${kind}:${id}`]));
  const after = [...named(ri, "rf"), ...named(mi, "mv")].filter((text) => text !== undefined);
  const parts = { intent, status, sequence: q, paymentId: pay, reason: why, cancelling: c, after };
  return { order: toOrder(parts), last: Number(l) };
}

/** Fields and values of an order's record, to be brought back as it stands. */
export function recordOfOrder(order: InventoryOrder, last: number): string[] {
  const { status, refunds, moves = [], sequence, paymentId, reason, cancelling, ...intent } = order;
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
    mi: moves.map(({ moveId }) => moveId).join(),
    l: String(last),
  };
  for (const move of moves) fields[`mv:${move.moveId}`] = `m${JSON.stringify(move)}`;
  for (const refund of refunds)
    fields[`rf:${refund.refundId}`] = (refund.status === "done" ? "d" : "b") + JSON.stringify(refund);
  return Object.entries(fields).flat();
}
