// The store's file has two writers in one installation: the process that serves, and the slow path on its thread.

import { equal, rejects, throws } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";

/** A store and another connection to its file, which does not wait. */
async function withTwo(test: (store: Store, other: DatabaseSync) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "marquee-store-"));
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  const other = new DatabaseSync(join(folder, "store.db"), { timeout: 0 });
  await test(store, other);
  other.close();
  await store.close();
  await rm(folder, { recursive: true });
}

const mark = (partition: number) => `insert into applied values (${partition}, 1, '', 0)`;

describe("two writers of the store", () => {
  it("take turns: a transaction that reads before it writes is not refused in the middle", () =>
    withTwo(async (store, other) => {
      await store.db.transaction().execute(async (trx) => {
        await trx.selectFrom("applied").selectAll().execute();
        throws(() => other.exec(mark(1)), /locked/);
        await trx.insertInto("applied").values({ partition: 2, sequence: 1, hash: "", sale_at: 0 }).execute();
      });
      other.exec(mark(1));
      equal((await store.db.selectFrom("applied").selectAll().execute()).length, 2);
    }));

  it("undo a transaction that fails, whole", () =>
    withTwo(async (store, other) => {
      const failing = store.db.transaction().execute(async (trx) => {
        await trx.insertInto("applied").values({ partition: 2, sequence: 1, hash: "", sale_at: 0 }).execute();
        throw new Error("half-way");
      });
      await rejects(failing, /half-way/);
      other.exec(mark(2));
    }));

  it("are not kept waiting by verification, which sees one moment", () =>
    withTwo(async (store, other) => {
      await withStoredSales(store, async (sales) => {
        equal((await sales.marks()).length, 0);
        other.exec(mark(1));
        equal((await sales.marks()).length, 0);
      });
      equal((await withStoredSales(store, (sales) => sales.marks())).length, 1);
    }));
});
