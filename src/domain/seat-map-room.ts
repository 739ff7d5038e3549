// A whole room from a few numbers: so many rows of so many seats before a screen or a stage.

import { outlineOf } from "./seat-map-outline.ts";
import { rowNames, seatNumbers } from "./seat-map-numbering.ts";
import { layRow, type Point } from "./seat-map-rows.ts";
import type { Row, RowNumbering, RowShape, Seat, SeatMap, SeatNumbering } from "./seat-map.ts";

export interface RoomPlan {
  name: string;
  rows: number;
  /** In each row. */
  seats: number;
  /** After which seats of a row, counted from its left, an aisle lies. */
  aislesAfter: readonly number[];
  /** RowShape.curve of every row. */
  curve: number;
  rowNumbering: RowNumbering;
  seatNumbering: SeatNumbering;
  /** At the ends of the front row, each with a companion's seat beside it. */
  wheelchairs: number;
  /** What its only section is called. */
  section: string;
  /** The word on the screen or stage. */
  stage: string;
}

/** What a plan may ask for. */
export const roomLimits = { rows: 200, seats: 200, wheelchairs: 40 } as const;

export const spacing = 55;
/** From one row to the next. */
export const rowDepth = 95;
/** How much wider an aisle is than the step to the next seat. */
export const aisleWidth = 60;
const margin = 120;

/** The seat map of a plan, centred under its screen. The plan's numbers have to be whole and within `roomLimits`. */
export function roomMap(plan: RoomPlan): SeatMap {
  const shape: RowShape = { spacing, angle: 0, curve: plan.curve };
  const breaks = new Set(plan.aislesAfter.filter((after) => after > 0 && after < plan.seats));
  const gaps = Array.from({ length: plan.seats }, (_, seat) => (breaks.has(seat) ? aisleWidth : 0));
  const front = layRow({ middle: { x: 0, y: 0 }, shape, gaps });
  const [left, top] = [least(front, "x"), least(front, "y")];
  const length = -2 * left;
  const width = Math.max(600, Math.round(length + 2 * margin));
  const screenHeight = 40;
  const firstRow = Math.round(margin / 2 + screenHeight + 2 * rowDepth - top);
  const names = rowNames(plan.rowNumbering, plan.rows);
  const numbers = seatNumbers(plan.seatNumbering, plan.seats);
  const rows = names.map((name, row): Row => {
    const points = layRow({ middle: { x: width / 2, y: firstRow + row * rowDepth }, shape, gaps });
    const access = row === 0 ? wheelchairPlaces(plan.seats, plan.wheelchairs) : [];
    const seats = points.map((point, seat): Seat => ({
      name: `${name}-${numbers[seat] ?? ""}`,
      ...point,
      ...(access[seat] ? { access: access[seat] } : {}),
      ...(breaks.has(seat) ? { aisle: true as const } : {}),
    }));
    return { name, seats, shape };
  });
  const lowest = Math.max(...rows.flatMap(({ seats }) => seats.map(({ y }) => y)));
  const screen = Math.round(width * 0.72);
  return {
    name: plan.name,
    width,
    height: Math.round(lowest + margin),
    focus: { x: Math.round(width / 2), y: Math.round(firstRow + plan.rows * 0.62 * rowDepth) },
    stage: {
      label: plan.stage,
      x: Math.round((width - screen) / 2),
      y: margin / 2,
      width: screen,
      height: screenHeight,
    },
    sections: [
      {
        kind: "seats",
        id: "MAIN",
        name: plan.section,
        rank: 1,
        colour: 1,
        outline: outlineOf(rows.map(({ seats }) => seats)),
        numbering: { rows: plan.rowNumbering, seats: plan.seatNumbering },
        rows,
      },
    ],
  };
}

function least(points: readonly Point[], axis: "x" | "y"): number {
  return points.reduce((least, point) => Math.min(least, point[axis]), Infinity);
}

/** From both ends inwards: wheelchair, companion, wheelchair, companion. */
function wheelchairPlaces(seats: number, wheelchairs: number): Seat["access"][] {
  const access: Seat["access"][] = Array.from({ length: seats });
  const pairs = Math.min(wheelchairs, Math.floor(seats / 2));
  for (let pair = 0; pair < pairs; pair += 1) {
    const end = 2 * Math.floor(pair / 2);
    const at = (offset: number) => (pair % 2 === 0 ? end + offset : seats - 1 - end - offset);
    access[at(0)] = "accessible";
    access[at(1)] = "companion";
  }
  return access;
}
