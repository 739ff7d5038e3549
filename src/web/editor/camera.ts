// Which part of a drawing the canvas shows, and how large.

import type { Point } from "../../domain/seat-map-rows.ts";
import type { Box } from "./drawing.ts";

/** The point of the drawing in the canvas's corner, and pixels for each of its units. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const leastScale = 0.005;
const mostScale = 4;

export function toDrawing(camera: Camera, { x, y }: Point): Point {
  return { x: camera.x + x / camera.scale, y: camera.y + y / camera.scale };
}

export function toCanvas(camera: Camera, { x, y }: Point): Point {
  return { x: (x - camera.x) * camera.scale, y: (y - camera.y) * camera.scale };
}

/** Larger or smaller by a factor, with what lies under a point of the canvas staying there. */
export function zoomAt(camera: Camera, factor: number, at: Point): Camera {
  const scale = Math.min(mostScale, Math.max(leastScale, camera.scale * factor));
  const under = toDrawing(camera, at);
  return { x: under.x - at.x / scale, y: under.y - at.y / scale, scale };
}

/** Moved by pixels, as a hand moves paper. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** What floats on the canvas of a phone, in pixels: above what a click selects, with the word over a thin screen; below the zoom. */
const air = { side: 24, above: 70, below: 58 } as const;

/** All of a box in view, in the middle of what nothing floats on. */
export function fitted(box: Box, size: Size, most = 1.2): Camera {
  const [width, height] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)];
  const free = {
    width: Math.max(20, size.width - 2 * air.side),
    height: Math.max(20, size.height - air.above - air.below),
  };
  const fits = Math.min(free.width / width, free.height / height);
  const scale = Math.min(most, Math.max(leastScale, fits));
  return {
    x: (box.left + box.right) / 2 - size.width / 2 / scale,
    y: (box.top + box.bottom) / 2 - (air.above + free.height / 2) / scale,
    scale,
  };
}

/** What is in view. */
export function viewOf(camera: Camera, size: Size): Box {
  const { x: right, y: bottom } = toDrawing(camera, { x: size.width, y: size.height });
  return { left: camera.x, top: camera.y, right, bottom };
}
