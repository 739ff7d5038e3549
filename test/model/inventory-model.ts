// Random commands drive the inventory and the dumb house; after each of them everything that can be asked is compared.

import { deepEqual, equal } from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import type { Inventory, InventoryOrder, Pick, ShowingRef } from "../../src/inventory/port.ts";
import { noLimits, terms } from "../contracts/inventory-setting.ts";
import { testSeed } from "../seed.ts";
import { capacity, DumbHouse, floor, limit, priceMinor, row, runs, type DumbOrder } from "./dumb-house.ts";

const holdMs = 480_000;

/** One inventory for all runs; each has a showing of its own. */
export interface Shop {
  inventory: Inventory;
  now: number;
  /** As after a stop and a new start of the process that decides. */
  reopen(): Promise<void>;
  close(): Promise<void>;
  /** Holds live on over a restart. */
  holdsSurvive: boolean;
}

export const firstDay = Date.UTC(2030, 0, 7);

/** The real side of a run. */
interface Real {
  shop: Shop;
  showing: ShowingRef;
  /** Makes ids of this run. */
  id(what: string, index: number): string;
  made: number;
}

type Step = (house: DumbHouse, real: Real) => Promise<void>;

class Command implements fc.AsyncCommand<DumbHouse, Real> {
  private readonly name: string;
  private readonly step: Step;

  constructor(name: string, step: Step) {
    this.name = name;
    this.step = step;
  }

  check(): boolean {
    return true;
  }

  async run(house: DumbHouse, real: Real): Promise<void> {
    await this.step(house, real);
    await compareAll(house, real);
  }

  toString(): string {
    return this.name;
  }
}

async function compareAll(house: DumbHouse, { shop, showing }: Real): Promise<void> {
  const { inventory, now } = shop;
  equal((await inventory.seats(showing)).states, house.states.join(""));
  const { sections } = await inventory.counts(showing);
  for (const [index, { start, count }] of showing.sections.entries()) {
    const letters = house.states.slice(start, start + count);
    const of = (letter: string) => letters.filter((state) => state === letter).length;
    const admitted = [...house.admitted.keys()].filter((place) => place >= start && place < start + count).length;
    deepEqual(sections[index], {
      free: of("f"),
      held: of("h"),
      paying: of("p"),
      sold: of("s"),
      blocked: of("b"),
      admitted,
    });
  }
  for (const hold of house.holds) {
    const found = await inventory.holdById(hold.id, now);
    deepEqual([found?.places, found?.holder, found?.orderId], [hold.places, hold.holder, hold.orderId]);
    if (hold.orderId === undefined) equal(found?.until, hold.until);
  }
  for (const order of house.orders) sameOrder(await inventory.orderById(order.id), order);
  const unfinished = (await inventory.unfinished()).filter(({ draft }) => draft.showingId === showing.showingId);
  const open = house.orders.filter(
    ({ status, refunds }) => status === "paying" || refunds.some((refund) => refund.status === "begun"),
  );
  deepEqual(unfinished.map(({ orderId }) => orderId).toSorted(), open.map(({ id }) => id).toSorted());
}

function sameOrder(real: InventoryOrder | { refusal: string } | undefined, dumb: DumbOrder): void {
  if (!real || "refusal" in real) return equal(real, dumb);
  const refunds = real.refunds.map(({ refundId, places, amountMinor, status }) => ({
    id: refundId,
    places,
    amountMinor,
    status,
  }));
  const { orderId, fingerprint, holdId, holder, places, generations, status } = real;
  const moves = (real.moves ?? []).map(({ moveId: id, from, to }) => ({ id, from, to }));
  const seats = places.map((place) => `S-${place}`);
  deepEqual(
    real.draft.lines.map(({ seat }) => seat),
    seats,
  );
  deepEqual({ id: orderId, fingerprint, holdId, holder, places, generations, status, moves, refunds }, dumb);
}

