// Which places a hold gets: pure decisions over the states of one showing.

import type { Pick } from "../port.ts";
import type { RankedRun, Run } from "../../domain/seat-map.ts";
import type { ShowingState } from "./showing-state.ts";

export type Picked =
  | { places: readonly number[] }
  | { refusal: "seats_taken"; places: readonly number[] }
  | { refusal: "sold_out" }
  | { refusal: "strands_seat"; places: readonly number[] };

/** Chooses places for a pick; changes nothing. */
export function choose(state: ShowingState, pick: Pick): Picked {
  if (pick.kind === "named") return chooseNamed(state, pick.places, pick.runs);
  if (pick.kind === "standing") return chooseStanding(state, pick.areas);
  return chooseBest(state, pick);
}

function chooseNamed(state: ShowingState, places: readonly number[], runs: readonly Run[] | undefined): Picked {
  const taken = places.filter((place) => !state.is(place, "free"));
  if (taken.length > 0) return { refusal: "seats_taken", places: taken };
  const stranded = (runs ?? []).flatMap((run) => strandedBy(state, run, new Set(places)));
  return stranded.length > 0 ? { refusal: "strands_seat", places: stranded } : { places };
}

/**
 * Single free places that taking `chosen` would leave in a run. Leaving one is allowed only where it is all that is left of its
 * stretch of free places: then no choice of that many could leave none.
 */
export function strandedBy(state: ShowingState, run: Run, chosen: ReadonlySet<number>): number[] {
  const stranded: number[] = [];
  const end = run.start + run.length;
  for (let place = run.start; place < end; place += 1) {
    if (!state.is(place, "free")) continue;
    let left = 0;
    let taken = 0;
    let streak = 0;
    const singles: number[] = [];
    for (; place <= end; place += 1) {
      const free = place < end && state.is(place, "free");
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

function chooseStanding(state: ShowingState, areas: readonly { section: number; quantity: number }[]): Picked {
  const places: number[] = [];
  for (const { section, quantity } of areas) {
    const area = state.ref.sections[section];
    if (!area || state.freeIn(section) < quantity) return { refusal: "sold_out" };
    let wanted = quantity;
    for (let place = area.start; wanted > 0; place += 1) {
      if (!state.is(place, "free")) continue;
      places.push(place);
      wanted -= 1;
    }
  }
  return { places };
}

function chooseBest(state: ShowingState, pick: Extract<Pick, { kind: "best" }>): Picked {
  for (const group of pick.groups) {
    if (state.freeIn(group.section) < pick.quantity) continue;
    const first =
      bestWindow(state, group.runs, pick.quantity, pick.strandRule) ??
      (pick.strandRule ? bestWindow(state, group.runs, pick.quantity, false) : undefined);
    if (first !== undefined) return { places: Array.from({ length: pick.quantity }, (_, index) => first + index) };
  }
  return { refusal: "sold_out" };
}

/** The first place of the cheapest window; with `tidy`, of one that strands nothing. Better a stranded seat than no seats. */
function bestWindow(
  state: ShowingState,
  runs: readonly RankedRun[],
  quantity: number,
  tidy: boolean,
): number | undefined {
  let best: number | undefined;
  let bestCost = Infinity;
  for (const run of runs) {
    if (run.penalty >= bestCost) continue;
    let streak = 0;
    for (let offset = 0; offset < run.length; offset += 1) {
      streak = state.is(run.start + offset, "free") ? streak + 1 : 0;
      if (streak < quantity) continue;
      const first = offset - quantity + 1;
      const cost = run.penalty + Math.abs(2 * first + quantity - 1 - run.centre2);
      if (cost >= bestCost) continue;
      if (tidy && leavesSingle(state, run, first, quantity)) continue;
      best = run.start + first;
      bestCost = cost;
    }
  }
  return best;
}

function leavesSingle(state: ShowingState, run: Run, first: number, quantity: number): boolean {
  const chosen = new Set(Array.from({ length: quantity }, (_, index) => run.start + first + index));
  return strandedBy(state, run, chosen).length > 0;
}
