// Sales in memory for tests of pages: seats by letter, holds and orders in maps, the sandbox's tokens in a few lines.

import type { Catalogue, Showing } from "../../src/catalogue/model.ts";
import { newHoldId, newSecret, type RandomBytes } from "../../src/domain/ids.ts";
import { priceOf, tierNamesOf, totalOf } from "../../src/domain/pricing.ts";
import { Refusal } from "../../src/domain/refusals.ts";
import type { Layout } from "../../src/domain/seat-map.ts";
import type {
  Customer,
  HoldInput,
  OrderInput,
  OrderView,
  PricedHold,
  Sales,
  TicketView,
} from "../../src/sales/sales.ts";

interface Kept {
  hold: PricedHold;
  holder: string;
  places: readonly number[];
}

/** Sales over a catalogue, with `states` to look at and change. */
export function fixtureSales(catalogue: Catalogue, clock: () => number, random: RandomBytes) {
  const states = new Map<string, { version: number; places: string[] }>();
  const holds = new Map<string, Kept>();
  const orders = new Map<string, OrderView>();
  const holders = new Map<string, string>();
  const faults: { hold?: Refusal; checkOut?: Refusal } = {};

  async function layoutOf(showing: Showing): Promise<Layout> {
    return (await catalogue.seatMap(showing.seatMapId)).layout;
  }
  function stateOf(showing: Showing) {
    let state = states.get(showing.id);
    if (!state) states.set(showing.id, (state = { version: 0, places: Array<string>(showing.placeCount).fill("f") }));
    return state;
  }
  function mark(showing: Showing, places: readonly number[], letter: string) {
    const state = stateOf(showing);
    state.version += 1;
    for (const place of places) state.places[place] = letter;
  }
  async function pick(showing: Showing, input: HoldInput): Promise<number[]> {
    const layout = await layoutOf(showing);
    const free = (place: number) => stateOf(showing).places[place] === "f";
    if (input.seats) {
      return input.seats.map((name) => {
        const place = layout.placeOf.get(name);
        if (place === undefined) throw new Refusal("seat_unknown", `There is no seat ${name}.`, { field: "seats" });
        if (!free(place))
          throw new Refusal("seats_taken", `Seat ${name} was just taken. Choose another.`, { seats: [name] });
        return place;
      });
    }
    if (input.standing) {
      return input.standing.flatMap(({ section, quantity }) => {
        const found = layout.sections.find((one) => one.id === section);
        const all = Array.from({ length: found?.count ?? 0 }, (_, index) => (found?.start ?? 0) + index).filter(free);
        return all.slice(0, quantity);
      });
    }
    const wanted = input.bestAvailable;
    const all = Array.from({ length: showing.placeCount }, (_, place) => place).filter(
      (place) => free(place) && (!wanted?.section || layout.sectionOf(place).id === wanted.section),
    );
    if (!wanted || all.length < wanted.quantity) throw new Refusal("sold_out", "There are not so many seats together.");
    return all.slice(0, wanted.quantity);
  }
  /** Whoever knows a hold has it: see docs/decisions/008. */
  function own(holdId: string): Kept {
    const kept = holds.get(holdId);
    if (!kept) throw new Refusal("hold_unknown");
    if (kept.hold.expiresAt <= clock()) throw new Refusal("hold_expired");
    return kept;
  }
  const find = (orderId: string, access: { accountId?: string; secret?: string }) => {
    const order = orders.get(orderId);
    const allowed = order && (order.accountId ? order.accountId === access.accountId : order.secret === access.secret);
    if (!order || !allowed) throw new Refusal("not_found", "There is no such order.");
    return order;
  };

  const sales: Partial<Sales> = {
    async hold(input, customer) {
      if (faults.hold) throw faults.hold;
      const showing = await catalogue.showing(input.showingId);
      if (!showing) throw new Refusal("not_found");
      const layout = await layoutOf(showing);
      const places = await pick(showing, input);
      const lines = places.map((place, index) => {
        const section = layout.sectionOf(place).id;
        const fallback = showing.prices.tiers.find((tier) => tier.sections[section] !== undefined)?.id ?? "";
        const line = priceOf(showing.prices, section, input.tiers?.[index] ?? fallback, layout.names[place] ?? "");
        if (!line) throw new Refusal("price_unknown", "That price is not sold there.", { field: "tiers" });
        return line;
      });
      mark(showing, places, "h");
      const id = newHoldId(showing.id, random);
      const hold = { id, showing, expiresAt: clock() + 480_000, lines, currency: "USD", totalMinor: totalOf(lines) };
      holds.set(id, { hold, holder: customer.holder, places });
      return hold;
    },
    holdById: async (holdId) => own(holdId).hold,
    async release(holdId) {
      const { hold, places } = own(holdId);
      mark(hold.showing, places, "f");
      holds.delete(holdId);
    },
    checkOut: (input, customer) => checkOut(input, customer),
    order: async (orderId, access) => find(orderId, access),
    async placedOrder(orderId, customer) {
      const order = orders.get(orderId);
      if (!order || holders.get(orderId) !== customer.holder) throw new Refusal("not_found");
      return order;
    },
    async tickets(orderId, access): Promise<readonly TicketView[]> {
      return find(orderId, access).tickets.map((ticket) => ({ ...ticket, token: `v1.k1.${ticket.id}.signature` }));
    },
    async ordersOf(accountId) {
      return { items: [...orders.values()].filter((order) => order.accountId === accountId) };
    },
    async cancelOrder(orderId, access) {
      const order = find(orderId, access);
      const refunded = { ...order, refundStatus: "whole" as const, refundedMinor: order.totalMinor, tickets: [] };
      orders.set(orderId, refunded);
      return refunded;
    },
    async availability(showing) {
      const layout = await layoutOf(showing);
      const { version, places } = stateOf(showing);
      const sections = layout.sections.map((section) => {
        const own = places.slice(section.start, section.start + section.count);
        const count = (letter: string) => own.filter((one) => one === letter).length;
        const counts = {
          free: count("f"),
          held: count("h"),
          paying: count("p"),
          sold: count("s"),
          blocked: count("b"),
        };
        return { id: section.id, ...counts, admitted: 0 };
      });
      return { version, free: sections.reduce((sum, one) => sum + one.free, 0), sections };
    },
    freeOf: async (showings) =>
      showings.map((showing) => stateOf(showing).places.filter((letter) => letter === "f").length),
    async seatStates(showing) {
      const { version, places } = stateOf(showing);
      return { version, states: places.join("") };
    },
    watchSeats: async () => () => undefined,
  };

  async function checkOut(input: OrderInput, customer: Customer): Promise<OrderView> {
    const known = orders.get(input.id);
    if (known) return known;
    if (faults.checkOut) throw faults.checkOut;
    if (!/^[^@\s]+@[^@\s]+$/.test(input.buyer.email)) {
      throw new Refusal("invalid_request", "Write an e-mail address.", { field: "buyer.email" });
    }
    const { hold, places } = own(input.holdId);
    if (input.payment.token === "tok_decline") throw new Refusal("payment_declined", "The card was declined.");
    const layout = await layoutOf(hold.showing);
    const paying = input.payment.token === "tok_requires_action";
    const order: OrderView = {
      id: input.id,
      status: paying ? "paying" : "confirmed",
      refundStatus: "none",
      showingId: hold.showing.id,
      showId: hold.showing.showId,
      venueId: hold.showing.venueId,
      sellerId: hold.showing.sellerId,
      startsAt: hold.showing.startsAt,
      buyer: input.buyer,
      ...(customer.accountId ? { accountId: customer.accountId } : { secret: newSecret(random) }),
      currency: hold.currency,
      lines: hold.lines,
      tierNames: tierNamesOf(hold.showing.prices),
      totalMinor: hold.totalMinor,
      refundedMinor: 0,
      placedAt: clock(),
      ...(paying ? { actionUrl: "/sandbox/actions/1" } : {}),
      tickets: paying
        ? []
        : places.map((place, index) => ({
            id: `${input.id}.${place}`,
            orderId: input.id,
            showingId: hold.showing.id,
            place,
            seat: layout.names[place] ?? "",
            section: layout.sectionOf(place).id,
            tier: hold.lines[index]?.tier ?? "",
            generation: 0,
            status: "active",
          })),
    };
    mark(hold.showing, places, paying ? "p" : "s");
    orders.set(input.id, order);
    holders.set(input.id, customer.holder);
    if (paying) holds.set(input.holdId, { hold: { ...hold, orderId: order.id }, holder: customer.holder, places });
    else holds.delete(input.holdId);
    return order;
  }
  return { sales: sales as Sales, orders, holds, faults, mark };
}
