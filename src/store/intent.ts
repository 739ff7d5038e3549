// What an order's row keeps for the inventory alone, so that an inventory that has lost everything can have the order back:
// who held the places, in which order, and the prices that were pinned. About 200 bytes; the rest is in the order's columns.

import { hash } from "node:crypto";
import type { Language } from "../domain/languages.ts";
import type { BuyerDetails, Move } from "../domain/orders.ts";
import type { PriceLine, PriceList } from "../domain/pricing.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import type { MoveRow, OrderRow, PinnedPricesRow, RefundRow, TicketRow } from "./schema.ts";

export interface StoredIntent {
  holdId: string;
  holder: string;
  network: string;
  /** The buyer's; left out if it is not known. */
  language?: Language;
  /** Id in `pinned_prices`. */
  prices: string;
  /** Of the hold; left out if they are those of the lines. */
  tiers?: readonly string[];
  /** In the order of the pick; left out if they ascend. */
  places?: readonly number[];
  /** What the tickets had said, once they are deleted: the order came to nothing. */
  lost?: StoredLines;
}

interface StoredLines {
  places: readonly number[];
  generations: readonly number[];
  lines: readonly PriceLine[];
}

/** The column `intent` of an order, and the row of `pinned_prices` that it needs. */
export function keptIntent(order: InventoryOrder, hasTickets: boolean): { intent: string; prices: PinnedPricesRow } {
  const { holdId, holder, network, places, generations, terms, draft } = order;
  const document = JSON.stringify(terms.prices);
  const prices = { id: hash("sha256", document, "base64url").slice(0, 22), document };
  const kept: StoredIntent = {
    holdId,
    holder,
    network,
    ...(draft.buyer.language === undefined ? {} : { language: draft.buyer.language }),
    prices: prices.id,
    ...(terms.tiers.every((tier, index) => tier === draft.lines[index]?.tier) ? {} : { tiers: terms.tiers }),
    ...(ascends(places) ? {} : { places }),
    ...(hasTickets ? {} : { lost: { places, generations, lines: draft.lines } }),
  };
  return { intent: JSON.stringify(kept), prices };
}

/** Who bought, as an order's row has it. */
export function buyerOf({ email, name, intent }: Pick<OrderRow, "email" | "name" | "intent">): BuyerDetails {
  const { language } = intent === "" ? {} : (JSON.parse(intent) as Partial<StoredIntent>);
  return { email, name, ...(language === undefined ? {} : { language }) };
}

/** The id of the prices that an order was sold by, in `pinned_prices`; "" for one that was written before intents were kept. */
export function pinnedPricesOf({ intent }: Pick<OrderRow, "intent">): string {
  return intent === "" ? "" : (JSON.parse(intent) as StoredIntent).prices;
}

/** The column `intent` of an order whose tickets are about to be deleted. */
export function intentWithLines(intent: string, tickets: readonly TicketRow[]): string {
  if (intent === "") return intent;
  const kept = JSON.parse(intent) as StoredIntent;
  return JSON.stringify({ ...kept, lost: linesOf(kept, tickets) } satisfies StoredIntent);
}

/** The column `intent` of an order whose tickets for these places are about to move: they keep their order. */
export function intentAfterMove(intent: string, ticketPlaces: readonly number[], { from, to }: Move): string {
  if (intent === "") return intent;
  const { places: kept, ...rest } = JSON.parse(intent) as StoredIntent;
  const before = kept ?? ticketPlaces.toSorted((a, b) => a - b);
  const places = before.map((place) => to[from.indexOf(place)] ?? place);
  return JSON.stringify({ ...rest, ...(ascends(places) ? {} : { places }) } satisfies StoredIntent);
}

/** The order as the inventory knew it. Undefined for one that was written before intents were kept. */
export function rebuiltOrder(
  row: OrderRow,
  tickets: readonly TicketRow[],
  refunds: readonly RefundRow[],
  moves: readonly MoveRow[],
  pricesOf: (id: string) => PriceList | undefined,
): InventoryOrder | undefined {
  if (row.intent === "") return undefined;
  const kept = JSON.parse(row.intent) as StoredIntent;
  const { places, generations, lines } = kept.lost ?? linesOf(kept, tickets);
  const prices = pricesOf(kept.prices);
  if (!prices) throw new Error(`the store has order ${row.id}, but not the prices ${kept.prices} that it had pinned`);
  return {
    orderId: row.id,
    partition: row.partition,
    holdId: kept.holdId,
    holder: kept.holder,
    network: kept.network,
    fingerprint: row.fingerprint,
    places,
    generations,
    draft: {
      orderId: row.id,
      showingId: row.showing_id,
      sellerId: row.seller_id,
      showId: row.show_id,
      venueId: row.venue_id,
      startsAt: row.starts_at,
      ...(row.account_id === null ? {} : { accountId: row.account_id }),
      buyer: buyerOf(row),
      currency: row.currency,
      lines,
      totalMinor: row.total_minor,
      provider: row.provider,
      placedAt: row.placed_at,
    },
    terms: { prices, tiers: kept.tiers ?? lines.map((line) => line.tier) },
    status: row.status,
    ...(row.payment_id === null ? {} : { sequence: row.sequence, paymentId: row.payment_id }),
    ...(row.reason === "" ? {} : { reason: row.reason }),
    refunds: refunds
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .map((refund) => ({
        refundId: refund.id,
        places: JSON.parse(refund.places) as number[],
        amountMinor: refund.amount_minor,
        reason: refund.reason,
        status: refund.status,
        at: refund.at,
      })),
    ...(moves.length === 0 ? {} : { moves: moves.map(({ document }) => JSON.parse(document) as Move) }),
  };
}

function linesOf(kept: StoredIntent, tickets: readonly TicketRow[]): StoredLines {
  const byPlace = new Map(tickets.map((ticket) => [ticket.place, ticket]));
  const order = kept.places ?? [...byPlace.keys()].toSorted((a, b) => a - b);
  const sorted = order.flatMap((place) => byPlace.get(place) ?? []);
  return {
    places: order,
    generations: sorted.map((ticket) => ticket.generation),
    lines: sorted.map((ticket) => ({
      seat: ticket.seat,
      section: ticket.section,
      tier: ticket.tier,
      faceMinor: ticket.face_minor,
      feeMinor: ticket.fee_minor,
      taxMinor: ticket.tax_minor,
      totalMinor: ticket.total_minor,
    })),
  };
}

function ascends(places: readonly number[]): boolean {
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}
