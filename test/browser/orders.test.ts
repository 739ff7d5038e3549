// A seller's orders in a real browser: found on a phone, refunded once with the amount known before, mailed again, and a showing
// cancelled after a look at what that comes to.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import { openHouse, openShop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const house = await openHouse({ "writes-per-minute": "0" });
const shop = await openShop(house);
const [showingId = ""] = shop.showingIds;
for (const [name, seats] of [
  ["Bea Ruiz", ["A-1", "A-2"]],
  ["Ann Example", ["B-1"]],
] as const) {
  const customer = { holder: `g:${name}`, addressPrefix: "10.0.0" };
  const hold = await house.app.sales.hold({ showingId, seats: [...seats] }, customer);
  const buyer = { email: `${name.slice(0, 3).toLowerCase()}@example.org`, name };
  const payment = { provider: "sandbox", token: "tok_approve" };
  await house.app.sales.checkOut({ id: `order-0000000-${seats[0]}`, holdId: hold.id, buyer, payment }, customer);
}
await house.app.caughtUp();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
after(async () => {
  await browser.close();
  await house.close();
});

async function open(options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> {
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL, locale: "en-US", ...options });
  await context.request.post("/api/v1/session", { data: { email: shop.email, password: "velvet rope 1927" } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

async function lookOver(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  assert.deepEqual(found, [], page.url());
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.equal(width[0], width[1], `${page.url()} is not wider than its window`);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`orders are found by name and status on a narrow phone, ${colorScheme}`, async () => {
    const page = await open({ colorScheme, viewport: { width: 320, height: 640 } });
    await page.goto(`/sell/${shop.sellerId}/orders`);
    await lookOver(page);
    await page.getByLabel("Name, e-mail or order").fill("ruiz");
    await page.getByLabel("Status").selectOption({ label: "Paid" });
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: "Bea Ruiz" }).waitFor();
    assert.equal(await page.locator(".order-row").count(), 1);
    await page.getByLabel("Status").selectOption({ label: "Declined" });
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("No order matches").waitFor();
    for (const path of ["orders/order-0000000-A-1", "orders/order-0000000-A-1/refund?all=yes"]) {
      await page.goto(`/sell/${shop.sellerId}/${path}`);
      await lookOver(page);
    }
    await page.goto(`/sell/${shop.sellerId}/showings/${showingId}/cancel`);
    await lookOver(page);
    await page.context().close();
  });
}

test("what goes back is said before, is given back once, and stands in the order's history", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/sell/${shop.sellerId}/orders/order-0000000-A-1`);
  await page.getByLabel("Refund A-2").check();
  await page.getByRole("button", { name: "Refund the ticked ones" }).click();
  await page.getByRole("heading", { name: "$12.00 go back to the buyer" }).waitFor();
  await page.getByLabel("Reason").fill("Broken seat");
  // The same form in two windows.
  const form = await page
    .locator("form:has([name=refundId]) input")
    .evaluateAll((inputs: HTMLInputElement[]) => inputs.map(({ name, value }) => [name, value]));
  await page.getByRole("button", { name: "Refund $12.00" }).click();
  await page.getByText("Refunded. These tickets no longer open the door.").waitFor();
  const action = `/sell/${shop.sellerId}/orders/order-0000000-A-1/refund`;
  const again = await page.request.post(action, {
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(page.url()).origin },
    data: new URLSearchParams(form).toString(),
    maxRedirects: 0,
  });
  assert.equal(again.status(), 303, "the same refund is answered, not paid again");
  const order = await house.app.sales.order("order-0000000-A-1", { operator: true });
  assert.equal(order.refundedMinor, 1_200);

  await page.getByRole("button", { name: "Send the tickets again" }).click();
  await page.getByText("The tickets are on their way to the buyer again.").waitFor();
  await page.getByRole("button", { name: "Send the tickets again" }).click();
  await page.getByText("That mail was sent a moment ago.").waitFor();
  const happened = await page.locator(".order-history li").allInnerTexts();
  assert.deepEqual(
    happened.map((text) => text.split("\n").slice(1).join(" ").trim()),
    ["Bought by the buyer", "$12.00 refunded: A-2 by Sam Seller “Broken seat”", "Tickets sent again by Sam Seller"],
  );
  await page.context().close();
});

test("a showing is cancelled after a typed word, and its page says how many orders are refunded", async () => {
  const page = await open();
  await page.goto(`/sell/${shop.sellerId}/showings/${showingId}`);
  await page.getByRole("link", { name: "Cancel showing" }).click();
  await page.getByText("$24.00").waitFor();
  await page.getByText("2 buyers are told, with your reason").waitFor();
  await page.getByLabel("Reason").fill("Burst pipe");
  await page.getByLabel("Type CANCEL to go on").fill("yes");
  await page.getByRole("button", { name: "Cancel showing and refund all orders" }).click();
  await page.getByText("Type the word CANCEL, so that nothing is cancelled by accident.").waitFor();
  await page.getByLabel("Type CANCEL to go on").fill("cancel");
  await page.getByRole("button", { name: "Cancel showing and refund all orders" }).click();
  await page.getByText("2 of 2 orders refunded").first().waitFor({ timeout: 20_000 });
  await page.goto(`/sell/${shop.sellerId}/orders/order-0000000-B-1`);
  await page.getByText("$12.00 refunded: B-1 because the showing was cancelled").waitFor();
  await page.context().close();
});
