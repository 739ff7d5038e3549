// What to offer to somebody who lost seats to a faster buyer: the nearest equal ones, chosen by the same weighing of windows as
// best available, seen from the seats that are gone.

import { marks, rankStretches, type PlacedSeats, type Stretch } from "./packed-seat-map.ts";
import { bestWindow, strandedBy, type IsFree, type Window } from "./runs.ts";

export interface Loss {
  /** Everything that was chosen, by place; standing places are no choice of seats. */
  wanted: readonly number[];
  isFree: IsFree;
  /** Whether all that was chosen in one section costs the same in another, by their indexes. */
  samePrice(section: number, other: number): boolean;
  /** No single seat may be left over. */
  strandRule: boolean;
}

/** How much nearer, in seats times two, others must be than those of the same row, and of the same section. */
const otherRowCost = 2;
const otherSectionCost = 12;

/**
 * Seats instead of the wanted ones, in their order; undefined if there are none. Neighbours stay neighbours: a group that lost a
 * seat moves together, groups that lost none stay. Equal is what has the same price, a wheelchair place for each that was
 * wanted, and no worse a view.
 */
export function alternativeTo(seats: PlacedSeats, loss: Loss): number[] | undefined {
  const groups = groupsOf(seats, loss.wanted);
  if (groups.length === 0) return undefined;
  const found = new Map<number, number>();
  const used = new Set<number>();
  const keep = (group: readonly number[], at: (index: number) => number) => {
    for (const [index, place] of group.entries()) {
      found.set(place, at(index));
      used.add(at(index));
    }
  };
  const lost = groups.filter((group) => !group.every(loss.isFree));
  for (const group of groups) if (!lost.includes(group)) keep(group, (index) => group[index] ?? 0);
  for (const group of lost) {
    const window = nearestWindow(seats, loss, group, used);
    if (!window) return undefined;
    const places = window.reversed ? group.toReversed() : group;
    keep(places, (index) => window.first + index);
  }
  return loss.wanted.map((place) => found.get(place) ?? place);
}

/** Chosen places by stretches of neighbours, each ascending; empty if one of them is no seat. */
function groupsOf({ stretchOf }: PlacedSeats, wanted: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const place of wanted.toSorted((a, b) => a - b)) {
    const stretch = stretchOf[place] ?? -1;
    if (stretch < 0) return [];
    const last = groups.at(-1);
    const before = last?.at(-1) ?? -1;
    if (last && before === place - 1 && stretchOf[before] === stretch) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

function nearestWindow(seats: PlacedSeats, loss: Loss, group: readonly number[], used: ReadonlySet<number>) {
  const own = seats.stretches[seats.stretchOf[group[0] ?? -1] ?? -1];
  if (!own) return undefined;
  const focus = middleOf(seats, group);
  const isFree: IsFree = (place) => loss.isFree(place) && !used.has(place);
  const wantedMarks = accessOf(seats, group);
  const allows = (stretch: Stretch) =>
    stretch.accessible === own.accessible &&
    stretch.length >= group.length &&
    (stretch.section === own.section || loss.samePrice(own.section, stretch.section));
  const seesLess = (places: readonly number[]) => places.some((place) => seats.mark[place] === marks.restricted);
  const maySeeLess = seesLess(group);
  const fits = (_: unknown, first: number) => {
    const window = group.map((_, index) => first + index);
    if (own.accessible && !isMirrored(accessOf(seats, window), wantedMarks)) return false;
    if (!maySeeLess && seesLess(window)) return false;
    return !loss.strandRule || strandsNone(seats, loss.isFree, window, used);
  };
  const row = seats.rowOf[own.start];
  const extraOf = (stretch: Stretch) =>
    seats.rowOf[stretch.start] === row ? 0 : stretch.section === own.section ? otherRowCost : otherSectionCost;
  let best: Window | undefined;
  for (const extra of [0, otherRowCost, otherSectionCost]) {
    const stretches = seats.stretches.filter((stretch) => extraOf(stretch) === extra && allows(stretch));
    const found = bestWindow(isFree, rankStretches(seats, stretches, focus), group.length, fits);
    if (found && (!best || found.cost + extra < best.cost)) best = { ...found, cost: found.cost + extra };
  }
  if (!best) return undefined;
  const { first } = best;
  const window = accessOf(
    seats,
    group.map((_, index) => first + index),
  );
  return { first, reversed: own.accessible && window !== wantedMarks };
}

/** Whether the seats taken with a window leave no single one in its run. */
function strandsNone(
  seats: PlacedSeats,
  isFree: IsFree,
  window: readonly number[],
  used: ReadonlySet<number>,
): boolean {
  const run = seats.runs[seats.runOf[window[0] ?? -1] ?? -1];
  return run !== undefined && strandedBy(isFree, run, new Set([...used, ...window])).length === 0;
}

/** Wheelchair places and the seats beside them, in order: `wc`. */
function accessOf({ mark }: PlacedSeats, places: readonly number[]): string {
  return places
    .map((place) => (mark[place] === marks.wheelchair ? "w" : mark[place] === marks.companion ? "c" : "-"))
    .join("");
}

const isMirrored = (one: string, other: string) => one === other || one === other.split("").toReversed().join("");

function middleOf({ x, y }: PlacedSeats, places: readonly number[]): { x: number; y: number } {
  const sum = (values: Float32Array) => places.reduce((total, place) => total + (values[place] ?? 0), 0);
  return { x: sum(x) / places.length, y: sum(y) / places.length };
}

/** The single seats that a choice would leave, in the runs it lies in. */
export function strandedSeats(seats: PlacedSeats, isFree: IsFree, chosen: readonly number[]): number[] {
  const all = new Set(chosen);
  const runs = new Set(chosen.flatMap((place) => seats.runs[seats.runOf[place] ?? -1] ?? []));
  return [...runs].flatMap((run) => strandedBy(isFree, run, all));
}
