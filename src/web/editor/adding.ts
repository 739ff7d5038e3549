// Commands that add: rows, sections, areas and seats as they are drawn, and copies.

import { usualShape, type Point } from "../../domain/seat-map-rows.ts";
import { rowDepth, spacing } from "../../domain/seat-map-room.ts";
import { outlineIn } from "./areas.ts";
import { changeAreas, changeRows, freeCode, freeRowName, keysOf, lineFor, movedArea, movedRow } from "./change.ts";
import {
  renumbered,
  rowOnLine,
  seatPoints,
  without,
  type Area,
  type Box,
  type Drawing,
  type DrawnRow,
  type DrawnSeat,
  type SeatedArea,
} from "./drawing.ts";
import type { Edit } from "./history.ts";
import { behindOf, rowDistance } from "./rows.ts";
import { withoutSeats } from "./seats.ts";
import { nothing, ofAreas, ofRows, ofSeats, rowsOf, selectedSeats, type Selection } from "./selection.ts";

/** A square metre holds so many standing people, by the usual rules for halls. */
const standingPerSquare = 2.5 / 10_000;

/** How a new section is called, in the language of the page. */
export type NameArea = (number: number) => string;

/** Sections and standing areas are counted each for themselves; a name that is taken is passed over. */
function newArea(drawing: Drawing, key: string, kind: Area["kind"], code: string, nameOf: NameArea) {
  const { areas } = drawing;
  const taken = new Set(areas.map(({ name }) => name));
  let number = areas.filter((area) => area.kind === kind).length + 1;
  while (taken.has(nameOf(number))) number += 1;
  const rank = areas.reduce((most, area) => Math.max(most, area.rank), 0) + 1;
  return { key, id: freeCode(areas, code), name: nameOf(number), rank, colour: (areas.length % 8) + 1 };
}

const usualNumbering: SeatedArea["numbering"] = {
  rows: { style: "letters", from: "front", start: 1 },
  seats: { from: "left", step: "all", start: 1 },
};

/** The section that new rows belong to: the one that is selected, or has what is selected, or else the last. */
function targetArea(drawing: Drawing, selection: Selection): SeatedArea | undefined {
  const seated = drawing.areas.filter((area) => area.kind === "seats");
  const chosen = seated.find(
    (area) =>
      selection.areas.has(area.key) ||
      area.rows.some((row) => selection.rows.has(row.key) || selection.seats.has(row.key)),
  );
  return chosen ?? seated.at(-1);
}

/** Puts rows into a section behind those that lie before them. */
function withRows(area: SeatedArea, added: readonly DrawnRow[]): SeatedArea {
  let rows = area.rows;
  for (const row of added) {
    const [first] = rows;
    const behind = behindOf(first ?? row);
    const depth = (one: DrawnRow) => lineFor(one).middle.x * behind.x + lineFor(one).middle.y * behind.y;
    const before = rows.findLastIndex((one) => depth(one) <= depth(row) + 1);
    const named = area.numbering.rows ? row : { ...row, name: freeRowName(rows, row.name) };
    rows = rows.toSpliced(before + 1, 0, named);
  }
  return renumbered({ ...area, rows, outline: undefined });
}

function addRows(edit: Edit, key: () => string, added: readonly DrawnRow[], nameOf: NameArea): Drawing {
  const { drawing, selection } = edit;
  const target = targetArea(drawing, selection);
  if (target) return changeAreas(drawing, (area) => (area === target ? withRows(target, added) : area));
  const area: SeatedArea = {
    ...newArea(drawing, key(), "seats", "MAIN", nameOf),
    kind: "seats",
    numbering: usualNumbering,
    rows: [],
  };
  return { ...drawing, areas: [...drawing.areas, withRows(area, added)] };
}

/** How many seats a row has that is drawn from one point to another. */
export function seatsBetween(from: Point, to: Point): number {
  return Math.min(500, Math.floor(Math.hypot(to.x - from.x, to.y - from.y) / spacing + 0.35) + 1);
}

