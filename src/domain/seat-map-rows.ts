// Rows of seats as lines and arcs: where the seats of a shape stand, and which shape seats that stand somewhere have.
// Lengths are drawing units; angles are degrees clockwise, since y grows downwards.

import type { RowShape } from "./seat-map.ts";

export interface Point {
  x: number;
  y: number;
}

/** A shape at its place, with the extra width before each seat: an aisle's, or 0. */
export interface LaidRow {
  /** The middle of the row, along it. */
  middle: Point;
  shape: RowShape;
  gaps: readonly number[];
}

/** What a row is drawn with if nobody says anything else. */
export const usualShape: RowShape = { spacing: 55, angle: 0, curve: 0 };

const radians = Math.PI / 180;
/** Whole units are what drawings have, so a point may be this far from where it would be. */
const tolerance = 1.5;

/** The turn of a row for each unit of its length, in radians. */
const bend = ({ curve }: RowShape) => (curve * radians) / 1_000;

/** The point of a row `along` units after its middle. */
export function pointOnRow(middle: Point, shape: RowShape, along: number): Point {
  const turn = bend(shape);
  const u = turn === 0 ? along : Math.sin(turn * along) / turn;
  const v = turn === 0 ? 0 : (Math.cos(turn * along) - 1) / turn;
  const [cos, sin] = [Math.cos(shape.angle * radians), Math.sin(shape.angle * radians)];
  return { x: middle.x + u * cos - v * sin, y: middle.y + u * sin + v * cos };
}

/** How far along the row each seat stands, from the middle. */
export function alongRow(spacing: number, gaps: readonly number[]): number[] {
  let at = 0;
  const seats = gaps.map((gap, index) => (at += index === 0 ? 0 : spacing + gap));
  return seats.map((along) => along - at / 2);
}

/** Where the seats of a row stand, in whole units. */
export function layRow({ middle, shape, gaps }: LaidRow): Point[] {
  return alongRow(shape.spacing, gaps).map((along) => {
    const { x, y } = pointOnRow(middle, shape, along);
    return { x: Math.round(x), y: Math.round(y) };
  });
}

/** The same line with its middle `along` units further: what is left of a row that lost seats at one end. */
export function shiftMiddle(middle: Point, shape: RowShape, along: number): { middle: Point; shape: RowShape } {
  const angle = shape.angle - shape.curve * (along / 1_000);
  return { middle: pointOnRow(middle, shape, along), shape: { ...shape, angle } };
}

/**
 * The line that seats stand on, from the given shape or else from where they stand; undefined if they are on none. A stated
 * shape that the seats do not follow is not believed.
 */
export function readRow(seats: readonly Point[], stated?: RowShape): LaidRow | undefined {
  const given = stated && onShape(seats, stated);
  if (given) return given;
  const near = fitShape(seats);
  // Somebody drew it with a whole number, if that is possible.
  return onShape(seats, { ...near, spacing: Math.max(1, Math.round(near.spacing)) }) ?? onShape(seats, near);
}

/** The shape that comes nearest to where seats stand. */
export function fitShape(seats: readonly Point[]): RowShape {
  const [first, last] = [seats[0], seats.at(-1)];
  if (!first || !last || first === last) return usualShape;
  const angle = (Math.atan2(last.y - first.y, last.x - first.x) * 180) / Math.PI;
  const turn = fitBend(seats, first, last);
  const steps = seats.slice(1).map((seat, index) => lengthOnArc(distance(seat, seats[index] ?? seat), turn));
  const sorted = steps.toSorted((a, b) => a - b);
  const spacing = usualSpacing(steps, sorted[Math.floor((sorted.length - 1) / 2)] ?? usualShape.spacing);
  return { spacing, angle: rounded(angle, 100), curve: rounded((turn * 1_000) / radians, 100) };
}

/** The mean of the steps that are like the middle one: a rounded coordinate alone would be half a unit off. */
function usualSpacing(steps: readonly number[], middle: number): number {
  const alike = steps.filter((step) => Math.abs(step - middle) < 2 * tolerance);
  const mean = alike.reduce((sum, step) => sum + step, 0) / Math.max(1, alike.length);
  return Math.max(1, rounded(mean, 100));
}

/** The bend of the arc through both ends that passes nearest to the seats between them; 0 where rounding explains it. */
function fitBend(seats: readonly Point[], first: Point, last: Point): number {
  const chord = distance(first, last);
  if (seats.length < 3 || chord === 0) return 0;
  const [ux, uy] = [(last.x - first.x) / chord, (last.y - first.y) / chord];
  let [weight, sum, rise] = [0, 0, 0];
  for (const seat of seats.slice(1, -1)) {
    const below = (seat.y - first.y) * ux - (seat.x - first.x) * uy;
    // Menger's curvature of the ends and this seat is 2·below / (way · way); each counts for as much as it says.
    weight += distance(first, seat) * distance(seat, last);
    sum += 2 * below;
    rise = Math.max(rise, Math.abs(below));
  }
  // Below its chord: the ends lie forward of it, which is a curve above 0.
  return rise < tolerance || weight === 0 ? 0 : sum / weight;
}

/** The row of that shape which passes nearest to the seats, if all of them are on it. */
function onShape(seats: readonly Point[], shape: RowShape): LaidRow | undefined {
  const turn = bend(shape);
  const gaps = seats.map((seat, index) => {
    const before = seats[index - 1];
    return before ? neat(lengthOnArc(distance(seat, before), turn) - shape.spacing) : 0;
  });
  const places = alongRow(shape.spacing, gaps).map((along) => pointOnRow({ x: 0, y: 0 }, shape, along));
  const mean = (axis: "x" | "y") =>
    seats.reduce((sum, seat, index) => sum + seat[axis] - (places[index]?.[axis] ?? 0), 0) / Math.max(1, seats.length);
  const middle = { x: rounded(mean("x"), 4), y: rounded(mean("y"), 4) };
  const off = (seat: Point, index: number) => {
    const place = places[index] ?? seat;
    return distance(seat, { x: middle.x + place.x, y: middle.y + place.y });
  };
  return seats.every((seat, index) => off(seat, index) <= tolerance) ? { middle, shape, gaps } : undefined;
}

/** A gap as somebody would have typed it. */
function neat(gap: number): number {
  if (Math.abs(gap) < tolerance) return 0;
  const five = Math.round(gap / 5) * 5;
  return Math.abs(gap - five) <= 1 ? five : Math.round(gap);
}

/** The way along an arc between two points that are so far apart. */
function lengthOnArc(chord: number, turn: number): number {
  const half = (chord * Math.abs(turn)) / 2;
  return turn === 0 || half >= 1 ? chord : (2 * Math.asin(half)) / Math.abs(turn);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
