// From the list to the QR code without a script, and who may open an order afterwards.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { hidden, openFixture, signUp, visitor } from "./fixture.ts";

/** What a scanner reads from the first code of a page. */
async function scanned(html: string): Promise<string> {
  const svg =
    /class="ticket-code"[^>]*>(<svg.*?<\/svg>)/s
      .exec(html)?.[1]
      ?.replace("<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `) ?? "";
  const { data, info } = await sharp(Buffer.from(svg), { density: 300 })
    .flatten({ background: "#fff" })
    .resize(600)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

const firstLink = (html: string, pattern: RegExp) => pattern.exec(html)?.[1] ?? assert.fail(`no link ${pattern}`);

async function bought(token = "tok_approve") {
  const house = await openFixture();
  const browser = visitor(house.server);
  const list = await browser.get("/?near=Denver");
  const show = await browser.get(firstLink(list.html, /<a class="cover" href="([^"]+)"/).replaceAll("&amp;", "&"));
  const showing = await browser.get(firstLink(show.html, /<a class="showtime[^"]*" href="([^"]+)"/));
  assert.match(showing.html, /value="C-7"/);
  const held = await browser.post(`${new URL(showing.url, "http://x").pathname}/hold`, {
    pick: "seats",
    seen: hidden(showing.html, "seen"),
    seat: ["C-7", "C-8"],
  });
  const paid = await browser.post(`${String(held.answer.headers.location)}/order`, {
    orderId: hidden(held.page.html, "orderId"),
    total: hidden(held.page.html, "total"),
    name: "Ann <b>Example</b>",
    email: "ann@example.org",
    token,
    terms: "yes",
  });
  const address = String(paid.answer.headers.location);
  const order = [...house.orders.values()][0];
  assert.ok(order);
  return { ...house, browser, page: paid.page, address, order };
}

await suite("a purchase without scripts", async () => {
  await test("ends with a code that a scanner reads", async () => {
    const { page, order } = await bought();
    assert.equal(page.status, 200);
    assert.match(page.html, /Paid and confirmed/);
    assert.equal(page.html.match(/class="ticket-code"/g)?.length, 2);
    assert.equal(await scanned(page.html), `v1.k1.${order.tickets[0]?.id}.signature`);
    assert.doesNotMatch(page.html, /<b>Example/);
  });

  await test("a guest's order opens for nobody else, but with the key of the mail's link", async () => {
    const { server, browser, address, order } = await bought();
    assert.equal((await browser.look(address)).status, 200);
    const friend = visitor(server);
    assert.equal((await friend.look(address)).status, 404);
    assert.equal((await friend.look(`${address}?key=wrong`)).status, 404);
    const opened = await friend.look(`${address}?key=${order.secret}`);
    assert.equal(opened.status, 303);
    assert.equal(opened.headers.location, address);
    assert.equal(opened.headers["referrer-policy"], "no-referrer");
    assert.match(String(opened.headers["set-cookie"]), /HttpOnly/);
    assert.equal((await friend.look(address)).status, 200);
    assert.doesNotMatch((await friend.look(address)).html, new RegExp(order.secret ?? "-"));
  });

  await test("a bank that wants something of the buyer is one link away", async () => {
    const { page } = await bought("tok_requires_action");
    assert.match(page.html, /href="\/sandbox\/actions\/1"/);
  });

  await test("a payment under way looks again by itself", async () => {
    const { browser, address, orders, order } = await bought();
    orders.set(order.id, { ...order, status: "paying", tickets: [] });
    const page = await browser.get(address);
    assert.match(page.html, /<meta http-equiv="refresh" content="3"/);
  });

  await test("an order is cancelled where the seller allows it, after being asked", async () => {
    const { browser, address, server } = await bought();
    assert.match((await browser.get(address)).html, /Cancel this order/);
    assert.equal((await browser.post(`${address}/cancel`, {})).answer.status, 400);
    assert.equal((await visitor(server).post(`${address}/cancel`, { sure: "yes" })).answer.status, 404);
    const { page } = await browser.post(`${address}/cancel`, { sure: "yes" });
    assert.match(page.html, /given back in full/);
    assert.doesNotMatch(page.html, /Cancel this order/);
  });

  await test("an account finds its orders, to come and past", async () => {
    const { server, accounts, catalogue, time } = await openFixture();
    const browser = visitor(server);
    await signUp({ accounts }, browser, { name: "Ann", email: "ann@example.org", password: "a long enough one" });
    assert.match((await browser.get("/account/orders")).html, /No orders yet/);
    const held = await browser.post(`/showings/${catalogue.showings[0]?.id}/hold`, { pick: "seats", seat: "C-7" });
    assert.match(held.page.html, /value="ann@example.org"/);
    await browser.post(`${String(held.answer.headers.location)}/order`, {
      orderId: hidden(held.page.html, "orderId"),
      name: "Ann",
      email: "ann@example.org",
      token: "tok_approve",
      terms: "yes",
    });
    assert.match((await browser.get("/account/orders")).html, /<h2>Coming<\/h2>/);
    time.now += 86_400_000;
    assert.match((await browser.get("/account/orders")).html, /<h2>Past<\/h2>/);
  });
});
