// Commands that move what is selected: by a step, by turning, and by lining up.

import type { Point } from "../../domain/seat-map-rows.ts";
import { changeAreas, changeRows, lineFor, movedArea, movedRow } from "./change.ts";
import {
  areaBox,
  join,
  lineOf,
  neatShape,
  noBox,
  rowBox,
  rowOnLine,
  seatPoints,
  without,
  type Box,
  type Drawing,
  type DrawnRow,
} from "./drawing.ts";
import type { Edit } from "./history.ts";
import {
  nothing,
  ofAreas,
  ofRows,
  ofSeats,
  rowsOf,
  selectedRows,
  selectedSeats,
  theStage,
  type Selection,
} from "./selection.ts";

/** Moves what is selected. */
export function move({ drawing, selection }: Edit, dx: number, dy: number): Edit {
  if (dx === 0 && dy === 0) return { drawing, selection };
  let after = changeAreas(drawing, (area) => (selection.areas.has(area.key) ? movedArea(area, dx, dy) : area));
  if (selection.rows.size > 0 || selection.seats.size > 0) {
    after = changeRows(after, (row, area) => {
      if (selection.areas.has(area.key)) return row;
      if (selection.rows.has(row.key)) return movedRow(row, dx, dy);
      const seats = selection.seats.get(row.key);
      return seats ? withSeatsMoved(row, seats, () => ({ x: dx, y: dy })) : row;
    });
  }
  if (selection.stage) {
    after = { ...after, stage: { ...after.stage, x: after.stage.x + dx, y: after.stage.y + dy } };
  }
  return { drawing: after, selection };
}

function withSeatsMoved(row: DrawnRow, seats: ReadonlySet<number>, by: (seat: number) => Point): DrawnRow {
  if (seats.size === row.seats.length && seats.size === 1) {
    const { x, y } = by(0);
    return movedRow(row, x, y);
  }
  return {
    ...row,
    seats: row.seats.map((seat, index) => {
      if (!seats.has(index)) return seat;
      const { x, y } = by(index);
      return { ...seat, x: seat.x + x, y: seat.y + y };
    }),
  };
}

/** Turns sections, rows and seats around the middle of all that is selected, clockwise. */
export function turn({ drawing, selection }: Edit, degrees: number): Edit {
  const centre = centreOf(drawing, selection);
  if (!centre || degrees === 0) return { drawing, selection };
  const spin = turnAround(centre, degrees);
  let after = changeRows(drawing, (row, area) => {
    if (selection.areas.has(area.key) || selection.rows.has(row.key)) return turnedRow(row, degrees, spin);
    const seats = selection.seats.get(row.key);
    if (!seats) return row;
    const points = seatPoints(row);
    return withSeatsMoved(row, seats, (seat) => {
      const from = points[seat] ?? centre;
      const to = spin(from);
      return { x: Math.round(to.x - from.x), y: Math.round(to.y - from.y) };
    });
  });
  after = changeAreas(after, (area) => {
    if (area.kind === "seats" || !selection.areas.has(area.key)) return area;
    const outline = area.outline.map(([x, y]) => {
      const to = spin({ x, y });
      return [Math.round(to.x), Math.round(to.y)] as const;
    });
    return { ...area, outline };
  });
  return { drawing: after, selection };
}

/** Mirrors sections and rows from left to right around the middle of all that is selected; seats keep their order from the left. */
export function mirror({ drawing, selection }: Edit): Edit {
  const centre = centreOf(drawing, { ...selection, seats: nothing.seats });
  if (!centre) return { drawing, selection };
  const across = (x: number) => Math.round(2 * centre.x - x);
  let after = changeRows(drawing, (row, area) =>
    selection.areas.has(area.key) || selection.rows.has(row.key) ? mirroredRow(row, across) : row,
  );
  after = changeAreas(after, (area) => {
    if (area.kind === "seats" || !selection.areas.has(area.key)) return area;
    return { ...area, outline: area.outline.map(([x, y]) => [across(x), y] as const).toReversed() };
  });
  return { drawing: after, selection };
}

