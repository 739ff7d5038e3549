import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { priceRange } from "../../src/domain/pricing.ts";
import { refusalOf } from "../accounts/setting.ts";
import { cinema, film, listed, openAuthoring } from "./setting.ts";

test("venues get numbers of their own, also when ten are added at once", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const added = await Promise.all(Array.from({ length: 10 }, () => authoring.addVenue(by, cinema)));
  assert.deepEqual(
    added.map(({ number }) => number).toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
});

const wrongVenues: [field: string, change: object][] = [
  ["name", { name: "  " }],
  ["country", { country: "USA" }],
  ["latitude", { latitude: 91 }],
  ["longitude", { longitude: Number.NaN }],
  ["timeZone", { timeZone: "Mars/Olympus" }],
  ["timeZone", { timeZone: "+02:00" }],
];
for (const [field, change] of wrongVenues) {
  test(`a venue with ${JSON.stringify(change)} is refused at its ${field}`, async () => {
    await using setting = await openAuthoring();
    const refusal = await refusalOf(setting.authoring.addVenue(setting.by, { ...cinema, ...change }));
    assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", field]);
  });
}

test("a venue may change anything but, with showings to come, its time zone", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { venue, plan } = await listed(setting);
  const moved = await authoring.changeVenue(by, venue.id, { timeZone: "America/New_York" });
  assert.equal(moved.timeZone, "America/New_York");
  await authoring.schedule(by, plan);
  const refusal = await refusalOf(authoring.changeVenue(by, venue.id, { timeZone: "America/Denver" }));
  assert.deepEqual([refusal.code, refusal["field"]], ["showing_in_use", "timeZone"]);
  assert.equal((await authoring.changeVenue(by, venue.id, { name: "Esquire" })).name, "Esquire");
});

test("another seat map is a new version: showings before keep theirs", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { auditorium, plan, venue } = await listed(setting);
  await authoring.schedule(by, plan);
  const rebuilt = await authoring.changeAuditorium(by, auditorium.id, { template: "large-cinema" });
  assert.equal(rebuilt.placeCount, 350);
  const [showing] = await authoring.showingsAtVenue(by.sellerId, venue.id, "2026-12-01", "2026-12-01");
  assert.deepEqual([showing?.seatMapId, showing?.placeCount], [auditorium.seatMapId, 120]);
  const twin = await authoring.addAuditorium(by, {
    venueId: venue.id,
    name: "Two",
    turnaroundMinutes: 0,
    template: "small-cinema",
  });
  assert.equal(twin.seatMapId, auditorium.seatMapId, "the same drawing is kept once");
});

test("the seat maps of an auditorium are the one it has and those that showings keep", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { auditorium, plan } = await listed(setting);
  const before = await authoring.seatMapVersions(by.sellerId, auditorium.id);
  const unused = { seatMapId: auditorium.seatMapId, placeCount: 120, current: true, showings: 0, toCome: 0 };
  assert.deepEqual(before, [unused]);
  await authoring.schedule(by, { ...plan, times: ["15:00", "19:30"] });
  const rebuilt = await authoring.changeAuditorium(by, auditorium.id, { template: "large-cinema" });
  const [current, kept, ...others] = await authoring.seatMapVersions(by.sellerId, auditorium.id);
  assert.deepEqual(current, { ...unused, seatMapId: rebuilt.seatMapId, placeCount: 350 });
  assert.deepEqual(others, []);
  assert.ok(kept?.first !== undefined && kept.last !== undefined);
  assert.equal(kept.last - kept.first, 4.5 * 3_600_000);
  assert.deepEqual(
    [kept.seatMapId, kept.placeCount, kept.current, kept.showings, kept.toCome],
    [auditorium.seatMapId, 120, false, 2, 2],
  );
});

