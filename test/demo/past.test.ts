// The demo's last four weeks: sold for real, the same each time, and worth looking at.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { loadDemo } from "../../demo/generate.ts";
import { sellPast } from "../../demo/past.ts";
import { createManyTimes } from "../../demo/past/times.ts";
import { auroraCinemas } from "../../demo/sellers.ts";
import { fillInstallation } from "../../src/app/filling.ts";
import { withInventedSales } from "../../src/app/invented-sales.ts";
import { demoPeople, plannedDemoAccounts } from "../../src/cli/demo-accounts.ts";
import { readConfig } from "../../src/config.ts";
import { installationPaths, makeAccounts, verifyFolder } from "../../src/installation.ts";
import { readOverview } from "../../src/sales/overview/overview.ts";
import { createAccountTable } from "../../src/store/accounts.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { createOrderStore } from "../../src/store/orders.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createSellerReports } from "../../src/store/seller-reports.ts";

/** Noon in Denver. */
const now = Date.parse("2026-11-22T19:00:00Z");
const choice = { seed: 7, national: false, days: 2 };

async function loadWithPast(data: string): Promise<void> {
  const config = readConfig({ data, "log-level": "error" }, {});
  const progress: number[] = [];
  const onProgress = (done: number, total: number) => void progress.push(done / total);
  const { sellerIds } = await fillInstallation(
    config,
    () => now,
    (filling) => loadDemo({ ...filling, ...choice, now, past: true, onProgress }),
  );
  await makeAccounts(config, plannedDemoAccounts(sellerIds));
  const times = createManyTimes(now);
  await withInventedSales(config, times.clock, (parts) =>
    sellPast({ ...parts, ...choice, times, now, people: demoPeople, onProgress }),
  );
  assert.equal(progress.at(-1), 1);
}

/** Everything about orders that people could see. */
async function soldIn({ db }: Store) {
  const orders = await db
    .selectFrom("orders")
    .select(["id", "status", "showing_id", "placed_at", "total_minor", "refunded_minor"])
    .orderBy("id")
    .execute();
  const tickets = await db
    .selectFrom("tickets")
    .select(["order_id", "place", "tier", "status", "admitted_at"])
    .orderBy("order_id")
    .orderBy("place")
    .execute();
  return { orders, tickets };
}

suite("the past of a demo", () => {
  let data = "";
  let store: Store;
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), "marquee-demo-"));
    folders.push(made);
    return made;
  };
  before(async () => {
    data = folder();
    await loadWithPast(data);
    store = openStore({ kind: "sqlite", file: installationPaths(data).store });
  });
  after(async () => {
    await store.close();
    for (const made of folders) rmSync(made, { recursive: true });
  });

  test("agrees with itself: every rule of `marquee verify` holds, and nothing is under way", async () => {
    const checks = await verifyFolder(data, undefined, () => now);
    for (const { rule, violations, underWay } of checks)
      assert.deepEqual({ rule, violations, underWay }, { rule, violations: [], underWay: 0 });
    assert.ok(checks.every(({ examined }) => examined > 0));
  });

  test("is the same for the same seed and moment", async () => {
    const other = folder();
    await loadWithPast(other);
    const again = openStore({ kind: "sqlite", file: installationPaths(other).store });
    try {
      assert.deepEqual(await soldIn(again), await soldIn(store));
    } finally {
      await again.close();
    }
  });

  test("has sales on nearly every day, more of them at weekends, some refunded and some declined", async () => {
    const days = { from: "2026-10-25", to: "2026-11-21" };
    const wanted = { sellerId: auroraCinemas, timeZone: "America/Denver", days, filter: {}, seats: "past" as const };
    const { steps, total, heat } = await readOverview(createSellerReports(store), wanted, now);
    const sold = steps.map((step) => step.now?.orders ?? 0);
    assert.equal(sold.length, 28);
    assert.ok(sold.filter((orders) => orders > 0).length >= 25, sold.join(" "));
    assert.ok(total.refundedMinor > 0);
    const tickets = (weekday: number) =>
      heat.reduce((sum, cell) => sum + (cell.weekday === weekday ? cell.tickets : 0), 0);
    assert.ok(tickets(6) > 2 * tickets(1), `Saturdays ${tickets(6)}, Mondays ${tickets(1)}`);
    const { orders } = await soldIn(store);
    assert.ok(orders.some(({ status }) => status === "declined"));
    assert.ok(orders.every(({ status }) => status === "declined" || status === "confirmed"));
    assert.ok(orders.every(({ placed_at }) => placed_at < now));
  });

  test("lets in nearly all who had tickets for what is over, and nobody else", async () => {
    const found = await store.db
      .selectFrom("tickets")
      .innerJoin("orders", "orders.id", "tickets.order_id")
      .select(["orders.starts_at", "orders.placed_at", "tickets.admitted_at"])
      .where("tickets.status", "=", "active")
      .execute();
    const over = found.filter(({ starts_at }) => starts_at < now);
    const admitted = over.filter(({ admitted_at }) => admitted_at !== null);
    assert.ok(
      admitted.length > 0.8 * over.length && admitted.length < over.length,
      `${admitted.length} of ${over.length}`,
    );
    assert.ok(admitted.every(({ starts_at, admitted_at }) => Math.abs(starts_at - (admitted_at ?? 0)) < 3_600_000));
    assert.ok(admitted.every(({ placed_at, admitted_at }) => placed_at < (admitted_at ?? 0)));
    const ahead = found.filter(({ starts_at }) => starts_at > now + 3_600_000);
    assert.ok(ahead.length > 0 && ahead.every(({ admitted_at }) => admitted_at === null));
  });

  test("leaves one coming showing sold out, one nearly, and no house for which nobody bought", async () => {
    const rows = await store.db
      .selectFrom("tickets")
      .innerJoin("showings", "showings.id", "tickets.showing_id")
      .innerJoin("seat_maps", "seat_maps.id", "showings.seat_map_id")
      .select(({ fn }) => ["showings.id", "seat_maps.place_count", fn.countAll<number>().as("sold")])
      .where("tickets.status", "=", "active")
      .where("showings.starts_at", ">", now)
      .groupBy(["showings.id", "seat_maps.place_count"])
      .execute();
    const shares = rows.map(({ sold, place_count }) => sold / place_count).toSorted((a, b) => b - a);
    assert.equal(shares[0], 1);
    assert.ok((shares[1] ?? 0) > 0.8 && (shares[1] ?? 0) < 1, `${shares[1]}`);
    assert.ok(shares.length > 20 && shares.slice(2).every((share) => share < 0.45), shares.join(" "));
  });

  test("is the demo buyer's, too: twice at the cinema, and once more to come", async () => {
    const account = await createAccountTable(store.db).byEmail(demoPeople.buyer);
    const { items } = await createOrderStore(store.db).ofAccount(account?.id ?? "", { limit: 10 });
    assert.deepEqual(
      items.map(({ startsAt }) => startsAt > now),
      [true, false, false],
    );
    assert.ok(items.every(({ status, refundStatus }) => status === "confirmed" && refundStatus === "none"));
  });

  test("mails nobody", async () => {
    assert.equal(await createOutbox(store.db).waiting(), 0);
    assert.equal((await store.db.selectFrom("outbox").select("id").execute()).length, 0);
  });
});
