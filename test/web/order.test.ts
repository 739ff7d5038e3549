// What can be done on the page of an order: files, the mail again, cancelling; by whoever may open it and nobody else.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Refusal } from "../../src/domain/refusals.ts";
import { errorOf, hidden, openFixture, visitor } from "./fixture.ts";

async function bought() {
  const house = await openFixture();
  const browser = visitor(house.server);
  const seats = { pick: "seats", seat: ["C-7", "C-8"] };
  const held = await browser.post(`/showings/${house.catalogue.showings[0]?.id}/hold`, seats);
  const paid = await browser.post(`${String(held.answer.headers.location)}/order`, {
    orderId: hidden(held.page.html, "orderId"),
    name: "Ann Example",
    email: "ann@example.org",
    token: "tok_approve",
    terms: "yes",
  });
  const order = [...house.orders.values()][0];
  assert.ok(order);
  return { ...house, browser, page: paid.page, address: `/orders/${order.id}`, order };
}

await suite("files of an order", async () => {
  await test("are its tickets for a printer and its entry for a calendar, and kept by no cache", async () => {
    const { browser, address, page } = await bought();
    const pdf = await browser.look(`${address}/tickets.pdf`);
    assert.equal(pdf.headers["content-type"], "application/pdf");
    assert.match(pdf.html, /^%PDF-/);
    assert.match(String(pdf.headers["content-disposition"]), /filename="tickets\.pdf"/);
    const entry = await browser.look(`${address}/calendar.ics`);
    assert.match(String(entry.headers["content-type"]), /^text\/calendar/);
    assert.match(entry.html, /SUMMARY:The Harbour Letters/);
    assert.match(entry.html, /C-7\\, C-8/);
    for (const { headers } of [pdf, entry]) assert.equal(headers["cache-control"], "private, no-store");
    for (const file of ["tickets.pdf", "calendar.ics"]) assert.ok(page.html.includes(`href="${address}/${file}"`));
  });

  await test("follow the reader's language", async () => {
    const { browser, address } = await bought();
    await browser.get(`${address}?lang=es`);
    assert.match((await browser.look(`${address}/calendar.ics`)).html, /Asientos: C-7/);
    assert.match(String((await browser.look(`${address}/tickets.pdf`)).headers["content-disposition"]), /boletos/);
  });

  await test("are for whoever may open the page", async () => {
    const { server, address } = await bought();
    for (const file of ["tickets.pdf", "calendar.ics"]) {
      assert.equal((await visitor(server).look(`${address}/${file}`)).status, 404);
    }
  });

  await test("are none of an order without good tickets", async () => {
    const { browser, address, orders, order } = await bought();
    const tickets = order.tickets.map((ticket) => ({ ...ticket, status: "void" as const }));
    orders.set(order.id, { ...order, refundStatus: "whole", tickets });
    assert.equal((await browser.look(`${address}/tickets.pdf`)).status, 409);
    assert.match((await browser.look(`${address}/calendar.ics`)).html, /STATUS:CANCELLED/);
    orders.set(order.id, { ...order, status: "paying", tickets: [] });
    assert.equal((await browser.look(`${address}/tickets.pdf`)).status, 404);
    const page = await browser.get(address);
    assert.doesNotMatch(page.html, /tickets\.pdf|data-keep-until/);
  });
});

await suite("the mail with the tickets", async () => {
  await test("is sent again, and too soon it is said that it was", async () => {
    const { browser, address, sales, page } = await bought();
    assert.ok(page.html.includes(`action="${address}/mails"`));
    let sent = 0;
    sales.resendTickets = async () => {
      sent += 1;
      if (sent > 1) throw new Refusal("too_many_requests", "A moment ago.", { retryAfterMs: 200_000 });
    };
    assert.match((await browser.post(`${address}/mails`, {})).page.html, /on its way to ann@example\.org/);
    const again = await browser.post(`${address}/mails`, {});
    assert.equal(again.answer.status, 429);
    assert.equal(again.answer.headers["retry-after"], "200");
    assert.match(again.page.html, /role="alert"><p>The mail was sent a moment ago/);
    assert.match(again.page.html, /class="ticket-code"/);
    assert.equal((await browser.look(`${address}/mails`)).headers.location, address);
  });
});

await suite("cancelling", async () => {
  await test("says what comes back, and wants to be meant", async () => {
    const { browser, address, page } = await bought();
    assert.match(page.html, /You get back \$30\.24, fees and taxes included/);
    const refused = await browser.post(`${address}/cancel`, {});
    assert.equal(refused.answer.status, 400);
    assert.match(errorOf(refused.page.html, "sure-yes"), /Tick the box/);
    assert.match(refused.page.html, /<details class="card" open>/);
    assert.match(refused.page.html, /class="ticket-code"/);
  });

  await test("that the sale refuses leaves the page as it was, with the reason", async () => {
    const { browser, address, sales } = await bought();
    sales.cancelOrder = async () => {
      throw new Refusal("order_not_refundable", "Somebody was let in with a ticket of this order already.");
    };
    const { answer, page } = await browser.post(`${address}/cancel`, { sure: "yes" });
    assert.equal(answer.status, 409);
    assert.match(page.html, /Somebody was let in/);
  });

  await test("where the seller takes nothing back, or no longer, is said and not offered", async () => {
    const { browser, address, accounts, time } = await bought();
    time.now += 120_000;
    const seller = await accounts.seller("seller");
    accounts.seller = async () => ({ ...seller, cancelHours: 48 });
    const late = await browser.get(address);
    assert.match(late.html, /could be cancelled until Fri, Nov 20/);
    assert.doesNotMatch(late.html, /name="sure"/);
    const { cancelHours: _, ...strict } = seller;
    accounts.seller = async () => strict;
    time.now += 120_000;
    const never = await browser.get(address);
    assert.match(never.html, /does not take tickets back/);
    assert.doesNotMatch(never.html, /name="sure"/);
  });
});

await test("a payment that was declined leads back to the seats, which are still held", async () => {
  const { browser, address, orders, order } = await bought();
  orders.set(order.id, { ...order, status: "declined", tickets: [], holdId: "hold-1" });
  assert.match((await browser.get(address)).html, /href="\/holds\/hold-1"[^>]*>Pay in another way/);
});
