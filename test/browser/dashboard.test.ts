// The seller's dashboard in a real browser against the whole application: a sale appears while one looks, the chart is what the
// table says, and phones, both themes and browsers without scripts have all of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { password } from "../accounts/setting.ts";
import { signedUp } from "../accounts/signed-up.ts";
import type { House } from "../app/setting.ts";
import { cinema, film } from "../authoring/setting.ts";
import { sold } from "../sellers/setting.ts";
import { fits, lookOver, openSetting } from "./setting.ts";
import { signIn } from "./steps.ts";

const dayMs = 86_400_000;
const day = (later: number) => new Date(Date.now() + later * dayMs).toISOString().slice(0, 10);

/** A cinema in Denver with two showings on sale, and some orders of the last days. */
async function openCinema({ app }: House) {
  const { account } = await signedUp(app.accounts, { email: "ines@example.org", name: "Ines", password });
  const { id: sellerId } = await app.accounts.openSeller(account.id, { name: "Mayan Cinemas", currency: "USD" });
  const by = { sellerId, actor: account.id };
  const venue = await app.authoring.addVenue(by, cinema);
  const room = { venueId: venue.id, name: "One", turnaroundMinutes: 20, template: "small-cinema" } as const;
  const auditorium = await app.authoring.addAuditorium(by, room);
  const show = await app.authoring.addShow(by, { ...film, posterId: "" });
  await app.authoring.publishShow(by, show.id);
  const prices = await app.authoring.setPrices(by, {
    feeMinor: 0,
    taxBasisPoints: 0,
    tiers: [{ id: "adult", name: "Adult", sections: { MAIN: 1_000 } }],
  });
  const { showings } = await app.authoring.schedule(by, {
    showId: show.id,
    auditoriumId: auditorium.id,
    priceListId: prices.list.id,
    times: ["15:00", "19:30"],
    weekdays: [],
    from: day(2),
    to: day(2),
    publish: true,
  });
  const showingId = showings[0]?.id ?? "";
  const earlier = [3, 1, 0, 5, 2];
  for (const [ago, count] of earlier.entries()) {
    const seats = Array.from({ length: count }, (_, seat) => `A-${ago * 10 + seat}`);
    const placedAt = Date.now() - (ago + 1) * dayMs;
    const about = { sellerId, showId: show.id, showingId, venueId: venue.id, seats, placedAt };
    if (count > 0)
      await sold({ store: app.store, clock: () => Date.now() }, { id: `order-00000000000${ago}`, ...about });
  }
  let orders = 0;
  const buy = async (seats: readonly string[]) => {
    orders += 1;
    const customer = { holder: `g:${orders}`, addressPrefix: "10.0.0" };
    const hold = await app.sales.hold({ showingId, seats }, customer);
    const buyer = { email: "bea@example.org", name: "Bea" };
    const payment = { provider: "sandbox", token: "tok_approve" };
    await app.sales.checkOut({ id: `order-bought-${orders}xxx`, holdId: hold.id, buyer, payment }, customer);
    await app.caughtUp();
  };
  return { buy, at: `/sell/${sellerId}` };
}

/** What the table says of each step, and how high the chart's bar stands, as parts of the highest. */
async function drawnAndSaid(page: Page): Promise<{ said: number[]; drawn: number[] }> {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLDataElement>('#dash-steps data[data-series="now"]')];
    const values = cells.map((cell) => Number(cell.value));
    const canvas = document.querySelector<HTMLCanvasElement>(".uplot canvas");
    const over = document.querySelector<HTMLElement>(".u-over");
    if (!canvas || !over) throw new Error("there is no chart");
    const [frame, inside] = [canvas.getBoundingClientRect(), over.getBoundingClientRect()];
    const scale = canvas.width / frame.width;
    const drawing = canvas.getContext("2d");
    const colour = getComputedStyle(canvas).getPropertyValue("--chart-now").trim();
    const probe = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    if (!drawing || !probe) throw new Error("there is no canvas");
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    const wanted = probe.getImageData(0, 0, 1, 1).data;
    const heights = values.map((_, index) => {
      // A little beside the middle: the points of the days before lie in it.
      const x = (inside.left - frame.left + ((index + 0.62) / values.length) * inside.width) * scale;
      const top = (inside.top - frame.top) * scale;
      const { data } = drawing.getImageData(Math.round(x), Math.round(top), 1, Math.round(inside.height * scale));
      let height = 0;
      for (let at = 0; at < data.length; at += 4) {
        if ([0, 1, 2].every((part) => Math.abs((data[at + part] ?? 0) - (wanted[part] ?? 0)) < 8)) height += 1;
      }
      return height;
    });
    const part = (some: number[]) => some.map((one) => one / Math.max(1, ...some));
    return { said: part(values), drawn: part(heights) };
  });
}

