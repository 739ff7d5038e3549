// What a seller may choose from to move a buyer: the free seats of a section, and which of them are nearest and equal.

import type { CompiledSeatMap, Showing } from "../../../catalogue/model.ts";
import { alternativeTo, type Loss } from "../../../domain/alternative.ts";
import { freeIn } from "../../../domain/packed-seat-map.ts";
import { priceOf } from "../../../domain/pricing.ts";
import type { Row, Seat, SeatedSection } from "../../../domain/seat-map.ts";
import type { OrderView } from "../../../sales/sales.ts";
import { packedSeats } from "../../seats.ts";

/** More seats in a list than this help nobody: the nearest ones do. */
const mostSeats = 600;

/** A room with an order in it. */
export interface MoveRoom {
  showing: Showing;
  room: CompiledSeatMap;
  states: string;
  /** Tickets that may move: valid ones, for seats, of people who are not inside yet. */
  tickets: OrderView["tickets"];
  /** Valid ones for seats that may not: somebody was let in with them. */
  admitted: OrderView["tickets"];
  /** Valid ones that may not: for standing places. */
  standing: number;
  /** Places that this order gave back: no ticket of it returns there. */
  back: ReadonlySet<number>;
}

/** `inside`: the seats whose tickets were scanned. */
export function moveRoom(
  order: OrderView,
  showing: Showing,
  room: CompiledSeatMap,
  states: string,
  inside: ReadonlySet<string>,
): MoveRoom {
  const active = order.tickets.filter(({ status }) => status === "active");
  const seated = active.filter(({ place }) => room.layout.sectionOf(place).kind === "seats");
  const [tickets, admitted] = [
    seated.filter(({ seat }) => !inside.has(seat)),
    seated.filter(({ seat }) => inside.has(seat)),
  ];
  const back = new Set(order.tickets.flatMap(({ status, place }) => (status === "void" ? [place] : [])));
  return { showing, room, states, tickets, admitted, standing: active.length - seated.length, back };
}

/** The place of each ticket's new seat, neighbours still neighbours; undefined if there are none. In one section only, if it is named. */
export function nearestEqual(of: MoveRoom, section?: SeatedSection): readonly number[] | undefined {
  const { showing, room, states, tickets, back } = of;
  const { seats } = packedSeats(room.map);
  const free = freeIn(states);
  const tiers = [...new Set(tickets.map(({ tier }) => tier))];
  const priceIn = (at: number, tier: string) =>
    priceOf(showing.prices, room.layout.sections[at]?.id ?? "", tier, "")?.totalMinor;
  const loss: Omit<Loss, "strandRule"> = {
    wanted: tickets.map(({ place }) => place),
    isFree: (place) => free(place) && !back.has(place) && (!section || room.layout.sectionOf(place).id === section.id),
    samePrice: (one, other) =>
      section !== undefined || tiers.every((tier) => priceIn(one, tier) === priceIn(other, tier)),
  };
  // A single seat is better not left over, but a seller may.
  return alternativeTo(seats, { ...loss, strandRule: true }) ?? alternativeTo(seats, { ...loss, strandRule: false });
}

export interface RowChoice {
  row: Row;
  seats: readonly { seat: Seat; own: boolean }[];
}

/** Seats of a section to choose from, by row: free ones, and those that another ticket of the order may leave. */
export function choiceIn(
  { room, states, tickets, back }: MoveRoom,
  section: SeatedSection,
  near: number,
): { rows: readonly RowChoice[]; left: boolean } {
  const { seats } = packedSeats(room.map);
  const own = new Set(tickets.map(({ place }) => place));
  const isFree = freeIn(states);
  const far = (place: number) =>
    ((seats.x[place] ?? 0) - (seats.x[near] ?? 0)) ** 2 + ((seats.y[place] ?? 0) - (seats.y[near] ?? 0)) ** 2;
  const placeOf = (seat: Seat) => room.layout.placeOf.get(seat.name) ?? -1;
  const open = section.rows
    .flatMap((row) => row.seats.map(placeOf))
    .filter((place) => own.has(place) || (isFree(place) && !back.has(place)));
  const kept = new Set(open.toSorted((a, b) => far(a) - far(b)).slice(0, mostSeats));
  const rows = section.rows.flatMap((row) => {
    const chosen = row.seats.filter((seat) => kept.has(placeOf(seat)));
    return chosen.length === 0 ? [] : [{ row, seats: chosen.map((seat) => ({ seat, own: own.has(placeOf(seat)) })) }];
  });
  return { rows, left: open.length > kept.size };
}
