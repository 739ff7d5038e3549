// The auditorium editor in a real browser: from nothing to a room of 300 seats by fields and by hand, saved, used by a showing and
// changed again. Pages are looked over by axe in both themes.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { Page } from "playwright-core";
import { readRow } from "../../src/domain/seat-map-rows.ts";
import type { Row, SeatMap } from "../../src/domain/seat-map.ts";
import { denverDay, openShop, type Shop } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { signIn } from "./steps.ts";

const { house, newPage, faults } = await openSetting({ prepare: () => Promise.resolve() });

afterEach(() => assert.deepEqual(faults, [], "what went wrong in the browser"));

const opened = (page: Page) => page.locator('[data-editor="open"]').waitFor();
const item = (page: Page, name: string) => page.getByRole("treeitem", { name, exact: true });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const places = (page: Page, count: string) =>
  page.getByRole("application", { name: `Drawing of the room, ${count}` }).waitFor();

/** Puts a number into a field, as one who types. */
async function type(page: Page, field: string, value: string): Promise<void> {
  await page.getByLabel(field, { exact: true }).and(page.locator("input:not([type=range])")).fill(value);
  await page.keyboard.press("Enter");
}

async function save(page: Page): Promise<void> {
  await press(page, "Save");
  await page.getByText("Saved. Showings that you schedule from now on have these seats.").waitFor();
}

/** The auditorium whose editor is open, as the API has it. */
async function savedMap(page: Page, shop: Shop): Promise<SeatMap> {
  const id = /auditoriums\/(\w+)/.exec(page.url())?.[1] ?? "";
  const answer = await page.request.get(`/api/v1/sellers/${shop.sellerId}/auditoriums/${id}`);
  return ((await answer.json()) as { seatMap: SeatMap }).seatMap;
}

function rowsOf(map: SeatMap, section = 0): readonly Row[] {
  const found = map.sections[section];
  return found?.kind === "seats" ? found.rows : [];
}

test("from nothing to a room of 300 seats, without touching the canvas", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const shop = await openShop(house);
  await signIn(page, shop.email);

  await page.goto(`/sell/${shop.sellerId}/venues/${shop.venueId}/auditoriums/new`);
  await page.getByLabel("Name").fill("Studio");
  await page.getByLabel("A new room").check();
  await lookOver(page);
  await press(page, "Add and draw its seats");
  await opened(page);
  await places(page, "300 places");

  await item(page, "Main, 300 places").focus();
  await page.keyboard.press("ArrowRight");
  for (const row of ["A", "B", "C"]) {
    await item(page, `Row ${row}, 20 seats`).waitFor();
    await page.keyboard.press("ArrowDown");
    await item(page, `Row ${row}, 20 seats`).and(page.locator(":focus")).waitFor();
  }
  await page.keyboard.press("Enter");
  await page.getByText("20 places selected").waitFor();
  await type(page, "Curve", "16");
  await type(page, "Seats in a row", "18");
  await places(page, "298 places");

  await item(page, "Row A, 20 seats").click();
  await page.keyboard.press("ArrowRight");
  await item(page, "Seat 3").click();
  await item(page, "Seat 3").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("2 places selected").waitFor();
  await page.getByLabel("Kind of seat").selectOption("Wheelchair place");
  await item(page, "Seat 4, wheelchair place").waitFor();
  await lookOver(page);

  for (const sentence of ["Wheelchair places changed", "Number of seats changed"]) {
    await press(page, "Undo");
    await page.getByRole("status").getByText(`Undone: ${sentence}`).waitFor();
  }
  await places(page, "300 places");
  await item(page, "Row C, 20 seats").focus();
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+Shift+z");
  await places(page, "298 places");
  await save(page);

  const rows = rowsOf(await savedMap(page, shop));
  assert.deepEqual(rows.map((row) => row.name).join(""), "ABCDEFGHJKLMNPQ");
  const curved = rows[2];
  const line = curved && readRow(curved.seats, curved.shape);
  assert.deepEqual(
    [curved?.seats.length, line?.shape.curve],
    [18, 16],
    "the seats stand on the arc that was asked for",
  );
  assert.deepEqual(
    rows[0]?.seats.filter(({ access }) => access).map(({ name }) => name),
    ["A-3", "A-4"],
  );
  await page.context().close();
});

