// Stills: pictures of a show beside its poster, kept like posters, in an order, and seen by readers and the origin.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import type { Crop } from "../../src/media/poster.ts";
import { posterFilesOf } from "../../src/media/poster-files.ts";
import { refusalOf } from "../accounts/setting.ts";
import { film, openAuthoring } from "./setting.ts";

const picture = (width: number, height: number, red = 150) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 20, b: 60 } } })
    .png()
    .toBuffer();

test("a still is kept in three widths, cut to sixteen by nine from its middle", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, folder } = setting;
  const media = await authoring.addPoster(by, await picture(1_600, 1_600), undefined, "still");
  assert.equal(media.kind, "still");
  assert.deepEqual(
    media.variants.map(({ width, height }) => [width, height]),
    [
      [320, 180],
      [640, 360],
      [1_280, 720],
    ],
  );
  for (const { path, width } of media.variants) {
    assert.match(path, /^media\/[0-9a-f]{2}\/[0-9a-f]{32}-still1280\/\d+\.webp$/);
    assert.deepEqual(
      posterFilesOf(path),
      media.variants.map(({ width, path }) => ({ width, path })),
    );
    const kept = await sharp(readFileSync(join(folder, "static", path))).metadata();
    assert.deepEqual([kept.format, kept.width], ["webp", width]);
  }
  const crop = { left: 0, top: 100, width: 640, height: 360 };
  const part = await authoring.addPoster(by, await picture(1_600, 1_600), crop, "still");
  assert.equal(part.variants.at(-1)?.width, 640);
});

const refused: [what: string, size: [number, number], crop: Crop | undefined, says: RegExp][] = [
  ["too small a picture", [319, 600], undefined, /320 pixels of width/],
  ["a part of another shape", [900, 900], { left: 0, top: 0, width: 400, height: 400 }, /sixteen wide and nine high/],
];
for (const [what, size, crop, says] of refused) {
  test(`a still is refused in plain words: ${what}`, async () => {
    await using setting = await openAuthoring();
    const image = await picture(size[0], size[1]);
    const refusal = await refusalOf(setting.authoring.addPoster(setting.by, image, crop, "still"));
    assert.equal(refusal.code, "image_refused");
    assert.match(String(refusal.message), says);
  });
}

test("a show has up to six stills of its seller in the order that it says", async () => {
  await using setting = await openAuthoring();
  const { authoring, by } = setting;
  const ids: string[] = [];
  for (let red = 0; red < 7; red += 1)
    ids.push((await authoring.addPoster(by, await picture(640, 360, red * 30), undefined, "still")).id);
  const [first = "", second = "", third = ""] = ids;
  const show = await authoring.addShow(by, { ...film, stillIds: [second, first] });
  const stillsOf = async () => (await authoring.show(by.sellerId, show.id)).stills.map(({ id }) => id);
  assert.deepEqual(await stillsOf(), [second, first]);
  await authoring.changeShow(by, show.id, { stillIds: [first, third, first] });
  assert.deepEqual(await stillsOf(), [first, third], "each once");
  await authoring.changeShow(by, show.id, { title: "Laura, again" });
  assert.deepEqual(await stillsOf(), [first, third], "left as they are");
  const codeOf = async (stillIds: string[], who = by) =>
    (await refusalOf(authoring.changeShow(who, show.id, { stillIds }))).code;
  assert.equal(await codeOf(ids), "invalid_request");
  const poster = await authoring.addPoster(by, await picture(400, 600));
  assert.equal(await codeOf([poster.id]), "invalid_request", "a poster is no still");
  assert.equal(await codeOf(["0".repeat(26)]), "not_found");
  const mallory = await setting.sellerOf("mallory");
  assert.equal((await refusalOf(authoring.addShow(mallory, { ...film, stillIds: [first] }))).code, "not_found");
  await authoring.changeShow(by, show.id, { stillIds: [] });
  assert.deepEqual(await stillsOf(), []);
});
