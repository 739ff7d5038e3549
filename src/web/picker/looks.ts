// How a seat looks on the canvas: pictures of each kind of seat, drawn once for a size and then stamped.

import { marks } from "../../domain/packed-seat-map.ts";

/** What a seat is to the one who looks: the state, the band of its price and what it is marked as, in one small number. */
export const kinds = { free: 0, taken: 1, chosen: 2, held: 3, dimmed: 4 } as const;
const bandBits = 3;
const markBits = 2;

export function lookOf(kind: number, band: number, mark: number): number {
  return (((kind << bandBits) | Math.max(0, band)) << markBits) | mark;
}

export const kindOf = (look: number) => look >> (bandBits + markBits);
const bandOf = (look: number) => (look >> markBits) & ((1 << bandBits) - 1);
const markOf = (look: number) => look & ((1 << markBits) - 1);

/** More looks than there can be. */
export const lookCount = 8 << (bandBits + markBits);

/** The page's colours and typeface, as its style sheet has them now. */
export interface Colours {
  bands: readonly string[];
  onBand: string;
  taken: string;
  accent: string;
  onAccent: string;
  text: string;
  soft: string;
  surface: string;
  font: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    bands: [1, 2, 3, 4, 5, 6].map((band) => colour(`--band-${band}`)),
    onBand: colour("--on-band"),
    taken: colour("--seat-taken"),
    accent: colour("--accent"),
    onAccent: colour("--on-accent"),
    text: colour("--text"),
    soft: colour("--text-soft"),
    surface: colour("--surface"),
    font: style.fontFamily,
  };
}

/** The one colour of a seat that is too small for anything else. */
export function plainColour(look: number, colours: Colours): string {
  const kind = kindOf(look);
  if (kind === kinds.chosen || kind === kinds.held) return colours.accent;
  if (kind === kinds.taken || kind === kinds.dimmed) return colours.taken;
  return colours.bands[bandOf(look)] ?? colours.text;
}

/** Whether the number can stand on it. */
export function isNumbered(look: number): boolean {
  const kind = kindOf(look);
  const mark = markOf(look);
  return (kind === kinds.free || kind === kinds.dimmed) && mark !== marks.wheelchair && mark !== marks.companion;
}

type Pen = OffscreenCanvasRenderingContext2D;

/** Pictures that are kept; a room with more looks in view draws some of them again. */
const mostPictures = 64;

/** Pictures of seats of one size, side by side. */
export class Stamps {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #at = new Int16Array(lookCount).fill(-1);
  #size = 0;
  #next = 0;
  #colours: Colours | undefined;
  #numbered = false;

  /** Side of a picture in device pixels. */
  get side(): number {
    return this.#size;
  }

