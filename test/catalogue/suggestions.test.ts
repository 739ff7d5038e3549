// What a search field offers for a few letters.

import { deepEqual, equal } from "node:assert/strict";
import { after, suite, test } from "node:test";
import { openReading } from "./http-setting.ts";
import { showingRow, showRow, sundayEvening, venueRow } from "./setting.ts";

const denver = venueRow(1, { name: "Esquire" });
const boulder = venueRow(2, { name: "Amber House", city: "Boulder", latitude: 40.015, longitude: -105.27 });
const today = "2026-11-22";
const world = {
  venues: [denver, boulder],
  shows: [
    showRow("a", { title: "Amélie", cast_names: '["Audrey Tautou"]', year: 2001, directors: '["Jean-Pierre Jeunet"]' }),
    showRow("b", { title: "My Ambition", popularity: 9, cast_names: '["Amber Stone"]' }),
    showRow("c", { title: "Ambush", popularity: 5, directors: '["Amber Stone"]', cast_names: "[]" }),
    showRow("over", { title: "Amber Is Over", cast_names: '["Ambrose Gone"]' }),
  ],
  showings: [
    showingRow(denver, "a", today, "19:30"),
    showingRow(boulder, "b", today, "21:00"),
    showingRow(denver, "c", today, "21:30"),
    showingRow(denver, "over", today, "12:00"),
  ],
};

interface Item {
  kind: string;
  text: string;
  detail?: string;
  id?: string;
}

await suite("GET /suggestions", async () => {
  const reading = await openReading(world);
  after(() => reading[Symbol.asyncDispose]());
  const cases = [
    // Titles that begin so come before those in which a word does, though that is more popular.
    ["amb", ["show Ambush", "show My Ambition", "person Amber Stone", "venue Amber House"]],
    ["AMELIE", ["show Amélie"]],
    ["taut", ["person Audrey Tautou"]],
    ["jeunet jean", ["person Jean-Pierre Jeunet"]],
    ["esq", ["venue Esquire"]],
    ["den", ["venue Esquire", "place Denver, CO"]],
    // No list has it, but a venue is there.
    ["bou&only=place", ["place Boulder, CO"]],
    ["den&only=place", ["place Denver, CO"]],
    ["am&limit=1", ["show Ambush"]],
    ["...", []],
  ] as const;
  for (const [query, expected] of cases) {
    test(`?q=${query} offers ${expected.join(", ") || "nothing"}`, async () => {
      const { status, body } = await reading.get(`/suggestions?q=${query}`);
      equal(status, 200);
      const items = body["items"] as unknown as Item[];
      deepEqual(
        items.map(({ kind, text }) => `${kind} ${text}`),
        expected,
      );
    });
  }

  test("tells where each leads and what tells it from others", async () => {
    const find = async (query: string) =>
      ((await reading.get(`/suggestions?q=${query}`)).body["items"] as unknown as Item[])[0];
    deepEqual(await find("amelie"), { kind: "show", id: "a", text: "Amélie", detail: "2001 · Jean-Pierre Jeunet" });
    deepEqual(await find("esquire"), { kind: "venue", id: "venue-1", text: "Esquire", detail: "Denver, CO" });
  });

  test("knows the cities of venues, the large ones first, and a venue's city once", () => {
    deepEqual(
      reading.catalogue.cities(9).map(({ name, region }) => `${name}, ${region}`),
      ["Denver, CO", "Boulder, CO"],
    );
    equal(reading.catalogue.findPlaces("denver", 9).length, 1);
    equal(reading.catalogue.placeNear({ latitude: 40.01, longitude: -105.2 })?.name, "Boulder");
  });

  test("forgets what is over", async () => {
    // Kept for a minute.
    reading.time.now = sundayEvening + 3 * 3_600_000;
    const { body } = await reading.get("/suggestions?q=amb");
    deepEqual(
      (body["items"] as unknown as Item[]).map(({ kind }) => kind),
      ["venue"],
    );
  });
});