/** The row that is drawn from one point to another; from right to left it is the same row. */
export function rowBetween(from: Point, to: Point, key: string): DrawnRow {
  const count = seatsBetween(from, to);
  const turned = to.x < from.x - 1;
  const [start, end] = turned ? [to, from] : [from, to];
  const angle = count === 1 ? 0 : (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
  const length = (count - 1) * spacing;
  const way = { x: Math.cos((angle * Math.PI) / 180), y: Math.sin((angle * Math.PI) / 180) };
  const half = turned ? -length / 2 : length / 2;
  const middle = { x: from.x + way.x * half, y: from.y + way.y * half };
  const shape = { ...usualShape, angle: Math.round(angle * 10) / 10 };
  return rowOnLine({ key, name: "A", seats: [] }, { middle, shape, gaps: Array.from({ length: count }, () => 0) });
}

export function drawRow(edit: Edit, from: Point, to: Point, nameOf: NameArea): Edit {
  const { key, next } = keysOf(edit.drawing);
  const row = rowBetween(from, to, key());
  const drawing = addRows(edit, key, [row], nameOf);
  return { drawing: { ...drawing, next: next() }, selection: ofRows(row.key) };
}

/** Rows and seats that go into a rectangle, and where the first seat stands for them to be in its middle. */
export function blockIn({ left, top, right, bottom }: Box) {
  const rows = Math.min(200, Math.max(1, Math.floor((bottom - top) / rowDepth)));
  const seats = Math.min(500, Math.max(1, Math.floor((right - left) / spacing)));
  return {
    rows,
    seats,
    left: Math.round((left + right - (seats - 1) * spacing) / 2),
    top: Math.round((top + bottom - (rows - 1) * rowDepth) / 2),
  };
}

/** A new section of rows that fill a rectangle. */
export function drawBlock({ drawing }: Edit, box: Box, nameOf: NameArea): Edit {
  const { key, next } = keysOf(drawing);
  const size = blockIn(box);
  const gaps = Array.from({ length: size.seats }, () => 0);
  const area = newArea(drawing, key(), "seats", drawing.areas.length === 0 ? "MAIN" : "S1", nameOf);
  const rows = Array.from({ length: size.rows }, (_, row) => {
    const middle = { x: size.left + ((size.seats - 1) * spacing) / 2, y: size.top + row * rowDepth };
    return rowOnLine({ key: key(), name: `${row + 1}`, seats: [] }, { middle, shape: usualShape, gaps });
  });
  const made = renumbered({ ...area, kind: "seats", numbering: usualNumbering, rows });
  return { drawing: { ...drawing, areas: [...drawing.areas, made], next: next() }, selection: ofAreas(area.key) };
}

/** How many people stand in a rectangle. */
export function standingIn({ left, top, right, bottom }: Box): number {
  return Math.max(1, Math.round((right - left) * (bottom - top) * standingPerSquare));
}

export function drawStanding({ drawing }: Edit, box: Box, nameOf: NameArea): Edit {
  const { key, next } = keysOf(drawing);
  const base = newArea(drawing, key(), "standing", "FLOOR", nameOf);
  const area: Area = { ...base, kind: "standing", capacity: standingIn(box), outline: outlineIn(box, "rectangle") };
  return { drawing: { ...drawing, areas: [...drawing.areas, area], next: next() }, selection: ofAreas(area.key) };
}

/** A single seat: into the row that is selected, else as a row of its own. */
export function drawSeat(edit: Edit, at: Point, nameOf: NameArea): Edit {
  const { drawing, selection } = edit;
  const [rowKey] = [...selection.rows, ...selection.seats.keys()];
  const chosen = [...rowsOf(drawing)].find(({ row }) => row.key === rowKey)?.row;
  if (!chosen) {
    const { key, next } = keysOf(drawing);
    const row = rowBetween(at, at, key());
    const after = addRows(edit, key, [row], nameOf);
    return { drawing: { ...after, next: next() }, selection: ofRows(row.key) };
  }
  let index = 0;
  const after = changeRows(drawing, (row) => {
    if (row !== chosen) return row;
    const { middle, shape } = lineFor(row);
    const turned = (shape.angle * Math.PI) / 180;
    const along = ({ x, y }: Point) => (x - middle.x) * Math.cos(turned) + (y - middle.y) * Math.sin(turned);
    index = seatPoints(row).filter((point) => along(point) < along(at)).length;
    const seat: DrawnSeat = { x: at.x - row.x, y: at.y - row.y, number: nextNumber(row) };
    return { ...row, seats: row.seats.toSpliced(index, 0, seat) };
  });
  return { drawing: after, selection: ofSeats(chosen.key, index) };
}

/** For seats that are numbered by hand: one more than the highest. */
function nextNumber(row: DrawnRow): string {
  return String(Math.max(0, ...row.seats.map(({ number }) => Number(number) || 0)) + 1);
}

/** A row like the last one behind it, or like the first one before it, in each selected section. */
export function addRow({ drawing, selection }: Edit, where: "front" | "back"): Edit {
  const { key, next } = keysOf(drawing);
  const added: string[] = [];
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "standing" || !selection.areas.has(area.key)) return area;
    const like = where === "front" ? area.rows[0] : area.rows.at(-1);
    if (!like) return area;
    const behind = behindOf(like);
    const by = rowDistance(area) * (where === "front" ? -1 : 1);
    const row = copyOfRow(movedRow(like, Math.round(behind.x * by), Math.round(behind.y * by)), key());
    added.push(row.key);
    const name = area.numbering.rows ? row.name : freeRowName(area.rows, row.name);
    const rows = where === "front" ? [{ ...row, name }, ...area.rows] : [...area.rows, { ...row, name }];
    return renumbered({ ...area, rows, outline: undefined });
  });
  return { drawing: { ...after, next: next() }, selection };
}

