// The contract of holds: what is picked, what is refused and in which order, when a hold ends.

import { deepEqual, equal, ok } from "node:assert/strict";
import { it } from "node:test";
import {
  best,
  Desk,
  holdIdOf,
  holdMs,
  named,
  noLimits,
  refused,
  standing,
  type OpenBackEnd,
} from "./inventory-setting.ts";

export function holdsContract(open: OpenBackEnd): void {
  it("holds all of the named places or none", async () => {
    await using desk = await Desk.open(open);
    await desk.hold(named(3, 4), { holder: "g:bob" });
    await refused(desk.tryHold(named(2, 3, 4)), "seats_taken", { places: [3, 4] });
    await desk.counts({ held: 2 }, {});
    deepEqual((await desk.hold(named(5, 2))).places, [5, 2], "in the order of the pick");
    equal((await desk.states()).slice(0, 8), "ffhhhhff");
  });

  it("refuses places that do not exist as taken", async () => {
    await using desk = await Desk.open(open);
    await refused(desk.tryHold(named(1, 30)), "seats_taken", { places: [30] });
    await desk.counts({}, {});
  });

  it("answers the hold there is for the same id, and for the same places by the same holder", async () => {
    await using desk = await Desk.open(open);
    const holdId = holdIdOf(desk.showing, 999_999);
    const first = await desk.hold(named(1, 2), { holdId });
    deepEqual(await desk.hold(named(7), { holdId }), first);
    deepEqual(await desk.hold(named(2, 1)), first);
    await refused(desk.tryHold(named(1)), "seats_taken", { places: [1] });
    await refused(desk.tryHold(named(1, 2), { holder: "g:bob" }), "seats_taken", { places: [1, 2] });
    await desk.counts({ held: 2 }, {});
  });

  it("shows a hold by its id until it ends", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1), { network: "n:x" });
    const { holdId, heldAt, until, network } = hold;
    deepEqual([heldAt, until, network], [desk.now, desk.now + holdMs, "n:x"]);
    deepEqual(await desk.inventory.holdById(holdId, desk.now + holdMs - 1), hold);
    equal(await desk.inventory.holdById(holdId, desk.now + holdMs), undefined);
    equal(await desk.inventory.holdById(holdIdOf(desk.showing, 0), desk.now), undefined);
  });

  it("frees the places of a hold that ran out, with nobody asking but the sweep", async () => {
    await using desk = await Desk.open(open);
    await desk.hold(best(3));
    await desk.inventory.sweep(desk.now + holdMs - 1_000);
    await desk.counts({ held: 3 }, {});
    await desk.inventory.sweep(desk.now + holdMs + 1_000);
    await desk.counts({}, {});
  });

  it("gives places of a hold that ran out to the next one, also before the sweep", async () => {
    await using desk = await Desk.open(open);
    const old = await desk.hold(named(1, 2));
    desk.now += holdMs;
    const next = await desk.hold(named(2, 3), { holder: "g:bob" });
    deepEqual(next.places, [2, 3]);
    equal(await desk.inventory.holdById(old.holdId, desk.now), undefined);
    await desk.inventory.sweep(desk.now);
    await desk.counts({ held: 2 }, {});
  });

  it("gives a hold back once", async () => {
    await using desk = await Desk.open(open);
    const { holdId } = await desk.hold(named(1, 2));
    equal(await desk.inventory.release(holdId, desk.now), true);
    equal(await desk.inventory.release(holdId, desk.now), false);
    equal(await desk.inventory.release(holdIdOf(desk.showing, 0), desk.now), false);
    await desk.counts({}, {});
  });

  it("does not give back what is being paid for", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(named(1, 2));
    const { orderId } = await desk.begin(hold);
    equal(await desk.inventory.release(hold.holdId, desk.now), false);
    equal((await desk.inventory.holdById(hold.holdId, desk.now))?.orderId, orderId);
    await desk.counts({ paying: 2 }, {});
  });

  limits(open);
  picks(open);
  precedence(open);
}

