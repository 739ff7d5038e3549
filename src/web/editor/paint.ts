// Draws a room: paper, stage, sections and what is in them.

import { toCanvas, viewOf, type Camera } from "./camera.ts";
import { outlineAround } from "./document.ts";
import { areaBox, type Area, type Corners, type DrawnRow } from "./drawing.ts";
import { paintRows, smallBelow } from "./paint-seats.ts";
import { colourOf } from "./palette.ts";
import { write, type Scene } from "./scene.ts";
import type { Selection } from "./selection.ts";
import { seatRadius } from "./space.ts";

/** The whole picture, but for what is about to move. */
export function paintRoom(canvas: CanvasRenderingContext2D, scene: Scene, hidden: Selection | undefined): void {
  const { drawing, palette, size, density } = scene;
  canvas.setTransform(density, 0, 0, density, 0, 0);
  canvas.fillStyle = palette.ground;
  canvas.fillRect(0, 0, size.width, size.height);
  paintPaper(canvas, scene);
  if (!hidden?.stage) paintStage(canvas, scene, 0, 0);
  const areas = drawing.areas.filter((area) => !hidden?.areas.has(area.key));
  for (const area of areas) paintGround(canvas, scene, area, 0, 0);
  const rows = scene.space.rowsIn(viewOf(scene.camera, scene.size));
  paintRows(canvas, scene, hidden ? rows.filter(({ area, row }) => !isHidden(hidden, area, row)) : rows, hidden, 0, 0);
  for (const area of areas) paintName(canvas, scene, area, 0, 0);
  paintFocus(canvas, scene);
}

function isHidden(hidden: Selection, area: Area, row: DrawnRow): boolean {
  return hidden.areas.has(area.key) || hidden.rows.has(row.key);
}

/** What is about to move, where it would be. */
export function paintMoving(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  moving: Selection,
  dx: number,
  dy: number,
): void {
  const { drawing, space, camera, size } = scene;
  const areas = drawing.areas.filter((area) => moving.areas.has(area.key));
  const view = viewOf({ ...camera, x: camera.x - dx, y: camera.y - dy }, size);
  const rows = space.rowsIn(view).filter(({ area, row }) => isHidden(moving, area, row));
  if (moving.stage) paintStage(canvas, scene, dx, dy);
  for (const area of areas) paintGround(canvas, scene, area, dx, dy);
  paintRows(canvas, scene, rows, undefined, dx, dy);
  const seats = space.rowsIn(view).flatMap(({ area, row }) => {
    const chosen = isHidden(moving, area, row) ? undefined : moving.seats.get(row.key);
    return chosen ? [{ area, row: { ...row, seats: row.seats.filter((_, index) => chosen.has(index)) } }] : [];
  });
  paintRows(canvas, scene, seats, undefined, dx, dy);
  for (const area of areas) paintName(canvas, scene, area, dx, dy);
}

function paintPaper(canvas: CanvasRenderingContext2D, { drawing, camera, palette }: Scene): void {
  const { x, y } = toCanvas(camera, { x: 0, y: 0 });
  const [width, height] = [drawing.width * camera.scale, drawing.height * camera.scale];
  canvas.fillStyle = palette.paper;
  canvas.fillRect(x, y, width, height);
  const step = [100, 500, 1_000, 5_000].find((length) => length * camera.scale >= 22);
  canvas.strokeStyle = palette.grid;
  canvas.lineWidth = 1;
  canvas.beginPath();
  if (step !== undefined) {
    for (let at = step; at < drawing.width; at += step) line(canvas, x + at * camera.scale, y, 0, height);
    for (let at = step; at < drawing.height; at += step) line(canvas, x, y + at * camera.scale, width, 0);
  }
  canvas.globalAlpha = 0.55;
  canvas.stroke();
  canvas.globalAlpha = 1;
  canvas.strokeStyle = palette.line;
  canvas.strokeRect(x, y, width, height);
}

function line(canvas: CanvasRenderingContext2D, x: number, y: number, dx: number, dy: number): void {
  canvas.moveTo(Math.round(x) + 0.5, Math.round(y) + 0.5);
  canvas.lineTo(Math.round(x + dx) + 0.5, Math.round(y + dy) + 0.5);
}

