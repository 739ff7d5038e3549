import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "../../src/store/jobs.ts";
import { createLeases, type Leases } from "../../src/store/leases.ts";
import { alone } from "../../src/workers/alone.ts";
import { createLeasedJobs, type JobHandler } from "../../src/workers/leased.ts";
import { startRunner } from "../../src/workers/runner.ts";
import type { Timer } from "../../src/workers/timer.ts";
import { createSetting, type Setting } from "./setting.ts";

/** A timer that fires when the test says so. */
function createTimer() {
  const planned: { ms: number; run: () => void }[] = [];
  const timer: Timer = (ms, run) => {
    const entry = { ms, run };
    planned.push(entry);
    return () => void (planned.includes(entry) && planned.splice(planned.indexOf(entry), 1));
  };
  return {
    timer,
    waits: () => planned.map(({ ms }) => ms),
    /** Fires everything that is planned now. */
    fire: () => planned.splice(0).forEach(({ run }) => run()),
  };
}

/** Lets everything that waits for nothing but promises go on. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function createLog() {
  const lines: string[] = [];
  const write = (_facts: object, text: string) => void lines.push(text);
  return { lines, error: write, warn: write };
}

test("a periodic job runs at once and again after its interval, never beside itself", async () => {
  const time = createTimer();
  let begun = 0;
  let present = Promise.withResolvers<void>();
  const run = () => {
    begun += 1;
    return present.promise;
  };
  const runner = startRunner({ periodic: [{ name: "job", everyMs: 500, run }], timer: time.timer, log: createLog() });
  assert.equal(begun, 1);
  time.fire();
  await settle();
  assert.deepEqual([begun, time.waits()], [1, []], "nothing is planned while it runs");
  present.resolve();
  await settle();
  assert.deepEqual(time.waits(), [500]);
  present = Promise.withResolvers<void>();
  time.fire();
  assert.equal(begun, 2);
  present.resolve();
  await runner.stop();
  assert.deepEqual(time.waits(), []);
});

test("a job that fails is logged, waits longer each time up to a minute, and recovers", async () => {
  const time = createTimer();
  const log = createLog();
  let fails = true;
  const run = () => (fails ? Promise.reject(new Error("no luck")) : Promise.resolve());
  const runner = startRunner({ periodic: [{ name: "job", everyMs: 5_000, run }], timer: time.timer, log });
  const waits: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    await settle();
    waits.push(...time.waits());
    fails = count < 4;
    time.fire();
  }
  assert.deepEqual(waits, [10_000, 20_000, 40_000, 60_000, 60_000, 5_000]);
  assert.equal(log.lines.length, 5);
  await runner.stop();
});

test("stopping waits for the run under way and tells it to end", async () => {
  const time = createTimer();
  const order: string[] = [];
  const run = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => {
        order.push("told");
        setImmediate(() => {
          order.push("ended");
          resolve();
        });
      });
    });
  const runner = startRunner({ periodic: [{ name: "job", everyMs: 500, run }], timer: time.timer, log: createLog() });
  await runner.stop();
  order.push("stopped");
  assert.deepEqual(order, ["told", "ended", "stopped"]);
  assert.deepEqual(time.waits(), []);
});

/** A job that two workers may run, one at a time; `end` ends a run of the first. */
function runAlone({ store, clock }: Setting, change: { renew?: Leases["renew"] } = {}) {
  const time = createTimer();
  const seen: string[] = [];
  const { promise: ends, resolve: end } = Promise.withResolvers<void>();
  const leases = { ...createLeases(store.db), ...change };
  const run = (owner: string, work: (signal: AbortSignal) => Promise<unknown>) => {
    const settings = { leases, owner, clock, timer: time.timer, marginMs: 5_000 };
    return alone({ name: "list", everyMs: 20_000, run: work }, settings).run(new AbortController().signal);
  };
  const first = run("one", async (signal) => {
    signal.addEventListener("abort", () => seen.push("lost"));
    await ends;
    seen.push("one");
  });
  const second = () => run("two", async () => void seen.push("two"));
  return { time, seen, end, first, second };
}

