// Runs of neighbouring seats and the windows in them: what best available weighs, and which single places a choice strands.
// Pure over who asks: the inventory decides with it, pages and browsers propose with it.

/** A stretch of neighbouring seats, numbered consecutively. */
export interface Run {
  start: number;
  length: number;
}

/** A run as best available weighs it: a window of n places from `start` costs `penalty + |2·(start-run.start) + n-1 - centre2|`. */
export interface RankedRun extends Run {
  /** Twice the offset of the place nearest to the focus; odd where the focus lies between two places. */
  centre2: number;
  /** How far the row lies from the best one, in seats, times two. */
  penalty: number;
}

/** Whether a place may be taken. */
export type IsFree = (place: number) => boolean;

const seatPitch = 55;

/**
 * Weighs a run by its distance from a point; depth counts half again as much as breadth. `x` and `y` are those of a place.
 */
export function rankRun(
  run: Run,
  x: (place: number) => number,
  y: (place: number) => number,
  focus: { x: number; y: number },
): RankedRun {
  const away = (place: number) => Math.hypot(x(place) - focus.x, (y(place) - focus.y) * 1.5);
  let nearest = 0;
  for (let offset = 1; offset < run.length; offset += 1) {
    if (away(run.start + offset) < away(run.start + nearest)) nearest = offset;
  }
  const least = away(run.start + nearest);
  // Two seats equally far: the middle lies between them. Coordinates are whole units, hence the tolerance.
  const between = nearest + 1 < run.length && away(run.start + nearest + 1) - least < 2;
  return { ...run, centre2: 2 * nearest + (between ? 1 : 0), penalty: Math.round((2 * least) / seatPitch) };
}

/** `quantity` neighbours, and what they cost: see RankedRun. */
export interface Window {
  first: number;
  cost: number;
}

/** The cheapest window of free places that `fits`; ties go to the lower place. */
export function bestWindow(
  isFree: IsFree,
  runs: readonly RankedRun[],
  quantity: number,
  fits: (run: RankedRun, first: number) => boolean = () => true,
): Window | undefined {
  let best: Window | undefined;
  for (const run of runs) {
    if (best && run.penalty >= best.cost) continue;
    let streak = 0;
    for (let offset = 0; offset < run.length; offset += 1) {
      streak = isFree(run.start + offset) ? streak + 1 : 0;
      if (streak < quantity) continue;
      const first = offset - quantity + 1;
      const cost = run.penalty + Math.abs(2 * first + quantity - 1 - run.centre2);
      if (best && cost >= best.cost) continue;
      if (fits(run, run.start + first)) best = { first: run.start + first, cost };
    }
  }
  return best;
}

/**
 * Single free places that taking `chosen` would leave in a run. Leaving one is allowed only where it is all that is left of its
 * stretch of free places: then no choice of that many could leave none.
 */
export function strandedBy(isFree: IsFree, run: Run, chosen: ReadonlySet<number>): number[] {
  const stranded: number[] = [];
  const end = run.start + run.length;
  for (let place = run.start; place < end; place += 1) {
    if (!isFree(place)) continue;
    let left = 0;
    let taken = 0;
    let streak = 0;
    const singles: number[] = [];
    for (; place <= end; place += 1) {
      const free = place < end && isFree(place);
      if (free && !chosen.has(place)) {
        streak += 1;
        left += 1;
        continue;
      }
      if (streak === 1) singles.push(place - 1);
      streak = 0;
      if (!free) break;
      taken += 1;
    }
    if (taken > 0 && left > 1) stranded.push(...singles);
  }
  return stranded;
}
