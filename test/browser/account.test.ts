// The pages about one's account in a real browser, each looked over by axe in both themes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { t } from "../../src/web/messages.ts";
import { mailedPath } from "../app/mail.ts";
import { openShop } from "../app/setting.ts";
import { fits, lookOver as lookOverPage, openSetting } from "./setting.ts";

const email = "billie@example.org";
const password = "popcorn and salt";

const { house, newPage, faults } = await openSetting({ prepare: () => Promise.resolve() });

/** Looks over a page, and fails if it is wider than a phone. */
async function lookOver(page: Page): Promise<void> {
  await lookOverPage(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await fits(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function fill(page: Page, form: string, fields: Record<string, string>): Promise<void> {
  const at = page.locator(`form[action="${form}"]`);
  for (const [name, value] of Object.entries(fields)) await at.locator(`[name=${name}]`).fill(value);
  await at.locator("button[type=submit]").click();
  await page.waitForLoadState();
}

/** The link of a mail to the test's person, once it was sent. */
const mailedLink = (kind: string, to = email) => mailedPath(join(house.folder, "mail"), kind, to);

test("somebody makes an account, buys, forgets the password and chooses a new one; no page has a violation", async () => {
  const page = await newPage();
  const shop = await openShop(house);
  await page.goto("/account/orders");
  assert.equal(await page.locator("h1").textContent(), t.signIn.title, "whoever is not signed in signs in first");
  await lookOver(page);
  await fill(page, "/sign-in", { email, password });
  await page.getByRole("alert").waitFor();
  await lookOver(page);

  await page.getByRole("link", { name: t.signUp.title }).click();
  await fill(page, "/sign-up", { name: "Billie Buyer", email, password: "password1" });
  await page.locator(".field-error").waitFor();
  await lookOver(page);
  await fill(page, "/sign-up", { password });
  await page.getByText(t.signUp.sent(email)).waitFor();
  await lookOver(page);
  await page.getByRole("button", { name: t.signUp.again }).click();
  await page.getByText(t.signUp.sentAgain).waitFor();
  const signUpLink = await mailedLink("sign-up");
  const elsewhere = await newPage({ viewport: { width: 1280, height: 800 } });
  await elsewhere.goto(signUpLink);
  await lookOver(elsewhere);
  await fill(elsewhere, "/sign-up/confirm", { password: "a guess" });
  await elsewhere.getByText(t.signUp.chosenWrong).waitFor();
  await lookOver(elsewhere);
  await elsewhere.getByRole("link", { name: t.signUp.anew }).click();
  await elsewhere.getByRole("heading", { name: t.signUp.title }).waitFor();
  await page.goto(signUpLink);
  await lookOver(page);
  await fill(page, "/sign-up/confirm", {});
  await page.getByText(t.account.noOrders).waitFor();
  await page.goto(signUpLink);
  assert.equal(await page.locator("h1").textContent(), t.reset.over);
  await lookOver(page);
  await page.goto("/account/orders");
  await lookOver(page);

  await buy(page, shop.showingIds);
  await page.goto("/account/orders");
  await page.getByText("The Long Matinee").first().waitFor();
  await lookOver(page);
  await page.goto("/account/close");
  await lookOver(page);

  await page.goto("/account");
  await lookOver(page);
  await fill(page, "/account/profile", { name: "Billie B.", place: "Nowhere at all" });
  await fill(page, "/account/email", { email: "billie", password });
  await page.locator(".field-error").waitFor();
  await lookOver(page);
  const other = "billie@elsewhere.example";
  await fill(page, "/account/email", { email: other, password });
  await page.getByText(t.account.emailWaits(other)).waitFor();
  await lookOver(page);
  await page.getByRole("button", { name: t.account.withdrawEmail }).click();
  await page.getByText(t.account.done.withdrawn).waitFor();
  const third = "billie@third.example";
  await fill(page, "/account/email", { email: third, password });
  const changeLink = await mailedLink("email-change", third);
  await elsewhere.goto(changeLink);
  await lookOver(elsewhere);
  await elsewhere.context().close();
  await page.goto(changeLink);
  await lookOver(page);
  await fill(page, "/account/email/confirm", {});
  await page.getByText(t.account.emailNow(third)).waitFor();
  await fill(page, "/account/email", { email, password });
  await page.goto(await mailedLink("email-change"));
  await fill(page, "/account/email/confirm", {});
  await page.getByText(t.account.emailNow(email)).waitFor();
  await page.getByRole("button", { name: t.account.signOut, exact: true }).click();
  await page.waitForURL("/");

  await page.goto("/forgot-password");
  await lookOver(page);
  await fill(page, "/forgot-password", { email });
  assert.equal(await page.locator("h1").textContent(), t.reset.look);
  await lookOver(page);
  const link = await mailedLink("password-reset");
  await page.goto(link);
  await lookOver(page);
  await fill(page, "/reset-password", { wanted: "salt and popcorn" });
  await page.getByText(t.reset.done).waitFor();
  await lookOver(page);
  await fill(page, "/sign-in", { email, password: "salt and popcorn" });
  assert.equal(new URL(page.url()).pathname, "/account/orders");
  await page.goto(link);
  assert.equal(await page.locator("h1").textContent(), t.reset.over);
  await lookOver(page);
  assert.deepEqual(faults, []);
});

/** Buys two seats of each showing as a program with the browser's cookies does. */
async function buy(page: Page, showingIds: readonly string[]): Promise<void> {
  const { request } = page.context();
  for (const [index, showingId] of showingIds.entries()) {
    const held = await request.post(`/api/v1/showings/${showingId}/holds`, {
      data: { bestAvailable: { quantity: 2 } },
    });
    const { id: holdId } = (await held.json()) as { id: string };
    const payment = { provider: "sandbox", token: "tok_approve" };
    const data = { id: `browser-order-000000${index}`, holdId, buyer: { email, name: "Billie" }, payment };
    assert.equal((await request.post("/api/v1/orders", { data })).status(), 201);
  }
}
