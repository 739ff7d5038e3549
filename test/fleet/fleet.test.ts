// A small fleet of real processes, asked over HTTPS: it sells, each of its processes is killed while it does, and in the end
// log, store and payments agree and no seat was promised twice.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { MarqueeProcess } from "../../deploy/local/marquee-process.ts";
import { verifyFleet } from "../../src/app/verify-fleet.ts";
import { signUp } from "../app/setting.ts";
import { askPatiently, buy, openTown, startBuyers, type Told, type Town } from "./setting.ts";

describe("a fleet", () => {
  let town: Town;
  const told: Told[] = [];
  before(async () => {
    town = await openTown();
  });
  after(() => town.fleet.stop());

  /** Runs something while people buy, and lets them buy on for a while after it. */
  async function whileBuying(strike: () => Promise<unknown>, then: () => Promise<unknown> = () => Promise.resolve()) {
    const buyers = startBuyers(town);
    try {
      await buyers.more(3);
      await strike();
      await buyers.more(3);
      await then();
      await buyers.more(5);
    } finally {
      await buyers.stop();
      told.push(...buyers.told);
    }
  }

  it("sells over HTTPS, and shows the order in the buyer's history at once and for good", async () => {
    const buyer = town.visitor();
    const person = { email: "billie@example.org", name: "Billie" };
    await signUp(town.place, buyer, { ...person, password: "popcorn and salt" });
    const hold = await buyer.ask<{ id: string }>("POST", `/api/v1/showings/${town.shop.showingIds[0]}/holds`, {
      bestAvailable: { quantity: 2 },
    });
    assert.equal(hold.status, 201, JSON.stringify(hold.body));
    const id = "paid-order-00000001";
    const placed = await buyer.ask<{ status: string }>("POST", "/api/v1/orders", {
      id,
      holdId: hold.body.id,
      buyer: person,
      payment: { provider: "sandbox", token: "tok_approve" },
    });
    assert.deepEqual([placed.status, placed.body.status], [201, "confirmed"]);
    const history = () => buyer.ask<{ items: { id: string }[] }>("GET", "/api/v1/me/orders");
    assert.deepEqual(
      (await history()).body.items.map((order) => order.id),
      [id],
    );
    await inStore(town, [id]);
    assert.deepEqual(
      (await history()).body.items.map((order) => order.id),
      [id],
    );
  });

  // Early: what it leaves open has come to rest by the end.
  it("loses no payment when the provider is killed", async () => {
    await whileBuying(async () => {
      await town.fleet.provider.kill("SIGKILL");
      await town.fleet.provider.restart();
    });
    await inStore(town, confirmed(told));
  });

  for (const [name, index] of [
    ["an application process", 0],
    ["the other application process", 1],
  ] as const) {
    it(`sells on when ${name} is killed`, async () => {
      const app = town.fleet.apps[index];
      assert.ok(app);
      await whileBuying(
        () => app.kill("SIGKILL"),
        () => app.restart(),
      );
    });
  }

  it("fails no request while its application processes are restarted one after the other", async () => {
    const buyers = startBuyers(town);
    try {
      await buyers.more(3);
      for (const app of town.fleet.apps) await sellsAgain(app);
      for (const app of town.fleet.apps) {
        await app.restart();
        await sellsAgain(app);
      }
      await buyers.more(3);
    } finally {
      await buyers.stop();
      told.push(...buyers.told);
    }
    assert.deepEqual(
      buyers.told.flatMap(({ retries }) => retries),
      [],
    );
  });

  it("makes history on when a worker is killed, or hangs", async () => {
    const [one, two] = town.fleet.workers;
    assert.ok(one && two);
    await whileBuying(
      () => one.kill("SIGKILL"),
      () => inStore(town, confirmed(told)),
    );
    await one.restart();
    await two.kill("SIGSTOP");
    const order = await buy(town, town.shop.showingIds[0] ?? "");
    assert.ok(order);
    told.push(order);
    await inStore(town, confirmed(told));
    await two.kill("SIGCONT");
  });

  it("recovers by itself what sells in an epoch that the store has left", async () => {
    const { postgres } = town.fleet;
    await postgres.sql("update partition_epochs set epoch = epoch + 1");
    await whileBuying(
      () => Promise.resolve(),
      () => inStore(town, confirmed(told)),
    );
    await inStore(town, confirmed(told));
  });

  it("lists and sells on while the store is away, and catches up", async () => {
    await whileBuying(
      () => town.fleet.postgres.kill("SIGKILL"),
      async () => {
        const list = await askPatiently(town.visitor(), "GET", "/api/v1/shows");
        assert.equal(list.status, 200);
        await town.fleet.postgres.restart();
      },
    );
    await inStore(town, confirmed(told));
  });

  it("pauses sales while the inventory is away, and goes on where it was", async () => {
    const [redis] = town.fleet.redis;
    assert.ok(redis);
    await whileBuying(async () => {
      await redis.kill("SIGKILL");
      await redis.restart();
    });
    await inStore(town, confirmed(told));
  });

  it("is whole in the end: no seat promised twice, no confirmed order missing, log, store and payments agree", async () => {
    const seats = told.filter(({ status }) => status === "confirmed").map(({ orderId }) => orderId);
    assert.equal(new Set(seats).size, seats.length);
    await inStore(town, seats);
    await quiet(town);
    const checks = await verifyFleet(town.fleet.config);
    assert.deepEqual(
      checks.flatMap(({ violations }) => violations),
      [],
    );
    const twice = await town.fleet.postgres.sql(
      "select showing_id, place, count(*) from tickets where status = 'active' group by 1, 2 having count(*) > 1",
    );
    assert.equal(twice, "");
  });
});

const confirmed = (told: readonly Told[]) =>
  told.filter(({ status }) => status === "confirmed").map(({ orderId }) => orderId);

/** Settles when the edge, which had left it out for a moment, sends orders to an application process again. */
async function sellsAgain(app: MarqueeProcess): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    const figures = await (await fetch(`${app.url}/metrics`)).text();
    if (figures.includes('marquee_orders_total{outcome="confirmed"}')) return;
    await wait(50);
  }
  throw new Error("the edge sends nothing to a process that is ready");
}

/** Settles when the store has these orders as confirmed. */
async function inStore({ fleet }: Town, orderIds: readonly string[]): Promise<void> {
  const wanted = new Set(orderIds);
  for (let turn = 0; turn < 600; turn += 1) {
    const rows = await fleet.postgres.sql("select id from orders where status = 'confirmed'").catch(() => "");
    if (wanted.isSubsetOf(new Set(rows.split("\n")))) return;
    await wait(100);
  }
  throw new Error("the store does not get what was sold");
}

/** Settles when nothing is under way any more. */
async function quiet({ fleet }: Town): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    const checks = await verifyFleet(fleet.config);
    if (checks.every(({ underWay }) => underWay === 0)) return;
    await wait(100);
  }
  throw new Error("something is still under way");
}
