// Rooms to work on, and every command with arguments drawn by chance.

import * as fc from "fast-check";
import { roomMap, type RoomPlan } from "../../src/domain/seat-map-room.ts";
import * as adding from "../../src/web/editor/adding.ts";
import * as areas from "../../src/web/editor/areas.ts";
import { readSeatMap } from "../../src/web/editor/document.ts";
import type { Drawing } from "../../src/web/editor/drawing.ts";
import type { Edit } from "../../src/web/editor/history.ts";
import * as moving from "../../src/web/editor/moving.ts";
import * as rows from "../../src/web/editor/rows.ts";
import * as seats from "../../src/web/editor/seats.ts";
import { everything, nothing, ofAreas, ofRows, ofSeats, rowsOf, theStage } from "../../src/web/editor/selection.ts";

const hallPlan: RoomPlan = {
  name: "Hall",
  rows: 5,
  seats: 10,
  aislesAfter: [3],
  curve: 20,
  rowNumbering: { style: "letters", from: "front", start: 1 },
  seatNumbering: { from: "left", step: "all", start: 1 },
  wheelchairs: 2,
  section: "Main",
  stage: "Stage",
};

/** A drawing of one section: five curved rows of ten seats, A to E, an aisle after the third seat. */
export function hall(change: Partial<RoomPlan> = {}): Drawing {
  return readSeatMap(roomMap({ ...hallPlan, ...change }));
}

export const nameOf = (number: number) => `Section ${number}`;

/** The edit with everything of the first section selected. */
export function withFirstArea(drawing: Drawing): Edit {
  return { drawing, selection: ofAreas(drawing.areas[0]?.key ?? "") };
}

export function firstArea({ drawing }: Pick<Edit, "drawing">) {
  const [area] = drawing.areas;
  if (area?.kind !== "seats") throw new Error("the first area has no seats");
  return area;
}

/** The edit with one row selected, by its position in the first section. */
export function withRow(drawing: Drawing, index: number): Edit {
  return { drawing, selection: ofRows(firstArea({ drawing }).rows[index]?.key ?? "") };
}

export type Command = (edit: Edit) => Edit;

const coordinate = fc.integer({ min: -500, max: 3_000 });
const point = fc.record({ x: coordinate, y: coordinate });
const box = fc
  .tuple(point, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }))
  .map(([{ x, y }, width, height]) => ({ left: x, top: y, right: x + width, bottom: y + height }));
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const at = <T>(items: readonly T[], share: number): T | undefined => items[Math.floor(share * items.length)];

/** Another selection: of anything there is. */
const selects: fc.Arbitrary<Command> = fc
  .tuple(fc.constantFrom("area", "row", "seat", "all", "rows", "none", "stage"), share, share)
  .map(([kind, which, seat]) => ({ drawing }) => {
    const { row } = at([...rowsOf(drawing)], which) ?? {};
    const area = at(drawing.areas, which);
    if (kind === "area" && area) return { drawing, selection: ofAreas(area.key) };
    if (kind === "row" && row) return { drawing, selection: ofRows(row.key) };
    if (kind === "seat" && row) {
      return { drawing, selection: ofSeats(row.key, Math.floor(seat * row.seats.length)) };
    }
    if (kind === "all") return { drawing, selection: everything(drawing, "areas") };
    if (kind === "rows") return { drawing, selection: everything(drawing, "rows") };
    return { drawing, selection: kind === "stage" ? theStage : nothing };
  });

const numbers = (min: number, max: number) => fc.integer({ min, max });
const text = fc.constantFrom("A", "K", "12", "Left");
const by = <T>(values: fc.Arbitrary<T>, command: (edit: Edit, value: T) => Edit): fc.Arbitrary<Command> =>
  values.map((value) => (edit) => command(edit, value));
const just = (command: Command): fc.Arbitrary<Command> => fc.constant(command);

/** Commands that a person could give, one after the other. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: selects },
  by(point, (edit, { x, y }) => moving.move(edit, x, y)),
  by(numbers(-180, 180), moving.turn),
  just(moving.mirror),
  by(fc.constantFrom("left", "centre", "right", "top", "middle", "bottom"), moving.align),
  by(fc.constantFrom("x", "y"), moving.distribute),
  just(moving.fitDrawing),
  by(numbers(40, 90), rows.setSpacing),
  by(numbers(-60, 60), rows.setCurve),
  by(numbers(-90, 90), rows.setAngle),
  by(numbers(1, 25), rows.setCount),
  by(fc.tuple(numbers(1, 25), fc.constantFrom("left", "right"), share), (edit, [count, end, which]) =>
    rows.setCountFrom(edit, at([...rowsOf(edit.drawing)], which)?.row.key ?? "", count, end),
  ),
  by(fc.array(numbers(1, 12), { maxLength: 3 }), (edit, after) => rows.setAisles(edit, after, 60)),
  by(numbers(60, 150), rows.setRowDistance),
  just(rows.fanOut),
  just(rows.sortRows),
  by(fc.constantFrom("accessible", "companion", undefined), seats.setAccess),
  by(fc.constantFrom("restricted", undefined), seats.setView),
  by(fc.boolean(), seats.setAisleBefore),
  by(fc.tuple(share, share, text), (edit, [which, seat, number]) => {
    const { row } = at([...rowsOf(edit.drawing)], which) ?? {};
    return row ? seats.setSeatNumber(edit, row.key, Math.floor(seat * row.seats.length), number) : edit;
  }),
  by(fc.tuple(share, text), (edit, [which, name]) =>
    seats.setRowName(edit, at([...rowsOf(edit.drawing)], which)?.row.key ?? "", name),
  ),
  by(text, (edit, id) => areas.setArea(edit, { id, name: id })),
  by(numbers(1, 900), areas.setCapacity),
  by(box, areas.setBox),
  by(fc.constantFrom("rectangle", "ellipse"), areas.setForm),
  by(
    fc.constantFrom(
      { seats: { from: "centre", step: "all", start: 1 } },
      { rows: { style: "numbers", from: "back", start: 3 } },
      { rows: undefined },
      { seats: undefined },
    ),
    (edit, change) => areas.setNumbering(edit, change as Parameters<typeof areas.setNumbering>[1]),
  ),
  by(point, areas.setStage),
  by(fc.tuple(point, point), (edit, [from, to]) => adding.drawRow(edit, from, to, nameOf)),
  by(box, (edit, box) => adding.drawBlock(edit, box, nameOf)),
  by(box, (edit, box) => adding.drawStanding(edit, box, nameOf)),
  by(point, (edit, at) => adding.drawSeat(edit, at, nameOf)),
  by(fc.constantFrom("front", "back"), adding.addRow),
  just(adding.remove),
  by(point, (edit, by) => adding.paste(edit, adding.copy(edit), by, nameOf)),
  just((edit) => adding.duplicate(edit, nameOf)),
  by(share, (edit, which) => adding.moveRowsTo(edit, at(edit.drawing.areas, which)?.key, nameOf)),
);
