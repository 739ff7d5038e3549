// Changing parts of a drawing: everything that is not named stays the same object.

import { fitShape, type LaidRow } from "../../domain/seat-map-rows.ts";
import { aisleWidth } from "../../domain/seat-map-room.ts";
import {
  lineOf,
  renumbered,
  rowBox,
  seatPoints,
  type Area,
  type Corners,
  type Drawing,
  type DrawnRow,
  type SeatedArea,
} from "./drawing.ts";

/** Changes some areas; undefined takes one away. */
export function changeAreas(drawing: Drawing, change: (area: Area) => Area | undefined): Drawing {
  let changed = false;
  const areas = drawing.areas.flatMap((area) => {
    const after = change(area);
    changed ||= after !== area;
    return after ? [after] : [];
  });
  return changed ? { ...drawing, areas } : drawing;
}

/** Changes some rows; undefined takes one away. Their sections are numbered and outlined anew. */
export function changeRows(
  drawing: Drawing,
  change: (row: DrawnRow, area: SeatedArea) => DrawnRow | undefined,
): Drawing {
  return changeAreas(drawing, (area) => {
    if (area.kind === "standing") return area;
    let changed = false;
    const rows = area.rows.flatMap((row) => {
      const after = change(row, area);
      changed ||= after !== row;
      return after ? [after] : [];
    });
    return changed ? renumbered({ ...area, rows, outline: undefined }) : area;
  });
}

/** The line of a row, or one that comes near where it has none. */
export function lineFor(row: DrawnRow): LaidRow {
  const line = lineOf(row);
  if (line) return line;
  const { left, top, right, bottom } = rowBox(row);
  const gaps = row.seats.map((seat, index) => (seat.aisle && index > 0 ? aisleWidth : 0));
  return { middle: { x: (left + right) / 2, y: (top + bottom) / 2 }, shape: fitShape(seatPoints(row)), gaps };
}

export function movedRow(row: DrawnRow, dx: number, dy: number): DrawnRow {
  return { ...row, x: row.x + dx, y: row.y + dy };
}

export function movedCorners(outline: Corners, dx: number, dy: number): Corners {
  return outline.map(([x, y]) => [x + dx, y + dy] as const);
}

/** An area somewhere else; what it looks like stays. */
export function movedArea(area: Area, dx: number, dy: number): Area {
  if (area.kind === "standing") return { ...area, outline: movedCorners(area.outline, dx, dy) };
  return {
    ...area,
    rows: area.rows.map((row) => movedRow(row, dx, dy)),
    outline: area.outline && movedCorners(area.outline, dx, dy),
  };
}

/** Hands out keys and remembers how many. */
export function keysOf(drawing: Drawing): { key(): string; next(): number } {
  let { next } = drawing;
  return { key: () => `k${next++}`, next: () => next };
}

/** A code that no section has: the wish, or the wish with a number behind it. */
export function freeCode(areas: readonly Area[], wish: string): string {
  const taken = new Set(areas.map((area) => area.id));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const code = `${wish.slice(0, 8 - String(number).length)}${number}`;
    if (!taken.has(code)) return code;
  }
}

/** A name that no row of an area has, for where names are given by hand. */
export function freeRowName(rows: readonly DrawnRow[], wish: string): string {
  const taken = new Set(rows.map((row) => row.name));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const name = `${wish.slice(0, 11 - String(number).length)}-${number}`;
    if (!taken.has(name)) return name;
  }
}
