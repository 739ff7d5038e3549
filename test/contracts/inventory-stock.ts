// The contract of places on sale: blocks, the end of a showing, scans, counts, versions and live changes.

import { deepEqual, equal, ok } from "node:assert/strict";
import { it } from "node:test";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { SeatChange } from "../../src/inventory/port.ts";
import { accepted, Desk, holdMs, named, refused, showingRef, standing, type OpenBackEnd } from "./inventory-setting.ts";

export function stockContract(open: OpenBackEnd): void {
  it("blocks all of the places or none, and puts them back", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    await desk.hold(named(3));
    await desk.sell(named(4));
    await refused(inventory.block(showing, [2, 3, 4], "op", desk.now), "seats_taken", { places: [3, 4] });
    await desk.counts({ held: 1, sold: 1 }, {});
    const { version } = accepted(await inventory.block(showing, [1, 2], "op", desk.now));
    await desk.counts({ blocked: 2, held: 1, sold: 1 }, {});
    await refused(desk.tryHold(named(1), { holder: "g:bob" }), "seats_taken", { places: [1] });
    deepEqual(await inventory.block(showing, [1, 2], "op", desk.now), { version }, "again changes nothing");
    await inventory.unblock(showing, [2, 3], "op", desk.now);
    await desk.counts({ blocked: 1, held: 1, sold: 1 }, {});
    await desk.hold(named(2), { holder: "g:bob" });
  });

  it("sells nothing more of a closed showing, and keeps what is paying or sold", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const sold = await desk.sell(named(1));
    const paying = await desk.begin(await desk.hold(named(2)));
    const other = await desk.begin(await desk.hold(named(3)));
    const hold = await desk.hold(named(4));
    await inventory.closeShowing(showing, "op", desk.now);
    await desk.counts({ sold: 1, paying: 2 }, {});
    equal(await inventory.holdById(hold.holdId, desk.now), undefined);
    await refused(desk.tryHold(named(9)), "showing_cancelled");
    await refused(desk.tryBegin(hold), "showing_cancelled");
    await desk.confirm(paying);
    await inventory.decline(other.orderId, "declined", desk.now + 60_000, desk.now);
    await desk.counts({ sold: 2 }, {});
    await desk.refund(sold, "r");
    await inventory.finishRefund(sold.orderId, "r", desk.now);
    await desk.counts({ sold: 1 }, {});
    const again = accepted(await inventory.closeShowing(showing, "op", desk.now));
    equal(again.version, (await inventory.counts(showing)).version);
  });

  it("admits a ticket once, the first of many at the same moment", async () => {
    await using desk = await Desk.open(open);
    await desk.sell(named(1, 2));
    const answers = await Promise.all(["north", "south", "east"].map((gate) => desk.scan(1, 1, gate)));
    deepEqual(answers, [
      { admitted: true, at: desk.now },
      { refusal: "ticket_used", at: desk.now, gate: "north" },
      { refusal: "ticket_used", at: desk.now, gate: "north" },
    ]);
    await desk.counts({ sold: 2, admitted: 1 }, {});
  });

  it("admits nobody without a sold place of that generation", async () => {
    await using desk = await Desk.open(open);
    await refused(desk.scan(1), "ticket_void");
    await desk.begin(await desk.hold(named(1)));
    await refused(desk.scan(1), "ticket_void");
    await desk.sell(named(2));
    await refused(desk.scan(2, 2), "ticket_void");
    await refused(desk.scan(2, 0), "ticket_void");
    await refused(desk.scan(99), "ticket_void");
    await desk.counts({ paying: 1, sold: 1 }, {});
  });

  it("forgets an admission with the refund: the next buyer gets in", async () => {
    await using desk = await Desk.open(open);
    const first = await desk.sell(named(1));
    await desk.scan(1);
    await desk.refund(first, "r");
    await refused(desk.scan(1), "ticket_void");
    await desk.inventory.finishRefund(first.orderId, "r", desk.now);
    await desk.counts({}, {});
    await desk.sell(named(1), { holder: "g:bob" });
    ok("admitted" in (await desk.scan(1, 2)));
  });

  it("counts a showing that nobody has touched as free", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    deepEqual(await inventory.seats(showing), { version: 0, states: "f".repeat(30) });
    equal((await inventory.counts(showing)).version, 0);
    await desk.counts({}, {});
    deepEqual(await inventory.freeOf([showing.showingId]), [undefined]);
    await desk.hold(named(1, 2));
    await desk.hold(standing(3));
    deepEqual(await inventory.freeOf([showing.showingId, "0000100z1zzzzzzzz"]), [25, undefined]);
  });

  it("keeps showings apart", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    await desk.sell(named(1));
    for (const name of ["aaaa", "bbbb", "cccc", "dddd", "eeee"]) {
      const other = showingRef(`0000100z1abcd${name}`);
      const { sections } = await inventory.counts(other);
      equal(sections[0]?.free, 20);
      ok(!("refusal" in (await desk.tryHold(named(1), { showing: other }))));
    }
    await desk.counts({ sold: 1 }, {});
  });

  changes(open);
}

