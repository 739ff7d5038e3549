// The edge in front of real application processes that are killed, restarted one after the other, and all gone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { openTown, type Town } from "../fleet/setting.ts";
import { ask, startLoad, type Answer, type Asked } from "./asking.ts";

let town: Town;
let ca: string;

const get = (path: string, asked?: Asked): Promise<Answer> => ask(town.fleet.url + path, ca, asked);
const showing = () => town.shop.showingIds[0] ?? "";

/** Half of these addresses are cached, half reach an application process each time. */
const read = (index: number) => {
  const exact = [`/showings/${showing()}`, `/api/v1/showings/${showing()}/seats`, "/sign-in", "/api/v1/session"];
  const shared = ["/", `/shows/${town.shop.showId}`, `/api/v1/shows?turn=${index}`, "/venues"];
  const paths = [...exact, ...shared];
  return get(paths[index % paths.length] ?? "/");
};

/** Holds a place; refused when the house is full, which is an answer, too. */
const hold = () =>
  get(`/api/v1/showings/${showing()}/holds`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ bestAvailable: { quantity: 1 } }),
  });

suite("the edge of a fleet", () => {
  before(async () => {
    // As by default: longer than nginx leaves out a process that it found away.
    town = await openTown({ workers: 1, settings: { MARQUEE_DRAIN_MS: "2500" } });
    ca = readFileSync(join(town.fleet.folder, "certificate.pem"), "utf8");
  });
  after(() => town.fleet.stop());

  test("killing one of two application processes under load loses no request that may be repeated", async () => {
    const [first] = town.fleet.apps;
    await using load = startLoad(8, read);
    await load.more(100);
    await first?.kill("SIGKILL");
    await load.more(300);
    assert.deepEqual(await load.end(), []);
  });

  test("nothing fails while the application processes are restarted one after the other, no purchase either", async () => {
    await town.fleet.apps[0]?.restart();
    await using load = startLoad(8, (index) => (index % 8 === 0 ? hold() : read(index)));
    for (const app of town.fleet.apps) {
      await load.more(100);
      await app.restart();
      await load.more(100);
    }
    assert.deepEqual(await load.end(), []);
  });

  test("nothing fails while the edge takes its configuration again", async () => {
    await using load = startLoad(8, read);
    for (let turn = 0; turn < 3; turn += 1) {
      await load.more(50);
      await town.fleet.edge.reload();
    }
    await load.more(50);
    assert.deepEqual(await load.end(), []);
  });

  test("a change of seats is seen through the edge as it happens", async () => {
    const path = `/api/v1/showings/${showing()}/seats/stream`;
    await new Promise<void>((resolve, reject) => {
      const watching = request(town.fleet.url + path, { ca, agent: false });
      watching.on("error", reject);
      watching.on("response", (response) => {
        let told = "";
        let holding: Promise<unknown> | undefined;
        response.on("data", (part: Buffer) => {
          told += part.toString();
          if (told.includes("event: seats")) holding ??= hold().catch(reject);
          if (!told.includes("event: change")) return;
          response.destroy();
          resolve();
        });
      });
      watching.end();
    });
  });

  test("nobody is shown the page of somebody who is signed in", async () => {
    const { seller } = town.shop;
    const mine = await seller.ask<string>("GET", "/account");
    assert.equal(mine.status, 200);
    assert.match(mine.body, /Sam Seller/);
    for (const path of ["/account", "/", "/shows/anything", `/showings/${showing()}`, "/help", "/api/v1/me"]) {
      await seller.ask("GET", path);
      assert.doesNotMatch((await get(path)).text, /Sam Seller|sam-/, path);
    }
  });

  test("with all of them down, lists and show pages still answer, marked stale", async () => {
    const known = ["/", `/shows/${town.shop.showId}`, "/api/v1/shows"];
    for (const path of known) assert.equal((await get(path)).status, 200, path);
    await Promise.all(town.fleet.apps.map((app) => app.kill("SIGKILL")));
    for (const path of known) {
      let answer = await get(path);
      while (answer.headers["x-cache"] === "HIT") answer = await get(path);
      assert.equal(answer.status, 200, path);
      assert.match(String(answer.headers["warning"]), /^110 /, path);
    }
    assert.equal((await get("/account")).status, 503);
    await town.fleet.apps[0]?.restart();
    let answer = await get("/");
    while (answer.headers["x-cache"] !== "HIT") answer = await get("/");
    assert.equal(answer.headers["warning"], undefined);
  });
});
