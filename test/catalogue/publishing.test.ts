import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { createCatalogue } from "../../src/catalogue/create.ts";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";
import { createPublisher } from "../../src/catalogue/publisher.ts";
import type { ListQuery } from "../../src/catalogue/model.ts";
import type { ShowingRow } from "../../src/store/schema.ts";
import { openWorld, seatMapId, showingRow, showRow, sundayEvening, venueRow } from "./setting.ts";

const denver = venueRow(1);
const today = "2026-11-22";
const near = { latitude: 39.7, longitude: -105 };
const titles = (listed: readonly { show: { title: string } }[]) => listed.map((entry) => entry.show.title);

/** One cinema with one film this evening. */
const small = () => ({
  venues: [denver],
  shows: [showRow("film", { title: "Paris, Texas" })],
  showings: [showingRow(denver, "film", today, "20:00")],
});
const query = (now: number, change: Partial<ListQuery> = {}): ListQuery => ({ near, sort: "soonest", now, ...change });

suite("what is published", () => {
  test("is listed as soon as publishing has answered", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher, bulk, time } = world;
    const version = catalogue.version();
    await bulk.add({
      shows: [showRow("new", { title: "Alphaville" })],
      showings: [showingRow(denver, "new", today, "19:30")],
    });
    assert.deepEqual(titles(await catalogue.list(query(time.now))), ["Paris, Texas"]);
    await publisher.publishVenueDay(denver.id, today);
    await publisher.publishShows();
    assert.deepEqual(titles(await catalogue.list(query(time.now))), ["Alphaville", "Paris, Texas"]);
    assert.deepEqual(
      catalogue.shows().map((show) => show.id),
      ["film", "new"],
    );
    assert.ok(catalogue.version() > version);
  });

  test("is listed on a day that had nothing before", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher, bulk, time } = world;
    const later = "2026-12-24";
    assert.deepEqual(await catalogue.list(query(time.now, { on: later })), []);
    await bulk.add({ showings: [showingRow(denver, "film", later, "19:30")] });
    await publisher.publishVenueDay(denver.id, later);
    assert.equal((await catalogue.list(query(time.now, { on: later }))).length, 1);
    assert.deepEqual(await catalogue.daysOf("film", time.now), [today, later]);
    assert.deepEqual(catalogue.daysOfVenue(denver.id, time.now), [today, later]);
  });

  test("says nothing new when nothing changed", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher } = world;
    const version = catalogue.version();
    await publisher.publishVenueDay(denver.id, today);
    await publisher.publishVenues();
    await publisher.publishShows();
    await publisher.publishSeatMap(seatMapId);
    await publisher.publishVenueDay(denver.id, "2027-01-01");
    assert.equal(catalogue.version(), version);
  });

  test("shows a cancelled showing to who asks for it, and lists it no more", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher, store, time } = world;
    const id = (await catalogue.list(query(time.now)))[0]?.next.id ?? assert.fail();
    await store.db.updateTable("showings").set({ status: "cancelled" }).where("id", "=", id).execute();
    await publisher.publishVenueDay(denver.id, today);
    await publisher.publishShows();
    assert.deepEqual(await catalogue.list(query(time.now)), []);
    assert.deepEqual(await catalogue.showingsOfVenue(denver.id, today), []);
    assert.equal((await catalogue.showing(id))?.status, "cancelled");
  });

  test("takes a day away that has no showings any more", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher, store, time } = world;
    await store.db.updateTable("showings").set({ status: "draft" }).execute();
    await publisher.publishVenueDay(denver.id, today);
    assert.deepEqual(await catalogue.list(query(time.now)), []);
    assert.deepEqual(catalogue.daysOfVenue(denver.id, time.now), []);
  });

  test("drops a show from the list when its last showing has begun, and still knows its name", async () => {
    await using world = await openWorld(small());
    const { catalogue, publisher, time } = world;
    time.now = Date.parse("2026-11-22T20:00:00-07:00");
    assert.deepEqual(catalogue.shows(), []);
    assert.deepEqual(await catalogue.list(query(time.now)), []);
    await publisher.publishShows();
    assert.equal(catalogue.show("film")?.title, "Paris, Texas");
  });

  test("forgets days that have been over for a month", async () => {
    await using world = await openWorld(small());
    const { published, publisher, time } = world;
    time.now += 40 * 86_400_000;
    await publisher.publishShows();
    assert.deepEqual(
      [...published.keys()].filter((key) => key.startsWith("venue-day")),
      [],
    );
  });

  test("can be made anew from the store alone", async () => {
    await using world = await openWorld(small());
    const { store, clock, folder, time } = world;
    const before = new Map([...world.published.keys()].map((key) => [key, world.published.head(key)]));
    rmSync(join(folder, "published"), { recursive: true });
    const published = await openFolderContent(join(folder, "published"));
    const progress: number[] = [];
    await createPublisher({ store, published, clock }).publishEverything((done) => void progress.push(done));
    assert.deepEqual(new Map([...published.keys()].map((key) => [key, published.head(key)])), before);
    assert.deepEqual(progress, [1]);
    const catalogue = await createCatalogue({ published, clock });
    assert.equal((await catalogue.list(query(time.now))).length, 1);
  });

  test("answers everything with the store closed, and asks it nothing before", async () => {
    await using world = await openWorld(small());
    const { catalogue, store, time } = world;
    const asked = store.queries();
    await store.close();
    const [entry] = await catalogue.list(query(time.now));
    assert.ok(entry);
    assert.equal((await catalogue.showing(entry.next.id))?.id, entry.next.id);
    assert.equal((await catalogue.seatMap(entry.next.seatMapId)).layout.placeCount, 120);
    assert.equal((await catalogue.showingsOfVenue(entry.venue.id, today)).length, 1);
    assert.equal((await catalogue.daysOf("film", time.now)).length, 1);
    assert.equal(catalogue.findVenues({ near, limit: 5 })[0]?.id, denver.id);
    assert.equal(catalogue.placeNear(near)?.name, "Denver");
    assert.equal(store.queries(), asked);
  });
});

