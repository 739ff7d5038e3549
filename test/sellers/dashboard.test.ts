// The dashboard as a browser without scripts reads it, and its figures as the script asks for them again.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Visitor } from "../accounts/http-setting.ts";
import { listed } from "../authoring/setting.ts";
import { visitor } from "../web/fixture.ts";
import { everybody, openSellers, sold, type SellersSetting } from "./setting.ts";

/** A browser that is signed in as `person`. */
function browser(setting: SellersSetting, person: Visitor) {
  const pages = visitor(setting.server);
  const secret = person.secret();
  if (secret !== undefined) pages.cookies.set("__Host-marquee /", { value: secret, path: "/" });
  return pages;
}

/** Noon and a half in Denver on Sunday, November 22, is when it is; this is a time of that clock. */
const denver = (text: string) => Date.parse(`${text}-07:00`);

async function withSales() {
  const setting = await openSellers();
  const { people, sellerId, by } = await everybody(setting);
  const { plan, show, venue } = await listed({ authoring: setting.authoring, by });
  const { showings } = await setting.authoring.schedule(by, {
    ...plan,
    from: "2026-11-24",
    to: "2026-11-25",
    publish: true,
  });
  const [one, two] = showings.map(({ id, startsAt }) => ({ showingId: id ?? "", startsAt }));
  assert.ok(one && two);
  let orders = 0;
  const sell = async (placed: string, seats: readonly string[], refunded = 0, showing = one) => {
    orders += 1;
    const id = `order-${String(orders).padStart(12, "0")}`;
    await sold(setting, {
      id,
      sellerId,
      showId: show.id,
      venueId: venue.id,
      ...showing,
      seats,
      refunded,
      placedAt: denver(placed),
    });
  };
  await sell("2026-11-22T09:00:00", ["A-1", "A-2"]);
  await sell("2026-11-22T12:10:00", ["A-3"], 0, two);
  await sell("2026-11-21T11:00:00", ["A-4"]);
  await sell("2026-11-21T13:00:00", ["A-5", "A-6", "A-7"], 1);
  await sell("2026-11-12T10:00:00", ["A-8"]);
  const page = `/sell/${sellerId}`;
  return { setting, people, sellerId, show, venue, one, two, page, sell };
}

/** Every figure of the page with that name, as people read it, and as a machine does. */
function figures(html: string, name: string): [text: string, value: number][] {
  const found = html.matchAll(
    new RegExp(`<dt>${name}</dt><dd><data class="dash-figure" value="([^"]+)">([^<]+)</data>`, "g"),
  );
  return [...found].map(([, value, text]) => [text ?? "", Number(value)]);
}

/** The lines of the table that the chart is drawn from. */
function steps(html: string): { label: string; now: number | null; before: number | null }[] {
  const table = /<div id="dash-steps">(.*?)<\/table>/s.exec(html)?.[1] ?? "";
  return [...table.matchAll(/<tr>(?:(?!<\/tr>).)*data-label="([^"]*)"((?:(?!<\/tr>).)*)/gs)].map(([, label, rest]) => {
    const value = (series: string) => {
      const found = new RegExp(`<data value="([^"]+)" data-series="${series}"`).exec(rest ?? "");
      return found ? Number(found[1]) : null;
    };
    return { label: label ?? "", now: value("now"), before: value("before") };
  });
}

test("today stands beside yesterday by this time, and the week beside the week before", async () => {
  const { setting, people, page } = await withSales();
  await using _ = setting;
  const { html, status } = await browser(setting, people.owner).get(page);
  assert.equal(status, 200);
  assert.deepEqual(figures(html, "Net revenue"), [
    ["$30.00", 3_000],
    ["$60.00", 6_000],
  ]);
  assert.deepEqual(
    figures(html, "Tickets").map(([text]) => text),
    ["3", "6"],
  );
  assert.deepEqual(figures(html, "Average order"), [["$17.50", 1_750]]);
  assert.deepEqual(figures(html, "Refunded"), [["$10.00", 1_000]]);
  assert.match(html, /200% more <span class="unseen">than yesterday by this time/, "three tickets, one by this time");
  assert.match(html, /500% more <span class="unseen">than in the days before/);
  assert.match(html, /Figures as of 12:30:00 PM MST\. Load the page again/);
  assert.deepEqual(
    steps(html).map(({ label, now, before }) => [label, now, before]),
    [
      ["Nov 16", 0, 0],
      ["Nov 17", 0, 0],
      ["Nov 18", 0, 0],
      ["Nov 19", 0, 1_000],
      ["Nov 20", 0, 0],
      ["Nov 21", 3_000, 0],
      ["Nov 22", 3_000, 0],
    ],
  );
});

