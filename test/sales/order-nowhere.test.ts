// The same order asked for again while nobody here knows it: whether it came to nothing is only certain while its partition sells.

import { equal, ok, rejects } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Refusal } from "../../src/domain/refusals.ts";
import type { Inventory } from "../../src/inventory/port.ts";
import { createSales } from "../../src/sales/create.ts";
import { guest, openTheatre, orderFor, sellerId } from "./fixture.ts";

describe("an order that is nowhere", () => {
  let theatre: Awaited<ReturnType<typeof openTheatre>>;
  before(async () => void (theatre = await openTheatre()));
  after(() => theatre.close());

  for (const [standing, seen, code] of [
    ["while its partition is closed", [undefined], "sales_paused"],
    ["if its partition was recovered while it was looked for", [1, 2], "sales_paused"],
    ["if its partition sold all the while", [2, 2], "hold_expired"],
  ] as const) {
    it(`is answered with ${code} ${standing}`, async () => {
      const hold = await theatre.sales.hold({ showingId: theatre.showing.id, seats: ["C-3"] }, guest);
      await theatre.sales.release(hold.id, guest);
      const standings: (number | undefined)[] = [...seen];
      const inventory = { ...theatre.inventory, sellsIn: () => Promise.resolve(standings.shift()) };
      const sales = createSales({ ...theatre.deps, inventory });
      await rejects(sales.checkOut(orderFor(hold.id), guest), { code });
      equal(standings.length, 0);
    });
  }

  it("is answered with sales_paused if it still had its hold a moment ago", async () => {
    const hold = await theatre.sales.hold({ showingId: theatre.showing.id, seats: ["C-3"] }, guest);
    const order = orderFor(hold.id);
    const found = await theatre.inventory.holdById(hold.id, theatre.time.now);
    ok(found);
    for (const [payer, code] of [
      [order.id, "sales_paused"],
      ["another-order", "hold_in_payment"],
    ] as const) {
      const inventory = { ...theatre.inventory, holdById: () => Promise.resolve({ ...found, orderId: payer }) };
      await rejects(createSales({ ...theatre.deps, inventory }).checkOut(order, guest), { code });
    }
  });

  it("is not said to be nowhere while only the provider may know it", async () => {
    const inventory = { ...theatre.inventory, mayBeLost: () => Promise.resolve(true) };
    const sales = createSales({ ...theatre.deps, inventory });
    const refund = { sellerId, refundId: "r", reason: "ill", actor: "manager" };
    for (const asked of [
      sales.order("order-of-nobody", { secret: "x" }),
      sales.tickets("order-of-nobody", { operator: true }),
      sales.refund({ orderId: "order-of-nobody", ...refund }),
    ])
      await rejects(
        asked,
        (error) => error instanceof Refusal && error.code === "unavailable" && "retryAfterMs" in error.facts,
      );
    await rejects(theatre.sales.order("order-of-nobody", { operator: true }), { code: "not_found" });
  });

  it("is shown if its recovery ended while it was looked for", async () => {
    const hold = await theatre.sales.hold({ showingId: theatre.showing.id, seats: ["C-3"] }, guest);
    const { id, secret = "" } = await theatre.sales.checkOut(orderFor(hold.id), guest);
    const lost: undefined[] = [undefined];
    const inventory: Inventory = {
      ...theatre.inventory,
      orderById: async (orderId) => (lost.length > 0 ? lost.pop() : theatre.inventory.orderById(orderId)),
    };
    const seen = await createSales({ ...theatre.deps, inventory }).order(id, { secret });
    equal(seen.status, "confirmed");
  });
});
