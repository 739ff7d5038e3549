// Tickets that moved, after Redis lost its log. The provider only knows which seats were paid for first: where the store knows
// better, what it knows holds.

import { deepEqual, equal } from "node:assert/strict";
import { describe, it } from "node:test";
import type { InventoryOrder } from "../../src/inventory/port.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import { accepted, named, refused } from "../contracts/inventory-setting.ts";
import { Fleet } from "./recovery-setting.ts";

const flush = (fleet: Fleet) => fleet.redis.command("FLUSHALL");
const losses = [
  ["everything is lost", async (fleet: Fleet) => () => flush(fleet)],
  ["Redis comes back with an old file", (fleet: Fleet) => fleet.remember()],
] as const;

/** What a recovery did in an order's partition. */
async function recovered(fleet: Fleet, order: InventoryOrder) {
  const { outcome, entered, refunded, voided } = (await fleet.recovered(order)) ?? {};
  return { outcome, entered, refunded, voided };
}

/** Fails unless each ticket of an order, as the store has it, lets in. */
async function letsIn({ store, desk }: Fleet, { orderId }: InventoryOrder): Promise<void> {
  const { places = [], generations = [] } = (await recoveryRows(store).orderById(orderId)) ?? {};
  for (const [index, place] of places.entries()) accepted(await desk.scan(place, generations[index]));
}

describe("the recovery of tickets that moved", () => {
  for (const [loss, lose] of losses)
    it(`leaves each of them where the store has it, though its payment speaks of the seat before: ${loss}`, async () => {
      await using fleet = await Fleet.open();
      const { desk, inventory } = fleet;
      const ada = await fleet.sellPaid(1, 2);
      await fleet.catchUp();
      const happens = await lose(fleet);
      const moved = accepted(await desk.move(ada, "m1", [1, 11]));
      await fleet.catchUp();
      await happens();
      deepEqual(await recovered(fleet, ada), { outcome: "rebuilt", entered: 0, refunded: 0, voided: 0 });
      await desk.counts({ sold: 2 }, {});
      await refused(desk.scan(1), "ticket_void");
      const bob = await fleet.sellPaid(1);
      deepEqual(bob.generations, [2], "the ticket that was left must not let in instead of the new one");
      await refused(desk.scan(1, 1), "ticket_void");
      const stored = await recoveryRows(fleet.store).orderById(ada.orderId);
      deepEqual([stored?.places, stored?.generations, stored?.moves], [[11, 2], [1, 1], moved.moves]);
      accepted(await inventory.adopt(stored ?? moved, desk.now));
      deepEqual(accepted(await desk.move(ada, "m1", [1, 11])), stored, "what was done is answered");
      await fleet.agree();
      for (const order of [ada, bob]) await letsIn(fleet, order);
    });

  it("gives the seat that was left to whom it was sold since, also if only the provider knows of that sale", async () => {
    await using fleet = await Fleet.open();
    const { desk } = fleet;
    const ada = await fleet.sellPaid(1);
    accepted(await desk.move(ada, "m1", [1, 11]));
    await fleet.catchUp();
    const bob = await fleet.sellPaid(1);
    await flush(fleet);
    deepEqual(await recovered(fleet, ada), { outcome: "rebuilt", entered: 1, refunded: 0, voided: 0 });
    equal((await fleet.payments.find(bob.orderId)).state, "captured");
    await refused(desk.scan(1, 1), "ticket_void");
    await fleet.agree();
    for (const order of [ada, bob]) await letsIn(fleet, order);
  });

  it("gives back what was moved, where it is", async () => {
    await using fleet = await Fleet.open();
    const { desk } = fleet;
    const ada = await fleet.sellPaid(1, 2);
    accepted(await desk.move(ada, "m1", [1, 11]));
    await fleet.catchUp();
    await fleet.payBack(ada, "ill", [11]);
    await flush(fleet);
    deepEqual(await recovered(fleet, ada), { outcome: "rebuilt", entered: 0, refunded: 1, voided: 0 });
    await desk.counts({ sold: 1 }, {});
    await refused(desk.scan(11), "ticket_void");
    deepEqual((await desk.sell(named(1, 11))).generations, [2, 2]);
  });

  for (const known of ["that the store has", "that only the provider knows"])
    it(`leaves the tickets of an order ${known} where they were if the move was lost`, async () => {
      await using fleet = await Fleet.open();
      const { desk } = fleet;
      const ada = await fleet.sellPaid(1);
      if (known === "that the store has") await fleet.catchUp();
      accepted(await desk.move(ada, "m1", [1, 11]));
      const bob = await fleet.sellPaid(1);
      await flush(fleet);
      const { voided } = await recovered(fleet, ada);
      equal(voided, 1, "of two who paid for one seat the first has it");
      const { state, ...payment } = await fleet.payments.find(bob.orderId);
      deepEqual([state, "refundedMinor" in payment && payment.refundedMinor], ["captured", 1_000]);
      await desk.counts({ sold: 1 }, {});
      fleet.warnings.length = 0;
      await fleet.agree();
      await letsIn(fleet, ada);
    });
});