/** The same seats under another key: what is special about a seat is not copied with its row. */
function copyOfRow(row: DrawnRow, key: string): DrawnRow {
  const seats = row.seats.map((seat) => without(seat, "access", "view"));
  return { ...row, key, seats };
}

export function remove({ drawing, selection }: Edit): Edit {
  const kept = changeAreas(drawing, (area) => (selection.areas.has(area.key) ? undefined : area));
  const after = changeRows(kept, (row) => {
    if (selection.rows.has(row.key)) return undefined;
    const seats = selection.seats.get(row.key);
    return seats ? withoutSeats(row, seats) : row;
  });
  return { drawing: after, selection: nothing };
}

/** What was copied: whole sections, and rows with the section that they came from. */
export interface Clipboard {
  areas: readonly Area[];
  rows: readonly { row: DrawnRow; area: string }[];
}

/** What is selected, to be pasted. */
export function copy({ drawing, selection }: Edit): Clipboard {
  const areas = drawing.areas.filter((area) => selection.areas.has(area.key));
  const rows = [...rowsOf(drawing)].flatMap(({ area, row }) =>
    selection.rows.has(row.key) && !selection.areas.has(area.key) ? [{ row, area: area.key }] : [],
  );
  const parts = selectedSeats(drawing, selection).flatMap(({ area, row, seats }) => {
    const part = withoutSeats(row, new Set([...row.seats.keys()].filter((seat) => !seats.has(seat))));
    return part ? [{ row: part, area: area.key }] : [];
  });
  return { areas, rows: [...rows, ...parts] };
}

/** Puts copies beside what they were copied from, and selects them. */
export function paste({ drawing, selection }: Edit, clipboard: Clipboard, by: Point, nameOf: NameArea): Edit {
  const { key, next } = keysOf(drawing);
  let after = drawing;
  const chosen = { areas: new Set<string>(), rows: new Set<string>() };
  for (const area of clipboard.areas) {
    const moved = movedArea(area, by.x, by.y);
    const { rank, ...fresh } = newArea(after, key(), area.kind, area.id, nameOf);
    const base = { ...moved, ...fresh, name: area.name, colour: area.colour ?? fresh.colour, rank };
    const made: Area =
      base.kind === "standing"
        ? base
        : { ...base, prefix: undefined, rows: base.rows.map((row) => ({ ...row, key: key() })) };
    chosen.areas.add(made.key);
    after = { ...after, areas: [...after.areas, made] };
  }
  for (const { row, area } of clipboard.rows) {
    const made = { ...movedRow(row, by.x, by.y), key: key() };
    chosen.rows.add(made.key);
    const home = after.areas.some((one) => one.key === area && one.kind === "seats");
    after = addRows({ drawing: after, selection: home ? ofAreas(area) : selection }, key, [made], nameOf);
  }
  return { drawing: { ...after, next: next() }, selection: { ...nothing, ...chosen } };
}

/** Copies of what is selected: rows behind themselves, everything else a little aside. */
export function duplicate(edit: Edit, nameOf: NameArea): Edit {
  const clipboard = copy(edit);
  const [first] = clipboard.rows;
  const area = edit.drawing.areas.find((one) => one.key === first?.area);
  if (clipboard.areas.length > 0 || !first || area?.kind !== "seats" || edit.selection.seats.size > 0) {
    return paste(edit, clipboard, { x: 60, y: 60 }, nameOf);
  }
  const behind = behindOf(first.row);
  const by = rowDistance(area) * clipboard.rows.length;
  return paste(edit, clipboard, { x: Math.round(behind.x * by), y: Math.round(behind.y * by) }, nameOf);
}

/** Moves the selected rows into another section, or into a new one. */
export function moveRowsTo({ drawing, selection }: Edit, areaKey: string | undefined, nameOf: NameArea): Edit {
  const moving = [...rowsOf(drawing)].flatMap(({ row }) => (selection.rows.has(row.key) ? [row] : []));
  if (moving.length === 0) return { drawing, selection };
  const { key, next } = keysOf(drawing);
  let kept = changeRows(drawing, (row, area) =>
    selection.rows.has(row.key) && area.key !== areaKey ? undefined : row,
  );
  const inside = new Set([...rowsOf(kept)].map(({ row }) => row.key));
  const added = moving.filter((row) => !inside.has(row.key));
  if (areaKey === undefined) {
    const base = newArea(kept, key(), "seats", "S1", nameOf);
    const area: SeatedArea = { ...base, kind: "seats", numbering: usualNumbering, rows: [] };
    kept = { ...kept, areas: [...kept.areas, withRows(area, added)] };
  } else {
    kept = changeAreas(kept, (area) => (area.key === areaKey && area.kind === "seats" ? withRows(area, added) : area));
  }
  return { drawing: { ...kept, next: next() }, selection };
}
