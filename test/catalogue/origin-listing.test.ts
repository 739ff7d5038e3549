import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { suite, test } from "node:test";
import { hashOf } from "../../src/catalogue/published.ts";
import type { ShowDocument } from "../../src/catalogue/origin-documents.ts";
import { startPeriodic } from "../../src/workers/periodic.ts";
import { publishOrigin } from "../../src/workers/publish-origin.ts";
import { hourMs, openListing, show, start } from "./origin-setting.ts";

const poster = (largest: number, width: number) => `media/ab/ab${"0".repeat(30)}-${largest}/${width}.webp`;

suite("when a show is listed, its origin", () => {
  test("has an index, the list as JSON and as a page in each language, and all about the show, each under the hash of its bytes", async () => {
    const { listing, publishes, files, index, list, json, documents } = openListing();
    publishes(show("alpha", { trailerUrl: "https://vimeo.com/123456", poster: poster(640, 640) }));
    equal(await listing.publish(), true);
    const [listed] = list().shows;
    equal(documents().length, 5);
    for (const name of documents().filter((one) => one.startsWith("catalogue/"))) {
      match(name, /^catalogue\/(shows|shows-en|shows-es|show-alpha)-[0-9a-f]{32}\.(json|html)$/);
      ok(name.includes(hashOf(files.get(name) ?? Buffer.of())), `${name} is the hash of its bytes`);
    }
    for (const language of ["en", "es"]) {
      const name = index().pages[language] ?? "";
      match(name, new RegExp(`/shows-${language}-`));
      match(Buffer.from(files.get(name) ?? "").toString(), /<li>Title of alpha<\/li>/);
    }
    deepEqual(listed?.posters, [
      { width: 200, path: poster(640, 200) },
      { width: 400, path: poster(640, 400) },
      { width: 640, path: poster(640, 640) },
    ]);
    const document = json(listed?.show ?? "") as ShowDocument;
    equal(document.trailer, "https://vimeo.com/123456");
    equal(document.until, "2026-11-25T19:00:00.000Z");
    doesNotMatch(JSON.stringify([document, listed]), /seller|popularity/);
  });

  test("names the most popular shows first, and only those that run", async () => {
    const { listing, publishes, list } = openListing();
    publishes(show("b"), show("over", { until: start }), show("a", { popularity: 9 }), show("c"));
    await listing.publish();
    deepEqual(
      list().shows.map(({ id }) => id),
      ["a", "b", "c"],
    );
  });

  test("is not even asked while nothing changed, and takes only what changed then", async () => {
    const { listing, publishes, done, reads, documents } = openListing();
    publishes(show("a"), show("b"));
    await listing.publish();
    const before = reads();
    equal(await listing.publish(), false);
    equal(reads(), before);
    const had = new Set(documents());
    done.length = 0;
    publishes(show("a"), show("b", { title: "Another" }));
    equal(await listing.publish(), true);
    const puts = done.filter((each) => each.startsWith("put ")).map((each) => each.slice(4));
    deepEqual(
      puts.toSorted(),
      documents().filter((name) => !had.has(name)),
    );
    equal(puts.length, 4);
  });

  test("follows as days pass: a show that ends leaves the list though nobody published anything", async () => {
    const { listing, publishes, time, list } = openListing();
    publishes(show("a", { until: start + hourMs }), show("b"));
    await listing.publish();
    time.now += hourMs;
    equal(await listing.publish(), true);
    deepEqual(
      list().shows.map(({ id }) => id),
      ["b"],
    );
  });

  test("does not hear that nothing runs when the published chunk is lost", async () => {
    const { listing, again, publishes, lost, list } = openListing();
    await listing.publish();
    publishes(show("a"));
    await listing.publish();
    lost.chunk = true;
    await rejects(again().publish(), /list of shows is gone/);
    await rejects(again().tend(), /list of shows is gone/);
    equal(list().shows.length, 1);
  });

  test("gets its index again when somebody overwrote it", async () => {
    const { listing, publishes, time, files, index } = openListing();
    publishes(show("a"));
    await listing.publish();
    const good = index();
    files.set("catalogue/index.json", Buffer.from('{"format":1,"shows":"old","page":"old"}'));
    time.now += 600_000;
    await listing.publish();
    deepEqual(index(), good);
  });
});

suite("an index never names what is not there", () => {
  test("whichever write fails or is the last one before a crash; whoever comes next does the rest", async () => {
    for (let survived = 0; ; survived += 1) {
      const setting = openListing();
      const { publishes, done, watch, missing, again } = setting;
      publishes(show("a"), show("b"));
      await again().publish();
      publishes(show("a", { title: "New" }), show("c"), show("d"));
      done.length = 0;
      watch.each = () => {
        deepEqual(missing(), []);
        if (done.length === survived) throw new Error("the origin is away");
      };
      const whole = await again()
        .publish()
        .catch(() => "failed");
      deepEqual(missing(), []);
      watch.each = () => undefined;
      done.length = 0;
      await again().publish();
      deepEqual(missing(), []);
      equal(setting.list().shows.length, 3);
      if (whole === true) {
        ok(survived >= 7, "three documents, list, page, memory and index");
        equal(done.length, 0);
        return;
      }
    }
  });

  test("nor after the program was asked to stop in the middle", async () => {
    const { listing, publishes, watch, missing, files } = openListing();
    publishes(...Array.from({ length: 40 }, (_, at) => show(`s${at}`)));
    const stopping = new AbortController();
    let puts = 0;
    watch.each = () => void ((puts += 1) === 10 && stopping.abort());
    await rejects(listing.publish(stopping.signal), { name: "AbortError" });
    ok(!files.has("catalogue/index.json"));
    await listing.publish();
    deepEqual(missing(), []);
  });
});

