// What the demo promises before anything is written: the same from the same seed, whole in number, and possible in rooms.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readCities, readFilms } from "../../demo/data.ts";
import { planDemo, type DemoPlan } from "../../demo/plan.ts";
import { timeZoneOf } from "../../demo/time-zones.ts";
import { timeAt } from "../../src/catalogue/authoring/venue-clock.ts";
import { distanceKm } from "../../src/catalogue/positions.ts";
import { showingAddress } from "../../src/domain/ids.ts";
import { priceOf } from "../../src/domain/pricing.ts";
import type { ShowingRow } from "../../src/store/schema.ts";

/** A Sunday noon in Denver, a week in which no clock is changed. */
const now = Date.parse("2026-11-22T19:00:00Z");
const plan = planDemo({ seed: 1, national: false, now });

function* everyShowing(of: DemoPlan, days: number): Generator<ShowingRow> {
  for (const venue of of.venues) {
    const house = of.house(venue);
    for (const date of of.dates(venue, now, days)) yield* of.showings(house, date);
  }
}

suite("the demo's plan", () => {
  test("has 126,000 showings of 50 films at 60 cinemas in a week, and four concerts on twelve evenings", () => {
    const concerts = new Set(plan.shows.filter((show) => show.kind === "event").map((show) => show.id));
    const [films, evenings, ids] = [new Set<string>(), new Map<string, number>(), new Set<string>()];
    let count = 0;
    for (const showing of everyShowing(plan, 7)) {
      ids.add(showing.id);
      if (concerts.has(showing.show_id)) {
        evenings.set(showing.show_id, (evenings.get(showing.show_id) ?? 0) + 1);
      } else {
        films.add(showing.show_id);
        count += 1;
      }
    }
    assert.equal(count, 126_000);
    assert.equal(count, plan.filmShowings(7));
    assert.equal(films.size, 50);
    assert.deepEqual([...evenings.values()], [3, 3, 3, 3]);
    assert.equal(ids.size, count + 12, "no showing's id stands twice");
    assert.equal(plan.venues.filter((venue) => !venue.concert).length, 60);
  });

  test("has 4.2 million showings in the nation's thousand largest cities in two weeks", () => {
    const national = planDemo({ seed: 1, national: true, now });
    assert.equal(national.filmShowings(14), 4_200_000);
    const cities = national.venues.filter((venue) => !venue.concert).map(({ row }) => `${row.city}, ${row.region}`);
    assert.equal(new Set(cities).size, 1_000);
    const last = national.venues[999] ?? assert.fail();
    assert.equal(national.showings(national.house(last), "2026-11-22").length, 300);
  });

  test("is typeset: no text has a keyboard's apostrophe or three dots", () => {
    const shown = plan.shows.map((show) => `${show.title} ${show.synopsis} ${show.cast_names}`);
    assert.deepEqual(
      shown.filter((text) => /\p{L}'|\.\.\./u.test(text)),
      [],
    );
  });

  test("is the same from the same seed, and another from another", () => {
    const first = (seed: number) => {
      const other = planDemo({ seed, national: false, now });
      const [venue] = other.venues;
      assert.ok(venue);
      return { venue, showings: other.showings(other.house(venue), "2026-11-24"), shows: other.shows };
    };
    assert.deepEqual(first(7), first(7));
    assert.notDeepEqual(first(7).showings, first(8).showings);
    assert.notDeepEqual(first(7).shows, first(8).shows);
  });

  test("plans a day the same, whichever days it is asked for", () => {
    const venue = plan.venues[16] ?? assert.fail();
    const [, second] = plan.dates(venue, now, 7).map((date) => plan.showings(plan.house(venue), date));
    const later = plan.dates(venue, now + 86_400_000, 7);
    assert.deepEqual(plan.showings(plan.house(venue), later[0] ?? ""), second);
  });

  test("never has two showings in one auditorium at once, with twenty minutes between them", () => {
    const rooms = new Map<string, ShowingRow[]>();
    for (const showing of everyShowing(plan, 2)) {
      rooms.set(showing.auditorium_id, [...(rooms.get(showing.auditorium_id) ?? []), showing]);
    }
    assert.ok(rooms.size > 60 * 50);
    for (const [room, showings] of rooms) {
      const inOrder = showings.toSorted((a, b) => a.starts_at - b.starts_at);
      for (const [index, showing] of inOrder.entries()) {
        const before = inOrder[index - 1];
        if (before) assert.ok(showing.starts_at - before.ends_at >= 20 * 60_000, `clash in ${room}`);
      }
      assert.equal(new Set(showings.map((showing) => showing.show_id)).size, 1, "a room plays one film");
    }
  });

  test("starts films between 09:30 and 22:45 by the venue's clock, every film once after 19:00", () => {
    for (const venue of plan.venues.filter((each) => !each.concert)) {
      const [date = ""] = plan.dates(venue, now, 1);
      const evening = new Set<string>();
      for (const showing of plan.showings(plan.house(venue), date)) {
        const at = timeAt(showing.starts_at, venue.row.time_zone);
        assert.ok(at >= "09:30" && at <= "22:45", `${at} at ${venue.row.name}`);
        assert.deepEqual(showingAddress(showing.id), { venueNumber: venue.row.number, date });
        if (at > "19:00") evening.add(showing.show_id);
      }
      assert.equal(evening.size, 50);
    }
  });

  test("keeps to the venue's clock on the day that summer time ends", () => {
    const denver = plan.venues.find(({ row }) => row.city === "Denver") ?? assert.fail();
    for (const date of ["2026-10-31", "2026-11-01", "2026-11-02", "2027-03-14"]) {
      const times = plan.showings(plan.house(denver), date).map((each) => timeAt(each.starts_at, "America/Denver"));
      assert.ok(times.every((time) => time >= "09:30" && time <= "22:45"));
    }
  });

  test("has cinemas near Denver and in every part of the country, each in its time zone", () => {
    const denver = { latitude: 39.74, longitude: -104.98 };
    const near = plan.venues.filter(({ row }) => distanceKm(row, denver) < 60).map(({ row }) => row.name);
    assert.deepEqual(near, ["Aurora Denver", "Aurora Boulder", "Skyline Arena Denver"]);
    const zones = new Map(plan.venues.map(({ row }) => [row.city, row.time_zone]));
    assert.equal(zones.get("Denver"), "America/Denver");
    assert.equal(zones.get("Phoenix"), "America/Phoenix");
    assert.equal(zones.get("Honolulu"), "Pacific/Honolulu");
    assert.equal(zones.get("Anchorage"), "America/Anchorage");
    assert.equal(zones.get("El Paso"), "America/Denver");
  });

  test("prices every section, and concerts by how near a seat is", () => {
    for (const venue of plan.venues) {
      const house = plan.house(venue);
      const byId = new Map(house.priceLists.map((list) => [list.id, list]));
      const maps = new Map(
        plan.seatMaps.map((map) => [map.id, JSON.parse(map.document) as { sections: { id: string }[] }]),
      );
      for (const showing of plan.showings(house, "2026-11-27")) {
        const list = byId.get(showing.price_list_id) ?? assert.fail("a price list that the house does not have");
        const [tier] = list.tiers;
        for (const { id } of maps.get(showing.seat_map_id)?.sections ?? []) {
          assert.ok((priceOf(list, id, tier?.id ?? "", "A-1")?.faceMinor ?? 0) > 0, `${id} at ${venue.row.name}`);
        }
      }
    }
  });
});

suite("the demo's data", () => {
  test("are films whose facts are plausible, with a cast and a story that begins with neither title nor facts", () => {
    const films = readFilms();
    assert.ok(films.length >= 50);
    for (const film of films) {
      assert.ok(film.minutes >= 80 && film.minutes <= 135, film.title);
      assert.ok(film.genres.length > 0 && film.director !== "", film.title);
      assert.ok(film.cast.length >= 2 && new Set(film.cast).size === film.cast.length, film.title);
      assert.match(film.synopsis, /^[^<>]{150,420}[.!?]$/, film.title);
      assert.match(film.rating, /^(G|PG|PG-13|R)$/);
    }
    for (const show of plan.shows) assert.notEqual(show.cast_names, "[]", show.title);
  });

  test("are a thousand cities of the United States, each once", () => {
    const cities = readCities();
    assert.equal(cities.length, 1_000);
    assert.equal(new Set(cities.map((city) => `${city.name}, ${city.state}`)).size, 1_000);
    for (const { name, state, latitude, longitude, timeZone } of cities) {
      assert.equal(timeZoneOf(state, latitude, longitude), timeZone, name);
      assert.ok(latitude > 18 && latitude < 72 && longitude > -180 && longitude < -66, name);
    }
  });
});
