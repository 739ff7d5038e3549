// A buyer with a real browser against the whole application, with scripts and without: find, choose, be declined, pay, show the
// code, be let in once, find the order again after a restart.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { openHouse, openShop, type House, type Shop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });

async function newPage(house: House, javaScriptEnabled: boolean): Promise<Page> {
  // The name, not the number: cookies and forms are those of the public address.
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL, javaScriptEnabled, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** Fails naming what axe finds; axe itself needs a page that may run scripts, and the page is the same without. */
async function lookOver(page: Page, scripts: boolean): Promise<void> {
  if (!scripts) return;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  assert.deepEqual(found, [], page.url());
}

/** What a scanner reads from the page's first ticket, as the screen shows it. */
async function scanned(page: Page): Promise<string> {
  const picture = await page.locator(".ticket-code").first().screenshot({ scale: "css" });
  const { data, info } = await sharp(picture).resize(800).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

/** From the list to the seats of the shop's show. */
async function findSeats(page: Page): Promise<void> {
  await page.goto("/?near=Denver&on=" + Temporal.Now.plainDateISO("America/Denver").add({ days: 1 }).toString());
  await page.getByRole("link", { name: "The Long Matinee", exact: true }).click();
  await page.getByRole("heading", { name: "Showtimes" }).waitFor();
  await page.locator("a.showtime").first().click();
  await page.getByRole("heading", { name: "Choose your seats" }).waitFor();
}

async function pay(page: Page, how: string): Promise<void> {
  await page.getByLabel("Name").fill("Ann Example");
  await page.getByLabel("E-mail address").fill("ann@example.org");
  await page.getByLabel(how, { exact: true }).check();
  await page.getByLabel("I accept the terms of sale").check();
  await page.getByRole("button", { name: /^Pay/ }).click();
}

/** What the door says: `admitted`, or the code of the refusal. */
async function scan(shop: Shop, token: string): Promise<string | undefined> {
  const asked = { token, gate: "North" };
  const { body } = await shop.seller.ask<{ admitted?: boolean; code?: string }>("POST", "/api/v1/scans", asked);
  return body.admitted === true ? "admitted" : body.code;
}

for (const scripts of [false, true]) {
  await suite(scripts ? "with scripts" : "without scripts", async () => {
    const house = await openHouse({ "writes-per-minute": "0" });
    const shop = await openShop(house);

    await test("a guest finds two seats, is declined, pays, and is let in once", async () => {
      const page = await newPage(house, scripts);
      await findSeats(page);
      await lookOver(page, scripts);
      await page.locator('input[value="D-3"]').check();
      await page.locator('input[value="D-4"]').check();
      await page.getByRole("button", { name: "Hold these seats" }).click();
      await page.waitForURL("**/holds/*");
      await lookOver(page, scripts);
      await pay(page, "Card that is declined");
      await page.getByRole("alert").filter({ hasText: "declined" }).waitFor();
      assert.equal(await page.getByLabel("Name").inputValue(), "Ann Example");
      await pay(page, "Test card that is approved");
      await page.waitForURL("**/orders/*");
      await page.getByText("Paid and confirmed").waitFor();
      await lookOver(page, scripts);
      const token = await scanned(page);
      assert.equal(await scan(shop, token), "admitted");
      assert.equal(await scan(shop, token), "ticket_used");
      await page.reload();
      assert.equal(await page.locator(".ticket-code").count(), 2);
      await page.context().close();
    });

    await test("seats that are sold cannot be ticked by the next one", async () => {
      const page = await newPage(house, scripts);
      await findSeats(page);
      assert.equal(await page.locator('input[value="D-3"]').isDisabled(), true);
      await page.getByText("118 seats left").waitFor();
      await page.context().close();
    });

    await test("a bank that does not answer, and one that asks to confirm, end with tickets", async () => {
      const page = await newPage(house, scripts);
      for (const how of ["Bank that asks you to confirm", "Bank that does not answer, then approves"]) {
        await findSeats(page);
        await page.getByRole("button", { name: "Hold the best seats" }).click();
        await page.waitForURL("**/holds/*");
        await pay(page, how);
        await page.waitForURL("**/orders/*", { timeout: 30_000 });
        const bank = page.getByRole("link", { name: "Go to your bank" });
        if (how.includes("confirm")) {
          await bank.click();
          await page.getByRole("button", { name: "Approve the payment" }).click();
          await page.waitForURL("**/orders/*");
        }
        // The page looks again by itself until the bank has answered.
        await page.getByText("Paid and confirmed").waitFor({ timeout: 30_000 });
      }
      await page.context().close();
    });

    await test("an account finds its order after a restart, still signed in", async () => {
      const page = await newPage(house, scripts);
      await page.goto("/sign-up?next=/account/orders");
      await page.getByLabel("Name").fill("Bo Buyer");
      await page.getByLabel("E-mail address").fill("bo@example.org");
      await page.getByLabel("Password").fill("a walrus on the balcony");
      await page.getByRole("button", { name: "Make an account" }).click();
      await page.waitForURL("**/account/orders");
      await findSeats(page);
      await page.getByRole("button", { name: "Hold the best seats" }).click();
      await page.waitForURL("**/holds/*");
      await pay(page, "Test card that is approved");
      await page.getByText("Paid and confirmed").waitFor();
      const cookies = await page.context().cookies();
      await page.context().close();
      await house.restart();
      const later = await newPage(house, scripts);
      await later.context().addCookies(cookies);
      await later.goto("/account/orders");
      await later.getByRole("link", { name: "Tickets: The Long Matinee" }).click();
      await later.waitForURL("**/orders/*");
      assert.equal(await later.locator(".ticket-code").count(), 2);
      await lookOver(later, scripts);
      await later.context().close();
    });

    if (scripts) {
      await test("a seat that somebody else takes is unticked as it happens, and counts follow", async () => {
        const [one, other] = [await newPage(house, true), await newPage(house, true)];
        for (const page of [one, other]) {
          await findSeats(page);
          await page.locator('input[value="B-1"]').check();
        }
        await one.locator('input[value="B-2"]').check();
        await one.getByText("2 seats ·").waitFor();
        await other.getByRole("button", { name: "Hold these seats" }).click();
        await other.waitForURL("**/holds/*");
        await one.getByText("Somebody else just took B-1").waitFor();
        assert.equal(await one.locator('input[value="B-1"]').isChecked(), false);
        assert.match(await other.locator(".hold-clock-face").innerText(), /^[78]:\d\d$/);
        await other.getByRole("button", { name: "Give these seats back" }).click();
        await other.waitForURL("**/showings/*");
        await one.getByRole("checkbox", { name: /^Row B seat 1,.*free$/ }).waitFor();
        await one.context().close();
        await other.context().close();
      });
    }

    await test("close", () => house.close());
  });
}
await test("close the browser", () => browser.close());
