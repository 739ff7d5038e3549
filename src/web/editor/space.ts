// Where things lie: what is in view, what a pointer hits, what a rectangle catches. Rows are in an R-tree, seats are looked for
// within their rows: 900 boxes for 20,000 seats, made anew in a millisecond after a change.

import Flatbush from "flatbush";
import { contains } from "../../domain/seat-map-outline.ts";
import type { Point } from "../../domain/seat-map-rows.ts";
import { outlineAround } from "./document.ts";
import {
  areaBox,
  rowBox,
  seatPoints,
  type Area,
  type Box,
  type Drawing,
  type DrawnRow,
  type SeatedArea,
} from "./drawing.ts";
import { nothing, ofAreas, ofRows, ofSeats, theStage, type Level, type Selection } from "./selection.ts";

/** Half of what a seat is drawn with. */
export const seatRadius = 21;

export interface PlacedRow {
  row: DrawnRow;
  area: SeatedArea;
}

export interface Space {
  /** Rows that a box touches, in the order of the drawing. */
  rowsIn(box: Box): PlacedRow[];
  /** What lies under a point as a click of that level takes it; nothing if nothing does. */
  at(point: Point, level: Level, reach: number): Selection;
  /** What a rectangle touches. */
  caught(box: Box, level: Level): Selection;
}

/** The last drawing's space is kept. */
export function spaceKeeper(): (drawing: Drawing) => Space {
  let last: { drawing: Drawing; space: Space } | undefined;
  return (drawing) => {
    if (last?.drawing !== drawing) last = { drawing, space: createSpace(drawing) };
    return last.space;
  };
}

export function createSpace(drawing: Drawing): Space {
  const placed: PlacedRow[] = [];
  for (const area of drawing.areas) {
    if (area.kind === "seats") for (const row of area.rows) placed.push({ row, area });
  }
  const index = indexOf(placed);
  const rowsIn = ({ left, top, right, bottom }: Box) =>
    index
      ? index
          .search(left, top, right, bottom)
          .sort((a, b) => a - b)
          .flatMap((at) => placed[at] ?? [])
      : [];
  return {
    rowsIn,
    at: (point, level, reach) => hit(drawing, rowsIn, point, level, reach),
    caught: (box, level) => caught(drawing, rowsIn, box, level),
  };
}

function indexOf(placed: readonly PlacedRow[]): Flatbush | undefined {
  if (placed.length === 0) return undefined;
  const index = new Flatbush(placed.length);
  for (const { row } of placed) {
    const { left, top, right, bottom } = rowBox(row);
    index.add(left - seatRadius, top - seatRadius, right + seatRadius, bottom + seatRadius);
  }
  index.finish();
  return index;
}

type RowsIn = (box: Box) => PlacedRow[];

function hit(drawing: Drawing, rowsIn: RowsIn, point: Point, level: Level, reach: number): Selection {
  // A row is also what lies between its seats.
  const seat = nearestSeat(rowsIn, point, Math.max(level === "rows" ? 2 * seatRadius : seatRadius, reach));
  if (seat) {
    if (level === "areas") return ofAreas(seat.area.key);
    return level === "rows" ? ofRows(seat.row.key) : ofSeats(seat.row.key, seat.index);
  }
  const area = drawing.areas.findLast((area) => covers(area, point, level));
  if (area) return ofAreas(area.key);
  const { stage } = drawing;
  const onStage =
    point.x >= stage.x - reach &&
    point.x <= stage.x + stage.width + reach &&
    point.y >= stage.y - reach &&
    point.y <= stage.y + stage.height + reach;
  return onStage ? theStage : nothing;
}

/** A section is taken by its ground only where sections are what is taken; a standing area has nothing else. */
function covers(area: Area, point: Point, level: Level): boolean {
  if (area.kind === "standing") return contains(area.outline, point);
  return level === "areas" && area.rows.length > 0 && contains(outlineAround(area), point);
}

function nearestSeat(rowsIn: RowsIn, point: Point, reach: number) {
  let found: { area: SeatedArea; row: DrawnRow; index: number } | undefined;
  let least = reach;
  const { x, y } = point;
  for (const { area, row } of rowsIn({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach })) {
    for (const [index, seat] of seatPoints(row).entries()) {
      const away = Math.hypot(seat.x - x, seat.y - y);
      if (away <= least) [found, least] = [{ area, row, index }, away];
    }
  }
  return found;
}

function caught(drawing: Drawing, rowsIn: RowsIn, box: Box, level: Level): Selection {
  const inside = ({ x, y }: Point) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  const touched = rowsIn(box).flatMap(({ area, row }) => {
    const seats = [...seatPoints(row).entries()].flatMap(([index, point]) => (inside(point) ? [index] : []));
    return seats.length > 0 ? [{ area, row, seats }] : [];
  });
  const areas = drawing.areas.filter((area) => {
    const own = areaBox(area);
    const within = own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom;
    return area.kind === "standing" && within;
  });
  const keys = areas.map((area) => area.key);
  if (level === "areas") return ofAreas(...keys, ...touched.map(({ area }) => area.key));
  if (level === "rows") return { ...ofRows(...touched.map(({ row }) => row.key)), areas: new Set(keys) };
  const seats = new Map(touched.map(({ row, seats }) => [row.key, new Set(seats)] as const));
  return { ...nothing, areas: new Set(keys), seats };
}
