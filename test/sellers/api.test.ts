import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import type { OrderView } from "../../src/sales/sales.ts";
import { cinema } from "../authoring/setting.ts";
import { start } from "../accounts/setting.ts";
import { openSellers, sellerOf } from "./setting.ts";

test("a seller lists a show from nothing to published showings by API alone", async () => {
  await using setting = await openSellers();
  const { owner, at } = await sellerOf(setting, "ines");
  const made = async (path: string, body: object, status = 201) => {
    const answer = await owner.send("POST", at + path, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    return answer.body;
  };
  const venue = await made("/venues", cinema);
  const auditorium = await made("/auditoriums", { venueId: venue["id"], name: "One", template: "theatre" });
  assert.deepEqual([auditorium["placeCount"], auditorium["turnaroundMinutes"]], [1_200, 20]);
  const drawn = await owner.send("GET", `${at}/auditoriums/${String(auditorium["id"])}`);
  const { sections } = drawn.body["seatMap"] as { sections: { id: string }[] };
  const show = await made("/shows", {
    kind: "event",
    title: "Bea & the Wolves",
    runningMinutes: 120,
    synopsis: "Loud.",
  });
  assert.equal(show["status"], "draft");
  await made(`/shows/${String(show["id"])}/publish`, {}, 200);
  const tiers = [{ id: "all", name: "All", sections: Object.fromEntries(sections.map(({ id }) => [id, 4_500])) }];
  const preview = await made("/price-lists", { tiers, seatMapId: auditorium["seatMapId"], dryRun: true }, 200);
  assert.deepEqual(preview["unsold"], []);
  const prices = await made("/price-lists", { tiers });
  const plan = {
    showId: show["id"],
    auditoriumId: auditorium["id"],
    priceListId: prices["id"],
    times: ["20:00"],
    weekdays: ["fri", "sat"],
    from: "2026-12-01",
    to: "2026-12-31",
    publish: true,
  };
  const look = await made("/showings", { ...plan, dryRun: true }, 200);
  assert.deepEqual([(look["showings"] as unknown[]).length, look["clashes"]], [8, []]);
  const done = await made("/showings", plan);
  const [first] = done["showings"] as { id: string; startsAt: string }[];
  assert.equal(first?.startsAt, "2026-12-05T03:00:00Z");
  const refused = await owner.send("POST", `${at}/showings`, plan);
  assert.deepEqual([refused.status, refused.body["code"]], [409, "schedule_clash"]);
  const [clash] = refused.body["clashes"] as { date: string; with: { title: string; startsAt: string } }[];
  assert.deepEqual([clash?.date, clash?.with.title], ["2026-12-04", "Bea & the Wolves"]);
  const room = `${at}/auditoriums/${String(auditorium["id"])}`;
  const stale = await owner.send("PATCH", room, { template: "small-cinema", basedOn: "another" });
  assert.deepEqual([stale.status, stale.body["code"]], [409, "changed_meanwhile"]);
  await owner.send("PATCH", room, { template: "small-cinema", basedOn: auditorium["seatMapId"] });
  const versions = (await owner.send("GET", `${room}/seat-maps`)).body["items"] as Record<string, unknown>[];
  assert.deepEqual(
    versions.map(({ current, placeCount, toCome }) => [current, placeCount, toCome]),
    [
      [true, 120, 0],
      [false, 1_200, 8],
    ],
  );
  assert.equal(versions[1]?.["first"], "2026-12-05T03:00:00Z");
  const old = await owner.send("GET", `${room}/seat-maps/${String(versions[1]?.["seatMapId"])}`);
  assert.equal((old.body["seatMap"] as { name: string }).name, "Theatre");
  assert.equal((await owner.send("GET", `${room}/seat-maps/0123456789`)).status, 404);
  const day = await owner.send("GET", `${at}/showings?venueId=${String(venue["id"])}&date=2026-12-04`);
  assert.deepEqual(
    (day.body["items"] as { id: string; status: string }[]).map(({ id, status }) => [id, status]),
    [[first?.id, "published"]],
  );
  const blocked = await owner.send("POST", `${at}/showings/${first?.id ?? ""}/blocks`, { seats: ["X"], blocked: true });
  assert.equal(blocked.status, 204);
  const cancelled = await owner.send("POST", `${at}/showings/${first?.id ?? ""}/cancel`, { reason: "Ill" });
  assert.deepEqual([cancelled.status, cancelled.body["jobId"]], [202, `cancel:${first?.id}`]);
});

test("what the schema does not know is refused by name", async () => {
  await using setting = await openSellers();
  const { owner, at } = await sellerOf(setting, "ines");
  const { status, body } = await owner.send("POST", `${at}/venues`, { ...cinema, number: 7 });
  assert.deepEqual([status, body["code"], body["field"]], [400, "invalid_request", "number"]);
  const several = await owner.send("POST", `${at}/venues`, { ...cinema, name: " ", country: "??" });
  assert.deepEqual(Object.keys(several.body["fields"] as object), ["name", "country"]);
});

/** A multipart body with one file. */
function upload(bytes: Buffer, name: string, type: string) {
  const head = `--edge\r\ncontent-disposition: form-data; name="image"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return {
    headers: { "content-type": "multipart/form-data; boundary=edge" },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--edge--\r\n")]),
  };
}

test("a poster is uploaded as a form sends it; what is no image, or too long, is refused", async () => {
  await using setting = await openSellers();
  const { owner, at } = await sellerOf(setting, "ines");
  const send = async (body: object) => {
    const cookies = { "__Host-marquee": owner.secret() ?? "" };
    const answer = await setting.server.inject({ method: "POST", url: `/api/v1${at}/media`, cookies, ...body });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  const image = await sharp({ create: { width: 640, height: 960, channels: 3, background: "#a02040" } })
    .png()
    .toBuffer();
  const made = await send(upload(image, "poster.png", "image/png"));
  assert.equal(made.status, 201);
  assert.equal((made.body["variants"] as unknown[]).length, 3);
  const fake = await send(upload(Buffer.from("<svg/>"), "poster.png", "image/png"));
  assert.deepEqual([fake.status, fake.body["code"], fake.body["field"]], [422, "image_refused", "image"]);
  const long = await send(upload(Buffer.alloc(5 * 1024 * 1024 + 1, 1), "poster.png", "image/png"));
  assert.deepEqual([long.status, long.body["code"]], [413, "too_large"]);
  const none = await send({ payload: { image: "data:image/png;base64,AAAA" } });
  assert.deepEqual([none.status, none.body["code"]], [415, "unsupported_media_type"]);
});

const order = (sellerId: string): OrderView => ({
  id: "order-0123456789",
  status: "confirmed",
  refundStatus: "none",
  showingId: "00001000000000000",
  showId: "show",
  venueId: "venue",
  sellerId,
  startsAt: start,
  buyer: { email: "bea@example.org", name: "Bea" },
  currency: "USD",
  lines: [],
  tierNames: {},
  totalMinor: 1_000,
  refundedMinor: 0,
  placedAt: start,
  tickets: [],
  secret: "never shown to a seller",
});

test("an order is shown to its seller without the buyer's secret, and given back", async () => {
  await using setting = await openSellers();
  const { owner, at, sellerId } = await sellerOf(setting, "ines");
  setting.orders.set("order-0123456789", order(sellerId));
  const { body } = await owner.send("GET", `${at}/orders/order-0123456789`);
  assert.deepEqual(
    [body["id"], body["placedAt"], "secret" in body],
    ["order-0123456789", "2026-11-22T19:30:00Z", false],
  );
  const refund = { id: "refund-0123456789", seats: ["A-1"], reason: "Ill" };
  const refunded = await owner.send("POST", `${at}/orders/order-0123456789/refunds`, refund);
  assert.equal(refunded.body["refundStatus"], "whole");
  assert.deepEqual(setting.refunds, [
    { orderId: "order-0123456789", sellerId, refundId: refund.id, reason: "Ill", actor: owner.id, seats: ["A-1"] },
  ]);
});

test("tickets of an order are moved, each named once and by a client's id", async () => {
  await using setting = await openSellers();
  const { owner, at, sellerId } = await sellerOf(setting, "ines");
  setting.orders.set("order-0123456789", order(sellerId));
  const path = `${at}/orders/order-0123456789/moves`;
  const move = { moveId: "moving-0123456789", moves: [{ from: "A-1", to: "B-1" }] };
  const { status, body } = await owner.send("POST", path, move);
  assert.deepEqual([status, body["id"], "secret" in body], [200, "order-0123456789", false]);
  assert.deepEqual(setting.moves, [{ ...move, orderId: "order-0123456789", sellerId, actor: owner.id }]);
  for (const [field, wrong] of [
    ["moveId", { ...move, moveId: "x" }],
    ["moves", { ...move, moves: [] }],
    ["moves.0.to", { ...move, moves: [{ from: "A-1" }] }],
    ["moves.0.to", { ...move, moves: [{ from: "A-1", to: 7 }] }],
  ] as const) {
    const refused = await owner.send("POST", path, wrong);
    assert.deepEqual([refused.status, refused.body["code"], refused.body["field"]], [400, "invalid_request", field]);
  }
  assert.equal(setting.moves.length, 1);
});

test("the door admits, or says why not and since when", async () => {
  await using setting = await openSellers();
  const { owner } = await sellerOf(setting, "ines");
  const ticket = {
    id: "order.1",
    seat: "A-1",
    section: "MAIN",
    tier: "adult",
    tierName: "Adult",
    showingId: "00001000000000000",
    title: "Laura",
    startsAt: start,
    timeZone: "America/Denver",
  };
  setting.scans.set("good", { admitted: true, detail: "Welcome: A-1.", ticket, admittedCount: 1 });
  setting.scans.set("twice", {
    admitted: false,
    reason: "ticket_used",
    detail: "This ticket was used already.",
    ticket,
    usedAt: start,
    usedGate: "Main",
  });
  setting.scans.set("void", { admitted: false, reason: "ticket_void", detail: "This ticket was given back." });
  const good = await owner.send("POST", "/scans", { token: "good", gate: "Main" });
  assert.deepEqual([good.status, good.body["admitted"], good.body["admittedCount"]], [200, true, 1]);
  const twice = await owner.send("POST", "/scans", { token: "twice", gate: "Main" });
  assert.deepEqual(
    [twice.status, twice.body["code"], twice.body["usedAt"], twice.body["usedGate"]],
    [409, "ticket_used", "2026-11-22T19:30:00Z", "Main"],
  );
  assert.match(String(twice.headers["content-type"]), /problem\+json/);
  assert.equal((await owner.send("POST", "/scans", { token: "void", gate: "Main" })).body["code"], "ticket_void");
  assert.equal((await owner.send("POST", "/scans", { token: "forged", gate: "Main" })).status, 422);
});
