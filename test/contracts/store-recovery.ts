// What the store tells an inventory that has lost a partition.

import { deepEqual, equal } from "node:assert/strict";
import { it } from "node:test";
import { foldOrder, isOrderBody } from "../../src/inventory/orders.ts";
import type { InventoryOrder, ShowingRef } from "../../src/inventory/port.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { recoveryRows, type StoredShowing } from "../../src/store/recovery.ts";
import type { Store } from "../../src/store/open.ts";
import { now, plain, showing, withStore, WrittenLog, type OpenStores } from "./store-setting.ts";

async function showingsOf(store: Store, startsAfter = 0): Promise<StoredShowing[]> {
  const found: StoredShowing[] = [];
  for await (const one of recoveryRows(store).showingsOf(3, startsAfter)) found.push(one);
  return found;
}

/** What the inventory knew of an order: the log folded. */
function told(log: WrittenLog, orderId: string): InventoryOrder | undefined {
  let order: InventoryOrder | undefined;
  for (const { body, sequence } of log.entries) {
    if (!isOrderBody(body)) continue;
    if ((body.kind === "intent" ? body.order.orderId : body.orderId) === orderId)
      order = foldOrder(order, body, sequence);
  }
  return order;
}

const refund = (places: readonly number[]) =>
  ({ refundId: "r1", places, amountMinor: 1_000, reason: "asked", status: "begun", at: now }) as const;

