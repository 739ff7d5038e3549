// The seats in view of a large room on a canvas. Only what is in view is drawn, and of what changes only its own small square.

import Flatbush from "flatbush";
import { seatNumber, type PlacedSeats } from "../../domain/packed-seat-map.ts";
import type { Drawing } from "./data.ts";
import { coloursOf, isNumbered, plainColour, Stamps, type Colours } from "./looks.ts";
import { toDrawing, visible, type Point, type Size, type View } from "./viewport.ts";

/** From so many pixels between seats on: seats are drawn at all, with their look, with numbers. */
export const seenFrom = 3.6;
const lookFrom = 8;
const namesFrom = 11;
const numbersFrom = 21;
/** A seat's width as a share of the distance to the next. */
const share = 0.84;
/** Of text before it is drawn larger or smaller, in pixels. */
const fontSize = 20;
/** A change of more seats than this is drawn with everything else. */
const mostSquares = 1_500;

export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #seats: PlacedSeats;
  readonly #drawing: Drawing;
  readonly #looks: Uint8Array;
  readonly #stamps = new Stamps();
  readonly #index: Flatbush;
  /** Places of the index's items: standing places are not in it. */
  readonly #places: Int32Array;
  /** Where the names of sections stand. */
  readonly #names: readonly (Point & { name: string })[];
  #colours: Colours;
  #ratio = 1;
  #size: Size = { width: 0, height: 0 };
  #view: View = { x: 0, y: 0, scale: 1 };
  #font = "";

  /** `looks` has the look of each place, and is kept up to date by whoever changes it. */
  constructor(canvas: HTMLCanvasElement, seats: PlacedSeats, drawing: Drawing, looks: Uint8Array) {
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("there is no canvas to draw on");
    this.#canvas = canvas;
    this.#pen = pen;
    this.#seats = seats;
    this.#drawing = drawing;
    this.#looks = looks;
    this.#colours = coloursOf(canvas);
    this.#places = Int32Array.from({ length: seats.count }, (_, place) => place).filter(
      (place) => (seats.rowOf[place] ?? -1) >= 0,
    );
    this.#index = new Flatbush(this.#places.length, 16, Float32Array);
    for (const place of this.#places) {
      const [x, y] = [seats.x[place] ?? 0, seats.y[place] ?? 0];
      this.#index.add(x, y, x, y);
    }
    this.#index.finish();
    this.#names = namesOf(seats, drawing.pitch);
  }

  /** The colours are others: another theme. */
  recolour(): void {
    this.#colours = coloursOf(this.#canvas);
  }

  /** Draws everything in view. */
  draw(view: View, size: Size): void {
    this.#view = view;
    this.#fit(size);
    const pen = this.#pen;
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const pitch = this.#drawing.pitch * view.scale;
    if (pitch < seenFrom) return;
    const places = this.#inView(this.#drawing.pitch);
    if (pitch < lookFrom) this.#dots(places);
    else this.#stamp(places, pitch);
    if (pitch >= namesFrom) this.#rowNames(places, pitch);
    this.#sectionNames(pitch);
  }

  /** Draws places again that look otherwise now; false if everything had better be drawn. */
  redraw(places: readonly number[]): boolean {
    const pitch = this.#drawing.pitch * this.#view.scale;
    if (pitch < seenFrom) return true;
    if (places.length > mostSquares) return false;
    const { x, y, width, height } = visible(this.#view, this.#size);
    const seats = this.#seats;
    const shown = places.filter((place) => {
      const [px, py] = [seats.x[place] ?? 0, seats.y[place] ?? 0];
      return (seats.rowOf[place] ?? -1) >= 0 && px > x && py > y && px < x + width && py < y + height;
    });
    const side = Math.ceil(this.#side(pitch)) + 2;
    for (const place of shown) {
      this.#pen.clearRect(Math.round(this.#x(place) - side / 2), Math.round(this.#y(place) - side / 2), side, side);
    }
    if (pitch < lookFrom) this.#dots(shown);
    else this.#stamp(shown, pitch);
    return true;
  }

  /** The seat at a point of the frame, or the nearest within reach of a finger; -1 for none. */
  seatAt(point: Point): number {
    const { x, y } = toDrawing(this.#view, point);
    const reach = Math.max(this.#drawing.pitch * 0.6, 10 / this.#view.scale);
    const [found] = this.#index.neighbors(x, y, 1, reach);
    return found === undefined ? -1 : (this.#places[found] ?? -1);
  }

  /** The seat nearest to a point of the drawing. */
  nearest({ x, y }: Point): number {
    const [found] = this.#index.neighbors(x, y, 1);
    return found === undefined ? -1 : (this.#places[found] ?? -1);
  }

  #fit(size: Size): void {
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    this.#size = size;
    this.#ratio = ratio;
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    // Another size is another canvas.
    this.#font = "";
  }

  #inView(margin: number): number[] {
    const { x, y, width, height } = visible(this.#view, this.#size);
    const found = this.#index.search(x - margin, y - margin, x + width + margin, y + height + margin);
    for (let at = 0; at < found.length; at += 1) found[at] = this.#places[found[at] ?? 0] ?? 0;
    return found;
  }

  #x(place: number): number {
    return ((this.#seats.x[place] ?? 0) - this.#view.x) * this.#view.scale * this.#ratio;
  }

  #y(place: number): number {
    return ((this.#seats.y[place] ?? 0) - this.#view.y) * this.#view.scale * this.#ratio;
  }

  #side(pitch: number): number {
    return pitch * share * this.#ratio;
  }

  /** Squares of one colour each, colour by colour: the fastest a canvas can. */
  #dots(places: readonly number[]): void {
    const pen = this.#pen;
    const side = Math.max(1, Math.round(this.#side(this.#drawing.pitch * this.#view.scale)));
    const byLook = new Map<number, number[]>();
    for (const place of places) {
      const look = this.#looks[place] ?? 0;
      const same = byLook.get(look);
      if (same) same.push(place);
      else byLook.set(look, [place]);
    }
    for (const [look, same] of byLook) {
      pen.fillStyle = plainColour(look, this.#colours);
      for (const place of same) {
        pen.fillRect(Math.round(this.#x(place) - side / 2), Math.round(this.#y(place) - side / 2), side, side);
      }
    }
  }

  #stamp(places: readonly number[], pitch: number): void {
    const numbered = pitch >= numbersFrom;
    this.#stamps.begin(this.#side(pitch), this.#colours, numbered);
    for (const place of places) this.#stamps.stamp(this.#pen, this.#looks[place] ?? 0, this.#x(place), this.#y(place));
    if (!numbered) return;
    this.#write(this.#colours.onBand);
    for (const place of places) {
      if (isNumbered(this.#looks[place] ?? 0)) {
        this.#text(seatNumber(this.#seats, place), this.#x(place), this.#y(place) + this.#ratio * 0.5, pitch * 0.34);
      }
    }
    this.#pen.resetTransform();
  }

  /** Names of the rows in view, before their first seat and behind their last. */
  #rowNames(places: readonly number[], pitch: number): void {
    const { rows, rowOf } = this.#seats;
    const size = Math.min(15, pitch * 0.5);
    this.#write(this.#colours.soft);
    for (const index of new Set(places.map((place) => rowOf[place] ?? -1))) {
      const row = rows[index];
      if (!row || row.length < 2) continue;
      const last = row.start + row.length - 1;
      this.#beside(row.name, row.start, row.start + 1, size);
      this.#beside(row.name, last, last - 1, size);
    }
    this.#pen.resetTransform();
  }

  /** Names of sections, before their first row. */
  #sectionNames(pitch: number): void {
    this.#write(this.#colours.text);
    const [view, ratio] = [this.#view, this.#ratio];
    const size = Math.min(22, Math.max(11, pitch));
    for (const { name, x, y } of this.#names) {
      this.#text(name, (x - view.x) * view.scale * ratio, (y - view.y) * view.scale * ratio, size);
    }
    this.#pen.resetTransform();
  }

  /** A text as far beyond a seat as its neighbour stands on the other side. */
  #beside(text: string, seat: number, neighbour: number, size: number): void {
    const [x, y] = [this.#x(seat), this.#y(seat)];
    this.#text(text, x + (x - this.#x(neighbour)) * 0.95, y + (y - this.#y(neighbour)) * 0.95, size);
  }

  #text(text: string, x: number, y: number, size: number): void {
    const scale = (size * this.#ratio) / fontSize;
    this.#pen.setTransform(scale, 0, 0, scale, x, y);
    this.#pen.fillText(text, 0, 0);
  }

  /** One typeface in one size, drawn larger and smaller: naming another makes the browser bring all styles up to date, 4 ms a frame. */
  #write(colour: string): void {
    const pen = this.#pen;
    const font = `650 ${fontSize}px ${this.#colours.font}`;
    if (this.#font !== font) {
      pen.font = this.#font = font;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
    }
    pen.fillStyle = colour;
  }
}

/** Before the first row of each section, on the side where the second is not. */
function namesOf({ sections, rows, x, y }: PlacedSeats, pitch: number): (Point & { name: string })[] {
  const middle = (row: number): Point => {
    const { start = 0, length = 1 } = rows[row] ?? {};
    const [first, last] = [start, start + length - 1];
    const along = (values: Float32Array) => ((values[first] ?? 0) + (values[last] ?? 0)) / 2;
    const between = start + Math.floor(length / 2);
    // An arc's ends lie behind its middle.
    return { x: length % 2 ? (x[between] ?? 0) : along(x), y: length % 2 ? (y[between] ?? 0) : along(y) };
  };
  return sections.flatMap(({ id, name, kind, firstRow, rowCount }) => {
    if (kind !== "seats") return [];
    const [one, two] = [middle(firstRow), middle(firstRow + Math.min(1, rowCount - 1))];
    const depth = Math.hypot(one.x - two.x, one.y - two.y);
    const share = depth === 0 ? 0 : (1.7 * pitch) / depth;
    return [
      {
        name: sections.length > 12 ? id : name,
        x: one.x + (one.x - two.x) * share,
        y: one.y + (one.y - two.y) * share,
      },
    ];
  });
}
