// Move a buyer to other seats of the same showing, at no charge: all of the named tickets or none, in one decision of the inventory.

import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { refusedFor } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import type { MoveRefusal, MoveRequest } from "../inventory/port.ts";
import { showingOf, throwCommon, type SalesDeps } from "./deps.ts";
import { viewOf } from "./order-view.ts";
import { orderOfSeller } from "./refund.ts";
import type { MoveInput, OrderView } from "./sales.ts";

/**
 * Moves tickets of an order of a seller. What was paid stays what was paid, whatever the new seats cost; the tickets of before are
 * void, and the buyer is sent the new ones. The same move id moves once; for other seats it refuses `move_id_reused`. Neither the
 * limits of buyers nor the rule of single seats apply to a seller.
 */
export async function moveSeats(deps: SalesDeps, input: MoveInput): Promise<OrderView> {
  const { orderId, sellerId, moveId, actor } = input;
  const order = await orderOfSeller(deps, orderId, sellerId);
  const showing = await showingOf(deps, order.draft.showingId);
  const { layout } = await deps.catalogue.seatMap(showing.seatMapId);
  const moves = movesOf(layout, input.moves);
  deps.reached("before:move");
  const moved = await deps.inventory.moveTickets({ orderId, moveId, moves, now: inTime(deps, showing) });
  deps.reached("after:move");
  if ("refusal" in moved) return refuse(moved, layout.names);
  await deps.audit.append({
    actor,
    action: "order.moved",
    subject: `order:${orderId}`,
    details: { moveId, moves: input.moves },
  });
  return viewOf(moved);
}

type Layout = CompiledSeatMap["layout"];

/** Now, or `showing_over`: latecomers may still be moved while it lasts. */
function inTime(deps: Pick<SalesDeps, "clock">, { endsAt }: Showing): number {
  const now = deps.clock();
  if (now > endsAt) throw refusedFor("showing_over", { code: "move-over" });
  return now;
}

/** The moves by place, in one order however they were named. */
function movesOf(layout: Layout, named: MoveInput["moves"]): MoveRequest["moves"] {
  if (named.length === 0) throw refusedFor("invalid_request", { code: "no-move" }, { field: "moves" });
  const seen = { from: new Set<number>(), to: new Set<number>() };
  const once = (side: "from" | "to", index: number): number => {
    const seat = named[index]?.[side] ?? "";
    const field = `moves.${index}.${side}`;
    const place = layout.placeOf.get(seat);
    if (place === undefined) throw new Refusal("seat_unknown", `There is no seat ${seat} here.`, { field });
    if (seen[side].has(place)) throw new Refusal("seat_unknown", `Seat ${seat} is named twice.`, { field });
    seen[side].add(place);
    return place;
  };
  const moves = named.map(({ from: old, to: seat }, index) => {
    const [from, to] = [once("from", index), once("to", index)];
    const field = `moves.${index}.to`;
    if (from === to) throw refusedFor("invalid_request", { code: "same-seat", seat }, { field });
    const section = layout.sectionOf(to);
    if (layout.sectionOf(from).kind !== section.kind)
      throw refusedFor("invalid_request", { code: "seat-for-standing", from: old, to: seat }, { field });
    return { from, to, seat, section: section.id };
  });
  return moves.toSorted((a, b) => a.from - b.from);
}

function refuse(refused: MoveRefusal, names: readonly string[]): never {
  const seats = "places" in refused ? refused.places.map((place) => names[place] ?? "") : [];
  const list = seats.join(", ");
  switch (refused.refusal) {
    case "move_id_reused":
      throw new Refusal("move_id_reused", "This move id stands for another move of the order. Load the page again.");
    case "ticket_void":
      throw new Refusal("ticket_void", `The order has no valid ticket for these seats: ${list}.`, { seats });
    case "ticket_used":
      throw new Refusal("ticket_used", `Somebody was let in with these tickets: ${list}.`, { seats });
    case "showing_cancelled":
      throw new Refusal("showing_cancelled", "The showing is cancelled: its tickets are given back.");
    case "seats_taken":
      throw refusedFor("seats_taken", { code: "seats-not-free", seats: list }, { seats, field: "moves" });
    default:
      return throwCommon(refused);
  }
}