function changes(open: OpenBackEnd): void {
  it("tells whoever watches of every change, in order, with the version after it", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const seen: SeatChange[] = [];
    const stop = inventory.watch(showing, (change) => void seen.push(change));
    await inventory.seats(showing);
    const hold = await desk.hold(named(1, 2));
    const order = await desk.begin(hold);
    await desk.confirm(order);
    await desk.refund(order, "r");
    await inventory.finishRefund(order.orderId, "r", desk.now);
    await inventory.block(showing, [9], "op", desk.now);
    await inventory.unblock(showing, [9], "op", desk.now);
    const last = await desk.hold(named(3));
    desk.now += holdMs;
    await inventory.sweep(desk.now + 1_000);
    equal(await inventory.holdById(last.holdId, desk.now), undefined);
    while (seen.length < 8) await nextTurn();
    deepEqual(
      seen.map(({ places, state }) => [places.join(), state]),
      [
        ["1,2", "held"],
        ["1,2", "paying"],
        ["1,2", "sold"],
        ["1,2", "free"],
        ["9", "blocked"],
        ["9", "free"],
        ["3", "held"],
        ["3", "free"],
      ],
    );
    const versions = seen.map(({ version }) => version);
    ok(versions.every((version, index) => index === 0 || version > (versions[index - 1] ?? 0)));
    ok(seen.every(({ showingId }) => showingId === showing.showingId));
    equal((await inventory.seats(showing)).version, versions.at(-1));
    stop();
    await desk.hold(named(5));
    equal(seen.length, 8, "nothing after the end");
  });

  it("draws the same picture by changes as by looking", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const letters = Array.from({ length: showing.placeCount }, () => "f");
    inventory.watch(showing, ({ places, state }) => {
      for (const place of places) letters[place] = state.charAt(0);
    });
    await desk.states();
    const arrived = async () => {
      const states = await desk.states();
      for (let turns = 0; letters.join("") !== states && turns < 2_000; turns += 1) await pause(1);
      equal(letters.join(""), states);
    };
    const declined = await desk.begin(await desk.hold(named(1, 2)));
    await inventory.decline(declined.orderId, "declined", desk.now + 60_000, desk.now);
    await desk.sell(named(5, 6));
    await inventory.block(showing, [8], "op", desk.now);
    await desk.hold(standing(4));
    await arrived();
    await inventory.closeShowing(showing, "op", desk.now);
    await arrived();
  });

  it("goes on selling when somebody who watches fails", async () => {
    await using desk = await Desk.open(open);
    process.once("warning", () => undefined);
    desk.inventory.watch(desk.showing, () => {
      throw new Error("a broken line to a browser");
    });
    await desk.sell(named(1, 2));
    await desk.counts({ sold: 2 }, {});
    deepEqual(desk.inventory.closedPartitions(), []);
  });

  it("never gives a version twice, nor a lower one after a restart", async () => {
    await using desk = await Desk.open(open);
    await desk.sell(named(1));
    const before = (await desk.inventory.seats(desk.showing)).version;
    await desk.reopen();
    const { version } = await desk.inventory.seats(desk.showing);
    ok(version >= before);
    await desk.hold(named(2));
    ok((await desk.inventory.seats(desk.showing)).version > version);
  });
}