test("a job that one worker runs alone stays its own however long it takes, and until its next run", async () => {
  await using setting = await createSetting();
  const { time, seen, end, first, second } = runAlone(setting);
  for (let turn = 0; turn < 5; turn += 1) {
    await settle();
    setting.pass(20_000);
    time.fire();
    await settle();
    await second();
  }
  end();
  await first;
  assert.deepEqual(time.waits(), [], "nothing is renewed after it");
  setting.pass(24_999);
  await second();
  assert.deepEqual(seen, ["one"]);
  setting.pass(1);
  await second();
  assert.deepEqual(seen, ["one", "two"]);
});

test("a run whose lease went to another worker is told, and so is one that cannot renew it", async () => {
  await using setting = await createSetting();
  const slow = runAlone(setting);
  await settle();
  setting.pass(25_000);
  await slow.second();
  slow.time.fire();
  await settle();
  slow.end();
  await slow.first;
  assert.deepEqual(slow.seen, ["two", "lost", "one"]);
  setting.pass(25_000);
  const cut = runAlone(setting, { renew: () => Promise.reject(new Error("the store is away")) });
  await settle();
  setting.pass(24_999);
  cut.time.fire();
  await settle();
  assert.deepEqual(cut.seen, [], "it is tried again in time");
  setting.pass(1);
  cut.time.fire();
  await settle();
  assert.deepEqual(cut.seen, ["lost"]);
  cut.end();
  await cut.first;
});

/** The leased jobs of a process called `owner`, over the setting's job table. */
function leasing({ store, clock }: Setting, owner: string, handlers: Record<string, JobHandler>, alone = false) {
  const time = createTimer();
  const log = createLog();
  const jobs = createJobs(store.db);
  const leased = createLeasedJobs({ jobs, handlers, owner, alone, clock, timer: time.timer, log });
  const poll = async () => {
    await leased.poll();
    await leased.idle();
  };
  return { ...leased, jobs, log, time, pollAndWait: poll };
}

const job = (id: string, runAt: number) => ({ id, kind: "count", body: { to: 5 }, runAt });

test("a job of the table is done once, when it is due, by the handler of its kind", async () => {
  await using setting = await createSetting();
  const seen: unknown[] = [];
  const worker = leasing(setting, "one", { count: async ({ id, body }) => void seen.push([id, body]) });
  const now = setting.clock();
  assert.equal(await worker.jobs.enqueue(job("a", now + 1_000), now), true);
  assert.equal(await worker.jobs.enqueue(job("a", now), now), false);
  await worker.jobs.enqueue({ ...job("b", now), kind: "unknown" }, now);
  await worker.pollAndWait();
  assert.deepEqual(seen, []);
  setting.pass(1_000);
  await worker.pollAndWait();
  await worker.pollAndWait();
  assert.deepEqual(seen, [["a", { to: 5 }]]);
  assert.equal((await worker.jobs.find("a"))?.done, true);
  assert.equal((await worker.jobs.find("b"))?.done, false);
});

test("a job that fails goes on from its progress after a pause that doubles", async () => {
  await using setting = await createSetting();
  const begun: number[] = [];
  const worker = leasing(setting, "one", {
    async count({ progress }, { save }) {
      const { done = 0 } = progress as { done?: number };
      begun.push(done);
      await save({ done: done + 1 });
      if (done < 2) throw new Error(`stumbled at ${done}`);
    },
  });
  await worker.jobs.enqueue(job("a", setting.clock()), setting.clock());
  await worker.pollAndWait();
  assert.equal((await worker.jobs.find("a"))?.lastError, "stumbled at 0");
  setting.pass(999);
  await worker.pollAndWait();
  assert.deepEqual(begun, [0]);
  setting.pass(1);
  await worker.pollAndWait();
  setting.pass(1_999);
  await worker.pollAndWait();
  assert.deepEqual(begun, [0, 1]);
  setting.pass(1);
  await worker.pollAndWait();
  assert.deepEqual(begun, [0, 1, 2]);
  const found = await worker.jobs.find("a");
  assert.deepEqual([found?.done, found?.lastError, found?.attempts], [true, "", 3]);
  assert.equal(worker.log.lines.length, 2);
});