test("a seat map that was made from one that is no longer there is refused, unless it is meant", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { auditorium } = await listed(setting);
  const basedOn = auditorium.seatMapId;
  const theirs = await authoring.changeAuditorium(by, auditorium.id, { template: "large-cinema", basedOn });
  const mine = { template: "theatre" as const, basedOn };
  const refusal = await refusalOf(authoring.changeAuditorium(by, auditorium.id, mine));
  assert.equal(refusal.code, "changed_meanwhile");
  assert.equal((await authoring.auditorium(by.sellerId, auditorium.id)).seatMapId, theirs.seatMapId);
  const over = await authoring.changeAuditorium(by, auditorium.id, { template: "theatre" });
  assert.equal(over.placeCount, 1_200);
});

const square = [
  [0, 0],
  [500, 0],
  [500, 500],
];
const hall = {
  name: "Hall",
  width: 1_000,
  height: 1_000,
  focus: { x: 500, y: 300 },
  stage: { label: "Stage", x: 300, y: 0, width: 400, height: 100 },
  sections: [
    {
      id: "MAIN",
      name: "Main",
      kind: "seats",
      rank: 0,
      outline: square,
      rows: [
        {
          name: "A",
          seats: [
            { name: "A-1", x: 100, y: 200 },
            { name: "A-2", x: 155, y: 200 },
          ],
        },
      ],
    },
  ],
};
const withSection = (change: object) => ({ ...hall, sections: [{ ...hall.sections[0], ...change }] });
const floor = (id: string, capacity: number) => ({
  id,
  name: id,
  kind: "standing",
  rank: 1,
  outline: square,
  capacity,
});
const wrongMaps: [what: string, map: unknown, says: RegExp][] = [
  ["nothing", null, /seatMap/],
  ["a field that nobody knows", { ...hall, colour: "red" }, /seatMap/],
  ["no section", { ...hall, sections: [] }, /seatMap\.sections/],
  [
    "a section twice",
    {
      ...hall,
      sections: [
        hall.sections[0],
        { ...hall.sections[0], rows: [{ name: "B", seats: [{ name: "B-1", x: 1, y: 1 }] }] },
      ],
    },
    /section MAIN stands twice/,
  ],
  [
    "a seat twice",
    withSection({
      rows: [
        {
          name: "A",
          seats: [
            { name: "A-1", x: 1, y: 1 },
            { name: "A-1", x: 60, y: 1 },
          ],
        },
      ],
    }),
    /seat A-1 stands twice/,
  ],
  [
    "a seat named like a standing place",
    withSection({ rows: [{ name: "A", seats: [{ name: "A#1", x: 1, y: 1 }] }] }),
    /seatMap\.sections/,
  ],
  [
    "a seat outside",
    withSection({ rows: [{ name: "A", seats: [{ name: "A-1", x: 1_001, y: 1 }] }] }),
    /seat A-1 lies outside/,
  ],
  ["a seat nowhere", withSection({ rows: [{ name: "A", seats: [{ name: "A-1", x: null, y: 1 }] }] }), /seatMap/],
  [
    "an outline outside",
    withSection({
      outline: [
        [0, 0],
        [2_000, 0],
        [0, 10],
      ],
    }),
    /MAIN\.outline/,
  ],
  ["an empty row", withSection({ rows: [{ name: "A", seats: [] }] }), /seatMap/],
  [
    "two seats in one place",
    withSection({
      rows: [
        {
          name: "A",
          seats: [
            { name: "A-1", x: 10, y: 10 },
            { name: "A-2", x: 25, y: 10 },
          ],
        },
      ],
    }),
    /seatMap\.sections\.MAIN\.rows\.0\.seats\.1: seat A-2 overlaps seat A-1/,
  ],
  ["a numbering that nobody knows", withSection({ numbering: { rows: { style: "runes" } } }), /seatMap/],
  ["a stage outside", { ...hall, stage: { ...hall.stage, x: 900 } }, /seatMap\.stage/],
  ["a focus outside", { ...hall, focus: { x: 5_000, y: 0 } }, /seatMap\.focus/],
  ["a section id in small letters", withSection({ id: "main" }), /seatMap\.sections/],
  ["more than 50,000 places", { ...hall, sections: [floor("F1", 30_000), floor("F2", 20_001)] }, /50001 places/],
  ["a capacity of a billion", { ...hall, sections: [floor("F1", 1e9)] }, /seatMap/],
];
for (const [what, seatMap, says] of wrongMaps) {
  test(`a seat map with ${what} is refused by name`, async () => {
    await using setting = await openAuthoring();
    const { authoring, by } = setting;
    const venue = await authoring.addVenue(by, cinema);
    const refusal = await refusalOf(
      authoring.addAuditorium(by, { venueId: venue.id, name: "One", turnaroundMinutes: 20, seatMap }),
    );
    assert.equal(refusal.code, "invalid_request");
    assert.match(String(refusal["message"]), says);
  });
}

