import assert from "node:assert/strict";
import { test } from "node:test";
import { roleRights, type Right } from "../../src/accounts/accounts.ts";
import { cinema, film, listed } from "../authoring/setting.ts";
import { everybody, openSellers, sellerOf, type Role, type Route } from "./setting.ts";

const id = "0".repeat(26);
const period = "?by=day&from=2026-11-01&to=2026-11-30";
const at = "/sellers/:sellerId";

/** What each route needs, with a request that passes its schema. */
const needs: Record<string, { right: Right; body?: object; query?: string }> = {
  [`GET ${at}/venues`]: { right: "orders" },
  [`POST ${at}/venues`]: { right: "list", body: cinema },
  [`GET ${at}/venues/:venueId`]: { right: "orders" },
  [`PATCH ${at}/venues/:venueId`]: { right: "list", body: { name: "Rex" } },
  [`GET ${at}/auditoriums`]: { right: "orders" },
  [`POST ${at}/auditoriums`]: { right: "list", body: { venueId: id, name: "One", template: "small-cinema" } },
  [`GET ${at}/auditoriums/:auditoriumId`]: { right: "orders" },
  [`GET ${at}/auditoriums/:auditoriumId/seat-maps`]: { right: "orders" },
  [`GET ${at}/auditoriums/:auditoriumId/seat-maps/:seatMapId`]: { right: "orders" },
  [`PATCH ${at}/auditoriums/:auditoriumId`]: { right: "list", body: { name: "Two" } },
  [`GET ${at}/shows`]: { right: "orders" },
  [`POST ${at}/shows`]: { right: "list", body: { kind: film.kind, title: film.title, runningMinutes: 90 } },
  [`GET ${at}/shows/:showId`]: { right: "orders" },
  [`PATCH ${at}/shows/:showId`]: { right: "list", body: { title: "Laura" } },
  [`POST ${at}/shows/:showId/publish`]: { right: "list" },
  [`POST ${at}/shows/:showId/archive`]: { right: "list" },
  [`GET ${at}/media`]: { right: "list" },
  [`POST ${at}/media`]: { right: "list" },
  [`GET ${at}/price-lists`]: { right: "orders" },
  [`POST ${at}/price-lists`]: { right: "list", body: { tiers: [{ id: "a", name: "A", sections: { MAIN: 1 } }] } },
  [`GET ${at}/price-lists/:priceListId`]: { right: "orders" },
  [`POST ${at}/price-lists/:priceListId/apply`]: { right: "schedule", body: { showingIds: [id] } },
  [`GET ${at}/showings`]: { right: "orders", query: `?showId=${id}` },
  [`POST ${at}/showings`]: {
    right: "schedule",
    body: {
      showId: id,
      auditoriumId: id,
      priceListId: id,
      times: ["19:30"],
      from: "2026-12-01",
      to: "2026-12-01",
    },
  },
  [`GET ${at}/showings/:showingId`]: { right: "orders" },
  [`PATCH ${at}/showings/:showingId`]: { right: "schedule", body: { time: "20:00" } },
  [`POST ${at}/showings/publish`]: { right: "schedule", body: { showingIds: [id] } },
  [`POST ${at}/showings/:showingId/publish`]: { right: "schedule" },
  [`GET ${at}/showings/:showingId/cancellation`]: { right: "cancel" },
  [`POST ${at}/showings/:showingId/cancel`]: { right: "cancel", body: { reason: "Burst pipe" } },
  [`POST ${at}/showings/:showingId/blocks`]: { right: "schedule", body: { seats: ["A-1"], blocked: true } },
  [`GET ${at}/orders`]: { right: "orders" },
  [`GET ${at}/orders/:orderId`]: { right: "orders" },
  [`POST ${at}/orders/:orderId/refunds`]: { right: "refund", body: { id: "0123456789abcdef", reason: "Ill" } },
  [`POST ${at}/orders/:orderId/moves`]: {
    right: "refund",
    body: { moveId: "0123456789abcdef", moves: [{ from: "A-1", to: "A-2" }] },
  },
  [`POST ${at}/orders/:orderId/mails`]: { right: "orders" },
  [`GET ${at}/orders/:orderId/history`]: { right: "orders" },
  [`GET ${at}/sales`]: { right: "sales", query: period },
  [`GET ${at}/sales.csv`]: { right: "sales", query: period },
  [`GET ${at}/orders.csv`]: { right: "orders" },
  [`GET ${at}/showings/:showingId/door`]: { right: "scan" },
  "POST /scans": { right: "scan", body: { token: "v1.nonsense", gate: "Main" } },
};

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const addressOf = (path: string, sellerId: string) => path.replace(":sellerId", sellerId).replaceAll(/:\w+/g, id);

