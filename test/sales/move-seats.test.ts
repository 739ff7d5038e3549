// A seller moves a buyer to other seats: what the buyer is told, who is let in, and that no money moves.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import { verifyFolder } from "../../src/installation.ts";
import type { MoveInput } from "../../src/sales/sales.ts";
import { guest, makeShowing, openTheatre, orderFor, sellerId, type Theatre } from "./fixture.ts";

const refusal =
  (code: string, facts: object = {}) =>
  (error: unknown) => {
    const { code: found, facts: all = {} } = error as { code?: string; facts?: Readonly<Record<string, unknown>> };
    // What is wrong, for whoever words it, is told beside.
    const { fault: _, ...rest } = all;
    deepEqual([found, rest], [code, facts]);
    return true;
  };

async function buy({ sales, showing }: Theatre, ...seats: string[]) {
  const hold = await sales.hold({ showingId: showing.id, seats }, { ...guest, holder: `g:${seats.join()}` });
  return sales.checkOut(orderFor(hold.id), guest);
}

const pairs = (...named: [from: string, to: string][]) => named.map(([from, to]) => ({ from, to }));
const inputFor = (orderId: string, change: Partial<MoveInput> = {}): MoveInput => ({
  orderId,
  sellerId,
  moveId: "move-of-tests",
  moves: pairs(["C-7", "E-1"]),
  actor: "manager",
  ...change,
});

async function withTheatre(test: (theatre: Theatre) => Promise<void>, kind?: Parameters<typeof makeShowing>[0]) {
  const start = Date.UTC(2030, 0, 7, 12);
  const theatre = await openTheatre(kind ? { showings: [makeShowing(kind, start)], start } : { start });
  try {
    await test(theatre);
    await theatre.apply();
    const checks = await verifyFolder(theatre.folder, undefined, () => theatre.time.now);
    deepEqual(
      checks.flatMap(({ violations }) => violations),
      [],
    );
    deepEqual([theatre.closed, theatre.conflicts], [[], []]);
  } finally {
    await theatre.close();
  }
}

