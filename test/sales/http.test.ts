// Selling over HTTP to clients who race, cheat, or send nonsense.

import { deepEqual, equal, ok } from "node:assert/strict";
import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openHouse, openShop, visitor, type House, type Shop, type Visitor } from "../app/setting.ts";
import { seededRandom, testSeed } from "../seed.ts";
import { spoil, type ValidRequest } from "./malformed.ts";

interface HoldAnswer {
  id: string;
  totalMinor: number;
  lines: { seat: string; totalMinor: number }[];
  code?: string;
  seats?: string[];
}
interface OrderAnswer {
  id: string;
  key: string;
  status: string;
  totalMinor: number;
  tickets: { seat: string }[];
  code?: string;
}

const orderBody = (holdId: string, change: object = {}) => ({
  id: crypto.randomUUID(),
  holdId,
  buyer: { email: "ada@example.org", name: "Ada" },
  payment: { provider: "sandbox", token: "tok_approve" },
  ...change,
});

describe("selling over HTTP", () => {
  let house: House;
  let shop: Shop;
  before(async () => {
    house = await openHouse({ "writes-per-minute": "0", "max-seats-per-network": "0" });
    shop = await openShop(house);
  });
  after(() => house.close());

  const holdsAt = (showing = 0) => `/api/v1/showings/${shop.showingIds[showing]}/holds`;
  const hold = (who: Visitor, body: object, showing = 0) => who.ask<HoldAnswer>("POST", holdsAt(showing), body);
  const order = (who: Visitor, body: object) => who.ask<OrderAnswer>("POST", "/api/v1/orders", body);

  it("sells one seat to one of two hundred clients who want it at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const client = visitor(house);
        const held = await hold(client, { seats: ["A-1"] });
        return held.status === 201 ? { ...(await order(client, orderBody(held.body.id))), held: true } : held;
      }),
    );
    const sold = answers.filter(({ status }) => status === 201);
    equal(sold.length, 1);
    ok(answers.every(({ status, body }) => status === 201 || (status === 409 && body.code === "seats_taken")));
    await house.app.caughtUp();
    equal((await house.app.store.db.selectFrom("orders").selectAll().execute()).length, 1);
  });

  it("takes no hold back while it is being paid for, and says so", async () => {
    const client = visitor(house);
    const held = await hold(client, { bestAvailable: { quantity: 1 } });
    const body = orderBody(held.body.id);
    const paying = await order(client, { ...body, payment: { provider: "sandbox", token: "tok_requires_action" } });
    equal(paying.status, 202);
    const back = await client.ask<{ code: string }>("DELETE", `/api/v1/holds/${held.body.id}`);
    equal(back.status, 409);
    equal(back.body.code, "hold_in_payment");
  });

  it("sells a hold once, to one of two hundred orders for it at once", async () => {
    const client = visitor(house);
    const held = await hold(client, { seats: ["B-1", "B-2"] });
    const answers = await Promise.all(Array.from({ length: 200 }, () => order(client, orderBody(held.body.id))));
    equal(answers.filter(({ status }) => status === 201).length, 1);
    const others = answers.filter(({ status }) => status !== 201);
    ok(
      others.every(({ status }) => status === 409 || status === 410),
      JSON.stringify(others[0]),
    );
  });

  it("answers two hundred twins of one order with one order", async () => {
    const client = visitor(house);
    const body = orderBody((await hold(client, { seats: ["B-3", "B-4"] })).body.id);
    const answers = await Promise.all(Array.from({ length: 200 }, () => order(client, body)));
    deepEqual(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
    equal(answers[0]?.status, 201);
    equal(
      (await order(client, { ...body, buyer: { email: "eve@example.org", name: "Eve" } })).body.code,
      "order_id_reused",
    );
  });

  it("computes every total itself, whatever a client says about money", async () => {
    const client = visitor(house);
    const price = (await hold(client, { seats: ["C-1", "C-2"] })).body;
    const each = price.totalMinor / 2;
    ok(each >= 1_200, "the seller's price with fee and tax");
    for (const extra of [{ price: 1 }, { totalMinor: 1 }, { currency: "JPY" }, { tiers: ["free"] }, { code: "FREE" }]) {
      const answer = await hold(client, { seats: ["C-4", "C-5"], ...extra });
      ok(answer.status === 400 || answer.status === 422, JSON.stringify([extra, answer]));
    }
    for (const quantity of [0, -1, 1e9, 1.5, "2", null]) {
      const answer = await hold(client, { bestAvailable: { quantity } });
      ok([400, 422].includes(answer.status), `quantity ${quantity} was answered ${answer.status}`);
    }
    for (const seats of [["C-4", "C-4"], ["FLOOR#1"], ["Z-99"], [], [""], ["c-4"]])
      ok([400, 422].includes((await hold(client, { seats })).status), seats.join());
    for (const [change, status] of [
      [{ expectedTotalMinor: 1 }, 422],
      [{ expectedTotalMinor: -1 }, 400],
      [{ expectedTotalMinor: price.totalMinor - 1 }, 422],
      [{ totalMinor: 0 }, 400],
      [{ lines: [] }, 400],
      [{ currency: "JPY" }, 400],
      [{ payment: { provider: "sandbox", token: "tok_approve", amountMinor: 1 } }, 400],
      [{ payment: { provider: "other", token: "tok_approve" } }, 400],
    ] as const)
      equal((await order(client, orderBody(price.id, change))).status, status, JSON.stringify(change));
    const sold = await order(client, orderBody(price.id, { expectedTotalMinor: price.totalMinor }));
    deepEqual([sold.status, sold.body.totalMinor], [201, price.totalMinor]);
    const payment = await house.app.payments.find(sold.body.id);
    equal("amountMinor" in payment && payment.amountMinor, price.totalMinor);
  });

  it("refuses card numbers and keeps them nowhere", async () => {
    const client = visitor(house);
    const card = "5555555555554444";
    const held = await hold(client, { seats: ["D-1", "D-2"] });
    for (const token of [card, card.replaceAll(/(\d{4})/g, "$1 ").trim(), `pan=${card}`]) {
      const answer = await order(client, orderBody(held.body.id, { payment: { provider: "sandbox", token } }));
      deepEqual([answer.status, answer.body.code], [400, "invalid_request"]);
      ok(!JSON.stringify(answer).includes(card), "not even in the answer");
    }
    equal((await order(client, orderBody(held.body.id))).status, 201);
    await house.app.caughtUp();
    for (const name of await readdir(house.folder)) {
      const text = name.includes(".db") ? await readFile(join(house.folder, name), "latin1") : "";
      ok(!text.includes(card) && !text.includes("5555 5555"), `${name} holds a card number`);
    }
  });

  it("answers ten thousand malformed requests without a fault of its own and without any change", async (t) => {
    const seed = testSeed();
    t.diagnostic(`TEST_SEED=${seed}`);
    const random = seededRandom(seed);
    const client = visitor(house);
    const { server } = house.app;
    const seller = await server.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { email: shop.email, password: "velvet rope 1927" },
    });
    const cookie = seller.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const held = (await hold(client, { seats: ["E-1", "E-2"] })).body;
    const sold = await order(client, orderBody((await hold(client, { seats: ["F-1", "F-2"] })).body.id));
    const tickets = await client.ask<{ items: { token: string }[] }>(
      "GET",
      `/api/v1/orders/${sold.body.id}/tickets?key=${sold.body.key}`,
    );
    const valid = validRequests(shop, held.id, tickets.body.items[0]?.token ?? "", cookie);
    await house.app.caughtUp();
    const before = await digest(house, shop);
    const seen = new Map<number, number>();
    for (let batch = 0; batch < 200; batch += 1) {
      const requests = Array.from({ length: 50 }, () => {
        const request = valid[Math.floor(random() * valid.length)];
        if (!request) throw new Error("no request to spoil");
        return spoil(random, request);
      });
      const answers = await Promise.all(requests.map(({ request }) => server.inject(request)));
      for (const [index, { statusCode, body, headers }] of answers.entries()) {
        seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
        const { how, request } = requests[index] ?? {};
        const { url, payload } = request ?? {};
        const type = headers["content-type"];
        ok(type === "application/problem+json; charset=utf-8", `${statusCode} for ${how} is a ${type}: ${body}`);
        ok(
          statusCode >= 400 && statusCode < 500,
          `${statusCode} for ${how}: ${url} ${payload?.slice(0, 300)} → ${body}`,
        );
      }
    }
    t.diagnostic(JSON.stringify(Object.fromEntries(seen)));
    await house.app.caughtUp();
    deepEqual(await digest(house, shop), before);
  });
});

