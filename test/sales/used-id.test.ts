// An order id that somebody used long ago, when neither inventory nor binding remember it: the provider does.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import { Refusal } from "../../src/domain/refusals.ts";
import { guest, openTheatre, orderFor } from "./fixture.ts";

describe("an order id of long ago", () => {
  it("buys nothing with the payment of its first order, whoever asks the provider", async () => {
    const theatre = await openTheatre();
    const { sales, payments, inventory, showing } = theatre;
    const hold = await sales.hold({ showingId: showing.id, seats: ["A-1"] }, guest);
    const paid = async (id: string, showingId: string, amountMinor: number) => {
      const metadata = { orderId: id, showingId, places: [0], epoch: 1, journal: "" };
      const { currency } = hold;
      await payments.authorise({ orderId: id, amountMinor, currency, token: "tok_approve", metadata, returnUrl: "" });
      return payments.capture(id);
    };
    for (const [id, showingId, amountMinor] of [
      ["of-another-showing-1", "0000100z1abcdefgh", hold.totalMinor],
      ["of-another-amount-01", showing.id, hold.totalMinor - 1],
    ] as const) {
      const first = await paid(id, showingId, amountMinor);
      const again = await sales.hold({ showingId: showing.id, seats: ["A-1"] }, guest);
      await rejects(
        sales.checkOut(orderFor(again.id, "tok_approve", id), guest),
        (error) => error instanceof Refusal && error.code === "order_id_reused",
      );
      equal((await inventory.orderById(id))?.status, "cancelled");
      deepEqual(await payments.find(id), first, "the money of the first order stays where it is");
    }
    const next = await sales.hold({ showingId: showing.id, seats: ["A-1"] }, guest);
    equal((await sales.checkOut(orderFor(next.id), guest)).status, "confirmed");
    await theatre.apply();
    await theatre.close();
  });
});
