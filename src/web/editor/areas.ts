// Commands on sections, standing areas, the stage and the room as a whole.

import type { Numbering } from "../../domain/seat-map.ts";
import type { Point } from "../../domain/seat-map-rows.ts";
import { changeAreas } from "./change.ts";
import { areaBox, renumbered, type Area, type Box, type Corners, type Drawing } from "./drawing.ts";
import type { Edit } from "./history.ts";

type Common = Pick<Area, "id" | "name" | "rank" | "colour">;

/** Other words and numbers for the selected sections. */
export function setArea({ drawing, selection }: Edit, change: Partial<Common>): Edit {
  const after = changeAreas(drawing, (area) => {
    if (!selection.areas.has(area.key)) return area;
    const same = Object.entries(change).every(([name, value]) => area[name as keyof Common] === value);
    return same ? area : { ...area, ...change };
  });
  return { drawing: after, selection };
}

export function setCapacity({ drawing, selection }: Edit, capacity: number): Edit {
  const after = changeAreas(drawing, (area) =>
    area.kind === "standing" && selection.areas.has(area.key) && area.capacity !== capacity
      ? { ...area, capacity }
      : area,
  );
  return { drawing: after, selection };
}

/** Names rows and seats of the selected sections by these schemes; what is undefined is named by hand from now on. */
export function setNumbering(
  { drawing, selection }: Edit,
  change: { [Part in keyof Numbering]?: Numbering[Part] | undefined },
): Edit {
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "standing" || !selection.areas.has(area.key)) return area;
    const { rows, seats } = { ...area.numbering, ...change };
    const numbering = { ...(rows ? { rows } : {}), ...(seats ? { seats } : {}) };
    if (JSON.stringify(numbering) === JSON.stringify(area.numbering)) return area;
    return renumbered({ ...area, numbering, prefix: seats ? undefined : area.prefix });
  });
  return { drawing: after, selection };
}

/** Stretches the selected standing areas' outline to a box. */
export function setBox({ drawing, selection }: Edit, box: Box): Edit {
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "seats" || !selection.areas.has(area.key)) return area;
    return { ...area, outline: stretched(area.outline, areaBox(area), box) };
  });
  return { drawing: after, selection };
}

function stretched(outline: Corners, from: Box, to: Box): Corners {
  const along = (value: number, low: number, high: number, newLow: number, newHigh: number) =>
    Math.round(high === low ? newLow : newLow + ((value - low) * (newHigh - newLow)) / (high - low));
  return outline.map(
    ([x, y]) =>
      [along(x, from.left, from.right, to.left, to.right), along(y, from.top, from.bottom, to.top, to.bottom)] as const,
  );
}

export type Form = "rectangle" | "ellipse";

/** The selected standing areas as a rectangle or an ellipse in the same place. */
export function setForm({ drawing, selection }: Edit, form: Form): Edit {
  const after = changeAreas(drawing, (area) =>
    area.kind === "standing" && selection.areas.has(area.key)
      ? { ...area, outline: outlineIn(areaBox(area), form) }
      : area,
  );
  return { drawing: after, selection };
}

export function outlineIn({ left, top, right, bottom }: Box, form: Form): Corners {
  if (form === "rectangle") {
    return [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
  }
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return Array.from({ length: 32 }, (_, step): [number, number] => {
    const angle = (step * Math.PI) / 16;
    return [
      Math.round(x + ((right - left) / 2) * Math.cos(angle)),
      Math.round(y + ((bottom - top) / 2) * Math.sin(angle)),
    ];
  });
}

/** What a standing area looks like; undefined where somebody drew it freely. */
export function formOf(outline: Corners): Form | undefined {
  if (outline.length === 32) return "ellipse";
  const upright =
    outline.length === 4 &&
    outline.every(([x, y], index) => {
      const [nextX, nextY] = outline[(index + 1) % 4] ?? [x, y];
      return x === nextX || y === nextY;
    });
  return upright ? "rectangle" : undefined;
}

/** Moves one corner of a standing area. */
export function moveCorner({ drawing, selection }: Edit, key: string, corner: number, to: Point): Edit {
  const after = changeAreas(drawing, (area) => {
    if (area.kind === "seats" || area.key !== key) return area;
    return { ...area, outline: area.outline.map((one, index) => (index === corner ? [to.x, to.y] : one)) };
  });
  return { drawing: after, selection };
}

export function setStage({ drawing, selection }: Edit, change: Partial<Drawing["stage"]>): Edit {
  return { drawing: { ...drawing, stage: { ...drawing.stage, ...change } }, selection };
}

export function setRoom(
  { drawing, selection }: Edit,
  change: Partial<Pick<Drawing, "name" | "width" | "height" | "focus">>,
): Edit {
  return { drawing: { ...drawing, ...change }, selection };
}
