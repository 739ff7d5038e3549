// The little geometry that seat maps are drawn with. Angles are radians from straight down (away from the stage), growing
// to the right.

/** A circle's centre and radius. */
export interface Sector {
  x: number;
  y: number;
  radius: number;
}

/** Points on an arc from one angle to another, `steps` apart, rounded to whole units. */
export function arc(sector: Sector, from: number, to: number, steps: number): [number, number][] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = steps === 0 ? from : from + ((to - from) * index) / steps;
    return [
      Math.round(sector.x + sector.radius * Math.sin(angle)),
      Math.round(sector.y + sector.radius * Math.cos(angle)),
    ];
  });
}

/** `count` points on an arc, centred on `middle`, `pitch` apart along it. */
export function rowOnArc(sector: Sector, middle: number, count: number, pitch: number): [number, number][] {
  const half = ((count - 1) * pitch) / 2 / sector.radius;
  return arc(sector, middle - half, middle + half, count - 1);
}

/** The outline of a piece of a ring. */
export function outlineOfArcs(
  centre: { x: number; y: number },
  inner: number,
  outer: number,
  from: number,
  to: number,
): [number, number][] {
  const steps = Math.max(2, Math.ceil((to - from) / 0.06));
  return [
    ...arc({ ...centre, radius: inner }, from, to, steps),
    ...arc({ ...centre, radius: outer }, from, to, steps).reverse(),
  ];
}

/** Splits `total` seats over rows that grow by `growth` seats each (it may be a fraction); the sum is exact. */
export function gradedRows(total: number, rows: number, growth: number): number[] {
  let ideal = 0;
  let given = 0;
  return Array.from({ length: rows }, (_, row) => {
    ideal += total / rows + growth * (row - (rows - 1) / 2);
    const count = Math.round(ideal) - given;
    given += count;
    return count;
  });
}

/** Row names: A … Z, AA … AZ, BA … */
export function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