test("the table of rights names every route of the seller's side, and no other", async () => {
  await using setting = await openSellers();
  assert.deepEqual(setting.routes.map(nameOf).toSorted(), Object.keys(needs).toSorted());
});

test("every route answers those whose role allows it, and nobody else", async () => {
  await using setting = await openSellers();
  const { people, sellerId } = await everybody(setting);
  for (const route of setting.routes) {
    const need = needs[nameOf(route)];
    assert.ok(need);
    for (const [who, person] of Object.entries(people)) {
      const secret = person.secret();
      const answer = await setting.server.inject({
        method: route.method,
        url: `/api/v1${addressOf(route.path, sellerId)}${need.query ?? ""}`,
        ...(need.body ? { payload: need.body } : {}),
        ...(secret === undefined ? {} : { cookies: { "__Host-marquee": secret } }),
      });
      const status: number = answer.statusCode;
      const rights: readonly string[] = who in roleRights ? roleRights[who as Role] : [];
      // The door asks for any seller: the rival scans there, and is told that the ticket is none.
      const allowed = rights.includes(need.right) || (who === "other seller" && route.path === "/scans");
      const said: string = `${who}: ${nameOf(route)} answered ${status} ${answer.body}`;
      if (who === "nobody") assert.equal(status, 401, said);
      else if (allowed) assert.ok(status !== 401 && status !== 403 && status < 500, said);
      else assert.equal(status, 403, said);
    }
  }
});

test("an id of another seller's is not found, whatever is asked of it", async () => {
  await using setting = await openSellers();
  const victim = await sellerOf(setting, "victim");
  const by = { sellerId: victim.sellerId, actor: victim.owner.id };
  const theirs = await listed({ authoring: setting.authoring, by });
  const { showings } = await setting.authoring.schedule(by, { ...theirs.plan, publish: true });
  const rival = await sellerOf(setting, "rival");
  const ids: Record<string, string> = {
    ":venueId": theirs.venue.id,
    ":auditoriumId": theirs.auditorium.id,
    ":showId": theirs.show.id,
    ":priceListId": theirs.prices.list.id,
    ":showingId": showings[0]?.id ?? "",
    ":orderId": "0123456789abcdef",
  };
  const before = await setting.store.db.selectFrom("audit").select("id").execute();
  let asked = 0;
  for (const route of setting.routes.filter(({ path }) => /:(?!sellerId)/.test(path))) {
    const path = route.path.replace(":sellerId", rival.sellerId).replaceAll(/:\w+/g, (name) => ids[name] ?? name);
    const { status, body } = await rival.owner.send(route.method, path, needs[nameOf(route)]?.body);
    assert.deepEqual([nameOf(route), status, body["code"]], [nameOf(route), 404, "not_found"]);
    asked += 1;
  }
  assert.ok(asked >= 14);
  const bodies: [path: string, body: object][] = [
    ["/auditoriums", { venueId: theirs.venue.id, name: "One", template: "small-cinema" }],
    ["/showings", theirs.plan],
    ["/showings/publish", { showingIds: [showings[0]?.id] }],
  ];
  for (const [path, body] of bodies) {
    assert.equal((await rival.owner.send("POST", rival.at + path, body)).status, 404, path);
  }
  const after = await setting.store.db.selectFrom("audit").select("id").execute();
  assert.equal(after.length, before.length, "nothing was changed");
});