/** A refusal names its places in no order. */
const sorted = (refusal: object): object =>
  "places" in refusal ? { ...refusal, places: (refusal.places as number[]).toSorted((a, b) => a - b) } : { ...refusal };

/** Both refused alike, or the order is the same. */
function sameAnswer(real: InventoryOrder | { refusal: string }, dumb: DumbOrder | { refusal: string }): void {
  if ("refusal" in dumb) deepEqual(sorted(real), sorted(dumb));
  else sameOrder(real, dumb);
}

const index = fc.nat({ max: 9 });
const holder = fc.nat({ max: 2 }).map((at) => `g:${at}`);
const somePlaces = fc.uniqueArray(fc.nat({ max: capacity - 1 }), { minLength: 1, maxLength: 4 });
const strand = fc.boolean();

const wishes = fc.oneof(
  fc.record({ named: fc.uniqueArray(fc.nat({ max: row.last }), { minLength: 1, maxLength: 4 }), strand }),
  fc.record({ best: fc.integer({ min: 1, max: 4 }), strand }),
  fc.record({ standing: fc.integer({ min: 1, max: 4 }) }),
);

function pickOf(wish: typeof wishes extends fc.Arbitrary<infer Wish> ? Wish : never): Pick {
  if ("named" in wish) return { kind: "named", places: wish.named, ...(wish.strand ? { runs } : {}) };
  if ("best" in wish)
    return { kind: "best", quantity: wish.best, groups: [{ section: 0, runs }], strandRule: wish.strand };
  return { kind: "standing", areas: [{ section: 1, quantity: wish.standing }] };
}

const holding = fc.record({ wish: wishes, holder, again: fc.option(index, { freq: 6 }) }).map(
  ({ wish, holder: who, again }) =>
    new Command(
      `hold ${JSON.stringify(wish)} by ${who}${again === null ? "" : ` as hold ${again}`}`,
      async (house, real) => {
        const { shop, showing } = real;
        const holdId = real.id("hold", again ?? real.made++);
        const dumb = house.hold(wish, { id: holdId, holder: who, until: shop.now + holdMs });
        const got = await shop.inventory.hold({
          showing,
          holdId,
          holder: who,
          network: "n",
          pick: pickOf(wish),
          terms,
          now: shop.now,
          holdMs,
          limits: { ...noLimits, perShowing: limit },
        });
        if ("refusal" in dumb || "refusal" in got) deepEqual({ ...got }, { ...dumb });
        else deepEqual([got.holdId, got.places, got.holder], [dumb.id, dumb.places, dumb.holder]);
      },
    ),
);

const beginning = fc
  .record({ hold: index, order: fc.option(index, { freq: 5 }), fingerprint: fc.constantFrom("a", "a", "a", "b") })
  .map(
    ({ hold, order, fingerprint }) =>
      new Command(
        `begin hold ${hold}${order === null ? "" : ` as order ${order}`} ${fingerprint}`,
        async (house, real) => {
          const { shop, showing } = real;
          // Of a hold that is there, if there is one: most commands should come to something.
          const chosen = house.holds[hold % Math.max(1, house.holds.length)];
          const holdId = chosen?.id ?? real.id("hold", hold);
          const orderId =
            order === null ? real.id("order", real.made++) : (house.orders[order]?.id ?? real.id("order", 99));
          const places = chosen?.places ?? [];
          const dumb = house.begin(holdId, orderId, fingerprint);
          const lines = places.map((place) => ({
            seat: `S-${place}`,
            section: "S",
            tier: "t",
            faceMinor: 0,
            feeMinor: 0,
            taxMinor: 0,
            totalMinor: priceMinor,
          }));
          const got = await shop.inventory.beginPayment({
            holdId,
            fingerprint,
            now: shop.now,
            draft: {
              orderId,
              showingId: showing.showingId,
              sellerId: "seller",
              showId: "show",
              venueId: "venue",
              startsAt: showing.startsAt,
              buyer: { email: "a@example.org", name: "A" },
              currency: "USD",
              lines,
              totalMinor: lines.length * priceMinor,
              provider: "sandbox",
              placedAt: shop.now,
            },
          });
          if ("refusal" in dumb || "refusal" in got) return deepEqual({ ...got }, { ...dumb });
          equal(got.begun, dumb.begun);
          sameOrder(got.order, dumb.order);
        },
      ),
  );

