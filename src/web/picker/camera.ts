// What a frame shows of its drawing, at the size the frame has, with flights from one view to another. Draws at most once a frame.

import type { Box } from "../../domain/seat-geometry.ts";
import {
  between,
  fit,
  kept,
  limitsOf,
  panned,
  revealing,
  zoomed,
  type Limits,
  type Point,
  type Size,
  type View,
} from "./viewport.ts";

/** Seats can be so many pixels apart at most. */
const mostPitch = 48;
const flightMs = 320;
/** A view that has not changed for so long is at rest. */
const restMs = 140;

export interface CameraParts {
  frame: HTMLElement;
  box: Box;
  pitch: number;
  draw(view: View): void;
  /** The view has come to rest. */
  rest(view: View): void;
}

export class Camera {
  view: View;
  size: Size;
  readonly #parts: CameraParts;
  #limits: Limits;
  #flight: { from: View; to: View; began: number } | undefined;
  #frameAsked = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: CameraParts) {
    this.#parts = parts;
    this.size = sizeOf(parts.frame);
    this.#limits = limitsOf(parts.box, this.size, parts.pitch, mostPitch);
    this.view = fit(parts.box, this.size);
    new ResizeObserver(() => this.#resize()).observe(parts.frame);
  }

  /** Pixels between neighbouring seats. */
  get pitch(): number {
    return this.#parts.pitch * this.view.scale;
  }

  get isWhole(): boolean {
    return this.view.scale <= this.#limits.least * 1.01;
  }

  get isNearest(): boolean {
    return this.view.scale >= this.#limits.most * 0.99;
  }

  /** Goes somewhere, at once or in a flight. */
  go(view: View, fly = false): void {
    const to = kept(view, this.#parts.box, this.size);
    if (fly && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#flight = { from: this.view, to, began: performance.now() };
    } else {
      this.#flight = undefined;
      this.view = to;
    }
    this.ask();
  }

  whole(): void {
    this.go(fit(this.#parts.box, this.size), true);
  }

  /** Shows a part of the drawing, as near as it fits. */
  show(box: Box): void {
    const view = fit(box, this.size, 28);
    const scale = Math.min(this.#limits.most, Math.max(this.#limits.least, view.scale));
    this.go(zoomed(view, scale / view.scale, { x: this.size.width / 2, y: this.size.height / 2 }, this.#limits), true);
  }

  zoom(factor: number, at: Point = { x: this.size.width / 2, y: this.size.height / 2 }, fly = false): void {
    // Presses of a button add up although each is still on its way.
    this.go(zoomed(fly ? (this.#flight?.to ?? this.view) : this.view, factor, at, this.#limits), fly);
  }

  pan(dx: number, dy: number): void {
    this.go(panned(this.view, dx, dy));
  }

  /** Brings a point of the drawing into the frame, if it is not. */
  reveal(point: Point): void {
    const view = this.#flight?.to ?? this.view;
    const margin = Math.min(72, this.size.width / 5, this.size.height / 5);
    const shown = revealing(view, point, this.size, margin);
    if (shown.x !== view.x || shown.y !== view.y) this.go(shown, true);
  }

  /** Draws in the next frame. */
  ask(): void {
    if (this.#frameAsked === 0) this.#frameAsked = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    this.#frameAsked = 0;
    const flight = this.#flight;
    if (flight) {
      const share = Math.min(1, Math.max(0, (now - flight.began) / flightMs));
      this.view = share === 1 ? flight.to : between(flight.from, flight.to, 1 - (1 - share) ** 3, this.size);
      if (share === 1) this.#flight = undefined;
      else this.ask();
    }
    this.#parts.draw(this.view);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#parts.rest(this.view), restMs);
  }

  #resize(): void {
    const size = sizeOf(this.#parts.frame);
    if (size.width === this.size.width && size.height === this.size.height) return;
    const { whole, middle } = { whole: this.isWhole, middle: { x: this.size.width / 2, y: this.size.height / 2 } };
    const moved = { x: size.width / 2 - middle.x, y: size.height / 2 - middle.y };
    this.size = size;
    this.#limits = limitsOf(this.#parts.box, size, this.#parts.pitch, mostPitch);
    this.go(whole ? fit(this.#parts.box, size) : panned(this.view, moved.x, moved.y));
  }
}

const sizeOf = (frame: HTMLElement): Size => ({
  width: Math.max(1, frame.clientWidth),
  height: Math.max(1, frame.clientHeight),
});
