// The contract of tickets that move to other places.

import { deepEqual, equal, ok } from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { InventoryOrder } from "../../src/inventory/port.ts";
import { accepted, best, Desk, named, refused, type OpenBackEnd } from "./inventory-setting.ts";

const placesOf = ({ places, generations }: InventoryOrder) => ({ places, generations });

export function movesContract(open: OpenBackEnd): void {
  it("moves tickets at no charge: the old places are free, the new ones sold", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1, 2, 3));
    const moved = accepted(await desk.move(sold, "m1", [1, 11], [3, 12]));
    deepEqual(placesOf(moved), { places: [11, 2, 12], generations: [1, 1, 1] });
    deepEqual(
      moved.draft.lines.map(({ seat, section, totalMinor }) => [seat, section, totalMinor]),
      [
        ["T-11", "T", 1_000],
        ["S-2", "S", 1_000],
        ["T-12", "T", 1_000],
      ],
    );
    deepEqual(moved.moves, [
      {
        moveId: "m1",
        from: [1, 3],
        to: [11, 12],
        seats: [
          { seat: "T-11", section: "T" },
          { seat: "T-12", section: "T" },
        ],
        left: [1, 1],
        generations: [1, 1],
        at: desk.now,
      },
    ]);
    deepEqual([moved.status, moved.draft.totalMinor, moved.sequence], ["confirmed", 3_000, sold.sequence]);
    deepEqual(await desk.inventory.orderById(sold.orderId), moved);
    await desk.counts({ sold: 3 }, {});
    equal((await desk.states()).slice(0, 14), "ffsffffffffssf");
    await desk.hold(named(1, 3), { holder: "g:bob" });
    deepEqual(await desk.inventory.unfinished(), []);
  });

  it("lets in with the new ticket and not with the old one, also when its place is sold again", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1));
    await desk.move(sold, "m1", [1, 11]);
    await refused(desk.scan(1, 1), "ticket_void");
    const next = await desk.sell(named(1), { holder: "g:bob" });
    deepEqual(next.generations, [2]);
    await refused(desk.scan(1, 1), "ticket_void");
    ok("admitted" in (await desk.scan(1, 2)));
    ok("admitted" in (await desk.scan(11, 1)));
    await desk.counts({ sold: 2, admitted: 2 }, {});
  });

  it("raises the generation of a place that a ticket comes back to", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1));
    await desk.move(sold, "there", [1, 11]);
    const back = accepted(await desk.move(sold, "back", [11, 1]));
    deepEqual(placesOf(back), { places: [1], generations: [2] });
    deepEqual(
      back.moves?.map(({ moveId, left, generations }) => [moveId, left, generations]),
      [
        ["there", [1], [1]],
        ["back", [1], [2]],
      ],
    );
    await refused(desk.scan(1, 1), "ticket_void");
    await refused(desk.scan(11, 1), "ticket_void");
    ok("admitted" in (await desk.scan(1, 2)));
    await desk.counts({ sold: 1, admitted: 1 }, {});
  });

  it("moves neighbours along by one: a ticket may come to a place that another one leaves", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1, 2, 3));
    const moved = accepted(await desk.move(sold, "m1", [1, 2], [2, 3], [3, 4]));
    deepEqual(placesOf(moved), { places: [2, 3, 4], generations: [2, 2, 1] });
    deepEqual(moved.moves?.[0]?.left, [1, 1, 1]);
    equal((await desk.states()).slice(0, 6), "ffsssf");
    await refused(desk.scan(2, 1), "ticket_void");
    ok("admitted" in (await desk.scan(2, 2)));
    const swapped = accepted(await desk.move(sold, "m2", [3, 4], [4, 3]));
    deepEqual(placesOf(swapped), { places: [2, 4, 3], generations: [2, 2, 3] });
    await desk.counts({ sold: 3, admitted: 1 }, {});
  });

  it("answers the same move again, and refuses another one under its id", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1, 2));
    const moved = accepted(await desk.move(sold, "m1", [1, 11]));
    deepEqual(accepted(await desk.move(sold, "m1", [1, 11])), moved);
    const later = accepted(await desk.move(sold, "m2", [11, 12]));
    deepEqual(accepted(await desk.move(sold, "m1", [1, 11])), later, "as it stands now");
    await refused(desk.move(sold, "m1", [1, 13]), "move_id_reused");
    await refused(desk.move(sold, "m1", [2, 11]), "move_id_reused");
    await refused(desk.move(sold, "m1", [1, 11], [2, 13]), "move_id_reused");
    await desk.counts({ sold: 2 }, {});
  });

  it("decides once what is asked many times at one moment", async () => {
    await using desk = await Desk.open(open);
    const [ada, bob] = [await desk.sell(named(1)), await desk.sell(named(2), { holder: "g:bob" })];
    const twins = await Promise.all(Array.from({ length: 5 }, () => desk.move(ada, "m1", [1, 11])));
    for (const twin of twins) deepEqual(placesOf(accepted(twin)), { places: [11], generations: [1] });
    const [one, other] = await Promise.all([desk.move(ada, "m2", [11, 12]), desk.move(bob, "m1", [2, 12])]);
    const refusals = [one, other].filter((answer) => "refusal" in answer);
    deepEqual(
      refusals.map((refusal) => ({ ...refusal })),
      [{ refusal: "seats_taken", places: [12] }],
    );
    const both = await Promise.all([desk.move(ada, "m3", ["refusal" in one ? 11 : 12, 15]), desk.refund(ada, "r")]);
    equal(both.filter((answer) => "refusal" in answer).length < 2, true, "one of the two comes first");
    deepEqual(desk.inventory.closedPartitions(), []);
    await desk.counts({ sold: 2 }, {});
  });

  refusals(open);
  afterwards(open);
}

