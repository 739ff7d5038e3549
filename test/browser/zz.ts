import { openSetting } from "./setting.ts";
import { openShop } from "../app/setting.ts";
import { test } from "node:test";
const { newPage, prepared } = await openSetting({ prepare: openShop });
test("x", async () => {
  const page = await newPage({ viewport: { width: 320, height: 640 } });
  await page.goto("/?near=Denver");
  await page.getByRole("button", { name: "Near: Denver" }).click();
  await page.getByLabel("City", { exact: true }).waitFor();
  await page.screenshot({ path: "/tmp/place.png" });
  console.log(
    await page
      .locator("#place-panel, .panel")
      .first()
      .evaluate((e) => e.outerHTML.slice(0, 3000)),
  );
  for (const c of await page.locator(".chip").all()) console.log(await c.textContent(), await c.boundingBox());
  console.log(await page.getByRole("link", { name: "Marquee" }).count(), await page.locator(".logo").ariaSnapshot());
});
