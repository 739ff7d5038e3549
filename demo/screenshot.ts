// Draws the README's picture from a running demo: `node demo/screenshot.ts [address]` with Node 26 and a Chromium on the machine.

import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const address = process.argv[2] ?? "http://localhost:3000";
const target = fileURLToPath(new URL("../docs/images/home.png", import.meta.url));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: "light" });
  await page.goto(`${address}/?near=Denver, CO&sort=popular`, { waitUntil: "load" });
  await page.screenshot({ path: target });
  console.log(`drew ${target}`);
} finally {
  await browser.close();
}