/** A command about an order there is, or about none. */
const ofOrder = (name: string, step: (house: DumbHouse, real: Real, orderId: string, arg: number) => Promise<void>) =>
  fc.tuple(index, index).map(
    ([order, arg]) =>
      new Command(`${name} order ${order} (${arg})`, (house, real) => {
        const known = house.orders.length;
        return step(
          house,
          real,
          (known > 0 && order < 9 ? house.orders[order % known]?.id : undefined) ?? "no-order",
          arg,
        );
      }),
  );

const confirming = ofOrder("confirm", async (house, { shop }, id) => {
  sameAnswer(await shop.inventory.confirm(id, `pay-${id}`, shop.now), house.confirm(id));
});
const declining = ofOrder("decline", async (house, { shop }, id, arg) => {
  const until = shop.now + (arg - 2) * 30_000;
  const dumb = house.decline(id, until, shop.now);
  sameAnswer(await shop.inventory.decline(id, "declined", until, shop.now), dumb);
});
const cancelling = ofOrder("cancel", async (house, { shop }, id) => {
  sameAnswer(await shop.inventory.cancelPayment(id, "cancelled", shop.now), house.cancel(id));
});
const refunding = ofOrder("refund", async (house, { shop }, orderId, arg) => {
  const places = house.orderOf(orderId)?.places.filter((_, at) => ((arg + 1) >> at) % 2 === 1);
  const asked = arg < 4 && places && places.length > 0 ? places : undefined;
  const before = house.orderOf(orderId)?.refunds.flatMap((refund) => refund.places).length ?? 0;
  const all = (house.orderOf(orderId)?.places.length ?? 0) - before;
  const refundId = `r${arg % 3}`;
  const dumb = house.refund(orderId, refundId, asked);
  const amountMinor = (asked?.length ?? all) * priceMinor;
  const request = { orderId, refundId, ...(asked ? { places: asked } : {}), amountMinor, reason: "x", now: shop.now };
  sameAnswer(await shop.inventory.beginRefund(request), dumb);
});
const finishing = ofOrder("finish refund of", async (house, { shop }, id, arg) => {
  const refundId = `r${arg % 3}`;
  sameAnswer(await shop.inventory.finishRefund(id, refundId, shop.now), house.finish(id, refundId));
});

const moving = fc.tuple(index, fc.nat({ max: 15 }), somePlaces, fc.nat({ max: 3 })).map(
  ([order, which, targets, id]) =>
    new Command(`move ${which} of order ${order} to ${targets.join()} as m${id}`, async (house, { shop }) => {
      const sold = house.orders.filter(({ status }) => status === "confirmed");
      const known = (order < 8 ? sold[order % Math.max(1, sold.length)] : house.orders[order]) ?? house.orders[0];
      const from = (known?.places ?? [0, 1]).filter((_, at) => (which >> at) % 2 === 1);
      const pairs = from.map((place, at) => ({ from: place, to: targets[at] ?? place + 1 }));
      const orderId = known?.id ?? "no-order";
      const dumb = house.move(orderId, `m${id}`, pairs);
      const moves = pairs.map((pair) => ({ ...pair, seat: `S-${pair.to}`, section: "S" }));
      sameAnswer(await shop.inventory.moveTickets({ orderId, moveId: `m${id}`, moves, now: shop.now }), dumb);
    }),
);

