// Uploaded posters: never kept as they came. What a seller sends is decoded and encoded anew in up to three widths, which
// also drops whatever else the file carried (position, camera, scripts).

import { createHash } from "node:crypto";
import sharp from "sharp";
import { Refusal } from "../domain/refusals.ts";
import type { StaticContent } from "./static-content.ts";

/** One size of an image; `path` is below the static content's root. */
export interface Variant {
  width: number;
  height: number;
  path: string;
}

export interface Posters {
  /** Smallest first. Refuses `image_refused`, in plain words: no png, jpeg or webp, broken, too small or too large. */
  keep(image: Uint8Array): Promise<readonly Variant[]>;
}

const widths = [300, 600, 1_200];
/** security.md: 5 MB, 40 megapixels before decoding. */
const mostBytes = 5 * 1024 * 1024;
const mostPixels = 40_000_000;
const leastSide = 100;

export function createPosters(content: StaticContent): Posters {
  return {
    async keep(image) {
      if (image.length > mostBytes) throw refused("The file is larger than 5 MB.");
      const kind = kindOf(image);
      if (!kind) throw refused("This is no PNG, JPEG or WebP image.");
      const width = await measure(image, kind);
      // Nothing is blown up: the widths up to the image's own, or its own alone.
      const fitting = widths.filter((wanted) => wanted <= width);
      const name = createHash("sha256").update(image).digest("hex").slice(0, 32);
      const variants: Variant[] = [];
      for (const wanted of fitting.length > 0 ? fitting : [width]) {
        const { data, info } = await encode(image, wanted);
        const path = await content.put(`media/${name.slice(0, 2)}/${name}-${wanted}.webp`, data, "image/webp");
        variants.push({ width: info.width, height: info.height, path });
      }
      return variants;
    },
  };
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

/** The width after turning it upright; reads the header only, so that a small file cannot become gigabytes. */
async function measure(image: Uint8Array, kind: Kind): Promise<number> {
  const found = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (found?.format !== kind) throw refused("The image cannot be read; it may be damaged.");
  const { width, height } = found.autoOrient;
  if (width * height * (found.pages ?? 1) > mostPixels) {
    throw refused(`The image has ${Math.round((width * height) / 1e6)} megapixels; at most 40, please.`);
  }
  if (width < leastSide || height < leastSide) throw refused(`The image is smaller than ${leastSide} pixels.`);
  return width;
}

async function encode(image: Uint8Array, width: number) {
  try {
    return await sharp(image, { limitInputPixels: mostPixels, failOn: "error" })
      .autoOrient()
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