describe("moving a buyer to other seats", () => {
  it("lets in with the new ticket, refuses the old one, and sells its seat again", () =>
    withTheatre(async (theatre) => {
      const { sales, deps } = theatre;
      const order = await buy(theatre, "C-7", "C-8");
      const access = { secret: order.secret ?? "" };
      const [old, kept] = await sales.tickets(order.id, access);
      const moved = await sales.moveSeats(inputFor(order.id));
      deepEqual(
        moved.tickets.map(({ id, seat, status, generation }) => [id.split(".")[0], seat, status, generation]),
        [
          [order.id, "E-1", "active", 1],
          [order.id, "C-8", "active", 1],
        ],
      );
      deepEqual([moved.totalMinor, moved.refundedMinor, moved.refundStatus], [order.totalMinor, 0, "none"]);
      const next = await buy(theatre, "C-7");
      const [now] = await sales.tickets(order.id, access);
      const door = async (token = "") => {
        const { admitted, reason } = await sales.scan({ token, gate: "n", sellerIds: [sellerId], actor: "door" });
        return admitted || reason;
      };
      equal(await door(old?.token), "ticket_void");
      equal(await door(now?.token), true);
      equal(await door(kept?.token), true);
      const [nextTicket] = await sales.tickets(next.id, { secret: next.secret ?? "" });
      equal(await door(nextTicket?.token), true);
      await theatre.apply();
      const stored = await deps.orders.byId(order.id);
      deepEqual(stored?.tickets.map(({ seat }) => seat).toSorted(), ["C-8", "E-1"]);
    }));

  it("says so in the audit trail and in a mail, and takes and gives no money", () =>
    withTheatre(async (theatre) => {
      const { sales, store, payments } = theatre;
      const order = await buy(theatre, "C-7");
      await sales.moveSeats(inputFor(order.id));
      await theatre.apply();
      const audit = await store.db.selectFrom("audit").selectAll().where("action", "=", "order.moved").execute();
      deepEqual(
        audit.map(({ actor, subject, details }) => [actor, subject, JSON.parse(details)]),
        [["manager", `order:${order.id}`, { moveId: "move-of-tests", moves: pairs(["C-7", "E-1"]) }]],
      );
      const mails = await store.db.selectFrom("outbox").selectAll().where("kind", "=", "order-moved").execute();
      deepEqual(
        mails.map(({ body }) => {
          const { email, seats, left } = JSON.parse(body) as Record<string, unknown>;
          return [email, seats, left];
        }),
        [["ada@example.org", ["E-1"], ["C-7"]]],
      );
      const payment = await payments.find(order.id);
      deepEqual(payment.state === "captured" && [payment.amountMinor, payment.refundedMinor], [order.totalMinor, 0]);
    }));

  it("gives back afterwards what was paid for the ticket, wherever it is", () =>
    withTheatre(async (theatre) => {
      const { sales, showing, payments } = theatre;
      const hold = await sales.hold({ showingId: showing.id, seats: ["C-7", "C-8"], tiers: ["adult", "child"] }, guest);
      const order = await sales.checkOut(orderFor(hold.id), guest);
      await sales.moveSeats(inputFor(order.id, { moves: pairs(["C-8", "C-7"], ["C-7", "E-2"]) }));
      const back = { orderId: order.id, sellerId, refundId: "r1", seats: ["C-7"], reason: "ill", actor: "manager" };
      await sales.refund(back);
      const payment = await payments.find(order.id);
      equal(payment.state === "captured" && payment.refundedMinor, 702, "what the child's ticket cost");
    }));

  it("answers the same move again, however its tickets are ordered, and refuses another one under its id", () =>
    withTheatre(async (theatre) => {
      const { sales } = theatre;
      const order = await buy(theatre, "C-7", "C-8");
      const two = inputFor(order.id, { moves: pairs(["C-7", "E-1"], ["C-8", "E-2"]) });
      const [moved, twin] = await Promise.all([sales.moveSeats(two), sales.moveSeats(two)]);
      deepEqual(twin, moved);
      deepEqual(await sales.moveSeats({ ...two, moves: two.moves.toReversed() }), moved);
      await rejects(sales.moveSeats(inputFor(order.id)), refusal("move_id_reused"));
      await theatre.apply();
      equal((await theatre.store.db.selectFrom("moves").selectAll().execute()).length, 1);
    }));

  it("refuses what cannot be moved, and names it", () =>
    withTheatre(async (theatre) => {
      const { sales, time, showing } = theatre;
      const order = await buy(theatre, "C-7", "C-8");
      await buy(theatre, "A-1", "A-2");
      const tried = (moves: MoveInput["moves"], change: Partial<MoveInput> = {}) =>
        sales.moveSeats(inputFor(order.id, { moves, ...change }));
      const field = (name: string) => ({ field: `moves.${name}` });
      await rejects(tried([]), refusal("invalid_request", { field: "moves" }));
      await rejects(tried(pairs(["C-7", "Q-99"])), refusal("seat_unknown", field("0.to")));
      await rejects(tried(pairs(["", "E-1"])), refusal("seat_unknown", field("0.from")));
      await rejects(tried(pairs(["C-7", "E-1"], ["C-7", "E-2"])), refusal("seat_unknown", field("1.from")));
      await rejects(tried(pairs(["C-7", "E-1"], ["C-8", "E-1"])), refusal("seat_unknown", field("1.to")));
      await rejects(tried(pairs(["C-7", "C-7"])), refusal("invalid_request", field("0.to")));
      await rejects(tried(pairs(["C-7", "C-8"])), refusal("seats_taken", { seats: ["C-8"], field: "moves" }));
      const half = pairs(["C-7", "E-1"], ["C-8", "A-1"]);
      await rejects(tried(half), refusal("seats_taken", { seats: ["A-1"], field: "moves" }));
      await rejects(tried(pairs(["A-2", "E-1"])), refusal("ticket_void", { seats: ["A-2"] }));
      await rejects(tried(pairs(["C-7", "E-1"]), { sellerId: "another" }), refusal("not_found"));
      await rejects(tried(pairs(["C-7", "E-1"]), { orderId: "no-such-order" }), refusal("not_found"));
      const [ticket] = await sales.tickets(order.id, { secret: order.secret ?? "" });
      await sales.scan({ token: ticket?.token ?? "", gate: "n", sellerIds: [sellerId], actor: "door" });
      await rejects(tried(pairs(["C-7", "E-1"])), refusal("ticket_used", { seats: ["C-7"] }));
      time.now = showing.endsAt + 1;
      await rejects(tried(pairs(["C-8", "E-1"])), refusal("showing_over"));
      deepEqual(await theatre.store.db.selectFrom("moves").selectAll().execute(), []);
    }));

  it("moves between standing places, and not between these and seats", () =>
    withTheatre(async (theatre) => {
      const { sales, showing, seatMap } = theatre;
      const { sections, names } = seatMap.layout;
      const floor = sections.find(({ kind }) => kind === "standing");
      const stand = sections.find(({ kind }) => kind === "seats");
      const nameOf = (section: typeof floor, at: number) => names[(section?.start ?? 0) + at] ?? "";
      const standing = [{ section: floor?.id ?? "", quantity: 1 }];
      const order = await sales.checkOut(
        orderFor((await sales.hold({ showingId: showing.id, standing }, guest)).id),
        guest,
      );
      const [from, seat, other] = [nameOf(floor, 0), nameOf(stand, 3), nameOf(floor, 5)];
      await rejects(
        sales.moveSeats(inputFor(order.id, { moves: pairs([from, seat]) })),
        refusal("invalid_request", { field: "moves.0.to" }),
      );
      const moved = await sales.moveSeats(inputFor(order.id, { moves: pairs([from, other]) }));
      deepEqual(
        moved.tickets.map((each) => each.seat),
        [other],
      );
    }, "arena"));
});
