// A seller with a real browser against the whole application: from signing up to a show that is in the list, the first sale, its
// tickets at the door, and a refund.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { openSetting } from "./setting.ts";
import { holdSeats, paid, pay, refundAll, scanAt, scanned, seatsOpen, signUp } from "./steps.ts";

const { house, newPage, faults } = await openSetting({ prepare: () => Promise.resolve() });
const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForLoadState();
}

/** Signs up and opens a seller account; answers its page's path. */
async function openSeller(page: Page, name: string): Promise<string> {
  await signUp(page, house, "/sell", { name: "Ines", email: `${name.replaceAll(" ", "-").toLowerCase()}@example.org` });
  await page.getByLabel("Name").fill(name);
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

async function listShow(page: Page, at: string, title: string, poster: string): Promise<void> {
  await page.goto(`${at}/shows/new`);
  await page.getByLabel("Title").fill(title);
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

/** Somebody finds the show, takes two seats and pays; answers the tickets' codes. */
async function buy(page: Page, title: string): Promise<[string, string]> {
  await page.goto(`/?on=${day(2)}`);
  await page.getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("heading", { name: "Showtimes" }).waitFor();
  await page.locator("a.showtime").first().click();
  await seatsOpen(page, false);
  for (const name of ["E-5", "E-6"]) await page.locator(`input[value="${name}"]`).check();
  await holdSeats(page).click();
  await page.waitForURL("**/holds/*");
  await pay(page, "approved");
  await paid(page);
  return [await scanned(page, 0), await scanned(page, 1)];
}

for (const scripts of [false, true]) {
  test(`a seller goes from signing up to the first sale, the door and a refund, ${scripts ? "with" : "without"} scripts`, async () => {
    const [title, name] = scripts ? ["The Third Man", "Mayan Cinemas"] : ["The Second Man", "Oriental Cinemas"];
    const poster = join(house.folder, "poster.png");
    const image = sharp({ create: { width: 600, height: 900, channels: 3, background: "#203a5f" } });
    writeFileSync(poster, await image.png().toBuffer());
    const page = await newPage({ javaScriptEnabled: scripts });
    const at = await openSeller(page, name);
    await addVenue(page, at);
    await listShow(page, at, title, poster);
    await schedule(page, at);

    await page.goto(`/?on=${day(2)}`);
    const shown = page.locator(".poster-card").filter({ hasText: title }).locator("img.poster").first();
    const src = (await shown.getAttribute("src")) ?? "";
    assert.match(src, /^\/static\/media\/.*\.webp$/);
    assert.equal((await page.request.get(src)).headers()["content-type"], "image/webp");

    const buyer = await newPage({ javaScriptEnabled: false });
    const [first, second] = await buy(buyer, title);
    await house.app.caughtUp();
    await page.goto(at);
    await page.getByText("$25.00").first().waitFor();
    await scanAt(page, at, first, "Let in");
    await scanAt(page, at, first, "Used already");

    // All is given back, and nobody else comes in with it.
    await refundAll(page, at, "Ann Example", "Could not come");
    await house.app.caughtUp();
    await buyer.reload();
    await buyer
      .getByText(/given back/)
      .first()
      .waitFor();
    await scanAt(page, at, second, "Not valid any more");
    await page.context().close();
    await buyer.context().close();
  });
}

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