function refusals(open: OpenBackEnd): void {
  it("moves all of the tickets or none", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const sold = await desk.sell(named(1, 2));
    await desk.sell(named(5), { holder: "g:bob" });
    await desk.hold(named(6), { holder: "g:eve" });
    await desk.begin(await desk.hold(named(7), { holder: "g:kim" }));
    await inventory.block(showing, [8], "op", desk.now);
    const before = await desk.states();
    for (const taken of [5, 6, 7, 8, 99, -1])
      await refused(desk.move(sold, "m1", [1, 11], [2, taken]), "seats_taken", { places: [taken] });
    await refused(desk.move(sold, "m1", [1, 8], [2, 5]), "seats_taken", { places: [8, 5] });
    await refused(desk.move(sold, "m1", [1, 11], [2, 11]), "seats_taken", { places: [11] });
    await refused(desk.move(sold, "m1", [1, 2]), "seats_taken", { places: [2] });
    await refused(desk.move(sold, "m1", [1, 1]), "seats_taken", { places: [1] });
    equal(await desk.states(), before);
    deepEqual(await inventory.orderById(sold.orderId), sold);
    accepted(await desk.move(sold, "m1", [1, 11], [2, 12]));
  });

  it("moves no ticket that is void, used, never sold, or another order's", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const sold = await desk.sell(best(4));
    const [first = -1, second = -1, third = -1, fourth = -1] = sold.places;
    await desk.scan(first);
    await desk.refund(sold, "done", [second]);
    await inventory.finishRefund(sold.orderId, "done", desk.now);
    await desk.refund(sold, "begun", [third]);
    await refused(desk.move(sold, "m1", [first, 11]), "ticket_used", { places: [first] });
    for (const place of [second, third, 15, 99])
      await refused(desk.move(sold, "m1", [place, 11], [fourth, 12]), "ticket_void", { places: [place] });
    await refused(desk.move(sold, "m1", [first, 11], [third, 12]), "ticket_void", { places: [third] });
    await refused(desk.move(sold, "m1", [fourth, 11], [fourth, 12]), "ticket_void", { places: [fourth] });
    await refused(desk.move(sold, "m1"), "ticket_void", { places: [] });
    const paying = await desk.begin(await desk.hold(named(18)));
    await refused(desk.move(paying, "m1", [18, 11]), "ticket_void", { places: [18] });
    await inventory.cancelPayment(paying.orderId, "void", desk.now);
    await refused(desk.move(paying, "m1", [18, 11]), "ticket_void", { places: [18] });
    await refused(desk.move({ orderId: "no-order" }, "m1", [1, 11]), "not_found");
    accepted(await desk.move(sold, "m1", [fourth, 11]));
    await desk.counts({ sold: 3, admitted: 1 }, {});
  });

  it("moves no ticket to a place that its order gave back: one order has each place once", async () => {
    await using desk = await Desk.open(open);
    const sold = await desk.sell(named(1, 2));
    await desk.refund(sold, "r", [1]);
    await desk.inventory.finishRefund(sold.orderId, "r", desk.now);
    await refused(desk.move(sold, "m1", [2, 1]), "seats_taken", { places: [1] });
    accepted(await desk.move(sold, "m1", [2, 3]));
  });

  it("moves nothing in a closed showing, nor while the partition is closed", async () => {
    await using desk = await Desk.open(open);
    const { inventory, showing } = desk;
    const sold = await desk.sell(named(1));
    accepted(await desk.move(sold, "m1", [1, 2]));
    await inventory.closeShowing(showing, "op", desk.now);
    await refused(desk.move(sold, "m2", [2, 3]), "showing_cancelled");
    equal(accepted(await desk.move(sold, "m1", [1, 2])).places[0], 2, "what was done is answered");
    inventory.closePartition(sold.partition, "test");
    await refused(desk.move(sold, "m2", [2, 3]), "sales_paused");
  });
}

