// The mails that entries of the sales log cause. What they say of an order comes from the log if it began a moment ago, which is
// nearly always, else from the store.

import { setImmediate as breathe } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { BuyerDetails, Move, Refund } from "../domain/orders.ts";
import type { Intent } from "../inventory/port.ts";
import { showingCancelledRefund } from "../sales/cancel-showing.ts";
import type { Store } from "../store/open.ts";
import { createOrderStore } from "../store/orders.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { showingNames, type ShowingNames } from "../store/showing-facts.ts";

/** Shows and venues whose names are remembered for mails. */
const rememberedNames = 5_000;
const namesFreshMs = 60_000;
/** Orders and refunds that began last: more than two batches, so that none under way is asked of the store. */
const rememberedOrders = 4_096;
/** See fold-sales.ts entriesABreath. */
const mailsABreath = 64;

/** A mail that an entry of the log causes. */
export type DueMail =
  | { kind: "order-confirmed"; orderId: string; id: string }
  | { kind: "order-refunded"; orderId: string; id: string; refundId: string }
  | { kind: "order-moved"; orderId: string; id: string; move: Move };

export interface SaleMailSettings {
  store: Store;
  /** Opens a guest's order; goes into the mail. */
  secretOf(order: { orderId: string; fingerprint: string }): string;
}

export interface SaleMails {
  /** Tells of an order as it begins, before any mail about it is written. */
  begun(order: Intent): void;
  /** Tells of a refund as it begins. */
  refundBegun(orderId: string, refund: Refund): void;
  /** Tells of tickets that moved. */
  moved(orderId: string, move: Move): void;
  /** The entries of the outbox for these mails, in order. */
  write(mails: readonly DueMail[]): Promise<OutboxEntry[]>;
}

/** What a mail says of an order. */
interface Facts {
  fingerprint: string;
  buyer: BuyerDetails;
  showId: string;
  venueId: string;
  startsAt: number;
  seats: readonly string[];
  seatOf: ReadonlyMap<number, string>;
  totalMinor: number;
  currency: string;
}

/** Nobody hears of these sales: the demo's buyers of the last weeks are invented. */
export const noSaleMails: SaleMails = {
  begun: () => undefined,
  refundBegun: () => undefined,
  moved: () => undefined,
  write: () => Promise.resolve([]),
};

/** Writes mails; names of shows and venues are asked for once a minute, not once a mail. */
export function createSaleMails({ store, secretOf }: SaleMailSettings): SaleMails {
  const orders = new LRUCache<string, Facts>({ max: rememberedOrders });
  const refunds = new LRUCache<string, Pick<Refund, "amountMinor" | "places" | "reason">>({ max: rememberedOrders });
  /** Seats that orders have by moves, by place. */
  const moved = new LRUCache<string, ReadonlyMap<number, string>>({ max: rememberedOrders });
  const names = new LRUCache<string, Promise<ShowingNames>>({ max: rememberedNames, ttl: namesFreshMs });
  const namesOf = (showId: string, venueId: string) => {
    const key = `${showId} ${venueId}`;
    const known = names.get(key);
    if (known) return known;
    const asked = showingNames(store, showId, venueId);
    names.set(key, asked);
    asked.catch(() => names.delete(key));
    return asked;
  };
  const refundOf = async (orderId: string, refundId: string) => {
    const found = refunds.get(`${orderId} ${refundId}`) ?? (await createOrderStore(store.db).refund(orderId, refundId));
    if (!found) throw new Error(`refund ${refundId} of order ${orderId} is done, but never began`);
    return found;
  };
  return {
    begun: (order) => void orders.set(order.orderId, factsOfIntent(order)),
    refundBegun: (orderId, refund) => void refunds.set(`${orderId} ${refund.refundId}`, refund),
    moved(orderId, { to, seats }) {
      const more = to.map((place, index) => [place, seats[index]?.seat ?? ""] as const);
      moved.set(orderId, new Map([...(moved.get(orderId) ?? []), ...more]));
    },
    async write(mails) {
      const unknown = new Set(mails.flatMap(({ orderId }) => (orders.has(orderId) ? [] : orderId)));
      const stored = await factsFromStore(store, [...unknown]);
      const entries: OutboxEntry[] = [];
      for (const [index, mail] of mails.entries()) {
        const { kind, orderId, id } = mail;
        if (index % mailsABreath === mailsABreath - 1) await breathe();
        const facts = orders.get(orderId) ?? stored.get(orderId);
        if (!facts) throw new Error(`order ${orderId} is in the sales log, but neither in the batch nor in the store`);
        const body = {
          orderId,
          secret: secretOf({ orderId, fingerprint: facts.fingerprint }),
          ...facts.buyer,
          ...(await namesOf(facts.showId, facts.venueId)),
          startsAt: facts.startsAt,
          seats: facts.seats,
          totalMinor: facts.totalMinor,
          currency: facts.currency,
        };
        if (kind === "order-confirmed") {
          entries.push({ id, kind, body });
          continue;
        }
        const seatOf = (place: number) => facts.seatOf.get(place) ?? moved.get(orderId)?.get(place) ?? "";
        if (kind === "order-moved") {
          const [seats, left] = [mail.move.seats.map(({ seat }) => seat), mail.move.from.map(seatOf)];
          entries.push({ id, kind, body: { ...body, seats, left } });
          continue;
        }
        const { refundId } = mail;
        const { places, amountMinor, reason } = await refundOf(orderId, refundId);
        const seats = places.map(seatOf);
        if (refundId === showingCancelledRefund) {
          const paid = amountMinor > 0 ? { amountMinor } : {};
          entries.push({ id, kind: "showing-cancelled", body: { ...body, seats, reason, ...paid } });
        } else {
          entries.push({ id, kind, body: { ...body, seats, amountMinor } });
        }
      }
      return entries;
    },
  };
}

function factsOfIntent({ draft, places, fingerprint }: Intent): Facts {
  const { buyer, showId, venueId, startsAt, lines, totalMinor, currency } = draft;
  const seats = lines.map((line) => line.seat);
  const seatOf = new Map(places.map((place, index) => [place, seats[index] ?? ""]));
  return { fingerprint, buyer, showId, venueId, startsAt, seats, seatOf, totalMinor, currency };
}

async function factsFromStore(store: Store, orderIds: readonly string[]): Promise<ReadonlyMap<string, Facts>> {
  if (orderIds.length === 0) return new Map();
  const found = await createOrderStore(store.db).byIds(orderIds);
  return new Map(
    found.map(({ id, fingerprint, buyer, showId, venueId, startsAt, lines, tickets, totalMinor, currency }) => {
      const seats = lines.map((line) => line.seat);
      const seatOf = new Map(tickets.map(({ place, seat }) => [place, seat]));
      return [id, { fingerprint, buyer, showId, venueId, startsAt, seats, seatOf, totalMinor, currency }];
    }),
  );
}
