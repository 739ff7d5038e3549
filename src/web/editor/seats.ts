// Commands on single seats: what they are, what they are called, aisles beside them.

import { aisleWidth } from "../../domain/seat-map-room.ts";
import { alongRow, shiftMiddle } from "../../domain/seat-map-rows.ts";
import type { RowShape, Seat } from "../../domain/seat-map.ts";
import { changeAreas, changeRows, lineFor } from "./change.ts";
import { lineOf, neatShape, rowOnLine, without, type DrawnRow, type DrawnSeat } from "./drawing.ts";
import type { Edit } from "./history.ts";
import { isNothing } from "./selection.ts";

/** Changes the selected seats, and those of selected rows and sections. */
function markSeats({ drawing, selection }: Edit, mark: (seat: DrawnSeat) => DrawnSeat): Edit {
  if (isNothing(selection)) return { drawing, selection };
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "standing") return area;
    const whole = selection.areas.has(area.key);
    let changed = false;
    const rows = area.rows.map((row) => {
      const chosen = whole || selection.rows.has(row.key) ? undefined : selection.seats.get(row.key);
      if (!whole && !selection.rows.has(row.key) && !chosen) return row;
      const seats = row.seats.map((seat, index) => (!chosen || chosen.has(index) ? mark(seat) : seat));
      if (seats.every((seat, index) => seat === row.seats[index])) return row;
      changed = true;
      return { ...row, seats };
    });
    return changed ? { ...area, rows } : area;
  });
  return { drawing: after, selection };
}

/** Makes them wheelchair places, the seats beside one, or ordinary seats. */
export function setAccess(edit: Edit, access: Seat["access"]): Edit {
  return markSeats(edit, (seat) => {
    if (seat.access === access) return seat;
    return { ...without(seat, "access"), ...(access ? { access } : {}) };
  });
}

export function setView(edit: Edit, view: Seat["view"]): Edit {
  return markSeats(edit, (seat) => {
    if (seat.view === view) return seat;
    return { ...without(seat, "view"), ...(view ? { view } : {}) };
  });
}

/** Puts an aisle before the selected seats, or closes it; the row stays where its middle is. */
export function setAisleBefore({ drawing, selection }: Edit, open: boolean): Edit {
  const after = changeRows(drawing, (row) => {
    const seats = [...(selection.seats.get(row.key) ?? [])].filter(
      (seat) => seat > 0 && (row.seats[seat]?.aisle ?? false) !== open,
    );
    return seats.length === 0 ? row : withAisles(row, new Set(seats), open);
  });
  return { drawing: after, selection };
}

function withAisles(row: DrawnRow, at: ReadonlySet<number>, open: boolean): DrawnRow {
  const seats = row.seats.map((seat, index) => {
    if (!at.has(index)) return seat;
    return { ...without(seat, "aisle"), ...(open ? { aisle: true as const } : {}) };
  });
  const line = lineOf(row);
  if (!line) return { ...row, seats };
  const gaps = line.gaps.map((gap, index) => (at.has(index) ? (open ? gap || aisleWidth : 0) : gap));
  return rowOnLine({ ...row, seats }, { ...lineFor(row), gaps });
}

/** Numbers one seat by hand: its section's seats then keep the numbers that they have. */
export function setSeatNumber({ drawing, selection }: Edit, rowKey: string, seat: number, number: string): Edit {
  const after = changeAreas(drawing, (area) => {
    const row = area.kind === "seats" ? area.rows.find((row) => row.key === rowKey) : undefined;
    if (area.kind === "standing" || !row || row.seats[seat]?.number === number) return area;
    const numbering = without(area.numbering, "seats");
    const seats = row.seats.map((one, index) => (index === seat ? { ...one, number } : one));
    return { ...area, numbering, rows: area.rows.map((one) => (one === row ? { ...row, seats } : one)) };
  });
  return { drawing: after, selection };
}

/** Names one row by hand: its section's rows then keep the names that they have. */
export function setRowName({ drawing, selection }: Edit, rowKey: string, name: string): Edit {
  const after = changeAreas(drawing, (area) => {
    const row = area.kind === "seats" ? area.rows.find((row) => row.key === rowKey) : undefined;
    if (area.kind === "standing" || !row || row.name === name) return area;
    const numbering = without(area.numbering, "rows");
    return { ...area, numbering, rows: area.rows.map((one) => (one === row ? { ...row, name } : one)) };
  });
  return { drawing: after, selection };
}

/** Takes seats away; the others stay where they stand, and where one is missing nobody sits side by side. */
export function withoutSeats(row: DrawnRow, gone: ReadonlySet<number>): DrawnRow | undefined {
  const seats = row.seats.flatMap((seat, index) => {
    if (gone.has(index)) return [];
    const hole = gone.has(index - 1) && index > 0;
    return [hole && !seat.aisle ? { ...seat, aisle: true as const } : seat];
  });
  const [first] = seats;
  if (!first) return undefined;
  return { ...row, seats: [without(first, "aisle"), ...seats.slice(1)], shape: shapeOfRest(row, gone) };
}

/** A part of a curved row lies on the same line, which runs another way at the part's middle. */
function shapeOfRest(row: DrawnRow, gone: ReadonlySet<number>): RowShape | undefined {
  const line = row.shape && lineOf(row);
  if (!line) return row.shape;
  const left = alongRow(line.shape.spacing, line.gaps).filter((_, seat) => !gone.has(seat));
  return neatShape(shiftMiddle(line.middle, line.shape, ((left[0] ?? 0) + (left.at(-1) ?? 0)) / 2).shape);
}
