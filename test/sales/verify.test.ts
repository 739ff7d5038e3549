// Verification finds nothing where nothing is wrong, and each kind of damage by the rule that it breaks.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { verifyFolder } from "../../src/installation.ts";
import { rules, type Rule } from "../../src/sales/verify/findings.ts";
import type { History } from "../../src/sales/verify/history.ts";
import { verifySales } from "../../src/sales/verify/verify.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";
import { refundRequest } from "../payments/payment-request.ts";
import { guest, openTheatre, orderFor, sellerId } from "./fixture.ts";

type Theatre = Awaited<ReturnType<typeof openTheatre>>;

/** Sells, declines, refunds, resells and admits; answers the orders. */
async function sellSome({ sales, showing }: Theatre) {
  const buy = async (seats: string[], token = "tok_approve") => {
    const hold = await sales.hold({ showingId: showing.id, seats }, { ...guest, holder: `g:${seats.join()}${token}` });
    return sales.checkOut(orderFor(hold.id, token), guest);
  };
  const first = await buy(["A-1", "A-2"]);
  const second = await buy(["B-1", "B-2"]);
  await buy(["C-1", "C-2"], "tok_decline").catch(() => undefined);
  const refund = { orderId: first.id, sellerId, refundId: "r1", seats: ["A-1"], reason: "ill", actor: "manager" };
  await sales.refund(refund);
  const third = await buy(["A-1"]);
  const [ticket] = await sales.tickets(second.id, { secret: second.secret ?? "" });
  await sales.scan({ token: ticket?.token ?? "", gate: "north", sellerIds: [sellerId], actor: "door" });
  return { first, second, third, buy };
}

const verify = (theatre: Theatre) => verifyFolder(theatre.folder, undefined, () => theatre.time.now);
const broken = async (theatre: Theatre) =>
  (await verify(theatre)).filter((check) => !check.ok).flatMap(({ rule, violations }) => [rule, ...violations]);
const underWay = async (theatre: Theatre) => (await verify(theatre)).reduce((sum, check) => sum + check.underWay, 0);

