// What painting needs to know, and writing on a canvas.

import type { Camera, Size } from "./camera.ts";
import type { Drawing } from "./drawing.ts";
import type { Palette } from "./palette.ts";
import type { Space } from "./space.ts";

export interface Scene {
  drawing: Drawing;
  space: Space;
  camera: Camera;
  size: Size;
  palette: Palette;
  texts: { places: (count: number) => string };
  /** Pixels of the device for each of the page's. */
  density: number;
}

export function write(
  canvas: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  font: number,
  weight = 500,
): void {
  canvas.font = `${weight} ${font}px ${palette.font}`;
  canvas.textAlign = "center";
  canvas.textBaseline = "middle";
  canvas.fillText(text, x, y);
}
