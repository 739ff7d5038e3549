// The seat map in a real browser: by keyboard alone, with somebody faster, in a room of 20,000, on a small phone.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { openShop, visitor } from "../app/setting.ts";
import { lookOver, openSetting } from "./setting.ts";
import { seat, tabTo } from "./steps.ts";

const {
  house,
  newPage,
  faults,
  prepared: [cinema, arena],
} = await openSetting({
  settings: { "max-seats-per-network": "0" },
  prepare: async (opened) =>
    [(await openShop(opened)).showingIds[0] ?? "", (await openShop(opened, "arena")).showingIds[0] ?? ""] as const,
});

async function open(showing: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(`/showings/${showing}`);
  await page.locator(".picker[data-live]").waitFor();
  return page;
}

/** Somebody without a page. */
async function takes(showing: string, ...seats: string[]): Promise<void> {
  const { status } = await visitor(house).ask("POST", `/api/v1/showings/${showing}/holds`, { seats });
  assert.equal(status, 201);
}

/** Two fingers, on either side of something, go apart to twice as far. */
async function pinch(page: Page, around: Locator): Promise<void> {
  const { x, y } = (await around.boundingBox()) ?? assert.fail("there is nothing to pinch");
  const touch = await page.context().newCDPSession(page);
  const fingers = (apart: number) => [-1, 1].map((side, id) => ({ x: x + (side * apart) / 2, y, id }));
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(40) });
  for (let apart = 44; apart <= 80; apart += 4) {
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
  }
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

