// Money that went back while its partition was being recovered: the log lost the refund, the recovery asked the provider too early,
// and nobody else knows.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import { verifyFolder } from "../../src/installation.ts";
import { writeRefundJournal } from "../../src/sales/journal.ts";
import { guest, openTheatre, orderFor, sellerId, type Theatre } from "./fixture.ts";

async function bought({ sales, showing }: Theatre, ...seats: string[]) {
  return sales.checkOut(orderFor((await sales.hold({ showingId: showing.id, seats }, guest)).id), guest);
}

async function findings({ folder, time, apply }: Theatre): Promise<readonly string[]> {
  await apply();
  const checks = await verifyFolder(folder, undefined, () => time.now);
  return checks.flatMap(({ violations }) => violations);
}

describe("a refund that only the provider knows", () => {
  it("is entered soon, once", async () => {
    const theatre = await openTheatre();
    const { sales, payments, inventory, showing, time } = theatre;
    const order = await bought(theatre, "A-1", "A-2");
    await theatre.apply();
    const [place = -1] = (await inventory.orderById(order.id))?.places ?? [];
    const amountMinor = order.lines[0]?.totalMinor ?? 0;
    const refund = {
      refundId: "r1",
      places: [place],
      amountMinor,
      reason: "ill",
      at: time.now,
      status: "begun",
    } as const;
    const journal = writeRefundJournal(refund);
    await payments.refund({ orderId: order.id, refundId: "r1", amountMinor, showingId: showing.id, journal });
    deepEqual((await findings(theatre)).length, 1, "verify finds it");
    for (let turn = 0; turn < 2; turn += 1) await sales.reconcileRefunded(time.now - 1);
    const refunds = (await inventory.orderById(order.id))?.refunds;
    deepEqual(refunds, [{ ...refund, status: "done" }]);
    equal((await sales.availability(showing)).sections[0]?.sold, 1);
    deepEqual(await findings(theatre), []);
    await theatre.close();
  });

  it("is told from what is known, what is older, and what made no ticket void", async () => {
    const theatre = await openTheatre();
    const { sales, payments, inventory, showing, time } = theatre;
    const known = await bought(theatre, "A-1", "A-2");
    await sales.refund({ orderId: known.id, sellerId, refundId: "r1", reason: "ill", actor: "manager" });
    const other = await bought(theatre, "B-1", "B-2");
    const lost = { orderId: other.id, amountMinor: 1, showingId: showing.id };
    await payments.refund({ ...lost, refundId: "seats-lost", journal: "" });
    await payments.refund({ ...lost, refundId: "older", journal: '{"places":[1],"reason":"","at":1}' });
    time.now += 1_000;
    const before = await inventory.log.heads();
    await sales.reconcileRefunded(time.now);
    deepEqual(await inventory.log.heads(), before);
    await theatre.close();
  });

  it("is no refusal for good: whoever asked is told to ask again, and then it is entered", async () => {
    const theatre = await openTheatre();
    const { sales, inventory, payments } = theatre;
    const order = await bought(theatre, "A-1", "A-2");
    const { beginRefund, finishRefund } = inventory;
    // The log is lost between the two.
    inventory.beginRefund = async (request) => {
      const known = await inventory.orderById(request.orderId);
      if (!known) return { refusal: "not_found" };
      const { refundId, places = [], amountMinor, reason, now: at } = request;
      return { ...known, refunds: [{ refundId, places, amountMinor, reason, at, status: "begun" }] };
    };
    const input = { orderId: order.id, sellerId, refundId: "r1", reason: "ill", actor: "manager" };
    await rejects(sales.refund(input), { code: "refund_pending" });
    const state = await payments.find(order.id);
    equal(state.state === "captured" && state.refundedMinor, order.totalMinor);
    Object.assign(inventory, { beginRefund, finishRefund });
    equal((await sales.refund(input)).refundStatus, "whole");
    deepEqual(await findings(theatre), []);
    await theatre.close();
  });
});
