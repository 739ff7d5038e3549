// What the pages of a showing know of its seats: drawn from the seat map, the states and the prices.

import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { priceOf, priceRange, type PriceTier } from "../domain/pricing.ts";
import type { LayoutSection, Section } from "../domain/seat-map.ts";
import type { Availability } from "../sales/sales.ts";

/** From so many places on, a section is chosen before its seats: more boxes to tick than that help nobody. */
export const wholeMapPlaces = 600;

export interface SectionView {
  section: Section;
  layout: LayoutSection;
  left: number;
  /** All-in; undefined if nothing is sold there. */
  range: { minMinor: number; maxMinor: number } | undefined;
  /** Tiers sold in it, with their all-in prices. */
  prices: readonly { tier: PriceTier; totalMinor: number }[];
}

/** The sections of a showing in the order of its seat map. */
export function sectionViews(
  showing: Showing,
  { map, layout }: CompiledSeatMap,
  availability: Availability,
): SectionView[] {
  return map.sections.flatMap((section, index) => {
    const placed = layout.sections[index];
    if (!placed) return [];
    const prices = showing.prices.tiers.flatMap((tier) => {
      const line = priceOf(showing.prices, section.id, tier.id, "");
      return line ? [{ tier, totalMinor: line.totalMinor }] : [];
    });
    const left = availability.sections[index]?.free ?? 0;
    return [{ section, layout: placed, left, range: priceRange(showing.prices, [section.id]), prices }];
  });
}

/** The tiers a buyer chooses among: none where each section is sold in one tier only. */
export function choosableTiers(views: readonly SectionView[]): readonly PriceTier[] {
  const tiers = views.filter((view) => view.prices.length > 1).flatMap((view) => view.prices.map(({ tier }) => tier));
  return tiers.filter((tier, index) => tiers.findIndex((other) => other.id === tier.id) === index);
}
