// Measures of a room for drawing it: how far seats stand apart, what the drawing covers, and how deep its rows need to be drawn.

import type { PlacedSeats } from "./packed-seat-map.ts";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a room is measured by if it has no two neighbours. */
const usualPitch = 55;
/** Depth of a row as drawn, in distances between neighbours: numbers and legs need less than a room's real rows have. */
const drawnDepth = 1.25;

/** The usual distance between neighbouring seats. */
export function pitchOf({ runs, x, y }: PlacedSeats): number {
  const distances = runs.flatMap(({ start, length }) =>
    length < 2 ? [] : [Math.hypot((x[start + 1] ?? 0) - (x[start] ?? 0), (y[start + 1] ?? 0) - (y[start] ?? 0))],
  );
  return middle(distances) ?? usualPitch;
}

/** What a drawing covers: every seat, every standing area and the stage, with a margin. */
export function boxOf(seats: PlacedSeats, margin: number): Box {
  const { sections, stage, rowOf } = seats;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const cover = (x: number, y: number) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (let place = 0; place < seats.count; place += 1) {
    if ((rowOf[place] ?? -1) >= 0) cover(seats.x[place] ?? 0, seats.y[place] ?? 0);
  }
  for (const { kind, outline } of sections) {
    if (kind !== "standing") continue;
    for (let at = 0; at + 1 < outline.length; at += 2) cover(outline[at] ?? 0, outline[at + 1] ?? 0);
  }
  cover(stage.x, stage.y);
  cover(stage.x + stage.width, stage.y + stage.height);
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

/**
 * By how much a room's depth may shrink in its drawing so that seats are as large as they can be: 1 where rows do not lie one
 * behind the other across the room, as around an arena.
 */
export function squashOf(seats: PlacedSeats): number {
  const { rows, x, y } = seats;
  const across = rows.every(({ start, length }) => {
    const last = start + length - 1;
    const [width, depth] = [(x[last] ?? 0) - (x[start] ?? 0), (y[last] ?? 0) - (y[start] ?? 0)];
    return Math.abs(depth) <= Math.abs(width) * 0.5;
  });
  if (!across) return 1;
  const middles = rows.map(({ start, length }) => y[start + Math.floor(length / 2)] ?? 0);
  const depths = middles.flatMap((value, index) => {
    const next = middles[index + 1];
    return next !== undefined && rows[index]?.section === rows[index + 1]?.section ? [Math.abs(next - value)] : [];
  });
  const depth = middle(depths.filter((one) => one > 0));
  return depth === undefined ? 1 : Math.min(1, Math.max(0.5, (drawnDepth * pitchOf(seats)) / depth));
}

/** A room with its depth drawn at a share of itself. */
export function squashed(seats: PlacedSeats, share: number): PlacedSeats {
  if (share === 1) return seats;
  const { label, ...box } = seats.stage;
  return {
    ...seats,
    height: seats.height * share,
    stage: { label, x: box.x, y: box.y * share, width: box.width, height: box.height * share },
    sections: seats.sections.map((section) => ({
      ...section,
      outline: section.outline.map((value, at) => (at % 2 === 0 ? value : value * share)),
    })),
    y: seats.y.map((value) => value * share),
  };
}

function middle(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
