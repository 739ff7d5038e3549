// Money that the provider has reserved and nobody took: whose is it, when the inventory does not know?

import { equal } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createSales } from "../../src/sales/create.ts";
import { guest, openTheatre, orderFor } from "./fixture.ts";

describe("reserved money", () => {
  let theatre: Awaited<ReturnType<typeof openTheatre>>;
  before(async () => void (theatre = await openTheatre()));
  after(() => theatre.close());

  let made = 0;
  const reserve = async () => {
    const { id: showingId } = theatre.showing;
    const orderId = `reserved-of-tests-${(made += 1)}`;
    const metadata = { orderId, showingId, places: [1], epoch: 1, journal: "" };
    const facts = { amountMinor: 500, currency: "USD", token: "tok_approve", returnUrl: "http://localhost" };
    await theatre.payments.authorise({ orderId, metadata, ...facts });
    return orderId;
  };
  const stateOf = async (orderId: string) => (await theatre.payments.find(orderId)).state;

  it("goes back when nobody has the order and the partition sells", async () => {
    const orderId = await reserve();
    await theatre.sales.reconcileReserved(0);
    equal(await stateOf(orderId), "cancelled");
  });

  it("stays while the partition is closed, or was recovered while it was looked for", async () => {
    const orderId = await reserve();
    const standings: (number | undefined)[] = [];
    const inventory = { ...theatre.inventory, sellsIn: () => Promise.resolve(standings.shift()) };
    const sales = createSales({ ...theatre.deps, inventory });
    for (const seen of [[undefined], [1, undefined], [1, 2]]) {
      standings.push(...seen);
      await sales.reconcileReserved(0);
      equal(standings.length, 0);
      equal(await stateOf(orderId), "authorised");
    }
    standings.push(2, 2);
    await sales.reconcileReserved(0);
    equal(await stateOf(orderId), "cancelled");
  });

  it("is taken for an order that only the store still has", async () => {
    const { payments, inventory } = theatre;
    const away = createSales({
      ...theatre.deps,
      payments: { ...payments, capture: () => Promise.reject(new Error("the provider was away")) },
      warn: () => undefined,
    });
    const hold = await away.hold({ showingId: theatre.showing.id, seats: ["B-1"] }, guest);
    const order = await away.checkOut(orderFor(hold.id), guest);
    await theatre.apply();
    equal(await stateOf(order.id), "authorised");
    const forgetful = { ...inventory, orderById: () => Promise.resolve(undefined) };
    await createSales({ ...theatre.deps, inventory: forgetful }).reconcileReserved(0);
    equal(await stateOf(order.id), "captured");
  });
});
