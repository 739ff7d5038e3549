// What the editor works on: a seat map cut into parts that never change. A change makes new parts where something changed and
// keeps all others, so that 20,000 seats are neither copied nor compared, and the drawing before is the undo.

import { seatNumbers, rowNames } from "../../domain/seat-map-numbering.ts";
import { layRow, readRow, type LaidRow, type Point } from "../../domain/seat-map-rows.ts";
import type { Numbering, RowShape, Seat, SeatMap } from "../../domain/seat-map.ts";

export type Corners = readonly (readonly [number, number])[];

export interface Drawing {
  name: string;
  width: number;
  height: number;
  focus: Point;
  stage: SeatMap["stage"];
  areas: readonly Area[];
  /** Number of the next key. */
  next: number;
}

export type Area = SeatedArea | StandingArea;

interface AreaBase {
  /** Names it as long as the editor is open. */
  key: string;
  /** The section's code. */
  id: string;
  name: string;
  rank: number;
  colour?: number;
}

export interface SeatedArea extends AreaBase {
  kind: "seats";
  rows: readonly DrawnRow[];
  numbering: Numbering;
  /** What seats' names begin with; undefined: the section's code where there are several sections. */
  prefix?: string | undefined;
  /** Undefined: drawn around the seats. */
  outline?: Corners | undefined;
}

export interface StandingArea extends AreaBase {
  kind: "standing";
  capacity: number;
  outline: Corners;
}

export interface DrawnRow {
  key: string;
  name: string;
  /** Where its seats count from. */
  x: number;
  y: number;
  /** As stated; see `lineOf`. */
  shape?: RowShape | undefined;
  seats: readonly DrawnSeat[];
}

export interface DrawnSeat {
  /** From the row's own position. */
  x: number;
  y: number;
  /** The last part of its name; the whole name where `verbatim`. */
  number: string;
  verbatim?: true;
  access?: NonNullable<Seat["access"]>;
  view?: NonNullable<Seat["view"]>;
  aisle?: true;
}

/** Rooms of one drawing that have not changed share what was worked out about them. */
function remembered<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>();
  return (key) => {
    let found = known.get(key);
    if (!found) known.set(key, (found = { value: work(key) }));
    return found.value;
  };
}

/** Where a row's seats stand in the drawing. */
export const seatPoints = remembered((row: DrawnRow): readonly Point[] =>
  row.seats.map((seat) => ({ x: row.x + seat.x, y: row.y + seat.y })),
);

/** The line that a row's seats stand on; undefined where they stand here and there. */
export const lineOf = remembered((row: DrawnRow): LaidRow | undefined =>
  row.seats.length === 0 ? undefined : readRow(seatPoints(row), row.shape),
);

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const noBox: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

export function join(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

export function boxOfPoints(points: Iterable<Point>): Box {
  let box = noBox;
  for (const { x, y } of points) box = join(box, { left: x, top: y, right: x, bottom: y });
  return box;
}

/** Around the middles of a row's seats. */
export const rowBox = remembered((row: DrawnRow): Box => boxOfPoints(seatPoints(row)));

/** Around the middles of an area's seats, or around a standing area. */
export const areaBox = remembered((area: Area): Box =>
  area.kind === "seats"
    ? area.rows.map(rowBox).reduce(join, noBox)
    : boxOfPoints(area.outline.map(([x, y]) => ({ x, y }))),
);

export function seatCount(area: Area): number {
  return area.kind === "standing" ? area.capacity : area.rows.reduce((sum, row) => sum + row.seats.length, 0);
}

export function placeCount({ areas }: Drawing): number {
  return areas.reduce((sum, area) => sum + seatCount(area), 0);
}

/** The same without some of its fields. */
export function without<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  ...names: readonly Name[]
): Omit<Whole, Name> {
  const rest = { ...whole };
  for (const name of names) delete rest[name];
  return rest;
}

/** A row on a line, with the seats that it had as far as they go and numbers still to be given to others. */
export function rowOnLine(row: Pick<DrawnRow, "key" | "name" | "seats">, line: LaidRow): DrawnRow {
  const points = layRow(line);
  const [x, y] = [Math.round(line.middle.x), Math.round(line.middle.y)];
  const seats = points.map((point, index): DrawnSeat => {
    const before: DrawnSeat = row.seats[index] ?? { x, y, number: "" };
    const aisle = index > 0 && ((line.gaps[index] ?? 0) > 0 || before.aisle === true);
    return { ...without(before, "aisle"), x: point.x - x, y: point.y - y, ...(aisle ? { aisle: true as const } : {}) };
  });
  return { key: row.key, name: row.name, x, y, shape: neatShape(line.shape), seats };
}

/** As it is written down: a hundredth is less than a millimetre in any room. */
export function neatShape({ spacing, angle, curve }: RowShape): RowShape {
  const turned = ((angle % 360) + 360) % 360;
  const hundredths = (value: number) => Math.round(value * 100) / 100;
  return {
    spacing: hundredths(spacing),
    angle: hundredths(turned > 180 ? turned - 360 : turned),
    curve: hundredths(curve),
  };
}

/** The area with the names that its schemes give; rows whose names stay are kept as they are. */
export function renumbered(area: SeatedArea): SeatedArea {
  const { rows: ofRows, seats: ofSeats } = area.numbering;
  const names = ofRows && rowNames(ofRows, area.rows.length);
  const numbersOf = new Map<number, readonly string[]>();
  let changed = false;
  const rows = area.rows.map((row, index) => {
    const name = names?.[index] ?? row.name;
    const count = row.seats.length;
    if (ofSeats && !numbersOf.has(count)) numbersOf.set(count, seatNumbers(ofSeats, count));
    const numbers = numbersOf.get(count);
    const fits = !numbers || row.seats.every((seat, at) => seat.number === numbers[at] && !seat.verbatim);
    if (name === row.name && fits) return row;
    changed = true;
    const named = (seat: DrawnSeat, at: number): DrawnSeat => ({
      ...without(seat, "verbatim"),
      number: numbers?.[at] ?? seat.number,
    });
    return { ...row, name, seats: fits ? row.seats : row.seats.map(named) };
  });
  return changed ? { ...area, rows } : area;
}

/** What the names of an area's seats begin with. */
export function prefixOf(drawing: Drawing, area: SeatedArea): string {
  return area.prefix ?? (drawing.areas.length > 1 ? `${area.id}-` : "");
}

/** The whole name of a seat. */
export function seatName(prefix: string, row: DrawnRow, seat: DrawnSeat): string {
  return seat.verbatim ? seat.number : `${prefix}${row.name}-${seat.number}`;
}
