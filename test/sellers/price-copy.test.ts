// Giving many showings the prices of one, as a seller does it by form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listed } from "../authoring/setting.ts";
import { visitor } from "../web/fixture.ts";
import { everybody, openSellers } from "./setting.ts";

test("prices are copied to other showings of the show, after a look at the difference", async () => {
  await using setting = await openSellers();
  const { authoring, held } = setting;
  const { people, sellerId, by } = await everybody(setting);
  const { plan, sections } = await listed({ authoring, by });
  const { showings } = await authoring.schedule(by, { ...plan, to: "2026-12-04", publish: true });
  const [first = "", second = "", third = ""] = showings.map(({ id }) => id ?? "");
  const dear = Object.fromEntries(Object.keys(sections).map((id) => [id, 1_500]));
  const { list } = await authoring.setPrices(by, { tiers: [{ id: "adult", name: "Adult", sections: dear }] });
  await authoring.changeShowing(by, first, { priceListId: list.id });
  held.add(third);

  const pages = visitor(setting.server);
  pages.cookies.set("__Host-marquee /", { value: people.manager.secret() ?? "", path: "/" });
  const at = `/sell/${sellerId}/prices/copy`;
  const fresh = await pages.get(`${at}?showing=${first}`);
  assert.equal(fresh.html.match(/name="showings"/g)?.length, 3, "not the one that has them");
  const form = { showing: first, priceListId: list.id };
  const silent = await pages.post(at, { ...form, action: "preview" });
  assert.match(silent.page.html, /Tick the showings first/);
  const chosen = { ...form, showings: [second, third] };
  const preview = await pages.post(at, { ...chosen, action: "preview" });
  assert.match(preview.page.html, /What changes for 2 showings/);
  assert.match(preview.page.html, /\$12\.00<\/td><td class="number">\$15\.00<\/td><td class="number">\+\$3\.00/);
  assert.equal((await authoring.showing(sellerId, second)).priceListId, plan.priceListId, "nothing is changed yet");
  const done = await pages.post(at, { ...chosen, action: "apply" });
  assert.match(done.page.html, /1 showing has these prices now/);
  assert.match(done.page.html, /1 showing keeps its prices/);
  assert.equal((await authoring.showing(sellerId, second)).priceListId, list.id);
  assert.equal((await authoring.showing(sellerId, third)).priceListId, plan.priceListId);
});
