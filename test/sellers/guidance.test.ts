// What a new seller is told on the way, and where it leads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cinema, listed } from "../authoring/setting.ts";
import { browser, everybody, openSellers, sellerOf } from "./setting.ts";

test("showings of a draft show are refused where they were ticked, with the way to the show", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const by = { sellerId, actor: owner.id };
  const { show, plan } = await listed({ authoring: setting.authoring, by });
  const draft = await setting.authoring.addShow(by, { ...show, title: "Laura", posterId: "" });
  const { showings } = await setting.authoring.schedule(by, { ...plan, showId: draft.id, publish: false });
  const pages = browser(setting, owner);
  const at = `/sell/${sellerId}`;
  const link = new RegExp(
    `Publish the show “Laura” before its showings. <a href="${at}/shows/${draft.id}">Open “Laura”`,
  );

  const list = { show: draft.id, cursor: "", showings: showings.map(({ id }) => id ?? "") };
  const ticked = await pages.post(`${at}/showings`, list);
  assert.equal(ticked.answer.status, 409);
  assert.match(ticked.page.html, link);
  assert.match(ticked.page.html, new RegExp(`<input type="hidden" name="show" value="${draft.id}"`), "the same list");

  const one = `${at}/showings/${showings[0]?.id}`;
  assert.match(
    (await pages.post(`${one}/publish?lang=es`, {})).page.html,
    /Publica “Laura” antes que sus funciones\. <a/,
  );
  pages.cookies.delete("lang /");

  const { auditoriumId, priceListId } = plan;
  const form = { showId: draft.id, auditoriumId, priceListId, times: "21:00", from: plan.from, to: plan.to };
  const asked = await pages.post(`${at}/schedule`, { ...form, publish: "yes", action: "schedule" });
  assert.match(asked.page.html, link);
});

test("a venue's country is chosen by its name in the reader's language, and the next venue begins with it", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const pages = browser(setting, owner);
  const at = `/sell/${sellerId}`;
  assert.match((await pages.get(`${at}/venues/new`)).html, /<option value="US" selected>United States/);
  const { html } = await pages.get(`${at}/venues/new?lang=es`);
  assert.match(html, /<option value="DE">Alemania</);
  const listedNames = [...html.matchAll(/<option value="[A-Z]{2}"(?: selected)?>([^<]+)/g)].map(
    ([, name]) => name ?? "",
  );
  assert.deepEqual(listedNames, listedNames.toSorted(new Intl.Collator("es").compare));
  const { latitude: _, longitude: __, ...address } = cinema;
  const fields = { ...address, country: "MX", latitude: "19.4", longitude: "-99.1" };
  const venue = await pages.post(`${at}/venues/new?lang=en`, fields);
  assert.match(venue.page.html, /<option value="MX" selected>Mexico/);
  assert.match((await pages.get(`${at}/venues/new`)).html, /<option value="MX" selected>/);
});

test("a list of prices names its sections as the rooms that have them do", async () => {
  await using setting = await openSellers();
  const { owner, sellerId } = await sellerOf(setting, "ines");
  const by = { sellerId, actor: owner.id };
  const { venue } = await listed({ authoring: setting.authoring, by });
  const columnOf = async () => {
    const { html } = await browser(setting, owner).get(`/sell/${sellerId}/prices`);
    return /<td class="minor">([^<]+)/.exec(html)?.[1];
  };
  assert.equal(await columnOf(), "Seats");
  const room = { venueId: venue.id, name: "Two", turnaroundMinutes: 20 };
  const { map } = await setting.authoring.seatMap((await setting.authoring.auditoriums(sellerId))[0]?.seatMapId ?? "");
  const sections = map.sections.map((section) => ({ ...section, name: "Parquet" }));
  await setting.authoring.addAuditorium(by, { ...room, seatMap: { ...map, sections } });
  assert.match((await columnOf()) ?? "", /^(Seats \/ Parquet|Parquet \/ Seats)$/);
  await setting.authoring.setPrices(by, { tiers: [{ id: "adult", name: "Adult", sections: { GONE: 500 } }] });
  assert.match(
    (await browser(setting, owner).get(`/sell/${sellerId}/prices`)).html,
    />GONE</,
    "no room has it any more",
  );
});

test("the only owner is offered neither to leave nor another role, and is told why", async () => {
  await using setting = await openSellers();
  const { people, sellerId } = await everybody(setting);
  const { owner, manager } = people;
  const pages = browser(setting, owner);
  const members = async () => (await pages.get(`/sell/${sellerId}/members`)).html;
  const form = (person: { id: string }, part: string) => new RegExp(`/members/${person.id}/${part}"`);
  const alone = await members();
  assert.match(alone, /The only owner stays one/);
  for (const part of ["role", "remove"]) {
    assert.doesNotMatch(alone, form(owner, part));
    assert.match(alone, form(manager, part));
  }
  await setting.accounts.setRole(sellerId, manager.id, "owner", owner.id);
  const two = await members();
  assert.doesNotMatch(two, /The only owner stays one/);
  for (const part of ["role", "remove"]) assert.match(two, form(owner, part));
});

test("the door is set to one of the showings around now, also by who does nothing but scan", async () => {
  await using setting = await openSellers();
  const { people, sellerId, by } = await everybody(setting);
  const { plan } = await listed({ authoring: setting.authoring, by });
  const today = new Date(setting.clock()).toISOString().slice(0, 10);
  const choicesOf = async (query = "") => {
    const { html } = await browser(setting, people.scanner).get(`/sell/${sellerId}/scan${query}`);
    const select = /<select[^>]*name="showing"[^>]*>(.*?)<\/select>/s.exec(html)?.[1] ?? "";
    return [...select.matchAll(/<option value(?:="(\w*)")?( selected)?>([^<]+)/g)].map(
      ([, value = "", chosen, text]) => ({
        value,
        chosen: chosen !== undefined,
        text,
      }),
    );
  };
  assert.deepEqual(await choicesOf(), [], "nothing is shown around now");
  const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`).filter(
    (_, hour) => hour % 3 === 0,
  );
  const { showings } = await setting.authoring.schedule(by, { ...plan, times, from: today, to: today, publish: true });
  const around = showings.filter(({ startsAt }) => startsAt < setting.clock() + 12 * 3_600_000);
  const offered = await choicesOf();
  assert.deepEqual(
    offered.map(({ value }) => value),
    ["", ...around.map(({ id }) => id)],
  );
  assert.match(offered[1]?.text ?? "", /\d (AM|PM) · The Third Man · One$/);
  const chosen = await choicesOf(`?showing=${around[1]?.id}`);
  assert.deepEqual(
    chosen.filter((one) => one.chosen).map(({ value }) => value),
    [around[1]?.id],
  );
});
