// Which places a hold gets: pure decisions over the states of one showing.

import type { Pick } from "../port.ts";
import { bestWindow, strandedBy, type RankedRun, type Run } from "../../domain/runs.ts";

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
  const stranded = (runs ?? []).flatMap((run) => strandedBy(isFreeIn(state), run, new Set(places)));
  return stranded.length > 0 ? { refusal: "strands_seat", places: stranded } : { places };
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
      bestFirst(state, group.runs, pick.quantity, pick.strandRule) ??
      (pick.strandRule ? bestFirst(state, group.runs, pick.quantity, false) : undefined);
    if (first !== undefined) return { places: Array.from({ length: pick.quantity }, (_, index) => first + index) };
  }
  return { refusal: "sold_out" };
}

/** The first place of the cheapest window; with `tidy`, of one that strands nothing. Better a stranded seat than no seats. */
function bestFirst(
  state: ShowingState,
  runs: readonly RankedRun[],
  quantity: number,
  tidy: boolean,
): number | undefined {
  const isFree = isFreeIn(state);
  const fits = (run: RankedRun, first: number) => {
    const chosen = new Set(Array.from({ length: quantity }, (_, index) => first + index));
    return strandedBy(isFree, run, chosen).length === 0;
  };
  return bestWindow(isFree, runs, quantity, tidy ? fits : undefined)?.first;
}

const isFreeIn = (state: ShowingState) => (place: number) => state.is(place, "free");
