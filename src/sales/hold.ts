// Hold seats for a buyer: what was asked for becomes a pick of places, decided by the inventory; prices are pinned.

import { hash } from "node:crypto";
import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { newHoldId, showingOfHold } from "../domain/ids.ts";
import { priceOf, totalOf, type PriceLine, type PriceList } from "../domain/pricing.ts";
import { Refusal } from "../domain/refusals.ts";
import type { Layout, LayoutSection, Run } from "../domain/seat-map.ts";
import type { Hold, HoldRefusal, Pick } from "../inventory/port.ts";
import { refOf, saleAfterStartMs, showingOf, throwCommon, type SalesDeps } from "./deps.ts";
import type { Customer, HoldInput, PricedHold } from "./sales.ts";

/** After so many holds that came to nothing within the window, a buyer waits. */
const abandonment = { abandoned: 12, windowMs: 10 * 60_000, cooldownMs: 2 * 60_000 };

export async function hold(deps: SalesDeps, input: HoldInput, customer: Customer): Promise<PricedHold> {
  const showing = await showingOf(deps, input.showingId);
  const now = deps.clock();
  if (showing.status === "cancelled") throw new Refusal("showing_cancelled", "This showing is cancelled.");
  if (now >= showing.startsAt + saleAfterStartMs)
    throw new Refusal("showing_over", "Sales for this showing have ended.");
  const seatMap = await deps.catalogue.seatMap(showing.seatMapId);
  checkTiers(input, showing);
  const pick = pickOf(input, showing, seatMap, deps.settings.maxSeats);
  deps.reached("before:hold");
  const held = await deps.inventory.hold({
    showing: refOf(showing),
    holdId: holdIdOf(deps, input, customer),
    holder: customer.holder,
    network: `n:${customer.addressPrefix}`,
    pick,
    terms: { prices: showing.prices, tiers: input.tiers ?? [] },
    now,
    holdMs: deps.settings.holdMs,
    limits: { perShowing: deps.settings.maxSeats, perNetwork: deps.settings.maxSeatsPerNetwork, ...abandonment },
  });
  deps.reached("after:hold");
  if ("refusal" in held) return refuse(held, seatMap.layout);
  return priced(held, showing, seatMap.layout);
}

/** A live hold; refuses `hold_expired`. Knowing its id is the right to see it. */
export async function holdById(deps: SalesDeps, holdId: string): Promise<PricedHold> {
  const showingId = showingOfHold(holdId);
  const held = showingId === undefined ? undefined : await deps.inventory.holdById(holdId, deps.clock());
  if (!held)
    throw new Refusal("hold_expired", "These seats are no longer held for you. Choose again; nothing was charged.");
  const showing = await showingOf(deps, held.showingId);
  return priced(held, showing, (await deps.catalogue.seatMap(showing.seatMapId)).layout);
}

/** Gives a hold back; one that is over already is nothing to complain of. Refuses `hold_in_payment`. */
export async function release(deps: SalesDeps, holdId: string): Promise<void> {
  if (await deps.inventory.release(holdId, deps.clock())) return;
  if (await deps.inventory.holdById(holdId, deps.clock()))
    throw new Refusal("hold_in_payment", "These seats are being paid for: they cannot be given back now.");
}

/** The same idempotency key by the same holder makes the same hold id, so a repetition finds the hold there is. */
function holdIdOf(deps: SalesDeps, input: HoldInput, customer: Customer): string {
  if (input.idempotencyKey === undefined) return newHoldId(input.showingId, deps.random);
  const seed = hash("sha256", `${customer.holder} ${input.showingId} ${input.idempotencyKey}`, "buffer");
  return newHoldId(input.showingId, (length) => seed.subarray(0, length));
}

