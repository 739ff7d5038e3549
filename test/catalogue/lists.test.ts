// Lists against a model that looks at every showing, over random catalogues.

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { suite, test } from "node:test";
import { addDays, dateAt, instantAt } from "../../src/catalogue/authoring/venue-clock.ts";
import type { ListQuery } from "../../src/catalogue/model.ts";
import { distanceKm } from "../../src/catalogue/positions.ts";
import type { ShowingRow, VenueRow } from "../../src/store/schema.ts";
import { showingAddress } from "../../src/domain/ids.ts";
import { openWorld, showingRow, showRow, sundayEvening, venueRow, type World } from "./setting.ts";

const seed = Number(process.env["SEED"] ?? randomInt(2 ** 31));

suite(`lists say what looking at every showing says (SEED=${seed})`, () => {
  test("for any place, day, time, filter and order", async () => {
    const chance = generator(seed);
    const world = randomWorld(chance);
    await using opened = await openWorld(world);
    for (let round = 0; round < 150; round += 1) {
      const query = randomQuery(chance);
      const listed = await opened.catalogue.list(query);
      const said = listed.map(({ show, venue, next, venues }) => ({
        show: show.id,
        venue: venue.number,
        startsAt: next.startsAt,
        venues,
      }));
      const expected = query.orLater ? modelWithLater(world, query) : model(world, query);
      const told = JSON.stringify(query);
      assert.deepEqual(new Map(said.map((entry) => [entry.show, entry])), expected, told);
      checkOrder(query, listed, told);
      for (const { next, show, venue } of listed) {
        assert.equal(next.showId, show.id);
        assert.equal(next.venueId, venue.id);
        assert.equal((await opened.catalogue.showing(next.id))?.startsAt, next.startsAt);
      }
    }
  });

  test("for the showings and the days of a show", async () => {
    const chance = generator(seed + 1);
    const world = randomWorld(chance);
    await using opened = await openWorld(world);
    const { catalogue, time } = opened;
    for (const show of world.shows) {
      const toCome = world.showings.filter((row) => row.show_id === show.id && isOn(row) && row.starts_at > time.now);
      const days = [...new Set(toCome.map(dayOf))].toSorted();
      assert.deepEqual(await catalogue.daysOf(show.id, time.now), days);
      for (const on of days) {
        const near = randomPosition(chance);
        const venues = [];
        for (let offset = 0; ; offset += 7) {
          const page = await catalogue.showingsOfShow({ showId: show.id, on, near, now: time.now, limit: 7, offset });
          venues.push(...page);
          if (page.length < 7) break;
        }
        const found = venues.flatMap(({ showings }) => showings.map((showing) => showing.id));
        assert.deepEqual(
          found.toSorted(),
          toCome
            .filter((row) => dayOf(row) === on)
            .map((row) => row.id)
            .toSorted(),
        );
        const distances = venues.map((entry) => entry.distanceKm ?? 0);
        assert.deepEqual(
          distances,
          distances.toSorted((a, b) => a - b),
        );
      }
    }
  });
});

const zones = [
  { timeZone: "America/Denver", latitude: 39.7, longitude: -105 },
  { timeZone: "America/New_York", latitude: 40.7, longitude: -74 },
  { timeZone: "Pacific/Honolulu", latitude: 21.3, longitude: -157.8 },
  { timeZone: "Asia/Tokyo", latitude: 35.7, longitude: 139.7 },
];
const times = ["09:30", "13:05", "16:40", "18:59", "19:00", "19:01", "21:15", "22:45", "24:10", "25:30"];
const genres = ["Drama", "Comedy", "Science Fiction"];

function randomWorld(chance: () => number): World {
  const below = (count: number) => Math.floor(chance() * count);
  const venues = Array.from({ length: 90 }, (_, index): VenueRow => {
    const zone = zones[below(10) < 7 ? 0 : below(zones.length)] ?? assert.fail();
    const aside = () => (chance() - 0.5) * 4;
    const position = { latitude: zone.latitude + aside(), longitude: zone.longitude + aside() };
    return venueRow(index + 1, { ...position, time_zone: zone.timeZone });
  });
  const shows = Array.from({ length: 12 }, (_, index) =>
    showRow(`show-${index}`, {
      kind: index % 4 === 0 ? "event" : "film",
      genres: JSON.stringify([genres[index % 3], "Matinée"]),
      title: index % 2 === 0 ? `Amélie ${index}` : `The Third Man ${index}`,
      popularity: below(5),
    }),
  );
  const showings: ShowingRow[] = [];
  for (const venue of venues) {
    const today = dateAt(sundayEvening, venue.time_zone);
    for (const offset of [-1, 0, 1, 2]) {
      for (let count = below(9); count > 0; count -= 1) {
        // The last two shows are rare: they are found far away, or nowhere.
        const show = shows[below(40) === 0 ? 10 + below(2) : below(10)]?.id ?? "";
        const status = (["published", "published", "published", "draft", "cancelled"] as const)[below(5)] ?? "draft";
        const time = times[below(times.length)] ?? "";
        showings.push(showingRow(venue, show, addDays(today, offset), time, { status }));
      }
    }
  }
  return { venues, shows, showings };
}