function limits(open: OpenBackEnd): void {
  const limits = { ...noLimits, perShowing: 4, perNetwork: 6 };

  it("counts held and paying places against a holder's limit, and sold ones no more", async () => {
    await using desk = await Desk.open(open);
    const order = await desk.begin(await desk.hold(named(0, 1, 2), { limits }));
    await refused(desk.tryHold(named(5, 6), { limits }), "limit_exceeded", { limit: 4, held: 3 });
    await desk.hold(named(5), { limits });
    await desk.confirm(order);
    await desk.hold(named(6, 7, 8), { limits });
    await refused(desk.tryHold(standing(1), { limits }), "limit_exceeded", { limit: 4, held: 4 });
  });

  it("counts all holders of a network together", async () => {
    await using desk = await Desk.open(open);
    await desk.hold(best(4), { limits, holder: "g:a" });
    await refused(desk.tryHold(best(3), { limits, holder: "g:b" }), "limit_exceeded", { limit: 6, held: 4 });
    await desk.hold(best(2), { limits, holder: "g:b" });
    await desk.hold(best(3), { limits, holder: "g:c", network: "n:other" });
  });

  it("lets go of the limit when a hold ends", async () => {
    await using desk = await Desk.open(open);
    const { holdId } = await desk.hold(best(4), { limits });
    await desk.inventory.release(holdId, desk.now);
    await desk.hold(best(4), { limits });
    desk.now += holdMs;
    await desk.inventory.sweep(desk.now);
    await desk.hold(best(4), { limits });
  });

  it("counts what is being paid for also after a restart", async () => {
    await using desk = await Desk.open(open);
    const hold = await desk.hold(best(3), { limits });
    const { orderId } = await desk.begin(hold);
    await desk.reopen();
    equal((await desk.inventory.holdById(hold.holdId, desk.now))?.orderId, orderId);
    await refused(desk.tryHold(best(2), { limits }), "limit_exceeded", { limit: 4, held: 3 });
    await refused(desk.tryBegin(hold), "hold_in_payment");
    await desk.inventory.cancelPayment(orderId, "cancelled", desk.now);
    await desk.hold(best(4), { limits });
  });

  it("makes a holder wait who let many holds go, for as long as it says", async () => {
    await using desk = await Desk.open(open);
    const rule = { ...noLimits, abandoned: 3, windowMs: 60_000, cooldownMs: 20_000 };
    for (let index = 0; index < 3; index += 1) {
      const { holdId } = await desk.hold(named(index), { limits: rule });
      desk.now += 1_000;
      await desk.inventory.release(holdId, desk.now);
    }
    desk.now += 5_000;
    await refused(desk.tryHold(named(9), { limits: rule }), "hold_cooldown", { retryAfterMs: 15_000 });
    await desk.hold(named(9), { limits: rule, holder: "g:bob" });
    desk.now += 15_000;
    await desk.hold(named(8), { limits: rule });
  });
}