describe("verification", () => {
  it("finds every rule whole while the installation serves, and nothing under way once all is applied", async () => {
    const theatre = await openTheatre();
    const { buy } = await sellSome(theatre);
    deepEqual(await broken(theatre), []);
    ok((await underWay(theatre)) > 0, "the store has nothing yet");
    await buy(["E-1", "E-2"], "tok_timeout_then_approved");
    await theatre.apply();
    deepEqual(await broken(theatre), []);
    ok((await underWay(theatre)) > 0, "a payment's outcome is open");
    theatre.time.now += 3_000;
    await theatre.sales.reconcileUnfinished();
    await theatre.payments.list(0)[Symbol.asyncIterator]().next();
    await theatre.apply();
    const checks = await verify(theatre);
    deepEqual(
      checks.flatMap(({ violations }) => violations),
      [],
    );
    equal(await underWay(theatre), 0);
    ok(
      checks.every(({ examined }) => examined > 0),
      "every rule was looked at",
    );
    await theatre.close();
  });

  it("finds nothing in an installation that never sold anything", async () => {
    const theatre = await openTheatre();
    await theatre.stop();
    await rm(join(theatre.folder, "sales.db"));
    await rm(join(theatre.folder, "payments.db"));
    deepEqual(await broken(theatre), []);
    await rm(theatre.folder, { recursive: true });
  });

  it("counts refunds that have begun as under way, also where the log has forgotten their order", async () => {
    const theatre = await openTheatre();
    const { second, third } = await sellSome(theatre);
    const { inventory, store, payments, time } = theatre;
    const begin = (orderId: string, place: number) => {
      const refund = { refundId: "ill", places: [place], amountMinor: 1_242, reason: "ill", now: time.now };
      return inventory.beginRefund({ orderId, ...refund });
    };
    const places = (await inventory.orderById(second.id))?.places ?? [];
    await begin(second.id, places[1] ?? -1);
    await theatre.apply();
    const forgotten = await inventory.log.heads();
    await begin(third.id, (await inventory.orderById(third.id))?.places[0] ?? -1);
    const history: History = {
      partitions: inventory.partitions,
      forgetsApplied: true,
      first: (partition) => (forgotten[partition] ?? 0) + 1,
      head: async (partition) => (await inventory.log.heads())[partition] ?? 0,
      read: (partition, after, limit) =>
        inventory.log.read(partition, Math.max(after, forgotten[partition] ?? 0), limit),
      ofOrder: () => [],
      nowOfOrder: () => [],
    };
    const begun = async () => {
      const checks = await withStoredSales(store, (stored) =>
        verifySales({ stored, history, payments, now: time.now }),
      );
      return checks.find(({ rule }) => rule === rules.freedOnce)?.underWay;
    };
    equal(await begun(), 2, "one that the store knows, one that only the log tells");
    await inventory.finishRefund(second.id, "ill", time.now);
    equal(await begun(), 1, "what the log finished is not under way");
    await theatre.close();
  });

  const damage: readonly (readonly [what: string, file: string, sql: string, rule: Rule, sentence: RegExp])[] = [
    [
      "a ticket that is missing",
      "store.db",
      "delete from tickets where order_id = :second and place in (select max(place) from tickets where order_id = :second)",
      "tickets",
      /has 1 tickets/,
    ],
    [
      "a ticket that was given back and is active",
      "store.db",
      "update tickets set status = 'active', showing_id = 'x' where order_id = :first",
      "tickets",
      /is active, not void/,
    ],
    [
      "two active tickets for a seat",
      "store.db",
      "drop index tickets_active; update tickets set status = 'active' where order_id = :first",
      "oneTicket",
      /has 2 active tickets/,
    ],
    [
      "an order that the log never told",
      "store.db",
      "update orders set id = 'made-up-by-somebody' where id = :third",
      "history",
      /never told it/,
    ],
    [
      "an order that the store lacks",
      "store.db",
      "delete from tickets where order_id = :second; delete from orders where id = :second",
      "tickets",
      /the store lacks it/,
    ],
    [
      "an order with another total",
      "store.db",
      "update orders set total_minor = 1 where id = :second",
      "history",
      /says other things/,
    ],
    ["an admission that nobody saw", "store.db", "update tickets set gate = 'south'", "admittedOnce", /says otherwise/],
    [
      "a store ahead of the log",
      "store.db",
      "update applied set sequence = sequence + 1",
      "history",
      /the log ends at/,
    ],
    [
      "another entry than the one applied",
      "store.db",
      "update applied set hash = 'x'",
      "history",
      /their hashes differ/,
    ],
    [
      "an entry that was altered",
      "sales.db",
      "update log set body = replace(body, 'north', 'south')",
      "history",
      /was altered/,
    ],
    [
      "an entry that is missing",
      "sales.db",
      'delete from log where order_id = :second and body like \'%"kind":"sale"%\'',
      "history",
      /something is missing/,
    ],
    [
      "a seat sold twice",
      "sales.db",
      "update log set body = replace(body, '\"places\":[0]', '\"places\":[1]') where order_id = :third",
      "counts",
      /but it is "s"/,
    ],
    [
      "a ticket admitted twice",
      "sales.db",
      "insert into log select partition, max(sequence) + 1, epoch, null, (select body from log where body like '%\"kind\":\"admitted\"%'), 'x' from log group by partition",
      "admittedOnce",
      /again/,
    ],
    [
      "a refund of another's seat",
      "sales.db",
      "update log set body = replace(body, '\"places\":[0]', '\"places\":[8]') where body like '%refund-begun%'",
      "freedOnce",
      /another order's/,
    ],
    [
      "a sale that is not paid",
      "payments.db",
      "update payments set payment = replace(payment, '\"captured\"', '\"cancelled\"') where order_id = :second",
      "money",
      /is sold, but its payment is cancelled/,
    ],
    [
      "money for another amount",
      "payments.db",
      "update payments set payment = replace(payment, '\"amountMinor\":2484', '\"amountMinor\":1')",
      "money",
      /costs 2484 USD, but 1 USD is paid/,
    ],
    [
      "money taken for nothing",
      "payments.db",
      `update payments set payment = replace(payment, '"status":"declined"', '"status":"captured"')`,
      "money",
      /was taken for order .* which is declined/,
    ],
    [
      "money taken for an order nobody knows",
      "payments.db",
      "update payments set order_id = 'x', payment = replace(payment, :third, 'unknown-order') where order_id = :third",
      "money",
      /which is unknown/,
    ],
    [
      "a refund that never arrived",
      "payments.db",
      "update payments set payment = replace(payment, '{\"r1\":1242}', '{}')",
      "money",
      /only 0 was/,
    ],
    [
      "a refund that nobody decided",
      "payments.db",
      "update payments set payment = replace(payment, '{}', '{\"x\":5}') where order_id = :second",
      "refunds",
      /but 0 was decided/,
    ],
  ];
  it("finds nothing wrong with money that went back from an order nobody knows", async () => {
    const theatre = await openTheatre();
    await sellSome(theatre);
    const orderId = "unknown-order-of-tests";
    const metadata = { orderId, showingId: theatre.showing.id, places: [1], epoch: 1, journal: "" };
    const facts = { amountMinor: 500, currency: "USD", token: "tok_approve", returnUrl: "http://localhost" };
    await theatre.payments.authorise({ orderId, metadata, ...facts });
    await theatre.payments.capture(orderId);
    await theatre.payments.refund(refundRequest(orderId, "seats-lost", 500));
    await theatre.apply();
    await theatre.stop();
    deepEqual(
      (await verify(theatre)).flatMap(({ violations }) => violations),
      [],
    );
    await rm(theatre.folder, { recursive: true });
  });

  for (const [what, file, sql, rule, sentence] of damage) {
    it(`finds ${what}`, async () => {
      const theatre = await openTheatre();
      const orders = await sellSome(theatre);
      await theatre.apply();
      await theatre.stop();
      const db = new DatabaseSync(join(theatre.folder, file));
      db.exec("pragma foreign_keys = off");
      const quoted = (name: "first" | "second" | "third") => `'${orders[name].id}'`;
      db.exec(sql.replaceAll(/:(first|second|third)/g, (_, name: "first" | "second" | "third") => quoted(name)));
      db.close();
      const found = (await verify(theatre)).find((check) => check.rule === rules[rule]);
      match(found?.violations.join("\n") ?? "", sentence);
      equal(found?.ok, false);
      await rm(theatre.folder, { recursive: true });
    });
  }
});
