// A demo's mails reach nobody, so its pages show the links that are in them; no other installation ever does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openHouse } from "./setting.ts";
import { signUp, visitor } from "../web/fixture.ts";

const password = "popcorn and salt";
const link = /\/(?:sign-up\/confirm|account\/email\/confirm|reset-password)\?key=\w{52}/;

const installations = [
  { name: "a demo", flags: {}, kind: { isDemo: true }, shows: true },
  {
    name: "a demo that has a mail server",
    flags: { mail: "smtp://127.0.0.1:9" },
    kind: { isDemo: true },
    shows: false,
  },
  { name: "any other installation", flags: {}, kind: {}, shows: false },
];

for (const { name, flags, kind, shows } of installations) {
  test(`${name} ${shows ? "shows" : "does not show"} the links of mails`, async (t) => {
    const house = await openHouse({ ...flags, "log-level": "silent" }, {}, kind);
    t.after(() => house.close());
    const pages = visitor(house.app.server);
    const asked = await pages.post("/sign-up", { name: "Ada", email: "ada@example.org", password });
    const mailed = asked.page.html.match(link)?.[0];
    assert.equal(mailed !== undefined, shows);
    if (mailed !== undefined) {
      const opened = await pages.get(mailed);
      assert.deepEqual([opened.status, opened.html.includes('name="password"')], [200, false], "one button");
    }

    await signUp(house.app, pages, { name: "Eve", email: "eve@example.org", password });
    const moved = await pages.post("/account/email", { email: "eve@elsewhere.example", password });
    assert.equal(link.test(moved.page.html), shows);
    const forgot = await pages.post("/forgot-password", { email: "eve@example.org" });
    assert.equal(link.test(forgot.page.html), shows);
    assert.equal(link.test((await pages.post("/forgot-password", { email: "nobody@example.org" })).page.html), false);
  });
}
