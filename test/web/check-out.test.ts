// The check-out without scripts: what is wrong with its form, and what its address says once it is done.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createCancelPolicies } from "../../src/web/cancel-policy.ts";
import { StoreUnavailable } from "../../src/store/postgres.ts";
import { t } from "../../src/web/messages.ts";
import { hidden, openFixture, signUp, visitor } from "./fixture.ts";

const whole = { name: "Ann Example", email: "ann@example.org", token: "tok_approve", terms: "yes" };

async function held() {
  const house = await openFixture();
  const browser = visitor(house.server);
  const seats = { pick: "seats", seat: ["C-7", "C-8"] };
  const { answer, page } = await browser.post(`/showings/${house.catalogue.showings[0]?.id}/hold`, seats);
  const at = String(answer.headers.location);
  const form = { orderId: hidden(page.html, "orderId"), total: hidden(page.html, "total"), ...whole };
  return { ...house, browser, at, page, form };
}

await suite("the form of the check-out", async () => {
  await test("says everything that is wrong with it at once, above it and beside each field", async () => {
    const { browser, at, form } = await held();
    const { orderId, total } = form;
    const { answer, page } = await browser.post(`${at}/order`, { orderId, total, name: " ", email: "ann@nowhere" });
    assert.equal(answer.status, 400);
    const summary = /<div class="notice notice-error error-summary".*?<\/div>/s.exec(page.html)?.[0] ?? "";
    assert.match(summary, /role="alert" tabindex="-1" autofocus/);
    assert.deepEqual(
      [...summary.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target),
      ["name", "email", "token-tok_approve", "terms-yes"],
    );
    for (const target of ["name", "email", "token-tok_approve", "terms-yes"]) {
      assert.ok(page.html.includes(` id="${target}"`), target);
    }
    for (const field of ["name", "email", "token", "terms-yes"]) {
      assert.match(page.html, new RegExp(`class="field-error" id="${field}-error"`), field);
    }
    assert.match(page.html, /value="ann@nowhere"/);
  });

  await test("wants the terms, which say until when one may cancel", async () => {
    const { browser, at, form, page, orders } = await held();
    assert.match(page.html, /You may cancel until Sun, Nov 22, .* M[SD]T and get everything back/);
    assert.match(page.html, /href="\/terms"/);
    const { terms: _, ...without } = form;
    const refused = await browser.post(`${at}/order`, without);
    assert.match(refused.page.html, /Accept the terms to buy/);
    assert.equal(orders.size, 0);
    assert.equal((await browser.get("/terms")).status, 200);
  });

  await test("takes a name of a hundred characters and no more", async () => {
    const { browser, at, form } = await held();
    const long = await browser.post(`${at}/order`, { ...form, name: "ñ".repeat(101) });
    assert.match(long.page.html, /id="name-error"/);
    const whole = await browser.post(`${at}/order`, { ...form, name: "ñ".repeat(100) });
    assert.match(whole.page.html, /Paid and confirmed/);
  });

  await test("loaded again after a refusal is the page", async () => {
    const { browser, at } = await held();
    assert.equal((await browser.look(`${at}/order`)).headers.location, at);
  });

  await test("keeps the language it is filled in for the order's mails", async () => {
    const { browser, at, form, orders } = await held();
    await browser.get(`${at}?lang=es`);
    await browser.post(`${at}/order`, form);
    assert.equal(orders.get(form.orderId)?.buyer.language, "es");
  });
});

