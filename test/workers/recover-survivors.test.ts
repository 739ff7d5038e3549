// What survives must not be thrown away, and what a recovery leaves behind must be as good as what was there before.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import type { SalesLog } from "../../src/inventory/port.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { StaleMark } from "../../src/store/marks.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import { accepted, named, nextId, refused, showingRef } from "../contracts/inventory-setting.ts";
import { Fleet } from "./recovery-setting.ts";

describe("what a recovery finds and leaves", () => {
  it("applies a log whose beginning was trimmed, however far the store is behind", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    await fleet.sellPaid(1);
    await fleet.catchUp();
    // Nothing to pay: no provider could tell of it again.
    const free = await desk.confirm(await desk.begin(await desk.hold(named(2)), nextId("order"), { totalMinor: 0 }));
    for (let index = 0; index < 130; index += 1) {
      const { orderId } = await desk.begin(await desk.hold(named(5)));
      await inventory.cancelPayment(orderId, "test", desk.now);
    }
    await inventory.sweep(desk.now);
    await fleet.restart();
    equal((await fleet.recovered(free))?.outcome, "continued");
    equal((await recoveryRows(fleet.store).orderById(free.orderId))?.status, "confirmed");
    equal((await desk.states()).slice(0, 4), "fssf");
  });

  it("applies what was sold since a rebuild before the store had any of it", async () => {
    await using fleet = await Fleet.open();
    const { desk } = fleet;
    await fleet.sellPaid(1);
    await fleet.catchUp();
    await fleet.redis.command("FLUSHALL");
    await fleet.recover();
    const free = await desk.confirm(await desk.begin(await desk.hold(named(2)), nextId("order"), { totalMinor: 0 }));
    await fleet.restart();
    equal((await fleet.recovered(free))?.outcome, "continued");
    equal((await recoveryRows(fleet.store).orderById(free.orderId))?.status, "confirmed");
  });

  it("keeps out of the store what a worker had read of a log that was lost meanwhile", async () => {
    await using fleet = await Fleet.open();
    const { inventory } = fleet;
    await fleet.sellPaid(1);
    await fleet.catchUp();
    const lost = await fleet.sellPaid(2);
    const isRead = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const log = {
      async read(...asked: Parameters<SalesLog["read"]>) {
        const entries = await inventory.log.read(...asked);
        isRead.resolve();
        await goesOn.promise;
        return entries;
      },
    };
    const worker = await fleet.applier({ log });
    const applying = worker.once(await inventory.log.heads());
    await isRead.promise;
    await fleet.redis.command("FLUSHALL");
    equal((await fleet.recovered(lost))?.entered, 1);
    goesOn.resolve();
    await applying;
    const later = await fleet.sellPaid(3);
    while ((await worker.once(await inventory.log.heads())).length > 0);
    await fleet.agree();
    for (const { orderId } of [lost, later])
      equal((await recoveryRows(fleet.store).orderById(orderId))?.status, "confirmed");
  });

  it("leaves to a recovery that has begun what it alone may apply", async () => {
    await using fleet = await Fleet.open();
    const { inventory, store } = fleet;
    const sold = await fleet.sellPaid(1);
    const worker = await fleet.applier();
    const epoch = await createEpochs(store.db).take(sold.partition, inventory.epoch(sold.partition));
    const once = async () => (await worker.once(await inventory.log.heads())).length;
    await once();
    equal(await once(), 0, "it does not try for ever");
    const status = async () => (await recoveryRows(store).orderById(sold.orderId))?.status;
    equal(await status(), undefined);
    await rejects(fleet.catchUp(sold.partition, 10, inventory.epoch(sold.partition)), StaleMark);
    await fleet.catchUp(sold.partition, 10, epoch);
    equal(await status(), "confirmed");
    await fleet.restart();
    equal((await fleet.recovered(sold))?.outcome, "continued");
    await fleet.agree();
  });

  it("never lets a showing's version go back", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory } = fleet;
    const versionOf = async () => (await inventory.seats(desk.showing)).version;
    for (const place of [1, 2, 3]) await fleet.sellPaid(place);
    for (let end = 0; end < 8; end += 1)
      await desk.hold(named(1), { showing: showingRef(`0000100z1abcdefg${end}`) }).then(async (hold) => {
        await desk.confirm(await desk.begin(hold, nextId("order"), { showingId: hold.showingId }));
      });
    await fleet.catchUp();
    const before = await versionOf();
    await fleet.redis.command("FLUSHALL");
    await fleet.recover();
    const rebuilt = await versionOf();
    await desk.hold(named(7));
    const after = await versionOf();
    ok(before < rebuilt && rebuilt < after, `${before} ${rebuilt} ${after}`);
  });

  it("stays closed when the log it applies sells a seat twice", async () => {
    await using fleet = await Fleet.open();
    const { desk, inventory, redis } = fleet;
    const sold = await fleet.sellPaid(1);
    const key = `{p${sold.partition}}:s:${desk.showing.showingId}`;
    const before = await inventory.connection.getBuffer(key);
    const second = await desk.begin(await desk.hold(named(2)));
    ok(before);
    // A fault: the intent of the second order speaks of the first one's place.
    await desk.confirm(second);
    await fleet.catchUp();
    const tickets = fleet.store.db.updateTable("tickets").set({ place: 3, seat: "S-3" });
    await tickets.where("order_id", "=", second.orderId).execute();
    await fleet.sellPaid(3);
    await redis.kill("SIGKILL");
    await redis.restart();
    while (!(await inventory.connection.ping().catch(() => ""))) await new Promise(setImmediate);
    await fleet.recover();
    await refused(desk.tryHold(named(9)), "sales_paused");
    equal((await fleet.recovered(sold))?.outcome, "stopped");
    equal((await fleet.recovered(sold, true))?.outcome, "rebuilt");
  });

  it("brings the function library back to a server that lost everything", async () => {
    await using fleet = await Fleet.open();
    const sold = await fleet.sellPaid(1);
    await fleet.catchUp();
    await fleet.redis.command("FLUSHALL");
    await fleet.redis.command("FUNCTION", "FLUSH");
    await refused(fleet.desk.tryHold(named(2)), "sales_paused");
    equal((await fleet.recovered(sold))?.outcome, "rebuilt");
    await fleet.desk.hold(named(2));
  });

  it("keeps a partition closed while its recovery goes on, even if its gate survived", async () => {
    await using fleet = await Fleet.open();
    const { desk, redis } = fleet;
    const sold = await fleet.sellPaid(1);
    // As on a master that became a replica for a while without losing its memory, and meanwhile its successor's recovery began.
    await redis.command("HSET", `{p${sold.partition}}:m`, "r", "7");
    await refused(desk.tryHold(named(2)), "sales_paused");
    equal((await fleet.recovered(sold))?.outcome, "continued");
    equal(fleet.inventory.epoch(sold.partition), 8);
    await desk.hold(named(2));
  });

  it("rebuilds a full stadium that everybody has entered", async () => {
    await using fleet = await Fleet.open();
    const { inventory } = fleet;
    const placeCount = 100_000;
    const showing = { ...showingRef(), placeCount, sections: [{ start: 0, count: placeCount }] };
    const { recovery } = fleet;
    const partition = (await fleet.desk.sell(named(1))).partition;
    const epoch = inventory.epoch(partition) + 1;
    await recovery.begin(partition, epoch);
    await recovery.wipe(partition, epoch, { sequence: 0, hash: "" });
    const places = Array.from({ length: placeCount }, (_, place) => place);
    const rebuilt = {
      showing,
      closed: false,
      states: "a".repeat(placeCount),
      generations: new Map(places.map((place) => [place, 2])),
      admissions: new Map(places.map((place) => [place, { at: fleet.desk.now, gate: "north, left" }])),
      orders: places.map((place) => `order-of-the-stadium-${place}`),
    };
    await recovery.rebuildShowings(partition, epoch, [rebuilt], fleet.desk.now);
    equal(await recovery.check(partition, epoch), undefined);
    await recovery.open(partition, epoch);
    await inventory.refresh();
    const { sections } = await inventory.counts(showing);
    deepEqual(sections, [{ free: 0, held: 0, paying: 0, sold: placeCount, blocked: 0, admitted: placeCount }]);
    const scan = { showing, place: placeCount - 1, generation: 2, ticketId: "t", gate: "south", now: fleet.desk.now };
    await refused(inventory.scan(scan), "ticket_used", { at: fleet.desk.now, gate: "north, left" });
    accepted(await inventory.closeShowing(showing, "op", fleet.desk.now));
  });
});
