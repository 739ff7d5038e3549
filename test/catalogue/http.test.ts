import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { seatName, unpackSeatMap, type PackedSeatMap } from "../../src/domain/packed-seat-map.ts";
import { openReading } from "./http-setting.ts";
import { showingRow, showRow, venueRow } from "./setting.ts";

const today = "2026-11-22";
const denver = venueRow(1);
const boulder = venueRow(2, { city: "Boulder", latitude: 40.015, longitude: -105.27 });
const shows = [
  showRow("a", { title: "Alphaville", genres: '["Science Fiction"]', popularity: 1, poster: "media/ab/a.svg" }),
  showRow("b", { title: "Beau travail", popularity: 9 }),
  showRow("c", { title: "The Concert", kind: "event", popularity: 5 }),
];
const world = {
  venues: [denver, boulder],
  shows,
  showings: [
    showingRow(denver, "a", today, "19:30"),
    showingRow(boulder, "a", today, "19:10"),
    showingRow(boulder, "b", today, "21:00"),
    showingRow(denver, "c", "2026-11-24", "20:00"),
  ],
};
const near = "39.74,-104.98";
type Listed = {
  show: { id: string };
  venue: { id: string; distanceKm?: number };
  next: { id: string; left: number; startsAt: string };
};
const ids = (body: Record<string, unknown>) => (body["items"] as Listed[]).map((item) => item.show.id);

suite("GET /shows", () => {
  const cases = [
    // A concert of another day is listed too, unless a day is asked for.
    ["", ["b", "c", "a"]],
    [`on=${today}`, ["b", "a"]],
    [`near=${near}`, ["a", "b", "c"]],
    [`near=${near}&sort=popular`, ["b", "c", "a"]],
    [`near=${near}&sort=closest`, ["a", "c", "b"]],
    ["q=concert", ["c"]],
    [`near=${near}&after=20:00`, ["b", "c"]],
    [`near=${near}&on=${today}&after=20:00`, ["b"]],
    [`near=${near}&on=${today}&before=21:00`, ["a"]],
    [`near=${near}&on=${today}&after=20:00&before=21:00`, []],
    [`near=${near}&on=2026-11-24`, ["c"]],
    ["on=2026-11-24&kind=film", []],
    ["genre=science%20fiction", ["a"]],
    ["q=beau", ["b"]],
  ] as const;
  for (const [query, expected] of cases) {
    test(`?${query} lists ${expected.join(", ") || "nothing"}`, async () => {
      await using reading = await openReading(world);
      const { status, body } = await reading.get(`/shows?${query}`);
      assert.equal(status, 200);
      assert.deepEqual(ids(body), expected);
    });
  }

  test("names the closest venue, the next showing there, and how many places it has left", async () => {
    await using reading = await openReading(world);
    const { body } = await reading.get(`/shows?near=${near}&sort=closest`);
    const [first] = body["items"] as unknown as Listed[];
    assert.equal(first?.venue.id, denver.id);
    assert.equal(first.next.startsAt, "2026-11-23T02:30:00Z");
    assert.equal(first.next.left, 120);
    assert.ok((first.venue.distanceKm ?? 99) < 1);
  });

  test("goes on by cursor", async () => {
    await using reading = await openReading(world);
    const first = (await reading.get(`/shows?on=${today}&limit=1`)).body;
    assert.deepEqual(ids(first), ["b"]);
    const second = (await reading.get(`/shows?on=${today}&limit=1&cursor=${String(first["next"])}`)).body;
    assert.deepEqual(ids(second), ["a"]);
    assert.equal(second["next"], undefined);
  });

  test("counts what is held within a second", async () => {
    await using reading = await openReading(world);
    const left = async () =>
      ((await reading.get(`/shows?near=${near}&sort=closest`)).body["items"] as unknown as Listed[])[0]?.next;
    const showing = (await reading.catalogue.showing((await left())?.id ?? "")) ?? assert.fail();
    await reading.hold(showing, [0, 1, 2]);
    reading.time.now += 1_001;
    assert.equal((await left())?.left, 117);
  });

  test("asks the store nothing, whatever is read", async () => {
    await using reading = await openReading(world);
    const { body } = await reading.get(`/shows?near=${near}`);
    const { next } = (body["items"] as unknown as Listed[])[0] ?? assert.fail();
    const before = reading.store.queries();
    const paths = [
      "/shows",
      "/shows/a",
      "/shows/a/showings",
      "/venues",
      `/venues/${denver.id}/showings`,
      "/places?q=d",
      "/suggestions?q=d",
    ];
    for (const path of [...paths, `/showings/${next.id}`, `/showings/${next.id}/seats`, `/venues/${denver.id}`]) {
      assert.equal((await reading.get(path)).status, 200, path);
    }
    assert.equal(reading.store.queries(), before);
  });
});