test("drawn by hand, checked, kept as a draft, and a new version once a showing has the seats", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const shop = await openShop(house);
  const { sellerId, seller, venueId } = shop;
  const at = `/api/v1/sellers/${sellerId}`;
  const made = await seller.ask<{ id: string }>("POST", `${at}/auditoriums`, {
    venueId,
    name: "Attic",
    template: "small-cinema",
  });
  const room = `/sell/${sellerId}/auditoriums/${made.body.id}`;
  await signIn(page, shop.email);
  await page.goto(`${room}/edit`);
  await opened(page);

  // Blank, then a section and a standing area by dragging.
  await press(page, "New …");
  await lookOver(page);
  await page.getByRole("radio", { name: "Template" }).check();
  await page.getByLabel("Which one").selectOption("blank");
  await press(page, "Open");
  await page.getByText("There is no section yet.").waitFor();
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.getByRole("application").boundingBox()) ?? {};
  const drag = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(x + width * from[0], y + height * from[1]);
    await page.mouse.down();
    await page.mouse.move(x + width * to[0], y + height * to[1], { steps: 4 });
    await page.mouse.up();
  };
  await press(page, "Draw a section");
  await drag([0.4, 0.35], [0.6, 0.55]);
  const drawn = page.getByRole("treeitem", { name: /^Section 1, \d+ places$/ });
  await drawn.waitFor();
  await type(page, "Seats in a row", "10");
  await page.getByText("Nothing is wrong.").waitFor();
  await press(page, "Draw a standing area");
  await drag([0.42, 0.7], [0.58, 0.8]);
  await type(page, "How many people", "50");
  await item(page, "Standing 1, 50 places").waitFor();

  // Arrows move, ten steps with Shift; what leaves the room is said, shown, and mended.
  await page.getByRole("application").focus();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("Shift+ArrowRight");
  const problem = page.getByRole("button", { name: /“Standing 1” leaves the room/ });
  await problem.waitFor();
  await press(page, "Save");
  await page.getByText("Mend what is marked first: nothing was saved.").waitFor();
  await drawn.click();
  await problem.click();
  await page.getByText("50 places selected").waitFor();
  await press(page, "Fit the room to what is drawn");
  await page.getByText("Nothing is wrong.").waitFor();

  // A copy, taken back, and done again.
  await page.getByRole("application").focus();
  await page.keyboard.press("Control+d");
  await item(page, "Standing 1, 50 places").nth(1).waitFor();
  await page.keyboard.press("Control+z");
  assert.equal(await item(page, "Standing 1, 50 places").count(), 1);

  await page.getByText("Draft kept in this browser").waitFor();
  await page.reload();
  await opened(page);
  await page.getByText("This is your draft of", { exact: false }).waitFor();
  await item(page, "Standing 1, 50 places").waitFor();
  await save(page);
  await page.getByText("New sections need prices before they are sold: FLOOR.", { exact: false }).waitFor();
  const first = await savedMap(page, shop);
  assert.deepEqual(
    first.sections.map(({ id, kind }) => [id, kind]),
    [
      ["MAIN", "seats"],
      ["FLOOR", "standing"],
    ],
  );
  assert.equal(rowsOf(first)[0]?.seats[9]?.name, "MAIN-A-10");

  // A showing takes these seats; what is drawn afterwards is another version.
  const prices = await seller.ask<{ id: string }>("POST", `${at}/price-lists`, {
    tiers: [{ id: "adult", name: "Adult", sections: { MAIN: 1_000, FLOOR: 800 } }],
  });
  const day = denverDay(2);
  const plan = { showId: shop.showId, auditoriumId: made.body.id, priceListId: prices.body.id, times: ["18:00"] };
  const scheduled = await seller.ask<{ showings: { id: string }[] }>("POST", `${at}/showings`, {
    ...plan,
    from: day,
    to: day,
    publish: true,
  });
  const showingId = scheduled.body.showings[0]?.id ?? "";
  await page.reload();
  await opened(page);
  await page.getByText("One showing to come has these seats and keeps them", { exact: false }).waitFor();
  await drawn.click();
  await page.keyboard.press("Delete");
  await save(page);
  await page.getByRole("link", { name: "See the versions" }).click();
  await page.getByText("1 showing to come", { exact: true }).waitFor();
  assert.equal(await page.locator(".version svg").count(), 2);
  await lookOver(page);
  const kept = await seller.ask<{ placeCount: number }>("GET", `${at}/showings/${showingId}`);
  const count = rowsOf(first).reduce((sum, row) => sum + row.seats.length, 50);
  assert.equal(kept.body.placeCount, count, "the showing keeps what it had");
  const now = await seller.ask<{ placeCount: number }>("GET", `${at}/auditoriums/${made.body.id}`);
  assert.equal(now.body.placeCount, 50);

  // And what a showing kept can be drawn from again.
  await page.getByRole("link", { name: /^Draw from these/ }).click();
  await opened(page);
  await places(page, `${count} places`);
  await page.context().close();
});
