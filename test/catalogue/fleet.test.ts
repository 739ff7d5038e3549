// The catalogue as a fleet has it: processes over one PostgreSQL store, published content in Redis, news over its bus.

import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { openRedisBus } from "../../src/bus/redis.ts";
import { createCatalogue } from "../../src/catalogue/create.ts";
import { openRedisPublished } from "../../src/catalogue/published-redis.ts";
import { createPublisher } from "../../src/catalogue/publisher.ts";
import { connectRedis } from "../../src/redis/connect.ts";
import { createBulkStore } from "../../src/store/bulk.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { load, seatMapId, showingRow, showRow, sundayEvening, venueRow } from "./setting.ts";

const denver = venueRow(1);
const today = "2026-11-22";
const clock = () => sundayEvening;
const query = { near: { latitude: 39.7, longitude: -105 }, sort: "soonest", now: sundayEvening } as const;
/** Nothing listens there. */
const nowhere = "postgres://marquee@127.0.0.1:1/marquee";

suite("the catalogue of a fleet", { timeout: 120_000 }, () => {
  let redis: LocalRedis;
  let postgres: LocalPostgres;
  let store: Store;
  const closing: (() => Promise<unknown>)[] = [];

  before(async () => {
    [redis, postgres] = await Promise.all([startRedis({ appendfsync: "no" }), startPostgres()]);
    store = openStore({ kind: "postgres", url: postgres.url });
    await migrate(store);
    await load(store, {
      venues: [denver],
      shows: [showRow("film", { title: "Paris, Texas" })],
      showings: [showingRow(denver, "film", today, "20:00")],
    });
    await (await process()).publisher.publishEverything();
  });
  after(async () => {
    await Promise.all(closing.map((close) => close()));
    await store.close();
    await Promise.all([redis.stop(), postgres.stop()]);
  });

  async function process(database = postgres.url) {
    const own = openStore({ kind: "postgres", url: database });
    const bus = await openRedisBus({ urls: [redis.url], beatMs: 50 });
    const connection = connectRedis({ urls: [redis.url], name: "published" });
    const published = await openRedisPublished({ connection, bus, lookMs: 50 });
    const catalogue = await createCatalogue({ published, clock });
    const publisher = createPublisher({ store: own, published, clock, inUse: () => catalogue.settled() });
    closing.push(async () => {
      await catalogue.warm();
      await published.close();
      await bus.close();
      await connection.quit();
      await own.close();
    });
    return { published, catalogue, publisher };
  }
  type Process = Awaited<ReturnType<typeof process>>;

  /** Settles when a process lists exactly these titles. */
  async function lists({ catalogue, published }: Process, titles: readonly string[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = async () => {
      await catalogue.settled();
      const listed = (await catalogue.list(query)).map(({ show }) => show.title);
      if (JSON.stringify(listed) === JSON.stringify(titles)) resolve();
    };
    const stop = published.onChange(() => void look());
    await look();
    await promise;
    stop();
  }

  test("a process starts, lists and shows details with the store pointing nowhere", async () => {
    const { catalogue } = await process(nowhere);
    await catalogue.warm();
    const [entry] = await catalogue.list(query);
    assert.equal(entry?.show.title, "Paris, Texas");
    assert.equal((await catalogue.showing(entry.next.id))?.id, entry.next.id);
    assert.equal((await catalogue.seatMap(seatMapId)).layout.placeCount, 120);
    assert.equal((await catalogue.showingsOfVenue(denver.id, today)).length, 1);
    assert.deepEqual(await catalogue.daysOf("film", sundayEvening), [today]);
    assert.equal(catalogue.findPlaces("Denv", 5)[0]?.name, "Denver");
  });

  test("what a seller changes in one process is listed by the others, store or no store", async () => {
    const [one, two, three] = [await process(), await process(), await process(nowhere)];
    await createBulkStore(store).add({
      shows: [showRow("new", { title: "Alphaville" })],
      showings: [showingRow(denver, "new", today, "19:30")],
    });
    await one.publisher.publishVenueDay(denver.id, today);
    await one.publisher.publishShows();
    for (const each of [one, two, three]) await lists(each, ["Alphaville", "Paris, Texas"]);
    await store.db.updateTable("showings").set({ status: "cancelled" }).where("show_id", "=", "new").execute();
    await two.publisher.publishVenueDay(denver.id, today);
    for (const each of [one, two, three]) await lists(each, ["Paris, Texas"]);
  });

  test("publishers that race for one day end with what the store has", async () => {
    const processes = await Promise.all([process(), process(), process()]);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        processes.map(async ({ publisher }, index) => {
          for (let count = 0; count < 4; count += 1) {
            const row = showingRow(denver, "film", today, `${21 + index}:${10 + round * 4 + count}`);
            await createBulkStore(store).add({ showings: [row] });
            await publisher.publishVenueDay(denver.id, today);
          }
        }),
      );
      const rows = await store.db.selectFrom("showings").select("id").where("status", "=", "published").execute();
      // Whoever opens what is published now sees what was put last.
      const shown = await (await process(nowhere)).catalogue.showingsOfVenue(denver.id, today);
      assert.deepEqual(shown.map(({ id }) => id).toSorted(), rows.map(({ id }) => id).toSorted());
    }
  });

  test("a publisher that was slow does not put an older reading over a newer one", async () => {
    const [slow, quick] = [await process(), await process()];
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let puts = 0;
    const slowly = createPublisher({
      store,
      clock,
      published: {
        ...slow.published,
        async put(entries) {
          puts += 1;
          reached.resolve();
          await goOn.promise;
          return slow.published.put(entries);
        },
      },
    });
    const publishing = slowly.publishVenueDay(denver.id, today);
    await reached.promise;
    const row = showingRow(denver, "film", today, "23:40");
    await createBulkStore(store).add({ showings: [row] });
    await quick.publisher.publishVenueDay(denver.id, today);
    goOn.resolve();
    await publishing;
    assert.equal(puts, 2, "it read again");
    const shown = await (await process(nowhere)).catalogue.showingsOfVenue(denver.id, today);
    assert.ok(shown.some(({ id }) => id === row.id));
  });

  test("Redis that lost everything is filled again from the store, while lists go on", async () => {
    const [worker, reader] = [await process(), await process(nowhere)];
    await reader.catalogue.warm();
    const before = (await reader.catalogue.list(query)).map(({ show }) => show.title);
    await redis.command("FLUSHALL");
    await until(() => !worker.published.whole() && !reader.published.whole());
    assert.deepEqual(
      (await reader.catalogue.list(query)).map(({ show }) => show.title),
      before,
    );
    await worker.publisher.publishEverything();
    await until(() => reader.published.whole());
    const late = await process(nowhere);
    assert.deepEqual(
      (await late.catalogue.list(query)).map(({ show }) => show.title),
      before,
    );
  });
});

/** Asks until it holds; the suite's time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