test("a job may ask to go on later without having failed", async () => {
  await using setting = await createSetting();
  let rounds = 0;
  const worker = leasing(setting, "one", {
    async count() {
      rounds += 1;
      return rounds < 3 ? { againMs: 500 } : undefined;
    },
  });
  await worker.jobs.enqueue(job("a", setting.clock()), setting.clock());
  for (let count = 0; count < 5; count += 1) {
    await worker.pollAndWait();
    setting.pass(500);
  }
  assert.equal(rounds, 3);
  assert.deepEqual(worker.log.lines, []);
});

test("while one process works on a job no other has it; when it died, the other goes on where it stood", async () => {
  await using setting = await createSetting();
  const dead = leasing(setting, "one", {
    async count(_job, { save }) {
      await save({ done: 3 });
      await new Promise(() => {});
    },
  });
  const seen: unknown[] = [];
  const heir = leasing(setting, "two", { count: async ({ progress }) => void seen.push(progress) });
  await dead.jobs.enqueue(job("a", setting.clock()), setting.clock());
  await dead.poll();
  await settle();
  setting.pass(30_000);
  dead.time.fire();
  await settle();
  setting.pass(40_000);
  await heir.pollAndWait();
  assert.deepEqual(seen, [], "the lease was renewed");
  setting.pass(60_000);
  await heir.pollAndWait();
  assert.deepEqual(seen, [{ done: 3 }]);
});

test("a process that lost its lease is told so and writes nothing more", async () => {
  await using setting = await createSetting();
  const slow = Promise.withResolvers<void>();
  const heard: string[] = [];
  const one = leasing(setting, "one", {
    async count(_job, { save, signal }) {
      signal.addEventListener("abort", () => heard.push("lost"));
      await slow.promise;
      await save({ by: "one" }).catch((error: Error) => {
        heard.push(error.message);
        throw error;
      });
    },
  });
  const two = leasing(setting, "two", { count: async (_job, { save }) => save({ by: "two" }) });
  await one.jobs.enqueue(job("a", setting.clock()), setting.clock());
  await one.poll();
  setting.pass(60_000);
  await two.pollAndWait();
  slow.resolve();
  await one.idle();
  assert.deepEqual(heard, ["lost", "somebody else works on a"]);
  const found = await one.jobs.find("a");
  assert.deepEqual([found?.progress, found?.done, found?.lastError], [{ by: "two" }, true, ""]);
});

test("stopping interrupts a job, and a restart of the same process goes on at once", async () => {
  await using setting = await createSetting();
  const first = leasing(setting, "embedded", {
    async count(_job, { save, signal }) {
      await save({ done: 2 });
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    },
  });
  await first.jobs.enqueue(job("a", setting.clock()), setting.clock());
  await first.poll();
  await settle();
  await first.stop();
  const seen: unknown[] = [];
  const second = leasing(setting, "embedded", { count: async ({ progress }) => void seen.push(progress) }, true);
  await second.pollAndWait();
  assert.deepEqual(seen, [{ done: 2 }]);
});

test("what a process that is alone left behind when it crashed is taken up without waiting for the lease", async () => {
  await using setting = await createSetting();
  const crashed = leasing(setting, "embedded", { count: () => new Promise(() => {}) });
  await crashed.jobs.enqueue(job("a", setting.clock()), setting.clock());
  await crashed.poll();
  let done = 0;
  const again = leasing(setting, "embedded", { count: async () => void (done += 1) }, true);
  await again.pollAndWait();
  assert.equal(done, 1);
});
