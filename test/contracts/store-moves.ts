// What the slow path makes of tickets that moved, and what it tells an inventory of them that has lost a partition.

import { deepEqual } from "node:assert/strict";
import { it } from "node:test";
import type { Move } from "../../src/domain/orders.ts";
import { foldOrder, isOrderBody } from "../../src/inventory/orders.ts";
import type { InventoryOrder, LogBody } from "../../src/inventory/port.ts";
import type { Store } from "../../src/store/open.ts";
import { createOrderStore } from "../../src/store/orders.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import { now, withStore, WrittenLog, type OpenStores } from "./store-setting.ts";

function moved(orderId: string, from: number[], to: number[], change: Partial<Move> = {}): LogBody {
  const seats = to.map((place) => ({ seat: `M-${place}`, section: "M" }));
  const generations = { left: from.map(() => 1), generations: to.map(() => 1) };
  return {
    kind: "moved",
    at: now,
    orderId,
    move: { moveId: "m1", from, to, seats, ...generations, at: now, ...change },
  };
}

const refund = (places: readonly number[]) =>
  ({ refundId: "r1", places, amountMinor: 1_000, reason: "asked", status: "begun", at: now }) as const;

async function ticketsOf(store: Store, orderId: string): Promise<string[]> {
  const order = await createOrderStore(store.db).byId(orderId);
  return (order?.tickets ?? []).map((ticket) => `${ticket.place} ${ticket.status}`);
}

/** What the inventory knew of an order: the log folded. */
function told(log: WrittenLog, orderId: string): InventoryOrder | undefined {
  let order: InventoryOrder | undefined;
  for (const { body, sequence } of log.entries)
    if (isOrderBody(body) && (body.kind === "intent" ? body.order.orderId : body.orderId) === orderId)
      order = foldOrder(order, body, sequence);
  return order;
}