function paintStage(
  canvas: CanvasRenderingContext2D,
  { drawing, camera, palette }: Scene,
  dx: number,
  dy: number,
): void {
  const { stage } = drawing;
  const { x, y } = toCanvas(camera, { x: stage.x + dx, y: stage.y + dy });
  const [width, height] = [stage.width * camera.scale, stage.height * camera.scale];
  canvas.fillStyle = palette.soft;
  canvas.beginPath();
  canvas.roundRect(x, y, width, Math.max(3, height), Math.min(8, height / 2));
  canvas.fill();
  const font = Math.min(15, height * 0.7, width / 6);
  if (font >= 8) {
    canvas.fillStyle = palette.onDark;
    write(canvas, palette, stage.label, x + width / 2, y + height / 2, font, 600);
  } else if (width > 40) {
    canvas.fillStyle = palette.soft;
    write(canvas, palette, stage.label, x + width / 2, y - 9, 12, 600);
  }
}

export function tracePath(
  canvas: CanvasRenderingContext2D,
  camera: Camera,
  outline: Corners,
  dx: number,
  dy: number,
): void {
  canvas.beginPath();
  for (const [index, [x, y]] of outline.entries()) {
    const at = toCanvas(camera, { x: x + dx, y: y + dy });
    if (index === 0) canvas.moveTo(at.x, at.y);
    else canvas.lineTo(at.x, at.y);
  }
  canvas.closePath();
}

function paintGround(canvas: CanvasRenderingContext2D, scene: Scene, area: Area, dx: number, dy: number): void {
  const { camera, drawing, palette } = scene;
  const outline = area.kind === "seats" ? outlineAround(area) : area.outline;
  if (outline.length === 0) return;
  tracePath(canvas, camera, outline, dx, dy);
  canvas.fillStyle = colourOf(palette, drawing, area);
  canvas.globalAlpha = area.kind === "standing" ? 0.2 : 0.1;
  canvas.fill();
  canvas.globalAlpha = 0.75;
  canvas.strokeStyle = colourOf(palette, drawing, area);
  canvas.lineWidth = 1;
  if (area.kind === "standing") canvas.setLineDash([7, 5]);
  canvas.stroke();
  canvas.setLineDash([]);
  canvas.globalAlpha = 1;
}

/** The names of those sections: what was painted over them since lies below them. */
export function paintNames(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  of: ReadonlySet<string>,
  dx: number,
  dy: number,
): void {
  for (const area of scene.drawing.areas) if (of.has(area.key)) paintName(canvas, scene, area, dx, dy);
}

/** The name of a section above its front, of a standing area in its middle. */
function paintName(canvas: CanvasRenderingContext2D, scene: Scene, area: Area, dx: number, dy: number): void {
  const { camera, drawing, palette, texts } = scene;
  const box = areaBox(area);
  const { x, y } = toCanvas(camera, { x: (box.left + box.right) / 2 + dx, y: box.top + dy });
  const [width, height] = [(box.right - box.left) * camera.scale, (box.bottom - box.top) * camera.scale];
  if (width < 26 || box.left > box.right) return;
  const small = 2 * seatRadius * camera.scale < smallBelow;
  canvas.font = `700 13px ${palette.font}`;
  const text = canvas.measureText(area.name).width > 0.8 * width - 14 ? area.id : area.name;
  const middle = y + height / 2;
  if (area.kind === "standing") {
    canvas.fillStyle = palette.text;
    write(canvas, palette, text, x, middle - 8, 13, 700);
    if (width > 60) write(canvas, palette, texts.places(area.capacity), x, middle + 9, 12);
    return;
  }
  const [length, at] = [
    Math.min(canvas.measureText(text).width + 14, width + 24),
    small ? middle : y - 45 * camera.scale,
  ];
  canvas.fillStyle = palette.paper;
  canvas.globalAlpha = 0.92;
  canvas.beginPath();
  canvas.roundRect(x - length / 2, at - 10, length, 20, 10);
  canvas.fill();
  canvas.globalAlpha = 1;
  canvas.strokeStyle = colourOf(palette, drawing, area);
  canvas.lineWidth = 1.25;
  canvas.stroke();
  canvas.fillStyle = palette.text;
  write(canvas, palette, text, x, at + 0.5, 13, 700);
}

/** Where the view is best: what best available measures from. */
function paintFocus(canvas: CanvasRenderingContext2D, { drawing, camera, palette }: Scene): void {
  const { x, y } = toCanvas(camera, drawing.focus);
  canvas.strokeStyle = palette.accent;
  canvas.lineWidth = 1.5;
  canvas.beginPath();
  canvas.arc(x, y, 5, 0, 2 * Math.PI);
  canvas.moveTo(x - 9, y);
  canvas.lineTo(x + 9, y);
  canvas.moveTo(x, y - 9);
  canvas.lineTo(x, y + 9);
  canvas.globalAlpha = 0.8;
  canvas.stroke();
  canvas.globalAlpha = 1;
}
