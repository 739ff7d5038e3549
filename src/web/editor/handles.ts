// Handles of what is selected: the ends and the bow of a row, the corners of a stage or a standing area, and turning. Each says
// where it is and what dragging it to a point makes of the drawing.

import { alongRow, pointOnRow, type Point } from "../../domain/seat-map-rows.ts";
import { formOf, moveCorner, setBox, setStage } from "./areas.ts";
import { areaBox, lineOf, type Box, type Drawing, type DrawnRow, type StandingArea } from "./drawing.ts";
import type { DoneWhat } from "./desk.ts";
import type { Edit } from "./history.ts";
import { selectionBox, turn } from "./moving.ts";
import { behindOf, setCountFrom, setCurve } from "./rows.ts";
import { ofRows, rowsOf, type Selection } from "./selection.ts";

export interface Handle {
  kind: "end" | "curve" | "corner" | "turn";
  at: Point;
  what: DoneWhat;
  /** The edit that dragging this to a point makes of the one that it began with. `free`: without snapping. */
  drag(edit: Edit, to: Point, free: boolean): Edit;
}

/** The handles of a selection; none where it is of many kinds. `reach` is a few pixels, in units of the drawing. */
export function handlesOf({ drawing, selection }: Edit, reach: number): Handle[] {
  const { areas, rows, seats, stage } = selection;
  if (seats.size > 0) return [];
  if (stage) return areas.size + rows.size === 0 ? stageCorners(drawing) : [];
  const [onlyRow] = rows.size === 1 && areas.size === 0 ? rows : [];
  const row = onlyRow === undefined ? undefined : [...rowsOf(drawing)].find(({ row }) => row.key === onlyRow)?.row;
  const [onlyArea] = areas.size === 1 && rows.size === 0 ? areas : [];
  const area = drawing.areas.find(({ key }) => key === onlyArea);
  return [
    ...(row ? rowHandles(row, reach) : []),
    ...(area?.kind === "standing" ? areaCorners(area) : []),
    ...(areas.size + rows.size > 0 ? turnHandle(drawing, selection, reach) : []),
  ];
}

function rowHandles(row: DrawnRow, reach: number): Handle[] {
  const line = lineOf(row);
  if (!line) return [];
  const { middle, shape, gaps } = line;
  const along = alongRow(shape.spacing, gaps);
  const [first = 0, last = 0] = [along[0], along.at(-1)];
  const out = 2.4 * reach;
  const end = (side: "left" | "right"): Handle => ({
    kind: "end",
    what: "count",
    at: pointOnRow(middle, shape, side === "left" ? first - out : last + out),
    drag(edit, to) {
      const turned = (shape.angle * Math.PI) / 180;
      const way = (to.x - middle.x) * Math.cos(turned) + (to.y - middle.y) * Math.sin(turned);
      const more = Math.round((side === "left" ? first - out - way : way - last - out) / shape.spacing);
      const count = Math.min(500, Math.max(1, row.seats.length + more));
      return setCountFrom(edit, row.key, count, side);
    },
  });
  const bow: Handle = {
    kind: "curve",
    what: "curve",
    at: { x: middle.x + behindOf(row).x * out, y: middle.y + behindOf(row).y * out },
    drag(edit, to, free) {
      const half = (last - first) / 2;
      const behind = behindOf(row);
      const pulled = (to.x - middle.x) * behind.x + (to.y - middle.y) * behind.y - out;
      // From the rise of the bow over its ends, as now and by as much as it is pulled: rise = bend · half² / 2.
      const more = ((2 * pulled) / half ** 2) * 1_000 * (180 / Math.PI);
      const curve = Math.min(200, Math.max(-200, shape.curve + more));
      return setCurve({ ...edit, selection: ofRows(row.key) }, free ? Math.round(curve * 10) / 10 : Math.round(curve));
    },
  };
  return row.seats.length > 2 ? [end("left"), end("right"), bow] : [end("left"), end("right")];
}

function cornersOf({ left, top, right, bottom }: Box): Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** The box with one of its corners elsewhere, whichever way round. */
function boxTo(box: Box, corner: number, to: Point): Box {
  const opposite = cornersOf(box)[(corner + 2) % 4] ?? to;
  return {
    left: Math.min(opposite.x, to.x),
    top: Math.min(opposite.y, to.y),
    right: Math.max(opposite.x, to.x),
    bottom: Math.max(opposite.y, to.y),
  };
}

function stageCorners(drawing: Drawing): Handle[] {
  const { x, y, width, height } = drawing.stage;
  const box = { left: x, top: y, right: x + width, bottom: y + height };
  return cornersOf(box).map((at, corner) => ({
    kind: "corner",
    what: "stage",
    at,
    drag(edit, to) {
      const { left, top, right, bottom } = boxTo(box, corner, to);
      return setStage(edit, { x: left, y: top, width: Math.max(20, right - left), height: Math.max(20, bottom - top) });
    },
  }));
}

function areaCorners(area: StandingArea): Handle[] {
  const box = areaBox(area);
  const free = formOf(area.outline) === undefined && area.outline.length <= 24;
  const at = free ? area.outline.map(([x, y]) => ({ x, y })) : cornersOf(box);
  return at.map((at, corner) => ({
    kind: "corner",
    what: "outline",
    at,
    drag: (edit, to) => (free ? moveCorner(edit, area.key, corner, to) : setBox(edit, wide(boxTo(box, corner, to)))),
  }));
}

/** No area is so thin that it cannot be taken hold of. */
function wide({ left, top, right, bottom }: Box): Box {
  return { left, top, right: Math.max(right, left + 50), bottom: Math.max(bottom, top + 50) };
}

function turnHandle(drawing: Drawing, selection: Selection, reach: number): Handle[] {
  const box = selectionBox(drawing, { ...selection, stage: false });
  if (box.left > box.right) return [];
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const at = { x: centre.x, y: box.top - 4.5 * reach };
  const from = Math.atan2(at.y - centre.y, at.x - centre.x);
  return [
    {
      kind: "turn",
      what: "turn",
      at,
      drag(edit, to, free) {
        const degrees = ((Math.atan2(to.y - centre.y, to.x - centre.x) - from) * 180) / Math.PI;
        return turn(edit, free ? Math.round(degrees) : Math.round(degrees / 5) * 5);
      },
    },
  ];
}
