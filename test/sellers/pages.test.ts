// The seller's pages as a browser without scripts uses them.

import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { invitationPath } from "../../src/accounts/links.ts";
import { start } from "../accounts/setting.ts";
import { cinema, film, listed } from "../authoring/setting.ts";
import type { Visitor } from "../accounts/http-setting.ts";
import { hidden } from "../web/fixture.ts";
import { browser, everybody, openSellers, sellerOf, sold, type SellersSetting } from "./setting.ts";

/** A multipart form as a browser sends it. */
async function send(
  setting: SellersSetting,
  person: Visitor,
  url: string,
  fields: object,
  file?: { name: string; bytes: Buffer },
) {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  );
  const head = `--edge\r\ncontent-disposition: form-data; name="${file?.name ?? "none"}"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
  const answer = await setting.server.inject({
    method: "POST",
    url,
    headers: { "content-type": "multipart/form-data; boundary=edge", "sec-fetch-site": "same-origin" },
    cookies: { "__Host-marquee": person.secret() ?? "" },
    payload: Buffer.concat([
      Buffer.from(parts.join("")),
      ...(file ? [Buffer.from(head), file.bytes, Buffer.from("\r\n")] : []),
      Buffer.from("--edge--\r\n"),
    ]),
  });
  return { status: answer.statusCode, html: answer.body, location: answer.headers.location ?? "" };
}

const optionOf = (html: string, text: string) =>
  new RegExp(`<option value="([^"]+)"[^>]*>${text}`).exec(html)?.[1] ?? "";

