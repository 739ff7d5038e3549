// What PostgreSQL alone can do wrong: other processes at the same moment, a server that is gone, and one that hangs.

import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { freePort } from "../../deploy/local/free-port.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { hostsOf, StoreUnavailable } from "../../src/store/postgres.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";
import { WrittenLog } from "../contracts/store-setting.ts";

let server: LocalPostgres;
let made = 0;
before(async () => {
  server = await startPostgres();
});
after(() => server.stop());

async function withStores(
  count: number,
  test: (stores: readonly Store[], url: string) => Promise<void>,
  limits: { statementMs?: number; connectMs?: number; thinkMs?: number } = {},
): Promise<void> {
  const url = await server.createDatabase(`one_${(made += 1)}`);
  const stores = Array.from({ length: count }, () => openStore({ kind: "postgres", url, connections: 4, ...limits }));
  try {
    await test(stores, url);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

function first([store]: readonly Store[]): Store {
  if (!store) throw new Error("no store");
  return store;
}

describe("several processes on PostgreSQL", () => {
  it("migrate at the same moment: one does, and the others wait", () =>
    withStores(4, async (stores) => {
      const applied = await Promise.all(stores.map((store) => migrate(store)));
      equal(new Set(applied.flat()).size, applied.flat().length);
      equal(applied.filter((names) => names.length > 0).length, 1);
    }));

  it("compare every text as bytes, those of later migrations too", () =>
    withStores(1, async (stores) => {
      await migrate(first(stores));
      const store = first(stores);
      const others = await sql<{ name: string }>`
        select c.relname || '.' || a.attname as name
        from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
        join pg_collation k on k.oid = a.attcollation
        where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%' and k.collname <> 'C'
          and a.atttypid = 'text'::regtype`.execute(store.db);
      deepEqual(others.rows, [], "call compareBytewise at the end of the migration");
    }));

  it("apply one partition's sales at the same moment, each entry once", () =>
    withStores(3, async (stores) => {
      await migrate(first(stores));
      const log = new WrittenLog();
      for (let index = 0; index < 1_500; index += 1) log.sold(`order-${index}`, [index]);
      const workers = await Promise.all(stores.map((store) => log.worker(store)));
      await Promise.all(workers.map(untilDone));
      await withStoredSales(first(stores), async (sales) => {
        deepEqual([await sales.orderCount(), await sales.activeTickets()], [1_500, 1_500]);
        equal((await sales.marks())[0]?.sequence, 3_000);
      });
    }));

  it("begin again after a deadlock", () =>
    withStores(2, async (stores) => {
      await migrate(first(stores));
      const rows = [1, 2].map((partition) => ({ partition, sequence: 0, hash: "", sale_at: 0 }));
      await first(stores).db.insertInto("applied").values(rows).execute();
      let met = 0;
      const bothHaveOne = Promise.withResolvers<void>();
      const add = (store: Store, partitions: readonly number[]) =>
        inTransaction(store.db, async (trx) => {
          for (const partition of partitions) {
            await trx
              .updateTable("applied")
              .set((row) => ({ sequence: row("sequence", "+", 1) }))
              .where("partition", "=", partition)
              .execute();
            if ((met += 1) >= 2) bothHaveOne.resolve();
            await bothHaveOne.promise;
          }
        });
      await Promise.all(stores.map((store, index) => add(store, index === 0 ? [1, 2] : [2, 1])));
      const sequences = await first(stores).db.selectFrom("applied").select("sequence").execute();
      deepEqual(
        sequences.map((row) => row.sequence),
        [2, 2],
      );
    }));

  it("count statements, and refuse a whole number that a number cannot hold", () =>
    withStores(1, async (stores) => {
      const store = first(stores);
      await migrate(store);
      const before = store.queries();
      await store.db.selectFrom("applied").selectAll().execute();
      ok(store.queries() > before);
      const mark = { partition: 1, sequence: Number.MAX_SAFE_INTEGER, hash: "", sale_at: 0 };
      await store.db.insertInto("applied").values(mark).execute();
      const larger = store.db.updateTable("applied").set((row) => ({ sequence: row("sequence", "+", 1) }));
      await larger.execute();
      await rejects(store.db.selectFrom("applied").selectAll().execute(), /no safe whole number/);
    }));
});

async function untilDone(worker: { once(): Promise<readonly unknown[]> }): Promise<void> {
  while ((await worker.once()).length > 0);
}

describe("an address of PostgreSQL", () => {
  it("may name several hosts, of which the one that takes writes is wanted", () => {
    deepEqual(hostsOf("postgres://u:p@h1:1,h2:2/db?target_session_attrs=read-write&sslmode=disable"), {
      urls: ["postgres://u:p@h1:1/db?sslmode=disable", "postgres://u:p@h2:2/db?sslmode=disable"],
      writable: true,
    });
    deepEqual(hostsOf("postgresql://h1/db"), { urls: ["postgresql://h1/db"], writable: false });
    equal(hostsOf("postgres://h1,[::1]:5/db?target_session_attrs=any").writable, false);
    throws(() => hostsOf("mysql://h1/db"), /looks like postgres:/);
    throws(() => hostsOf("postgres://h1/db?target_session_attrs=best"), /not best/);
  });

  it("where nobody listens is told in a sentence, without the password", async () => {
    const port = await freePort();
    const store = openStore({ kind: "postgres", url: `postgres://marquee:secret@127.0.0.1:${port}/marquee` });
    await rejects(migrate(store), (error: Error) => {
      match(error.message, new RegExp(`cannot be reached. 127.0.0.1:${port}: .*ECONNREFUSED`));
      ok(error instanceof StoreUnavailable && !error.message.includes("secret"));
      return true;
    });
    await store.close();
  });

  it("of a database that is not there, or whose commits could be lost, is refused in a sentence", async () => {
    const missing = openStore({ kind: "postgres", url: server.url.replace(/[^/]*$/, "nowhere") });
    await rejects(migrate(missing), /database "nowhere" does not exist/);
    await missing.close();
    const url = await server.createDatabase("careless");
    await server.sql("alter database careless set synchronous_commit = off");
    const careless = openStore({ kind: "postgres", url });
    await rejects(migrate(careless), /synchronous_commit stands at off/);
    await careless.close();
  });
});

describe("a process that hangs in the middle of a transaction", () => {
  it("keeps what it locked from others for a bounded time, and hears that nothing of it was done", () =>
    withStores(
      2,
      async (stores) => {
        const [one, two] = stores;
        ok(one && two);
        await migrate(one);
        const set = (store: Store["db"], sequence: number) =>
          store
            .insertInto("applied")
            .values({ partition: 1, sequence, hash: "", sale_at: 0 })
            .onConflict((existing) => existing.column("partition").doUpdateSet({ sequence }))
            .execute();
        await set(one.db, 1);
        const hangs = one.db.transaction().execute(async (trx) => {
          await set(trx, 2);
          // Two waits for the lock, and gets it while we still hang.
          await set(two.db, 3);
          await set(trx, 4);
        });
        await rejects(hangs, StoreUnavailable);
        const found = await one.db.selectFrom("applied").select("sequence").execute();
        deepEqual(found, [{ sequence: 3 }]);
      },
      { thinkMs: 500 },
    ));
});

describe("a PostgreSQL that is away", () => {
  const limits = { statementMs: 1_000, connectMs: 2_000 };

  it("ends a statement that takes too long, and the connection stays good", () =>
    withStores(
      1,
      async (stores) => {
        await migrate(first(stores));
        const slow = first(stores).db.selectNoFrom((e) => e.fn("pg_sleep", [e.val(60)]).as("slept"));
        await rejects(slow.execute(), /statement timeout/);
        deepEqual(await first(stores).db.selectFrom("applied").selectAll().execute(), []);
      },
      limits,
    ));

  it("and hangs is given up in bounded time by every call, old connections and new, and used again when it goes on", () =>
    withStores(
      1,
      async (stores) => {
        const store = first(stores);
        await migrate(store);
        const log = new WrittenLog().sold("order-one", [1]);
        const worker = await log.worker(store);
        // Hangs in the middle of a transaction, and then for everybody else.
        const inTheMiddle = store.db.transaction().execute(async (trx) => {
          await trx.insertInto("applied").values({ partition: 9, sequence: 1, hash: "", sale_at: 0 }).execute();
          await server.kill("SIGSTOP");
          await trx.selectFrom("applied").selectAll().execute();
        });
        await rejects(inTheMiddle, StoreUnavailable);
        const calls = Array.from({ length: 6 }, () => store.db.selectFrom("applied").selectAll().execute());
        for (const call of await Promise.allSettled([...calls, worker.once()]))
          ok(call.status === "rejected" && call.reason instanceof StoreUnavailable, JSON.stringify(call));
        await server.kill("SIGCONT");
        deepEqual(await worker.once(), [{ partition: 3, sequence: 2 }]);
        deepEqual(
          (await store.db.selectFrom("applied").select("partition").execute()).map((row) => row.partition),
          [3],
        );
      },
      limits,
    ));

  it("and was killed is given up at once, and used again when it is back, with nothing half done", () =>
    withStores(
      1,
      async (stores) => {
        const store = first(stores);
        await migrate(store);
        const log = new WrittenLog().sold("order-one", [1]);
        await log.applyTo(store);
        log.sold("order-two", [2]);
        const killed = await log.worker(store, [], () => undefined);
        await server.kill("SIGKILL");
        await rejects(killed.once(), StoreUnavailable);
        await rejects(killed.once(), /cannot be reached/);
        await server.restart();
        deepEqual(await killed.once(), [{ partition: 3, sequence: 4 }]);
      },
      limits,
    ));
});
