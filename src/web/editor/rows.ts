// Commands on rows: how many seats, how far apart, on which line.

import { shiftMiddle, alongRow, type LaidRow } from "../../domain/seat-map-rows.ts";
import { rowDepth } from "../../domain/seat-map-room.ts";
import { changeAreas, changeRows, lineFor, movedRow } from "./change.ts";
import { renumbered, rowOnLine, without, type DrawnRow, type SeatedArea } from "./drawing.ts";
import type { Edit } from "./history.ts";
import { middleOf } from "./moving.ts";
import type { Selection } from "./selection.ts";

/** Lays the selected rows, or those of selected sections, on other lines. */
function relay({ drawing, selection }: Edit, change: (line: LaidRow, row: DrawnRow) => LaidRow): Edit {
  const after = changeRows(drawing, (row, area) => {
    if (row.seats.length === 0 || !isChosen(selection, area, row)) return row;
    const line = lineFor(row);
    const next = change(line, row);
    return next === line ? row : rowOnLine(row, next);
  });
  return { drawing: after, selection };
}

function isChosen(selection: Selection, area: SeatedArea, row: DrawnRow): boolean {
  return selection.areas.has(area.key) || selection.rows.has(row.key);
}

export function setSpacing(edit: Edit, spacing: number): Edit {
  return relay(edit, (line) => ({ ...line, shape: { ...line.shape, spacing } }));
}

export function setCurve(edit: Edit, curve: number): Edit {
  return relay(edit, (line) => ({ ...line, shape: { ...line.shape, curve } }));
}

export function setAngle(edit: Edit, angle: number): Edit {
  return relay(edit, (line) => ({ ...line, shape: { ...line.shape, angle } }));
}

/** Seats are added and taken at the right end; the row stays where its middle is. */
export function setCount(edit: Edit, count: number): Edit {
  return relay(edit, (line, row) => (row.seats.length === count ? line : { ...line, gaps: gapsFor(line.gaps, count) }));
}

function gapsFor(gaps: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, seat) => gaps[seat] ?? 0);
}

/** Seats added or taken at one end of a row; the other end stays where it is. */
export function setCountFrom(edit: Edit, rowKey: string, count: number, end: "left" | "right"): Edit {
  const after = changeRows(edit.drawing, (row) => {
    if (row.key !== rowKey || row.seats.length === count || row.seats.length === 0) return row;
    const line = lineFor(row);
    const more = count - row.seats.length;
    const gaps =
      end === "right"
        ? gapsFor(line.gaps, count)
        : more > 0
          ? [...Array.from({ length: more }, () => 0), ...line.gaps]
          : [0, ...line.gaps.slice(1 - more)];
    const longer = lengthOf(line.shape.spacing, gaps) - lengthOf(line.shape.spacing, line.gaps);
    const moved = shiftMiddle(line.middle, line.shape, ((end === "right" ? 1 : -1) * longer) / 2);
    const fresh = Array.from({ length: Math.max(0, more) }, () => ({ x: 0, y: 0, number: "" }));
    const seats = end === "right" ? row.seats : [...fresh, ...row.seats.slice(Math.max(0, -more))];
    return rowOnLine({ ...row, seats }, { ...moved, gaps });
  });
  return { drawing: after, selection: edit.selection };
}

function lengthOf(spacing: number, gaps: readonly number[]): number {
  const along = alongRow(spacing, gaps);
  return (along.at(-1) ?? 0) - (along[0] ?? 0);
}

/** Aisles after these seats, counted from the left, and nowhere else. */
export function setAisles(edit: Edit, after: readonly number[], width: number): Edit {
  const breaks = new Set(after);
  const { selection } = edit;
  const drawing = changeRows(edit.drawing, (row, area) => {
    if (row.seats.length === 0 || !isChosen(selection, area, row)) return row;
    const seats = row.seats.map((seat) => without(seat, "aisle"));
    const gaps = row.seats.map((_, seat) => (seat > 0 && breaks.has(seat) ? width : 0));
    const laid = rowOnLine({ ...row, seats }, { ...lineFor(row), gaps });
    // An aisle may have no width: a railing.
    const flagged = laid.seats.map((seat, index) =>
      index > 0 && breaks.has(index) ? { ...seat, aisle: true as const } : seat,
    );
    return { ...laid, seats: flagged };
  });
  return { drawing, selection };
}

