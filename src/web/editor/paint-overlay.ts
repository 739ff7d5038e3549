// Draws over the room what only the person at the editor sees: what is selected, handles, rectangles, what is being drawn.

import type { Point } from "../../domain/seat-map-rows.ts";
import { rowDepth, spacing } from "../../domain/seat-map-room.ts";
import { blockIn, rowBetween } from "./adding.ts";
import { toCanvas, viewOf } from "./camera.ts";
import type { Gesture } from "./desk.ts";
import { outlineAround } from "./document.ts";
import { seatPoints, type Box, type DrawnRow } from "./drawing.ts";
import type { Handle } from "./handles.ts";
import { paintMoving, paintNames, tracePath } from "./paint.ts";
import type { Scene } from "./scene.ts";
import type { Selection } from "./selection.ts";
import { seatRadius } from "./space.ts";

export interface Overlay {
  selection: Selection;
  handles: readonly Handle[];
  gesture: Gesture | undefined;
  hint: { text: string; x: number; y: number } | undefined;
}

export function paintOverlay(canvas: CanvasRenderingContext2D, scene: Scene, overlay: Overlay): void {
  const { density, size } = scene;
  canvas.setTransform(density, 0, 0, density, 0, 0);
  canvas.clearRect(0, 0, size.width, size.height);
  const { gesture, selection } = overlay;
  const [dx, dy] = gesture?.kind === "move" ? [gesture.dx, gesture.dy] : [0, 0];
  if (gesture?.kind === "move") paintMoving(canvas, scene, selection, dx, dy);
  paintSelected(canvas, scene, selection, dx, dy);
  if (gesture) paintGesture(canvas, scene, gesture);
  if (gesture === undefined || gesture.kind === "pan")
    for (const handle of overlay.handles) paintHandle(canvas, scene, handle);
  if (overlay.hint) paintHint(canvas, scene, overlay.hint);
}

function paintSelected(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  selection: Selection,
  dx: number,
  dy: number,
): void {
  const { drawing, camera, palette, space } = scene;
  canvas.strokeStyle = palette.accent;
  canvas.lineWidth = 2;
  for (const area of drawing.areas) {
    if (!selection.areas.has(area.key)) continue;
    const outline = area.kind === "seats" ? outlineAround(area) : area.outline;
    if (outline.length === 0) continue;
    tracePath(canvas, camera, outline, dx, dy);
    canvas.globalAlpha = 0.04;
    canvas.fillStyle = palette.accent;
    canvas.fill();
    canvas.globalAlpha = 1;
    canvas.stroke();
  }
  paintNames(canvas, scene, selection.areas, dx, dy);
  canvas.strokeStyle = palette.accent;
  canvas.lineWidth = 2;
  if (selection.stage) {
    const { stage } = drawing;
    const { x, y } = toCanvas(camera, { x: stage.x + dx, y: stage.y + dy });
    canvas.strokeRect(x - 3, y - 3, stage.width * camera.scale + 6, stage.height * camera.scale + 6);
  }
  if (selection.rows.size + selection.seats.size === 0) return;
  const view = viewOf({ ...camera, x: camera.x - dx, y: camera.y - dy }, scene.size);
  for (const { area, row } of space.rowsIn(view)) {
    if (selection.areas.has(area.key)) continue;
    if (selection.rows.has(row.key)) paintBand(canvas, scene, row, dx, dy);
    else {
      const seats = selection.seats.get(row.key);
      if (seats) paintRings(canvas, scene, row, seats, dx, dy);
    }
  }
}

/** A broad line under a row that is selected. */
function paintBand(canvas: CanvasRenderingContext2D, scene: Scene, row: DrawnRow, dx: number, dy: number): void {
  const { camera, palette } = scene;
  canvas.beginPath();
  for (const [index, point] of seatPoints(row).entries()) {
    const { x, y } = toCanvas(camera, { x: point.x + dx, y: point.y + dy });
    if (index === 0) canvas.moveTo(x - 0.1, y);
    canvas.lineTo(x, y);
  }
  canvas.lineCap = "round";
  canvas.lineJoin = "round";
  canvas.strokeStyle = palette.accent;
  canvas.globalAlpha = 0.28;
  canvas.lineWidth = Math.max(5, 2.7 * seatRadius * camera.scale);
  canvas.stroke();
  canvas.globalAlpha = 1;
  canvas.lineCap = "butt";
  canvas.lineJoin = "miter";
}

