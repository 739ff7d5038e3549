// `npm run tour`: draws docs/tour.md, a picture of every main page from a demo of its own, on a large screen and on a phone. Needs a
// Chromium on the machine.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import sharp from "sharp";
import { openDay, type Day } from "./tour-day.ts";
import { stops, type Stop } from "./tour-stops.ts";

const entry = fileURLToPath(new URL("../bin/marquee.mjs", import.meta.url));
const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

/** A picture that a page of documentation carries many of. */
const mostBytes = 150_000;
/** WebP's quality, from the first that is small enough. */
const qualities = [88, 80, 72, 64, 55, 45];

const screens: Readonly<Record<"desktop" | "phone", BrowserContextOptions>> = {
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const common = {
  locale: "en-US",
  colorScheme: "light",
  reducedMotion: "reduce",
  timezoneId: "America/Denver",
} as const;

const folder = mkdtempSync(join(tmpdir(), "marquee-tour-"));
const marquee = await serveDemo(join(folder, "data"));
try {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  try {
    const day = await openDay(marquee.url);
    mkdirSync(join(docs, "tour"), { recursive: true });
    for (const screen of ["desktop", "phone"] as const) await drawAll(browser, screen, day);
  } finally {
    await browser.close();
  }
  writeFileSync(join(docs, "tour.md"), pageOf(stops));
} finally {
  await marquee.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A demo in a folder of its own, at a free port. */
async function serveDemo(data: string): Promise<{ url: string; stop(): Promise<void> }> {
  const settings = ["--data", data, "--port", "0", "--writes-per-minute", "0", "--max-seats-per-network", "0"];
  const child = spawn(process.execPath, [entry, "serve", "--demo", ...settings, "--log-level", "error"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (piece: Buffer) => {
      said += piece.toString();
      const [, address] = /answers at http:\/\/[^:\s]+(:\d+)/.exec(said) ?? [];
      if (address) resolve(`http://localhost${address}`);
    });
    child.once("exit", () => reject(new Error(`the demo did not start: ${said}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function drawAll(browser: Browser, screen: keyof typeof screens, day: Day): Promise<void> {
  const pages = new Map<Stop["who"], Page>();
  for (const stop of stops) {
    const page = pages.get(stop.who) ?? (await openPage(browser, screen, stop.who, day));
    pages.set(stop.who, page);
    await stop.go(page, day);
    await page.evaluate(() => document.fonts.ready);
    await page
      .locator("img")
      .evaluateAll((all) =>
        Promise.all(
          all
            .filter((image) => image instanceof HTMLImageElement && image.getBoundingClientRect().top < innerHeight)
            .map((image) => (image as HTMLImageElement).decode().catch(() => undefined)),
        ),
      );
    await keep(await page.screenshot(), fileOf(stop, screen));
  }
  for (const page of pages.values()) await page.context().close();
}

async function openPage(browser: Browser, screen: keyof typeof screens, who: Stop["who"], day: Day): Promise<Page> {
  const context = await browser.newContext({ ...common, ...screens[screen], baseURL: day.url });
  const page = await context.newPage();
  if (who !== "guest") {
    await page.goto("/sign-in");
    await page.locator("main input[name=email]").fill(`${who}@demo.example`);
    await page.locator("main input[name=password]").fill("marquee demo");
    await page.locator("main form button[type=submit]").last().click();
    await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  }
  return page;
}

async function keep(picture: Buffer, file: string): Promise<void> {
  for (const quality of qualities) {
    const drawn = await sharp(picture).webp({ quality, effort: 6 }).toBuffer();
    if (drawn.length > mostBytes) continue;
    writeFileSync(join(docs, file), drawn);
    console.log(`${file}  ${Math.round(drawn.length / 1_000)} kB, quality ${quality}`);
    return;
  }
  throw new Error(`${file} is too large in every quality`);
}

function fileOf({ name }: Stop, screen: keyof typeof screens): string {
  return `tour/${name}${screen === "phone" ? "-phone" : ""}.webp`;
}

function pageOf(all: readonly Stop[]): string {
  const parts = all.flatMap((stop) => [
    ...(stop.part === undefined ? [] : [`## ${stop.part}`, ""]),
    `### ${stop.title}`,
    "",
    stop.sentence,
    "",
    `<img src="${fileOf(stop, "desktop")}" width="640" alt="${stop.title} on a large screen"> <img src="${fileOf(stop, "phone")}" width="185" alt="${stop.title} on a phone">`,
    "",
  ]);
  return [
    "# A tour",
    "",
    "Every main page, from the demo that `npm start` brings. `npm run tour` draws these pictures anew.",
    "",
    ...parts,
  ].join("\n");
}
