// Moving showings in time and between auditoriums, and giving many of them other prices.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalOf } from "../accounts/setting.ts";
import { listed, openAuthoring, type AuthoringSetting } from "./setting.ts";

/** A venue with two auditoriums of one seat map and a third of another; a published showing in the first at 19:30. */
async function threeRooms(setting: AuthoringSetting) {
  const { authoring, by } = setting;
  const list = await listed(setting);
  const { id: venueId } = list.venue;
  const twin = await authoring.addAuditorium(by, {
    venueId,
    name: "Two",
    turnaroundMinutes: 40,
    template: "small-cinema",
  });
  const hall = await authoring.addAuditorium(by, {
    venueId,
    name: "Hall",
    turnaroundMinutes: 10,
    template: "theatre",
  });
  const { showings } = await authoring.schedule(by, { ...list.plan, publish: true });
  return { ...list, twin, hall, showingId: showings[0]?.id ?? "" };
}

test("a published showing moves to an auditorium with the same seats, at its time or another", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const { twin, showingId } = await threeRooms(setting);
  const before = await authoring.showing(by.sellerId, showingId);
  asked.length = 0;
  const moved = await authoring.changeShowing(by, showingId, { auditoriumId: twin.id });
  assert.deepEqual([moved.auditoriumId, moved.startsAt], [twin.id, before.startsAt]);
  assert.deepEqual(asked, ["day 2026-12-01", "shows"], "readers see it");
  const later = await authoring.changeShowing(by, showingId, { auditoriumId: before.auditoriumId, time: "19:35" });
  assert.deepEqual([later.auditoriumId, later.startsAt - before.startsAt], [before.auditoriumId, 5 * 60_000]);
});

test("the turnaround that counts is that of the auditorium moved to", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { twin, plan, showingId } = await threeRooms(setting);
  // 104 minutes: over at 18:54. 20 minutes of turnaround would do for 19:30, 40 do not.
  await authoring.schedule(by, { ...plan, auditoriumId: twin.id, times: ["17:10"] });
  const refusal = await refusalOf(authoring.changeShowing(by, showingId, { auditoriumId: twin.id }));
  assert.equal(refusal.code, "schedule_clash");
  const moved = await authoring.changeShowing(by, showingId, { auditoriumId: twin.id, time: "19:34" });
  assert.equal(moved.auditoriumId, twin.id);
});

test("a published showing keeps its seat map, a draft takes the other auditorium's if its prices fit", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { hall, plan, showingId } = await threeRooms(setting);
  const refusal = await refusalOf(authoring.changeShowing(by, showingId, { auditoriumId: hall.id }));
  assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", "auditoriumId"]);
  const { showings } = await authoring.schedule(by, { ...plan, times: ["10:00"] });
  const draft = showings[0]?.id ?? "";
  const unpriced = await refusalOf(authoring.changeShowing(by, draft, { auditoriumId: hall.id }));
  assert.deepEqual([unpriced.code, unpriced["field"]], ["invalid_request", "auditoriumId"]);
  const { layout } = await authoring.seatMap(hall.seatMapId);
  const sections = Object.fromEntries(layout.sections.map(({ id }) => [id, 900]));
  const { list } = await authoring.setPrices(by, { tiers: [{ id: "adult", name: "Adult", sections }] });
  const moved = await authoring.changeShowing(by, draft, { auditoriumId: hall.id, priceListId: list.id });
  assert.deepEqual(
    [moved.auditoriumId, moved.seatMapId, moved.placeCount],
    [hall.id, hall.seatMapId, layout.placeCount],
  );
});

test("what is held does not move, nor does anything to another venue or another seller's auditorium", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, held } = setting;
  const { twin, showingId } = await threeRooms(setting);
  const elsewhere = await listed({ authoring, by });
  const theirs = await listed({ authoring, by: await setting.sellerOf("mallory") });
  const to = (auditoriumId: string) => refusalOf(authoring.changeShowing(by, showingId, { auditoriumId }));
  assert.equal((await to(elsewhere.auditorium.id)).code, "invalid_request");
  assert.equal((await to(theirs.auditorium.id)).code, "not_found");
  held.add(showingId);
  assert.equal((await to(twin.id)).code, "showing_in_use");
});

test("many showings get other prices, and each that cannot says why", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, held } = setting;
  const { plan, sections } = await listed(setting);
  const { showings } = await authoring.schedule(by, { ...plan, to: "2026-12-04", publish: true });
  const [first = "", second = "", third = "", fourth = ""] = showings.map(({ id }) => id ?? "");
  const dear = Object.fromEntries(Object.keys(sections).map((id) => [id, 1_500]));
  const { list } = await authoring.setPrices(by, { tiers: [{ id: "adult", name: "Adult", sections: dear }] });
  await authoring.changeShowing(by, first, { priceListId: list.id });
  held.add(third);
  const applied = await authoring.applyPrices(by, list.id, [first, second, third, fourth, second, "nonsense"]);
  assert.deepEqual([applied.changed, applied.same], [[second, fourth], [first]]);
  assert.deepEqual(
    applied.refused.map(({ showingId, refusal }) => [showingId, refusal.code]),
    [
      [third, "showing_in_use"],
      ["nonsense", "not_found"],
    ],
  );
  const now = await Promise.all([second, third].map((id) => authoring.showing(by.sellerId, id)));
  assert.deepEqual(
    now.map(({ priceListId }) => priceListId),
    [list.id, plan.priceListId],
  );
  assert.equal((await refusalOf(authoring.applyPrices(by, list.id, []))).code, "invalid_request");
});