async function chartIsWhatTheTableSays(page: Page): Promise<void> {
  const { said, drawn } = await drawnAndSaid(page);
  assert.equal(drawn.length, 7);
  for (const [index, value] of said.entries()) {
    assert.ok(Math.abs(value - (drawn[index] ?? 0)) < 0.05, `${said.join(" ")} is drawn as ${drawn.join(" ")}`);
  }
}

const { prepared: house, newPage, faults } = await openSetting({ prepare: openCinema });

const open = async (options: { width: number; height: number; scripts?: boolean }) => {
  const { width, height, scripts: javaScriptEnabled = true } = options;
  const page = await newPage({ viewport: { width, height }, javaScriptEnabled });
  await signIn(page, "ines@example.org", password);
  return page;
};
/** Today's tickets: the second of the figures on top. */
const ticketsToday = (page: Page, count: string) =>
  page
    .locator(".dash-today dl > div")
    .nth(1)
    .locator("data", { hasText: new RegExp(`^${count}$`) });

test("a sale appears while one looks, in figures, table and chart alike", async () => {
  const page = await open({ width: 1280, height: 900 });
  await page.goto(`${house.at}?measure=tickets`);
  await page.getByText("Live: figures as of").waitFor();
  await ticketsToday(page, "0").waitFor();
  await chartIsWhatTheTableSays(page);
  const summary = page.getByText("As a table");
  await summary.click();
  await house.buy(["E-5", "E-6", "E-7", "E-8"]);
  await ticketsToday(page, "4").waitFor();
  await page.locator('#dash-steps tbody tr:last-child data[data-series="now"]', { hasText: /^4$/ }).waitFor();
  await chartIsWhatTheTableSays(page);
  assert.ok(await page.locator("#dash-steps").isVisible(), "what was opened stays open");

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused: figures as of").first().waitFor();
  await house.buy(["F-5"]);
  await page.getByRole("button", { name: "Go on" }).click();
  await ticketsToday(page, "5").waitFor();

  await page.context().setOffline(true);
  await page.getByText("No connection: figures as of").first().waitFor();
  await page.context().setOffline(false);
  await page.getByText("The figures are live again.").waitFor();
  faults.length = 0;
  await page.context().close();
});

test("filters are chosen with the keyboard and stand in the address", async () => {
  const page = await open({ width: 1280, height: 900 });
  await page.goto(house.at);
  await page.getByText("Filters", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Show", { exact: true }).selectOption({ label: film.title });
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await page.waitForURL(/\?show=/);
  await page.getByText("Other days").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.ok(await page.getByRole("button", { name: "Show these days" }).isHidden());
  await page.getByRole("link", { name: "30 days" }).click();
  await page.waitForURL(/period=month&show=/);
  assert.equal(await page.locator("#dash-steps tbody tr").count(), 30);
  await page.context().close();
});

test("axe finds nothing in either theme, also on a phone, and the way around is at the thumb", async () => {
  const page = await open({ width: 1280, height: 900 });
  for (const path of ["", "?period=day&seats=past", "/members", "/settings"]) {
    await page.goto(house.at + path);
    await lookOver(page, path);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${house.at}?period=month`);
  await page.locator(".uplot canvas").waitFor();
  await lookOver(page, "a phone");
  const around = page.getByRole("navigation", { name: "Pages of Mayan Cinemas" });
  const tab = await around.getByRole("link", { name: "Orders" }).boundingBox();
  assert.ok(tab && tab.y > 844 - 80 && tab.height >= 44, "tabs are at the lower edge");
  await page.getByRole("button", { name: "More" }).click();
  await lookOver(page, "the sheet");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.waitForURL("**/settings");
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["", "/members", "/settings"]) {
    await page.goto(house.at + path);
    await fits(page, `${path} at 320 px`);
  }
  await page.context().close();
});

test("without scripts there are a picture, the table, and the way around", async () => {
  const page = await open({ width: 390, height: 844, scripts: false });
  await page.goto(house.at);
  await page.getByText("Load the page again for newer ones").waitFor();
  assert.ok((await page.locator(".sales-picture rect").count()) > 0);
  await page.getByText("As a table").click();
  await page.getByRole("cell", { name: "$50.00" }).first().waitFor();
  assert.ok(await page.getByRole("button", { name: "Pause" }).isHidden());
  await page.getByRole("button", { name: "More" }).click();
  const around = page.getByRole("navigation", { name: "Pages of Mayan Cinemas" });
  await around.getByRole("link", { name: "Venues" }).click();
  await page.waitForURL("**/sell/*/venues");
  await page.context().close();
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