test("from opening a seller account to published showings, by forms alone", async () => {
  await using setting = await openSellers();
  const { owner } = await sellerOf(setting, "ines");
  const pages = browser(setting, owner);
  const opened = await pages.post("/sell", { name: "Mayan Cinemas", currency: "USD" });
  assert.match(opened.page.html, /<title>Dashboard – Mayan Cinemas · /);
  assert.match(opened.page.html, /On the way to your first sale/);
  const at = opened.page.url;

  const { latitude: _, longitude: __, timeZone: ___, ...address } = cinema;
  const venue = await pages.post(`${at}/venues/new`, { ...address, latitude: "", longitude: "", timeZone: "" });
  assert.equal(venue.page.status, 200);
  assert.match(venue.page.html, /value="America\/Denver"/, "the city's clock is taken");
  assert.match(venue.page.html, /value="39.74"/);
  const venueAt = new URL(venue.page.url, "http://x").pathname;

  const room = await send(setting, owner, `${venueAt}/auditoriums/new`, {
    name: "One",
    turnaroundMinutes: 20,
    template: "small-cinema",
  });
  assert.equal(room.status, 303);
  const drawn = await pages.get(room.location);
  assert.equal(drawn.html.match(/<circle /g)?.length, 120);

  const image = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#103050" } })
    .png()
    .toBuffer();
  const fields = { ...film, genres: "Thriller, Film noir", cast: "Joseph Cotten", directors: "Carol Reed" };
  const show = await send(setting, owner, `${at}/shows/new`, fields, { name: "image", bytes: image });
  assert.equal(show.status, 303, show.html);
  const showPage = await pages.get(show.location);
  assert.match(showPage.html, /src="\/static\/media\/[0-9a-f]{2}\/[0-9a-f]+-400\/400\.webp"/);
  const showAt = new URL(show.location, "http://x").pathname;
  assert.match((await pages.post(`${showAt}/publish`, {})).page.html, /It is in the list of shows within two seconds/);

  const auditoriumId = /auditoriums\/(\w+)/.exec(room.location)?.[1] ?? "";
  const matrix = await pages.get(`${at}/prices/new/${auditoriumId}`);
  const priceFields = [...matrix.html.matchAll(/name="(price-0-\w+)"/g)].map(
    ([, name]) => [name ?? "", "12.50"] as const,
  );
  const prices = { fee: "1.50", tax: "8.25", "name-0": "Adult", ...Object.fromEntries(priceFields) };
  const preview = await pages.post(`${at}/prices/new/${auditoriumId}`, { ...prices, action: "preview" });
  assert.match(preview.page.html, /What buyers pay, fee and tax included/);
  assert.match(preview.page.html, /\$15\.16/, "12.50 + 1.50 and 8.25 %");
  await pages.post(`${at}/prices/new/${auditoriumId}`, { ...prices, action: "save" });

  const form = await pages.get(`${at}/schedule?show=${showAt.split("/").at(-1) ?? ""}`);
  const plan = {
    showId: optionOf(form.html, "The Third Man"),
    auditoriumId: optionOf(form.html, "Mayan, One"),
    priceListId: optionOf(form.html, "Adult"),
    times: "15:00, 19:30",
    weekdays: ["fri", "sat"],
    from: "2026-12-01",
    to: "2026-12-13",
    publish: "yes",
  };
  const looked = await pages.post(`${at}/schedule`, { ...plan, action: "preview" });
  assert.match(looked.page.html, /8 showings on 4 days\./);
  assert.match(looked.page.html, /Nothing is scheduled yet/);
  const done = await pages.post(`${at}/schedule`, { ...plan, action: "schedule" });
  assert.equal(done.answer.status, 303);
  assert.equal(done.page.html.match(/badge-good">published/g)?.length, 8);
  const clash = await pages.post(`${at}/schedule`, { ...plan, action: "schedule" });
  assert.equal(clash.answer.status, 409);
  assert.match(clash.page.html, /8 clashes/);
  assert.match(clash.page.html, /Fri, Dec 4, 3:00 PM clashes with “The Third Man” at Fri, Dec 4, 3:00 PM/);
  assert.match(clash.page.html, /value="15:00, 19:30"/, "what was typed stays");
  assert.match((await pages.get(at)).html, /Next showings/);
});

test("what is wrong stands beside its field, and what was typed stays", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const pages = browser(setting, owner);
  const at = `/sell/${sellerId}`;
  const venue = await pages.post(`${at}/venues/new`, {
    name: "Rex",
    city: "Nowhere",
    country: "USA",
    timeZone: "Mars",
  });
  assert.equal(venue.answer.status, 400);
  for (const field of ["address", "latitude", "timeZone"])
    assert.match(venue.page.html, new RegExp(`id="${field}-error"`));
  assert.match(venue.page.html, /value="Nowhere"/);

  const fields = { ...film, runningMinutes: "long", title: "Laura <3" };
  const show = await send(setting, owner, `${at}/shows/new`, fields);
  assert.equal(show.status, 400);
  assert.match(show.html, /id="runningMinutes-error"/);
  assert.match(show.html, /value="Laura &lt;3"/);
  const fake = await send(setting, owner, `${at}/shows/new`, film, { name: "image", bytes: Buffer.from("<svg/>") });
  assert.equal(fake.status, 422);
  assert.match(fake.html, /id="image-error">This is no PNG, JPEG or WebP image/);
  const huge = await send(setting, owner, `${at}/shows/new`, film, {
    name: "image",
    bytes: Buffer.alloc(6_000_000, 1),
  });
  assert.equal(huge.status, 413);
  assert.match(huge.html, /id="image-error">The file is larger than 5 MB/);
  assert.match(huge.html, /value="The Third Man"/);

  const settings = await pages.post(`${at}/settings`, {
    name: "Ines",
    feeMinor: "free",
    taxBasisPoints: "8,25",
    cancelHours: "",
  });
  assert.match(settings.page.html, /id="feeMinor-error"/);
  const saved = await pages.post(`${at}/settings`, {
    name: "Ines",
    feeMinor: "1.5",
    taxBasisPoints: "8,25",
    cancelHours: "24",
  });
  assert.equal(saved.answer.status, 303);
  const { feeMinor, taxBasisPoints, cancelHours, strandRule } = await setting.accounts.seller(sellerId);
  assert.deepEqual([feeMinor, taxBasisPoints, cancelHours, strandRule], [150, 825, 24, false]);
});

test("a seat map of one's own comes as a file, and its faults are named", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const by = { sellerId, actor: owner.id };
  const venue = await setting.authoring.addVenue(by, cinema);
  const url = `/sell/${sellerId}/venues/${venue.id}/auditoriums/new`;
  const fields = { name: "Own", turnaroundMinutes: 10, template: "own" };
  const bad = await send(setting, owner, url, fields, { name: "seatMap", bytes: Buffer.from('{"name":"x"}') });
  assert.equal(bad.status, 400);
  assert.match(bad.html, /id="seatMap-error"/);
  const text = await send(setting, owner, url, fields, { name: "seatMap", bytes: Buffer.from("rows: A, B") });
  assert.match(text.html, /This file is no JSON document/);
  const none = await send(setting, owner, url, fields);
  assert.match(none.html, /Choose the file with your seat map/);
});

