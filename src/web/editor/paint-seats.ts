// Draws rows and seats. What is drawn of a seat depends on how large it is: below four pixels a row is one stroke, below eleven
// and where there are many a seat is a square, else it is a seat, with its number if that can be read.

import { toCanvas } from "./camera.ts";
import { seatPoints, type DrawnRow } from "./drawing.ts";
import { colourOf } from "./palette.ts";
import { write, type Scene } from "./scene.ts";
import type { Selection } from "./selection.ts";
import { seatRadius, type PlacedRow } from "./space.ts";

/** Below it a row is a stroke. */
const strokeBelow = 4;
/** Below it seats are dots. */
export const smallBelow = 11;
/** So many seats may be round below that, too. */
const mostRound = 3_000;
const numberFrom = 17;

export function paintRows(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  rows: readonly PlacedRow[],
  hidden: Selection | undefined,
  dx: number,
  dy: number,
): void {
  const diameter = 2 * seatRadius * scene.camera.scale;
  const count = rows.reduce((sum, { row }) => sum + row.seats.length, 0);
  // Rows come in the order of the drawing, section by section.
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const area = rows[from]?.area;
    while (to < rows.length && rows[to]?.area === area) to += 1;
    if (!area) continue;
    const own = rows.slice(from, to);
    const colour = colourOf(scene.palette, scene.drawing, area);
    const drawn = own.map(({ row }) => ({ row, without: hidden?.seats.get(row.key) }));
    if (diameter < strokeBelow) paintStrokes(canvas, scene, drawn, colour, dx, dy);
    else if (diameter < smallBelow && count > mostRound) paintSquares(canvas, scene, drawn, colour, dx, dy);
    else for (const { row, without } of drawn) paintSeats(canvas, scene, row, without, colour, dx, dy);
  }
}

interface DrawnPart {
  row: DrawnRow;
  without: ReadonlySet<number> | undefined;
}

/** Every stretch of neighbours as one line. */
function paintStrokes(
  canvas: CanvasRenderingContext2D,
  { camera }: Scene,
  rows: readonly DrawnPart[],
  colour: string,
  dx: number,
  dy: number,
): void {
  const { x: cameraX, y: cameraY, scale } = camera;
  canvas.beginPath();
  for (const { row, without } of rows) {
    const points = seatPoints(row);
    let open = false;
    for (let index = 0; index < points.length; index += 1) {
      const point = points[index];
      if (!point || without?.has(index)) {
        open = false;
        continue;
      }
      const x = (point.x + dx - cameraX) * scale;
      const y = (point.y + dy - cameraY) * scale;
      if (!open || row.seats[index]?.aisle) canvas.moveTo(x - seatRadius * scale, y);
      canvas.lineTo(x, y);
      open = true;
    }
  }
  canvas.strokeStyle = colour;
  canvas.lineWidth = Math.max(1, 1.5 * seatRadius * scale);
  canvas.stroke();
}

function paintSquares(
  canvas: CanvasRenderingContext2D,
  { camera, palette }: Scene,
  rows: readonly DrawnPart[],
  colour: string,
  dx: number,
  dy: number,
): void {
  const { x: cameraX, y: cameraY, scale } = camera;
  const side = 1.7 * seatRadius * scale;
  const special: [x: number, y: number, colour: string][] = [];
  canvas.fillStyle = colour;
  for (const { row, without } of rows) {
    const points = seatPoints(row);
    for (let index = 0; index < points.length; index += 1) {
      const [point, seat] = [points[index], row.seats[index]];
      if (!point || !seat || without?.has(index)) continue;
      const x = (point.x + dx - cameraX) * scale - side / 2;
      const y = (point.y + dy - cameraY) * scale - side / 2;
      if (seat.access) special.push([x, y, palette.access]);
      else if (seat.view) special.push([x, y, palette.restricted]);
      else canvas.fillRect(x, y, side, side);
    }
  }
  for (const [x, y, own] of special) {
    canvas.fillStyle = own;
    canvas.fillRect(x, y, side, side);
  }
}

