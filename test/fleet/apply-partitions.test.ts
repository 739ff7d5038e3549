import assert from "node:assert/strict";
import { test } from "node:test";
import type { SalesLog } from "../../src/inventory/port.ts";
import type { ApplySales } from "../../src/workers/apply-sales.ts";
import { startApplyPartitions } from "../../src/workers/apply-partitions.ts";
import type { PartitionShare } from "../../src/workers/partition-share.ts";

/**
 * A slow path over a log of `partitions` whose entries are numbers, and a store that can be told to fail, or to take nothing as
 * long as nobody begins anew. Its time goes `pace` times as fast.
 */
function slowPath(t: { after(run: () => Promise<void>): void }, partitions: number, pace = 1) {
  const heads = Array.from({ length: partitions }, () => 0);
  const stored = Array.from({ length: partitions }, () => 0);
  const acknowledged = new Map<number, number>();
  const fails = { all: false, partition: -1, silently: false };
  const owned = new Set(heads.keys());
  const errors: unknown[] = [];
  let turns = 0;
  let waiting = Promise.withResolvers<void>();

  const share: PartitionShare = {
    owned: () => owned,
    turn() {
      turns += 1;
      return fails.all ? Promise.reject(new Error("the store is away")) : Promise.resolve(false);
    },
    leave: () => Promise.resolve(),
  };
  const log: SalesLog = {
    read: () => Promise.resolve([]),
    heads: () => Promise.resolve(heads),
    acknowledge(partition, sequence) {
      assert.ok((stored[partition] ?? 0) >= sequence, "acknowledged before the store has it");
      acknowledged.set(partition, sequence);
      waiting.resolve();
      waiting = Promise.withResolvers<void>();
      return Promise.resolve();
    },
  };
  const applySales: ApplySales = {
    async once(wanted) {
      const behind = wanted.flatMap((head, partition) => (head > (stored[partition] ?? 0) ? [partition] : []));
      if (fails.silently) return [];
      if (fails.all || behind.includes(fails.partition)) throw new Error("refused");
      for (const partition of behind) stored[partition] = wanted[partition] ?? 0;
      return behind.map((partition) => ({ partition, sequence: stored[partition] ?? 0 }));
    },
  };
  const running = startApplyPartitions({
    share,
    log,
    begin() {
      fails.silently = false;
      return Promise.resolve({ applySales, marks: stored.map((sequence, partition) => ({ partition, sequence })) });
    },
    elapsedMs: () => performance.now() * pace,
    logger: { error: (facts) => void errors.push(facts), warn: () => undefined },
    turnMs: 1_000,
  });
  t.after(() => running.stop());
  return {
    heads,
    owned,
    fails,
    errors,
    running,
    turns: () => turns,
    async until(partition: number, sequence: number) {
      while ((acknowledged.get(partition) ?? 0) < sequence) await waiting.promise;
    },
    acknowledged,
  };
}

test("what is sold is applied, then acknowledged; other workers' partitions are left alone", async (t) => {
  const { heads, owned, until, acknowledged, running } = slowPath(t, 4);
  owned.delete(3);
  heads[3] = 9;
  heads[1] = 5;
  await until(1, 5);
  assert.equal(acknowledged.has(3), false);
  assert.equal(running.lag(), 0);
});

test("a partition that fails alone does not keep the others waiting", async (t) => {
  const { heads, fails, until, acknowledged, running, errors } = slowPath(t, 4);
  fails.partition = 2;
  heads[2] = 7;
  heads[1] = 3;
  await until(1, 3);
  heads[0] = 2;
  await until(0, 2);
  assert.equal(acknowledged.has(2), false);
  assert.equal(running.lag(), 7);
  assert.ok(errors.length > 0, "somebody is told");
});

test("a store that is away is asked again and again, and everything goes on when it is back", async (t) => {
  const { heads, fails, until, running, errors } = slowPath(t, 4);
  heads[0] = 1;
  await until(0, 1);
  fails.all = true;
  heads[0] = 4;
  heads[3] = 2;
  while (errors.length < 2) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(running.troubleMs() > 0);
  fails.all = false;
  await Promise.all([until(0, 4), until(3, 2)]);
});

test("whoever takes nothing of what waits is told of, and begins anew from the store", async (t) => {
  const { heads, fails, until, errors } = slowPath(t, 4, 50);
  heads[1] = 1;
  await until(1, 1);
  fails.silently = true;
  heads[2] = 3;
  await until(2, 3);
  assert.match(JSON.stringify(errors.map((facts) => String((facts as { err: unknown }).err))), /partitions 2 wait/);
});

test("it ends at once while it waits", async (t) => {
  const { fails, errors, running } = slowPath(t, 2);
  fails.all = true;
  while (errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await running.stop();
});