test("a request that makes no sense is refused, and the field at fault is named", async () => {
  await using reading = await openReading(world);
  const cases = [
    ["/shows?near=north", "near"],
    ["/shows?near=91,0", "near"],
    ["/shows?near=0,181", "near"],
    ["/shows?on=2026-02-30", "on"],
    ["/shows?on=tomorrow", "on"],
    ["/shows?after=25:00", "after"],
    ["/shows?before=9", "before"],
    ["/shows?sort=cheapest", "sort"],
    ["/shows?sort=closest", "near"],
    ["/shows?kind=opera", "kind"],
    ["/shows?limit=0", "limit"],
    ["/shows?limit=101", "limit"],
    ["/shows?cursor=-1", "cursor"],
    ["/shows?price=1", "price"],
    ["/shows/a/showings?on=2026-13-01", "on"],
    ["/venues?near=1", "near"],
    ["/venues/venue-1/showings?on=20261122", "on"],
    ["/suggestions", "q"],
    ["/suggestions?q=a&only=films", "only"],
    ["/places", "q"],
  ] as const;
  for (const [path, field] of cases) {
    const { status, body } = await reading.get(path);
    assert.deepEqual(
      { status, code: body["code"], field: body["field"] },
      { status: 400, code: "invalid_request", field },
      path,
    );
  }
});

test("what is not there is not found", async () => {
  await using reading = await openReading(world);
  const showing = "0000100000000000z";
  for (const path of [
    "/shows/x",
    "/shows/x/showings",
    "/venues/x",
    "/venues/x/showings",
    `/showings/${showing}`,
    "/showings/x/seats",
    `/showings/${showing}/seats/stream`,
  ]) {
    const { status, body } = await reading.get(path);
    assert.equal(status, 404, path);
    assert.equal(body["code"], "not_found");
  }
});

suite("one show, one venue, one showing", () => {
  test("a show has its days, and its showings by venue, the closest first", async () => {
    await using reading = await openReading(world);
    const show = (await reading.get("/shows/a")).body;
    assert.deepEqual(show["days"], [today]);
    assert.equal(show["poster"], "/static/media/ab/a.svg");
    const { body } = await reading.get(`/shows/a/showings?near=${near}`);
    const venues = body["items"] as unknown as { venue: { id: string }; showings: unknown[] }[];
    assert.deepEqual(
      venues.map(({ venue, showings }) => [venue.id, showings.length]),
      [
        ["venue-1", 1],
        ["venue-2", 1],
      ],
    );
  });

  test("a venue lists its day, from today on", async () => {
    await using reading = await openReading(world);
    const { body } = await reading.get(`/venues/${denver.id}/showings`);
    assert.equal(body["date"], today);
    assert.deepEqual(body["days"], [today, "2026-11-24"]);
    assert.equal((body["items"] as unknown as unknown[]).length, 1);
  });

  test("a showing has all-in prices by section and exact counts", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    await reading.hold(showing, [5]);
    const { body } = await reading.get(`/showings/${showing.id}`);
    const [section] = body["sections"] as unknown as { left: number; capacity: number; prices: object[] }[];
    assert.deepEqual([section?.left, section?.capacity], [119, 120]);
    const adult = { tier: "adult", name: "Adult", faceMinor: 1_400, feeMinor: 150, taxMinor: 124, totalMinor: 1_674 };
    assert.deepEqual(section?.prices[0], adult);
    assert.equal(body["left"], 119);
  });

  test("seats have an ETag that changes with them", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    const path = `/showings/${showing.id}/seats`;
    const first = await reading.get(path);
    const etag = first.headers.get("etag") ?? assert.fail();
    assert.equal((await reading.get(path, { "if-none-match": etag })).status, 304);
    await reading.hold(showing, [7]);
    const second = await reading.get(path, { "if-none-match": etag });
    assert.equal(second.status, 200);
    assert.equal(String(second.body["states"]).charAt(7), "h");
    assert.notEqual(second.headers.get("etag"), etag);
  });
});