export function recoveryContract(stores: OpenStores): void {
  it("rebuilds the seats of a showing: paying, sold, admitted, being refunded, given back, blocked", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-sold", [0, 1]).sold("order-back", [2]).sold("order-half", [3, 4]);
      log.intend(log.order("order-open", [5, 6]));
      log.add({
        kind: "admitted",
        at: now + 9,
        showingId: showing.showingId,
        place: 1,
        generation: 1,
        ticketId: "order-sold.1",
        gate: "A",
      });
      log.add({ kind: "refund-begun", at: now, orderId: "order-back", refund: refund([2]) });
      log.add({ kind: "refund-done", at: now, orderId: "order-back", refundId: "r1" });
      log.add({ kind: "refund-begun", at: now, orderId: "order-half", refund: refund([4]) });
      log.add({ kind: "blocked", at: now, showing, places: [20, 21, 22], by: "ada" });
      await log.applyTo(store);
      log.add({ kind: "unblocked", at: now, showing, places: [21], by: "ada" });
      log.add({ kind: "blocked", at: now, showing, places: [25], by: "ada" });
      log.add({ kind: "unblocked", at: now, showing, places: [25], by: "ada" });
      await log.applyTo(store);
      deepEqual(await showingsOf(store), [
        {
          ...showing,
          closed: false,
          blocked: [20, 22],
          places: [
            { place: 0, status: "sold", generation: 1, orderId: "order-sold" },
            { place: 1, status: "sold", generation: 1, orderId: "order-sold", admittedAt: now + 9, gate: "A" },
            { place: 2, status: "free", generation: 1 },
            { place: 3, status: "sold", generation: 1, orderId: "order-half" },
            { place: 4, status: "refunding", generation: 1, orderId: "order-half" },
            { place: 5, status: "paying", generation: 1, orderId: "order-open" },
            { place: 6, status: "paying", generation: 1, orderId: "order-open" },
          ],
          orders: ["order-back", "order-half", "order-open", "order-sold"],
        },
      ]);
    }));

  it("knows a showing that was closed, and where and when it is now", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-one", [0]);
      const moved: ShowingRef = { ...showing, startsAt: showing.startsAt + 1 };
      log.add({ kind: "showing-closed", at: now, showing: moved, by: "ada" });
      await log.applyTo(store);
      const [found] = await showingsOf(store);
      deepEqual([found?.closed, found?.startsAt], [true, moved.startsAt]);
      deepEqual(await showingsOf(store, moved.startsAt), []);
    }));

  it("reads the showings of a partition by start, those that are over left out, a page at a time", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog();
      for (let index = 0; index < 450; index += 1) {
        const other = { ...showing, showingId: `showing-${index}`, startsAt: now + Math.floor(index / 9) };
        log.add({ kind: "blocked", at: now, showing: other, places: [index % 30], by: "ada" });
      }
      await log.applyTo(store);
      const found = await showingsOf(store, now + 9);
      equal(found.length, 450 - 90);
      equal(new Set(found.map(({ showingId }) => showingId)).size, found.length);
      deepEqual(
        found.map(({ startsAt }) => startsAt),
        found.map(({ startsAt }) => startsAt).toSorted((a, b) => a - b),
      );
    }));

  it("gives every order back as the inventory knew it, whatever became of it", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("sold-at-once", [9, 3, 7]).sold("sold-to-guest", [0]);
      const { accountId: _, ...guest } = log.order("of-a-guest", [11]).draft;
      log.intend({ ...log.order("of-a-guest", [11]), draft: guest });
      log.intend(log.order("sold-later", [13, 12])).intend(log.order("declined-later", [15, 14]));
      log.intend(log.order("cancelled-later", [16])).intend(log.order("open", [18, 17]));
      log.intend(log.order("declined-at-once", [20, 19]));
      log.add({ kind: "declined", at: now, orderId: "declined-at-once", reason: "card_declined", until: now });
      await log.applyTo(store);
      log.sell("sold-later");
      log.add({ kind: "declined", at: now, orderId: "declined-later", reason: "card_declined", until: now });
      log.add({ kind: "cancelled", at: now, orderId: "cancelled-later", reason: "abandoned" });
      log.add({ kind: "refund-begun", at: now, orderId: "sold-at-once", refund: refund([3]) });
      await log.applyTo(store);
      const rows = recoveryRows(store);
      for (const { body } of log.entries) {
        if (body.kind !== "intent") continue;
        const { orderId } = body.order;
        deepEqual(await rows.orderById(orderId), told(log, orderId), orderId);
      }
      equal(await rows.orderById("nobody's"), undefined);
      deepEqual(await rows.stored(["sold-later", "nobody's", "open"]), new Set(["sold-later", "open"]));
      deepEqual(await rows.stored([]), new Set());
      deepEqual(
        (await rows.unfinishedOrders(3)).map(({ orderId }) => orderId),
        ["of-a-guest", "open", "sold-at-once"],
      );
      deepEqual(await rows.unfinishedOrders(4), []);
    }));

  it("tells refunds that it does not have as done from those that it has", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-one", [0, 1]).sold("order-two", [2]);
      log.add({ kind: "refund-begun", at: now, orderId: "order-one", refund: refund([0]) });
      log.add({ kind: "refund-done", at: now, orderId: "order-one", refundId: "r1" });
      log.add({ kind: "refund-begun", at: now, orderId: "order-two", refund: refund([2]) });
      await log.applyTo(store);
      const rows = recoveryRows(store);
      const asked = ["order-one r1", "order-one r2", "order-two r1", "nobody's r1"].map((name) => {
        const [orderId = "", refundId = ""] = name.split(" ");
        return { orderId, refundId, name };
      });
      const open = ["order-one r2", "order-two r1", "nobody's r1"];
      const named = (refunds: typeof asked) => rows.notDone(refunds).then((all) => all.map(({ name }) => name));
      deepEqual(await named(asked), open);
      const many = Array.from({ length: 150 }, () => asked).flat();
      deepEqual(await named(many), Array.from({ length: 150 }, () => open).flat());
      deepEqual(await named([]), []);
    }));

  it("knows how far the log was applied, and when the last sale was made", () =>
    withStore(stores, async (store) => {
      const rows = recoveryRows(store);
      deepEqual([await rows.appliedMark(3), await rows.lastSaleAt(3)], [{ sequence: 0, hash: "" }, undefined]);
      const log = new WrittenLog();
      log.intend(log.order("order-one", [0])).sell("order-one", now + 77);
      await log.applyTo(store);
      log.add({ kind: "blocked", at: now + 99, showing, places: [2], by: "ada" });
      await log.applyTo(store);
      deepEqual(plain(await rows.appliedMark(3)), { sequence: 3, hash: log.entries[2]?.hash });
      equal(await rows.lastSaleAt(3), now + 77);
    }));

  it("keeps out what a worker had read before a recovery took the partition", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-one", [0]);
      const worker = await log.worker(store);
      const epochs = createEpochs(store.db);
      equal(await epochs.take(3, 0), 1);
      await worker.once();
      log.sold("order-two", [1]);
      equal(await epochs.take(3, 1), 2);
      await worker.once();
      deepEqual(await worker.once(), [], "it asks no more");
      const rows = recoveryRows(store);
      deepEqual(await rows.stored(["order-one", "order-two"]), new Set(["order-one"]));
      equal((await rows.appliedMark(3)).sequence, 2);
      deepEqual(await epochs.all(), new Map([[3, 2]]));
    }));

  it("keeps what an order needs besides its columns within 400 bytes, tickets not counted", () =>
    withStore(stores, async (store) => {
      await new WrittenLog().sold("order-one", [4, 5]).applyTo(store);
      const row = await store.db.selectFrom("orders").select("intent").executeTakeFirstOrThrow();
      equal(row.intent.length < 400, true, row.intent);
    }));
}
