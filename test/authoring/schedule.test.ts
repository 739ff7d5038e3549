import assert from "node:assert/strict";
import { test } from "node:test";
import { showingAddress } from "../../src/domain/ids.ts";
import { publishPlanned, type PublishDaysBody } from "../../src/catalogue/authoring/publish-days.ts";
import { timeAt } from "../../src/catalogue/authoring/venue-clock.ts";
import { refusalOf } from "../accounts/setting.ts";
import { film, listed, openAuthoring } from "./setting.ts";

test("times, weekdays and a date range become showings on the venue's clock, published day by day", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const { plan, venue, show } = await listed(setting);
  asked.length = 0;
  const wanted = { ...plan, times: ["15:00", "19:30"], weekdays: ["fri", "sat"] as const, to: "2026-12-13" };
  const made = await authoring.schedule(by, { ...wanted, publish: true });
  assert.deepEqual(
    made.showings.map(({ date, time }) => `${date} ${time}`),
    ["04 15:00", "04 19:30", "05 15:00", "05 19:30", "11 15:00", "11 19:30", "12 15:00", "12 19:30"].map(
      (rest) => `2026-12-${rest}`,
    ),
  );
  assert.deepEqual(asked, ["day 2026-12-04", "day 2026-12-05", "day 2026-12-11", "day 2026-12-12", "shows"]);
  const [first] = made.showings;
  assert.ok(first?.id);
  assert.equal(first.startsAt, Date.parse("2026-12-04T22:00:00Z"));
  assert.equal(first.endsAt, first.startsAt + 104 * 60_000);
  assert.deepEqual(showingAddress(first.id), { venueNumber: venue.number, date: "2026-12-04" });
  const there = await authoring.showingsAtVenue(by.sellerId, venue.id, "2026-12-04", "2026-12-05");
  assert.equal(there.length, 4);
  const { items, next } = await authoring.showingsOfShow(by.sellerId, show.id, { from: 0, limit: 5 });
  assert.equal(items.length, 5);
  const rest = await authoring.showingsOfShow(by.sellerId, show.id, { from: 0, limit: 5, cursor: next ?? "" });
  assert.equal(rest.items.length, 3);
  assert.equal(rest.next, undefined);
});

test("the venue's clock keeps its times when it is put forward and back", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  // Denver: forward on 14 March 2027 at 02:00, back on 7 November 2027 at 02:00.
  const spring = await authoring.schedule(by, {
    ...plan,
    times: ["02:30", "19:30"],
    from: "2027-03-13",
    to: "2027-03-15",
  });
  assert.deepEqual(
    spring.showings.map(({ startsAt, time, movedMinutes }) => [new Date(startsAt).toISOString(), time, movedMinutes]),
    [
      ["2027-03-13T09:30:00.000Z", "02:30", undefined],
      ["2027-03-14T02:30:00.000Z", "19:30", undefined],
      ["2027-03-14T09:30:00.000Z", "02:30", 60],
      ["2027-03-15T01:30:00.000Z", "19:30", undefined],
      ["2027-03-15T08:30:00.000Z", "02:30", undefined],
      ["2027-03-16T01:30:00.000Z", "19:30", undefined],
    ],
  );
  const autumn = await authoring.schedule(by, {
    ...plan,
    times: ["01:30", "19:30"],
    from: "2027-11-06",
    to: "2027-11-08",
  });
  assert.deepEqual(
    autumn.showings.map(({ startsAt }) => new Date(startsAt).toISOString()),
    [
      "2027-11-06T07:30:00.000Z",
      "2027-11-07T01:30:00.000Z",
      // The clock shows 01:30 twice: the first one.
      "2027-11-07T07:30:00.000Z",
      "2027-11-08T02:30:00.000Z",
      "2027-11-08T08:30:00.000Z",
      "2027-11-09T02:30:00.000Z",
    ],
  );
  for (const { startsAt, time, movedMinutes } of [...spring.showings, ...autumn.showings]) {
    if (movedMinutes === undefined) assert.equal(timeAt(startsAt, "America/Denver"), time);
  }
});