suite("seat maps", () => {
  test("are packed, and kept for ever under their own address", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    const { status, headers, body } = await reading.get(`/seat-maps/${showing.seatMapId}`);
    assert.equal(status, 200);
    assert.equal(headers.get("cache-control"), "public, max-age=31536000, immutable");
    const { layout } = await reading.catalogue.seatMap(showing.seatMapId);
    const seats = unpackSeatMap(body as unknown as PackedSeatMap);
    assert.equal(seats.count, layout.placeCount);
    assert.equal(seatName(seats, 17), layout.names[17]);
  });

  test("that no showing was published with are not found", async () => {
    await using reading = await openReading(world);
    assert.equal((await reading.get("/seat-maps/no-such-map")).status, 404);
  });
});

suite("live seats", () => {
  test("begin whole, go on with what changes, and end when the server does", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    const events = await listen(`${reading.url}/showings/${showing.id}/seats/stream`);
    const whole = await events.next();
    assert.equal(whole.event, "seats");
    assert.equal(String(whole.data["states"]), "f".repeat(120));
    await reading.hold(showing, [3]);
    await reading.hold(showing, [9]);
    const places: Record<string, string> = {};
    for (;;) {
      const change = await events.next();
      assert.equal(change.event, "change");
      Object.assign(places, change.data["places"]);
      if (Object.keys(places).length === 2) break;
    }
    assert.deepEqual(places, { 3: "h", 9: "h" });
    await reading.server.close();
    await assert.rejects(events.next(), /ended/);
  });

  test("begin with what changes for whoever has seen the seats on a page", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    await reading.hold(showing, [3]);
    const { body } = await reading.get(`/showings/${showing.id}/seats`);
    const address = `${reading.url}/showings/${showing.id}/seats/stream?seen=`;
    const same = await listen(address + String(body["version"]));
    await reading.hold(showing, [4]);
    assert.deepEqual((await same.next()).data["places"], { 4: "h" });
    same.close();
    const behind = await listen(address + String(body["version"]));
    assert.equal((await behind.next()).event, "seats");
    behind.close();
    const odd = await fetch(`${address}x`);
    assert.equal(odd.status, 400);
  });

  test("tell who comes back what was missed, and nothing if nothing was", async () => {
    await using reading = await openReading(world);
    const [showing] = await reading.catalogue.showingsOfVenue(denver.id, today);
    assert.ok(showing);
    await reading.hold(showing, [3]);
    const address = `${reading.url}/showings/${showing.id}/seats/stream`;
    const first = await listen(address);
    const { id } = await first.next();
    first.close();
    const same = await listen(address, id);
    await reading.hold(showing, [4]);
    assert.equal((await same.next()).event, "change");
    same.close();
    const behind = await listen(address, id);
    const whole = await behind.next();
    assert.equal(whole.event, "seats");
    assert.equal(String(whole.data["states"]).slice(3, 5), "hh");
    behind.close();
  });
});

/** Reads server-sent events one by one; comments are skipped. */
async function listen(address: string, lastEventId?: string) {
  const leaving = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await fetch(address, { headers, signal: leaving.signal });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  const reader = (response.body ?? assert.fail()).getReader();
  let text = "";
  return {
    close: () => leaving.abort(),
    async next(): Promise<{ event: string; id: string; data: Record<string, unknown> }> {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end === -1) {
          const { value, done } = await reader.read();
          if (done) throw new Error("the stream ended");
          text += new TextDecoder().decode(value);
          continue;
        }
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
        const event = field("event");
        if (event)
          return { event, id: field("id") ?? "", data: JSON.parse(field("data") ?? "{}") as Record<string, unknown> };
      }
    },
  };
}
