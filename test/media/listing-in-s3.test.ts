import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { test } from "node:test";
import type { OriginIndex, OriginList } from "../../src/catalogue/origin-documents.ts";
import { createOriginListing } from "../../src/catalogue/origin-listing.ts";
import { pack } from "../../src/catalogue/chunks.ts";
import { OriginError } from "../../src/media/static-content.ts";
import { show } from "../catalogue/origin-setting.ts";
import { openS3 } from "./s3-setting.ts";

test("shows get to an S3 that has trouble, and the index is cached for seconds, all else for ever", async () => {
  await using setting = await openS3({ prefix: "prod/", patienceMs: 3_000 });
  const { fake, origin, time } = setting;
  const shows = Array.from({ length: 12 }, (_, at) => show(`s${at}`));
  const listing = createOriginListing({
    published: { head: () => "1", read: () => pack(shows) },
    origin,
    clock: () => time.now,
    drawPages: () => ({ en: "<!doctype html><title>Shows</title>" }),
    pageFiles: [],
  });
  fake.faults.push(...Array.from({ length: 400 }, () => 503));
  await rejects(listing.publish(), OriginError);
  equal(fake.objects.size, 0);
  fake.faults.length = 0;
  fake.faults.push(500, "reset", 503, 500);
  equal(await listing.publish(), true);

  const read = async <T>(name: string) => JSON.parse(Buffer.from((await origin.read(name)) ?? "").toString()) as T;
  const index = await read<OriginIndex>("catalogue/index.json");
  const list = await read<OriginList>(index.shows);
  equal(list.shows.length, 12);
  for (const { show: name } of list.shows) equal((await read<{ synopsis: string }>(name)).synopsis.length > 0, true);
  const controls = [...fake.objects].map(([key, { headers }]) => [key, headers["cache-control"] ?? ""] as const);
  const replaced = controls.filter(([, control]) => !control.includes("immutable")).map(([key]) => key);
  deepEqual(replaced.toSorted(), ["prod/catalogue/index.json", "prod/catalogue/kept.json"]);
  match(fake.objects.get(`prod/${index.pages["en"]}`)?.headers["content-type"] ?? "", /^text\/html/);

  setting.time.now += 48 * 3_600_000;
  await listing.tend();
  deepEqual((await origin.names("catalogue")).length, 16, "more names than a page of the list has");
});