function paintSeats(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  row: DrawnRow,
  without: ReadonlySet<number> | undefined,
  colour: string,
  dx: number,
  dy: number,
): void {
  const { camera, palette } = scene;
  const radius = seatRadius * camera.scale;
  const numbered = 2 * radius >= numberFrom;
  const points = seatPoints(row);
  canvas.lineWidth = Math.min(2.5, Math.max(1, radius / 9));
  for (const [index, seat] of row.seats.entries()) {
    const point = points[index];
    if (!point || without?.has(index)) continue;
    const { x, y } = toCanvas(camera, { x: point.x + dx, y: point.y + dy });
    canvas.beginPath();
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
    canvas.fillStyle = seat.access ? palette.accessSoft : palette.seat;
    canvas.fill();
    canvas.strokeStyle = seat.access ? palette.access : seat.view ? palette.restricted : colour;
    if (seat.access === "companion" || seat.view) canvas.setLineDash([radius / 2.5, radius / 3.5]);
    canvas.stroke();
    canvas.setLineDash([]);
    if (seat.access === "accessible") paintWheelchair(canvas, x, y, radius, palette.access);
    else if (numbered) {
      canvas.fillStyle = palette.text;
      write(canvas, palette, shortNumber(seat.number), x, y + radius * 0.06, Math.min(22, radius * 0.8));
    }
  }
  if (2 * radius >= 9) paintRowNames(canvas, scene, row, rowEnds(row), dx, dy);
}

function shortNumber(number: string): string {
  return number.length > 4 ? `${number.slice(0, 3)}…` : number;
}

/** The sign of a wheelchair, in few strokes. */
function paintWheelchair(canvas: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  const unit = radius / 10;
  canvas.strokeStyle = colour;
  canvas.fillStyle = colour;
  canvas.lineWidth = Math.max(1, 1.5 * unit);
  canvas.beginPath();
  canvas.arc(x - unit, y - 6 * unit, 1.3 * unit, 0, 2 * Math.PI);
  canvas.fill();
  canvas.beginPath();
  canvas.moveTo(x - unit, y - 4 * unit);
  canvas.lineTo(x - unit, y + unit);
  canvas.lineTo(x + 3 * unit, y + unit);
  canvas.lineTo(x + 4.5 * unit, y + 5 * unit);
  canvas.stroke();
  canvas.beginPath();
  canvas.arc(x - unit, y + 2.5 * unit, 3.8 * unit, 0.35, Math.PI * 1.35);
  canvas.stroke();
}

/** Where a row's name stands: beyond both of its ends, in the row's direction. */
function rowEnds(row: DrawnRow): { x: number; y: number }[] {
  const points = seatPoints(row);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const beyond = (end: typeof first, next: typeof first) => {
    const length = Math.hypot(end.x - next.x, end.y - next.y);
    const [ux, uy] = length === 0 ? [-1, 0] : [(end.x - next.x) / length, (end.y - next.y) / length];
    return { x: end.x + ux * 3.1 * seatRadius, y: end.y + uy * 3.1 * seatRadius };
  };
  if (points.length === 1) return [beyond(first, first)];
  return [beyond(first, points[1] ?? first), beyond(last, points.at(-2) ?? last)];
}

function paintRowNames(
  canvas: CanvasRenderingContext2D,
  { camera, palette }: Scene,
  row: DrawnRow,
  ends: readonly { x: number; y: number }[],
  dx: number,
  dy: number,
): void {
  canvas.fillStyle = palette.soft;
  const font = Math.max(9, Math.min(14, 1.1 * seatRadius * camera.scale));
  for (const end of ends) {
    const { x, y } = toCanvas(camera, { x: end.x + dx, y: end.y + dy });
    write(canvas, palette, row.name, x, y, font, 700);
  }
}
