// The door in a real browser: the code of a ticket before the camera, typed, and from a scanner that types; green, red and
// amber. The camera's picture is a file that is made of the code's own pixels.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { encodeQR } from "qr";
import { openHouse, openShop, visitor, type House, type Shop } from "../app/setting.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const folder = mkdtempSync(join(tmpdir(), "marquee-door-"));
const house = await openHouse({ "writes-per-minute": "0" });
const [shop, other] = [await openShop(house), await openShop(house)];
const own = await tokensOf(house, shop, ["A-1", "A-2", "A-3", "A-4", "A-5"]);
const [theirs = ""] = await tokensOf(house, other, ["A-1"]);
const film = join(folder, "ticket.y4m");
writeFileSync(film, filmOf(own[0] ?? ""));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    ...flags,
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ],
});
after(async () => {
  await browser.close();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Tickets of an order of some seats of a shop's first showing. */
async function tokensOf({ app }: House, { showingIds: [showingId = ""] }: Shop, seats: string[]): Promise<string[]> {
  const customer = { holder: `g:${showingId}`, addressPrefix: "10.0.0" };
  const hold = await app.sales.hold({ showingId, seats }, customer);
  const payment = { provider: "sandbox", token: "tok_approve" };
  const buyer = { email: "bea@example.org", name: "Bea" };
  const id = `order-${showingId}`.slice(0, 40);
  const order = await app.sales.checkOut({ id, holdId: hold.id, buyer, payment }, customer);
  return (await app.sales.tickets(order.id, { operator: true })).map(({ token }) => token);
}

/** A film of one frame, in YUV 4:2:0: the code in the middle of a grey wall. */
function filmOf(text: string): Buffer {
  const [width, height, pixel] = [640, 480, 5];
  const code = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const luma = Buffer.alloc(width * height, 120);
  const side = code.length * pixel;
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      luma[(top + y) * width + left + x] = code[Math.floor(y / pixel)]?.[Math.floor(x / pixel)] ? 16 : 235;
  const grey = Buffer.alloc((width * height) / 2, 128);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), luma, grey]);
}

async function signedIn(options: Parameters<typeof browser.newContext>[0] = {}): Promise<BrowserContext> {
  const baseURL = house.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL, locale: "en-US", ...options });
  const answer = await context.request.post("/api/v1/session", {
    data: { email: shop.email, password: "velvet rope 1927" },
  });
  assert.ok(answer.ok());
  return context;
}

async function doorOf(context: BrowserContext, query = ""): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`/sell/${shop.sellerId}/scan${query}`);
  return page;
}

const says = (page: Page, tone: string, word: string) =>
  page.locator(`.door-box[data-tone=${tone}]`, { hasText: word }).waitFor();

async function type(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code of the ticket").fill(code);
  await page.keyboard.press("Enter");
}

