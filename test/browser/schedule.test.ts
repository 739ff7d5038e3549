// A seller's day in a real browser: showings dragged and moved by keys, clashes, scheduling in bulk. Pages are looked over by axe in
// both themes.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { denverDay, openShop } from "../app/setting.ts";
import { fits, lookOver, openSetting } from "./setting.ts";
import { signIn } from "./steps.ts";

const { house, newPage, faults } = await openSetting({ prepare: () => Promise.resolve() });

afterEach(() => assert.deepEqual(faults, [], "what went wrong in the browser"));

/** The shop with a second auditorium of the same seats, and a showing there tomorrow at 16:00. */
async function openCinema() {
  const shop = await openShop(house);
  const at = `/api/v1/sellers/${shop.sellerId}`;
  const { venueId, showId, priceListId } = shop;
  const room = await shop.seller.ask<{ id: string }>("POST", `${at}/auditoriums`, {
    venueId,
    name: "Room 2",
    template: "small-cinema",
  });
  const second = { showId, auditoriumId: room.body.id, priceListId, times: ["16:00"] };
  const day = denverDay(1);
  const made = await shop.seller.ask<{ showings: { id: string }[] }>("POST", `${at}/showings`, {
    ...second,
    from: day,
    to: day,
    publish: true,
  });
  return { ...shop, roomId: room.body.id, otherId: made.body.showings[0]?.id ?? "", day };
}

const block = (page: Page, id: string): Locator => page.locator(`[data-showing="${id}"]`);

/** Where a showing is, as the page that was drawn last says. */
async function placeOf(page: Page, id: string): Promise<[room: string, start: number]> {
  const found = block(page, id);
  const room = page.locator("[data-room]").filter({ has: found });
  return [(await room.getAttribute("data-name")) ?? "", Number(await found.getAttribute("data-start"))];
}

/** Drags a showing by so many minutes, to the row of an auditorium. */
async function drag(page: Page, id: string, minutes: number, room: string, drop = true): Promise<void> {
  const { x = 0, y = 0, height = 0 } = (await block(page, id).boundingBox()) ?? {};
  const hour = (await page.locator(".day-hour").first().boundingBox())?.width ?? 0;
  const row = await page.locator(`[data-name="${room}"]`).boundingBox();
  await page.mouse.move(x + 20, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + height / 2);
  await page.mouse.move(x + 20 + (minutes * hour) / 60, (row?.y ?? 0) + (row?.height ?? 0) / 2, { steps: 4 });
  if (drop) await page.mouse.up();
}

test("showings are dragged and moved by keys on the day's grid, and clashes show at once", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const { email, sellerId, venueId, day, showingIds, otherId } = await openCinema();
  const [ours = ""] = showingIds;
  await signIn(page, email);
  await page.goto(`/sell/${sellerId}/showings?venue=${venueId}&date=${day}`);
  await page.locator(".day-grid-live").waitFor();
  await lookOver(page);
  assert.deepEqual(await placeOf(page, ours), ["Room 1", 19 * 60 + 30]);
  const status = page.locator(".day-status");

  // 16:00 + 95 minutes + 20 of turnaround is 17:55.
  await drag(page, ours, -100, "Room 2", false);
  await status.getByText("Clashes with “The Long Matinee”").waitFor();
  assert.match((await block(page, otherId).getAttribute("class")) ?? "", /day-block-hit/);
  await page.mouse.up();
  await status.getByText("is back where it was").waitFor();
  assert.deepEqual(await placeOf(page, ours), ["Room 1", 19 * 60 + 30]);

  await drag(page, ours, -90, "Room 2");
  await status.getByText("now begins at 6:00 PM in Room 2").waitFor();
  assert.deepEqual(await placeOf(page, ours), ["Room 2", 18 * 60]);
  await status.getByRole("button", { name: "Undo" }).click();
  await status.getByText("now begins at 7:30 PM in Room 1").waitFor();

  await block(page, ours).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await status.getByText("7:40 PM to 9:15 PM in Room 2").waitFor();
  await page.keyboard.press("Escape");
  await status.getByText("is back where it was").waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await status.getByText("now begins at 7:25 PM in Room 1").waitFor();
  assert.deepEqual(await placeOf(page, ours), ["Room 1", 19 * 60 + 25]);
  assert.equal(await block(page, ours).evaluate((element) => element === document.activeElement), true);

  const showing = await house.app.catalogue.showing(otherId);
  assert.ok(showing);
  await house.app.sales.hold({ showingId: otherId, seats: ["E-5"] }, { holder: "g:test", addressPrefix: "10.0.0" });
  await drag(page, otherId, 60, "Room 2");
  await status.getByText("Seats of it are held or sold").waitFor();
  assert.deepEqual(await placeOf(page, otherId), ["Room 2", 16 * 60]);
  await page.setViewportSize({ width: 320, height: 700 });
  await fits(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await block(page, ours).click();
  await page.waitForURL(`**/showings/${ours}`);
  await lookOver(page);
  await page.context().close();
});

