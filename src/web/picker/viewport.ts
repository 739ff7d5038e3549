// Which part of a drawing a frame shows: pure maths of panning and zooming. Points of the drawing are in its units, those of the
// frame in pixels from its upper left corner.

import type { Box } from "../../domain/seat-geometry.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The drawing's point in the frame's upper left corner, and pixels for each unit. */
export interface View extends Point {
  scale: number;
}

/** How far one can go out and in. */
export interface Limits {
  least: number;
  most: number;
}

/** Shows a box whole, in the middle of the frame, with a margin of so many pixels. */
export function fit(box: Box, frame: Size, margin = 0): View {
  const scale = Math.min(
    Math.max(1, frame.width - 2 * margin) / box.width,
    Math.max(1, frame.height - 2 * margin) / box.height,
  );
  return centredOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, scale, frame);
}

/** Shows a point in the middle of the frame. */
export function centredOn({ x, y }: Point, scale: number, frame: Size): View {
  return { x: x - frame.width / 2 / scale, y: y - frame.height / 2 / scale, scale };
}

/** From everything to seats that are `mostPitch` pixels apart; `pitch` is how far apart they are in the drawing. */
export function limitsOf(box: Box, frame: Size, pitch: number, mostPitch: number): Limits {
  const least = fit(box, frame).scale;
  return { least, most: Math.max(least, mostPitch / pitch) };
}

/** Zooms by a factor, with what lies under a point of the frame staying there. */
export function zoomed(view: View, factor: number, at: Point, { least, most }: Limits): View {
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const held = toDrawing(view, at);
  return { x: held.x - at.x / scale, y: held.y - at.y / scale, scale };
}

/** Moves what is shown along with a finger that moves by so many pixels. */
export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
}

/** The nearest view that shows no more beside the drawing than has to be: what is smaller than the frame stands in its middle. */
export function kept(view: View, box: Box, frame: Size): View {
  const along = (at: number, from: number, length: number, shown: number) =>
    length <= shown ? from + length / 2 - shown / 2 : Math.min(from + length - shown, Math.max(from, at));
  return {
    scale: view.scale,
    x: along(view.x, box.x, box.width, frame.width / view.scale),
    y: along(view.y, box.y, box.height, frame.height / view.scale),
  };
}

/** Moves the view as little as may be so that a point is at least `margin` pixels inside. */
export function revealing(view: View, point: Point, frame: Size, margin: number): View {
  const at = toFrame(view, point);
  const along = (value: number, length: number) => Math.min(0, value - margin) + Math.max(0, value - (length - margin));
  return panned(view, -along(at.x, frame.width), -along(at.y, frame.height));
}

export function visible(view: View, frame: Size): Box {
  return { x: view.x, y: view.y, width: frame.width / view.scale, height: frame.height / view.scale };
}

export function toDrawing(view: View, { x, y }: Point): Point {
  return { x: view.x + x / view.scale, y: view.y + y / view.scale };
}

export function toFrame(view: View, { x, y }: Point): Point {
  return { x: (x - view.x) * view.scale, y: (y - view.y) * view.scale };
}

/**
 * A view on the way from one to another, `share` of it gone. The scale grows evenly, and the middle moves as fast as it seems
 * to at that scale: neither end rushes.
 */
export function between(from: View, to: View, share: number, frame: Size): View {
  const scale = from.scale * (to.scale / from.scale) ** share;
  const gone = from.scale === to.scale ? share : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  const middle = (view: View) => toDrawing(view, { x: frame.width / 2, y: frame.height / 2 });
  const [a, b] = [middle(from), middle(to)];
  return centredOn({ x: a.x + (b.x - a.x) * gone, y: a.y + (b.y - a.y) * gone }, scale, frame);
}
