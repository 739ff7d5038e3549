// Uploaded posters: never kept as they came. What a seller sends is decoded and encoded anew in up to four widths, which
// also drops whatever else the file carried (position, camera, scripts).

import { createHash } from "node:crypto";
import sharp from "sharp";
import { Refusal } from "../domain/refusals.ts";
import { namePosterFiles, widthsFor, type PosterFile } from "./poster-files.ts";
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
   * Smallest first; of the picture's part, if one is said, which must be 2:3. Refuses `image_refused`, in plain words: no png, jpeg or webp, broken, too small or too large; and
   * `unavailable` while the static content's origin takes nothing.
   */
  keep(image: Uint8Array, crop?: Crop): Promise<readonly Variant[]>;
}

/** Part of every name: whoever changes how images are encoded changes this, since a name stands for the same bytes for ever. */
const recipe = "webp 80";
/** security.md: 5 MB, 40 megapixels before decoding. */
const mostBytes = 5 * 1024 * 1024;
const mostPixels = 40_000_000;
const leastSide = 100;

export function createPosters(content: StaticContent): Posters {
  return {
    async keep(image, crop) {
      if (image.length > mostBytes) throw refused("The file is larger than 5 MB.");
      const kind = kindOf(image);
      if (!kind) throw refused("This is no PNG, JPEG or WebP image.");
      const whole = await measure(image, kind);
      if (crop) checkCrop(crop, whole);
      const widths = widthsFor(crop?.width ?? whole.width);
      const part = crop ? ` of ${crop.left},${crop.top},${crop.width},${crop.height}` : "";
      const name = createHash("sha256").update(`${recipe}${part}\n`).update(image).digest("hex").slice(0, 32);
      const variants: Variant[] = [];
      for (const { width, path } of namePosterFiles(name, widths)) {
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

type Kind = "png" | "jpeg" | "webp";

/** By the first bytes, whatever the file's name or declared type says. */
function kindOf(image: Uint8Array): Kind | undefined {
  const begins = (bytes: readonly number[], at = 0) => bytes.every((byte, index) => image[at + index] === byte);
  if (begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (begins([0xff, 0xd8, 0xff])) return "jpeg";
  if (begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8)) return "webp";
  return undefined;
}

/** Its sides after turning it upright; reads the header only, so that a small file cannot become gigabytes. */
async function measure(image: Uint8Array, kind: Kind): Promise<{ width: number; height: number }> {
  const found = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (found?.format !== kind) throw refused("The image cannot be read; it may be damaged.");
  const { width, height } = found.autoOrient;
  if (width * height * (found.pages ?? 1) > mostPixels) {
    throw refused(`The image has ${Math.round((width * height) / 1e6)} megapixels; at most 40, please.`);
  }
  if (width < leastSide || height < leastSide) throw refused(`The image is smaller than ${leastSide} pixels.`);
  return { width, height };
}

function checkCrop({ left, top, width, height }: Crop, whole: { width: number; height: number }): void {
  if (![left, top, width, height].every((side) => Number.isSafeInteger(side) && side >= 0)) {
    throw refused("The part of the picture is no rectangle.");
  }
  if (left + width > whole.width || top + height > whole.height) {
    throw refused(`That part lies outside of the picture, which is ${whole.width} × ${whole.height} pixels.`);
  }
  if (width < leastSide || height < leastSide) throw refused(`That part is smaller than ${leastSide} pixels.`);
  // A pixel to each side for what browsers round.
  if (Math.abs(height - (width * 3) / 2) > 2) throw refused("A poster is two wide and three high.");
}

async function encode(image: Uint8Array, width: number, crop?: Crop) {
  try {
    const upright = sharp(image, { limitInputPixels: mostPixels, failOn: "error" }).autoOrient();
    return await (crop ? upright.extract(crop) : upright)
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
  } catch {
    throw refused("The image cannot be read; it may be damaged.");
  }
}

function refused(sentence: string): Refusal {
  return new Refusal("image_refused", sentence, { field: "image" });
}