function randomPosition(chance: () => number) {
  const zone = zones[Math.floor(chance() * zones.length)] ?? assert.fail();
  return { latitude: zone.latitude + (chance() - 0.5) * 6, longitude: zone.longitude + (chance() - 0.5) * 6 };
}

function randomQuery(chance: () => number): ListQuery {
  const maybe = <T extends object>(part: T, odds = 0.4): Partial<T> => (chance() < odds ? part : {});
  const day = addDays("2026-11-22", Math.floor(chance() * 5) - 2);
  const sort = (["soonest", "closest", "popular"] as const)[Math.floor(chance() * 3)] ?? "soonest";
  return {
    ...maybe({ near: randomPosition(chance) }, 0.7),
    ...maybe({ on: day }, 0.5),
    ...maybe({ orLater: true }, 0.4),
    ...maybe({ after: times[Math.floor(chance() * 8)] ?? "" }),
    ...maybe({ before: times[Math.floor(chance() * 8)] ?? "" }),
    ...maybe({ kind: chance() < 0.5 ? ("film" as const) : ("event" as const) }, 0.2),
    ...maybe({ genre: "science fiction" }, 0.2),
    ...maybe({ text: chance() < 0.5 ? "amelie" : "MATI thi" }, 0.2),
    sort,
    now: sundayEvening + Math.floor(chance() * 20) * 60_000,
  };
}

const isOn = (row: ShowingRow) => row.status === "published";
const dayOf = (row: ShowingRow) => showingAddress(row.id)?.date ?? "";

/** What runs today, then for what does not each day after it. */
function modelWithLater(world: World, query: ListQuery) {
  const expected = model(world, query);
  if (query.on !== undefined) return expected;
  const [today = ""] = zones.map(({ timeZone }) => dateAt(query.now, timeZone)).toSorted();
  for (let offset = 1; offset <= 5; offset += 1) {
    const later = model(world, { ...query, on: addDays(today, offset) });
    for (const [id, entry] of later) if (!expected.has(id)) expected.set(id, entry);
  }
  return expected;
}

/** The dumb way: every showing, every venue. */
function model(world: World, query: ListQuery) {
  const reach = new Map<string, Set<number>>();
  const best = new Map<string, { show: string; venue: number; startsAt: number; venues: number; distance: number }>();
  for (const row of world.showings) {
    const venue = world.venues.find((candidate) => row.auditorium_id === `${candidate.id}-room`) ?? assert.fail();
    const show = world.shows.find((candidate) => candidate.id === row.show_id) ?? assert.fail();
    if (!isOn(row) || row.starts_at <= query.now || !isWanted(show, query)) continue;
    const today = query.on ?? dateAt(query.now, venue.time_zone);
    const days = query.on === undefined ? [addDays(today, -1), today] : [today];
    if (!days.includes(dayOf(row))) continue;
    if (query.after !== undefined && row.starts_at < instantAt(today, query.after, venue.time_zone).instant) continue;
    if (query.before !== undefined && row.starts_at >= instantAt(today, query.before, venue.time_zone).instant)
      continue;
    const distance = query.near ? distanceKm(query.near, venue) : 0;
    const within = reach.get(show.id) ?? new Set();
    reach.set(show.id, within);
    if (distance <= 100) within.add(venue.number);
    const other = best.get(show.id);
    const entry = { show: show.id, venue: venue.number, startsAt: row.starts_at, venues: 0, distance };
    const order = (a: typeof entry, b: typeof entry) =>
      a.distance - b.distance || a.startsAt - b.startsAt || a.venue - b.venue;
    if (!other || order(entry, other) < 0) best.set(show.id, entry);
  }
  return new Map(
    [...best].map(([id, { show, venue, startsAt }]) => [
      id,
      { show, venue, startsAt, venues: reach.get(id)?.size ?? 0 },
    ]),
  );
}

function isWanted(show: World["shows"][number], query: ListQuery): boolean {
  if (query.kind !== undefined && show.kind !== query.kind) return false;
  if (query.genre !== undefined && !show.genres.includes("Science Fiction")) return false;
  if (query.text === "amelie") return show.title.startsWith("Amélie");
  if (query.text === "MATI thi") return show.title.startsWith("The Third");
  return true;
}

function checkOrder(
  query: ListQuery,
  listed: Awaited<ReturnType<Awaited<ReturnType<typeof openWorld>>["catalogue"]["list"]>>,
  told: string,
) {
  const keys = listed.map(({ show, next, distanceKm = 0 }) => {
    if (query.sort === "closest" && query.near) return distanceKm;
    const far = distanceKm > 100 ? 1e15 : 0;
    return far + (query.sort === "popular" ? -show.popularity : next.startsAt);
  });
  const sorted = keys.toSorted((a, b) => a - b);
  assert.deepEqual(keys, sorted, told);
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
