// What the contract suite of the inventory works with: a back end that can be closed and opened again, a showing of two
// seated rows and a standing floor, and short ways to ask for things.

import { deepEqual, equal, fail } from "node:assert/strict";
import type { OrderDraft } from "../../src/domain/orders.ts";
import type { RankedRun } from "../../src/domain/seat-map.ts";
import type {
  Hold,
  HoldRequest,
  Inventory,
  InventoryOrder,
  Pick,
  SectionCounts,
  ShowingRef,
} from "../../src/inventory/port.ts";

/** A back end over something that outlives it. */
export interface InventoryBackEnd {
  /** Holds end with the process, or live in a server that outlives it. */
  readonly holdsSurvive?: boolean;
  /** Entries that the store has are kept until their showing is over, or only the last ones are. */
  readonly forgetsEarly?: boolean;
  /** Opens it, for the first time or as after a restart of the process, which the one before has closed. */
  open(settings: { partitions: number; now: number }): Promise<Inventory>;
  dispose(): Promise<void>;
}

export type OpenBackEnd = () => Promise<InventoryBackEnd>;

export const start = Date.UTC(2030, 0, 7, 12);
export const holdMs = 480_000;
export const partitions = 4;

/** Places 0–9 are row A, 10–19 row B with an aisle before 15, 20–29 a standing floor. */
export function showingRef(id = "0000100z1abcdefgh"): ShowingRef {
  return {
    showingId: id,
    startsAt: start + 7 * 86_400_000,
    placeCount: 30,
    sections: [
      { start: 0, count: 20 },
      { start: 20, count: 10 },
    ],
  };
}

const run = (at: number, length: number, centre2: number, penalty: number): RankedRun => ({
  start: at,
  length,
  centre2,
  penalty,
});
/** Row A lies best and its middle is between places 4 and 5; row B is split by an aisle. */
export const rows = [run(0, 10, 9, 0), run(10, 5, 8, 4), run(15, 5, 0, 4)] as const;

export const best = (quantity: number, strandRule = false): Pick => ({
  kind: "best",
  quantity,
  groups: [{ section: 0, runs: rows }],
  strandRule,
});
export const named = (...places: number[]): Pick => ({ kind: "named", places });
export const standing = (quantity: number): Pick => ({ kind: "standing", areas: [{ section: 1, quantity }] });

export const terms = {
  prices: {
    id: "p",
    currency: "USD",
    feeMinor: 0,
    taxBasisPoints: 0,
    tiers: [{ id: "adult", name: "Adult", sections: { S: 1_000 } }],
  },
  tiers: [],
};

export const noLimits = { perShowing: 0, perNetwork: 0, abandoned: 0, windowMs: 0, cooldownMs: 0 };

let made = 0;
/** A hold's id in the form by which it is routed: its showing's, and 26 characters. */
export const holdIdOf = (showing: ShowingRef, number: number): string =>
  `${showing.showingId}-${String(number).padStart(26, "0")}`;
export const nextId = (what: string) => `${what}-${(made += 1)}-of-the-contract`;

/** An open inventory with a clock of its own. */
export class Desk {
  now = start;
  inventory: Inventory;
  readonly showing: ShowingRef;
  readonly backEnd: InventoryBackEnd;

  constructor(backEnd: InventoryBackEnd, inventory: Inventory, showing = showingRef()) {
    this.backEnd = backEnd;
    this.inventory = inventory;
    this.showing = showing;
  }

  static async open(openBackEnd: OpenBackEnd): Promise<Desk> {
    const backEnd = await openBackEnd();
    return new Desk(backEnd, await backEnd.open({ partitions, now: start }));
  }

  /** As after an orderly stop and a new start of the process. */
  async reopen(): Promise<void> {
    await this.inventory.close();
    this.inventory = await this.backEnd.open({ partitions, now: this.now });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inventory.close();
    await this.backEnd.dispose();
  }

  tryHold(pick: Pick, change: Partial<HoldRequest> = {}) {
    return this.inventory.hold({
      showing: this.showing,
      holdId: holdIdOf(change.showing ?? this.showing, (made += 1)),
      holder: "g:ada",
      network: "n:192.0.2",
      pick,
      terms,
      now: this.now,
      holdMs,
      limits: noLimits,
      ...change,
    });
  }

  async hold(pick: Pick, change: Partial<HoldRequest> = {}): Promise<Hold> {
    const held = await this.tryHold(pick, change);
    if ("refusal" in held) fail(`the hold was refused: ${held.refusal}`);
    return held;
  }