function pickOf(input: HoldInput, showing: Showing, { layout }: CompiledSeatMap, maxSeats: number): Pick {
  const ways = [input.seats, input.bestAvailable, input.standing].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw new Refusal("invalid_request", "Say either seats, bestAvailable or standing.", { field: "seats" });
  if (input.seats) return namedPick(input.seats, input.tiers ?? [], showing, layout, maxSeats);
  if (input.standing) return standingPick(input.standing, input.tiers ?? [], showing.prices, layout, maxSeats);
  const { quantity, section, maxPriceMinor, accessible } = input.bestAvailable ?? { quantity: 0 };
  checkQuantity(quantity, maxSeats, "bestAvailable.quantity");
  const asked = (input.tiers ?? []).slice(0, quantity);
  // Whoever asks for fewer tiers than places gets the default for the rest: that too must not cost more than was said.
  const tiersOf = (prices: PriceList, id: string) =>
    asked.length < quantity ? [...asked, defaultTier(prices, id) ?? ""] : asked;
  const groups = layout.byRank.flatMap((index) => {
    const candidate = layout.sections[index];
    if (!candidate || (section !== undefined && candidate.id !== section)) return [];
    if (!isSold(showing.prices, candidate.id, tiersOf(showing.prices, candidate.id), maxPriceMinor)) return [];
    return { section: index, runs: accessible ? candidate.accessibleRuns : candidate.runs };
  });
  if (section !== undefined && !layout.sections.some((candidate) => candidate.id === section)) {
    throw new Refusal("seat_unknown", `There is no section ${section}.`, { field: "bestAvailable.section" });
  }
  return { kind: "best", quantity, groups, strandRule: showing.strandRule };
}

function namedPick(
  names: readonly string[],
  tiers: readonly string[],
  showing: Showing,
  layout: Layout,
  maxSeats: number,
): Pick {
  checkQuantity(names.length, maxSeats, "seats");
  const places = names.map((name, index) => {
    const place = layout.placeOf.get(name);
    const run = place === undefined ? undefined : layout.runOf(place);
    if (place === undefined || !run)
      throw new Refusal("seat_unknown", `There is no seat ${name} here.`, { field: `seats.${index}` });
    return place;
  });
  if (new Set(places).size !== places.length)
    throw new Refusal("invalid_request", "A seat is named twice.", { field: "seats" });
  for (const [index, place] of places.entries()) {
    const section = layout.sectionOf(place).id;
    if (!isSold(showing.prices, section, tiers.slice(index, index + 1)))
      refuseTier(section, tiers[index], `seats.${index}`);
  }
  if (!showing.strandRule) return { kind: "named", places };
  const runs = new Map<number, Run>();
  for (const place of places) {
    const run = layout.runOf(place);
    if (run) runs.set(run.start, run);
  }
  return { kind: "named", places, runs: [...runs.values()] };
}

function standingPick(
  wanted: readonly { section: string; quantity: number }[],
  tiers: readonly string[],
  prices: PriceList,
  layout: Layout,
  maxSeats: number,
): Pick {
  let before = 0;
  const areas = wanted.map(({ section, quantity }, at) => {
    const index = layout.sections.findIndex((candidate) => candidate.id === section && candidate.kind === "standing");
    if (index === -1)
      throw new Refusal("seat_unknown", `There is no standing area ${section}.`, { field: `standing.${at}.section` });
    checkQuantity(quantity, maxSeats, `standing.${at}.quantity`);
    const asked = tiers.slice(before, (before += quantity));
    if (!isSold(prices, section, asked)) refuseTier(section, asked[0], `standing.${at}.section`);
    return { section: index, quantity };
  });
  if (new Set(areas.map((area) => area.section)).size !== areas.length) {
    throw new Refusal("invalid_request", "A standing area is named twice.", { field: "standing" });
  }
  checkQuantity(
    areas.reduce((sum, area) => sum + area.quantity, 0),
    maxSeats,
    "standing",
  );
  return { kind: "standing", areas };
}