suite("days and clocks", () => {
  const tokyo = venueRow(2, { latitude: 35.7, longitude: 139.7, time_zone: "Asia/Tokyo" });
  const list = async (showings: ShowingRow[], now: string, change: Partial<ListQuery> = {}) => {
    const shows = [...new Set(showings.map((row) => row.show_id))].map((id) => showRow(id, { title: id }));
    const start = Date.parse(now);
    await using world = await openWorld({ venues: [denver, tokyo], shows, showings }, start);
    return titles(await world.catalogue.list({ sort: "soonest", now: start, ...change }));
  };

  test("a quarter past midnight belongs to the day before, and is still listed after midnight", async () => {
    const late = [showingRow(denver, "late", today, "24:15")];
    assert.deepEqual(await list(late, "2026-11-22T19:00:00-07:00", { on: today, after: "23:00" }), ["late"]);
    assert.deepEqual(await list(late, "2026-11-22T19:00:00-07:00", { on: "2026-11-23" }), []);
    assert.deepEqual(await list(late, "2026-11-23T00:10:00-07:00"), ["late"]);
    assert.deepEqual(await list(late, "2026-11-23T00:15:00-07:00"), []);
  });

  test("each venue has its own today", async () => {
    // Eight in the evening of the 22nd in Denver is noon of the 23rd in Tokyo.
    const both = [showingRow(denver, "here", today, "21:00"), showingRow(tokyo, "there", "2026-11-23", "18:00")];
    assert.deepEqual(await list(both, "2026-11-22T20:00:00-07:00"), ["here", "there"]);
    assert.deepEqual(await list(both, "2026-11-22T20:00:00-07:00", { on: today }), ["here"]);
  });

  test("a time is the venue's, also on the days when clocks change", async () => {
    for (const [date, offset] of [
      ["2026-03-08", "-06:00"],
      ["2026-11-01", "-07:00"],
    ] as const) {
      const evening = [showingRow(denver, "at seven", date, "19:00"), showingRow(denver, "just before", date, "18:55")];
      const now = `${date}T00:30:00Z`;
      assert.deepEqual(await list(evening, now, { on: date, after: "19:00" }), ["at seven"]);
      assert.equal(evening[0]?.starts_at, Date.parse(`${date}T19:00:00${offset}`));
    }
  });

  test("what has begun is not listed, to the minute", async () => {
    const now = [showingRow(denver, "begun", today, "19:00"), showingRow(denver, "next", today, "19:01")];
    assert.deepEqual(await list(now, "2026-11-22T19:00:59-07:00"), ["next"]);
  });
});

suite("finding by words", () => {
  const shows = [
    showRow("a", { title: "Amélie", directors: '["Jean-Pierre Jeunet"]', genres: '["Romance"]' }),
    showRow("b", { title: "L.A. Confidential", cast_names: '["Kim Example"]', genres: '["Science Fiction"]' }),
  ];
  const showings = shows.map((show, index) => showingRow(denver, show.id, today, `2${index}:00`));
  const cases = [
    ["amelie", ["a"]],
    ["AMÉ", ["a"]],
    ["jeunet ame", ["a"]],
    ["elie", []],
    ["la conf", ["b"]],
    ["kim", ["b"]],
    ["fiction", ["b"]],
    ["  ", ["a", "b"]],
    ["amelie kim", []],
  ] as const;
  for (const [text, expected] of cases) {
    test(`"${text}" finds ${expected.length === 0 ? "nothing" : expected.join(" and ")}`, async () => {
      await using world = await openWorld({ venues: [denver], shows, showings });
      const listed = await world.catalogue.list(query(world.time.now, { text }));
      assert.deepEqual(
        listed.map((entry) => entry.show.id),
        expected,
      );
    });
  }

  test("cities are found by how their names begin, the largest first", async () => {
    await using world = await openWorld(small());
    const names = (text: string) => world.catalogue.findPlaces(text, 5).map((place) => place.name);
    assert.deepEqual(names("d"), ["Denver", "Dover"]);
    assert.deepEqual(names("Denver, CO"), ["Denver"]);
    assert.deepEqual(names("denver, ny"), []);
    assert.deepEqual(names("saint eloi"), ["Saint-Éloi"]);
    assert.deepEqual(names(""), ["Denver", "Dover", "Saint-Éloi"]);
  });

  test("venues are found by name and city, closest first or by name", async () => {
    const venues = [venueRow(1, { name: "Zoo" }), venueRow(2, { name: "Arc", city: "Boulder", latitude: 40 })];
    await using world = await openWorld({ venues, shows: [], showings: [] }, sundayEvening);
    const names = (query: { near?: typeof near; text?: string }) =>
      world.catalogue.findVenues({ limit: 9, ...query }).map((venue) => venue.name);
    assert.deepEqual(names({}), ["Arc", "Zoo"]);
    assert.deepEqual(names({ near }), ["Zoo", "Arc"]);
    assert.deepEqual(names({ near, text: "boul" }), ["Arc"]);
  });
});