  draft(hold: Pick_<Hold>, orderId: string, change: Partial<OrderDraft> = {}): OrderDraft {
    const lines = hold.places.map((place) => ({
      seat: `S-${place}`,
      section: "S",
      tier: "adult",
      faceMinor: 1_000,
      feeMinor: 0,
      taxMinor: 0,
      totalMinor: 1_000,
    }));
    return {
      orderId,
      showingId: this.showing.showingId,
      sellerId: "seller",
      showId: "show",
      venueId: "venue",
      startsAt: this.showing.startsAt,
      buyer: { email: "ada@example.org", name: "Ada" },
      currency: "USD",
      lines,
      totalMinor: lines.length * 1_000,
      provider: "sandbox",
      placedAt: this.now,
      ...change,
    };
  }

  tryBegin(hold: Pick_<Hold>, orderId = nextId("order"), fingerprint = "same", change: Partial<OrderDraft> = {}) {
    const draft = this.draft(hold, orderId, change);
    return this.inventory.beginPayment({ holdId: hold.holdId, fingerprint, draft, now: this.now });
  }

  async begin(hold: Pick_<Hold>, orderId = nextId("order"), change: Partial<OrderDraft> = {}): Promise<InventoryOrder> {
    const begun = await this.tryBegin(hold, orderId, "same", change);
    if ("refusal" in begun) fail(`the payment was refused: ${begun.refusal}`);
    equal(begun.begun, true);
    return begun.order;
  }

  async confirm(order: { orderId: string }): Promise<InventoryOrder> {
    return accepted(await this.inventory.confirm(order.orderId, `pay-${order.orderId}`, this.now));
  }

  /** Held, paid, sold. */
  async sell(pick: Pick, change: Partial<HoldRequest> = {}, draft: Partial<OrderDraft> = {}): Promise<InventoryOrder> {
    return this.confirm(await this.begin(await this.hold(pick, change), nextId("order"), draft));
  }

  refund(order: { orderId: string }, refundId: string, places?: readonly number[], amountMinor = 1_000) {
    const { now } = this;
    const which = places ? { places } : {};
    return this.inventory.beginRefund({ orderId: order.orderId, refundId, ...which, amountMinor, reason: "ill", now });
  }

  /** Each pair: from where to where. The new seats are of section T. */
  move(order: { orderId: string }, moveId: string, ...pairs: (readonly [from: number, to: number])[]) {
    const moves = pairs.map(([from, to]) => ({ from, to, seat: `T-${to}`, section: "T" }));
    return this.inventory.moveTickets({ orderId: order.orderId, moveId, moves, now: this.now });
  }

  scan(place: number, generation = 1, gate = "north") {
    const { showing, now } = this;
    return this.inventory.scan({ showing, place, generation, ticketId: `t.${place}`, gate, now });
  }

  async states(): Promise<string> {
    return (await this.inventory.seats(this.showing)).states;
  }

  /** Fails unless the counts are these, add up to each section, and say what the drawing says. */
  async counts(...wanted: Partial<SectionCounts>[]): Promise<void> {
    const { sections } = await this.inventory.counts(this.showing);
    const states = await this.states();
    equal(states.length, this.showing.placeCount);
    for (const [index, { start: from, count }] of this.showing.sections.entries()) {
      const { free = 0, held = 0, paying = 0, sold = 0, blocked = 0, admitted = 0 } = sections[index] ?? {};
      equal(free + held + paying + sold + blocked, count, `section ${index} does not add up`);
      const letters = states.slice(from, from + count);
      const drawn = (letter: string) => letters.split(letter).length - 1;
      deepEqual(
        { free, held, paying, sold, blocked },
        { free: drawn("f"), held: drawn("h"), paying: drawn("p"), sold: drawn("s"), blocked: drawn("b") },
        "counts and drawing differ",
      );
      if (!wanted[index]) continue;
      const nothing = { held: 0, paying: 0, sold: 0, blocked: 0, admitted: 0 };
      const rest = { ...nothing, ...wanted[index] };
      const used = rest.held + rest.paying + rest.sold + rest.blocked;
      deepEqual({ free, held, paying, sold, blocked, admitted }, { ...rest, free: count - used });
    }
  }
}

type Pick_<Of extends Hold> = { holdId: Of["holdId"]; places: Of["places"] };

/** The answer if it is no refusal. */
export function accepted<Answer extends object>(answer: Answer): Exclude<Answer, { refusal: string }> {
  if ("refusal" in answer) fail(`refused: ${String(answer.refusal)}`);
  return answer as Exclude<Answer, { refusal: string }>;
}

/** Fails unless the answer is this refusal. */
export async function refused(answer: Promise<object>, refusal: string, facts: object = {}): Promise<void> {
  deepEqual({ ...(await answer) }, { refusal, ...facts });
}
