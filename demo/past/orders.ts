// The orders of the demo's past, and of the days ahead as far as they are placed by now: who buys what and when, who gives it
// back, who comes. Computed from a seed and a moment, without any effect.

import { addDays, dateAt, instantAt, timeAt } from "../../src/catalogue/authoring/venue-clock.ts";
import type { BuyerDetails } from "../../src/domain/orders.ts";
import type { DemoPlan } from "../plan.ts";
import { seeded, type Seeded } from "../seeded.ts";
import { audiences, pastDays, type Audience } from "./audiences.ts";
import { somebody } from "./people.ts";

export interface PlannedOrder {
  /** A UUID, as a browser makes one. */
  id: string;
  at: number;
  showingId: string;
  sellerId: string;
  /** Undefined for the one who signs in to the demo to buy. */
  buyer: BuyerDetails | undefined;
  /** The tier of each place. */
  tiers: readonly string[];
  /** Of many sections, the one that is wanted; or the standing area. */
  section?: string;
  standing?: string;
  /** Not the best places, but some that the buyer likes. */
  picky: boolean;
  /** Takes whatever is left. */
  eager: boolean;
  declined: boolean;
  giveBack?: { at: number; by: "buyer" | "seller" };
  /** When the tickets are scanned. */
  arrivals: readonly number[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const groups = [1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6];

export interface OrdersWanted {
  plan: DemoPlan;
  seed: number;
  now: number;
  days: number;
}

/** All orders, the earliest first. */
export function plannedOrders(wanted: OrdersWanted): readonly PlannedOrder[] {
  const all = audiences(wanted);
  const orders = all.flatMap((audience) => ordersOf(audience, wanted));
  return [...orders, ...ordersOfDemoBuyer(all, wanted)].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function ordersOf(audience: Audience, { seed, now }: OrdersWanted): PlannedOrder[] {
  const chance = seeded(seed, "orders", audience.showing.id);
  const orders: PlannedOrder[] = [];
  for (let left = audience.tickets; left > 0;) {
    const quantity = Math.min(left, chance.pick(groups));
    left -= quantity;
    const at = momentOf(audience, now, chance);
    orders.push(orderOf(audience, { at, quantity, now, buyer: somebody(chance) }, chance));
  }
  return orders;
}

interface Purchase {
  at: number;
  quantity: number;
  now: number;
  buyer: BuyerDetails | undefined;
}

function orderOf(audience: Audience, { at, quantity, now, buyer }: Purchase, chance: Seeded): PlannedOrder {
  const { showing, house, sellsOut } = audience;
  const isArena = house.venue.concert !== undefined;
  const startsAt = showing.starts_at;
  const declined = buyer !== undefined && !sellsOut && chance.below(25) === 0;
  const stays = buyer === undefined || declined || sellsOut;
  const giveBack = stays ? undefined : giveBackOf({ at, now, startsAt, isArena }, chance);
  const comes = !declined && giveBack?.by !== "buyer" && chance.below(14) > 0;
  return {
    id: uuid(chance),
    at,
    showingId: showing.id,
    sellerId: showing.seller_id,
    buyer,
    tiers: isArena ? Array.from({ length: quantity }, () => "standard") : tiersOf(quantity, chance),
    ...(isArena ? wishedSection(audience, chance) : {}),
    picky: !isArena && chance.below(100) < 55,
    eager: sellsOut,
    declined,
    ...(giveBack ? { giveBack } : {}),
    arrivals: comes ? arrivalsOf(quantity, startsAt, now, chance) : [],
  };
}

function tiersOf(quantity: number, chance: Seeded): string[] {
  const family = quantity >= 3 && chance.below(2) === 0;
  return Array.from({ length: quantity }, (_, index) => {
    if (family && index >= 2) return "child";
    return chance.below(9) === 0 ? "senior" : "adult";
  });
}

/** A third stand before the stage. */
function wishedSection({ house }: Audience, chance: Seeded): Pick<PlannedOrder, "section" | "standing"> {
  const sections = Object.keys(house.priceLists[0]?.tiers[0]?.sections ?? {});
  return chance.below(3) === 0
    ? { standing: "FLOOR" }
    : { section: chance.pick(sections.filter((id) => id !== "FLOOR")) };
}

/** One order in fourteen comes back if its buyer may still cancel, and one in fifty is refunded in part by the seller. */
function giveBackOf(
  { at, now, startsAt, isArena }: { at: number; now: number; startsAt: number; isArena: boolean },
  chance: Seeded,
): PlannedOrder["giveBack"] {
  const kind = chance.below(100);
  const by = kind < 7 ? "buyer" : kind < 9 ? "seller" : undefined;
  // Buyers may until two hours before a film, and three days before a concert: see sellers.ts.
  const hoursBefore = by === "seller" ? 1 : isArena ? 73 : 3;
  const latest = Math.min(now - minuteMs, startsAt - hoursBefore * hourMs);
  const givenAt = at + 20 * minuteMs + chance.below(300) * minuteMs;
  return by === undefined || givenAt > latest ? undefined : { at: givenAt, by };
}

/** Before the start. */
const earliestArrivalMinutes = 25;

function arrivalsOf(quantity: number, startsAt: number, now: number, chance: Seeded): number[] {
  const together = startsAt - minuteMs - chance.below((earliestArrivalMinutes - 1) * 60) * 1_000;
  const moments = Array.from({ length: quantity }, (_, index) => together + index * 2_500 + chance.below(1_500));
  return moments.filter((at) => at < now);
}

/** Half buy on the way, a third in the days before, the others earlier; what is ahead is bought until now. */
function momentOf({ showing, house }: Audience, now: number, chance: Seeded): number {
  const zone = house.venue.row.time_zone;
  const kind = chance.below(10);
  const onTheWay = earliestArrivalMinutes + 5 + chance.below(150);
  const early = 180 + chance.below((kind < 8 ? 3 : 12) * 1_440);
  const opened = now - pastDays * dayMs;
  const lead = kind < 5 || showing.starts_at - early * minuteMs < opened ? onTheWay : early;
  const wished = showing.starts_at - lead * minuteMs;
  const latest = now - 2 * minuteMs;
  const before = wished < latest ? wished : latest - Math.floor((chance.below(1_000) / 1_000) ** 2 * 5 * dayMs);
  const at = awake(before, zone, chance);
  return at - (at % 1_000) + chance.below(1_000);
}

/** Who would buy in the small hours did so the evening before. */
function awake(at: number, timeZone: string, chance: Seeded): number {
  if (timeAt(at, timeZone) >= "07:30") return at;
  const evening = instantAt(addDays(dateAt(at, timeZone), -1), "18:00", timeZone).instant;
  return evening + chance.below(5 * 60) * minuteMs;
}

/** The demo's buyer has been at the cinema in Denver twice, and goes again: where there is room. */
function ordersOfDemoBuyer(all: readonly Audience[], { seed, now }: OrdersWanted): PlannedOrder[] {
  const chance = seeded(seed, "demo buyer");
  const inDenver = all
    .filter(({ house, tickets, places }) => house.venue.row.name === "Aurora Denver" && tickets < places / 2)
    .toSorted((a, b) => a.showing.starts_at - b.showing.starts_at);
  const over = (days: number) => inDenver.findLast(({ showing }) => showing.starts_at < now - days * dayMs);
  const next = inDenver.find(({ showing }) => showing.starts_at > now + 20 * hourMs) ?? inDenver.at(-1);
  return [over(16), over(4), next].flatMap((audience, index) => {
    if (!audience) return [];
    const latest = Math.min(audience.showing.starts_at - 5 * hourMs, now - 90 * minuteMs);
    const at = awake(latest, audience.house.venue.row.time_zone, chance);
    const made = orderOf(audience, { at, quantity: 2 + (index % 2), now, buyer: undefined }, chance);
    const arrivals = arrivalsOf(made.tiers.length, audience.showing.starts_at, now, chance);
    return [{ ...made, tiers: made.tiers.map(() => "adult"), arrivals }];
  });
}

function uuid(chance: Seeded): string {
  const bytes = chance.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