function paintRings(
  canvas: CanvasRenderingContext2D,
  { camera, palette }: Scene,
  row: DrawnRow,
  seats: ReadonlySet<number>,
  dx: number,
  dy: number,
): void {
  const points = seatPoints(row);
  const radius = Math.max(3, 1.15 * seatRadius * camera.scale);
  canvas.strokeStyle = palette.accent;
  canvas.fillStyle = palette.accent;
  canvas.lineWidth = 2;
  for (const seat of seats) {
    const point = points[seat];
    if (!point) continue;
    const { x, y } = toCanvas(camera, { x: point.x + dx, y: point.y + dy });
    canvas.beginPath();
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
    canvas.globalAlpha = 0.25;
    canvas.fill();
    canvas.globalAlpha = 1;
    canvas.stroke();
  }
}

function paintGesture(canvas: CanvasRenderingContext2D, scene: Scene, gesture: Gesture): void {
  const { palette } = scene;
  canvas.strokeStyle = palette.accent;
  canvas.fillStyle = palette.accent;
  canvas.lineWidth = 1.5;
  if (gesture.kind === "marquee") {
    paintBox(canvas, scene, gesture.box);
  } else if (gesture.kind === "row") {
    paintDots(canvas, scene, seatPoints(rowBetween(gesture.from, gesture.to, "")));
  } else if (gesture.kind === "box") {
    paintBox(canvas, scene, gesture.box);
    if (gesture.tool === "block") paintDots(canvas, scene, blockPoints(gesture.box));
  }
}

function paintBox(canvas: CanvasRenderingContext2D, { camera }: Scene, box: Box): void {
  const { x, y } = toCanvas(camera, { x: box.left, y: box.top });
  const [width, height] = [(box.right - box.left) * camera.scale, (box.bottom - box.top) * camera.scale];
  canvas.globalAlpha = 0.1;
  canvas.fillRect(x, y, width, height);
  canvas.globalAlpha = 1;
  canvas.strokeRect(x, y, width, height);
}

function blockPoints(box: Box): Point[] {
  const { rows, seats, left, top } = blockIn(box);
  return Array.from({ length: rows * seats }, (_, index) => ({
    x: left + (index % seats) * spacing,
    y: top + Math.floor(index / seats) * rowDepth,
  }));
}

function paintDots(canvas: CanvasRenderingContext2D, { camera, palette }: Scene, points: readonly Point[]): void {
  const radius = Math.max(1.5, seatRadius * camera.scale);
  canvas.beginPath();
  for (const point of points) {
    const { x, y } = toCanvas(camera, point);
    canvas.moveTo(x + radius, y);
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
  }
  canvas.fillStyle = palette.accentSoft;
  canvas.fill();
  canvas.stroke();
}

function paintHandle(canvas: CanvasRenderingContext2D, { camera, palette }: Scene, handle: Handle): void {
  const { x, y } = toCanvas(camera, handle.at);
  canvas.fillStyle = palette.paper;
  canvas.strokeStyle = palette.accent;
  canvas.lineWidth = 2;
  canvas.beginPath();
  if (handle.kind === "corner") canvas.rect(x - 6, y - 6, 12, 12);
  else if (handle.kind === "curve") {
    canvas.moveTo(x, y - 8);
    canvas.lineTo(x + 8, y);
    canvas.lineTo(x, y + 8);
    canvas.lineTo(x - 8, y);
    canvas.closePath();
  } else canvas.arc(x, y, 7, 0, 2 * Math.PI);
  canvas.fill();
  canvas.stroke();
  if (handle.kind !== "turn") return;
  canvas.beginPath();
  canvas.arc(x, y, 3.2, -0.6, 1.5 * Math.PI);
  canvas.lineWidth = 1.5;
  canvas.stroke();
}

function paintHint(
  canvas: CanvasRenderingContext2D,
  { palette, size }: Scene,
  hint: { text: string; x: number; y: number },
): void {
  canvas.font = `600 13px ${palette.font}`;
  const width = canvas.measureText(hint.text).width + 16;
  const x = Math.min(hint.x + 16, size.width - width - 4);
  const y = Math.max(hint.y - 34, 4);
  canvas.fillStyle = palette.text;
  canvas.beginPath();
  canvas.roundRect(x, y, width, 26, 8);
  canvas.fill();
  canvas.fillStyle = palette.paper;
  canvas.textAlign = "left";
  canvas.textBaseline = "middle";
  canvas.fillText(hint.text, x + 8, y + 13.5);
}
