// What the pages of a showing know of its seats: drawn from the seat map, the states and the prices.

import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { marks, packSeatMap, unpackSeatMap, type PackedSeatMap, type PlacedSeats } from "../domain/packed-seat-map.ts";
import { priceOf, priceRange, type PriceTier } from "../domain/pricing.ts";
import type { LayoutSection, Seat, SeatMap, Section } from "../domain/seat-map.ts";
import type { Availability } from "../sales/sales.ts";
import { fill } from "./picker/fill.ts";
import { t } from "./messages.ts";
import { moneyText } from "./numbers.ts";

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

/** Seats of about one price, drawn alike. */
export interface PriceBand {
  minMinor: number;
  maxMinor: number;
}

/** More prices than this share colours and patterns: nobody tells ten of them apart. */
const mostBands = 6;

/** The prices that sections are sold at if a buyer says nothing, dearest first, and which of them each section has: -1 for none. */
export function priceBands(views: readonly SectionView[]): { bands: readonly PriceBand[]; bandOf: readonly number[] } {
  const usual = views.map((view) => view.prices[0]?.totalMinor);
  const prices = [...new Set(usual)].filter((price) => price !== undefined).toSorted((a, b) => b - a);
  const each = Math.max(1, prices.length / mostBands);
  const bandAt = (index: number) => Math.floor(index / each);
  const bands = Array.from({ length: Math.min(mostBands, prices.length) }, (_, band) => {
    const own = prices.filter((_price, index) => bandAt(index) === band);
    return { minMinor: Math.min(...own), maxMinor: Math.max(...own) };
  });
  const bandOf = usual.map((price) => (price === undefined ? -1 : bandAt(prices.indexOf(price))));
  return { bands, bandOf };
}

/** A band's price, or from its lowest to its highest. */
export function bandText({ minMinor, maxMinor }: PriceBand, currency: string): string {
  const [from, to] = [moneyText(minMinor, currency), moneyText(maxMinor, currency)];
  return from === to ? from : t.seatMap.range(from, to);
}

/** What a seat is called: `Row C seat 7, Adult $14.41, free`. The islands say the same; see picker/words.ts. */
export function seatLabel(row: string, seat: Seat, price: string, isFree: boolean): string {
  const { live } = t;
  const access = seat.access === "accessible" ? live.wheelchair : seat.access === "companion" ? live.companion : "";
  const parts = [
    fill(live.seat, { row, seat: numberOf(seat.name) }),
    access,
    seat.view === "restricted" ? live.restricted : "",
    isFree ? price : "",
    isFree ? live.free : live.taken,
  ];
  return parts.filter(Boolean).join(", ");
}

/** `7` of `C-7`. */
export function numberOf(seat: string): string {
  return seat.slice(seat.lastIndexOf("-") + 1);
}

const packed = new WeakMap<SeatMap, { map: PackedSeatMap; seats: PlacedSeats }>();

/** A seat map as browsers get it; seat maps never change, so each is packed once. */
export function packedSeats(map: SeatMap): { map: PackedSeatMap; seats: PlacedSeats } {
  let made = packed.get(map);
  if (!made) {
    const small = packSeatMap(map);
    packed.set(map, (made = { map: small, seats: unpackSeatMap(small) }));
  }
  return made;
}

/** Which kinds of seats a room has beside plain ones. */
export function marksIn({ mark }: PlacedSeats): ReadonlySet<number> {
  return new Set(mark.filter((one) => one !== marks.none));
}
