// The demo in a real installation: loaded, found by readers, and continued when its days run out.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { extendDemo } from "../../demo/extend.ts";
import { loadDemo } from "../../demo/generate.ts";
import { planDemo } from "../../demo/plan.ts";
import { auroraCinemas, skylineLive } from "../../demo/sellers.ts";
import { pooledRandom } from "../../src/app/random.ts";
import { timeAt } from "../../src/catalogue/authoring/venue-clock.ts";
import { createCatalogue } from "../../src/catalogue/create.ts";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";
import { createPublisher } from "../../src/catalogue/publisher.ts";
import { createFolderContent } from "../../src/media/folder.ts";
import { migrate, openStore } from "../../src/store/open.ts";
import { createShowingStore } from "../../src/store/showings.ts";

/** Noon in Denver. */
const now = Date.parse("2026-11-22T19:00:00Z");
const dayMs = 86_400_000;
const denver = { latitude: 39.74, longitude: -104.98 };

async function openDemo(days: number) {
  const folder = mkdtempSync(join(tmpdir(), "marquee-demo-"));
  const time = { now };
  const clock = () => time.now;
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  const published = await openFolderContent(join(folder, "published"));
  const loading = createPublisher({ store, published, clock });
  const content = createFolderContent(join(folder, "static"), pooledRandom());
  const progress: number[] = [];
  const onProgress = (done: number, total: number) => void progress.push(done / total);
  const loaded = await loadDemo({
    store,
    published,
    publisher: loading,
    content,
    seed: 1,
    national: false,
    days,
    now,
    onProgress,
  });
  const catalogue = await createCatalogue({ published, clock });
  const publisher = createPublisher({ store, published, clock, inUse: () => catalogue.settled() });
  return {
    folder,
    time,
    store,
    published,
    catalogue,
    publisher,
    loaded,
    progress,
    extend: (days: number) =>
      extendDemo({ store, publisher, catalogue, seed: 1, national: false, days, now: time.now }),
    async [Symbol.asyncDispose]() {
      await catalogue.settled();
      await catalogue.warm();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

suite("the loaded demo", () => {
  test("is found by readers, near Denver after 19:00 for one, and its posters are there", async () => {
    await using demo = await openDemo(1);
    const { catalogue, loaded, progress, folder } = demo;
    assert.deepEqual(loaded.sellerIds, [auroraCinemas, skylineLive]);
    assert.equal(loaded.showings - (await countConcerts(demo)), 18_000);
    assert.equal(progress.at(-1), 1);

    const listed = await catalogue.list({ near: denver, after: "19:00", sort: "soonest", now });
    assert.ok(listed.length >= 50, `${listed.length} shows tonight`);
    for (const { show, next, venue, distanceKm } of listed) {
      if ((distanceKm ?? Infinity) > 60) continue;
      assert.ok(timeAt(next.startsAt, venue.timeZone) >= "19:00");
      assert.ok(existsSync(join(folder, "static", show.poster)), show.poster);
    }
    assert.equal(catalogue.findPlaces("denver", 1)[0]?.region, "CO");
    const found = await catalogue.showing(listed[0]?.next.id ?? "");
    assert.equal(found?.placeCount, (await catalogue.seatMap(found?.seatMapId ?? "")).layout.placeCount);
  });

  test("publishes straight from the plan exactly what the store has", async () => {
    await using demo = await openDemo(1);
    const { published, publisher, catalogue } = demo;
    const heads = new Map([...published.keys()].map((key) => [key, published.head(key)]));
    await publisher.publishEverything();
    await catalogue.settled();
    assert.deepEqual(new Map([...published.keys()].map((key) => [key, published.head(key)])), heads);
  });

  test("gets the days that are missing, once", async () => {
    await using demo = await openDemo(1);
    const { time, store, extend, catalogue } = demo;
    assert.equal(await extend(1), 0, "nothing is missing yet");
    time.now += 2 * dayMs;
    const plan = planDemo({ seed: 1, national: false, now });
    const venue = plan.venues.find(({ row }) => row.name === "Aurora Denver") ?? assert.fail();
    const dates = plan.dates(venue, time.now, 2);
    const added = await extend(2);
    assert.ok(added >= plan.filmShowings(2), `${added} showings`);
    assert.equal(await extend(2), 0, "and not again");

    const showings = createShowingStore(store);
    const [from = "", to = ""] = dates;
    const stored = await showings.atVenue(auroraCinemas, { venueNumber: venue.row.number, from, to });
    const planned = dates.flatMap((date) => plan.showings(plan.house(venue), date).map((showing) => showing.id));
    assert.deepEqual(stored.map((row) => row.id).toSorted(), planned.toSorted());
    assert.deepEqual(catalogue.daysOfVenue(venue.row.id, time.now), dates);
    assert.equal((await catalogue.showingsOfVenue(venue.row.id, from)).length, 300);
  });

  test("leaves alone what sellers did: their own showings, and shows they archived", async () => {
    await using demo = await openDemo(1);
    const { time, store, extend, publisher, catalogue } = demo;
    time.now += dayMs;
    const plan = planDemo({ seed: 1, national: false, now });
    const venue = plan.venues[0] ?? assert.fail();
    const [date = ""] = plan.dates(venue, time.now, 1);
    const house = plan.house(venue);
    const [room, other] = house.auditoriums;
    const theirs = plan.showings(house, date).find((showing) => showing.auditorium_id === room?.id) ?? assert.fail();
    await store.db
      .insertInto("showings")
      .values({ ...theirs, id: `${theirs.id.slice(0, 9)}00000000` })
      .execute();
    await publisher.publishVenueDay(venue.row.id, date);
    const archived = house.rooms.find(({ auditorium }) => auditorium.id === other?.id)?.show.id ?? "";
    await store.db.updateTable("shows").set({ status: "archived" }).where("id", "=", archived).execute();

    await extend(1);
    const there = await catalogue.showingsOfVenue(venue.row.id, date);
    assert.equal(there.filter((showing) => showing.auditorium.id === room?.id).length, 1);
    assert.equal(there.filter((showing) => showing.showId === archived).length, 0);
    assert.equal(there.length, 1 + 48 * 6);
    assert.equal(await extend(1), 0);
  });
});

async function countConcerts({ store }: { store: ReturnType<typeof openStore> }): Promise<number> {
  const rows = await store.db.selectFrom("showings").select("id").where("seller_id", "=", skylineLive).execute();
  return rows.length;
}