const others = {
  release: index.map(
    (hold) =>
      new Command(`release hold ${hold}`, async (house, { shop, id }) => {
        const holdId = house.holds[hold]?.id ?? id("hold", hold);
        const dumb = house.release(holdId);
        equal(await shop.inventory.release(holdId, shop.now), dumb);
      }),
  ),
  pass: fc.integer({ min: 1, max: 600 }).map(
    (seconds) =>
      new Command(`pass ${seconds} s`, async (house, { shop }) => {
        shop.now += seconds * 1_000;
        house.pass(shop.now);
        await shop.inventory.sweep(shop.now);
      }),
  ),
  block: somePlaces.map(
    (places) =>
      new Command(`block ${places.join()}`, async (house, { shop, showing }) => {
        const dumb = house.block(places);
        const { ...got } = await shop.inventory.block(showing, places, "op", shop.now);
        if (dumb) deepEqual(got, dumb);
        else equal("version" in got, true);
      }),
  ),
  unblock: somePlaces.map(
    (places) =>
      new Command(`unblock ${places.join()}`, async (house, { shop, showing }) => {
        house.unblock(places);
        await shop.inventory.unblock(showing, places, "op", shop.now);
      }),
  ),
  close: fc.constant(
    new Command("close the showing", async (house, { shop, showing }) => {
      house.close();
      await shop.inventory.closeShowing(showing, "op", shop.now);
    }),
  ),
  scan: fc.tuple(fc.nat({ max: floor.last }), fc.constantFrom(0, 0, 0, 1, -1)).map(
    ([place, off]) =>
      new Command(
        `scan place ${place}${off === 0 ? "" : ` with a generation off by ${off}`}`,
        async (house, { shop, showing }) => {
          const generation = (house.sold[place] ?? 0) + off;
          const dumb = house.scan(place, generation, "north", shop.now);
          const ticketId = `t.${place}`;
          const got = await shop.inventory.scan({ showing, place, generation, ticketId, gate: "north", now: shop.now });
          deepEqual({ ...got }, dumb);
        },
      ),
  ),
  acknowledge: fc.constant(
    new Command("the store catches up", async (_, { shop }) => {
      for (const [partition, head] of (await shop.inventory.log.heads()).entries())
        await shop.inventory.log.acknowledge(partition, head);
    }),
  ),
  restart: fc.constant(
    new Command("restart", async (house, { shop }) => {
      if (!shop.holdsSurvive) house.restart();
      await shop.reopen();
    }),
  ),
};

const often = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const commands = fc.commands(
  [
    fc.oneof(
      often(24, holding),
      often(21, beginning),
      often(18, confirming),
      often(9, declining),
      often(6, cancelling),
      often(12, refunding),
      often(12, finishing),
      often(15, moving),
      often(6, others.release),
      often(9, others.pass),
      often(6, others.block),
      often(6, others.unblock),
      often(9, others.scan),
      often(3, others.acknowledge),
      often(1, others.restart),
      often(1, others.close),
    ),
  ],
  { maxCommands: 60, size: "max" },
);

/** Drives a back end and the dumb house by the same random commands, so many times. */
export function decidesLikeTheDumbHouse(name: string, runs: number, openShop: () => Promise<Shop>): void {
  it(`${name} decides like the dumb house, in ${runs} random runs`, async (t) => {
    const seed = testSeed();
    t.diagnostic(`TEST_SEED=${seed}`);
    const shop = await openShop();
    t.after(() => shop.close());
    let run = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (steps) => {
        run += 1;
        const made = String(run).padStart(8, "0");
        const showing: ShowingRef = {
          showingId: `0000100z1${made}`,
          startsAt: shop.now + 7 * 86_400_000,
          placeCount: capacity,
          sections: [
            { start: 0, count: floor.first },
            { start: floor.first, count: capacity - floor.first },
          ],
        };
        const id = (what: string, at: number) =>
          what === "hold" ? `${showing.showingId}-${String(at).padStart(26, "0")}` : `${what}-${made}-${at}`;
        const real: Real = { shop, showing, id, made: 10 };
        await fc.asyncModelRun(() => ({ model: new DumbHouse(), real }), steps);
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
  });
}
