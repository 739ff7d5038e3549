// What the slow path makes of the sales log: orders and tickets, refunds, mails, conflicts; and what sellers read of them.

import { deepEqual, equal } from "node:assert/strict";
import { it } from "node:test";
import { newShowingId } from "../../src/domain/ids.ts";
import { giveBackJob } from "../../src/store/apply.ts";
import { createJobs } from "../../src/store/jobs.ts";
import { createOrderStore } from "../../src/store/orders.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createSellerReports } from "../../src/store/seller-reports.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";
import { addSeller, now, show, showing, showingRow, withStore, WrittenLog, type OpenStores } from "./store-setting.ts";
import type { Store } from "../../src/store/open.ts";

const { showingId } = showing;
const refund = (places: readonly number[], refundId = "r1") => ({
  refundId,
  places,
  amountMinor: places.length * 1_000,
  reason: "asked",
  status: "begun" as const,
  at: now + 2_000,
});

async function ticketsOf(store: Store, orderId: string): Promise<string[]> {
  const order = await createOrderStore(store.db).byId(orderId);
  return (order?.tickets ?? []).map((ticket) => `${ticket.place} ${ticket.status}`);
}

export function salesContract(stores: OpenStores): void {
  it("writes an order as it stands after the batch, whole", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-one", [4, 5]);
      await log.applyTo(store);
      const order = await createOrderStore(store.db).byId("order-one");
      deepEqual(
        [order?.status, order?.buyer.name, order?.totalMinor, order?.lines.map((line) => line.seat)],
        ["confirmed", 'Ada "the \\ first", {née Ö}', 2_000, ["A-5", "A-6"]],
      );
      deepEqual(await ticketsOf(store, "order-one"), ["4 active", "5 active"]);
      deepEqual(order?.tierNames, { adult: "Adult" }, "as the prices said that it was sold by");
      equal(await createOrderStore(store.db).appliedTo(3), 2);
      const [mail] = await createOutbox(store.db).takeDue({ now, leaseMs: 1, limit: 9 });
      deepEqual([mail?.id, mail?.kind], ["3-2-confirmed", "order-confirmed"]);
    }));

  it("changes orders that began in an earlier batch, by whatever comes of them", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog();
      const orders = ["to-be-sold-1", "to-be-sold-2", "to-decline-1", "to-cancel-01"];
      for (const [index, id] of orders.entries()) log.intend(log.order(id, [index * 2, index * 2 + 1]));
      await log.applyTo(store);
      deepEqual(await ticketsOf(store, "to-be-sold-1"), []);
      log.sell("to-be-sold-1").sell("to-be-sold-2");
      log.add({ kind: "declined", at: now, orderId: "to-decline-1", reason: "card_declined", until: now });
      log.add({ kind: "cancelled", at: now, orderId: "to-cancel-01", reason: "abandoned" });
      log.add({ kind: "refund-begun", at: now, orderId: "to-be-sold-2", refund: refund([3]) });
      await log.applyTo(store);
      deepEqual(await ticketsOf(store, "to-be-sold-1"), ["0 active", "1 active"]);
      deepEqual(await ticketsOf(store, "to-be-sold-2"), ["2 active", "3 void"]);
      const declined = await createOrderStore(store.db).byId("to-decline-1");
      deepEqual([declined?.status, declined?.reason, declined?.tickets.length], ["declined", "card_declined", 0]);
      equal((await createOrderStore(store.db).byId("to-cancel-01"))?.status, "cancelled");
      log.add({ kind: "refund-done", at: now, orderId: "to-be-sold-2", refundId: "r1" });
      log.add({
        kind: "admitted",
        at: now + 9,
        showingId,
        place: 0,
        generation: 1,
        ticketId: "to-be-sold-1.0",
        gate: "A",
      });
      await log.applyTo(store);
      const part = await createOrderStore(store.db).byId("to-be-sold-2");
      deepEqual([part?.refundStatus, part?.refundedMinor], ["part", 1_000]);
      equal((await createOrderStore(store.db).byId("to-be-sold-1"))?.tickets[0]?.admittedAt, now + 9);
      const given = await createOrderStore(store.db).refund("to-be-sold-2", "r1");
      deepEqual(given, { amountMinor: 1_000, places: [3], reason: "asked" });
    }));

  it("lets a seat be given back and sold again, within one batch too", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("first-buyer-of-it", [7]);
      await log.applyTo(store);
      log.add({ kind: "refund-begun", at: now, orderId: "first-buyer-of-it", refund: refund([7]) });
      log.add({ kind: "refund-done", at: now, orderId: "first-buyer-of-it", refundId: "r1" });
      log.sold("second-buyer-of-it", [7]);
      await log.applyTo(store);
      deepEqual(await ticketsOf(store, "first-buyer-of-it"), ["7 void"]);
      deepEqual(await ticketsOf(store, "second-buyer-of-it"), ["7 active"]);
      deepEqual(await createOrderStore(store.db).confirmedOfShowing(showingId), ["second-buyer-of-it"]);
    }));

  it("never gives a seat two active tickets: the second order is a conflict, and the rest goes on", () =>
    withStore(stores, async (store) => {
      const conflicts: string[] = [];
      const log = new WrittenLog().sold("order-one", [1, 2]).sold("order-two", [2, 3]).sold("order-three", [9]);
      await (await log.worker(store, conflicts)).once();
      deepEqual(conflicts, ["order-two"]);
      deepEqual(await ticketsOf(store, "order-one"), ["1 active", "2 active"]);
      deepEqual(await ticketsOf(store, "order-two"), ["2 void", "3 void"]);
      deepEqual(await ticketsOf(store, "order-three"), ["9 active"]);
      equal((await createOrderStore(store.db).byId("order-two"))?.status, "conflict");
      equal((await createJobs(store.db).find(`${giveBackJob}:order-two`))?.kind, giveBackJob);
      equal(await createOrderStore(store.db).appliedTo(3), 6);
    }));

  it("writes a batch larger than one statement, as it is read back", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog();
      for (let index = 0; index < 400; index += 1)
        log.sold(`order-${String(index).padStart(4, "0")}`, [index], { placedAt: now + index });
      const worker = await log.worker(store);
      while ((await worker.once()).length > 0);
      await withStoredSales(store, async (sales) => {
        deepEqual([await sales.orderCount(), await sales.activeTickets()], [400, 400]);
        deepEqual(await sales.sharedPlaces(9), []);
        deepEqual(
          [...(await sales.byIds(["order-0399"])).values()].map((sale) => sale.tickets[0]?.place),
          [399],
        );
        deepEqual(
          (await sales.page("order-0397", 9)).map(({ id }) => id),
          ["order-0398", "order-0399"],
        );
        deepEqual(
          (await sales.marks()).map(({ partition, sequence }) => [partition, sequence]),
          [[3, 800]],
        );
      });
    }));

  it("pages through an account's orders, the newest showing first", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog();
      for (let index = 0; index < 5; index += 1)
        log.sold(`order-${index}`, [index], { startsAt: now + Math.floor(index / 2) });
      await log.applyTo(store);
      const seen: string[] = [];
      const orders = createOrderStore(store.db);
      for (let before: string | undefined; ;) {
        const page = await orders.ofAccount("account", { limit: 2, ...(before !== undefined && { before }) });
        seen.push(...page.items.map(({ id }) => id));
        before = page.next;
        if (before === undefined) break;
      }
      deepEqual(seen, ["order-4", "order-3", "order-2", "order-1", "order-0"]);
    }));

  it("reports a seller's sales: found by text, by quarter of an hour, by show and by showing", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      await store.db.insertInto("showings").values(showingRow()).execute();
      await store.db.insertInto("shows").values(show).execute();
      const log = new WrittenLog().sold("order-one", [1, 2]).sold("order_%two", [3], { placedAt: now + 900_000 });
      log.add({ kind: "refund-begun", at: now, orderId: "order-one", refund: refund([2]) });
      await log.applyTo(store);
      const reports = createSellerReports(store);
      const totals = { orders: 2, tickets: 2, grossMinor: 3_000, refundedMinor: 1_000 };
      deepEqual(await reports.ofShowing("seller", showingId), totals);
      const period = { from: now, until: now + 30 * 86_400_000 };
      deepEqual(
        (await reports.quarters("seller", period)).map(({ at, orders }) => [at, orders]),
        [
          [now, 1],
          [now + 900_000, 1],
        ],
      );
      deepEqual(await reports.byShow("seller", period), [
        { showId: "show", title: "Metropolis", showings: 1, capacity: 30, ...totals },
      ]);
      deepEqual(await reports.byVenue("seller", period), [
        { venueId: "seller-venue", name: "Roxy", showings: 1, capacity: 30, ...totals },
      ]);
      deepEqual(await reports.byStart("seller", period), [
        { at: showing.startsAt, timeZone: "America/Denver", showings: 1, capacity: 30, tickets: 2 },
      ]);
      for (const [filter, found] of [
        [{ showId: "show", venueId: "seller-venue" }, 1],
        [{ showId: "another" }, 0],
        [{ venueId: "rival-venue" }, 0],
      ] as const) {
        equal((await reports.quarters("seller", period, filter)).length, 2 * found);
        equal((await reports.sold("seller", period, "show", { limit: 9, ...filter })).items.length, found);
        equal((await reports.byShow("seller", period, filter)).length, found);
        equal((await reports.byStart("seller", period, filter)).length, found);
      }
      equal((await reports.byVenue("rival", period)).length, 0);
      deepEqual(await reports.ofShowing("rival", showingId), {
        orders: 0,
        tickets: 0,
        grossMinor: 0,
        refundedMinor: 0,
      });
      const byShowing = await reports.byShowing("seller", period, { limit: 5 });
      deepEqual(
        byShowing.items.map(({ showingId: id, tickets }) => [id, tickets]),
        [[showingId, 2]],
      );
      deepEqual(await reports.sold("seller", period, "venue", { limit: 9 }), {
        items: [{ key: "seller-venue", title: "Roxy", ...totals }],
      });
      deepEqual(await reports.sold("seller", period, "showing", { limit: 9 }), {
        items: [
          { key: showingId, title: "Metropolis", startsAt: showing.startsAt, venueId: "seller-venue", ...totals },
        ],
      });
      const find = async (text: string) =>
        (await reports.orders({ sellerId: "seller", text, limit: 9 })).items.map(({ id }) => id);
      deepEqual(await find("ORDER_%T"), ["order_%two"]);
      deepEqual(await find("ada@"), ["order_%two", "order-one"]);
      deepEqual(await find("100%"), []);
    }));

  it("finds a seller's showings by show and by venue, by start", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      await store.db.insertInto("shows").values(show).execute();
      // A venue's showings are found by their ids, which begin with its number and the day.
      const ids = ["2030-01-14", "2030-01-15"].map((date) => newShowingId(1, date, (length) => new Uint8Array(length)));
      for (const [index, id] of ids.entries()) {
        const starts_at = showing.startsAt + index * 86_400_000;
        await store.db.insertInto("showings").values(showingRow({ id, starts_at })).execute();
      }
      const reports = createSellerReports(store);
      const period = { from: now, until: now + 30 * 86_400_000 };
      for (const filter of [{}, { showId: "show" }, { venueId: "seller-venue" }]) {
        const first = await reports.byShowing("seller", period, { limit: 1, ...filter });
        const next = await reports.byShowing("seller", period, { limit: 1, cursor: first.next ?? "", ...filter });
        deepEqual(
          [...first.items, ...next.items].map((one) => one.showingId),
          ids,
        );
        equal(next.next, undefined);
      }
      for (const filter of [{ showId: "another", venueId: "seller-venue" }, { venueId: "rival-venue" }])
        deepEqual(await reports.byShowing("seller", period, { limit: 9, ...filter }), { items: [] });
    }));

  it("pages through what was sold, the highest gross first", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog();
      for (const [index, showId] of ["a", "b", "b", "c", "d", "d", "e"].entries())
        log.sold(`order-${index}`, [index], { showId });
      await log.applyTo(store);
      const reports = createSellerReports(store);
      const seen: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
        const { items, next } = await reports.sold("seller", { from: now, until: now + 1 }, "show", page);
        seen.push(...items.map(({ key, orders }) => `${key}${orders}`));
        if (next === undefined) break;
        cursor = next;
      }
      deepEqual(seen, ["b2", "d2", "a1", "c1", "e1"]);
    }));
}