function mirroredRow(row: DrawnRow, across: (x: number) => number): DrawnRow {
  const x = across(row.x);
  const seats = row.seats.toReversed().map((seat, index) => {
    // The aisle that lay before the seat that was to its right.
    const aisle = row.seats[row.seats.length - index]?.aisle;
    const placed = { ...without(seat, "aisle"), x: across(row.x + seat.x) - x };
    return aisle ? { ...placed, aisle } : placed;
  });
  return { ...row, x, seats, shape: row.shape && neatShape({ ...row.shape, angle: -row.shape.angle }) };
}

/** The mean of all that turns: unlike the middle of its box it stays where it is. */
function centreOf(drawing: Drawing, selection: Selection): Point | undefined {
  let [x, y, count] = [0, 0, 0];
  const add = (points: Iterable<Point>) => {
    for (const point of points) [x, y, count] = [x + point.x, y + point.y, count + 1];
  };
  for (const { row } of selectedRows(drawing, selection)) add(seatPoints(row));
  for (const { row, seats } of selectedSeats(drawing, selection)) {
    add(seatPoints(row).filter((_, seat) => seats.has(seat)));
  }
  for (const area of drawing.areas) {
    if (area.kind === "standing" && selection.areas.has(area.key)) add(area.outline.map(([x, y]) => ({ x, y })));
  }
  return count === 0 ? undefined : { x: x / count, y: y / count };
}

function turnAround(centre: Point, degrees: number): (point: Point) => Point {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return ({ x, y }) => {
    const [dx, dy] = [x - centre.x, y - centre.y];
    return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
  };
}

function turnedRow(row: DrawnRow, degrees: number, spin: (point: Point) => Point): DrawnRow {
  const line = lineOf(row);
  if (line) {
    const shape = { ...line.shape, angle: line.shape.angle + degrees };
    return rowOnLine(row, { ...line, middle: spin(line.middle), shape });
  }
  const points = seatPoints(row).map(spin);
  const [x, y] = [Math.round(points[0]?.x ?? row.x), Math.round(points[0]?.y ?? row.y)];
  const seats = row.seats.map((seat, index) => ({
    ...seat,
    x: Math.round((points[index]?.x ?? x) - x),
    y: Math.round((points[index]?.y ?? y) - y),
  }));
  return { ...row, x, y, seats, shape: undefined };
}

/** Around the middles of all that is selected; left beyond right if that is nothing. */
export function selectionBox(drawing: Drawing, selection: Selection): Box {
  return itemsOf(drawing, selection)
    .map(({ box }) => box)
    .reduce(join, noBox);
}

interface Item {
  part: Selection;
  box: Box;
}

/** What is selected as things that move on their own. */
function itemsOf(drawing: Drawing, selection: Selection): Item[] {
  const items: Item[] = [];
  for (const area of drawing.areas) {
    if (selection.areas.has(area.key)) items.push({ part: ofAreas(area.key), box: areaBox(area) });
  }
  if (selection.rows.size > 0) {
    for (const { area, row } of rowsOf(drawing)) {
      if (selection.rows.has(row.key) && !selection.areas.has(area.key)) {
        items.push({ part: ofRows(row.key), box: rowBox(row) });
      }
    }
  }
  for (const { row, seats } of selectedSeats(drawing, selection)) {
    const points = seatPoints(row);
    for (const seat of seats) {
      const { x, y } = points[seat] ?? row;
      items.push({ part: ofSeats(row.key, seat), box: { left: x, top: y, right: x, bottom: y } });
    }
  }
  if (selection.stage) {
    const { x, y, width, height } = drawing.stage;
    items.push({ part: theStage, box: { left: x, top: y, right: x + width, bottom: y + height } });
  }
  return items;
}

/** How many things could be lined up. */
export function itemCount(drawing: Drawing, selection: Selection): number {
  return itemsOf(drawing, selection).length;
}

export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom";