async function onSale(setting: SellersSetting) {
  const people = await everybody(setting);
  const list = await listed({ authoring: setting.authoring, by: people.by });
  const { showings } = await setting.authoring.schedule(people.by, { ...list.plan, publish: true });
  const showingId = showings[0]?.id ?? "";
  return { ...people, ...list, showingId, page: `/sell/${people.sellerId}` };
}

test("cancelling says first how many orders are refunded", async () => {
  await using setting = await openSellers();
  const { page, showingId, sellerId, show, people } = await onSale(setting);
  for (const [id, seats] of [
    ["order-aaaaaaaaaaa1", ["A-1", "A-2"]],
    ["order-aaaaaaaaaaa2", ["A-3"]],
  ] as const) {
    await sold(setting, { id, sellerId, showId: show.id, showingId, seats });
  }
  const pages = browser(setting, people.manager);
  const asked = await pages.get(`${page}/showings/${showingId}/cancel`);
  const facts = [...asked.html.matchAll(/<dt>([^<]+)<\/dt><dd>(?:<strong>)?([^<]+)/g)].map(([, ...fact]) => fact);
  assert.deepEqual(facts, [
    ["Orders refunded", "2"],
    ["Tickets that stop working", "3"],
    ["Money that goes back", "$30.00"],
    ["Mails", "1 buyer is told, with your reason"],
  ]);
  const cancel = async (form: Record<string, string>) => pages.post(`${page}/showings/${showingId}/cancel`, form);
  assert.match((await cancel({ reason: " ", word: "cancel" })).page.html, /id="reason-error"/);
  const hasty = await cancel({ reason: "Burst pipe", word: "yes" });
  assert.match(hasty.page.html, /id="word-error"/);
  assert.doesNotMatch((await pages.get(`${page}/showings/${showingId}`)).html, /badge-bad">cancelled/);
  const done = await cancel({ reason: "Burst pipe", word: "cancel" });
  assert.match(done.page.html, /Every order is being refunded/);
  assert.match(done.page.html, /badge-bad">cancelled/);
});

test("seats are blocked by ticking them; what is sold cannot be ticked", async () => {
  await using setting = await openSellers();
  const { page, showingId, people } = await onSale(setting);
  const pages = browser(setting, people.owner);
  const map = await pages.get(`${page}/showings/${showingId}/blocks`);
  assert.equal(map.html.match(/name="seats"/g)?.length, 120);
  assert.match(map.html, /aria-label="A-1, blocked"/);
  assert.match(map.html, /disabled[^>]*aria-label="A-2, sold"/);
  const section = hidden(map.html, "section");
  assert.equal(hidden(map.html, "was"), "A-1");
  const form = { section, was: ["A-1"] };
  const done = await pages.post(`${page}/showings/${showingId}/blocks`, { ...form, seats: ["A-1", "A-3", "A-4"] });
  assert.match(done.page.html, /These seats are off sale/);
  assert.equal(setting.asked.at(-1), "block A-3 A-4", "what was off sale already stays so");
  const swapped = await pages.post(`${page}/showings/${showingId}/blocks`, { ...form, seats: ["A-5"] });
  assert.equal(swapped.answer.status, 303);
  assert.deepEqual(setting.asked.slice(-2), ["block A-5", "unblock A-1"]);
  assert.match(swapped.page.html, /Saved\./, "some are off sale now, and others on sale");
  assert.match((await pages.get(`${page}/showings/${showingId}`)).html, /120, 1 of them off sale/);
  const none = await pages.post(`${page}/showings/${showingId}/blocks`, { ...form, seats: ["A-1"] });
  assert.match(none.page.html, /Nothing was changed/);
});

test("an order is found and some of its seats are given back, once however often the form is sent", async () => {
  await using setting = await openSellers();
  const { page, showingId, sellerId, show, people } = await onSale(setting);
  const id = "order-aaaaaaaaaaa1";
  await sold(setting, { id, sellerId, showId: show.id, showingId, seats: ["A-1", "A-2"], name: "Bea <b>" });
  const line = { section: "MAIN", tier: "adult", faceMinor: 1_000, feeMinor: 0, taxMinor: 0, totalMinor: 1_000 };
  const ticket = { orderId: id, showingId, section: "MAIN", tier: "adult", generation: 1, status: "active" as const };
  setting.orders.set(id, {
    id,
    status: "confirmed",
    refundStatus: "none",
    showingId,
    showId: show.id,
    venueId: "",
    sellerId,
    startsAt: start,
    buyer: { name: "Bea <b>", email: "bea@example.org" },
    currency: "USD",
    lines: ["A-1", "A-2"].map((seat) => ({ seat, ...line })),
    tierNames: { adult: "Adult" },
    totalMinor: 2_000,
    refundedMinor: 0,
    placedAt: start,
    tickets: ["A-1", "A-2"].map((seat, place) => ({ id: `${id}.${place}`, place, seat, ...ticket })),
  });
  const pages = browser(setting, people["box-office"]);
  const found = await pages.get(`${page}/orders?q=bea`);
  assert.match(found.html, /Bea &lt;b>/);
  assert.match(found.html, /2 tickets/);
  assert.match((await pages.get(`${page}/orders?q=nobody`)).html, /No order matches/);
  assert.match((await pages.get(`${page}/orders/${id}`)).html, /Refund all/);
  const unticked = await pages.get(`${page}/orders/${id}/refund`);
  assert.equal(unticked.status, 400);
  assert.match(unticked.html, /Tick the tickets to refund.*name="seats" value="A-1"/s, "where they are ticked");
  const preview = await pages.get(`${page}/orders/${id}/refund?seats=A-2&seats=Z-9`);
  assert.match(preview.html, /\$10.00 go back to the buyer/);
  assert.match(preview.html, /Refund \$10.00/);
  const refundId = hidden(preview.html, "refundId");
  assert.match(refundId, /^[0-9a-z]{26}$/);
  const silent = await pages.post(`${page}/orders/${id}/refund`, { refundId, seats: ["A-2"], reason: "" });
  assert.match(silent.page.html, /id="reason-error"/);
  assert.equal(hidden(silent.page.html, "refundId"), refundId, "the same refund is tried again");
  await pages.post(`${page}/orders/${id}/refund`, { refundId, seats: ["A-2"], reason: "Ill" });
  assert.deepEqual(setting.refunds, [
    { orderId: id, sellerId, refundId, seats: ["A-2"], reason: "Ill", actor: people["box-office"].id },
  ]);
});

test("the door answers in green or red, with the reason and the count", async () => {
  await using setting = await openSellers();
  const { page, showingId, people } = await onSale(setting);
  const ticket = {
    id: "o.1",
    seat: "A-1",
    section: "MAIN",
    tier: "adult",
    tierName: "Adult",
    showingId,
    title: "Laura",
    startsAt: start,
    timeZone: "America/Denver",
  };
  setting.scans.set("v1.k.p.s", { admitted: true, detail: "Welcome: A-1.", ticket, admittedCount: 31, soldCount: 96 });
  setting.scans.set("used", {
    admitted: false,
    reason: "ticket_used",
    detail: "Used.",
    ticket,
    usedAt: start,
    usedGate: "North",
  });
  const pages = browser(setting, people.scanner);
  const good = await pages.post(`${page}/scan`, { token: "https://x.example/t#v1.k.p.s", gate: "North" });
  assert.match(good.page.html, /door-yes/);
  assert.match(good.page.html, /31 of 96 are in/);
  assert.match(good.page.html, /value="North"/, "the gate stays");
  const used = await pages.post(`${page}/scan`, { token: "used", gate: "North" });
  assert.equal(used.answer.status, 409);
  assert.match(used.page.html, /door-no/);
  assert.match(used.page.html, /First used .*at North/);
  const forged = await pages.post(`${page}/scan`, { token: "forged", gate: "North" });
  assert.match(forged.page.html, /No ticket of ours/);
  assert.doesNotMatch(good.page.html, new RegExp(`${page}/orders`), "who scans sees nothing else");
});

const pagesByRight: Record<string, readonly string[]> = {
  list: ["/shows", "/shows/new", "/venues", "/venues/new", "/prices"],
  orders: ["/showings", "/orders"],
  schedule: ["/schedule"],
  sales: [""],
  scan: ["/scan"],
  members: ["/members"],
  settings: ["/settings"],
};
test("each page opens for the roles that may, and sends strangers to sign in", async () => {
  await using setting = await openSellers();
  const { people, sellerId } = await everybody(setting);
  const allowed: Record<string, readonly string[]> = {
    owner: Object.keys(pagesByRight),
    manager: ["list", "orders", "schedule", "sales", "scan"],
    "box-office": ["orders", "sales", "scan"],
    scanner: ["scan"],
  };
  for (const [who, person] of Object.entries(people)) {
    const pages = browser(setting, person);
    for (const [right, paths] of Object.entries(pagesByRight)) {
      for (const path of paths) {
        const { status, headers, html } = await pages.look(`/sell/${sellerId}${path}`);
        const wanted = who === "nobody" ? 303 : allowed[who]?.includes(right) ? 200 : 403;
        assert.equal(status, wanted, `${who} ${path}: ${html.slice(0, 200)}`);
        if (who === "nobody") assert.match(String(headers.location), /^\/sign-in\?next=/);
        if (status === 200) {
          assert.equal(headers["cache-control"], "no-store");
          assert.doesNotMatch(
            html,
            / style="|<script(?! type="module")/,
            "the policy forbids inline styles and scripts",
          );
        }
      }
    }
  }
});

test("who was invited by mail makes an account and joins in one step, with errors beside their fields", async () => {
  await using setting = await openSellers();
  const { people, sellerId, by } = await everybody(setting);
  await setting.accounts.invite(sellerId, { email: "new@example.org", role: "manager", actor: by.actor });
  const rows = await setting.store.db.selectFrom("outbox").select("body").where("kind", "=", "invitation").execute();
  const mails = rows.map(({ body }) => JSON.parse(body) as { email: string; secret: string; proof: string });
  const { secret: key = "", proof = "" } = mails.find(({ email }) => email === "new@example.org") ?? {};
  const stranger = browser(setting, people.nobody);
  const asked = await stranger.get(invitationPath(key, proof));
  assert.match(asked.html, /that makes the account of new@example\.org and accepts/);
  assert.equal(hidden(asked.html, "proof"), proof);
  const fields = { key, proof, name: "Nell", password: "short" };
  const weak = await stranger.post("/invitations/join", fields);
  assert.equal(weak.answer.status, 422);
  assert.match(weak.page.html, /id="password-error"/);
  assert.match(weak.page.html, /value="Nell"/);
  const { answer } = await stranger.post("/invitations/join", { ...fields, password: "a good long one" });
  assert.deepEqual([answer.status, answer.headers.location], [303, `/sell/${sellerId}`]);
  assert.ok(answer.headers["set-cookie"]);
  const member = (await setting.accounts.members(sellerId)).find(({ email }) => email === "new@example.org");
  assert.deepEqual([member?.name, member?.role], ["Nell", "manager"]);
});

test("members are invited, change roles and go; the last owner stays", async () => {
  await using setting = await openSellers();
  const { people, sellerId } = await everybody(setting);
  const pages = browser(setting, people.owner);
  const at = `/sell/${sellerId}/members`;
  const invited = await pages.post(at, { email: "new@example.org", role: "scanner" });
  assert.match(invited.page.html, /https:\/\/tickets\.example\.org\/invitations\?key=[0-9a-z]{52}/);
  assert.doesNotMatch((await pages.get(at)).html, /invitations\?key=/, "the link is shown once");
  const link = /\/invitations\?key=[0-9a-z]{52}/.exec(invited.page.html)?.[0] ?? "";
  const stranger = browser(setting, people.nobody);
  assert.match((await stranger.get(link)).html, /Sign in to accept/);
  const rival = browser(setting, people["other seller"]);
  const asked = await rival.get(link);
  assert.match(asked.html, /You are invited as scanner/);
  const joined = await rival.post("/invitations", { key: hidden(asked.html, "key") });
  assert.equal(joined.answer.headers.location, `/sell/${sellerId}/scan`);
  assert.equal(joined.page.status, 200);
  assert.equal((await rival.look(link)).status, 404, "an invitation opens once");
  const wrong = await pages.post(at, { email: "nonsense", role: "scanner" });
  assert.match(wrong.page.html, /id="email-error"/);
  const scanner = (await setting.accounts.members(sellerId)).find(({ role }) => role === "scanner");
  await pages.post(`${at}/${scanner?.accountId ?? ""}/role`, { newRole: "manager" });
  const now = (await setting.accounts.members(sellerId)).find(({ accountId }) => accountId === scanner?.accountId);
  assert.equal(now?.role, "manager");
  const owner = (await setting.accounts.members(sellerId)).find(({ role }) => role === "owner");
  const last = await pages.post(`${at}/${owner?.accountId ?? ""}/remove`, {});
  assert.equal(last.answer.status, 409);
  assert.match(last.page.html, /only owner/);
});

test("what is wrong with a form is said in its reader's language", async () => {
  await using setting = await openSellers();
  const { people, by } = await everybody(setting);
  const { plan: full, venue: made } = await listed({ authoring: setting.authoring, by });
  const at = `/sell/${by.sellerId}`;
  const pages = browser(setting, people.owner);
  await pages.get(`/sell?lang=es`);
  const refused = async (path: string, fields: Record<string, string | string[]>, sentence: RegExp) => {
    const { page } = await pages.post(`${at}${path}`, fields);
    assert.match(page.html, sentence);
    assert.doesNotMatch(page.html, /please\.|Revisa este dato/, path);
  };
  const venue = { ...cinema, latitude: "139", longitude: "x", timeZone: "Denver" };
  await refused("/venues/new", venue, /un número de -90 a 90.*un número de -180 a 180.*zona horaria como/s);
  await refused("/venues/new", { ...venue, name: "" }, /Llena este campo/);
  const { showId, auditoriumId, priceListId } = full;
  const days = { from: "2026-12-01", to: "2026-12-02" };
  const plan = { showId, auditoriumId, priceListId, venueId: made.id, ...days, action: "schedule" };
  await refused("/schedule", { ...plan, times: "25:00" }, /“25:00” no es una hora; escríbela como 19:30\./);
  await refused("/schedule", { ...plan, times: "19:30", to: "2026-11-30" }, /El último día es anterior al primero/);
  await refused("/schedule", { ...plan, times: "19:30", from: "2020-01-01", to: "2020-01-02" }, /ya pasaron/);
  await refused("/schedule", { ...plan, times: "19:30 20:00" }, /<li>mar, 1 dic, 20:00 choca con/);
  await refused("/members", { email: "owner@example.org", role: "manager" }, /ya es parte del equipo/);
  await refused(
    "/settings",
    { name: "A", feeMinor: "90000", taxBasisPoints: "101" },
    /10[.,\s\u00a0]000,00.*porcentaje/s,
  );
});

test("what comes next leads to other pages only, and showings begin with the first day that has one", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const pages = browser(setting, owner);
  const at = `/sell/${sellerId}`;
  const goOn = (path: string) => new RegExp(`href="${at}${path}"[^>]*>Go on<`);
  assert.match((await pages.get(`${at}/venues`)).html, goOn("/venues/new"));
  assert.doesNotMatch((await pages.get(`${at}/venues/new`)).html, /Go on/);
  assert.match((await pages.get(`${at}/orders`)).html, /No order yet/);
  assert.match((await pages.get(`${at}/orders?q=nobody`)).html, /No order matches/);
  const by = { sellerId, actor: owner.id };
  const { plan } = await listed({ authoring: setting.authoring, by });
  const tomorrow = new Date(setting.clock() + 5 * 86_400_000).toISOString().slice(0, 10);
  await setting.authoring.schedule(by, { ...plan, from: tomorrow, to: tomorrow });
  const { html } = await pages.get(`${at}/showings`);
  assert.match(html, new RegExp(`name="date"[^>]*value="${tomorrow}"|value="${tomorrow}"[^>]*name="date"`));
  assert.match(html, /The Third Man/);
});

test("the list of orders has the times of each venue's own clock", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const by = { sellerId, actor: owner.id };
  for (const name of ["Esquire", "Mayan"]) await setting.authoring.addVenue(by, { ...cinema, name });
  const { plan, show, venue } = await listed({ authoring: setting.authoring, by }, "America/New_York");
  const { showings } = await setting.authoring.schedule(by, plan);
  const [first] = showings;
  assert.ok(first);
  await sold(setting, {
    id: "order-east",
    sellerId,
    showId: show.id,
    showingId: first.id ?? "",
    venueId: venue.id,
    startsAt: first.startsAt,
    seats: ["A-1"],
  });
  const { html } = await browser(setting, owner).get(`/sell/${sellerId}/orders`);
  assert.match(html, /Tue, Dec 1, 7:30 PM/, "half past seven in New York, although most venues are in Denver");
});

for (const { template, names, stage } of [
  { template: "room", names: ["Principal"], stage: "Pantalla" },
  { template: "small-cinema", names: ["Asientos"], stage: "Pantalla" },
  { template: "theatre", names: ["Platea", "Balcón", "Palcos izquierdos", "Palcos derechos"], stage: "Escenario" },
])
  test(`a room that is made for a seller as ${template} has names in the seller's language`, async () => {
    await using setting = await openSellers();
    const { owner, sellerId } = await sellerOf(setting, "ines");
    const venue = await setting.authoring.addVenue({ sellerId, actor: owner.id }, cinema);
    const room = { name: "Uno", turnaroundMinutes: 10, template, rows: 3, seats: 4, aisles: "", curve: 0 };
    const made = await send(setting, owner, `/sell/${sellerId}/venues/${venue.id}/auditoriums/new?lang=es`, room);
    const id = /auditoriums\/(\w+)/.exec(made.location)?.[1] ?? "";
    const { seatMapId } = await setting.authoring.auditorium(sellerId, id);
    const { map } = await setting.authoring.seatMap(seatMapId);
    assert.deepEqual(
      map.sections.map(({ name }) => name),
      names,
    );
    assert.equal(map.stage.label, stage);
  });