function afterwards(open: OpenBackEnd): void {
  it("gives back what was moved, where it is now", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const sold = await desk.sell(named(1, 2));
    await desk.move(sold, "m1", [1, 11]);
    await refused(desk.refund(sold, "r", [1]), "order_not_refundable");
    const begun = accepted(await desk.refund(sold, "r", [11]));
    deepEqual(begun.refunds[0]?.places, [11]);
    accepted(await desk.move(sold, "m2", [2, 12]));
    await inventory.finishRefund(sold.orderId, "r", desk.now);
    const rest = accepted(await desk.refund(sold, "r2"));
    deepEqual(rest.refunds[1]?.places, [12]);
    await inventory.finishRefund(sold.orderId, "r2", desk.now);
    await desk.counts({}, {});
    deepEqual(await inventory.unfinished(), []);
    deepEqual((await desk.sell(named(1, 11), { holder: "g:bob" })).generations, [2, 2]);
  });

  it("has a move in the log before it answers, and after a restart", async () => {
    await using desk = await Desk.open(open);
    const { inventory } = desk;
    const sold = await desk.sell(named(1, 2), {}, { accountId: "ada" });
    await desk.move(sold, "m1", [1, 11]);
    await desk.move(sold, "m2", [2, 12], [11, 2]);
    const entries = await inventory.log.read(sold.partition, 0, 100);
    deepEqual(
      entries.map(({ body }) => body.kind),
      ["intent", "sale", "moved", "moved"],
    );
    const moved = await inventory.orderById(sold.orderId);
    deepEqual(
      entries.flatMap(({ body }) => (body.kind === "moved" ? [body.move] : [])),
      moved?.moves,
    );
    const states = await desk.states();
    await desk.reopen();
    deepEqual(await desk.inventory.orderById(sold.orderId), moved);
    deepEqual(await desk.inventory.recentOrders("ada"), [moved]);
    equal(await desk.states(), states);
    deepEqual(accepted(await desk.move(sold, "m1", [1, 11])), moved);
    await refused(desk.scan(1), "ticket_void");
    await refused(desk.scan(2, 1), "ticket_void");
    ok("admitted" in (await desk.scan(2, 2)));
    await desk.counts({ sold: 2, admitted: 1 }, {});
  });

  it("draws a move for whoever watches", async () => {
    await using desk = await Desk.open(open);
    const letters = Array.from({ length: desk.showing.placeCount }, () => "f");
    desk.inventory.watch(desk.showing, ({ places, state }) => {
      for (const place of places) letters[place] = state.charAt(0);
    });
    await desk.states();
    const sold = await desk.sell(named(1, 2));
    await desk.move(sold, "m1", [1, 2], [2, 3]);
    const states = await desk.states();
    while (letters.join("") !== states) await pause(1);
  });
}