test("times, weekdays and days are looked at with their clashes before they are scheduled", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const { email, sellerId, venueId, day } = await openCinema();
  await signIn(page, email);
  await page.goto(`/sell/${sellerId}/showings?venue=${venueId}&date=${day}`);
  await page.getByRole("link", { name: "Add showings in Room 2" }).click();
  assert.equal(await page.getByLabel("First day").inputValue(), day);
  await page.getByLabel("Times").fill("13:00, 17:00");
  await page.getByLabel("Last day").fill(denverDay(2));
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("1 clash").first().waitFor();
  assert.deepEqual(await page.locator(".plan-time-clash").allInnerTexts(), ["17:00 clash"]);
  await lookOver(page);
  await page.getByLabel("Times").fill("13:00");
  await page.getByLabel("Last day").fill(day);
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await page.waitForURL("**/showings?venue=*");
  await page.locator(".day-block-draft").waitFor();
  await page.getByRole("button", { name: "Publish those that are ticked" }).click();
  await page.waitForURL("**done=published");
  assert.equal(await page.locator(".day-block-published").count(), 3);
  await page.context().close();
});

test("house seats are painted on the map, by the row and by keys", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const { email, sellerId, showingIds } = await openCinema();
  const [ours = ""] = showingIds;
  await signIn(page, email);
  await page.goto(`/sell/${sellerId}/showings/${ours}/blocks`);
  await page.locator(".block-live").waitFor();
  const seat = (name: string) => page.locator(`input[name=seats][value="${name}"]`);
  const middle = async (name: string) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await seat(name).boundingBox()) ?? {};
    return [x + width / 2, y + height / 2] as const;
  };
  await page.mouse.move(...(await middle("C-2")));
  await page.mouse.down();
  await page.mouse.move(...(await middle("C-5")), { steps: 12 });
  await page.mouse.up();
  await page.getByText("4 to take off sale, 0 to put back.").waitFor();
  await seat("C-2").click();
  await page.getByRole("button", { name: "Row A" }).click();
  await seat("C-3").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  assert.equal(await seat("D-3").isChecked(), true);
  await lookOver(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("These seats are off sale.").waitFor();
  const showing = await house.app.catalogue.showing(ours);
  assert.ok(showing);
  const { sections } = await house.app.sales.availability(showing);
  const inRowA = await page.locator('input[name=seats][value^="A-"]').count();
  assert.equal(sections[0]?.blocked, inRowA + 3 + 1);
  await seat("D-3").click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("These seats are on sale again.").waitFor();
  await page.context().close();
});

test("a poster is cut on its picture and sent ahead; what is wrong with a file is said at once", async () => {
  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const { email, sellerId, showId } = await openShop(house);
  await signIn(page, email);
  await page.goto(`/sell/${sellerId}/shows/${showId}`);
  const file = page.locator("#image");
  await file.setInputFiles({ name: "notes.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a") });
  await page.getByText("notes.gif is no PNG, JPEG or WebP picture.").waitFor();
  await file.setInputFiles({ name: "half.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
  await page.getByText("half.png cannot be read; it may be damaged.").waitFor();
  const wide = sharp({ create: { width: 1_200, height: 900, channels: 3, background: "#203a5f" } });
  await file.setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: await wide.png().toBuffer() });
  const left = page.getByLabel("From the left");
  await left.waitFor();
  assert.equal(await left.inputValue(), "300", "begins in the middle");
  await page.locator(".crop-box").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await left.inputValue(), "312");
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator(".crop-box").boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 400, y + height / 2, { steps: 4 });
  await page.mouse.up();
  assert.equal(await left.inputValue(), "0", "as far as the picture goes");
  await lookOver(page);
  await page.getByRole("button", { name: "Use this part" }).click();
  await page.getByText("wide.png is ready").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL("**done=saved");
  const src = (await page.locator("img.poster").getAttribute("src")) ?? "";
  const poster = await sharp(await (await page.request.get(src)).body()).metadata();
  assert.equal(poster.height, ((poster.width ?? 0) * 3) / 2);
  await page.context().close();
});
