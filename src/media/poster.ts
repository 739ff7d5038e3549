// Uploaded posters and stills: never kept as they came. What a seller sends is decoded and encoded anew in up to four widths, which
// also drops whatever else the file carried (position, camera, scripts).

import { createHash } from "node:crypto";
import sharp from "sharp";
import { Refusal } from "../domain/refusals.ts";
import { namePosterFiles, widthsFor, type PictureKind, type PosterFile } from "./poster-files.ts";
import { OriginError, type StaticContent } from "./static-content.ts";

/** One size of an image. */
export interface Variant extends PosterFile {
  height: number;
}

/** A part of a picture in its own pixels, as it stands upright. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Posters {
  /**
   * Smallest first; of the picture's part, if one is said, which must be 2:3 for a poster and 16:9 for a still. A still that has
   * no part said is cut from its middle. Refuses `image_refused`, in plain words: no png, jpeg or webp, broken, too small or too large; and
   * `unavailable` while the static content's origin takes nothing.
   */
  keep(image: Uint8Array, crop?: Crop, kind?: PictureKind): Promise<readonly Variant[]>;
}

/** Part of every name: whoever changes how images are encoded changes this, since a name stands for the same bytes for ever. */
const recipe = "webp 80";
/** security.md: 5 MB, 40 megapixels before decoding. */
const mostBytes = 5 * 1024 * 1024;
const mostPixels = 40_000_000;
const leastSide = 100;

export function createPosters(content: StaticContent): Posters {
  return {
    async keep(image, said, kind = "poster") {
      if (image.length > mostBytes) throw refused("size", "The file is larger than 5 MB.");
      const format = formatOf(image);
      if (!format) throw refused("kind", "This is no PNG, JPEG or WebP image.");
      const whole = await measure(image, format);
      const crop = said ?? (kind === "still" ? middleOf(whole) : undefined);
      if (crop) checkCrop(crop, whole, kind);
      const widths = widthsFor(crop?.width ?? whole.width, kind);
      const part = crop ? ` of ${crop.left},${crop.top},${crop.width},${crop.height}` : "";
      const name = createHash("sha256").update(`${recipe}${part}\n`).update(image).digest("hex").slice(0, 32);
      const variants: Variant[] = [];
      for (const { width, path } of namePosterFiles(name, widths, kind)) {
        const { data, info } = await encode(image, width, crop);
        await put(content, path, data);
        variants.push({ width, height: info.height, path });
      }
      return variants;
    },
  };
}

async function put(content: StaticContent, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await content.put(path, bytes, "image/webp");
  } catch (error) {
    if (!(error instanceof OriginError)) throw error;
    // The worker that tends the origin says in the log what is wrong with it.
    throw new Refusal(
      "unavailable",
      "Images cannot be kept at the moment. Everything else can; try again in a minute.",
      {
        field: "image",
      },
    );
  }
}

type Format = "png" | "jpeg" | "webp";

/** By the first bytes, whatever the file's name or declared type says. */
function formatOf(image: Uint8Array): Format | undefined {
  const begins = (bytes: readonly number[], at = 0) => bytes.every((byte, index) => image[at + index] === byte);
  if (begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (begins([0xff, 0xd8, 0xff])) return "jpeg";
  if (begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8)) return "webp";
  return undefined;
}

/** Its sides after turning it upright; reads the header only, so that a small file cannot become gigabytes. */
async function measure(image: Uint8Array, format: Format): Promise<{ width: number; height: number }> {
  const found = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (found?.format !== format) throw refused("broken", "The image cannot be read; it may be damaged.");
  const { width, height } = found.autoOrient;
  if (width * height * (found.pages ?? 1) > mostPixels) {
    throw refused("pixels", `The image has ${Math.round((width * height) / 1e6)} megapixels; at most 40, please.`);
  }
  if (width < leastSide || height < leastSide) throw refused("small", `The image is smaller than ${leastSide} pixels.`);
  return { width, height };
}

/** Height by width, and the least width. */
const shapes = { poster: { ratio: 3 / 2, least: leastSide }, still: { ratio: 9 / 16, least: 320 } } as const;
const proportions = { poster: "A poster is two wide and three high.", still: "A still is sixteen wide and nine high." };

/** The largest 16:9 in the middle of a picture. */
function middleOf(whole: { width: number; height: number }): Crop {
  const { ratio } = shapes.still;
  const width = Math.floor(Math.min(whole.width, whole.height / ratio));
  const height = Math.floor(width * ratio);
  return { left: (whole.width - width) >> 1, top: (whole.height - height) >> 1, width, height };
}

function checkCrop(
  { left, top, width, height }: Crop,
  whole: { width: number; height: number },
  kind: PictureKind,
): void {
  if (![left, top, width, height].every((side) => Number.isSafeInteger(side) && side >= 0)) {
    throw refused("part", "The part of the picture is no rectangle.");
  }
  if (left + width > whole.width || top + height > whole.height) {
    throw refused("part", `That part lies outside of the picture, which is ${whole.width} × ${whole.height} pixels.`);
  }
  const { ratio, least } = shapes[kind];
  if (kind === "still" && width < least) throw refused("small", `A still needs ${least} pixels of width.`);
  if (width < leastSide || height < leastSide) throw refused("small", `That part is smaller than ${leastSide} pixels.`);
  // A pixel to each side for what browsers round.
  if (Math.abs(height - width * ratio) > 2) throw refused("part", proportions[kind]);
}

async function encode(image: Uint8Array, width: number, crop?: Crop) {
  try {
    const upright = sharp(image, { limitInputPixels: mostPixels, failOn: "error" }).autoOrient();
    return await (crop ? upright.extract(crop) : upright)
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
  } catch {
    throw refused("broken", "The image cannot be read; it may be damaged.");
  }
}

/** `reason` says the same to programs, and to pages in other languages. */
function refused(reason: "size" | "kind" | "broken" | "pixels" | "small" | "part", sentence: string): Refusal {
  return new Refusal("image_refused", sentence, { field: "image", reason });
}
