// Tickets that move to other places of their showing: what they leave is free, and what they come to is sold, in one decision.

import type { Move } from "../../domain/orders.ts";
import { activePlaces, impossibleTargets, isSameMove } from "../orders.ts";
import type { InventoryOrder, MoveRefusal, MoveRequest } from "../port.ts";
import type { Core } from "./core.ts";
import type { Payments } from "./payments.ts";
import { InvariantBroken, type ShowingState } from "./showing-state.ts";

export async function moveTickets(
  core: Core,
  payments: Payments,
  request: MoveRequest,
): Promise<InventoryOrder | MoveRefusal> {
  const { orderId, moveId, now } = request;
  const decided = payments.ofOrder<InventoryOrder | MoveRefusal>(orderId, (order) => {
    const made = order.moves?.find((move) => move.moveId === moveId);
    if (made) return isSameMove(made, request) ? order : { refusal: "move_id_reused" };
    const { showingId } = order.draft;
    const state = core.known(showingId);
    if (!state) throw new InvariantBroken(`order ${orderId} is of ${showingId}, which nobody touched`);
    const refusal = refusalOf(order, state, request);
    if (refusal) return refusal;
    payments.write(showingId, orderId, { kind: "moved", at: now, orderId, move: moveOf(order, state, request) });
    return core.order(orderId) ?? order;
  });
  await payments.durable(orderId);
  return decided;
}

function refusalOf(order: InventoryOrder, state: ShowingState, request: MoveRequest): MoveRefusal | undefined {
  const [from, to] = [request.moves.map((move) => move.from), request.moves.map((move) => move.to)];
  const active = new Set(activePlaces(order));
  const gone = from.filter((place, index) => !active.has(place) || from.indexOf(place) !== index);
  if (gone.length > 0 || from.length === 0) return { refusal: "ticket_void", places: gone };
  const used = from.filter((place) => state.admissions.has(place));
  if (used.length > 0) return { refusal: "ticket_used", places: used };
  if (state.closed) return { refusal: "showing_cancelled" };
  const impossible = new Set(impossibleTargets(order, request));
  const taken = to.filter((place) => impossible.has(place) || !(state.is(place, "free") || from.includes(place)));
  return taken.length > 0 ? { refusal: "seats_taken", places: [...new Set(taken)] } : undefined;
}

function moveOf(order: InventoryOrder, state: ShowingState, { moveId, moves, now }: MoveRequest): Move {
  return {
    moveId,
    from: moves.map(({ from }) => from),
    to: moves.map(({ to }) => to),
    seats: moves.map(({ seat, section }) => ({ seat, section })),
    left: moves.map(({ from }) => order.generations[order.places.indexOf(from)] ?? 1),
    generations: moves.map(({ to }) => (state.generations.get(to) ?? 0) + 1),
    at: now,
  };
}
