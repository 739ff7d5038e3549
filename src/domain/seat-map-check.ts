// What is wrong with a seat map, each fault with the place where it lies: the same for whoever draws one and for whoever takes it.

import { seatMapLimits, type Seat, type SeatedSection, type SeatMap, type Section } from "./seat-map.ts";

/** Where a fault lies, by position in the document; nothing means the map as a whole. */
export interface FaultPlace {
  section?: number;
  row?: number;
  seat?: number;
}

/** `name` and `count` are what the sentence about it needs. */
export interface SeatMapFault extends FaultPlace {
  code: SeatMapFaultCode;
  name?: string;
  count?: number;
  /** The other one, where two things do not go together. */
  other?: FaultPlace;
}

export type SeatMapFaultCode =
  | "no-sections"
  | "too-many-sections"
  | "too-many-places"
  | "map-name"
  | "map-size"
  | "focus-outside"
  | "stage-outside"
  | "section-code"
  | "section-code-twice"
  | "section-name"
  | "section-empty"
  | "section-colour"
  | "section-rank"
  | "too-many-rows"
  | "capacity"
  | "outline"
  | "outline-outside"
  | "row-name"
  | "row-empty"
  | "row-long"
  | "seat-name"
  | "seat-twice"
  | "seat-outside"
  | "seats-overlap";

/** Middles of seats that are nearer than this overlap: no seat is so narrow. */
export const seatsApart = 30;

/** Of one kind in one section: one that was pushed out of the drawing is one message, not four hundred. */
const mostAlike = 3;

/** Everything that keeps a seat map from being sold by, in the order of the document. An empty list means that it compiles. */
export function seatMapFaults(map: SeatMap): SeatMapFault[] {
  const faults = [...mapFaults(map)];
  const near = new Crowd();
  const names = new Map<string, FaultPlace>();
  const codes = new Map<string, number>();
  for (const [index, section] of map.sections.entries()) {
    const own = sectionFaults(map, section);
    const before = codes.get(section.id);
    if (before !== undefined) own.push({ code: "section-code-twice", name: section.id, other: { section: before } });
    else codes.set(section.id, index);
    if (section.kind === "seats") own.push(...seatFaults(map, section, index, names, near));
    faults.push(...fewOfEach(own).map((fault) => ({ ...fault, section: index })));
  }
  return faults;
}

function placesOf(section: Section): number {
  return section.kind === "standing" ? section.capacity : section.rows.reduce((sum, row) => sum + row.seats.length, 0);
}

function* mapFaults(map: SeatMap): Iterable<SeatMapFault> {
  const { name, width, height, focus, stage, sections } = map;
  const places = sections.reduce((sum, section) => sum + placesOf(section), 0);
  const { side } = seatMapLimits;
  if (name.length < 1 || name.length > 80) yield { code: "map-name" };
  if (!(width >= 100 && width <= side && height >= 100 && height <= side)) yield { code: "map-size" };
  if (!inside(map, focus.x, focus.y)) yield { code: "focus-outside" };
  const onMap = inside(map, stage.x, stage.y) && inside(map, stage.x + stage.width, stage.y + stage.height);
  if (!onMap || stage.width < 0 || stage.height < 0) yield { code: "stage-outside" };
  if (sections.length === 0) yield { code: "no-sections" };
  if (sections.length > seatMapLimits.sections) yield { code: "too-many-sections", count: sections.length };
  if (places > seatMapLimits.places) yield { code: "too-many-places", count: places };
}

function sectionFaults(map: SeatMap, section: Section): SeatMapFault[] {
  const faults: SeatMapFault[] = [];
  const { id, name, rank, outline, colour } = section;
  const add = (code: SeatMapFaultCode, wrong: boolean) => wrong && faults.push({ code, name: id });
  add("section-code", !/^[A-Z0-9]{1,8}$/.test(id));
  add("section-name", name.length < 1 || name.length > 60);
  add("section-rank", !Number.isInteger(rank) || rank < 0 || rank > 10_000);
  add("section-colour", colour !== undefined && !(Number.isInteger(colour) && colour >= 1 && colour <= 8));
  if (section.kind === "standing") {
    const { capacity } = section;
    add("capacity", !Number.isInteger(capacity) || capacity < 1 || capacity > seatMapLimits.places);
  } else {
    add("section-empty", placesOf(section) === 0);
    add("too-many-rows", section.rows.length > seatMapLimits.rows);
    if (placesOf(section) === 0) return faults;
  }
  add("outline", outline.length < 3 || outline.length > 200);
  add("outline-outside", !outline.every(([x, y]) => inside(map, x, y)));
  return faults;
}

