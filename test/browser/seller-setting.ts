// What the tests that look over a seller's pages share: a shop that sells, and a browser that is signed in to it.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "playwright-core";
import { openShop, type House, type Shop } from "../app/setting.ts";
import { fits, lookOver, openSetting } from "./setting.ts";
import { signIn } from "./steps.ts";

/** The shop of `openShop` with an order, and a second seller of the same person. */
async function openSelling(opened: House) {
  const shop = await openShop(opened);
  const showing = await opened.app.catalogue.showing(shop.showingIds[0] ?? "");
  assert.ok(showing);
  const customer = { holder: "g:test", addressPrefix: "10.0.0" };
  const hold = await opened.app.sales.hold({ showingId: showing.id, seats: ["E-5", "E-6"] }, customer);
  const payment = { provider: "sandbox", token: "tok_approve" };
  const buyer = { email: "bea@example.org", name: "Bea" };
  const order = await opened.app.sales.checkOut(
    { id: "order-0123456789-1", holdId: hold.id, buyer, payment },
    customer,
  );
  const second = await shop.seller.ask("POST", "/api/v1/sellers", { name: "Mayan", currency: "USD" });
  assert.equal(second.status, 201);
  await opened.app.caughtUp();
  return { ...shop, orderId: order.id };
}

export interface Selling {
  house: House;
  shop: Shop & { orderId: string };
  /** Signed in, once the tests run. */
  page(): Page;
  newPage: Awaited<ReturnType<typeof openSetting>>["newPage"];
  faults: string[];
}

export async function openSellerPages(): Promise<Selling> {
  const { house, prepared: shop, newPage, faults } = await openSetting({ prepare: openSelling });
  let page: Page | undefined;
  before(async () => {
    page = await newPage({ viewport: { width: 1280, height: 900 } });
    await signIn(page, shop.email);
  });
  const opened = () => page ?? assert.fail("nobody is signed in yet");
  return { house, shop, page: opened, newPage, faults };
}

/** A test for each page of the seller: in both themes, and no wider than the smallest phone. */
export function lookOverAll({ shop, page: opened }: Selling, paths: readonly string[]): void {
  for (const path of paths) {
    test(path.replaceAll(/\w{15,}/g, "…"), async () => {
      const page = opened();
      const answer = await page.goto(`/sell/${shop.sellerId}${path}`);
      assert.equal(answer?.status(), 200);
      await lookOver(page, path);
      await page.setViewportSize({ width: 320, height: 640 });
      await fits(page, path);
      await page.setViewportSize({ width: 1280, height: 900 });
    });
  }
}
