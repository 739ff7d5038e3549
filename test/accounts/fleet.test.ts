// Accounts as a fleet has them: two processes over one PostgreSQL store and one Redis bus.

import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import type { Accounts } from "../../src/accounts/accounts.ts";
import { createAccounts } from "../../src/accounts/create.ts";
import type { Bus } from "../../src/bus/port.ts";
import { openRedisBus } from "../../src/bus/redis.ts";
import { refusalOf as answerTo } from "../../src/http/problem.ts";
import { createAccountNews } from "../../src/store/account-news.ts";
import { createAccountTable } from "../../src/store/accounts.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { createSellerTable } from "../../src/store/sellers.ts";
import { countingBytes, password, refusalOf, start } from "./setting.ts";
import { signedUp } from "./signed-up.ts";

suite("accounts of a fleet", { timeout: 120_000 }, () => {
  let redis: LocalRedis;
  let postgres: LocalPostgres;
  const random = countingBytes();
  let now = start;
  const clock = () => now;
  const open: (() => Promise<void>)[] = [];

  before(async () => {
    [redis, postgres] = await Promise.all([startRedis({ appendfsync: "no" }), startPostgres()]);
    await using store = closing(openStore({ kind: "postgres", url: postgres.url }));
    await migrate(store.it);
  });
  after(async () => {
    for (const close of open) await close();
    await Promise.all([redis.stop(), postgres.stop()]);
  });

  async function process() {
    const store = openStore({ kind: "postgres", url: postgres.url });
    const bus = await openRedisBus({ urls: [redis.url], beatMs: 50 });
    open.push(async () => {
      await bus.close();
      await store.close();
    });
    const reports: string[] = [];
    const report = (_error: unknown, doing: string) => void reports.push(doing);
    return { store, bus, reports, accounts: createAccounts({ store, bus, clock, random, report }) };
  }
  const register = (accounts: Accounts, name: string) =>
    signedUp(accounts, { email: `${name}@example.org`, name, password });

  test("signing out in one process ends the session in the other as soon as the news arrive", async () => {
    const [one, two] = [await process(), await process()];
    const { secret } = await register(one.accounts, "ada");
    assert.equal((await two.accounts.session(secret))?.account.name, "ada");
    const told = next(two.bus);
    await one.accounts.signOut(secret);
    await told;
    assert.equal(await two.accounts.session(secret), undefined);
  });

  test("with Redis gone, an ended session is refused everywhere after two seconds", async () => {
    const [one, two] = [await process(), await process()];
    const { secret } = await register(one.accounts, "bob");
    assert.ok(await two.accounts.session(secret));
    await redis.kill("SIGKILL");
    await one.accounts.signOut(secret);
    assert.ok(await two.accounts.session(secret), "believed for a moment");
    now += 2_000;
    assert.equal(await two.accounts.session(secret), undefined);
    await redis.restart();
  });

  test("a process that was cut off from the bus looks for itself as soon as it hears again", async () => {
    const [one, two] = [await process(), await process()];
    const { secret } = await register(one.accounts, "cleo");
    assert.ok(await two.accounts.session(secret));
    await redis.kill("SIGKILL");
    await one.accounts.signOut(secret);
    await redis.restart();
    // The clock stands still: nothing but hearing ends it, of what is missing or, where Redis was back in time, of the news.
    while (await two.accounts.session(secret)) await wait(10);
  });

  test("with the store gone, known sessions go on and everything else says so; afterwards all is as before", async () => {
    const [one, two] = [await process(), await process()];
    const { secret } = await register(one.accounts, "dora");
    const other = await register(one.accounts, "emil");
    assert.ok(await two.accounts.session(secret));
    await postgres.halt("immediate");
    now += 60_000;
    assert.equal((await two.accounts.session(secret))?.account.name, "dora");
    assert.equal((await refusalOf(two.accounts.session(other.secret))).code, "unavailable");
    const signIn = two.accounts.signIn({ email: "dora@example.org", password, userAgent: "", address: "192.0.2.1" });
    const refusal = await signIn.then(
      () => assert.fail("signed in"),
      (error: unknown) => answerTo(error),
    );
    assert.deepEqual([refusal?.code, refusal?.status], ["unavailable", 503]);
    assert.doesNotMatch(refusal?.message ?? "", /127\.0\.0\.1/);
    await postgres.restart();
    now += 2_000;
    assert.ok(await two.accounts.session(other.secret));
    await one.accounts.signOut(secret);
    now += 2_000;
    assert.equal(await two.accounts.session(secret), undefined);
  });

  test("a store that hangs keeps nobody waiting who is known", async () => {
    const two = await process();
    const { secret } = await register(two.accounts, "finn");
    assert.ok(await two.accounts.session(secret));
    await postgres.kill("SIGSTOP");
    now += 60_000;
    for (let count = 0; count < 100; count += 1) {
      now += 10;
      assert.ok(await two.accounts.session(secret));
    }
    await postgres.kill("SIGCONT");
  });

  test("an account that becomes a member in the moment of its closing stays, and is told to try again", async () => {
    const [{ store, accounts }, other] = [await process(), await process()];
    const [olga, sam] = [await register(accounts, "olga"), await register(accounts, "sam")];
    const seller = await accounts.openSeller(olga.account.id, { name: "Odeon", currency: "USD" });
    const closing = await store.db.transaction().execute(async (trx) => {
      await createAccountTable(trx).lock(sam.account.id);
      await createSellerTable(trx).addMember(seller.id, sam.account.id, "manager", now);
      const closing = refusalOf(accounts.close(sam.account.id, password));
      for (let waits = false; !waits;) {
        const query = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
        waits = (await query.execute(other.store.db)).rows.length > 0;
      }
      return { closing };
    });
    assert.equal((await closing.closing).code, "unavailable");
    await accounts.close(sam.account.id, password);
    assert.equal((await accounts.members(seller.id)).length, 1);
  });

  test("news of many at once are numbered without a gap, in the order of their commits", async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, async () => (await process()).store));
    const before = await createAccountNews(stores[0]?.db as Store["db"]).head();
    const seen: number[] = [];
    let writing = true;
    const reader = (async () => {
      const table = createAccountNews(stores[0]?.db as Store["db"]);
      let position = before;
      for (let last = false; !last;) {
        last = !writing;
        for (const { number } of await table.after(position, 1_000)) {
          seen.push(number);
          position = number;
        }
      }
    })();
    await Promise.all(
      stores.map(async ({ db }, index) => {
        for (let count = 0; count < 25; count += 1) {
          await db.transaction().execute((trx) => createAccountNews(trx).append([{ accountId: `${index}` }], now));
        }
      }),
    );
    writing = false;
    await reader;
    assert.deepEqual(
      seen,
      Array.from({ length: 100 }, (_, index) => before + 1 + index),
    );
  });
});

/** Settles at the next news of sessions, after those who listened before have heard them. */
function next(bus: Bus): Promise<void> {
  return new Promise((resolve) => {
    const stop = bus.subscribe("session", () => {
      stop();
      resolve();
    });
  });
}

function closing(store: Store): { it: Store } & AsyncDisposable {
  return { it: store, [Symbol.asyncDispose]: () => store.close() };
}
