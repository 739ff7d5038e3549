// A whole installation and a Chromium that looks at it, one of each for a test file; and what every page is looked over for.

import assert from "node:assert/strict";
import { after } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { System } from "../../src/app/system.ts";
import { openHouse, type House } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

/** How long a condition may take: two Chromiums and two installations share two cores. */
const waitMs = 30_000;

export interface Setting<Prepared> {
  house: House;
  browser: Browser;
  prepared: Prepared;
  /** Somebody new, with a window of their own. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in any page: scripts that threw, and what the browser complained of, the policy for scripts and styles among it. */
  faults: string[];
}

interface Wanted<Prepared> {
  /** Settings of the installation. */
  settings?: Record<string, string>;
  system?: Partial<System>;
  /** Flags of Chromium. */
  chromium?: string[];
  /** What is there before the first page is opened. */
  prepare(house: House): Promise<Prepared>;
}

/** Opens both. They are closed after the file's tests, and at once if one of them, or what is prepared, fails. */
export async function openSetting<Prepared>(wanted: Wanted<Prepared>): Promise<Setting<Prepared>> {
  const house = await openHouse({ "writes-per-minute": "0", ...wanted.settings }, wanted.system);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await house.close();
  };
  try {
    browser = await openChromium(...(wanted.chromium ?? []));
    const setting = { house, browser, prepared: await wanted.prepare(house), ...pagesOf(house, browser) };
    after(close);
    return setting;
  } catch (error) {
    await close();
    throw error;
  }
}

export function openChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: [...flags, ...more] });
}

/** Pages of a house in a browser. */
export function pagesOf(house: Pick<House, "url">, browser: Browser): Pick<Setting<unknown>, "newPage" | "faults"> {
  const faults: string[] = [];
  return {
    faults,
    async newPage(options = {}) {
      // The name, not the number: cookies and forms are those of the public address.
      const baseURL = house.url.replace("127.0.0.1", "localhost");
      const context = await browser.newContext({ baseURL, locale: "en-US", reducedMotion: "reduce", ...options });
      context.setDefaultTimeout(waitMs);
      const page = await context.newPage();
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (line) => {
        // A refused form answers with its status, which browsers write down.
        if (line.type() === "error" && !/status of 4\d\d/.test(line.text())) faults.push(line.text());
      });
      return page;
    },
  };
}

/** Fails naming what axe finds on a page, or within a part of it, in the light and in the dark, and if the page is too wide. */
export async function lookOver(page: Page, name = new URL(page.url()).pathname, part?: string): Promise<void> {
  // What is open over the page lies above everything; axe takes what has a z-index below it for its cover.
  const hasPanel = (await page.locator(":popover-open, dialog:modal").count()) > 0;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (part !== undefined) axe.include(part);
    axe.options({
      // Three times as fast as with the list of all that passed.
      resultTypes: ["violations"],
      // The themes differ in colours only. A target's size is a rule of WCAG 2.2, which axe asks for only when told.
      ...(colorScheme === "dark"
        ? { runOnly: { type: "rule", values: ["color-contrast"] } }
        : { rules: { "target-size": { enabled: !hasPanel } } }),
    });
    const { violations } = await axe.analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
      [],
      `${name}, ${colorScheme}`,
    );
  }
  await page.emulateMedia({ colorScheme: "light" });
  await fits(page, name);
}

/** Fails if a page has to be scrolled sideways. */
export async function fits(page: Page, name = new URL(page.url()).pathname): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(over, 0, `${name} is ${over} px wider than the screen`);
}
