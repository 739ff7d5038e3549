// What tickets cost in the demo: by size of the city, kind of auditorium and time of day; taxed by the state's own rate.

import { contentId } from "../src/catalogue/authoring/content-id.ts";
import type { PriceList, PriceTier } from "../src/domain/pricing.ts";
import { seatMapTemplate } from "../src/domain/templates.ts";
import { feeMinor } from "./sellers.ts";

/** The states' general sales tax in basis points, without what counties and cities add. */
const taxes: Readonly<Record<string, number>> = rates(
  "AL400 AK0 AZ560 AR650 CA725 CO290 CT635 DE0 DC600 FL600 GA400 HI400 ID600 IL625 IN700 IA600 KS650 KY600 LA500 ME550 MD600 " +
    "MA625 MI600 MN688 MS700 MO423 MT0 NE550 NV685 NH0 NJ663 NM488 NY400 NC475 ND500 OH575 OK450 OR0 PA600 RI700 SC600 SD420 " +
    "TN700 TX625 UT485 VT600 VA430 WA650 WV600 WI500 WY400",
);

function rates(text: string): Record<string, number> {
  return Object.fromEntries(text.split(" ").map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));
}

/** Basis points; 600 for a state that is not known. */
export function taxOf(state: string): number {
  return taxes[state] ?? 600;
}

export interface CinemaPrices {
  state: string;
  population: number;
  room: "small-cinema" | "large-cinema";
  /** Starts before 17:00. */
  matinee: boolean;
}

/** A film's prices: adult, child and senior. */
export function cinemaPrices(sellerId: string, { state, population, room, matinee }: CinemaPrices): PriceList {
  const city = population > 900_000 ? 250 : population > 250_000 ? 100 : 0;
  const adult = 1_150 + city + (room === "large-cinema" ? 300 : 0) - (matinee ? 250 : 0);
  const tier = (id: string, name: string, minor: number): PriceTier => ({ id, name, sections: { MAIN: minor } });
  return listOf(sellerId, state, [
    tier("adult", "Adult", adult),
    tier("child", "Child", adult - 350),
    tier("senior", "Senior", adult - 200),
  ]);
}

/** A concert's prices: the floor, and the two tiers of seats by how near they are to the stage. */
export function arenaPrices(sellerId: string, state: string): PriceList {
  const sections: Record<string, number> = {};
  for (const { id, rank } of seatMapTemplate("arena").sections) {
    sections[id] = id === "FLOOR" ? 8_900 : rank <= 9 ? 14_900 : rank <= 21 ? 11_900 : rank <= 33 ? 6_900 : 4_900;
  }
  return listOf(sellerId, state, [{ id: "standard", name: "Standard", sections }]);
}

function listOf(sellerId: string, state: string, tiers: readonly PriceTier[]): PriceList {
  const content = { currency: "USD", feeMinor, taxBasisPoints: taxOf(state), tiers };
  return { id: contentId({ sellerId, ...content }), ...content };
}