await suite("signing in on the way", async () => {
  await test("keeps the hold, and the order is the account's", async () => {
    const { browser, accounts, at, page, orders, form } = await held();
    assert.ok(page.html.includes(`href="/sign-up?next=${encodeURIComponent(at)}"`));
    const person = { name: "Ann Example", email: "ann@example.org", password: "a long enough one" };
    const sent = await browser.post("/sign-up", { ...person, next: at });
    assert.match(sent.page.html, new RegExp(t.signUp.heldTitle));
    assert.ok(sent.page.html.includes(`href="${at}"`), "whoever does not wait for the mail buys as a guest");
    const back = await signUp({ accounts }, browser, { ...person, next: at });
    assert.equal(back.answer.headers.location, at);
    assert.match(back.page.html, /signed in as ann@example\.org/);
    assert.match(back.page.html, /C-7<.*C-8</s);
    assert.equal(orders.size, 0);
    assert.match(back.page.html, new RegExp(`name="total" value="${form.total}"`));
  });
});

await suite("a check-out that is done", async () => {
  await test("says so to whoever comes back, with the way to the order, and has no form", async () => {
    const { browser, at, form } = await held();
    const paid = await browser.post(`${at}/order`, form);
    const again = await browser.get(at);
    assert.equal(again.status, 200);
    assert.match(again.html, /You have bought these/);
    assert.ok(again.html.includes(`href="${paid.answer.headers.location}"`));
    assert.doesNotMatch(again.html, /name="token"/);
    const other = await browser.post(`${at}/order`, { ...form, orderId: "another-tab-000000000001" });
    assert.match(other.page.html, /You have bought these/);
  });

  await test("says nothing of it to others who know the address", async () => {
    const { browser, server, at, form } = await held();
    await browser.post(`${at}/order`, form);
    const stranger = visitor(server);
    stranger.cookies.set(`order ${at}`, { value: form.orderId, path: at });
    const page = await stranger.get(at);
    assert.equal(page.status, 410);
    assert.ok(!page.html.includes(form.orderId));
  });

  await test("leads to an order whose answer was lost, and the guest can open it", async () => {
    const { browser, at, form } = await held();
    const before = new Map(browser.cookies);
    const paid = await browser.post(`${at}/order`, form);
    // As if nothing of the answer had come: neither the key to the order nor where it is.
    browser.cookies.clear();
    for (const [name, kept] of before) browser.cookies.set(name, kept);
    const again = await browser.get(at);
    assert.match(again.html, /You have bought these/);
    assert.match((await browser.get(String(paid.answer.headers.location))).html, /Paid and confirmed/);
  });

  await test("that cannot be looked up while the store is away is over, as far as anybody knows", async () => {
    const { browser, at, sales, time } = await held();
    sales.placedOrder = async () => {
      throw new StoreUnavailable("away");
    };
    time.now += 600_000;
    assert.equal((await browser.get(at)).status, 410);
  });

  await test("leads to the order while the bank is asked", async () => {
    const { browser, at, form } = await held();
    await browser.post(`${at}/order`, { ...form, token: "tok_requires_action" });
    assert.equal((await browser.look(at)).headers.location, `/orders/${form.orderId}`);
  });
});

await suite("until when buyers may cancel", async () => {
  const showing = { sellerId: "seller", startsAt: 1_000 * 3_600_000 };
  const seller = { id: "seller", name: "S", currency: "USD", feeMinor: 0, taxBasisPoints: 0, strandRule: false };

  await test("is asked of the seller's record once a minute, and said from memory while that cannot be read", async () => {
    let now = 0;
    let asked = 0;
    let away = false;
    const policies = createCancelPolicies(
      {
        seller: async () => {
          asked += 1;
          if (away) throw new StoreUnavailable("away");
          return { ...seller, cancelHours: 24 };
        },
      },
      () => now,
    );
    away = true;
    assert.equal(await policies.of(showing), undefined);
    away = false;
    const until = { until: 976 * 3_600_000 };
    assert.deepEqual(await policies.of(showing), until);
    assert.deepEqual(await policies.of(showing), until);
    assert.equal(asked, 2);
    now = 3_600_000;
    away = true;
    assert.deepEqual(await policies.of(showing), until);
    assert.equal(asked, 3);
  });

  await test("is never where the seller does not say", async () => {
    assert.equal(await createCancelPolicies({ seller: async () => seller }, () => 0).of(showing), "never");
  });
});