test("a day is told by the hour, without what is still to come", async () => {
  const { setting, people, page } = await withSales();
  await using _ = setting;
  const { html } = await browser(setting, people["box-office"]).get(`${page}?period=day&measure=tickets`);
  const hours = steps(html);
  assert.equal(hours.length, 24);
  assert.deepEqual(
    hours.filter(({ now, before }) => (now !== 0 && now !== null ? true : (before ?? 0) > 0)),
    [
      { label: "9 AM", now: 2, before: 0 },
      { label: "11 AM", now: 0, before: 1 },
      { label: "12 PM", now: 1, before: 0 },
      { label: "1 PM", now: null, before: 2 },
    ],
  );
  assert.doesNotMatch(html, /id="dash-today"/, "today is what the figures are of");
});

test("shows, venues, showings, weekdays and hours say what sold and how full it is", async () => {
  const { setting, people, page, one, show, venue } = await withSales();
  await using _ = setting;
  const pages = browser(setting, people.manager);
  const { html } = await pages.get(page);
  const text = (some: string) => some.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  assert.match(text(html), /Best sellers .*?The Third Man 100% 6 \$60\.00/);
  assert.match(text(html), /Best showings .*?The Third Man Tue, Nov 24, 7:30 PM 83% 5 \$50\.00/);
  assert.match(text(html), /Slowest sellers .*?The Third Man 7 of 240 \(3%\) 2/);
  assert.match(text(html), /7 PM .*?5% , 1 showing, 6 of 120 places/);
  assert.match(text(html), /Tue, Nov 24 6 of 120 \(5%\) 1/);
  assert.match(text(html), /Next showings .*?The Third Man Tue, Nov 24, 7:30 PM 6 of 120 \(5%\) \$60\.00/);
  assert.match(html, new RegExp(`href="${page}/showings/${one.showingId}"`));
  assert.doesNotMatch(html, /By venue/, "there is one venue");
  const narrowed = await pages.get(`${page}?show=${show.id}&venue=${venue.id}`);
  assert.deepEqual(
    figures(narrowed.html, "Orders").map(([, value]) => value),
    [2, 4],
  );
  assert.doesNotMatch(narrowed.html, /Best sellers/);
  assert.match(narrowed.html, /The Third Man, Mayan<\/summary>/);
  assert.match(
    narrowed.html,
    new RegExp(`sales\\.csv\\?by=day&amp;of=orders&amp;from=2026-11-16.*?venueId=${venue.id}`),
  );
  const past = await pages.get(`${page}?seats=past`);
  assert.match(past.html, /No showing started in the last four weeks/);
});

test("days are chosen by name or by date, and the address keeps everything else", async () => {
  const { setting, people, page, show } = await withSales();
  await using _ = setting;
  const pages = browser(setting, people.owner);
  const chosen = `period=custom&from=2026-11-10&to=2026-11-14&show=${show.id}&measure=orders&before=no`;
  const { html } = await pages.get(`${page}?${chosen}`);
  assert.match(html, /Sales, Nov 10.{1,3}14, 2026/);
  assert.equal(steps(html).filter(({ now }) => now === 1).length, 1);
  assert.ok(
    steps(html).every(({ before }) => before === null),
    "without the days before",
  );
  assert.doesNotMatch(html, /than in the days before/);
  const kept = `show=${show.id}&amp;measure=orders&amp;before=no`;
  assert.match(html, new RegExp(`href="${page}\\?period=month&amp;${kept}"`));
  assert.match(html, new RegExp(`name="measure" value="orders"`));
  for (const [days, faults] of [
    ["from=2026-11-23&to=soon", { from: /Sales end with today/, to: /A date, please/ }],
    ["from=2026-11-20&to=2026-11-19", { to: /This day lies before the first/ }],
    ["from=2020-01-01&to=2026-11-19", { to: /At most 366 days/ }],
  ] as const) {
    const wrong = await pages.get(`${page}?period=custom&${days}`);
    assert.equal(wrong.status, 400);
    for (const [field, sentence] of Object.entries(faults)) {
      assert.match(wrong.html, new RegExp(`id="${field}-error">${sentence.source}`));
    }
    assert.match(
      wrong.html,
      new RegExp(
        `name="to"[^>]*value="${days.split("to=")[1] ?? ""}"|value="${days.split("to=")[1] ?? ""}"[^>]*name="to"`,
      ),
    );
    assert.match(wrong.html, /Sales, Nov 16/, "the week is shown meanwhile");
  }
});

