// Seats instead of those that somebody else was faster to take; domain/alternative.ts chooses them.

import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { alternativeTo } from "../domain/alternative.ts";
import { freeIn, seatName } from "../domain/packed-seat-map.ts";
import { priceOf } from "../domain/pricing.ts";
import { packedSeats } from "./seats.ts";

/** A seat and its ticket. */
export interface WantedSeat {
  seat: string;
  tier: string;
}

/** Equal seats instead of wanted ones, each with its ticket; undefined if there are none. */
export function insteadOf(
  wanted: readonly WantedSeat[],
  showing: Showing,
  { map, layout }: CompiledSeatMap,
  states: string,
): WantedSeat[] | undefined {
  const { seats } = packedSeats(map);
  const places = wanted.map(({ seat }) => layout.placeOf.get(seat) ?? -1);
  const tiers = [...new Set(wanted.map(({ tier }) => tier))];
  const priceIn = (section: number, tier: string) =>
    priceOf(showing.prices, layout.sections[section]?.id ?? "", tier, "")?.totalMinor;
  const found = alternativeTo(seats, {
    wanted: places,
    isFree: freeIn(states),
    samePrice: (section, other) => tiers.every((tier) => priceIn(section, tier) === priceIn(other, tier)),
    strandRule: showing.strandRule,
  });
  return found?.map((place, index) => ({ seat: seatName(seats, place), tier: wanted[index]?.tier ?? "" }));
}

/** What seats cost with their tickets. */
export function totalOf(seats: readonly WantedSeat[], showing: Showing, { layout }: CompiledSeatMap): number {
  return seats.reduce((sum, { seat, tier }) => {
    const section = layout.sectionOf(layout.placeOf.get(seat) ?? 0).id;
    return sum + (priceOf(showing.prices, section, tier, "")?.totalMinor ?? 0);
  }, 0);
}
