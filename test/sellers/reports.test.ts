import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine } from "../../src/http/csv.ts";
import { listed } from "../authoring/setting.ts";
import { openSellers, sellerOf, sold } from "./setting.ts";

const cells: [value: string | number, written: string][] = [
  ["plain", "plain"],
  [12.5, "12.5"],
  [-3, "-3"],
  ["=HYPERLINK(A1)", "'=HYPERLINK(A1)"],
  ["+1 555 0100", "'+1 555 0100"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  [" =1", "' =1"],
  ["＝1", "'＝1"],
  ['say "hi"', '"say ""hi"""'],
  ["a,b", '"a,b"'],
  ["two\nlines", '"two\nlines"'],
  ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
];
for (const [value, written] of cells) {
  test(`the cell ${JSON.stringify(value)} is written ${JSON.stringify(written)}`, () => {
    assert.equal(csvLine([value]), `${written}\r\n`);
  });
}

async function withSales() {
  const setting = await openSellers();
  const { owner, at, sellerId } = await sellerOf(setting, "ines");
  const by = { sellerId, actor: owner.id };
  const { plan, show } = await listed({ authoring: setting.authoring, by });
  const { showings } = await setting.authoring.schedule(by, { ...plan, to: "2026-12-02", publish: true });
  const [one, two] = showings.map(({ id, startsAt }) => ({ showingId: id ?? "", startsAt }));
  assert.ok(one && two);
  const common = { sellerId, showId: show.id };
  const denver = (text: string) => Date.parse(`${text}-07:00`);
  await sold(setting, {
    ...common,
    ...one,
    id: "order-aaaaaaaaaaa1",
    seats: ["A-1", "A-2"],
    placedAt: denver("2026-11-20T23:50:00"),
    name: "Bea",
    email: "bea@example.org",
  });
  await sold(setting, {
    ...common,
    ...one,
    id: "order-aaaaaaaaaaa2",
    seats: ["A-3", "A-4", "A-5"],
    refunded: 1,
    placedAt: denver("2026-11-21T00:10:00"),
    name: '=cmd|"/c calc"!A1',
    email: "carl@example.org",
  });
  await sold(setting, {
    ...common,
    ...two,
    id: "order-aaaaaaaaaaa3",
    seats: ["A-1"],
    placedAt: denver("2026-11-21T12:00:00"),
    name: "100%_Dora",
    email: "dora@example.org",
  });
  const rival = await sellerOf(setting, "rival");
  await sold(setting, {
    sellerId: rival.sellerId,
    showId: "x",
    showingId: "y",
    id: "order-bbbbbbbbbbb1",
    seats: ["Z-1"],
    placedAt: denver("2026-11-21T12:00:00"),
  });
  return { setting, owner, at, show, one, two, rival };
}

test("sales by day follow the clock that is asked for, and leave others' out", async () => {
  const { setting, owner, at } = await withSales();
  await using _ = setting;
  const day = async (timeZone: string) => {
    const { body } = await owner.send("GET", `${at}/sales?by=day&from=2026-11-19&to=2026-11-22&timeZone=${timeZone}`);
    const items = body["items"] as {
      key: string;
      orders: number;
      tickets: number;
      grossMinor: number;
      netMinor: number;
    }[];
    return {
      total: body["total"],
      items: items.map((line) => [line.key, line.orders, line.tickets, line.grossMinor, line.netMinor]),
    };
  };
  assert.deepEqual(await day("America/Denver"), {
    total: { orders: 3, tickets: 5, grossMinor: 6_000, refundedMinor: 1_000, netMinor: 5_000 },
    items: [
      ["2026-11-20", 1, 2, 2_000, 2_000],
      ["2026-11-21", 2, 3, 4_000, 3_000],
    ],
  });
  assert.deepEqual((await day("UTC")).items, [["2026-11-21", 3, 5, 6_000, 5_000]]);
});

test("sales by show and by showing say how full it is", async () => {
  const { setting, owner, at, show, one, two } = await withSales();
  await using _ = setting;
  const period = "from=2026-12-01&to=2026-12-31&timeZone=America/Denver";
  const byShow = await owner.send("GET", `${at}/sales?by=show&${period}`);
  assert.deepEqual(byShow.body["items"], [
    {
      key: show.id,
      title: "The Third Man",
      orders: 3,
      tickets: 5,
      grossMinor: 6_000,
      refundedMinor: 1_000,
      netMinor: 5_000,
      capacity: 240,
      occupancyPercent: 2.1,
    },
  ]);
  const first = await owner.send("GET", `${at}/sales?by=showing&limit=1&${period}`);
  const line = (body: Record<string, unknown>) =>
    (body["items"] as { key: string; tickets: number; occupancyPercent: number }[]).map((item) => [
      item.key,
      item.tickets,
      item.occupancyPercent,
    ]);
  assert.deepEqual(line(first.body), [[one.showingId, 4, 3.3]]);
  const next = encodeURIComponent(String(first.body["next"]));
  const second = await owner.send("GET", `${at}/sales?by=showing&limit=1&cursor=${next}&${period}`);
  assert.deepEqual([line(second.body), second.body["next"]], [[[two.showingId, 1, 0.8]], undefined]);
});

test("sales by venue, and of orders placed on these days, follow the same question", async () => {
  const { setting, owner, at, show, one, two } = await withSales();
  await using _ = setting;
  const ask = async (query: string) => {
    const { body } = await owner.send("GET", `${at}/sales?timeZone=America/Denver&${query}`);
    return (body["items"] as { key: string; title?: string; tickets: number; capacity?: number }[]).map((line) => [
      line.key,
      line.title,
      line.tickets,
      line.capacity,
    ]);
  };
  const [venue] = await setting.authoring.venues(at.replace("/sellers/", ""));
  assert.ok(venue);
  const december = "from=2026-12-01&to=2026-12-31";
  assert.deepEqual(await ask(`by=venue&${december}`), [[venue.id, "Mayan", 5, 240]]);
  assert.deepEqual(await ask(`by=venue&${december}&venueId=another`), []);
  const november = "of=orders&from=2026-11-21&to=2026-11-21";
  assert.deepEqual(await ask(`by=show&${november}`), [[show.id, "The Third Man", 3, undefined]]);
  assert.deepEqual(await ask(`by=showing&${november}`), [
    [one.showingId, "The Third Man", 2, undefined],
    [two.showingId, "The Third Man", 1, undefined],
  ]);
  assert.deepEqual(await ask(`by=day&from=2026-11-01&to=2026-11-30&showId=another`), []);
});

const searches: [query: string, found: number[]][] = [
  ["", [3, 2, 1]],
  ["text=bea", [1]],
  ["text=EXAMPLE.org", [3, 2, 1]],
  ["text=100%25_", [3]],
  ["text=%25", [3]],
  ["text=order-aaaaaaaaaaa2", [2]],
  ["text=nobody", []],
  ["on=2026-11-21&timeZone=America/Denver", [3, 2]],
  ["on=2026-11-20&timeZone=America/Denver", [1]],
];
test("orders are found by text, showing and day, newest first, page by page", async () => {
  const { setting, owner, at, one } = await withSales();
  await using _ = setting;
  const found = async (query: string) => {
    const { body } = await owner.send("GET", `${at}/orders?${query}`);
    return (body["items"] as { id: string }[]).map(({ id }) => Number(id.at(-1)));
  };
  for (const [query, wanted] of searches) assert.deepEqual(await found(query), wanted, query);
  assert.deepEqual(await found(`showingId=${one.showingId}`), [2, 1]);
  const { body } = await owner.send("GET", `${at}/orders?limit=2`);
  assert.deepEqual(await found(`limit=2&cursor=${String(body["next"])}`), [1]);
});

test("exports are CSV that a spreadsheet opens without running anything", async () => {
  const { setting, owner, at, rival } = await withSales();
  await using _ = setting;
  const csv = async (path: string, secret = owner.secret()) => {
    const cookies = { "__Host-marquee": secret ?? "" };
    const answer = await setting.server.inject({ method: "GET", url: `/api/v1${path}`, cookies });
    assert.match(String(answer.headers["content-type"]), /^text\/csv; charset=utf-8/);
    assert.match(String(answer.headers["content-disposition"]), /^attachment; filename="/);
    assert.ok(answer.body.endsWith("\r\n"));
    return answer.body.trimEnd().split("\r\n");
  };
  const orders = await csv(`${at}/orders.csv`);
  assert.equal(orders.length, 4);
  assert.equal(orders[0], "order,placed_at,status,name,email,title,showing,starts_at,total,refunded,net,currency");
  assert.match(
    orders[2] ?? "",
    /^order-aaaaaaaaaaa2,2026-11-21T07:10:00Z,confirmed,"'=cmd\|""\/c calc""!A1",carl@example\.org,/,
  );
  assert.match(orders[2] ?? "", /,30\.00,10\.00,20\.00,USD$/);
  assert.equal((await csv(`${rival.at}/orders.csv`, rival.owner.secret())).length, 2);
  const sales = await csv(`${at}/sales.csv?by=day&from=2026-11-19&to=2026-11-22&timeZone=America/Denver`);
  assert.deepEqual(sales.slice(1), [
    "2026-11-20,,,1,2,,,20.00,0.00,20.00,USD",
    "2026-11-21,,,2,3,,,40.00,10.00,30.00,USD",
  ]);
});

const wrongPeriods = [
  "from=2026-02-30&to=2026-03-01",
  "from=2026-03-02&to=2026-03-01",
  "from=2020-01-01&to=2026-01-01",
  "from=2026-03-01&to=2026-03-02&timeZone=Mars/Olympus",
];
test("a period that is none is refused", async () => {
  await using setting = await openSellers();
  const { owner, at } = await sellerOf(setting, "ines");
  for (const period of wrongPeriods) {
    const { status, body } = await owner.send("GET", `${at}/sales?by=day&${period}`);
    assert.deepEqual([status, body["code"]], [400, "invalid_request"], period);
  }
});
