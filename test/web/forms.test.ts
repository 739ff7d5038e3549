// Forms that are refused come back with everything typed and the error beside its field.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Refusal } from "../../src/domain/refusals.ts";
import { errorOf, hidden, openFixture, signUp, visitor } from "./fixture.ts";

async function open() {
  const house = await openFixture();
  const browser = visitor(house.server);
  const [first, second] = house.catalogue.showings;
  const concert = house.catalogue.showings.find((one) => one.seatMapId === "arena");
  assert.ok(first && second && concert);
  return { ...house, browser, first, second, concert };
}

/** The fields of the button that offers seats. */
function offerOf(html: string): Record<string, string[]> {
  const form = /<form[^>]*class="seats-offer">(.*?)<\/form>/s.exec(html)?.[1] ?? "";
  const fields: Record<string, string[]> = {};
  for (const [, name = "", value = ""] of form.matchAll(/name="([^"]+)" value="([^"]*)"/g)) {
    (fields[name] ??= []).push(value);
  }
  return fields;
}

const ann = { name: "Ann Example", email: "ann@example.org", password: "a long enough one" };

await suite("accounts", async () => {
  await test("a short password stands beside its field, and the name stays", async () => {
    const { browser } = await open();
    const short = await browser.post("/sign-up", { ...ann, password: "short", next: "/holds/x" });
    assert.equal(short.answer.status, 422);
    assert.match(errorOf(short.page.html, "password"), /8 characters/);
    assert.match(short.page.html, /value="Ann Example"/);
    assert.equal(hidden(short.page.html, "next"), "/holds/x");
    assert.doesNotMatch(short.page.html, /value="short"/);
  });

  await test("a wrong password is said above the form, and the address stays", async () => {
    const { browser } = await open();
    const { answer, page } = await browser.post("/sign-in", {
      email: ann.email,
      password: "wrong",
      next: "//evil.example",
    });
    assert.equal(answer.status, 401);
    assert.match(page.html, /role="alert"/);
    assert.match(page.html, /value="ann@example.org"/);
    assert.equal(hidden(page.html, "next"), "/account/orders");
  });

  await test("a page of one's own asks to sign in and comes back", async () => {
    const { browser, accounts } = await open();
    const asked = await browser.look("/account/orders?before=x");
    assert.equal(asked.headers.location, "/sign-in?next=%2Faccount%2Forders%3Fbefore%3Dx");
    await signUp({ accounts }, browser, ann);
    await browser.post("/sign-out", {});
    const { answer } = await browser.post("/sign-in", { ...ann, next: "/account/orders" });
    assert.equal(answer.headers.location, "/account/orders");
  });

  await test("profile and password are changed, with errors beside their fields", async () => {
    const { browser, accounts } = await open();
    await signUp({ accounts }, browser, ann);
    const nowhere = await browser.post("/account/profile", { name: "Ann B", place: "Nowhereville" });
    assert.match(errorOf(nowhere.page.html, "place"), /Nowhereville/);
    assert.match(nowhere.page.html, /value="Ann B"/);
    const saved = await browser.post("/account/profile", { name: "Ann B", place: "denver" });
    assert.match(saved.page.html, /Hello, Ann B/);
    assert.match(saved.page.html, /value="Denver, CO"/);
    const wrong = await browser.post("/account/email", { email: "no address", password: ann.password });
    assert.match(errorOf(wrong.page.html, "email"), /e-mail address/);
    assert.match(wrong.page.html, /value="no address"/);
    const refused = await browser.post("/account/password", { present: "wrong", wanted: "another long one" });
    assert.match(errorOf(refused.page.html, "present"), /present password/);
    const changed = await browser.post("/account/password", { present: ann.password, wanted: "another long one" });
    assert.match(changed.page.html, /Your password is changed/);
  });

  await test("another browser can be signed out", async () => {
    const { browser, server, accounts } = await open();
    await signUp({ accounts }, browser, ann);
    const other = visitor(server);
    await other.post("/sign-in", ann);
    const { html } = await browser.get("/account");
    const end = /action="(\/account\/sessions\/[^"]+\/end)"/.exec(html)?.[1] ?? "";
    await browser.post(end, {});
    assert.equal((await other.look("/account")).status, 303);
    assert.equal((await browser.look("/account")).status, 200);
  });
});

