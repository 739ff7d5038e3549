// A seller moves a buyer to other seats in a real browser, with scripts and without; the page is looked over by axe in both themes.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openShop, visitor, type Shop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { scan, signIn } from "./steps.ts";

const {
  house,
  newPage,
  faults,
  prepared: [withScripts, without, theatre],
} = await openSetting({
  prepare: async (opened) =>
    [await openShop(opened), await openShop(opened), await openShop(opened, "theatre")] as const,
});
const viewport = { width: 360, height: 800 };

/** Buys, and answers the tickets' codes. */
async function buy(shop: Shop, id: string, seats: string[]): Promise<string[]> {
  const buyer = visitor(house);
  const hold = await buyer.ask<{ id: string }>("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, { seats });
  const order = await buyer.ask<{ key: string }>("POST", "/api/v1/orders", {
    id,
    holdId: hold.body.id,
    buyer: { email: "bea@example.org", name: "Bea" },
    payment: { provider: "sandbox", token: "tok_approve" },
  });
  assert.equal(order.status, 201);
  type Tickets = { items: { token: string }[] };
  const { body } = await buyer.ask<Tickets>("GET", `/api/v1/orders/${id}/tickets?key=${order.body.key}`);
  return body.items.map(({ token }) => token);
}

const chosen = (page: Page) =>
  page.locator("select[name=to]").evaluateAll((lists) => lists.map((list) => (list as HTMLSelectElement).value));

/** What the order's page says of a seat's ticket. */
const ticket = (page: Page, seat: string) => page.locator(".order-ticket").filter({ hasText: seat });

for (const scripts of [true, false])
  test(`a seller moves a buyer to the nearest equal seats, ${scripts ? "with" : "without"} scripts`, async () => {
    const page = await newPage({ javaScriptEnabled: scripts, viewport });
    const shop = scripts ? withScripts : without;
    const id = `order-of-bea-${scripts}-1`;
    await buy(shop, id, ["C-5", "C-6"]);
    await signIn(page, shop.email);
    const order = `/sell/${shop.sellerId}/orders/${id}`;
    await page.goto(order);
    await page.getByRole("link", { name: "Move to other seats …" }).click();
    await page.getByText("Nothing is charged and nothing is given back").waitFor();
    assert.deepEqual(await chosen(page), ["C-3", "C-4"], "neighbours of the same row and price");
    // Somebody is faster.
    await buy(shop, `order-of-kim-${scripts}-1`, ["C-3", "C-4"]);
    await page.getByRole("button", { name: "Move the tickets" }).click();
    await page.getByRole("alert").getByText("C-3, C-4").waitFor();
    assert.deepEqual(await chosen(page), ["C-7", "C-8"], "what is gone is proposed anew");
    const [first, second] = [page.getByLabel("instead of C-5"), page.getByLabel("instead of C-6")];
    await first.selectOption("E-3");
    await second.selectOption("E-3");
    await page.getByRole("button", { name: "Move the tickets" }).click();
    await page.getByRole("alert").getByText("E-3 is chosen twice").waitFor();
    if (scripts) await lookOver(page);
    await first.selectOption("C-6");
    await second.selectOption("E-3");
    await page.getByRole("button", { name: "Move the tickets" }).click();
    await page.waitForURL(`**${order}?done=moved`);
    await page.getByText("The buyer is being mailed the new tickets").waitFor();
    for (const seat of ["C-6", "E-3"]) await ticket(page, seat).getByText("valid").waitFor();
    await page.getByText("C-5 → C-6 and C-6 → E-3").waitFor();
    if (scripts) await lookOver(page);
    const { body } = await shop.seller.ask<{ totalMinor: number; refundedMinor: number }>(
      "GET",
      `/api/v1/sellers/${shop.sellerId}/orders/${id}`,
    );
    assert.deepEqual([body.totalMinor, body.refundedMinor], [2_400, 0]);
    await page.context().close();
  });

test("a section of a large room is chosen first, in Spanish too, and what cannot move is said", async () => {
  const page = await newPage({ javaScriptEnabled: false, locale: "es-MX", viewport });
  const shop = theatre;
  await buy(shop, "order-of-bea-theatre", ["STALLS-C-5", "STALLS-C-6"]);
  await signIn(page, shop.email);
  const order = `/sell/${shop.sellerId}/orders/order-of-bea-theatre`;
  await page.goto(`${order}/move`);
  assert.equal(
    (await chosen(page)).every((seat) => seat.startsWith("STALLS-C-")),
    true,
  );
  const sections = await page
    .locator("select[name=section] option")
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  const other = sections.find((section) => section !== "STALLS") ?? "";
  await page.locator("select[name=section]").selectOption(other);
  await page.getByRole("button", { name: "Ver sus asientos" }).click();
  await page.waitForURL(`**/move?section=${other}`);
  const seats = await chosen(page);
  assert.equal(seats.length === 2 && seats.every((seat) => seat.startsWith(`${other}-`)), true, seats.join());
  await page.locator("select[name=to]").first().selectOption("");
  await page.getByRole("button", { name: "Cambiar los boletos" }).click();
  await page.waitForURL(`**${order}?done=moved`);
  await ticket(page, seats[1] ?? "").waitFor();
  const back = { id: "refund-of-bea-0001", reason: "Ill" };
  const refunded = await shop.seller.ask(
    "POST",
    `/api/v1/sellers/${shop.sellerId}/orders/order-of-bea-theatre/refunds`,
    back,
  );
  assert.equal(refunded.status, 200);
  await page.goto(`${order}/move`);
  await page.getByText("No hay ningún boleto que cambiar").waitFor();
  await page.context().close();
});

test("whoever is inside stays, and the page says so", async () => {
  const page = await newPage({ javaScriptEnabled: false, viewport });
  const shop = withScripts;
  const id = "order-of-bea-inside";
  const [first = "", second = ""] = await buy(shop, id, ["G-5", "G-6"]);
  await house.app.caughtUp();
  assert.equal(await scan(shop, first), "admitted");
  await signIn(page, shop.email);
  await page.goto(`/sell/${shop.sellerId}/orders/${id}/move`);
  await page.getByText("G-5 stays: scanned at the door already.").waitFor();
  assert.equal((await chosen(page)).length, 1, "only the other ticket is offered a seat");
  await page.getByRole("button", { name: "Move the tickets" }).click();
  await page.waitForURL("**?done=moved");
  await house.app.caughtUp();
  assert.equal(await scan(shop, second), "ticket_void", "the old code of the one that moved");
  await page.context().close();
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