test("on the night the clock goes back, two showings an hour apart on the wall are two hours apart", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  // 104 minutes and 20 of turnaround need 124: 00:30 to 02:30 is 180 minutes that night, and 120 on any other.
  const times = ["00:30", "02:30"];
  await authoring.schedule(by, { ...plan, times, from: "2027-11-07", to: "2027-11-07" });
  const refusal = await refusalOf(authoring.schedule(by, { ...plan, times, from: "2027-11-08", to: "2027-11-08" }));
  assert.equal(refusal.code, "schedule_clash");
});

test("a clash refuses the whole batch and names each showing that is in the way", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan, auditorium } = await listed(setting);
  await authoring.schedule(by, { ...plan, from: "2026-12-02", to: "2026-12-03" });
  const other = await authoring.addShow(by, { ...film, title: "Laura", runningMinutes: 88 });
  const wanted = { ...plan, showId: other.id, times: ["20:00"], to: "2026-12-10" };
  const preview = await authoring.schedule(by, { ...wanted, dryRun: true });
  assert.equal(preview.showings.length, 10);
  assert.deepEqual(
    preview.clashes.map(({ date, time, with: { title } }) => [date, time, title]),
    [
      ["2026-12-02", "20:00", "The Third Man"],
      ["2026-12-03", "20:00", "The Third Man"],
    ],
  );
  const refusal = await refusalOf(authoring.schedule(by, wanted));
  assert.equal(refusal.code, "schedule_clash");
  assert.equal((refusal["clashes"] as unknown[]).length, 2);
  assert.match(String(refusal["message"]), /2026-12-02 at 20:00 .*The Third Man/);
  const { items } = await authoring.showingsOfShow(by.sellerId, other.id, { from: 0, limit: 50 });
  assert.deepEqual(items, [], "nothing of it was scheduled");
  const second = await authoring.addAuditorium(by, {
    venueId: auditorium.venueId,
    name: "Two",
    turnaroundMinutes: 20,
    template: "small-cinema",
  });
  assert.equal((await authoring.schedule(by, { ...wanted, auditoriumId: second.id })).showings.length, 10);
});

test("a showing that runs past midnight is in the way on the next day", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  await authoring.schedule(by, { ...plan, times: ["23:00"] });
  const next = { ...plan, from: "2026-12-02", to: "2026-12-02" };
  // 23:00 + 104 min = 00:44, and 20 minutes of turnaround.
  assert.equal((await refusalOf(authoring.schedule(by, { ...next, times: ["01:03"] }))).code, "schedule_clash");
  assert.equal((await authoring.schedule(by, { ...next, times: ["01:04"] })).showings.length, 1);
  // And backwards: what is wanted runs into the next day.
  const before = { ...plan, from: "2026-12-03", to: "2026-12-03" };
  await authoring.schedule(by, { ...before, from: "2026-12-04", to: "2026-12-04", times: ["00:10"] });
  assert.equal((await refusalOf(authoring.schedule(by, { ...before, times: ["22:30"] }))).code, "schedule_clash");
});

test("a batch may not clash with itself", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  const refusal = await refusalOf(authoring.schedule(by, { ...plan, times: ["19:30", "20:30"], to: "2026-12-03" }));
  assert.equal(refusal.code, "schedule_clash");
  assert.equal((refusal["clashes"] as unknown[]).length, 3);
});

test("of eight clerks who schedule the same hours at once, one succeeds", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => refusalOf(authoring.schedule(by, { ...plan, to: "2026-12-31" }))),
  );
  assert.equal(answers.filter(({ code }) => code === "not refused").length, 1);
  assert.equal(answers.filter(({ code }) => code === "schedule_clash").length, 7);
});

test("a cancelled showing gives its hours back", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  const { showings } = await authoring.schedule(by, plan);
  assert.deepEqual(await authoring.cancelShowing(by, showings[0]?.id ?? "", "Burst pipe"), {});
  assert.equal((await authoring.schedule(by, plan)).showings.length, 1);
});

