// What a ticket costs. All amounts a buyer sees are all-in: face price, fee and tax.

import { shareOf } from "./money.ts";

/** 10 million minor units: no ticket costs more, and a sum of 50,000 of them is far from the end of exact integers. */
export const mostPriceMinor = 10_000_000;
/** No fee for a ticket is more, in minor units. */
export const mostFeeMinor = 1_000_000;

/** The prices of a showing; immutable, so that a hold can pin them. A change is a new price list. */
export interface PriceList {
  id: string;
  currency: string;
  /** Added to each ticket that is not free, in minor units. */
  feeMinor: number;
  /** Sales tax on face price and fee, in basis points. */
  taxBasisPoints: number;
  /** In the order offered; the first is what a seat costs if the buyer says nothing. */
  tiers: readonly PriceTier[];
}

export interface PriceTier {
  /** `adult`, `child`, `balcony`: unique in the list. */
  id: string;
  name: string;
  /** Face price by section id, minor units. A section that is missing is not sold in this tier. */
  sections: Readonly<Record<string, number>>;
}

/** What a list's tiers are called, by id. */
export function tierNamesOf({ tiers }: Pick<PriceList, "tiers">): Readonly<Record<string, string>> {
  return Object.fromEntries(tiers.map(({ id, name }) => [id, name]));
}

/** One priced place. `totalMinor` = face + fee + tax. */
export interface PriceLine {
  /** The place's name: a seat `C-7`, or `FLOOR#17` for a standing place. */
  seat: string;
  section: string;
  tier: string;
  faceMinor: number;
  feeMinor: number;
  taxMinor: number;
  totalMinor: number;
}

/** The price of one place, or undefined if the tier is not sold in that section. */
export function priceOf(list: PriceList, section: string, tierId: string, seat: string): PriceLine | undefined {
  const faceMinor = list.tiers.find((tier) => tier.id === tierId)?.sections[section];
  if (faceMinor === undefined) return undefined;
  const feeMinor = faceMinor === 0 ? 0 : list.feeMinor;
  const taxMinor = shareOf(faceMinor + feeMinor, list.taxBasisPoints);
  return { seat, section, tier: tierId, faceMinor, feeMinor, taxMinor, totalMinor: faceMinor + feeMinor + taxMinor };
}

/** The lowest and highest all-in price in the given sections (all, if not said); undefined if nothing is sold there. */
export function priceRange(
  list: PriceList,
  sections?: readonly string[],
): { minMinor: number; maxMinor: number } | undefined {
  let range: { minMinor: number; maxMinor: number } | undefined;
  for (const tier of list.tiers) {
    for (const section of sections ?? Object.keys(tier.sections)) {
      const line = priceOf(list, section, tier.id, "");
      if (!line) continue;
      range = {
        minMinor: Math.min(range?.minMinor ?? Infinity, line.totalMinor),
        maxMinor: Math.max(range?.maxMinor ?? 0, line.totalMinor),
      };
    }
  }
  return range;
}

export function totalOf(lines: readonly PriceLine[]): number {
  return lines.reduce((sum, line) => sum + line.totalMinor, 0);
}
