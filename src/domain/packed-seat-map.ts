// A seat map for browsers: as small as it goes over the wire, and unpacked into arrays by place, ready to be drawn and searched.
// 20,000 seats are 680 kB as a document, 143 kB packed and 27 kB compressed.

import { rankRun, type IsFree, type RankedRun, type Run } from "./runs.ts";
import type { Seat, SeatMap } from "./seat-map.ts";

/** JSON-ready. Lengths are multiples of `unit`. */
export interface PackedSeatMap {
  unit: number;
  width: number;
  height: number;
  stage: { label: string; x: number; y: number; width: number; height: number };
  sections: readonly PackedSection[];
}

export interface PackedSection {
  id: string;
  name: string;
  /** Corners: x and y in turn. */
  outline: readonly number[];
  /** Of a standing area. */
  capacity?: number;
  rows?: readonly PackedRow[];
}

/** A row's seats by index, in walking order. */
export interface PackedRow {
  name: string;
  /** What all names of its seats begin with: `C-`. */
  prefix: string;
  /** The rest of each name; one number: that is the first, and they count up. */
  rest: number | readonly string[];
  /** The first position, the first step, then by how much each step is longer than the one before: small numbers on lines and arcs. */
  x: readonly number[];
  y: readonly number[];
  /** Seats before which an aisle lies. */
  aisles?: readonly number[];
  wheelchair?: readonly number[];
  companion?: readonly number[];
  restricted?: readonly number[];
}

export function packSeatMap(map: SeatMap): PackedSeatMap {
  const seats = map.sections.flatMap((section) =>
    section.kind === "seats" ? section.rows.flatMap((row) => row.seats) : [],
  );
  const unit = seats.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y)) ? 1 : 0.1;
  const whole = (length: number) => Math.round(length / unit);
  const { label, x, y, width, height } = map.stage;
  return {
    unit,
    width: whole(map.width),
    height: whole(map.height),
    stage: { label, x: whole(x), y: whole(y), width: whole(width), height: whole(height) },
    sections: map.sections.map((section) => ({
      id: section.id,
      name: section.name,
      outline: section.outline.flat().map(whole),
      ...(section.kind === "standing"
        ? { capacity: section.capacity }
        : { rows: section.rows.map((row) => packRow(row.name, row.seats, whole)) }),
    })),
  };
}

function packRow(name: string, seats: readonly Seat[], whole: (length: number) => number): PackedRow {
  const indexes = (test: (seat: Seat) => boolean) => seats.flatMap((seat, index) => (test(seat) ? [index] : []));
  const marks = {
    aisles: indexes((seat) => seat.aisle === true),
    wheelchair: indexes((seat) => seat.access === "accessible"),
    companion: indexes((seat) => seat.access === "companion"),
    restricted: indexes((seat) => seat.view === "restricted"),
  };
  return {
    name,
    ...packNames(seats.map((seat) => seat.name)),
    x: steps(seats.map((seat) => whole(seat.x))),
    y: steps(seats.map((seat) => whole(seat.y))),
    ...Object.fromEntries(Object.entries(marks).filter(([, found]) => found.length > 0)),
  };
}

function packNames(names: readonly string[]): Pick<PackedRow, "prefix" | "rest"> {
  const [first = ""] = names;
  const prefix = first.slice(0, first.lastIndexOf("-") + 1);
  if (!names.every((name) => name.startsWith(prefix))) return { prefix: "", rest: names };
  const rest = names.map((name) => name.slice(prefix.length));
  const from = Number(rest[0]);
  return { prefix, rest: rest.every((text, index) => text === String(from + index)) ? from : rest };
}

function steps(values: readonly number[]): number[] {
  return values.map((value, index) => {
    const [one = 0, two = 0] = [values[index - 1], values[index - 2]];
    return index === 0 ? value : index === 1 ? value - one : value - 2 * one + two;
  });
}

/** A section among `PlacedSeats`: places `start` … `start + count - 1`, and its rows by index. */
export interface PlacedSection extends Run {
  id: string;
  name: string;
  kind: "seats" | "standing";
  /** Corners: x and y in turn. */
  outline: readonly number[];
  firstRow: number;
  rowCount: number;
}

export interface PlacedRow extends Run {
  name: string;
  section: number;
  prefix: string;
  rest: PackedRow["rest"];
}

/** Neighbouring seats of one kind: wheelchair places and the seats beside them are a stretch of their own. */
export interface Stretch extends Run {
  section: number;
  accessible: boolean;
  /** The whole run it is a part of, by index: neighbours of both kinds. */
  run: number;
}

export const marks = { none: 0, wheelchair: 1, companion: 2, restricted: 3 } as const;

/** A seat map as arrays by place. */
export interface PlacedSeats {
  count: number;
  width: number;
  height: number;
  stage: PackedSeatMap["stage"];
  sections: readonly PlacedSection[];
  rows: readonly PlacedRow[];
  runs: readonly Run[];
  stretches: readonly Stretch[];
  /** In drawing units; 0 for standing places. */
  x: Float32Array;
  y: Float32Array;
  /** Row, run and stretch of each place by index; -1 for standing places. */
  rowOf: Int32Array;
  runOf: Int32Array;
  stretchOf: Int32Array;
  /** One of `marks`. */
  mark: Uint8Array;
}

