// A primary with a synchronous standby: what a commit was answered for is on both, whichever is lost.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import { startPostgres } from "../../deploy/local/postgres.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { StoreUnavailable } from "../../src/store/postgres.ts";
import { createOrderStore } from "../../src/store/orders.ts";
import { WrittenLog } from "../contracts/store-setting.ts";

describe("a store with a synchronous standby", () => {
  it("has everything that was acknowledged when the primary is killed under load and the standby promoted", async () => {
    await using primary = await startPostgres();
    await using standby = await startPostgres({ standbyOf: primary });
    const url = `postgres://marquee@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/marquee?target_session_attrs=read-write`;
    const store = openStore({ kind: "postgres", url, statementMs: 2_000, connectMs: 1_000 });
    await migrate(store);
    const logs = Array.from({ length: 4 }, (_, partition) => new WrittenLog(partition));
    const acknowledged: string[] = [];
    const enough = Promise.withResolvers<void>();
    const loads = logs.map(async (log) => {
      const worker = await log.worker(store);
      for (let index = 0; ; index += 1) {
        const orderId = `order-${log.partition}-${index}`;
        // A showing of its own to each partition's places.
        log.sold(orderId, [log.partition * 100_000 + index]);
        await worker.once();
        acknowledged.push(orderId);
        if (acknowledged.length === 200) enough.resolve();
      }
    });
    const ended = Promise.allSettled(loads);
    await enough.promise;
    await primary.kill("SIGKILL");
    for (const load of await ended) equal(load.status, "rejected");
    await standby.promote();
    const found = new Set((await createOrderStore(store.db).byIds(acknowledged)).map(({ id }) => id));
    deepEqual(
      acknowledged.filter((id) => !found.has(id)),
      [],
    );
    ok(acknowledged.length >= 200);
    // Workers go on with the same store, wherever its marks are now.
    for (const log of logs) {
      const worker = await log.worker(store);
      while ((await worker.once()).length > 0);
      equal(await createOrderStore(store.db).appliedTo(log.partition), log.entries.length);
    }
    await store.close();
  });

  it("never answers for a commit that the standby does not have, nor lets a worker believe in it", async () => {
    await using primary = await startPostgres();
    await using standby = await startPostgres({ standbyOf: primary });
    const store = openStore({ kind: "postgres", url: primary.url, statementMs: 1_000 });
    await migrate(store);
    const log = new WrittenLog().sold("order-one", [1]);
    const worker = await log.worker(store);
    await worker.once();
    await standby.kill("SIGSTOP");
    log.sold("order-two", [2]);
    const applying = worker.once();
    // Somebody loses patience: the server commits on its own disk alone, and answers as if all were well.
    const waiting = "from pg_stat_activity where wait_event = 'SyncRep'";
    while ((await primary.sql(`select count(*) ${waiting}`)) === "0");
    await Promise.all([
      rejects(applying, /the standby does not have it/),
      primary.sql(`select pg_cancel_backend(pid) ${waiting}`),
    ]);
    equal(await sequenceOf(store), 4);
    // The mark is there to be read; but whoever asks where the log may be trimmed waits for the standby, and in vain.
    await rejects(log.worker(store), StoreUnavailable);
    await standby.kill("SIGCONT");
    const again = await log.worker(store);
    equal((await again.once()).length, 0);
    await primary.kill("SIGKILL");
    await standby.promote();
    const promoted = openStore({ kind: "postgres", url: standby.url });
    equal(await sequenceOf(promoted), 4);
    await Promise.all([store.close(), promoted.close()]);
  });
});

async function sequenceOf({ db }: Store): Promise<number | undefined> {
  return (await db.selectFrom("applied").select("sequence").where("partition", "=", 3).executeTakeFirst())?.sequence;
}
