// Two workers, two processes: what one does is never done again by the other.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { it } from "node:test";
import { createOrderStore } from "../../src/store/orders.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";
import { withStore, WrittenLog, type OpenStores } from "./store-setting.ts";

export function turnsContract(stores: OpenStores): void {
  it("has one of two workers on a partition apply a batch, and the other go on from there", () =>
    withStore(stores, async (store, other) => {
      const log = new WrittenLog().sold("order-one", [1]);
      const [mine, theirs] = [await log.worker(store), await log.worker(other)];
      deepEqual(await mine.once(), [{ partition: 3, sequence: 2 }]);
      // The other one still believes that the store stands at 0.
      log.sold("order-two", [2]);
      deepEqual(await theirs.once(), [{ partition: 3, sequence: 2 }]);
      equal(await createOrderStore(store.db).byId("order-two"), undefined);
      deepEqual(await theirs.once(), [{ partition: 3, sequence: 4 }]);
      deepEqual(await mine.once(), [{ partition: 3, sequence: 4 }]);
      equal(await createOutbox(store.db).waiting(), 2);
    }));

  it("passes over a conflict once, even if both workers find it", () =>
    withStore(stores, async (store, other) => {
      const log = new WrittenLog().sold("order-one", [1]);
      await log.applyTo(store);
      const [mine, theirs] = [await log.worker(store), await log.worker(other)];
      log.sold("order-two", [1]);
      deepEqual(await mine.once(), [{ partition: 3, sequence: 4 }]);
      deepEqual(await theirs.once(), [{ partition: 3, sequence: 4 }]);
      equal((await withStoredSales(store, (sales) => sales.conflicts())).length, 1);
    }));

  it("undoes a transaction that fails, whole, and shows others nothing of it", () =>
    withStore(stores, async (store, other) => {
      const failing = store.db.transaction().execute(async (trx) => {
        await trx.insertInto("applied").values({ partition: 2, sequence: 1, hash: "", sale_at: 0 }).execute();
        deepEqual(await other.db.selectFrom("applied").selectAll().execute(), []);
        throw new Error("half-way");
      });
      await rejects(failing, /half-way/);
      deepEqual(await store.db.selectFrom("applied").selectAll().execute(), []);
    }));

  it("sees one moment while verifying, whatever is written meanwhile", () =>
    withStore(stores, async (store, other) => {
      const log = new WrittenLog().sold("order-one", [1]);
      await withStoredSales(store, async (sales) => {
        equal((await sales.marks()).length, 0);
        await log.applyTo(other);
        equal((await sales.marks()).length, 0);
        equal(await sales.orderCount(), 0);
      });
      equal((await withStoredSales(store, (sales) => sales.marks())).length, 1);
    }));
}