test("every fault of a seat map has a field of its own", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const venue = await authoring.addVenue(by, cinema);
  const seatMap = { ...hall, focus: { x: 5_000, y: 0 }, sections: [hall.sections[0], floor("MAIN", 10)] };
  const refusal = await refusalOf(
    authoring.addAuditorium(by, { venueId: venue.id, name: "One", turnaroundMinutes: 20, seatMap }),
  );
  assert.deepEqual(Object.keys(refusal["fields"] as object).toSorted(), [
    "seatMap",
    "seatMap.focus",
    "seatMap.sections.MAIN.id",
  ]);
});

test("what only editors read stays with the seat map: colour, shape, numbering, restricted view", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const venue = await authoring.addVenue(by, cinema);
  const shape = { spacing: 55, angle: 0, curve: 0 };
  const numbering = {
    rows: { style: "letters", from: "front", start: 1 },
    seats: { from: "left", step: "all", start: 1 },
  };
  const seats = hall.sections[0]?.rows[0]?.seats.map((seat) => ({ ...seat, view: "restricted" }));
  const seatMap = withSection({ colour: 3, numbering, rows: [{ name: "A", shape, seats }] });
  const made = await authoring.addAuditorium(by, { venueId: venue.id, name: "One", turnaroundMinutes: 20, seatMap });
  assert.deepEqual((await authoring.seatMap(made.seatMapId)).map, seatMap);
});

test("a seat map of one's own is kept under the hash of its content", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const venue = await authoring.addVenue(by, cinema);
  const input = { venueId: venue.id, name: "One", turnaroundMinutes: 20 };
  const one = await authoring.addAuditorium(by, { ...input, seatMap: hall });
  const turned = Object.fromEntries(Object.entries(hall).toReversed());
  const two = await authoring.addAuditorium(by, { ...input, seatMap: turned });
  assert.equal(one.seatMapId, two.seatMapId, "the order of fields does not matter");
  const full = await authoring.addAuditorium(by, { ...input, seatMap: { ...hall, sections: [floor("F1", 50_000)] } });
  assert.equal(full.placeCount, 50_000);
  assert.ok(asked.includes(`seat map ${one.seatMapId}`));
  assert.deepEqual((await authoring.seatMap(one.seatMapId)).layout.names, ["A-1", "A-2"]);
});

test("prices show what a buyer will pay, all in, and the same prices are one list", async () => {
  await using setting = await openAuthoring();
  const { authoring, accounts, by } = setting;
  await accounts.updateSeller(by.sellerId, { feeMinor: 150, taxBasisPoints: 825 });
  const tiers = [
    { id: "adult", name: "Adult", sections: { MAIN: 1_400, BALC: 999 } },
    { id: "child", name: "Child", sections: { MAIN: 0 } },
  ];
  const preview = await authoring.previewPrices(by.sellerId, { tiers });
  assert.deepEqual(
    preview.allIn.map(({ tier, section, totalMinor }) => [tier, section, totalMinor]),
    [
      // 14.00 + 1.50 = 15.50, and 8.25 % of it is 1.27875.
      ["adult", "MAIN", 1_678],
      ["adult", "BALC", 1_244],
      // What is free has no fee.
      ["child", "MAIN", 0],
    ],
  );
  assert.deepEqual(await authoring.priceLists(by.sellerId), [], "a preview keeps nothing");
  const kept = await authoring.setPrices(by, { tiers });
  assert.deepEqual((await authoring.setPrices(by, { tiers })).list.id, kept.list.id);
  assert.notEqual((await authoring.setPrices(by, { tiers, feeMinor: 0 })).list.id, kept.list.id);
  assert.deepEqual(priceRange(kept.list), { minMinor: 0, maxMinor: 1_678 });
  const mallory = await setting.sellerOf("mallory");
  const theirs = await authoring.setPrices(mallory, { tiers, feeMinor: 150, taxBasisPoints: 825 });
  assert.notEqual(theirs.list.id, kept.list.id, "each seller has lists of its own");
  assert.equal((await refusalOf(authoring.priceList(mallory.sellerId, kept.list.id))).code, "not_found");
});

