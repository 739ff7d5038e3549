// The mails of an order through the whole application: in the order's language, with the files, once more if asked for.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { simpleParser, type ParsedMail } from "mailparser";
import { openHouse, openShop, signUp, visitor, type House, type Shop, type Visitor } from "../app/setting.ts";
import { codesOf, sheetsOf, wordsOf } from "../documents/setting.ts";

let orders = 0;

/** Buys two seats; answers the order's id. */
async function buy(buyer: Visitor, shop: Shop, language?: "en" | "es"): Promise<string> {
  const { body: hold } = await buyer.ask<{ id: string }>("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, {
    bestAvailable: { quantity: 2 },
  });
  const id = `order-with-mails-${(orders += 1)}`;
  const { status } = await buyer.ask("POST", "/api/v1/orders", {
    id,
    holdId: hold.id,
    buyer: { email: `${id}@example.org`, name: "Ñandú", ...(language ? { language } : {}) },
    payment: { provider: "sandbox", token: "tok_approve" },
  });
  equal(status, 201);
  return id;
}

/** Mails to an order's buyer, once there are so many. */
async function mailsOf(house: House, orderId: string, count: number): Promise<readonly ParsedMail[]> {
  const folder = join(house.folder, "mail");
  for (let tries = 0; tries < 200; tries += 1) {
    const files = readdirSync(folder).filter((file) => file.endsWith(".eml"));
    const mails = await Promise.all(files.map((file) => simpleParser(readFileSync(join(folder, file)))));
    const found = mails.filter(({ to }) => to && !Array.isArray(to) && to.text.includes(`${orderId}@example.org`));
    if (found.length >= count) return found;
    await pause(50);
  }
  throw new Error(`fewer than ${count} mails were sent to ${orderId}`);
}

test("mails speak the order's language and carry its tickets", async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  const shop = await openShop(house);
  const buyer = visitor(house);
  await signUp(house, buyer, { email: "ada@example.org", name: "Ada", password: "a walrus at sea" });

  await t.test("a Spanish order's mail has the tickets to print and the calendar entry", async () => {
    const id = await buy(buyer, shop, "es");
    const [mail] = await mailsOf(house, id, 1);
    match(mail?.subject ?? "", /^Tus boletos: The Long Matinee/);
    match(mail?.text ?? "", /Dónde: +Esquire Theatre, 590 Downing St, Denver, CO/);
    match(String(mail?.html), /<html lang="es">/);
    deepEqual(
      mail?.attachments.map(({ filename, contentType }) => `${filename} ${contentType}`),
      ["boletos.pdf application/pdf", "calendario.ics text/calendar"],
    );
    const sheets = sheetsOf(mail?.attachments[0]?.content ?? Buffer.alloc(0));
    match(wordsOf(sheets[0] ?? ""), /BOLETO 2 DE 2[\s\S]*Room 1[\s\S]*Adult/);
    const { body } = await buyer.ask<{ items: { token: string }[] }>("GET", `/api/v1/orders/${id}/tickets`);
    deepEqual(
      sheets.flatMap(codesOf),
      body.items.map((ticket) => ticket.token),
      "the same codes as on the page",
    );
    match(mail?.attachments[1]?.content.toString() ?? "", /DTSTART;TZID=America\/Denver:\d{8}T193000/);
  });

  await t.test("an order that did not say has English mails", async () => {
    const [mail] = await mailsOf(house, await buy(buyer, shop), 1);
    match(mail?.subject ?? "", /^Your tickets: /);
    equal(mail?.attachments[0]?.filename, "tickets.pdf");
  });

  await t.test("whoever is moved to other seats is sent the new tickets", async () => {
    const id = await buy(buyer, shop, "es");
    await mailsOf(house, id, 1);
    const { body: order } = await buyer.ask<{ tickets: { seat: string }[] }>("GET", `/api/v1/orders/${id}`);
    const moves = order.tickets.map(({ seat }, index) => ({ from: seat, to: `A-${index + 1}` }));
    const path = `/api/v1/sellers/${shop.sellerId}/orders/${id}/moves`;
    equal((await shop.seller.ask("POST", path, { moveId: "move-with-a-mail-1", moves })).status, 200);
    const mail = (await mailsOf(house, id, 2)).find(({ subject }) => subject?.startsWith("Tus nuevos asientos"));
    match(mail?.text ?? "", /Asientos: +A-1, A-2[\s\S]*En lugar de: +[A-Z]-\d+/);
    const { body } = await buyer.ask<{ items: { seat: string; token: string }[] }>(
      "GET",
      `/api/v1/orders/${id}/tickets`,
    );
    deepEqual(
      body.items.map(({ seat }) => seat),
      ["A-1", "A-2"],
    );
    deepEqual(
      sheetsOf(mail?.attachments[0]?.content ?? Buffer.alloc(0)).flatMap(codesOf),
      body.items.map(({ token }) => token),
    );
  });

  await t.test("the mail is sent again when asked for, once in five minutes, and not to strangers", async () => {
    const id = await buy(buyer, shop, "es");
    await mailsOf(house, id, 1);
    equal((await visitor(house).ask("POST", `/api/v1/orders/${id}/mails`)).status, 404);
    equal((await buyer.ask("POST", `/api/v1/orders/${id}/mails`)).status, 202);
    const [first, second] = await mailsOf(house, id, 2);
    equal(second?.subject, first?.subject);
    ok(second?.messageId !== first?.messageId);
    equal(second?.attachments.length, 2);
    const again = await buyer.ask("POST", `/api/v1/orders/${id}/mails`);
    deepEqual([again.status, again.body["code"]], [429, "too_many_requests"]);
    ok(Number(again.body["retryAfterMs"]) <= 300_000);
  });

  await t.test("a cancelled showing is told with the reason, in the language of each", async () => {
    const id = await buy(buyer, shop, "es");
    await mailsOf(house, id, 1);
    const at = `/api/v1/sellers/${shop.sellerId}/showings/${shop.showingIds[0]}/cancel`;
    const { status } = await shop.seller.ask("POST", at, { reason: "No hay luz." });
    ok(status < 300);
    const mails = await mailsOf(house, id, 2);
    const told = mails.find((mail) => mail.subject?.startsWith("Cancelado: The Long Matinee"));
    match(told?.text ?? "", /Motivo: +No hay luz\.[\s\S]*Devuelto: +24/);
    equal(told?.attachments.length, 0);
    const { status: none } = await buyer.ask("POST", `/api/v1/orders/${id}/mails`);
    equal(none, 409, "there is no ticket left to send");
  });
});
