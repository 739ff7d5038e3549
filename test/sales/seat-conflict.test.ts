// R7: if the log ever sold one seat twice, the store refuses the second ticket, and the loser's money goes back.

import { deepEqual, equal } from "node:assert/strict";
import { describe, it } from "node:test";
import type { LogEntry } from "../../src/inventory/port.ts";
import { chainHash } from "../../src/inventory/chain.ts";
import { giveBackJob } from "../../src/store/apply.ts";
import { appliedMarks } from "../../src/store/marks.ts";
import { createApplySales } from "../../src/workers/apply-sales.ts";
import { guest, openTheatre, orderFor } from "./fixture.ts";

/** A log like the one given, in which another order bought the same places once more. */
function soldTwice(entries: readonly LogEntry[], second: string): LogEntry[] {
  const copies = entries.map(({ body, ...entry }) => {
    const changed =
      body.kind === "intent" ? { ...body, order: { ...body.order, orderId: second } } : { ...body, orderId: second };
    return { ...entry, body: changed };
  });
  let hash = "";
  return [...entries, ...copies].map((entry, index) => {
    hash = chainHash(hash, JSON.stringify(entry.body));
    return { ...entry, sequence: index + 1, hash };
  });
}

describe("a seat that was sold twice", () => {
  it("keeps the first ticket, marks the second order as a conflict, plans its refund, and lets the log go on", async () => {
    const theatre = await openTheatre();
    const hold = await theatre.sales.hold({ showingId: theatre.showing.id, seats: ["A-1", "A-2"] }, guest);
    const first = await theatre.sales.checkOut(orderFor(hold.id), guest);
    const live = await theatre.inventory.orderById(first.id);
    const partition = live?.partition ?? 0;
    const log = soldTwice(await theatre.inventory.log.read(partition, 0, 10), "the-second-order-of-a-seat");
    const told: string[] = [];
    const applier = createApplySales(
      {
        store: theatre.store,
        log: { read: async (of, after) => log.filter((entry) => entry.partition === of && entry.sequence > after) },
        clock: () => theatre.time.now,
        secretOf: () => "secret",
        onConflict: ({ orderId }) => void told.push(orderId),
        reached: () => undefined,
      },
      await appliedMarks(theatre.store),
    );
    const heads = Array.from({ length: partition + 1 }, (_, at) => (at === partition ? log.length : 0));
    deepEqual(await applier.once(heads), [{ partition, sequence: log.length }]);
    deepEqual(told, ["the-second-order-of-a-seat"]);
    const loser = await theatre.deps.orders.byId("the-second-order-of-a-seat");
    deepEqual([loser?.status, loser?.tickets.map((ticket) => ticket.status)], ["conflict", ["void", "void"]]);
    deepEqual(
      (await theatre.deps.orders.byId(first.id))?.tickets.map((ticket) => ticket.status),
      ["active", "active"],
    );
    const job = await theatre.deps.jobs.find(`${giveBackJob}:the-second-order-of-a-seat`);
    deepEqual([job?.kind, job?.body, job?.done], [giveBackJob, { orderId: "the-second-order-of-a-seat" }, false]);
    equal((await applier.once(heads)).length, 0);
    await theatre.close();
  });
});