export function movesContract(stores: OpenStores): void {
  for (const batches of ["in batches of their own", "within one batch"])
    it(`moves tickets to seats that others left, and sells what they left, ${batches}`, () =>
      withStore(stores, async (store) => {
        const log = new WrittenLog().sold("order-ada", [1, 2]).sold("order-bob", [4, 3]);
        await log.applyTo(store);
        const steps: (() => unknown)[] = [
          () => log.add(moved("order-ada", [1, 2], [2, 9], { left: [1, 1], generations: [2, 1] })),
          () => log.add(moved("order-bob", [4], [1], { left: [1], generations: [2] })),
          () => log.sold("order-kim", [4]),
          () => log.add({ kind: "refund-begun", at: now, orderId: "order-ada", refund: refund([9]) }),
          () => log.add({ kind: "refund-done", at: now, orderId: "order-ada", refundId: "r1" }),
          () => log.add(moved("order-bob", [3], [9], { moveId: "m2", left: [1], generations: [2] })),
          () => log.add(moved("order-kim", [4], [8], { left: [1], generations: [1] })),
          () => log.sold("order-eve", [4]),
        ];
        for (const step of steps) {
          step();
          if (batches !== "within one batch") await log.applyTo(store);
        }
        await log.applyTo(store);
        deepEqual(await ticketsOf(store, "order-ada"), ["2 active", "9 void"]);
        deepEqual(await ticketsOf(store, "order-bob"), ["1 active", "9 active"]);
        deepEqual(await ticketsOf(store, "order-kim"), ["8 active"]);
        deepEqual(await ticketsOf(store, "order-eve"), ["4 active"]);
        const bob = await createOrderStore(store.db).byId("order-bob");
        deepEqual(
          bob?.tickets.map(({ id, seat, section, generation }) => [id, seat, section, generation]),
          [
            ["order-bob.1", "M-1", "M", 2],
            ["order-bob.9", "M-9", "M", 2],
          ],
        );
        deepEqual([bob.totalMinor, bob.refundedMinor, bob.refundStatus], [2_000, 0, "none"]);
      }));

  it("never gives a seat two active tickets: who moves to a seat that somebody has is a conflict, and the rest goes on", () =>
    withStore(stores, async (store) => {
      const conflicts: string[] = [];
      const log = new WrittenLog().sold("order-ada", [1]).sold("order-bob", [2]);
      log.add(moved("order-ada", [1], [2], { generations: [2] })).sold("order-kim", [3]);
      await (await log.worker(store, conflicts)).once();
      deepEqual(conflicts, ["order-ada"]);
      log.add(moved("order-bob", [2], [4])).sold("order-eve", [2]);
      await (await log.worker(store, conflicts)).once();
      deepEqual(conflicts, ["order-ada"]);
      deepEqual(await ticketsOf(store, "order-ada"), ["1 void"]);
      deepEqual(await ticketsOf(store, "order-bob"), ["4 active"]);
      deepEqual(await ticketsOf(store, "order-kim"), ["3 active"]);
      deepEqual(await ticketsOf(store, "order-eve"), ["2 active"]);
      deepEqual((await createOrderStore(store.db).byId("order-ada"))?.status, "conflict");
    }));

  it("mails the new tickets, in the order's language, once", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-ada", [1, 2]);
      log.add(moved("order-ada", [1], [5], {}), moved("order-ada", [5, 2], [6, 7], { moveId: "m2" }));
      await log.applyTo(store);
      log.add(moved("order-ada", [6], [8], { moveId: "m3" }));
      log.add({ kind: "refund-begun", at: now, orderId: "order-ada", refund: refund([8]) });
      log.add({ kind: "refund-done", at: now, orderId: "order-ada", refundId: "r1" });
      await log.applyTo(store);
      const mails = await store.db.selectFrom("outbox").selectAll().orderBy("created_at").orderBy("id").execute();
      deepEqual(
        mails.flatMap(({ id, kind, body }) => {
          const { seats, left, language } = JSON.parse(body) as Record<string, unknown>;
          return kind === "order-confirmed" ? [] : [[id, kind, seats, left, language]];
        }),
        [
          ["3-3-moved", "order-moved", ["M-5"], ["A-2"], "es"],
          ["3-4-moved", "order-moved", ["M-6", "M-7"], ["M-5", "A-3"], "es"],
          ["3-5-moved", "order-moved", ["M-8"], ["M-6"], "es"],
          ["3-7-refunded", "order-refunded", ["M-8"], undefined, "es"],
        ],
      );
    }));

  for (const batches of ["in batches of their own", "within one batch"])
    it(`gives an order back as the inventory knew it after its moves, ${batches}`, () =>
      withStore(stores, async (store) => {
        const log = new WrittenLog().sold("order-ada", [9, 3, 7]).sold("order-bob", [0, 1]);
        const bodies = [
          moved("order-ada", [3], [12], { at: now + 1 }),
          moved("order-bob", [0], [2], { at: now + 2 }),
          moved("order-ada", [9, 12], [3, 4], { moveId: "m2", generations: [2, 1], at: now + 3 }),
          { kind: "refund-begun", at: now, orderId: "order-ada", refund: refund([4]) } as const,
        ];
        for (const body of bodies) {
          if (batches !== "within one batch") await log.applyTo(store);
          log.add(body);
        }
        await log.applyTo(store);
        for (const orderId of ["order-ada", "order-bob"])
          deepEqual(await recoveryRows(store).orderById(orderId), told(log, orderId));
      }));

  it("remembers the generation of a place that was left, whoever has it now", () =>
    withStore(stores, async (store) => {
      const log = new WrittenLog().sold("order-ada", [1]).sold("order-bob", [2]);
      log.add(moved("order-ada", [1], [5]), moved("order-bob", [2], [1], { generations: [2] }));
      log.add(moved("order-ada", [5], [2], { moveId: "m2", generations: [2] }));
      log.add(moved("order-ada", [2], [5], { moveId: "m3", left: [2], generations: [2] }));
      log.intend({ ...log.order("order-kim", [2]), generations: [3] });
      await log.applyTo(store);
      for await (const { places, orders } of recoveryRows(store).showingsOf(3, 0)) {
        deepEqual(places, [
          { place: 1, status: "sold", generation: 2, orderId: "order-bob" },
          { place: 2, status: "paying", generation: 3, orderId: "order-kim" },
          { place: 5, status: "sold", generation: 2, orderId: "order-ada" },
        ]);
        deepEqual(orders, ["order-ada", "order-bob", "order-kim"]);
      }
      log.add({ kind: "cancelled", at: now, orderId: "order-kim", reason: "void" });
      log.add(moved("order-bob", [1], [3], { moveId: "m2", left: [2] }));
      await log.applyTo(store);
      for await (const { places } of recoveryRows(store).showingsOf(3, 0))
        deepEqual(places.slice(0, 2), [
          { place: 1, status: "free", generation: 2 },
          { place: 2, status: "free", generation: 2 },
        ]);
    }));
}