suite("what is published stays as long as the show runs, and then ends", () => {
  test("documents of a running show stay for ever, those that were superseded too", async () => {
    const { listing, publishes, time, documents } = openListing();
    publishes(show("a", { until: start + 2_000 * hourMs }));
    await listing.publish();
    const first = documents().filter((name) => name.includes("show-a-"));
    publishes(show("a", { until: start + 2_000 * hourMs, title: "New" }));
    await listing.publish();
    for (let day = 0; day < 60; day += 1) {
      time.now += 24 * hourMs;
      await listing.publish();
      const ended = await listing.tend();
      ok(!ended.some((name) => name.includes("show-a-")), `day ${day}`);
    }
    equal(documents().filter((name) => name.includes("show-a-")).length, 2);
    ok(first.every((name) => documents().includes(name)));
  });

  test("those of a show that is over end after two days, and not before", async () => {
    const { listing, publishes, time, documents, index } = openListing();
    publishes(show("a", { until: start + hourMs }), show("b", { until: start + 500 * hourMs }));
    await listing.publish();
    const of = (id: string) => documents().filter((name) => name.includes(`show-${id}-`));
    time.now += 2 * hourMs;
    await listing.publish();
    time.now += 47 * hourMs;
    deepEqual(await listing.tend(), []);
    equal(of("a").length, 1);
    time.now += hourMs;
    await listing.tend();
    deepEqual([of("a").length, of("b").length], [0, 1]);
    deepEqual(
      documents().filter((name) => name.includes("/shows-")),
      [...Object.values(index().pages), index().shows].toSorted(),
      "the list of before is gone too",
    );
    deepEqual(await listing.tend(), [], "nothing ends twice");
  });

  test("a name that is current again meanwhile does not end", async () => {
    const { listing, publishes, time, missing } = openListing();
    publishes(show("a"));
    await listing.publish();
    publishes(show("a"), show("b"));
    await listing.publish();
    time.now += 47 * hourMs;
    publishes(show("a"));
    await listing.publish();
    time.now += 2 * hourMs;
    await listing.tend();
    deepEqual(missing(), []);
  });

  test("what a process put and did not live to remember ends as well, and what somebody took away comes back", async () => {
    const { listing, publishes, time, files, documents, missing } = openListing();
    publishes(show("a"));
    await listing.publish();
    files.set(`catalogue/show-gone-${"0".repeat(32)}.json`, Buffer.from("{}"));
    for (const name of documents().filter((one) => one.includes("show-a-"))) files.delete(name);
    await listing.tend();
    deepEqual(missing(), []);
    time.now += 48 * hourMs;
    deepEqual(await listing.tend(), [`catalogue/show-gone-${"0".repeat(32)}.json`]);
  });

  test("posters are not the listing's to end: drafts and orders show them too", async () => {
    const { listing, publishes, time, files } = openListing();
    files.set(poster(640, 640), Buffer.from("picture"));
    publishes(show("a", { poster: poster(640, 640), until: start + hourMs }));
    await listing.publish();
    time.now += 1_000 * hourMs;
    await listing.publish();
    await listing.tend();
    ok(files.has(poster(640, 640)));
  });
});

suite("the job that follows what is published", () => {
  test("goes on after a failure with what is missing, and goes through the whole origin every hour", async () => {
    const { listing, publishes, time, watch, missing, files } = openListing();
    publishes(show("a"), show("b"));
    const planned: { ms: number; run: () => void }[] = [];
    const failures: object[] = [];
    const log = { error: (facts: object) => void failures.push(facts), warn: () => undefined };
    const turn = async () => {
      time.now += planned.at(-1)?.ms ?? 0;
      const before = planned.length;
      planned.at(-1)?.run();
      while (planned.length === before) await new Promise((resolve) => setImmediate(resolve));
    };
    watch.each = (operation, name) => {
      if (operation === "replace") throw new Error(`no ${name}`);
    };
    const job = startPeriodic(
      publishOrigin(listing, () => time.now),
      (ms, run) => {
        planned.push({ ms, run });
        return () => undefined;
      },
      log,
    );
    while (planned.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await turn();
    equal(failures.length, 2);
    ok(!files.has("catalogue/index.json"));
    watch.each = () => undefined;
    await turn();
    ok(files.has("catalogue/index.json"));
    deepEqual(missing(), []);
    const lost = [...files.keys()].find((name) => name.includes("show-a-")) ?? "";
    files.delete(lost);
    await turn();
    ok(!files.has(lost));
    time.now += hourMs;
    await turn();
    ok(files.has(lost));
    equal(failures.length, 2);
    await job.stop();
  });
});
