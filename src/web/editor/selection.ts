// What is selected: sections, rows, seats and the stage, by key.

import { seatCount, type Drawing, type DrawnRow, type SeatedArea } from "./drawing.ts";

export interface Selection {
  areas: ReadonlySet<string>;
  rows: ReadonlySet<string>;
  /** Of each row's key the seats by index. */
  seats: ReadonlyMap<string, ReadonlySet<number>>;
  stage: boolean;
}

export const nothing: Selection = { areas: new Set(), rows: new Set(), seats: new Map(), stage: false };

/** What a click takes hold of. */
export type Level = "areas" | "rows" | "seats";

export function isNothing(selection: Selection): boolean {
  return selection.areas.size + selection.rows.size + selection.seats.size === 0 && !selection.stage;
}

export function ofAreas(...keys: string[]): Selection {
  return { ...nothing, areas: new Set(keys) };
}

export function ofRows(...keys: string[]): Selection {
  return { ...nothing, rows: new Set(keys) };
}

export function ofSeats(row: string, ...indexes: number[]): Selection {
  return { ...nothing, seats: new Map([[row, new Set(indexes)]]) };
}

export const theStage: Selection = { ...nothing, stage: true };

/** Both together. */
export function union(a: Selection, b: Selection): Selection {
  const seats = new Map(a.seats);
  for (const [row, indexes] of b.seats) seats.set(row, new Set([...(seats.get(row) ?? []), ...indexes]));
  return {
    areas: new Set([...a.areas, ...b.areas]),
    rows: new Set([...a.rows, ...b.rows]),
    seats,
    stage: a.stage || b.stage,
  };
}

/** What is in one of them only: a click with Shift. */
export function toggled(a: Selection, b: Selection): Selection {
  const seats = new Map(a.seats);
  for (const [row, indexes] of b.seats) {
    const left = differing(seats.get(row) ?? new Set<number>(), indexes);
    if (left.size > 0) seats.set(row, left);
    else seats.delete(row);
  }
  return {
    areas: differing(a.areas, b.areas),
    rows: differing(a.rows, b.rows),
    seats,
    stage: a.stage !== b.stage,
  };
}

function differing<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  const left = new Set(a);
  for (const one of b) if (!left.delete(one)) left.add(one);
  return left;
}

/** Whether all of `part` is selected. */
export function includes(selection: Selection, part: Selection): boolean {
  return (
    [...part.areas].every((key) => selection.areas.has(key)) &&
    [...part.rows].every((key) => selection.rows.has(key)) &&
    [...part.seats].every(([row, seats]) => [...seats].every((seat) => selection.seats.get(row)?.has(seat))) &&
    (!part.stage || selection.stage)
  );
}

/** Only what the drawing has: an undo may take away what was selected. */
export function existing(drawing: Drawing, selection: Selection): Selection {
  if (isNothing(selection)) return selection;
  const rows = new Map<string, DrawnRow>();
  if (selection.rows.size > 0 || selection.seats.size > 0) {
    for (const { row } of rowsOf(drawing)) rows.set(row.key, row);
  }
  const areas = new Set(drawing.areas.map((area) => area.key));
  const seats = [...selection.seats].flatMap(([key, indexes]) => {
    const count = rows.get(key)?.seats.length ?? 0;
    const left = [...indexes].filter((index) => index < count);
    return left.length > 0 ? [[key, new Set(left)] as const] : [];
  });
  return {
    areas: new Set([...selection.areas].filter((key) => areas.has(key))),
    rows: new Set([...selection.rows].filter((key) => rows.has(key))),
    seats: new Map(seats),
    stage: selection.stage,
  };
}

/** Everything of a level; standing areas and the stage belong to sections. */
export function everything(drawing: Drawing, level: Level): Selection {
  if (level === "areas") return ofAreas(...drawing.areas.map((area) => area.key));
  const rows = [...rowsOf(drawing)].map(({ row }) => row);
  if (level === "rows") return ofRows(...rows.map((row) => row.key));
  return { ...nothing, seats: new Map(rows.map((row) => [row.key, new Set(row.seats.keys())])) };
}

export function* rowsOf(drawing: Drawing): Iterable<{ area: SeatedArea; row: DrawnRow }> {
  for (const area of drawing.areas) {
    if (area.kind === "seats") for (const row of area.rows) yield { area, row };
  }
}

/** The rows that are selected, themselves or with their section. */
export function selectedRows(drawing: Drawing, selection: Selection): { area: SeatedArea; row: DrawnRow }[] {
  if (selection.areas.size + selection.rows.size === 0) return [];
  return [...rowsOf(drawing)].filter(({ area, row }) => selection.areas.has(area.key) || selection.rows.has(row.key));
}

/** Rows with the seats of theirs that are selected one by one. */
export function selectedSeats(
  drawing: Drawing,
  selection: Selection,
): { area: SeatedArea; row: DrawnRow; seats: ReadonlySet<number> }[] {
  if (selection.seats.size === 0) return [];
  return [...rowsOf(drawing)].flatMap(({ area, row }) => {
    const seats = selection.seats.get(row.key);
    return seats ? [{ area, row, seats }] : [];
  });
}

/** How many places are selected in all. */
export function selectedPlaces(drawing: Drawing, selection: Selection): number {
  let count = 0;
  for (const area of drawing.areas) {
    if (selection.areas.has(area.key)) count += seatCount(area);
    else if (area.kind === "seats" && selection.rows.size + selection.seats.size > 0) {
      for (const row of area.rows) {
        count += selection.rows.has(row.key) ? row.seats.length : (selection.seats.get(row.key)?.size ?? 0);
      }
    }
  }
  return count;
}