/** What could be sent rightly: every way to hold, an order for a live hold, a scan of a valid ticket. */
function validRequests(shop: Shop, holdId: string, token: string, cookie: string): readonly ValidRequest[] {
  const holds = `/api/v1/showings/${shop.showingIds[0]}/holds`;
  const post = { method: "POST", cookie } as const;
  const spoilt = `${token.slice(0, -6)}${token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA"}`;
  return [
    {
      ...post,
      url: holds,
      // The last is taken: what is spoilt elsewhere, and still understood, finds no place.
      body: { seats: ["G-1", "E-1"] },
      wrong: { "seats.0": ["Z-1", "FLOOR#1", "E-1", "x".repeat(65), "\u0000", "__proto__"] },
    },
    {
      ...post,
      url: holds,
      body: { bestAvailable: { quantity: 2, section: "NOWHERE", maxPrice: 1 } },
      wrong: { "bestAvailable.quantity": [0, -1, 1.5, 1e9, 11, "2"], "bestAvailable.maxPrice": [-1, 0.5, "9"] },
    },
    {
      ...post,
      url: holds,
      body: { standing: [{ section: "FLOOR", quantity: 2 }], tiers: ["adult", "no-tier"] },
      wrong: { "standing.0.quantity": [0, -1, 2.5, 1e9], "tiers.1": ["", "x".repeat(65)] },
    },
    {
      ...post,
      url: "/api/v1/orders",
      optional: "expectedTotalMinor",
      body: {
        id: crypto.randomUUID(),
        holdId,
        buyer: { email: "ada@example.org", name: "Ada" },
        payment: { provider: "sandbox", token: "tok_approve" },
        expectedTotalMinor: 1,
      },
      wrong: {
        id: ["short", "x".repeat(65), "sp ace-sp ace-sp ace", "../../../../etc/passwd"],
        holdId: ["", "nothing", `${holdId}x`, "x".repeat(65)],
        "buyer.email": ["nobody", "a@", "x".repeat(300), "a@b@c"],
        "buyer.name": ["", "   ", "x".repeat(101), "Ada\r\nBcc: eve@example.org", "Ada\u0000"],
        "payment.provider": ["", "stripe", "x".repeat(21)],
        "payment.token": ["", "x".repeat(201), "4111111111111111"],
        expectedTotalMinor: [0, -1, 1.5, 1e300],
      },
    },
    {
      ...post,
      url: "/api/v1/scans",
      body: { token: spoilt, gate: "north", showingId: shop.showingIds[0] },
      wrong: {
        token: ["", "v1", "v1...", `${spoilt}.`, token.toUpperCase(), token.replace("v1", "v2"), "x".repeat(2_001)],
        gate: ["", "x".repeat(61)],
        showingId: ["", "x".repeat(65)],
      },
    },
  ];
}

/** Everything about sales that a request could have changed. */
async function digest({ app }: House, { showingIds }: Shop): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = { heads: await app.inventory.log.heads() };
  for (const table of [
    "orders",
    "tickets",
    "refunds",
    "applied",
    "conflicts",
    "showings",
    "accounts",
    "audit",
    "outbox",
  ] as const) {
    const rows = await app.store.db.selectFrom(table).selectAll().execute();
    found[table] = [rows.length, table === "outbox" ? "" : hash("sha256", JSON.stringify(rows))];
  }
  for (const id of showingIds) {
    const showing = await app.catalogue.showing(id);
    if (showing) found[id] = await app.sales.seatStates(showing);
  }
  const payments = [];
  for await (const payment of app.payments.list(0)) payments.push(payment);
  found["payments"] = hash("sha256", JSON.stringify(payments));
  return found;
}