function picks(open: OpenBackEnd): void {
  it("picks the window nearest to the focus, the lower one of two as good", async () => {
    await using desk = await Desk.open(open);
    deepEqual((await desk.hold(best(2))).places, [4, 5]);
    deepEqual((await desk.hold(best(1))).places, [3], "3 and 6 are as far: the lower one");
    deepEqual((await desk.hold(best(1))).places, [6]);
    deepEqual((await desk.hold(best(3))).places, [12, 13, 14], "the second row lies better than the ends of the first");
  });

  it("never picks across an aisle, and goes on in the next best row", async () => {
    await using desk = await Desk.open(open);
    deepEqual((await desk.hold(best(10))).places, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await refused(desk.tryHold(best(6)), "sold_out");
    deepEqual((await desk.hold(best(5))).places, [10, 11, 12, 13, 14]);
    deepEqual((await desk.hold(best(2))).places, [15, 16]);
  });

  it("tries groups of runs in their order and only the places in them", async () => {
    await using desk = await Desk.open(open);
    const run = { start: 17, length: 2, centre2: 1, penalty: 9 };
    const accessible = { kind: "best", quantity: 2, strandRule: false } as const;
    const first = {
      ...accessible,
      groups: [
        { section: 0, runs: [run] },
        { section: 0, runs: [{ ...run, start: 0 }] },
      ],
    };
    deepEqual((await desk.hold(first)).places, [17, 18]);
    deepEqual((await desk.hold(first)).places, [0, 1]);
    await refused(desk.tryHold(first), "sold_out");
    await refused(desk.tryHold({ ...accessible, groups: [] }), "sold_out");
  });

  it("leaves no single place where another window would not, but rather one than no seats", async () => {
    await using desk = await Desk.open(open);
    const runs = [{ start: 0, length: 5, centre2: 4, penalty: 0 }];
    const pick = (quantity: number) =>
      ({ kind: "best", quantity, strandRule: true, groups: [{ section: 0, runs }] }) as const;
    deepEqual((await desk.hold(pick(3))).places, [0, 1, 2], "1–3 is nearer, and would leave 0 and 4 alone");
    deepEqual((await desk.hold(pick(1))).places, [3], "one of two leaves one, whichever it is");
  });

  it("refuses named places that leave a single one, naming it", async () => {
    await using desk = await Desk.open(open);
    const runs = [{ start: 0, length: 10 }];
    const pick = (...places: number[]) => ({ kind: "named", places, runs }) as const;
    await refused(desk.tryHold(pick(1, 2)), "strands_seat", { places: [0] });
    await refused(desk.tryHold(pick(1, 3)), "strands_seat", { places: [0, 2] });
    await desk.hold(pick(0, 1));
    await refused(desk.tryHold(pick(3)), "strands_seat", { places: [2] });
    await desk.hold(pick(2, 3, 4, 5, 6, 7, 8));
    await desk.hold(pick(9));
    await desk.hold(named(11), {});
  });

  it("allows a single place to be left where no choice of as many avoids it", async () => {
    await using desk = await Desk.open(open);
    const runs = [{ start: 10, length: 5 }];
    await desk.hold({ kind: "named", places: [11, 12, 13, 14], runs });
    await desk.counts({ held: 4 }, {});
  });

  it("takes the lowest free standing places, of several areas or none", async () => {
    await using desk = await Desk.open(open);
    deepEqual((await desk.hold(standing(3))).places, [20, 21, 22]);
    const { holdId } = await desk.hold(standing(2));
    await desk.hold(standing(1));
    await desk.inventory.release(holdId, desk.now);
    deepEqual((await desk.hold(standing(3))).places, [23, 24, 26]);
    await refused(desk.tryHold(standing(5)), "sold_out");
    await desk.counts({}, { held: 7 });
  });

  it("takes every place of a house exactly once when many come at once", async () => {
    await using desk = await Desk.open(open);
    const tries = Array.from({ length: 40 }, (_, index) => desk.tryHold(best(1), { holder: `g:${index}` }));
    const places = (await Promise.all(tries)).flatMap((answer) => ("refusal" in answer ? [] : answer.places));
    deepEqual(
      places.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, place) => place),
    );
  });
}

function precedence(open: OpenBackEnd): void {
  it("names the first of several reasons to refuse a hold", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    await desk.hold(named(1, 2), { holder: "g:bob" });
    const { holdId } = await desk.hold(named(8));
    await inventory.release(holdId, desk.now);
    const limits = { perShowing: 2, perNetwork: 0, abandoned: 1, windowMs: 60_000, cooldownMs: 60_000 };
    const runs = [{ start: 0, length: 10 }];
    const everything = { kind: "named", places: [2, 4, 6], runs } as const;
    const later = { ...limits, abandoned: 0 };
    await refused(desk.tryHold({ ...everything, places: [4] }, { limits: noLimits }), "strands_seat", { places: [3] });
    await refused(desk.tryHold(everything, { limits: noLimits }), "seats_taken", { places: [2] });
    await refused(desk.tryHold(everything, { limits: later }), "limit_exceeded", { limit: 2, held: 0 });
    await refused(desk.tryHold(everything, { limits }), "hold_cooldown", { retryAfterMs: 60_000 });
    await inventory.closeShowing(showing, "op", desk.now);
    await refused(desk.tryHold(everything, { limits }), "showing_cancelled");
    for (let partition = 0; partition < inventory.partitions; partition += 1)
      inventory.closePartition(partition, "test");
    await refused(desk.tryHold(everything, { limits }), "sales_paused");
    equal(inventory.closedPartitions().length, inventory.partitions);
    ok(inventory.closedPartitions().every(({ reason }) => reason === "test"));
  });
}