test("prices know the seat map they are for", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const venue = await authoring.addVenue(by, cinema);
  const { seatMapId } = await authoring.addAuditorium(by, {
    venueId: venue.id,
    name: "Arena",
    turnaroundMinutes: 60,
    template: "arena",
  });
  const { layout } = await authoring.seatMap(seatMapId);
  const [first, ...rest] = layout.sections.map((section) => section.id);
  const tiers = [{ id: "all", name: "All", sections: { [first ?? ""]: 5_000 } }];
  assert.deepEqual((await authoring.previewPrices(by.sellerId, { tiers, seatMapId })).unsold, rest);
  const strange = [{ id: "all", name: "All", sections: { MOON: 5_000 } }];
  const refusal = await refusalOf(authoring.setPrices(by, { tiers: strange, seatMapId }));
  assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", "tiers.0.sections"]);
});

const wrongPrices: [what: string, tiers: { id: string; name: string; sections: Record<string, number> }[]][] = [
  ["none at all", []],
  ["a negative one", [{ id: "a", name: "A", sections: { MAIN: -1 } }]],
  ["half a cent", [{ id: "a", name: "A", sections: { MAIN: 10.5 } }]],
  ["a billion", [{ id: "a", name: "A", sections: { MAIN: 1e9 } }]],
  [
    "the same name twice",
    [
      { id: "a", name: "A", sections: { MAIN: 1 } },
      { id: "a", name: "B", sections: { MAIN: 2 } },
    ],
  ],
  ["no section", [{ id: "a", name: "A", sections: {} }]],
];
for (const [what, tiers] of wrongPrices) {
  test(`prices with ${what} are refused`, async () => {
    await using setting = await openAuthoring();
    assert.equal((await refusalOf(setting.authoring.setPrices(setting.by, { tiers }))).code, "invalid_request");
  });
}

test("everything that is wrong with a show is said at once", async () => {
  await using setting = await openAuthoring();
  const wrong = { ...film, title: " ", runningMinutes: 0, year: 12, trailerUrl: "javascript:alert(1)" };
  const refusal = await refusalOf(setting.authoring.addShow(setting.by, wrong));
  assert.deepEqual(Object.keys(refusal["fields"] as object), ["title", "runningMinutes", "year", "trailerUrl"]);
});

const trailers: [url: string, ok: boolean][] = [
  ["https://www.youtube.com/watch?v=abc", true],
  ["https://vimeo.com/12345", true],
  ["https://cdn.example.org/trailers/one.mp4", true],
  ["media/ab/ab12.webm", true],
  ["media/ab/../keys.webm", false],
  ["http://www.youtube.com/watch?v=abc", false],
  ["https://youtube.com.evil.example/watch", false],
  ["https://evil.example/page.html", false],
  ["https://user:secret@vimeo.com/1", false],
];
for (const [trailerUrl, ok] of trailers) {
  test(`the trailer ${trailerUrl} is ${ok ? "accepted" : "refused"}`, async () => {
    await using setting = await openAuthoring();
    const { code } = await refusalOf(setting.authoring.addShow(setting.by, { ...film, trailerUrl }));
    assert.equal(code, ok ? "not refused" : "invalid_request");
  });
}

