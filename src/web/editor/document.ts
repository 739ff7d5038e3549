// From a seat map to a drawing and back. What nobody touched comes back as it was.

import { inferNumbering, seatNumberOf } from "../../domain/seat-map-numbering.ts";
import { outlineOf } from "../../domain/seat-map-outline.ts";
import type { Row, Seat, SeatedSection, SeatMap, Section } from "../../domain/seat-map.ts";
import {
  prefixOf,
  seatName,
  seatPoints,
  type Area,
  type Drawing,
  type DrawnRow,
  type DrawnSeat,
  type SeatedArea,
} from "./drawing.ts";

/** The drawing of a seat map. */
export function readSeatMap(map: SeatMap): Drawing {
  let next = 0;
  const key = () => `k${(next += 1)}`;
  const areas = map.sections.map((section) => readSection(section, map.sections.length > 1, key));
  const { name, width, height, focus, stage } = map;
  return { name, width, height, focus, stage, areas, next: next + 1 };
}

function readSection(section: Section, several: boolean, key: () => string): Area {
  const { id, name, rank, outline, colour } = section;
  const base = { key: key(), id, name, rank, ...(colour === undefined ? {} : { colour }) };
  if (section.kind === "standing") return { ...base, kind: "standing", capacity: section.capacity, outline };
  const usual = several ? `${id}-` : "";
  const prefix = prefixIn(section, usual);
  const rows = section.rows.map((row) => readRowOf(row, prefix, key()));
  const named = rows.map((row) => ({ name: row.name, numbers: row.seats.map((seat) => seat.number) }));
  const byHand = rows.some((row) => row.seats.some((seat) => seat.verbatim));
  const numbering = section.numbering ?? (byHand ? {} : inferNumbering(named));
  return { ...base, kind: "seats", rows, numbering, outline, ...(prefix === usual ? {} : { prefix }) };
}

/** What all names of a section's seats begin with: the usual, or what the first one's does. */
function prefixIn(section: SeatedSection, usual: string): string {
  const row = section.rows[0];
  const seat = row?.seats[0];
  if (!row || !seat || seatNumberOf(row, seat.name, usual) !== undefined) return usual;
  const at = seat.name.indexOf(`${row.name}-`);
  return at < 0 ? usual : seat.name.slice(0, at);
}

function readRowOf(row: Row, prefix: string, key: string): DrawnRow {
  const [first] = row.seats;
  const [x, y] = [first?.x ?? 0, first?.y ?? 0];
  // By hand: 20,000 seats spread into others take four times as long.
  const seats = row.seats.map((seat): DrawnSeat => {
    const number = seatNumberOf(row, seat.name, prefix);
    const drawn: DrawnSeat = { x: seat.x - x, y: seat.y - y, number: number ?? seat.name };
    if (number === undefined) drawn.verbatim = true;
    return marked(drawn, seat);
  });
  return { key, name: row.name, x, y, seats, ...(row.shape ? { shape: row.shape } : {}) };
}

/** A new seat with what is special about another. */
function marked<Into extends Pick<Seat, "access" | "view" | "aisle">>(
  into: Into,
  { access, view, aisle }: Pick<Seat, "access" | "view" | "aisle">,
): Into {
  if (access) into.access = access;
  if (view) into.view = view;
  if (aisle) into.aisle = aisle;
  return into;
}

const rowDocuments = new WeakMap<DrawnRow, { prefix: string; document: Row }>();

function writeRow(row: DrawnRow, prefix: string): Row {
  const known = rowDocuments.get(row);
  if (known?.prefix === prefix) return known.document;
  const points = seatPoints(row);
  const seats = row.seats.map((seat, index): Seat => {
    const { x = 0, y = 0 } = points[index] ?? {};
    const written: Seat = { name: seatName(prefix, row, seat), x: hundredths(x), y: hundredths(y) };
    return marked(written, seat);
  });
  const document: Row = { name: row.name, seats, ...(row.shape ? { shape: row.shape } : {}) };
  rowDocuments.set(row, { prefix, document });
  return document;
}

const outlines = new WeakMap<SeatedArea, readonly (readonly [number, number])[]>();

/** The outline of an area's seats, where it has none of its own. */
export function outlineAround(area: SeatedArea): readonly (readonly [number, number])[] {
  if (area.outline) return area.outline;
  let found = outlines.get(area);
  if (!found) outlines.set(area, (found = outlineOf(area.rows.map(seatPoints))));
  return found;
}

/** The seat map of a drawing, whether it is right or not. */
export function writeSeatMap(drawing: Drawing): SeatMap {
  const { name, width, height, focus, stage } = drawing;
  return { name, width, height, focus, stage, sections: drawing.areas.map((area) => writeArea(drawing, area)) };
}

function writeArea(drawing: Drawing, area: Area): Section {
  const { id, name, rank, colour } = area;
  const base = { id, name, rank, ...(colour === undefined ? {} : { colour }) };
  if (area.kind === "standing") {
    return { ...base, kind: "standing", capacity: area.capacity, outline: area.outline };
  }
  const prefix = prefixOf(drawing, area);
  const { numbering } = area;
  return {
    ...base,
    kind: "seats",
    outline: within(drawing, outlineAround(area)),
    rows: area.rows.map((row) => writeRow(row, prefix)),
    ...(numbering.rows || numbering.seats ? { numbering } : {}),
  };
}

/** An outline's margin may leave the drawing where its seats do not. */
function within({ width, height }: Drawing, outline: readonly (readonly [number, number])[]): [number, number][] {
  const limit = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return outline.map(([x, y]) => [limit(x, width), limit(y, height)]);
}

/** Two numbers that make a whole one may not do so as binary fractions. */
function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
