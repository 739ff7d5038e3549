// What an order becomes by the entries of the sales log: used by the inventory and the worker alike.

import type { Move } from "../domain/orders.ts";
import type { HoldTerms, InventoryOrder, LogBody, MoveRequest } from "./port.ts";

/** Entries that speak of one order. */
export type OrderBody = Extract<
  LogBody,
  { kind: "intent" | "sale" | "declined" | "cancelled" | "refund-begun" | "refund-done" | "moved" }
>;

export function isOrderBody(body: LogBody): body is OrderBody {
  return "order" in body || "orderId" in body;
}

/** The order after one more entry. Throws if the log tells of an order that it never began, which no log does. */
export function foldOrder(order: InventoryOrder | undefined, body: OrderBody, sequence: number): InventoryOrder {
  if (body.kind === "intent") return { ...body.order, status: "paying", refunds: [] };
  if (!order) throw new Error(`the sales log has a ${body.kind} of ${body.orderId} without its intent`);
  switch (body.kind) {
    case "sale":
      return { ...order, status: "confirmed", sequence, paymentId: body.paymentId };
    case "declined":
    case "cancelled":
      return { ...order, status: body.kind, reason: body.reason };
    case "refund-begun":
      return { ...order, refunds: [...order.refunds, body.refund] };
    case "refund-done":
      return {
        ...order,
        refunds: order.refunds.map((refund) =>
          refund.refundId === body.refundId ? { ...refund, status: "done" } : refund,
        ),
      };
    case "moved":
      return movedOrder(order, body.move);
  }
}

/** The order once its tickets have moved. */
export function movedOrder(order: InventoryOrder, move: Move): InventoryOrder {
  const indexOf = new Map(move.from.map((place, index) => [place, index]));
  const at = (place: number) => indexOf.get(place) ?? -1;
  const lines = order.draft.lines.map((line, index) => ({ ...line, ...move.seats[at(order.places[index] ?? -1)] }));
  return {
    ...order,
    places: order.places.map((place) => move.to[at(place)] ?? place),
    generations: order.generations.map((last, index) => move.generations[at(order.places[index] ?? -1)] ?? last),
    draft: { ...order.draft, lines },
    moves: [...(order.moves ?? []), move],
  };
}

/** Whether a move that was made is the one that is asked for. */
export function isSameMove(made: Pick<Move, "from" | "to">, { moves }: Pick<MoveRequest, "moves">): boolean {
  const [from, to] = [moves.map((each) => each.from), moves.map((each) => each.to)];
  return made.from.join() === from.join() && made.to.join() === to.join();
}

/** Places that no ticket of an order may move to: named twice, or the order's own, unless another of its tickets leaves them. */
export function impossibleTargets(order: InventoryOrder, { moves }: Pick<MoveRequest, "moves">): number[] {
  const leaves = new Set(moves.map(({ from }) => from));
  const own = new Set(order.places.filter((place) => !leaves.has(place)));
  const targets = moves.map(({ to }) => to);
  const isStaying = (place: number, index: number) => own.has(place) || moves[index]?.from === place;
  return targets.filter((place, index) => isStaying(place, index) || targets.indexOf(place) !== index);
}

/** Places of an order whose tickets are not void. */
export function activePlaces(order: InventoryOrder): number[] {
  if (order.status !== "confirmed") return [];
  const gone = new Set(order.refunds.flatMap((refund) => refund.places));
  return order.places.filter((place) => !gone.has(place));
}

/** Whether somebody still has to do something about it: find out its payment's outcome, or finish a refund. */
export function isUnfinished(order: InventoryOrder): boolean {
  return order.status === "paying" || order.refunds.some((refund) => refund.status === "begun");
}

/** The pinned prices of the sections in question only: an arena's whole list would be kilobytes in every order. */
export function trimmedTerms(terms: HoldTerms, sections: ReadonlySet<string>): HoldTerms {
  const tiers = terms.prices.tiers.map((tier) => {
    const kept: Record<string, number> = {};
    for (const section of sections) {
      const price = tier.sections[section];
      if (price !== undefined) kept[section] = price;
    }
    return { ...tier, sections: kept };
  });
  return { tiers: terms.tiers, prices: { ...terms.prices, tiers } };
}
