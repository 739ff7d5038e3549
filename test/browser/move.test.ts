// A seller moves a buyer to other seats in a real browser, with scripts and without; the page is looked over by axe in both themes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import { openHouse, openShop, visitor, type House, type Shop } from "../app/setting.ts";

async function openBrowser(settings: { javaScriptEnabled: boolean; locale: string }) {
  const house = await openHouse({ "writes-per-minute": "0" });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL, viewport: { width: 360, height: 800 }, ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return {
    house,
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await house.close();
    },
  };
}

/** Fails naming what axe finds on the page, in the light and in the dark. */
async function lookOver(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    assert.deepEqual(found, [], `${page.url()}, ${colorScheme}`);
  }
}

async function buy(house: House, shop: Shop, id: string, seats: string[]): Promise<void> {
  const buyer = visitor(house);
  const hold = await buyer.ask<{ id: string }>("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, { seats });
  const order = await buyer.ask("POST", "/api/v1/orders", {
    id,
    holdId: hold.body.id,
    buyer: { email: "bea@example.org", name: "Bea" },
    payment: { provider: "sandbox", token: "tok_approve" },
  });
  assert.equal(order.status, 201);
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in?next=%2Fsell");
  await page.locator("main input[name=email]").fill(email);
  await page.locator("main input[name=password]").fill("velvet rope 1927");
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForURL("**/sell**");
}

const chosen = (page: Page) =>
  page.locator("select[name=to]").evaluateAll((lists) => lists.map((list) => (list as HTMLSelectElement).value));

for (const scripts of [true, false])
  test(`a seller moves a buyer to the nearest equal seats, ${scripts ? "with" : "without"} scripts`, async () => {
    await using browser = await openBrowser({ javaScriptEnabled: scripts, locale: "en-US" });
    const { house, page } = browser;
    const shop = await openShop(house);
    await buy(house, shop, "order-of-bea-0001", ["C-5", "C-6"]);
    await signIn(page, shop.email);
    const order = `/sell/${shop.sellerId}/orders/order-of-bea-0001`;
    await page.goto(`${order}/move`);
    await page.getByText("Nothing is charged and nothing is given back").waitFor();
    assert.deepEqual(await chosen(page), ["C-3", "C-4"], "neighbours of the same row and price");
    // Somebody is faster.
    await buy(house, shop, "order-of-kim-0001", ["C-3", "C-4"]);
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
    const tickets = page.getByRole("table", { name: "Tickets" });
    await tickets.getByRole("rowheader", { name: "C-6" }).waitFor();
    await tickets.getByRole("rowheader", { name: "E-3" }).waitFor();
    const { body } = await shop.seller.ask<{ totalMinor: number; refundedMinor: number }>(
      "GET",
      `/api/v1/sellers/${shop.sellerId}/orders/order-of-bea-0001`,
    );
    assert.deepEqual([body.totalMinor, body.refundedMinor], [2_400, 0]);
  });

test("a section of a large room is chosen first, in Spanish too, and what cannot move is said", async () => {
  await using browser = await openBrowser({ javaScriptEnabled: false, locale: "es-MX" });
  const { house, page } = browser;
  const shop = await openShop(house, "theatre");
  await buy(house, shop, "order-of-bea-0001", ["STALLS-C-5", "STALLS-C-6"]);
  await signIn(page, shop.email);
  const order = `/sell/${shop.sellerId}/orders/order-of-bea-0001`;
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
  await page.getByRole("rowheader", { name: seats[1] ?? "" }).waitFor();
  const back = { id: "refund-of-bea-0001", reason: "Ill" };
  const refunded = await shop.seller.ask(
    "POST",
    `/api/v1/sellers/${shop.sellerId}/orders/order-of-bea-0001/refunds`,
    back,
  );
  assert.equal(refunded.status, 200);
  await page.goto(`${order}/move`);
  await page.getByText("No hay ningún boleto que cambiar").waitFor();
});
