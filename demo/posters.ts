// Posters of the demo, drawn from a seed: SVG of 600 × 900 without scripts or references, the same for the same show and seed.

import { artsOf, standsLow } from "./posters/art.ts";
import { lineWidth, leading, setTitle, type Face } from "./posters/lettering.ts";
import { palettesOf, type Palette } from "./posters/palettes.ts";
import { element, escapeText, height, rect, width, type Attributes } from "./posters/shapes.ts";
import { seeded } from "./seeded.ts";

export interface PosterFacts {
  title: string;
  genres: readonly string[];
  /** The line above the title: `A film by …`. */
  credit: string;
  /** The line below: `2008 · PG-13 · 126 min`. */
  facts: string;
  /** Which of its genre it is: neighbours get another picture and other colours. */
  turn: number;
}

const margin = 44;
/** How far a picture moves down where the title stands above it. */
const titleRoom = 210;
const faces: Readonly<Record<Face, string>> = {
  sans: "'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif",
  serif: "Georgia,'Times New Roman','Liberation Serif',serif",
};
const serifGenres = new Set(["Drama", "Romance", "Western", "Horror"]);

/** The poster of a show as SVG text, some 3 to 12 kB. */
export function drawPoster(show: PosterFacts, seed: number): string {
  const genre = show.genres[0] ?? "Drama";
  const chance = seeded(seed, "poster", show.title);
  const palettes = palettesOf(genre);
  const arts = artsOf(genre);
  // Every pair of picture and colours comes once before one comes again.
  const rounds = Math.floor(show.turn / leastCommonMultiple(palettes.length, arts.length));
  const palette = palettes[(show.turn + rounds) % palettes.length] ?? palettes[0];
  const art = arts[show.turn % arts.length] ?? arts[0];
  if (!palette || !art) throw new RangeError(`nothing to draw for ${genre}`);
  const face: Face = serifGenres.has(genre) ? "serif" : "sans";
  const high = standsLow(art) && chance.below(5) < 2;
  const picture = element("g", high ? { transform: `translate(0 ${titleRoom})` } : {}, art(chance, palette));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(show.title)}">`,
    definitions(palette, high),
    rect(0, 0, width, height, { fill: "url(#g)" }),
    picture,
    rect(0, 0, width, height, { fill: "url(#s)" }),
    high ? rect(0, height - 84, width, 84, { fill: palette.ground }) : "",
    lettering(show, palette, face, high),
    "</svg>",
  ].join("");
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}

function definitions({ ground, depth }: Palette, high: boolean): string {
  const gradient = (id: string, stops: string) =>
    element("linearGradient", { id, x1: 0, y1: high ? 1 : 0, x2: 0, y2: high ? 0 : 1 }, stops);
  const stop = (offset: number, color: string, opacity?: number) =>
    `<stop offset="${offset}" stop-color="${color}"${opacity === undefined ? "" : ` stop-opacity="${opacity}"`}/>`;
  const veil = high
    ? stop(0.5, ground, 0) + stop(0.72, ground, 0.92) + stop(0.8, ground)
    : stop(0.4, ground, 0) + stop(0.64, ground, 0.94) + stop(0.69, ground);
  return element("defs", {}, gradient("g", stop(0, depth) + stop(0.75, ground)) + gradient("s", veil));
}

/** Title and credit, set upwards from the footer, or downwards from the upper edge; the facts below. */
function lettering(show: PosterFacts, palette: Palette, face: Face, high: boolean): string {
  const { ink } = palette;
  const footer = height - margin;
  const most = width - margin * 2;
  const facts =
    rect(margin, footer - 38, most, 2, { fill: ink, opacity: 0.35 }) +
    line(show.facts, footer - 8, { fill: ink, "font-size": 19, "letter-spacing": 0.6 }, "sans");
  const [main = "", ...rest] = show.title.split(": ");
  const sub = rest.join(": ");
  const title = setTitle(main, face, { width: most, height: sub === "" ? 210 : 160, most: 124 });
  const below = sub === "" ? undefined : setTitle(sub, "sans", { width: most, height: 32, most: 32 });
  const block = 34 + title.height + (below ? below.size + 12 : 0);
  let y = (high ? margin : footer - 62 - block) + 20;
  const parts = [line(show.credit, y, { fill: ink, "font-size": 21, opacity: 0.9 }, face)];
  y += 14 - title.size * (leading - 0.74);
  for (const each of title.lines) {
    y += title.size * leading;
    parts.push(sized(each, y, { fill: ink, "font-size": title.size, "font-weight": 800 }, face));
  }
  const first = below?.lines[0];
  if (below && first) {
    const look = { fill: ink, opacity: 0.82, "font-size": below.size, "font-weight": 700 };
    parts.push(sized(first, y + below.size + 14, look, "sans"));
  }
  return parts.join("") + facts;
}

/** A line that takes exactly the width it was set for. */
function sized(
  { text, width: wide }: { text: string; width: number },
  y: number,
  attributes: Attributes,
  face: Face,
): string {
  const fit = { textLength: wide, lengthAdjust: "spacingAndGlyphs", "font-family": faces[face] };
  return element("text", { x: margin, y, ...fit, ...attributes }, escapeText(text));
}

/** A line that takes what it needs, and the width between the margins at most. */
function line(text: string, y: number, attributes: Attributes, face: Face): string {
  const most = width - margin * 2;
  const needed = lineWidth(text.toUpperCase(), face) * Number(attributes["font-size"] ?? 20);
  const fit = needed > most ? { textLength: most, lengthAdjust: "spacingAndGlyphs" } : {};
  return element("text", { x: margin, y, "font-family": faces[face], ...fit, ...attributes }, escapeText(text));
}