/** The selected sections' rows so far apart, the front one where it is. */
export function setRowDistance({ drawing, selection }: Edit, distance: number): Edit {
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "standing" || !selection.areas.has(area.key) || area.rows.length < 2) return area;
    const behind = directionOf(area);
    const [first] = area.rows.map(middleOf);
    if (!first) return area;
    const rows = area.rows.map((row, index) => {
      const from = middleOf(row);
      const to = { x: first.x + behind.x * distance * index, y: first.y + behind.y * distance * index };
      const [dx, dy] = [Math.round(to.x - from.x), Math.round(to.y - from.y)];
      return dx === 0 && dy === 0 ? row : movedRow(row, dx, dy);
    });
    return rows.every((row, index) => row === area.rows[index]) ? area : { ...area, rows, outline: undefined };
  });
  return { drawing: after, selection };
}

/** From an area's front row to its last one, one unit long. */
function directionOf(area: SeatedArea): { x: number; y: number } {
  const [front, back] = [area.rows[0], area.rows.at(-1)];
  if (!front || !back) return { x: 0, y: 1 };
  const [from, to] = [middleOf(front), middleOf(back)];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return length < 1 ? behindOf(front) : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

/** One unit away from the front, for a row. */
export function behindOf(row: DrawnRow): { x: number; y: number } {
  const angle = (lineFor(row).shape.angle * Math.PI) / 180;
  return { x: -Math.sin(angle), y: Math.cos(angle) };
}

/** How far an area's rows lie apart; the usual for a single one. */
export function rowDistance(area: SeatedArea): number {
  const [front, back] = [area.rows[0], area.rows.at(-1)];
  if (!front || !back || front === back) return rowDepth;
  const [from, to] = [middleOf(front), middleOf(back)];
  return Math.round(Math.hypot(to.x - from.x, to.y - from.y) / (area.rows.length - 1)) || rowDepth;
}

/** Bends the selected sections' rows around one centre, as the front one is bent. */
export function fanOut({ drawing, selection }: Edit): Edit {
  const after = changeAreas(drawing, (area) => {
    const [front] = area.kind === "seats" ? area.rows : [];
    if (area.kind === "standing" || !front || !selection.areas.has(area.key)) return area;
    const { curve } = lineFor(front).shape;
    if (curve === 0) return area;
    const radius = 180_000 / (Math.PI * curve);
    const [from, behind] = [middleOf(front), behindOf(front)];
    const rows = area.rows.map((row) => {
      if (row === front || row.seats.length === 0) return row;
      const line = lineFor(row);
      const away = (line.middle.x - from.x) * behind.x + (line.middle.y - from.y) * behind.y;
      const own = 180_000 / (Math.PI * (radius + away));
      return rowOnLine(row, { ...line, shape: { ...line.shape, curve: Math.round(own * 100) / 100 } });
    });
    return renumbered({ ...area, rows, outline: undefined });
  });
  return { drawing: after, selection };
}

/** Lists each selected section's rows from the front to the back, which is the order of their names. */
export function sortRows({ drawing, selection }: Edit): Edit {
  const after = changeAreas(drawing, (area) => {
    const [first] = area.kind === "seats" ? area.rows : [];
    if (area.kind === "standing" || !first || !selection.areas.has(area.key)) return area;
    const behind = behindOf(first);
    const depth = (row: DrawnRow) => middleOf(row).x * behind.x + middleOf(row).y * behind.y;
    const rows = area.rows.toSorted((a, b) => depth(a) - depth(b));
    return rows.every((row, index) => row === area.rows[index]) ? area : renumbered({ ...area, rows });
  });
  return { drawing: after, selection };
}
