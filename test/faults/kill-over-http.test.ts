// The whole of Marquee, killed while a client buys over HTTP. kill.test.ts strikes everywhere; here the real process dies at
// the moments that matter most, and when its disk is full.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { App } from "../../src/app.ts";
import { Client, copyOf, makeTemplate, recoverAndLook, startChild, type Template } from "./setting.ts";

const strikes = [
  "after:log:intent",
  "after:payment:authorised",
  "before:log:sale",
  "after:log:sale",
  "before:apply",
  "after:log:refund-begun",
];

/** What is true of the order at the end, whatever happened on the way. */
async function look(app: App, { told }: Client): Promise<void> {
  await app.sales.reconcileUnfinished();
  const order = await app.inventory.orderById(told.orderId);
  const payment = await app.payments.find(told.orderId);
  if (told.order?.status === "confirmed") equal(order?.status, "confirmed", "told confirmed, so it is");
  if (told.orderStatus === 402) ok(order?.status === "declined" || order?.status === "cancelled", "told no, so it is");
  if (payment.state === "captured") equal(order?.status, "confirmed", "charged, so it has tickets");
  if (order?.status === "confirmed") ok(["captured", "authorised"].includes(payment.state), "sold, so it is paid");
}

describe("the whole of Marquee", { concurrency: 2 }, () => {
  let template: Template;
  before(async () => {
    template = await makeTemplate();
  });
  after(() => template.dispose());

  for (const failpoint of strikes) {
    it(`keeps its word to a client when it is killed at ${failpoint}`, async (t) => {
      const folder = await copyOf(template);
      const house = { url: "" };
      const client = new Client(house, template.shop, "tok_approve");
      const child = await startChild(folder, failpoint);
      t.after(() => child.kill());
      house.url = child.url;
      await client.visit();
      equal((await child.end).signal, "SIGKILL");
      await recoverAndLook(folder, async (url, app) => {
        house.url = url;
        const before = client.told.order;
        const status = await client.pay();
        if (before?.status === "confirmed") {
          equal(status, 201);
          deepEqual(
            client.told.order?.tickets.map(({ id }) => id),
            before.tickets.map(({ id }) => id),
            "the same order",
          );
        }
        await look(app, client);
      });
      await rm(folder, { recursive: true, force: true });
    });
  }

  it("ends with a sentence and exit code 74 when the disk takes no more, and starts whole", async (t) => {
    const folder = await copyOf(template);
    // No file may grow beyond 1 MB: the first write over it fails as on a full disk.
    const child = await startChild(folder, undefined, 1_024);
    t.after(() => child.kill());
    const house = { url: child.url };
    const clients: Client[] = [];
    let gone = false;
    for (let round = 0; round < 60 && !gone; round += 1) {
      const some = Array.from({ length: 6 }, (_, index) => {
        const seat = round * 6 + index;
        return new Client(house, template.shop, "tok_approve", { bestAvailable: { quantity: 1 } }, seat);
      });
      clients.push(...some);
      gone = (await Promise.all(some.map((client) => client.buyOnly()))).some((finished) => !finished);
    }
    const { code, stderr } = await child.end;
    equal(code, 74);
    match(stderr, /Marquee stops: writing .*(?:full|I\/O).* failed|Marquee stops: writing .* failed: .*(?:full|I\/O)/);
    ok(
      clients.some(({ told }) => told.order?.status === "confirmed"),
      "some were sold before",
    );
    await recoverAndLook(folder, async (_, app) => {
      for (const client of clients) await look(app, client);
    });
    await rm(folder, { recursive: true, force: true });
  });
});