test("a show is published when it is complete, and archived when nothing of it is to come", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const bare = await authoring.addShow(by, { ...film, synopsis: "" });
  assert.deepEqual([bare.status, (await refusalOf(authoring.publishShow(by, bare.id))).code], ["draft", "not_ready"]);
  const { plan, show } = await listed(setting);
  asked.length = 0;
  const renamed = await authoring.changeShow(by, show.id, { title: "Der dritte Mann", cast: ["Orson Welles"] });
  assert.deepEqual(
    [renamed.title, renamed.cast, renamed.year, asked],
    ["Der dritte Mann", ["Orson Welles"], 1949, ["shows"]],
  );
  const { showings } = await authoring.schedule(by, { ...plan, publish: true });
  assert.equal((await refusalOf(authoring.archiveShow(by, show.id))).code, "showing_in_use");
  const { jobId } = await authoring.cancelShowing(by, showings[0]?.id ?? "", "Burst pipe");
  assert.equal(jobId, `cancel:${showings[0]?.id}`);
  assert.equal((await authoring.archiveShow(by, show.id)).status, "archived");
  assert.equal((await refusalOf(authoring.schedule(by, plan))).code, "not_ready");
});

test("a showing may have other prices and another time of its day while nobody holds a seat", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, held, sections } = { ...setting, sections: {} as Record<string, number> };
  const { plan, ...parts } = await listed(setting);
  Object.assign(sections, parts.sections);
  const { showings } = await authoring.schedule(by, { ...plan, times: ["12:00", "19:30"], publish: true });
  const [noon, evening] = showings.map(({ id }) => id ?? "");
  assert.ok(noon && evening);
  const cheap = await authoring.setPrices(by, {
    tiers: [{ id: "adult", name: "Adult", sections: Object.fromEntries(Object.keys(sections).map((id) => [id, 500])) }],
  });
  const changed = await authoring.changeShowing(by, noon, { priceListId: cheap.list.id, time: "13:15" });
  assert.equal(changed.priceListId, cheap.list.id);
  assert.equal(changed.startsAt, Date.parse("2026-12-01T20:15:00Z"));
  assert.equal(changed.endsAt - changed.startsAt, 104 * 60_000);
  assert.equal((await refusalOf(authoring.changeShowing(by, noon, { time: "18:00" }))).code, "schedule_clash");
  held.add(noon);
  assert.equal((await refusalOf(authoring.changeShowing(by, noon, { time: "14:00" }))).code, "showing_in_use");
  assert.equal(
    (await refusalOf(authoring.changeShowing(by, noon, { priceListId: plan.priceListId }))).code,
    "showing_in_use",
  );
  const mallory = await setting.sellerOf("mallory");
  assert.equal((await refusalOf(authoring.changeShowing(mallory, evening, { time: "14:00" }))).code, "not_found");
});

test("seats are blocked where they are sold: not on a draft", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const { plan } = await listed(setting);
  const { showings } = await authoring.schedule(by, plan);
  const id = showings[0]?.id ?? "";
  assert.equal((await refusalOf(authoring.blockSeats(by, id, ["A-1"], true))).code, "not_ready");
  await authoring.publishShowings(by, [id]);
  await authoring.blockSeats(by, id, ["A-1"], true);
  assert.equal(asked.at(-1), "block A-1");
});

test("every change leaves an audit entry with who did it", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, store } = setting;
  const { plan, venue, show } = await listed(setting);
  await authoring.changeVenue(by, venue.id, { name: "Esquire" });
  const { showings } = await authoring.schedule(by, plan);
  const id = showings[0]?.id ?? "";
  await authoring.changeShowing(by, id, { time: "20:00" });
  await authoring.publishShowings(by, [id]);
  const { rows } = await sql<{ action: string; actor: string }>`select action, actor from audit`.execute(store.db);
  const actions = new Set(rows.filter(({ actor }) => actor === by.actor).map(({ action }) => action));
  const wanted = [
    "venue.added",
    "auditorium.added",
    "show.added",
    "show.published",
    "prices.set",
    "venue.changed",
    "showings.scheduled",
    "showing.changed",
    "showing.published",
  ];
  assert.deepEqual(
    wanted.filter((action) => !actions.has(action)),
    [],
  );
  assert.equal((await setting.audit.list(`show:${show.id}`, { limit: 10 })).items.length, 2);
});
