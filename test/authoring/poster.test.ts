import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { posterFilesOf } from "../../src/media/poster-files.ts";
import { createPosters } from "../../src/media/poster.ts";
import { OriginError } from "../../src/media/static-content.ts";
import { refusalOf } from "../accounts/setting.ts";
import { film, openAuthoring } from "./setting.ts";

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 150, g: 20, b: 60 } } });

test("a poster is kept in four widths, upright, and without what the camera wrote into it", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, folder } = setting;
  // Stored lying on its side, as telephones do; with a position in its EXIF.
  const image = await picture(1_800, 1_300)
    .jpeg()
    .withExif({ IFD0: { Copyright: "Olga" }, IFD3: { GPSLatitude: "39/1 44/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  assert.ok((await sharp(image).metadata()).exif, "the upload has EXIF");
  const media = await authoring.addPoster(by, image);
  assert.deepEqual(
    media.variants.map(({ width, height }) => [width, height]),
    [
      [200, 277],
      [400, 554],
      [640, 886],
      [960, 1_329],
    ],
  );
  for (const { path, width } of media.variants) {
    assert.match(path, /^media\/[0-9a-f]{2}\/[0-9a-f]{32}-960\/\d+\.webp$/);
    assert.deepEqual(
      posterFilesOf(path),
      media.variants.map(({ width, path }) => ({ width, path })),
      "each file's address tells of the others",
    );
    const kept = await sharp(readFileSync(join(folder, "static", path))).metadata();
    assert.deepEqual([kept.format, kept.width, kept.exif, kept.orientation], ["webp", width, undefined, undefined]);
  }
  const show = await authoring.addShow(by, { ...film, posterId: media.id });
  assert.equal(show.poster, media.variants[2]?.path);
  assert.deepEqual(await authoring.addPoster(by, image), media, "the same image again is the same");
  assert.deepEqual(await authoring.media(by.sellerId), [media]);
  const mallory = await setting.sellerOf("mallory");
  assert.equal((await refusalOf(authoring.addShow(mallory, { ...film, posterId: media.id }))).code, "not_found");
});

test("a small picture is not blown up, and png and webp are welcome", async () => {
  await using setting = await openAuthoring();
  const small = await setting.authoring.addPoster(setting.by, await picture(150, 230).png().toBuffer());
  assert.deepEqual(
    small.variants.map(({ width }) => width),
    [150],
  );
  const middle = await setting.authoring.addPoster(setting.by, await picture(700, 1_000).webp().toBuffer());
  assert.deepEqual(
    middle.variants.map(({ width }) => width),
    [200, 400, 640],
  );
});

/** A PNG header that promises 60,000 × 60,000 pixels, in a few bytes. */
async function bomb(): Promise<Buffer> {
  const image = Buffer.from(await picture(200, 200).png().toBuffer());
  image.writeUInt32BE(60_000, 16);
  image.writeUInt32BE(60_000, 20);
  return image;
}

const refused: [what: string, image: () => Promise<Uint8Array>, says: RegExp][] = [
  ["text with the name of an image", async () => Buffer.from("<?php echo 1; ?>"), /no PNG, JPEG or WebP/],
  [
    "an SVG",
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    /no PNG/,
  ],
  ["a GIF", async () => picture(200, 200).gif().toBuffer(), /no PNG/],
  [
    "an SVG behind a PNG's first bytes",
    async () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("<svg/>")]),
    /cannot be read/,
  ],
  ["half of a JPEG", async () => (await picture(900, 900).jpeg().toBuffer()).subarray(0, 3_000), /cannot be read/],
  ["60,000 × 60,000 pixels", bomb, /cannot be read|megapixels/],
  ["41 megapixels", async () => picture(8_200, 5_000).png().toBuffer(), /41 megapixels; at most 40/],
  ["more than 5 MB", async () => new Uint8Array(5 * 1024 * 1024 + 1), /larger than 5 MB/],
  ["one pixel", async () => picture(1, 1).png().toBuffer(), /smaller than 100 pixels/],
  ["nothing", async () => new Uint8Array(), /no PNG/],
];
for (const [what, image, says] of refused) {
  test(`${what} is refused in plain words, and nothing is kept`, async () => {
    await using setting = await openAuthoring();
    const refusal = await refusalOf(setting.authoring.addPoster(setting.by, await image()));
    assert.equal(refusal.code, "image_refused");
    assert.match(String(refusal["message"]), says);
    assert.ok(!readdirSync(setting.folder).includes("static"));
  });
}

test("an origin that takes nothing is no fault of the image: the seller is told to try again", async () => {
  const posters = createPosters({ put: () => Promise.reject(new OriginError("The origin does not answer.")) });
  const refusal = await refusalOf(posters.keep(await picture(300, 450).png().toBuffer()));
  assert.equal(refusal.code, "unavailable");
});

test("a part of a picture becomes the poster, and only in a poster's proportion", async () => {
  await using setting = await openAuthoring();
  const { authoring, by, folder } = setting;
  // Red to the left, blue to the right.
  const blue = await sharp({ create: { width: 600, height: 900, channels: 3, background: "#0000ff" } })
    .png()
    .toBuffer();
  const red = sharp({ create: { width: 1_200, height: 900, channels: 3, background: "#ff0000" } });
  const image = await red
    .composite([{ input: blue, left: 600, top: 0 }])
    .png()
    .toBuffer();
  const media = await authoring.addPoster(by, image, { left: 600, top: 0, width: 600, height: 900 });
  assert.deepEqual(
    media.variants.map(({ width, height }) => [width, height]),
    [
      [200, 300],
      [400, 600],
    ],
  );
  const { channels } = await sharp(readFileSync(join(folder, "static", media.variants[0]?.path ?? ""))).stats();
  assert.ok((channels[0]?.mean ?? 255) < 10 && (channels[2]?.mean ?? 0) > 245, "the right half");
  assert.notEqual((await authoring.addPoster(by, image)).id, media.id, "the whole is another");
  for (const crop of [
    { left: 700, top: 0, width: 600, height: 900 },
    { left: 0, top: 0, width: 600, height: 600 },
    { left: 0, top: 0, width: 60, height: 90 },
    { left: -1, top: 0, width: 200, height: 300 },
    { left: 0.5, top: 0, width: 200, height: 300 },
  ]) {
    assert.equal((await refusalOf(authoring.addPoster(by, image, crop))).code, "image_refused");
  }
});