const lineUp: Record<Side, (all: Box, own: Box) => readonly [dx: number, dy: number]> = {
  left: (all, own) => [all.left - own.left, 0],
  centre: (all, own) => [(all.left + all.right - own.left - own.right) / 2, 0],
  right: (all, own) => [all.right - own.right, 0],
  top: (all, own) => [0, all.top - own.top],
  middle: (all, own) => [0, (all.top + all.bottom - own.top - own.bottom) / 2],
  bottom: (all, own) => [0, all.bottom - own.bottom],
};

/** Lines up what is selected; a single thing with the room: its middle or its edges. */
export function align({ drawing, selection }: Edit, side: Side): Edit {
  const items = itemsOf(drawing, selection);
  const all =
    items.length === 1
      ? { left: 0, top: 0, right: drawing.width, bottom: drawing.height }
      : items.map(({ box }) => box).reduce(join, noBox);
  return moveEach({ drawing, selection }, items, (item) => lineUp[side](all, item.box));
}

/** Makes the middles of three things or more lie equally far apart; the outer ones stay. */
export function distribute({ drawing, selection }: Edit, axis: "x" | "y"): Edit {
  const middle = ({ box }: Item) => (axis === "x" ? box.left + box.right : box.top + box.bottom) / 2;
  const items = itemsOf(drawing, selection).toSorted((a, b) => middle(a) - middle(b));
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last || items.length < 3) return { drawing, selection };
  const step = (middle(last) - middle(first)) / (items.length - 1);
  return moveEach({ drawing, selection }, items, (item, index) => {
    const by = middle(first) + step * index - middle(item);
    return axis === "x" ? [by, 0] : [0, by];
  });
}

function moveEach(
  edit: Edit,
  items: readonly Item[],
  by: (item: Item, index: number) => readonly [dx: number, dy: number],
): Edit {
  let { drawing } = edit;
  const seats = new Map<string, Map<number, Point>>();
  for (const [index, item] of items.entries()) {
    const [dx, dy] = by(item, index).map(Math.round) as [number, number];
    const [row, indexes] = [...item.part.seats][0] ?? [];
    if (row === undefined) drawing = move({ drawing, selection: item.part }, dx, dy).drawing;
    else {
      const moves = seats.get(row) ?? new Map<number, Point>();
      for (const seat of indexes ?? []) moves.set(seat, { x: dx, y: dy });
      seats.set(row, moves);
    }
  }
  if (seats.size > 0) {
    drawing = changeRows(drawing, (row) => {
      const moves = seats.get(row.key);
      return moves ? withSeatsMoved(row, new Set(moves.keys()), (seat) => moves.get(seat) ?? { x: 0, y: 0 }) : row;
    });
  }
  return { drawing, selection: edit.selection };
}

/** Everything moved so that it lies in the drawing with some air around it, and the drawing as large as it takes. */
export function fitDrawing({ drawing, selection }: Edit): Edit {
  const all = everythingBox(drawing);
  const air = 100;
  const [dx, dy] = [Math.round(air - all.left), Math.round(air - all.top)];
  const whole = { areas: new Set(drawing.areas.map((area) => area.key)), rows: nothing.rows, seats: nothing.seats };
  const moved = move({ drawing, selection: { ...whole, stage: true } }, dx, dy).drawing;
  const width = Math.max(100, Math.round(all.right - all.left + 2 * air));
  const height = Math.max(100, Math.round(all.bottom - all.top + 2 * air));
  const limit = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const focus = { x: limit(drawing.focus.x + dx, width), y: limit(drawing.focus.y + dy, height) };
  return { drawing: { ...moved, width, height, focus }, selection };
}

/** Around all seats, areas and the stage. */
export function everythingBox(drawing: Drawing): Box {
  const { x, y, width, height } = drawing.stage;
  return drawing.areas.map(areaBox).reduce(join, { left: x, top: y, right: x + width, bottom: y + height });
}

/** Where a row's middle lies. */
export function middleOf(row: DrawnRow): Point {
  return lineFor(row).middle;
}