test("the figures are asked for again, sent only if they moved, and say when they were read", async () => {
  const { setting, people, page, sell } = await withSales();
  await using _ = setting;
  const ask = async (person: Visitor, etag = "") => {
    const answer = await setting.server.inject({
      method: "GET",
      url: `${page}/live?period=day`,
      cookies: { "__Host-marquee": person.secret() ?? "" },
      headers: etag === "" ? {} : { "if-none-match": etag },
    });
    const { etag: tag = "", "x-figures-at": at, "cache-control": kept } = answer.headers;
    return { status: answer.statusCode, html: answer.body, etag: tag, at: Number(at), kept };
  };
  const first = await ask(people.owner);
  assert.deepEqual([first.status, first.at, first.kept], [200, setting.clock(), "private, no-cache"]);
  assert.equal(figures(first.html, "Tickets")[0]?.[0], "3");
  assert.doesNotMatch(first.html, /<html|Figures as of/, "neither the page around them nor the time");
  setting.pass(10_000);
  const same = await ask(people.owner, first.etag);
  assert.deepEqual([same.status, same.html, same.at], [304, "", setting.clock()]);
  await sell("2026-11-22T12:30:05", ["A-9", "A-10"]);
  setting.pass(10_000);
  const moved = await ask(people.owner, first.etag);
  assert.equal(moved.status, 200);
  assert.equal(figures(moved.html, "Tickets")[0]?.[0], "5");
  assert.equal((await ask(people.scanner)).status, 403);
  assert.equal((await ask(people["other seller"])).status, 403);
  assert.equal((await ask(people.nobody)).status, 303);
});

test("who begins is led from a venue to the first sale, on every page, until it is there", async () => {
  await using setting = await openSellers();
  const { people, sellerId, by } = await everybody(setting);
  const page = `/sell/${sellerId}`;
  const pages = browser(setting, people.owner);
  const next = async () => {
    const { html } = await pages.get(page);
    const title = /class="first-step-next">.*?<h3>([^<]+)/s.exec(html)?.[1];
    const href = /class="first-step-next">.*?<a href="([^"]+)"/s.exec(html)?.[1] ?? "";
    const line = (await pages.get(`${page}/settings`)).html;
    assert.match(line, new RegExp(`Next: ${title ?? ""}</strong>`));
    assert.equal((await pages.get(href)).status, 200, href);
    return [title, href.replace(page, "").replaceAll(/\w{26}/g, "…")];
  };
  assert.deepEqual(await next(), ["Add a venue", "/venues/new"]);
  const waiting = await browser(setting, people["box-office"]).get(page);
  assert.match(waiting.html, /Nothing is on sale yet/);
  assert.doesNotMatch(waiting.html, /On the way to your first sale/);
  const { plan, show } = await listed({ authoring: setting.authoring, by });
  assert.deepEqual(await next(), ["Add showings", "/schedule?show=…"]);
  const { showings } = await setting.authoring.schedule(by, plan);
  assert.deepEqual(await next(), ["Go on sale", "/showings?show=…"]);
  await setting.authoring.publishShowings(by, [showings[0]?.id ?? ""]);
  assert.equal((await setting.authoring.show(sellerId, show.id)).status, "published");
  assert.match((await pages.get(page)).html, /Next showings/);
  assert.doesNotMatch((await pages.get(`${page}/settings`)).html, /Next: /);
});

test("a seller's pages speak Spanish, with amounts, days and hours as it writes them", async () => {
  const { setting, people, page } = await withSales();
  await using _ = setting;
  const pages = browser(setting, people.owner);
  const { html } = await pages.get(`${page}?lang=es`);
  assert.match(html, /<h1>Panel<\/h1>/);
  assert.match(html, /Ventas, 16.{1,3}22 nov 2026/);
  assert.deepEqual(
    figures(html, "Ingresos netos").map(([text]) => text.replace("\u00a0", " ")),
    ["30,00 US$", "60,00 US$"],
  );
  assert.match(html, /<th scope="row">19\sh<\/th>/);
  assert.match((await pages.get(`${page}/members?lang=es`)).html, /<h1>Equipo<\/h1>/);
});

test("the way around shows each role what it may open, and where it is", async () => {
  await using setting = await openSellers();
  const { people, sellerId } = await everybody(setting);
  const page = `/sell/${sellerId}`;
  const linksOf = async (person: Visitor, path: string) => {
    const { html } = await browser(setting, person).get(page + path);
    const side = /<nav class="sell-side".*?<\/nav>/s.exec(html)?.[0] ?? "";
    const tabs = /<nav class="sell-tabs".*?<\/nav>/s.exec(html)?.[0] ?? "";
    const names = (nav: string) =>
      [...nav.matchAll(/<a href="[^"]*\/sell\/[^"]*"[^>]*>.*?<span>([^<]+)/gs)].map(([, name]) => name);
    assert.deepEqual(new Set(names(side)), new Set(names(tabs)), "both ways lead to the same pages");
    return {
      names: names(side),
      here: [...side.matchAll(/aria-current="page">.*?<span>([^<]+)/gs)].map(([, name]) => name),
    };
  };
  const owner = await linksOf(people.owner, "/venues/new");
  assert.equal(owner.names.length, 10);
  assert.deepEqual(owner.here, ["Venues"]);
  const office = await linksOf(people["box-office"], "");
  assert.deepEqual(office, { names: ["Dashboard", "Orders", "Scan", "Showings"], here: ["Dashboard"] });
  assert.deepEqual(await linksOf(people.scanner, "/scan"), { names: ["Scan"], here: ["Scan"] });
});