test("the camera reads a ticket once, and what is typed or sent by a scanner is judged in the same page", async () => {
  const context = await signedIn({ viewport: { width: 320, height: 640 } });
  const page = await doorOf(context, `?showing=${shop.showingIds[0] ?? ""}`);
  await page.getByText("0 of 5 are in").waitFor();
  await page.getByLabel("Gate").fill("North");
  let sent = 0;
  page.on("request", (request) => (sent += request.url().endsWith("/api/v1/scans") ? 1 : 0));
  await page.getByRole("button", { name: "Scan with the camera" }).click();
  await says(page, "yes", "Let in");
  await page.locator(".door-seat", { hasText: "A-1" }).waitFor();
  await page.getByText("1 of 5 are in").waitFor();
  // The code stays before the camera: the next answer is that of another ticket, not of this one again.
  await type(page, own[1] ?? "");
  await page.locator(".door-seat", { hasText: "A-2" }).waitFor();
  await page.getByRole("button", { name: "Stop the camera" }).click();
  await page.getByRole("button", { name: "Scan with the camera" }).waitFor();
  assert.equal(await page.locator("video").evaluate((video: HTMLVideoElement) => video.srcObject), null);

  // A scanner types, whatever has the focus: even the gate's field, which stays as it was.
  await page.getByLabel("Sound and vibration").focus();
  await page.keyboard.type(own[2] ?? "");
  await page.keyboard.press("Enter");
  await page.locator(".door-seat", { hasText: "A-3" }).waitFor();
  await page.getByLabel("Gate").focus();
  await page.keyboard.type(own[3] ?? "");
  await page.keyboard.press("Enter");
  await page.locator(".door-seat", { hasText: "A-4" }).waitFor();
  assert.equal(await page.getByLabel("Gate").inputValue(), "North");

  await type(page, own[0] ?? "");
  await says(page, "no", "Used already");
  await page.getByText(/^First used \d+:\d\d [AP]M at North\.$/).waitFor();
  await type(page, theirs);
  await says(page, "no", "Another seller’s ticket");
  await type(page, "v1.not.a.ticket");
  await says(page, "no", "No ticket of ours");
  assert.equal(await page.locator(".door-past li").count(), 7);
  await page.getByText("4 of 5 are in").waitFor();

  // Another gate lets somebody in: this one hears of it.
  await shop.seller.ask("POST", "/api/v1/scans", { token: own[4], gate: "South" });
  await page.getByText("5 of 5 are in").waitFor();
  assert.equal(sent, 7, "no code was sent twice");
  const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }));
  assert.equal(scrollWidth, 320, "nothing is wider than the phone");
  await context.close();
});

test("a ticket of another showing is red where the door is for one, and without a network everything is amber", async () => {
  const context = await signedIn({ colorScheme: "dark" });
  const page = await doorOf(context, `?showing=${shop.showingIds[1] ?? ""}`);
  await type(page, own[0] ?? "");
  await says(page, "no", "Another showing");
  await context.setOffline(true);
  await says(page, "unsure", "No connection");
  await type(page, own[1] ?? "");
  await says(page, "unsure", "No connection");
  await context.setOffline(false);
  await says(page, "ready", "Ready");
  // A server that does not answer is no "let in" either.
  await page.route("**/api/v1/scans", (route) => route.abort());
  await type(page, own[1] ?? "");
  await says(page, "unsure", "No answer");
  await context.clearCookies();
  await page.unroute("**/api/v1/scans");
  await type(page, own[1] ?? "");
  await says(page, "unsure", "Signed out");
  await context.close();
});

test("the camera is allowed on the door's page alone, and the page passes axe in both themes", async () => {
  const stranger = visitor(house);
  assert.equal((await stranger.ask("GET", `/sell/${shop.sellerId}/scan`)).status, 303);
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await signedIn({ colorScheme });
    const page = await doorOf(context);
    const policyOf = async (path: string) => (await context.request.get(path)).headers()["permissions-policy"];
    assert.equal(await policyOf(new URL(page.url()).pathname), "camera=(self), microphone=()");
    assert.equal(await policyOf(`/sell/${shop.sellerId}`), "camera=(), microphone=()");
    for (const [code, tone] of [
      ["", "ready"],
      ["v1.not.a.ticket", "no"],
    ] as const) {
      if (code !== "") await type(page, code);
      await page.locator(`.door-box[data-tone=${tone}]`).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
        [],
      );
    }
    await context.close();
  }
});

test("without scripts a form does the same", async () => {
  const context = await signedIn({ javaScriptEnabled: false, locale: "es-MX" });
  const page = await doorOf(context, `?showing=${shop.showingIds[0] ?? ""}`);
  await page.getByLabel("Código del boleto").fill(own[0] ?? "");
  await page.keyboard.press("Enter");
  await says(page, "no", "Ya se usó");
  await page.getByText("5 de 5 ya entraron").waitFor();
  assert.equal(await page.getByRole("button", { name: "Escanear con la cámara" }).count(), 0);
  await context.close();
});
