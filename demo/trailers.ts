// Trailers of the demo: a camera that goes down a poster, from its picture to its title, out of the dark and back into it. Drawn
// here, of nothing but the demo's own poster.

import sharp from "sharp";
import { webm } from "./trailers/webm.ts";

const width = 512;
const height = 288;
const framesPerSecond = 12;
const seconds = 4;
const fadeSeconds = 0.5;
/** The camera waits at either end. */
const restSeconds = 0.5;

/** A silent WebM of some 300 kB for a poster's SVG; the same for the same poster. Takes about 0.4 s. */
export async function drawTrailer(poster: string): Promise<Buffer> {
  const whole = await sharp(Buffer.from(poster))
    .resize(width)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels, height: full } = whole.info;
  const picture = { raw: { width, height: full, channels } };
  const frames = await Promise.all(
    Array.from({ length: framesPerSecond * seconds }, (_, index) => {
      const at = index / framesPerSecond;
      const top = Math.round(eased((at - restSeconds) / (seconds - restSeconds * 2)) * (full - height));
      const light = Math.min(1, at / fadeSeconds, (seconds - at) / fadeSeconds);
      return sharp(whole.data, picture)
        .extract({ left: 0, top, width, height })
        .linear(light, 0)
        .webp({ quality: 55, effort: 0 })
        .toBuffer();
    }),
  );
  return webm({ width, height, framesPerSecond, frames });
}

/** From 0 to 1, slowly at both ends. */
function eased(share: number): number {
  const within = Math.min(1, Math.max(0, share));
  return within * within * (3 - 2 * within);
}