await suite("choosing seats", async () => {
  await test("without a seat the form says so", async () => {
    const { browser, first } = await open();
    const { answer, page } = await browser.post(`/showings/${first.id}/hold`, { pick: "seats", seen: "0" });
    assert.equal(answer.status, 400);
    assert.match(page.html, /Tick the seats that you want/);
  });

  await test("a seat that somebody else took is named, the others stay ticked, and the nearest equal ones are one press away", async () => {
    const { browser, server, first } = await open();
    await visitor(server).post(`/showings/${first.id}/hold`, { pick: "seats", seat: "C-7" });
    const { answer, page } = await browser.post(`/showings/${first.id}/hold`, {
      pick: "seats",
      seat: ["C-7", "C-8"],
      "tier.child": "1",
    });
    assert.equal(answer.status, 409);
    assert.match(page.html, /Just taken: C-7\./);
    assert.match(page.html, /value="C-8" aria-label="Row C seat 8, Adult \$15\.12, free" checked/);
    assert.match(page.html, /value="C-7" aria-label="Row C seat 7, taken" disabled/);
    assert.match(page.html, /name="tier.child"[^>]*>|value="1"[^>]*name="tier.child"/);
    assert.match(page.html, /Hold C-8 and C-9 instead <span[^>]*>\$25\.92</);
    const instead = await browser.post(`/showings/${first.id}/hold`, offerOf(page.html));
    assert.equal(instead.answer.status, 303);
    assert.match(instead.page.html, /C-8<.*Adult.*C-9<.*Child/s);
  });

  await test("where no equal seats are left together, the page says so", async () => {
    const { browser, mark, first } = await open();
    mark(
      first,
      Array.from({ length: first.placeCount }, (_, place) => place).filter((place) => place % 2 === 0),
      "s",
    );
    const { page } = await browser.post(`/showings/${first.id}/hold`, { pick: "seats", seat: ["C-7", "C-8"] });
    assert.match(page.html, /no equal seats together any more/);
    assert.doesNotMatch(page.html, /class="seats-offer"/);
  });

  await test("each seat has the ticket that is chosen for it", async () => {
    const { browser, first, holds } = await open();
    await browser.post(`/showings/${first.id}/hold`, {
      pick: "seats",
      seat: ["C-7", "C-8", "C-9"],
      "ticket.C-7": "senior",
      "ticket.C-9": "child",
    });
    const [{ hold } = { hold: undefined }] = holds.values();
    assert.deepEqual(
      hold?.lines.map((line) => `${line.seat} ${line.tier}`),
      ["C-7 senior", "C-8 adult", "C-9 child"],
    );
    const { answer } = await browser.post(`/showings/${first.id}/hold`, {
      pick: "seats",
      seat: "D-7",
      "ticket.D-7": "free",
    });
    assert.equal(answer.status, 422);
  });

  await test("more reduced tickets than seats are refused beside the field", async () => {
    const { browser, first } = await open();
    const { page } = await browser.post(`/showings/${first.id}/hold`, {
      pick: "seats",
      seat: "C-7",
      "tier.child": "2",
    });
    assert.match(errorOf(page.html, "tier.child"), /more than the 1 seat/);
  });

  await test("reduced tickets are those of the last seats chosen", async () => {
    const { browser, first, holds } = await open();
    await browser.post(`/showings/${first.id}/hold`, { pick: "seats", seat: ["C-7", "C-8", "C-9"], "tier.child": "1" });
    const [{ hold } = { hold: undefined }] = holds.values();
    assert.deepEqual(
      hold?.lines.map((line) => `${line.seat} ${line.tier}`),
      ["C-7 adult", "C-8 adult", "C-9 child"],
    );
  });

  await test("the best seats are taken by the count of each ticket", async () => {
    const { browser, first, holds } = await open();
    await browser.post(`/showings/${first.id}/hold`, {
      pick: "best",
      seen: "0",
      "best.adult": "2",
      "best.senior": "1",
    });
    const [{ hold } = { hold: undefined }] = holds.values();
    assert.deepEqual(
      hold?.lines.map((line) => line.tier),
      ["adult", "adult", "senior"],
    );
  });

  await test("an amount that is none and a count that is none stand beside their fields", async () => {
    const { browser, concert } = await open();
    const price = await browser.post(`/showings/${concert.id}/hold`, {
      pick: "best",
      quantity: "2",
      maxPrice: "cheap",
    });
    assert.match(errorOf(price.page.html, "maxPrice"), /Write an amount/);
    assert.match(price.page.html, /<details class="wishes" open/);
    const none = await browser.post(`/showings/${concert.id}/hold`, { pick: "best", quantity: "-3" });
    assert.match(errorOf(none.page.html, "quantity"), /how many/);
    const standing = await browser.post(`/showings/${concert.id}/hold`, {
      pick: "standing",
      "standing.FLOOR.standard": "x",
    });
    assert.match(standing.page.html, /Write a whole number/);
  });

  await test("standing places are taken by count, and a section's seats from its own page", async () => {
    const { browser, concert } = await open();
    const standing = await browser.post(`/showings/${concert.id}/hold`, {
      pick: "standing",
      "standing.FLOOR.standard": "3",
    });
    assert.match(standing.page.html, /FLOOR, standing/);
    const seat = await browser.post(`/showings/${concert.id}/hold`, { pick: "seats", at: "104", seat: "104-A-1" });
    assert.match(seat.page.html, /104-A-1/);
  });

  await test("paused sales are said on a page of their own", async () => {
    const { browser, first, faults } = await open();
    faults.hold = new Refusal("sales_paused", "Sales are paused for a moment.");
    const { answer, page } = await browser.post(`/showings/${first.id}/hold`, { pick: "seats", seat: "C-7" });
    assert.equal(answer.status, 503);
    assert.match(page.html, /Try again/);
  });
});