export function unpackSeatMap(packed: PackedSeatMap): PlacedSeats {
  const { unit } = packed;
  const count = packed.sections.reduce((sum, section) => sum + placesOf(section), 0);
  const sections: PlacedSection[] = [];
  const rows: PlacedRow[] = [];
  const runs: { start: number; length: number }[] = [];
  const stretches: { start: number; length: number; section: number; accessible: boolean; run: number }[] = [];
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const none = () => new Int32Array(count).fill(-1);
  const [rowOf, runOf, stretchOf] = [none(), none(), none()];
  const mark = new Uint8Array(count);
  let place = 0;
  const addRow = (row: PackedRow, section: number) => {
    const length = row.x.length;
    fillSteps(x, place, row.x, unit);
    fillSteps(y, place, row.y, unit);
    for (const index of row.restricted ?? []) mark[place + index] = marks.restricted;
    for (const index of row.wheelchair ?? []) mark[place + index] = marks.wheelchair;
    for (const index of row.companion ?? []) mark[place + index] = marks.companion;
    const aisles = new Set(row.aisles);
    for (let index = 0; index < length; index += 1, place += 1) {
      if (index === 0 || aisles.has(index)) runs.push({ start: place, length: 0 });
      const run = runs.at(-1);
      const accessible = mark[place] === marks.wheelchair || mark[place] === marks.companion;
      const before = stretches.at(-1);
      if (before?.run !== runs.length - 1 || before.accessible !== accessible) {
        stretches.push({ start: place, length: 0, section, accessible, run: runs.length - 1 });
      }
      const stretch = stretches.at(-1);
      if (run) run.length += 1;
      if (stretch) stretch.length += 1;
      rowOf[place] = rows.length;
      runOf[place] = runs.length - 1;
      stretchOf[place] = stretches.length - 1;
    }
    rows.push({ name: row.name, prefix: row.prefix, rest: row.rest, section, start: place - length, length });
  };
  for (const [index, section] of packed.sections.entries()) {
    const [start, firstRow] = [place, rows.length];
    for (const row of section.rows ?? []) addRow(row, index);
    place += section.capacity ?? 0;
    sections.push({
      id: section.id,
      name: section.name,
      kind: section.rows ? "seats" : "standing",
      outline: section.outline.map((length) => length * unit),
      start,
      length: place - start,
      firstRow,
      rowCount: rows.length - firstRow,
    });
  }
  const { label, ...box } = packed.stage;
  const stage = { label, x: box.x * unit, y: box.y * unit, width: box.width * unit, height: box.height * unit };
  const [width, height] = [packed.width * unit, packed.height * unit];
  return { count, width, height, stage, sections, rows, runs, stretches, x, y, rowOf, runOf, stretchOf, mark };
}

const placesOf = ({ capacity, rows }: PackedSection) =>
  capacity ?? (rows ?? []).reduce((sum, row) => sum + row.x.length, 0);

function fillSteps(values: Float32Array, from: number, steps: readonly number[], unit: number): void {
  let [value, step] = [0, 0];
  for (const [index, change] of steps.entries()) {
    if (index === 0) value = change;
    else value += step += change;
    values[from + index] = value * unit;
  }
}

/** The name of a seat, `C-7`; "" for a standing place. */
export function seatName({ rows, rowOf }: PlacedSeats, place: number): string {
  const row = rows[rowOf[place] ?? -1];
  return row ? row.prefix + restOf(row, place) : "";
}

/** The number of a seat in its row, as it is written on the seat. */
export function seatNumber({ rows, rowOf }: PlacedSeats, place: number): string {
  const row = rows[rowOf[place] ?? -1];
  if (!row) return "";
  const rest = restOf(row, place);
  return rest.slice(rest.lastIndexOf("-") + 1);
}

function restOf({ rest, start }: PlacedRow, place: number): string {
  return typeof rest === "number" ? String(rest + place - start) : (rest[place - start] ?? "");
}

/** Stretches weighed by their distance from a point, as best available weighs them. */
export function rankStretches(
  { x, y }: PlacedSeats,
  stretches: readonly Stretch[],
  focus: { x: number; y: number },
): RankedRun[] {
  const xOf = (place: number) => x[place] ?? 0;
  const yOf = (place: number) => y[place] ?? 0;
  return stretches.map(({ start, length }) => rankRun({ start, length }, xOf, yOf, focus));
}

const repeated = /([a-z])(\d*)/g;

/** States as one short string: a letter, and behind it for how many places it stands if for more than one. `f3000s2h` */
export function packStates(states: string): string {
  return states.replaceAll(/([a-z])\1*/g, (run, letter: string) => (run.length > 1 ? letter + run.length : letter));
}

/** One letter a place again. Takes unpacked states as they are. */
export function unpackStates(packed: string): string {
  return packed.replaceAll(repeated, (_, letter: string, times: string) =>
    letter.repeat(times === "" ? 1 : Number(times)),
  );
}

/** Whether a place is free, by one letter a place. */
export function freeIn(states: string): IsFree {
  return (place) => states.charAt(place) === "f";
}
