// A seller with a real browser against the whole application: from signing up to a show that is in the list, sold into, and
// counted. Pages of every kind are looked over by axe.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);

async function openBrowser(javaScriptEnabled: boolean) {
  const folder = mkdtempSync(join(tmpdir(), "marquee-seller-"));
  const app = await openApp(
    readConfig({ data: join(folder, "data"), port: "0", "log-level": "silent", "writes-per-minute": "0" }, {}),
  );
  const address = (await app.listen()).replace("127.0.0.1", "localhost");
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return {
    app,
    folder,
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fails naming what axe finds on the page. */
async function lookOver(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  assert.deepEqual(found, [], page.url());
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForLoadState();
}

/** Signs up and opens a seller account; answers its page's path. */
async function signUp(page: Page): Promise<string> {
  await page.goto("/sign-up?next=%2Fsell");
  await page.locator("input[name=name]").fill("Ines");
  await page.locator("input[name=email]").fill("ines@example.org");
  await page.locator("input[name=password]").fill("a walrus on the balcony");
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForURL("**/sell");
  await page.getByLabel("Name").fill("Mayan Cinemas");
  await press(page, "Open seller account");
  return new URL(page.url()).pathname;
}

async function addVenue(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/venues/new`);
  await page.getByLabel("Name", { exact: false }).first().fill("Mayan");
  await page.getByLabel("Street and number").fill("110 Broadway");
  await page.getByLabel("City").fill("Denver");
  await page.getByLabel("State or region").fill("CO");
  await page.getByLabel("Latitude").fill("39.72");
  await page.getByLabel("Longitude").fill("-104.99");
  await page.getByLabel("Time zone").fill("America/Denver");
  await press(page, "Add venue");
  await page.getByRole("link", { name: "Add an auditorium" }).click();
  await page.getByLabel("Name").fill("One");
  await page.getByLabel("Small cinema").check();
  await press(page, "Add auditorium");
  await page.getByRole("img", { name: "Seat map of One: 120 places" }).waitFor();
}

async function listShow(page: Page, at: string, poster: string): Promise<void> {
  await page.goto(`${at}/shows/new`);
  await page.getByLabel("Title").fill("The Third Man");
  await page.getByLabel("Length in minutes").fill("104");
  await page.getByLabel("Synopsis").fill("A writer looks for his friend in Vienna.");
  await page.getByLabel("Poster").setInputFiles(poster);
  await press(page, "Save as draft");
  await press(page, "Publish");
  await page.getByText("Published. It is in the list of shows within two seconds.").waitFor();
}

async function schedule(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/prices`);
  await press(page, "Go on");
  await page.locator("input[name=price-0-MAIN]").fill("12.50");
  await press(page, "Show what buyers pay");
  await page.getByRole("cell", { name: "$12.50" }).waitFor();
  await press(page, "Save prices");
  await page.goto(`${at}/schedule`);
  await page.getByLabel("Times").fill("19:30");
  await page.getByLabel("First day").fill(day(1));
  await page.getByLabel("Last day").fill(day(3));
  await page.getByLabel("Publish at once").check();
  await press(page, "Preview");
  await page.getByText("3 showings on 3 days").waitFor();
  await press(page, "Schedule");
  await page.getByRole("cell", { name: "published" }).first().waitFor();
}

for (const scripts of [false, true]) {
  test(`a seller signs up, lists a show and finds it in the list, ${scripts ? "with" : "without"} scripts`, async () => {
    await using browser = await openBrowser(scripts);
    const { app, folder, page } = browser;
    const poster = join(folder, "poster.png");
    const image = sharp({ create: { width: 600, height: 900, channels: 3, background: "#203a5f" } });
    writeFileSync(poster, await image.png().toBuffer());
    const at = await signUp(page);
    await addVenue(page, at);
    await listShow(page, at, poster);
    await schedule(page, at);

    await page.goto(`/?on=${day(2)}`);
    const card = page.getByRole("link", { name: "The Third Man" }).first();
    await card.waitFor();
    const shown = page.locator("img.poster").first();
    assert.match((await shown.getAttribute("src")) ?? "", /^\/static\/media\/.*\.webp$/);
    const drawn = await page.request.get((await shown.getAttribute("src")) ?? "");
    assert.equal(drawn.headers()["content-type"], "image/webp");

    const [show] = app.catalogue.shows();
    const days = show
      ? await app.catalogue.showingsOfShow({ showId: show.id, on: day(2), now: Date.now(), limit: 5, offset: 0 })
      : [];
    const showing = days[0]?.showings[0];
    assert.ok(showing);
    const customer = { holder: "g:test", addressPrefix: "10.0.0" };
    const hold = await app.sales.hold({ showingId: showing.id, seats: ["E-5", "E-6"] }, customer);
    const payment = { provider: "sandbox", token: "tok_approve" };
    const buyer = { email: "bea@example.org", name: "Bea" };
    const order = await app.sales.checkOut({ id: "order-0123456789-1", holdId: hold.id, buyer, payment }, customer);
    assert.equal(order.status, "confirmed");
    await app.caughtUp();
    await page.goto(at);
    await page.getByText("$25.00").first().waitFor();
    const [ticket] = await app.sales.tickets(order.id, { operator: true });
    await page.goto(`${at}/scan`);
    await page.getByLabel("Code of the ticket").fill(ticket?.token ?? "");
    await page.keyboard.press("Enter");
    await page.locator(".door-word", { hasText: "Let in" }).waitFor();
    // Another door: this one would not send the same code again so soon.
    await page.goto(`${at}/scan`);
    await page.getByLabel("Code of the ticket").fill(ticket?.token ?? "");
    await page.keyboard.press("Enter");
    await page.locator(".door-word", { hasText: "Used already" }).waitFor();

    if (!scripts) return;
    const paths = ["", "/venues", "/showings", "/schedule", `/orders/${order.id}`, "/members", "/scan"];
    for (const path of [...paths, `/showings/${showing.id}/blocks`]) {
      await page.goto(at + path);
      await lookOver(page);
    }
  });
}
