import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createLeases } from "../../src/store/leases.ts";
import { migrate, openStore } from "../../src/store/open.ts";
import { createPartitionShare, type PartitionShare } from "../../src/workers/partition-share.ts";

const leaseMs = 5_000;
const partitions = 64;

async function workers(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "marquee-share-"));
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const time = { now: 1_000_000 };
  const leases = createLeases(store.db);
  const join_ = (owner: string, canWork = () => true) =>
    createPartitionShare({
      leases,
      together: (work) => store.db.transaction().execute((trx) => work(createLeases(trx))),
      owner,
      partitions,
      clock: () => time.now,
      leaseMs,
      canWork,
    });
  /** So many rounds in which everybody has a turn. */
  const rounds = async (count: number, ...shares: readonly PartitionShare[]) => {
    for (let round = 0; round < count; round += 1) {
      for (const share of shares) await share.turn();
      time.now += 1_000;
    }
  };
  return { time, join: join_, rounds };
}

/** How many each has. Fails if two have the same. */
function parts(...shares: readonly PartitionShare[]): number[] {
  const all = shares.flatMap((share) => [...share.owned()]);
  assert.equal(new Set(all).size, all.length, "a partition has two workers");
  return shares.map((share) => share.owned().size);
}

test("one worker alone has all partitions at its first turn", async (t) => {
  const { join, rounds } = await workers(t);
  const one = join("one");
  await rounds(1, one);
  assert.deepEqual(parts(one), [64]);
});

test("workers that come later get their part, and no partition ever has two", async (t) => {
  const { join, rounds } = await workers(t);
  const [one, two, three] = [join("one"), join("two"), join("three")];
  await rounds(1, one);
  await rounds(1, one, two);
  parts(one, two);
  await rounds(2, one, two);
  assert.deepEqual(parts(one, two), [32, 32]);
  await rounds(3, one, two, three);
  assert.deepEqual(
    parts(one, two, three).toSorted((a, b) => a - b),
    [21, 21, 22],
  );
});

test("what a dead worker had is taken over when its leases end", async (t) => {
  const { join, rounds } = await workers(t);
  const [one, two] = [join("one"), join("two")];
  await rounds(3, one, two);
  await rounds(4, two);
  assert.deepEqual(parts(two), [32]);
  await rounds(2, two);
  assert.deepEqual(parts(two), [64]);
});

test("a worker that hung for so long that others took over hears of it", async (t) => {
  const { join, rounds } = await workers(t);
  const [one, two] = [join("one"), join("two")];
  await rounds(3, one, two);
  await rounds(7, two);
  await rounds(1, one);
  parts(one, two);
  await rounds(3, one, two);
  assert.deepEqual(parts(one, two), [32, 32]);
});

test("a worker that ends in order leaves everything to the others at once", async (t) => {
  const { join, rounds } = await workers(t);
  const [one, two] = [join("one"), join("two")];
  await rounds(3, one, two);
  await one.leave();
  await two.turn();
  assert.deepEqual(parts(one, two), [0, 64]);
});

test("a worker that cannot work gives everything to the others at once, and has its part again when it can", async (t) => {
  const { join, rounds } = await workers(t);
  let can = true;
  const [old, new_] = [join("old", () => can), join("new")];
  await rounds(3, old, new_);
  assert.deepEqual(parts(old, new_), [32, 32]);
  can = false;
  await rounds(1, old, new_);
  assert.deepEqual(parts(old, new_), [0, 64]);
  can = true;
  await rounds(2, new_, old);
  assert.deepEqual(parts(old, new_), [32, 32]);
});
