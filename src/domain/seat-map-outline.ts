// The outline of a section, from where its seats stand.

import type { Point } from "./seat-map-rows.ts";

/** From a seat's middle to the edge of its section. */
const margin = 45;
/** Rows whose ends make corners: an outline has 200 at most. */
const mostEnds = 60;

type Corner = [number, number];

/**
 * The outline around rows, the front one first: along the ends of every row, and along the first and the last. Where rows do not
 * lie one behind the other, the tightest outline without dents.
 */
export function outlineOf(rows: readonly (readonly Point[])[]): Corner[] {
  const filled = rows.filter((row) => row.length > 0);
  const around = alongEnds(filled);
  return filled.every((row) => row.every((seat) => contains(around, seat))) ? around : tightest(filled.flat());
}

/** How rows run as a whole: a step along them, and one backwards. */
function directions(rows: readonly (readonly Point[])[]): { along: Point; behind: Point } {
  const longest = rows.reduce<readonly Point[]>((best, row) => (row.length > best.length ? row : best), []);
  const [first, last] = [longest[0], longest.at(-1)];
  const length = first && last ? Math.hypot(last.x - first.x, last.y - first.y) : 0;
  const along =
    first && last && length > 0 ? { x: (last.x - first.x) / length, y: (last.y - first.y) / length } : { x: 1, y: 0 };
  const [front, back] = [middleOf(rows[0] ?? []), middleOf(rows.at(-1) ?? [])];
  const turned = (back.x - front.x) * -along.y + (back.y - front.y) * along.x;
  // Rows may be listed from the back to the front; "behind" is then the other way.
  return { along, behind: turned < 0 ? { x: along.y, y: -along.x } : { x: -along.y, y: along.x } };
}

function alongEnds(rows: readonly (readonly Point[])[]): Corner[] {
  const { along, behind } = directions(rows);
  const around: Corner[] = [];
  const add = (seat: Point, way: Point, by: number) =>
    around.push([Math.round(seat.x + way.x * by), Math.round(seat.y + way.y * by)]);
  const ends = sampled(rows, mostEnds).flatMap((row) => {
    const [left, right] = [row[0], row.at(-1)];
    return left && right ? [{ left, right }] : [];
  });
  for (const seat of sampled(rows[0] ?? [], 9)) add(seat, behind, -margin);
  for (const { right } of ends) add(right, along, margin);
  for (const seat of sampled(rows.at(-1) ?? [], 9).reverse()) add(seat, behind, margin);
  for (const { left } of ends.reverse()) add(left, along, -margin);
  return around;
}

/** At most about so many, the first and the last among them. */
function sampled<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.floor(items.length / (most - 1)));
  return items.filter((_, index) => index % step === 0 || index === items.length - 1);
}

/** Whether a point lies within an outline. */
export function contains(outline: readonly (readonly [number, number])[], { x, y }: Point): boolean {
  let inside = false;
  for (let at = 0; at < outline.length; at += 1) {
    const [ax, ay] = outline[at] ?? [0, 0];
    const [bx, by] = outline[at === 0 ? outline.length - 1 : at - 1] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The convex hull (Andrew's monotone chain) of the squares around seats. */
function tightest(seats: readonly Point[]): Corner[] {
  const corners = seats
    .flatMap(({ x, y }): Corner[] => [
      [x - margin, y - margin],
      [x + margin, y - margin],
      [x - margin, y + margin],
      [x + margin, y + margin],
    ])
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (points: readonly Corner[]) => {
    const chain: Corner[] = [];
    for (const point of points) {
      for (let [a, b] = [chain.at(-2), chain.at(-1)]; a && b && turn(a, b, point) <= 0;) {
        chain.pop();
        [a, b] = [chain.at(-2), chain.at(-1)];
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(corners), ...half(corners.toReversed())];
  return sampled(hull, 150).map(([x, y]) => [Math.round(x), Math.round(y)]);
}

function turn(a: Corner, b: Corner, c: Corner): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function middleOf(seats: readonly Point[]): Point {
  const sum = seats.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 0, y: 0 });
  return { x: sum.x / Math.max(1, seats.length), y: sum.y / Math.max(1, seats.length) };
}
