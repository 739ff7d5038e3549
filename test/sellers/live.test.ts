// The seller's side against the whole application: what is listed is found, sold, counted, refunded and scanned.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { keyOf } from "../accounts/signed-up.ts";
import { cinema } from "../authoring/setting.ts";

type Body = Record<string, unknown>;

async function openLive() {
  const folder = mkdtempSync(join(tmpdir(), "marquee-live-"));
  const app = await openApp(
    readConfig({ data: folder, port: "0", "log-level": "silent", "writes-per-minute": "0" }, {}),
  );
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody who keeps their cookies. */
function client(app: Awaited<ReturnType<typeof openLive>>["app"]) {
  const cookies: Record<string, string> = {};
  return async (
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Body }> => {
    const url = `/api/v1${path}`;
    const answer = await app.server.inject({ method, url, cookies, ...(body ? { payload: body } : {}) });
    for (const { name, value } of answer.cookies) cookies[name] = value;
    return { status: answer.statusCode, body: answer.body === "" ? {} : answer.json() };
  };
}

const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("a new show appears in the list, sells, is counted, given back in part, scanned once, and cancelled", async () => {
  await using live = await openLive();
  const { app } = live;
  const seller = client(app);
  const buyer = client(app);
  const ines = { email: "ines@example.org", name: "Ines", password: "a walrus on the balcony" };
  const signUp = { token: keyOf((await app.accounts.register(ines)).path), password: ines.password };
  await seller("POST", "/accounts/confirm", signUp);
  const { body: opened } = await seller("POST", "/sellers", { name: "Mayan", currency: "USD" });
  const sellerId = String(opened["id"]);
  const at = `/sellers/${sellerId}`;
  const made = async (path: string, body: object) => {
    const answer = await seller("POST", at + path, body);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const venue = await made("/venues", cinema);
  const auditorium = await made("/auditoriums", { venueId: venue["id"], name: "One", template: "small-cinema" });
  const show = await made("/shows", { kind: "film", title: "The Third Man", runningMinutes: 104, synopsis: "Vienna." });
  await made(`/shows/${String(show["id"])}/publish`, {});
  const prices = await made("/price-lists", { tiers: [{ id: "adult", name: "Adult", sections: { MAIN: 1_250 } }] });
  const before = await buyer("GET", `/shows?on=${soon(3)}`);
  assert.deepEqual(before.body["items"], []);
  const { showings } = await made("/showings", {
    showId: show["id"],
    auditoriumId: auditorium["id"],
    priceListId: prices["id"],
    times: ["19:30", "22:00"],
    from: soon(3),
    to: soon(3),
    publish: true,
  });
  const [showing, late] = showings as { id: string }[];
  assert.ok(showing && late);
  // Published before the call answered: nobody has to wait.
  const listed = await buyer("GET", `/shows?on=${soon(3)}`);
  assert.match(JSON.stringify(listed.body), /The Third Man/);

  const order = async (showingId: string, seats: string[], id: string) => {
    const held = await buyer("POST", `/showings/${showingId}/holds`, { seats });
    assert.equal(held.status, 201, JSON.stringify(held.body));
    const placed = await buyer("POST", "/orders", {
      id,
      holdId: held.body["id"],
      buyer: { email: "bea@example.org", name: "Bea" },
      payment: { provider: "sandbox", token: "tok_approve" },
    });
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
  };
  await made(`/showings/${showing.id}/blocks`, { seats: ["A-1", "A-2"], blocked: true });
  const blocked = await buyer("POST", `/showings/${showing.id}/holds`, { seats: ["A-1", "A-2"] });
  assert.deepEqual([blocked.status, blocked.body["code"]], [409, "seats_taken"]);
  await order(showing.id, ["E-5", "E-6", "E-7"], "order-0123456789-1");
  await order(late.id, ["E-5", "E-6"], "order-0123456789-2");
  await app.caughtUp();

  const sales = async () => {
    const { body } = await seller("GET", `${at}/sales?by=showing&from=${soon(2)}&to=${soon(4)}`);
    return (body["items"] as { tickets: number; netMinor: number }[]).map((line) => [line.tickets, line.netMinor]);
  };
  assert.deepEqual(await sales(), [
    [3, 3_750],
    [2, 2_500],
  ]);
  const moved = await seller("POST", `${at}/orders/order-0123456789-1/refunds`, {
    id: "refund-0123456789",
    seats: ["E-7"],
    reason: "Ill",
  });
  assert.deepEqual([moved.status, moved.body["refundStatus"]], [200, "part"]);
  await app.caughtUp();
  assert.deepEqual(await sales(), [
    [2, 2_500],
    [2, 2_500],
  ]);

  const tickets = await app.sales.tickets("order-0123456789-1", { sellerIds: [sellerId] });
  const { token } = tickets.find((ticket) => ticket.seat === "E-5") ?? { token: "" };
  const first = await seller("POST", "/scans", { token, gate: "Main" });
  assert.deepEqual([first.status, first.body["admitted"], first.body["admittedCount"]], [200, true, 1]);
  const second = await seller("POST", "/scans", { token, gate: "North" });
  assert.deepEqual([second.status, second.body["code"], second.body["usedGate"]], [409, "ticket_used", "Main"]);
  assert.match(String(second.body["usedAt"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);

  await made(`/showings/${late.id}/cancel`, { reason: "Burst pipe" });
  for (let round = 0; round < 200; round += 1) {
    const { body } = await seller("GET", `${at}/orders/order-0123456789-2`);
    if (body["refundStatus"] === "whole") break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await app.caughtUp();
  assert.deepEqual(await sales(), [
    [2, 2_500],
    [0, 0],
  ]);
  const gone = await buyer("POST", `/showings/${late.id}/holds`, { seats: ["F-1"] });
  assert.deepEqual([gone.status, gone.body["code"]], [410, "showing_cancelled"]);
  const again = await seller("POST", `${at}/showings/${late.id}/cancel`, { reason: "Burst pipe" });
  assert.equal(again.status, 202, "asking again answers the same job");
});