function seatFaults(
  map: SeatMap,
  section: SeatedSection,
  index: number,
  names: Map<string, FaultPlace>,
  near: Crowd,
): SeatMapFault[] {
  const faults: SeatMapFault[] = [];
  for (const [row, { name, seats }] of section.rows.entries()) {
    if (name.length < 1 || name.length > 12) faults.push({ code: "row-name", row, name });
    if (seats.length === 0 && section.rows.length > 1) faults.push({ code: "row-empty", row, name });
    if (seats.length > seatMapLimits.seatsInRow) faults.push({ code: "row-long", row, name, count: seats.length });
    for (const [at, seat] of seats.entries()) {
      const place = { section: index, row, seat: at };
      const fault = seatFault(map, seat, names.get(seat.name), near.nearest(seat));
      if (fault) faults.push({ ...fault, row, seat: at, name: seat.name });
      if (!names.has(seat.name)) names.set(seat.name, place);
      near.add(seat, place);
    }
  }
  return faults;
}

function seatFault(
  map: SeatMap,
  { name, x, y }: Seat,
  twin: FaultPlace | undefined,
  near: FaultPlace | undefined,
): SeatMapFault | undefined {
  // No "#": it parts a standing area from the place's number.
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/.test(name)) return { code: "seat-name" };
  if (!inside(map, x, y)) return { code: "seat-outside" };
  if (twin) return { code: "seat-twice", other: twin };
  return near && { code: "seats-overlap", other: near };
}

/** Of a kind that there are many of only the first, which says how many. */
function fewOfEach(faults: readonly SeatMapFault[]): SeatMapFault[] {
  const codes = [...new Set(faults.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const alike = faults.filter((fault) => fault.code === code);
    const [first] = alike;
    return first && alike.length > mostAlike ? [{ ...first, count: alike.length }] : alike;
  });
}

function inside({ width, height }: SeatMap, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** Seats by where they stand, in squares twice as wide as they need: what overlaps is in four of them at most. */
class Crowd {
  readonly #places: FaultPlace[] = [];
  readonly #seats: Seat[] = [];
  /** Of each square the seat that came last, and of each seat the one before it in its square. */
  readonly #last = new Map<number, number>();
  readonly #before: number[] = [];

  add(seat: Seat, place: FaultPlace): void {
    const square = squareOf(Math.floor(seat.x / squareSide), Math.floor(seat.y / squareSide));
    this.#before.push(this.#last.get(square) ?? -1);
    this.#last.set(square, this.#seats.length);
    this.#seats.push(seat);
    this.#places.push(place);
  }

  /** A seat that overlaps one here. */
  nearest({ x, y }: Seat): FaultPlace | undefined {
    const [left, right] = [Math.floor((x - seatsApart) / squareSide), Math.floor((x + seatsApart) / squareSide)];
    const [top, bottom] = [Math.floor((y - seatsApart) / squareSide), Math.floor((y + seatsApart) / squareSide)];
    for (let column = left; column <= right; column += 1) {
      for (let line = top; line <= bottom; line += 1) {
        for (let at = this.#last.get(squareOf(column, line)) ?? -1; at >= 0; at = this.#before[at] ?? -1) {
          const other = this.#seats[at];
          if (other && Math.hypot(other.x - x, other.y - y) < seatsApart) return this.#places[at];
        }
      }
    }
    return undefined;
  }
}

const squareSide = 2 * seatsApart;

function squareOf(column: number, line: number): number {
  return column * 1_000_003 + line;
}
