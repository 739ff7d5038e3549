// The check-out in a real browser: pressed twice, wrong in every field, declined, loaded again, gone back to; with scripts and
// without.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import { openHouse, openShop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
const house = await openHouse({ "writes-per-minute": "0" });
const shop = await openShop(house);
await shop.seller.ask("PATCH", `/api/v1/sellers/${shop.sellerId}`, { cancelHours: 2 });

/** The check-out of two seats that the page's own browser holds. */
async function atCheckOut(javaScriptEnabled: boolean): Promise<Page> {
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const viewport = { width: 320, height: 700 };
  const context = await browser.newContext({ baseURL, javaScriptEnabled, locale: "en-US", viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const data = { bestAvailable: { quantity: 2 } };
  const held = await context.request.post(`/api/v1/showings/${shop.showingIds[0]}/holds`, { data });
  const { id } = (await held.json()) as { id: string };
  await page.goto(`/holds/${id}`);
  return page;
}

async function fillIn(page: Page, how = "Test card that is approved"): Promise<void> {
  await page.getByLabel("Name").fill("Ann Example");
  await page.getByLabel("E-mail address").fill("ann@example.org");
  await page.getByLabel(how, { exact: true }).check();
  await page.getByLabel("I accept the terms of sale").check();
}

/** Fails naming what axe finds in both themes, and what is wider than a small phone. */
async function lookOver(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The themes differ in colours only.
    if (colorScheme === "dark") axe.withRules(["color-contrast"]);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    assert.deepEqual(found, [], `${page.url()}, ${colorScheme}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
}

for (const scripts of [false, true]) {
  await suite(scripts ? "with scripts" : "without scripts", async () => {
    await test("every wrong field is said at once, above the form in a list that has the focus", async () => {
      const page = await atCheckOut(scripts);
      await page.getByRole("button", { name: /^Pay/ }).click();
      const summary = page.getByRole("alert");
      await summary.waitFor();
      assert.equal(await summary.getByRole("link").count(), 3);
      assert.equal(await summary.evaluate((found) => found === document.activeElement), true);
      await summary.getByRole("link", { name: "Accept the terms to buy." }).click();
      assert.equal(await page.locator("#terms-yes").evaluate((box) => box === document.activeElement), true);
      if (scripts) await lookOver(page);
      await page.goto(`${new URL(page.url()).pathname.replace(/\/order$/, "")}/order`);
      await page.getByRole("heading", { name: "Check out" }).waitFor();
      await page.context().close();
    });

    await test("a declined card keeps the seats and says for how long", async () => {
      const page = await atCheckOut(scripts);
      const seats = await page.locator(".check-out-summary tbody").textContent();
      if (scripts) {
        await page.getByLabel("E-mail address").fill("ann@gmial.com");
        // Pressed straight from the field: the question that comes up does not move it away.
        await page.getByLabel("Card that is declined", { exact: true }).check();
        await page.getByRole("button", { name: "Did you mean ann@gmail.com?" }).click();
        assert.equal(await page.getByLabel("E-mail address").inputValue(), "ann@gmail.com");
      }
      await fillIn(page, "Card without enough money");
      await page.getByRole("button", { name: /^Pay/ }).click();
      await page
        .getByRole("alert")
        .filter({ hasText: /not enough money.*held until .* for \d more minutes/ })
        .waitFor();
      assert.equal(await page.locator(".check-out-summary tbody").textContent(), seats);
      await page.reload();
      if (scripts) {
        // Nothing is sent again: it is the check-out afresh.
        await page.getByRole("alert").waitFor({ state: "hidden" });
        assert.match(page.url(), /\/holds\/[^/]+$/);
      } else {
        await page.getByRole("alert").filter({ hasText: "not enough money" }).waitFor();
        assert.equal(await page.getByLabel("Name").inputValue(), "Ann Example");
      }
      assert.equal(await page.locator(".check-out-summary tbody").textContent(), seats);
      await fillIn(page);
      await page.getByRole("button", { name: /^Pay/ }).click();
      await page.getByText("Paid and confirmed").waitFor();
      await page.context().close();
    });

    await test("pressed twice it buys once; loaded again it is the order; gone back to it says so", async () => {
      const page = await atCheckOut(scripts);
      const posts: string[] = [];
      page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
      await fillIn(page);
      const button = page.locator(".check-out-form button[type=submit]");
      if (scripts) {
        const after = await button.evaluate((pressed: HTMLButtonElement) => {
          pressed.click();
          pressed.click();
          return { disabled: pressed.disabled, text: pressed.textContent };
        });
        assert.deepEqual(after, { disabled: true, text: "Paying…" });
      } else await button.dblclick({ noWaitAfter: true });
      await page.waitForURL("**/orders/*");
      await page.getByText("Paid and confirmed").waitFor();
      if (scripts) {
        assert.equal(posts.length, 1);
        const kept = await page.evaluate(() =>
          Object.keys(sessionStorage).filter((key) => key.startsWith("marquee hold")),
        );
        assert.deepEqual(kept, [], "the showing's page does not offer this check-out any more");
      }
      const order = page.url();
      await page.reload();
      await page.getByText("Paid and confirmed").waitFor();
      assert.equal(page.url(), order);
      await page.goBack();
      await page.getByRole("heading", { name: "You have bought these" }).waitFor();
      assert.equal(await page.locator("[name=token]").count(), 0);
      if (scripts) await lookOver(page);
      await page.getByRole("link", { name: "Open your tickets" }).click();
      assert.equal(page.url(), order);
      await page.context().close();
    });
  });
}
await test("close", async () => {
  await browser.close();
  await house.close();
});