suite("a small room", () => {
  test("what was ticked before the script came is chosen", async () => {
    const page = await newPage();
    const ticked = Promise.withResolvers<void>();
    await page.route(/\/seats-\w+\.js$/, async (route) => {
      await ticked.promise;
      await route.continue();
    });
    await page.goto(`/showings/${cinema}`, { waitUntil: "commit" });
    for (const name of ["D-5", "D-6"]) await page.locator(`input[value="${name}"]`).check();
    ticked.resolve();
    await page.getByText("2 seats ·").waitFor();
    await page.context().close();
  });

  test("is a grid for keys: arrows, Home and End, the next free seat, Space, and Tab to the way on", async () => {
    await takes(cinema, "C-2");
    const page = await open(cinema);
    await tabTo(page, page.locator(".rows input[tabindex='0']"));
    assert.match(await focused(page), /^Row A seat 1, wheelchair place, \$\d+\.\d\d, free$/);
    for (const [key, label] of [
      ["ArrowRight", "Row A seat 2, companion seat"],
      ["ArrowDown", "Row B seat 4,"],
      ["ArrowDown", "Row C seat 4,"],
      ["Home", "Row C seat 1,"],
      ["ArrowRight", "Row C seat 2, taken"],
      ["ArrowLeft", "Row C seat 1,"],
      ["Control+ArrowRight", "Row C seat 3,"],
      ["End", "Row C seat 12,"],
      ["PageDown", "Row H seat 12,"],
      ["Control+Home", "Row A seat 1,"],
      ["Control+End", "Row J seat 14,"],
    ] as const) {
      await page.keyboard.press(key);
      assert.ok((await focused(page)).startsWith(label), `${key}: ${await focused(page)}`);
    }
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.getByText("2 seats ·").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Remove J-13" }));
    await page.keyboard.press("Enter");
    await page.getByText("1 seat ·").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Hold these seats" }));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/holds/*");
    await page.getByRole("rowheader", { name: "J-14" }).waitFor();
    await page.goBack();
    await page.getByText(/^J-14: held for you, [78]:\d\d left/).waitFor();
    await page.getByRole("link", { name: "Go to check-out" }).click();
    await page.waitForURL("**/holds/*");
    await page.getByRole("button", { name: "Give these seats back" }).click();
    await page.waitForURL("**/showings/*");
    await page.context().close();
  });

  test("loses a seat to somebody faster, and takes the nearest in one tap", async () => {
    const page = await open(cinema);
    await seat(page, "D", 7).check();
    await seat(page, "D", 8).check();
    await takes(cinema, "D-7");
    await page.getByText("Somebody else just took D-7.").waitFor();
    assert.equal(await seat(page, "D", 7).getAttribute("aria-disabled"), "true");
    await lookOver(page, "the seats", "main");
    await takes(cinema, "D-9", "D-10");
    await page.getByRole("button", { name: "Take D-5 and D-6 instead" }).click();
    await page.getByText("2 seats ·").waitFor();
    assert.equal(await page.getByText("Somebody else just took").count(), 0);
    await page.getByRole("button", { name: "Hold these seats" }).click();
    await page.waitForURL("**/holds/*");
    await page.getByRole("rowheader", { name: "D-5" }).waitFor();
    await page.context().close();
  });

  test("loses the race of the form, and holds the nearest in one tap", async () => {
    const page = await open(cinema);
    await page.route("**/seats/stream*", (route) => route.abort());
    await page.reload();
    await page.locator(".picker[data-live]").waitFor();
    await seat(page, "F", 5).check();
    await seat(page, "F", 6).check();
    await takes(cinema, "F-5", "F-6");
    await page.getByRole("button", { name: "Hold these seats" }).click();
    await page.getByText("Just taken: F-5 and F-6.").waitFor();
    await page.getByRole("button", { name: /^Hold F-3 and F-4 instead/ }).click();
    await page.waitForURL("**/holds/*");
    await page.getByRole("rowheader", { name: "F-3" }).waitFor();
    await page.context().close();
    // The stream that was cut off.
    faults.length = 0;
  });

  test("keeps a choice over a reload, and says what would be left alone", async () => {
    const page = await open(cinema);
    await seat(page, "G", 4).check();
    await page.getByText("G-3 would be left alone.").waitFor();
    await page.reload();
    await page.locator(".picker[data-live]").waitFor();
    assert.equal(await seat(page, "G", 4).isChecked(), true);
    await seat(page, "G", 3).check();
    await page.getByText("would be left alone").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("fits a phone of 320 pixels, with everything at the thumb", async () => {
    const page = await open(cinema, { viewport: { width: 320, height: 640 }, hasTouch: true });
    await page.getByRole("button", { name: "Hold the best 2 seats" }).waitFor();
    const target = seat(page, "H", 6);
    const before = (await target.boundingBox())?.width ?? 0;
    await target.tap();
    // Too small for a finger: the first tap comes nearer.
    await page.waitForFunction(
      ([width]) =>
        (document.querySelector(".rows input[value='H-6']")?.getBoundingClientRect().width ?? 0) > 1.3 * (width ?? 0),
      [before],
    );
    assert.equal(await target.isChecked(), false);
    await target.tap();
    await page.getByText("1 seat ·").waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.waitForFunction(
      ([width]) => document.querySelector(".rows input[value='H-6']")?.getBoundingClientRect().width === width,
      [before],
    );
    await pinch(page, target);
    assert.ok(((await target.boundingBox())?.width ?? 0) > 1.8 * before);
    const bar = await page.locator("[data-tray]").boundingBox();
    assert.equal(Math.round((bar?.y ?? 0) + (bar?.height ?? 0)), 640);
    await lookOver(page, "the seats", "main");
    await page.context().close();
  });
});

suite("a room of 20,000", () => {
  test("goes from sections to seats by keys, and back", async () => {
    const page = await open(arena);
    await page.getByText("17,000 seats left").waitFor();
    await tabTo(page, page.locator("a[data-section][tabindex='0']"));
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("ArrowRight");
    assert.match(await focused(page), /^Section 104, from \$\d+\.\d\d, 400 seats left$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Section 104" }).waitFor();
    await page.getByRole("grid", { name: "Section 104, 400 free" }).waitFor({ state: "attached" });
    assert.match(await focused(page), /^Row A seat 1,/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("104-B-1").waitFor();
    await page.keyboard.press("+");
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Choose a section" }).waitFor();
    assert.match(await focused(page), /^Section 104/);
    await page.context().close();
  });

  test("goes nearer by wheel and is pressed on its canvas; what others take follows", async () => {
    const page = await open(arena);
    const map = page.locator(".seat-view-large");
    await map.scrollIntoViewIfNeeded();
    const section = await page.locator("a[data-section='105']").boundingBox();
    assert.ok(section);
    await page.mouse.move(section.x + section.width / 2, section.y + section.height / 2);
    const target = seat(page, "M", 6);
    while ((await target.count()) === 0 || ((await target.boundingBox())?.width ?? 0) < 12) {
      await page.mouse.wheel(0, -120);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const at = await target.boundingBox();
    assert.ok(at);
    await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
    await page.getByText("1 seat ·").waitFor();
    assert.equal(await target.isChecked(), true);
    await page.mouse.move(at.x + at.width / 2 + 1, at.y + at.height / 2);
    await page.locator(".seat-tip", { hasText: /, chosen$/ }).waitFor();
    const name = (await page.locator(".tray-seat strong").textContent()) ?? "";
    await takes(arena, name);
    await page.getByText(`Somebody else just took ${name}.`).waitFor();
    await page.getByRole("button", { name: /^Take 10\d-M-\d+ instead$/ }).click();
    await page.getByText("1 seat ·").waitFor();
    await page.getByText("16,999 seats left").waitFor();
    await lookOver(page, "the seats", "main");
    await page.getByRole("button", { name: "Hold these seats" }).click();
    await page.waitForURL("**/holds/*");
    await page.context().close();
  });
});

suite("standing places", () => {
  test("that were counted are what the bar of a phone holds", async () => {
    const page = await open(arena, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const more = page.locator("#standing-form").getByRole("button", { name: /^One more/ });
    await page.getByRole("button", { name: "Hold the best 2 seats" }).waitFor();
    await more.tap();
    await more.tap();
    await page.getByRole("button", { name: "Hold 2 standing places" }).tap();
    await page.waitForURL("**/holds/*");
    await page.getByText(/^2 tickets ·/).waitFor();
    await page.context().close();
  });
});

suite("a hold", () => {
  test("says its time aloud at five minutes, two, one, and thirty seconds", async () => {
    const page = await open(cinema);
    await page.clock.install();
    await page.locator("#best-form button[type=submit]").click();
    await page.waitForURL("**/holds/*");
    const status = page.locator(".hold-clock [role=status]");
    assert.equal(await status.textContent(), "");
    for (const [seconds, text] of [
      [200, "5 minutes are left to pay."],
      [180, "2 minutes are left to pay."],
      [60, "1 minute is left to pay."],
      [25, "30 seconds are left to pay."],
    ] as const) {
      await page.clock.runFor(seconds * 1_000);
      assert.equal(await status.textContent(), text);
    }
    await page.context().close();
  });
});

test("nothing went wrong in the browser", () => {
  assert.deepEqual(faults, []);
});