  /** Begins anew if anything is other than before. */
  begin(size: number, colours: Colours, numbered: boolean): void {
    const side = Math.max(4, Math.ceil(size));
    if (side === this.#size && colours === this.#colours && numbered === this.#numbered) return;
    this.#size = side;
    this.#colours = colours;
    this.#numbered = numbered;
    this.#at.fill(-1);
    this.#next = 0;
    this.#canvas.width = side * mostPictures;
    this.#canvas.height = side;
  }

  /** Draws a seat with its middle at a point, in device pixels. */
  stamp(target: CanvasRenderingContext2D, look: number, x: number, y: number): void {
    let at = this.#at[look] ?? -1;
    if (at < 0) at = this.#make(look);
    const side = this.#size;
    target.drawImage(this.#canvas, at, 0, side, side, Math.round(x - side / 2), Math.round(y - side / 2), side, side);
  }

  #make(look: number): number {
    const pen = this.#canvas.getContext("2d");
    if (!pen || !this.#colours) return 0;
    if (this.#next === mostPictures) {
      this.#at.fill(-1);
      this.#next = 0;
      pen.clearRect(0, 0, this.#canvas.width, this.#size);
    }
    const at = this.#next * this.#size;
    this.#next += 1;
    this.#at[look] = at;
    pen.save();
    pen.translate(at + this.#size / 2, this.#size / 2);
    draw(pen, look, this.#size / 2 - 1, this.#colours, this.#numbered);
    pen.restore();
    return at;
  }
}

/** A seat around the origin. */
function draw(pen: Pen, look: number, radius: number, colours: Colours, numbered: boolean): void {
  const kind = kindOf(look);
  const band = bandOf(look);
  const colour = colours.bands[band] ?? colours.text;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  if (kind === kinds.taken) {
    disc(pen, radius * 0.62, colours.taken);
    return;
  }
  if (kind === kinds.chosen) {
    disc(pen, radius, colours.accent);
    stroke(pen, colours.onAccent, radius * 0.26, [-0.42, 0.04, -0.1, 0.36, 0.46, -0.34], radius);
    return;
  }
  if (kind === kinds.held) {
    disc(pen, radius, colours.accent);
    disc(pen, radius * 0.62, colours.surface);
    disc(pen, radius * 0.3, colours.accent);
    return;
  }
  pen.globalAlpha = kind === kinds.dimmed ? 0.22 : 1;
  disc(pen, radius, colour);
  pattern(pen, band, radius, colours.onBand);
  if (numbered && band > 0) disc(pen, radius * 0.66, colour);
  mark(pen, markOf(look), radius, colours, colour);
}

function disc(pen: Pen, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 7);
  pen.fillStyle = colour;
  pen.fill();
}

function stroke(pen: Pen, colour: string, width: number, points: readonly number[], unit: number): void {
  pen.beginPath();
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [(points[at] ?? 0) * unit, (points[at + 1] ?? 0) * unit];
    if (at === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

/** Lines of each band over its colour, as in price-bands.tsx: from -1 to 1, four numbers a line; a point is a dot. */
const patterns: readonly (readonly number[])[] = [
  [],
  [-1, 0.2, 0.2, -1, -0.9, 0.9, 0.9, -0.9, -0.2, 1, 1, -0.2],
  [-0.45, -0.45, -0.45, -0.45, 0.45, -0.45, 0.45, -0.45, -0.45, 0.45, -0.45, 0.45, 0.45, 0.45, 0.45, 0.45],
  [-1, -0.4, 1, -0.4, -1, 0.4, 1, 0.4],
  [-1, 0, 1, 0, 0, -1, 0, 1],
  [-0.4, -1, -0.4, 1, 0.4, -1, 0.4, 1],
];

function pattern(pen: Pen, band: number, radius: number, colour: string): void {
  const lines = patterns[band] ?? [];
  if (lines.length === 0 || radius < 4) return;
  pen.save();
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 7);
  pen.clip();
  for (let at = 0; at < lines.length; at += 4) {
    stroke(pen, colour, radius * (band === 2 ? 0.4 : 0.2), lines.slice(at, at + 4), radius);
  }
  pen.restore();
}

function mark(pen: Pen, marked: number, radius: number, colours: Colours, colour: string): void {
  if (marked === marks.none) return;
  disc(pen, radius * 0.72, colours.onBand);
  if (marked === marks.wheelchair) {
    stroke(pen, colour, radius * 0.16, [-0.08, -0.42, -0.08, 0.06, 0.26, 0.06, 0.42, 0.42], radius);
    pen.beginPath();
    pen.arc(-0.08 * radius, 0.18 * radius, radius * 0.3, -1.9, 1.3, true);
    pen.stroke();
  } else if (marked === marks.companion) {
    pen.beginPath();
    pen.arc(0, -0.22 * radius, radius * 0.2, 0, 7);
    pen.fillStyle = colour;
    pen.fill();
    pen.beginPath();
    pen.arc(0, 0.48 * radius, radius * 0.36, Math.PI, 0);
    pen.fill();
  } else {
    stroke(pen, colour, radius * 0.18, [-0.4, 0.4, 0.4, -0.4], radius);
  }
}