function checkQuantity(quantity: number, maxSeats: number, field: string): void {
  if (!Number.isSafeInteger(quantity) || quantity < 1)
    throw new Refusal("invalid_request", "Ask for at least one seat.", { field });
  if (quantity > maxSeats)
    throw new Refusal("limit_exceeded", `One buyer may have ${maxSeats} seats here.`, { field, limit: maxSeats });
}

/** The tier a section's places get unless the buyer says otherwise: the first that is sold there. */
function defaultTier(prices: PriceList, section: string): string | undefined {
  return prices.tiers.find((tier) => tier.sections[section] !== undefined)?.id;
}

/** Whether a section is sold at all, in each of the given tiers, and for no more than `maxPriceMinor`. */
function isSold(prices: PriceList, section: string, tiers: readonly string[], maxPriceMinor = Infinity): boolean {
  const wanted = tiers.length > 0 ? tiers : [defaultTier(prices, section) ?? ""];
  return wanted.every((tier) => {
    const line = priceOf(prices, section, tier, "");
    return line !== undefined && line.totalMinor <= maxPriceMinor;
  });
}

function refuseTier(section: string, tier: string | undefined, field: string): never {
  const what =
    tier === undefined ? `Section ${section} is not on sale.` : `The price ${tier} is not sold in section ${section}.`;
  throw new Refusal("price_unknown", what, { field });
}

/** Every tier asked for exists; whether it is sold where the places are is checked with the pick. */
function checkTiers(input: HoldInput, showing: Showing): void {
  for (const [index, tier] of (input.tiers ?? []).entries()) {
    if (!showing.prices.tiers.some((known) => known.id === tier)) {
      throw new Refusal("price_unknown", `There is no price ${tier} here.`, { field: `tiers.${index}` });
    }
  }
}

function refuse(refusal: HoldRefusal, layout: Layout): never {
  const names = (places: readonly number[]) => places.map((place) => layout.names[place] ?? "");
  switch (refusal.refusal) {
    case "seats_taken": {
      const seats = names(refusal.places);
      throw new Refusal("seats_taken", `Somebody else was faster: ${seats.join(", ")}.`, { seats, field: "seats" });
    }
    case "strands_seat": {
      const seats = names(refusal.places);
      throw new Refusal(
        "strands_seat",
        `That would leave ${seats.join(", ")} alone. Move by one seat, or take it too.`,
        { seats, field: "seats" },
      );
    }
    case "sold_out":
      throw new Refusal(
        "sold_out",
        "There are not so many places together any more. Try fewer, another section or another price.",
      );
    case "limit_exceeded":
      throw new Refusal(
        "limit_exceeded",
        `One buyer may have ${refusal.limit} seats here; ${refusal.held} are held already.`,
        { limit: refusal.limit },
      );
    case "hold_cooldown":
      throw new Refusal("hold_cooldown", "Too many holds were given up lately. Wait a moment.", {
        retryAfterMs: refusal.retryAfterMs,
      });
    case "showing_cancelled":
      throw new Refusal("showing_cancelled", "This showing is cancelled.");
    default:
      return throwCommon(refusal);
  }
}

/** The lines of a hold, computed from what it pinned (R10). */
export function linesOf(held: Hold, layout: Layout): PriceLine[] {
  return held.places.map((place, index) => {
    const section: LayoutSection = layout.sectionOf(place);
    const tier = held.terms.tiers[index] ?? defaultTier(held.terms.prices, section.id) ?? "";
    const line = priceOf(held.terms.prices, section.id, tier, layout.names[place] ?? "");
    if (!line) throw new Error(`hold ${held.holdId} has a place that is not sold`);
    return line;
  });
}

function priced(held: Hold, showing: Showing, layout: Layout): PricedHold {
  const lines = linesOf(held, layout);
  return {
    id: held.holdId,
    showing,
    expiresAt: held.until,
    lines,
    currency: held.terms.prices.currency,
    totalMinor: totalOf(lines),
    ...(held.orderId === undefined ? {} : { orderId: held.orderId }),
  };
}