test("what is over is left out and counted", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  // The test's clock stands at 12:30 in Denver on 22 November 2026.
  const today = { ...plan, times: ["10:00", "12:30", "16:00"], from: "2026-11-22", to: "2026-11-22" };
  const { showings, over } = await authoring.schedule(by, today);
  assert.deepEqual([showings.map(({ time }) => time), over], [["16:00"], 2]);
});

const refused: [what: string, change: object, field: string][] = [
  ["no time", { times: [] }, "times"],
  ["a time that is none", { times: ["25:00"] }, "times"],
  ["a date that is none", { from: "2026-02-30" }, "from"],
  ["a range that ends before it begins", { to: "2026-11-30" }, "to"],
  ["a range of years", { to: "2029-12-01" }, "to"],
  ["a weekday that is not in the range", { weekdays: ["mon"] }, "from"],
  ["a day that is over", { from: "2026-11-20", to: "2026-11-20" }, "from"],
  [
    "more than five thousand showings",
    { times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`), to: "2027-11-30" },
    "to",
  ],
];
for (const [what, change, field] of refused) {
  test(`a schedule with ${what} is refused at its field`, async () => {
    await using setting = await openAuthoring();
    const { plan } = await listed(setting);
    const refusal = await refusalOf(setting.authoring.schedule(setting.by, { ...plan, ...change }));
    assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", field]);
  });
}

test("thousands of showings are scheduled in one go", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, asked } = setting;
  const { plan } = await listed(setting);
  const times = ["10:00", "12:30", "15:00", "17:30", "20:00", "22:30"];
  const { showings } = await authoring.schedule(by, { ...plan, times, to: "2027-11-30", publish: true });
  assert.equal(showings.length, 6 * 365);
  assert.equal(new Set(showings.map(({ id }) => id)).size, 6 * 365);
  assert.equal(asked.filter((one) => one.startsWith("day")).length, 365);
});

test("prices of another auditorium, others' objects and unpublished shows are refused", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const { plan } = await listed(setting);
  const strange = await authoring.setPrices(by, { tiers: [{ id: "all", name: "All", sections: { MOON: 500 } }] });
  const refusal = await refusalOf(authoring.schedule(by, { ...plan, priceListId: strange.list.id }));
  assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", "priceListId"]);

  const mallory = await setting.sellerOf("mallory");
  const theirs = await listed({ authoring, by: mallory });
  for (const field of ["showId", "auditoriumId", "priceListId"] as const) {
    const refusal = await refusalOf(authoring.schedule(by, { ...plan, [field]: theirs.plan[field] }));
    assert.deepEqual([refusal.code, refusal["field"]], ["not_found", field]);
  }
  const draft = await authoring.addShow(by, film);
  const early = { ...plan, showId: draft.id, publish: true };
  assert.equal((await refusalOf(authoring.schedule(by, early))).code, "not_ready");
  const { showings } = await authoring.schedule(by, { ...early, publish: false });
  const ids = showings.map(({ id }) => id ?? "");
  assert.equal((await refusalOf(authoring.publishShowings(by, ids))).code, "not_ready");
  await authoring.publishShow(by, draft.id);
  assert.deepEqual(
    (await authoring.publishShowings(by, ids)).map(({ status }) => status),
    ["published"],
  );
  assert.equal((await refusalOf(authoring.publishShowings(mallory, ids))).code, "not_found");
});

test("a publication is planned before anything changes, so that a crash cannot hide what is published", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, store, asked } = setting;
  const { plan, venue } = await listed(setting);
  await authoring.schedule(by, { ...plan, to: "2026-12-02", publish: true });
  const jobs = await store.db.selectFrom("jobs").selectAll().execute();
  assert.equal(jobs.length, 1);
  const body = JSON.parse(jobs[0]?.body ?? "{}") as PublishDaysBody;
  assert.deepEqual(body, { venueId: venue.id, dates: ["2026-12-01", "2026-12-02"] });
  asked.length = 0;
  await publishPlanned(setting.publisher, body);
  assert.deepEqual(asked, ["day 2026-12-01", "day 2026-12-02", "shows"]);
});