await suite("checking out", async () => {
  async function held() {
    const house = await open();
    const { answer, page } = await house.browser.post(`/showings/${house.first.id}/hold`, {
      pick: "seats",
      seat: ["C-7", "C-8"],
    });
    const at = String(answer.headers.location);
    const form = {
      orderId: hidden(page.html, "orderId"),
      total: hidden(page.html, "total"),
      ...ann,
      token: "tok_approve",
      terms: "yes",
    };
    return { ...house, at, page, form };
  }

  await test("a decline keeps the seats and what was typed, and makes a new order id", async () => {
    const { browser, at, form } = await held();
    const { answer, page } = await browser.post(`${at}/order`, { ...form, token: "tok_decline" });
    assert.equal(answer.status, 402);
    assert.match(page.html, /The payment was declined\. Nothing was charged\. Your seats stay held until 5:08/);
    assert.match(page.html, /value="ann@example.org"/);
    assert.match(page.html, /value="tok_decline" checked|checked[^>]*value="tok_decline"/);
    const next = hidden(page.html, "orderId");
    assert.notEqual(next, form.orderId);
    const paid = await browser.post(`${at}/order`, { ...form, orderId: next });
    assert.match(paid.page.html, /Paid and confirmed/);
  });

  await test("an address that is none stands beside its field", async () => {
    const { browser, at, form } = await held();
    const { page } = await browser.post(`${at}/order`, { ...form, email: "ann" });
    assert.match(errorOf(page.html, "email"), /Write an e-mail address/);
    assert.match(page.html, /value="Ann Example"/);
  });

  await test("the same form sent twice is one order", async () => {
    const { browser, at, form, orders } = await held();
    const once = await browser.post(`${at}/order`, form);
    const twice = await browser.post(`${at}/order`, form);
    assert.equal(once.answer.headers.location, twice.answer.headers.location);
    assert.equal(orders.size, 1);
  });

  await test("seats given back are free again", async () => {
    const { browser, at, first } = await held();
    const { page } = await browser.post(`${at}/release`, {});
    assert.ok(page.html.includes(`${first.placeCount} seats left`));
  });

  await test("a hold that is over leads back to its showing", async () => {
    const { browser, at, first, time } = await held();
    time.now += 600_000;
    const page = await browser.get(at);
    assert.equal(page.status, 410);
    assert.ok(page.html.includes(`href="/showings/${first.id}"`));
  });

  await test("a hold that is over offers the same seats again, and the nearest where they are gone", async () => {
    const { browser, server, at, first, time, mark } = await held();
    time.now += 600_000;
    mark(first, [...Array(first.placeCount).keys()], "f");
    const over = await browser.get(at);
    assert.match(over.html, /Hold C-7 and C-8 again/);
    await visitor(server).post(`/showings/${first.id}/hold`, { pick: "seats", seat: "C-7" });
    const later = await browser.get(at);
    assert.match(later.html, /Just taken: C-7\./);
    const again = await browser.post(`/showings/${first.id}/hold`, offerOf(later.html));
    assert.match(again.page.html, /C-8<.*C-9</s);
  });

  await test("nothing is offered again of what was bought or given back", async () => {
    const { browser, at } = await held();
    await browser.post(`${at}/release`, {});
    assert.doesNotMatch((await browser.get(at)).html, /class="seats-offer"/);
    const bought = await held();
    await bought.browser.post(`${bought.at}/order`, bought.form);
    bought.time.now += 600_000;
    assert.doesNotMatch((await bought.browser.get(bought.at)).html, /class="seats-offer"/);
  });

  await test("the end of the hold is said without scripts", async () => {
    const { page } = await held();
    assert.match(page.html, /Yours until 5:08.PM [A-Z]{2,4}<.*8 minutes from when this page was loaded/s);
  });
});
