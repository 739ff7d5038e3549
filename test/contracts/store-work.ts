// Jobs, mail to send, leases, epochs and the audit trail.

import { deepEqual, equal } from "node:assert/strict";
import { it } from "node:test";
import { createAudit } from "../../src/store/audit.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { createJobs } from "../../src/store/jobs.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox, type OutboxEntry } from "../../src/store/outbox.ts";
import { sweepMails } from "../../src/workers/sweep-mails.ts";
import { now, plain, withStore, type OpenStores } from "./store-setting.ts";

const mail = (id: string): OutboxEntry => ({
  id,
  kind: "password-reset",
  body: { secret: "s", email: "ada@example.org", name: "Ada", expiresAt: now },
});

export function workContract(stores: OpenStores): void {
  it("gives each job to one of two workers, and to the other when its lease is over", () =>
    withStore(stores, async (store, other) => {
      const [mine, theirs] = [createJobs(store.db), createJobs(other.db)];
      for (let index = 0; index < 40; index += 1)
        equal(await mine.enqueue({ id: `job-${index}`, kind: "k", body: { index }, runAt: now }, now), true);
      equal(await theirs.enqueue({ id: "job-0", kind: "k", body: {}, runAt: now }, now), false);
      const lease = (jobs: typeof mine, owner: string, at = now) =>
        jobs.lease({ owner, kinds: ["k"], now: at, leaseMs: 1_000, limit: 5 });
      const leased = await Promise.all([
        ...Array.from({ length: 4 }, () => lease(mine, "me")),
        ...Array.from({ length: 4 }, () => lease(theirs, "they")),
      ]);
      const ids = leased.flat().map((job) => job.id);
      equal(new Set(ids).size, ids.length);
      while ((await lease(mine, "me")).length > 0);
      equal((await lease(theirs, "they")).length, 0);
      const [first] = await lease(theirs, "they", now + 1_000);
      equal(first?.attempts, 2);
      equal(await theirs.finish(first?.id ?? "", "me", now), false);
      equal(await theirs.finish(first?.id ?? "", "they", now), true);
      equal((await mine.find(first?.id ?? ""))?.done, true);
    }));

  it("keeps a job's progress, its failures, and what a crashed owner left", () =>
    withStore(stores, async ({ db }) => {
      const jobs = createJobs(db);
      await jobs.enqueue({ id: "a", kind: "k", body: { n: 1 }, runAt: now }, now);
      const lease = (at: number) => jobs.lease({ owner: "me", kinds: ["k"], now: at, leaseMs: 1_000, limit: 1 });
      await lease(now);
      equal(await jobs.save("a", "me", { page: 2 }, now + 5_000), true);
      equal(await jobs.save("a", "they", {}, now), false);
      equal(await jobs.renew("a", "me", now + 6_000), true);
      await jobs.releaseAll("me");
      deepEqual(
        (await lease(now)).map(({ body, progress }) => [body, progress]),
        [[{ n: 1 }, { page: 2 }]],
      );
      equal(await jobs.fail("a", "me", "no luck", now + 100), true);
      equal((await lease(now)).length, 0);
      deepEqual((await jobs.find("a"))?.lastError, "no luck");
      equal((await lease(now + 100))[0]?.attempts, 3);
    }));

  it("hands each mail to one of two senders, oldest first, and empties what was sent", () =>
    withStore(stores, async (store, other) => {
      const [mine, theirs] = [createOutbox(store.db), createOutbox(other.db)];
      await mine.enqueueAll(
        Array.from({ length: 300 }, (_, index) => mail(`m-${index}`)),
        now,
      );
      await mine.enqueueAll([mail("m-0")], now);
      equal(await theirs.enqueue(mail("m-1"), now), false);
      equal(await mine.waiting(), 300);
      const taken = await Promise.all(
        [mine, theirs, mine, theirs].map((outbox) => outbox.takeDue({ now, leaseMs: 1_000, limit: 50 })),
      );
      const ids = taken.flat().map((entry) => entry.id);
      equal(new Set(ids).size, ids.length);
      const [one, two] = taken.flat();
      await mine.markDone(one?.id ?? "", now);
      await mine.retry(two?.id ?? "", undefined);
      const again = await mine.takeDue({ now: now + 1_000, leaseMs: 1_000, limit: 1_000 });
      equal(again.length, 298);
      deepEqual(again[0]?.body, mail("").body);
      equal(await mine.waiting(), 299);
    }));

  it("forgets mails a month after they were sent or given up, in batches, and none that waits", () =>
    withStore(stores, async ({ db }) => {
      const outbox = createOutbox(db);
      const month = 30 * 86_400_000;
      const ids = Array.from({ length: 1_203 }, (_, index) => `sent-${index}`);
      await outbox.enqueueAll(
        [...ids, "sent-late", "given-up", "given-up-late", "waits"].map((id) => mail(id)),
        now,
      );
      await db.updateTable("outbox").set({ done_at: now }).where("id", "in", ids).execute();
      await db
        .updateTable("outbox")
        .set({ created_at: now + 1 })
        .where("id", "=", "given-up-late")
        .execute();
      await outbox.markDone("sent-late", now + 1);
      await outbox.retry("given-up", undefined);
      await outbox.retry("given-up-late", undefined);
      const left = async () => (await db.selectFrom("outbox").select("id").orderBy("id").execute()).map(({ id }) => id);
      const sweep = (at: number, signal = new AbortController().signal) => sweepMails(outbox, () => at).run(signal);
      await sweep(now + month - 1);
      equal((await left()).length, 1_207);
      await sweep(now + month, AbortSignal.abort());
      equal((await left()).length, 1_207, "not while the program stops");
      equal(await outbox.removeSettled(now, 1_000), 1_000);
      await sweep(now + month);
      deepEqual(await left(), ["given-up-late", "sent-late", "waits"]);
      await sweep(now + month + 1);
      deepEqual(await left(), ["waits"]);
    }));

  it("gives a lease to one owner until it is over or given back", () =>
    withStore(stores, async (store, other) => {
      const [mine, theirs] = [createLeases(store.db), createLeases(other.db)];
      const got = await Promise.all([
        mine.acquire("recover:1", "me", now, now + 1_000),
        theirs.acquire("recover:1", "they", now, now + 1_000),
      ]);
      deepEqual(got.toSorted(), [false, true]);
      const [winner, loser] = got[0] ? ["me", "they"] : ["they", "me"];
      equal(await mine.acquire("recover:1", winner, now, now + 2_000), true);
      deepEqual(
        [await mine.renew("recover:1", winner, now + 3_000), await mine.renew("recover:1", loser, now)],
        [true, false],
      );
      equal(await mine.acquire("recover:1", loser, now + 2_999, now + 9_000), false);
      equal(await mine.acquire("recover:1", loser, now + 3_000, now + 9_000), true);
      equal(await mine.renew("recover:1", winner, now + 9_000), false);
      await mine.acquire("share:1", "me", now, now + 10);
      deepEqual(plain(await mine.held("recover:", now)), [{ name: "recover:1", owner: loser, until: now + 9_000 }]);
      await mine.release("recover:1", winner);
      equal((await mine.held("recover:", now)).length, 1);
      await mine.release("recover:1", loser);
      equal((await mine.held("recover:", now)).length, 0);
    }));

  it("gives the next epoch of a partition to one of several that ask for it", () =>
    withStore(stores, async (store, other) => {
      const [mine, theirs] = [createEpochs(store.db), createEpochs(other.db)];
      equal(await mine.of(5), 0);
      const first = await Promise.all([mine.take(5, 0), theirs.take(5, 0), mine.take(5, 0)]);
      deepEqual(
        first.filter((epoch) => epoch !== undefined),
        [1],
      );
      const second = await Promise.all([mine.take(5, 1), theirs.take(5, 1)]);
      deepEqual(
        second.filter((epoch) => epoch !== undefined),
        [2],
      );
      equal(await mine.take(5, 1), undefined);
      equal(await mine.take(5, 2, 40), 41);
      deepEqual([await mine.of(5), await mine.of(6)], [41, 0]);
    }));

  it("lists a subject's audit entries newest first, a page at a time", () =>
    withStore(stores, async ({ db }) => {
      let tick = 0;
      const audit = createAudit(
        db,
        () => now + Math.floor(tick / 2),
        (length) => new Uint8Array(length).fill((tick += 1)),
      );
      for (let index = 0; index < 5; index += 1)
        await audit.append({ actor: "ada", action: "seller.changed", subject: "seller:1", details: { index } });
      await audit.append({ actor: "ada", action: "seller.changed", subject: "seller:2" });
      const first = await audit.list("seller:1", { limit: 3 });
      const second = await audit.list("seller:1", { limit: 3, cursor: first.next ?? "" });
      deepEqual(
        [...first.items, ...second.items].map((entry) => entry.details),
        [4, 3, 2, 1, 0].map((index) => ({ index })),
      );
      equal(second.next, undefined);
    }));
}
