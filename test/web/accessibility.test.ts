// axe finds nothing on any page of the buyer, in either theme, and no page is wider than a small phone.

import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { lookOver, openChromium, pagesOf } from "../browser/setting.ts";
import { openFixture } from "./fixture.ts";

await suite("every page, looked over", async () => {
  const house = await openFixture();
  after(() => house.server.close());
  const address = await house.server.listen({ port: 0, host: "127.0.0.1" });
  const browser = await openChromium();
  after(() => browser.close());
  const { newPage } = pagesOf({ url: address }, browser);
  const page = await newPage({ viewport: { width: 320, height: 700 } });
  const showing = house.catalogue.showings[0];
  const concert = house.catalogue.showings.find((one) => one.seatMapId === "arena");
  assert.ok(showing && concert);
  house.mark(showing, [20, 21, 22], "s");

  for (const path of [
    "/",
    "/?near=Denver&kind=film",
    "/?near=Nowhereville&on=2026-12-24",
    "/?q=nothing&genre=Drama&after=17:00&before=21:00",
    "/shows/show-harbour?near=Denver",
    "/shows/show-concert?on=2027-01-01",
    "/venues",
    "/venues/venue-paramount",
    `/showings/${showing.id}`,
    `/showings/${concert.id}`,
    `/showings/${concert.id}?section=104`,
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/help",
    "/terms",
    "/nothing-here",
  ]) {
    await test(path, async () => {
      await page.goto(path);
      await lookOver(page, path);
    });
  }

  await test("an arena by price, and the seats of a section", async () => {
    await page.goto(`/showings/${concert.id}`);
    await page.getByRole("button", { name: "$131.22" }).click();
    assert.equal(await page.locator("a.overview-dimmed").count(), 25);
    await page.getByRole("link", { name: /^Section 104/ }).press("Enter");
    await page.getByRole("checkbox", { name: /^Row A seat 1,/ }).press("Space");
    await page.getByText("1 seat · $131.22").waitFor();
    await lookOver(page, "a section at hand");
  });

  await test("refused forms, the check-out, the tickets and the account", async () => {
    await page.goto(`/showings/${showing.id}`);
    await page.locator('input[value="E-7"]').check();
    await page.getByText("1 seat · $15.12").waitFor();
    await page.getByLabel("Ticket for E-7").selectOption("Child $10.80");
    await page.getByText("1 seat · $10.80").waitFor();
    await lookOver(page, "a seat chosen");
    await page.getByRole("button", { name: "Hold these seats" }).click();
    await page.waitForURL("**/holds/*");
    await lookOver(page, "check-out");
    await page.getByLabel("Name").fill("Ann Example");
    await page.getByLabel("E-mail address").fill("ann@example.org");
    await page.getByLabel("Card that is declined").check();
    await page.getByLabel("I accept the terms of sale").check();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("alert").waitFor();
    await lookOver(page, "declined");
    await page.getByLabel("Test card that is approved").check();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.waitForURL("**/orders/*");
    await lookOver(page, "tickets");
    await page.goto("/sign-up?next=/account/orders");
    await page.getByLabel("Name").fill("Ann Example");
    await page.getByLabel("E-mail address").fill("ann@example.org");
    await page.getByLabel("Password").fill("a long enough one");
    await page.getByRole("button", { name: "Make an account" }).click();
    await page.getByText("We have sent a mail to ann@example.org").waitFor();
    await lookOver(page, "a link was mailed");
    const asked = { name: "Ann Example", email: "ann@example.org", password: "a long enough one" };
    const { path } = await house.accounts.register({ ...asked, next: "/account/orders" });
    await page.goto(path);
    await lookOver(page, "a mailed link");
    await page.getByLabel("Password").fill(asked.password);
    await page.getByRole("button", { name: "Make my account" }).click();
    await page.waitForURL("**/account/orders");
    await lookOver(page, "orders");
    await page.goto("/account");
    await lookOver(page, "account");
  });

  await test("what a demo shows of the mails that it does not send", async () => {
    const demo = await openFixture({ showsMailedLinks: true });
    after(() => demo.server.close());
    const visitor = await pagesOf({ url: await demo.server.listen({ port: 0, host: "127.0.0.1" }) }, browser).newPage();
    await visitor.setViewportSize({ width: 320, height: 700 });
    await visitor.goto("/sign-up");
    await visitor.getByLabel("Name").fill("Ann Example");
    await visitor.getByLabel("E-mail address").fill("ann@example.org");
    await visitor.getByLabel("Password").fill("a long enough one");
    await visitor.getByRole("button", { name: "Make an account" }).click();
    await visitor.getByRole("link", { name: "Open the link" }).waitFor();
    await lookOver(visitor, "a sign-up in a demo");
    await visitor.getByRole("link", { name: "Open the link" }).click();
    await visitor.getByRole("button", { name: "Make my account" }).click();
    await visitor.waitForURL("**/account/orders");
    await visitor.goto("/account");
    await visitor.getByLabel("New e-mail address").fill("ann@elsewhere.example");
    await visitor.locator("form[action='/account/email'] input[name=password]").fill("a long enough one");
    await visitor.getByRole("button", { name: "Change the address" }).click();
    await visitor.getByRole("link", { name: "Open the link" }).waitFor();
    await lookOver(visitor, "another address in a demo");
    await visitor.goto("/forgot-password");
    await visitor.getByLabel("E-mail address").fill("ann@example.org");
    await visitor.getByRole("button", { name: "Send the link" }).click();
    await visitor.getByRole("link", { name: "Open the link" }).waitFor();
    await lookOver(visitor, "a forgotten password in a demo");
  });
});
