import assert from "node:assert/strict";
import { test } from "node:test";
import { seatMapFaults, type SeatMapFault } from "../../src/domain/seat-map-check.ts";
import { roomMap, type RoomPlan } from "../../src/domain/seat-map-room.ts";
import { compileSeatMap, type Row, type SeatMap, type Section } from "../../src/domain/seat-map.ts";
import { seatMapTemplate, seatMapTemplates } from "../../src/domain/templates.ts";

const plan: RoomPlan = {
  name: "Hall",
  rows: 15,
  seats: 20,
  aislesAfter: [5, 15],
  curve: 20,
  rowNumbering: { style: "letters", from: "front", start: 1, skip: "IO" },
  seatNumbering: { from: "left", step: "all", start: 1 },
  wheelchairs: 4,
  section: "Main",
  stage: "Screen",
};

for (const { kind } of seatMapTemplates) {
  test(`there is no fault in the template ${kind}`, () => assert.deepEqual(seatMapFaults(seatMapTemplate(kind)), []));
}

test("a room from a few numbers has them all and no fault", () => {
  const room = roomMap(plan);
  assert.deepEqual(seatMapFaults(room), []);
  const layout = compileSeatMap(room);
  assert.equal(layout.placeCount, 300);
  const [section] = room.sections;
  assert.ok(section?.kind === "seats");
  assert.deepEqual(section.rows.map(({ name }) => name).slice(7, 10), ["H", "J", "K"]);
  const [front, second] = section.rows;
  const accessOf = (row?: Row) => row?.seats.map(({ access }) => access?.[0] ?? "-").join("");
  assert.equal(accessOf(front), "acac------------caca");
  assert.equal(accessOf(second), "-".repeat(20));
  assert.deepEqual(
    second?.seats.flatMap(({ aisle }, seat) => (aisle ? [seat] : [])),
    [5, 15],
  );
});

test("the largest and the smallest room have no fault either", () => {
  for (const change of [
    { rows: 1, seats: 1, aislesAfter: [1], wheelchairs: 40 },
    { rows: 200, seats: 200, aislesAfter: [], curve: 0 },
    { rows: 10, seats: 40, curve: -60 },
    { rows: 10, seats: 40, curve: 60 },
  ]) {
    assert.deepEqual(seatMapFaults(roomMap({ ...plan, ...change })), [], JSON.stringify(change));
  }
});

const hall = roomMap({ ...plan, rows: 2, seats: 3, aislesAfter: [], curve: 0, wheelchairs: 0 });
const [main] = hall.sections;
assert.ok(main?.kind === "seats");
const rowsOf = (change: (rows: readonly Row[]) => readonly Row[]): SeatMap => ({
  ...hall,
  sections: [{ ...main, rows: change(main.rows) }],
});
const seatChanged = (row: number, seat: number, change: object) =>
  rowsOf((rows) =>
    rows.map((one, at) =>
      at === row ? { ...one, seats: one.seats.map((it, index) => (index === seat ? { ...it, ...change } : it)) } : one,
    ),
  );
const changed = (change: Partial<Section>) => ({ ...hall, sections: [{ ...main, ...change } as Section] });
const standing: Section = {
  kind: "standing",
  id: "FLOOR",
  name: "Floor",
  rank: 2,
  capacity: 10,
  outline: main.outline,
};
const first = main.rows[0]?.seats[0];

const wrong: [what: string, map: SeatMap, fault: SeatMapFault][] = [
  ["no section", { ...hall, sections: [] }, { code: "no-sections" }],
  ["a focus outside", { ...hall, focus: { x: -1, y: 0 } }, { code: "focus-outside" }],
  ["a stage outside", { ...hall, stage: { ...hall.stage, y: 5_000 } }, { code: "stage-outside" }],
  ["a section without seats", rowsOf(() => []), { code: "section-empty", section: 0, name: "MAIN" }],
  ["a code in small letters", changed({ id: "main" }), { code: "section-code", section: 0, name: "main" }],
  ["a section without a name", changed({ name: "" }), { code: "section-name", section: 0, name: "MAIN" }],
  [
    "an area for nobody",
    { ...hall, sections: [{ ...standing, capacity: 0 }] },
    { code: "capacity", section: 0, name: "FLOOR" },
  ],
  [
    "a code twice",
    { ...hall, sections: [standing, standing] },
    { code: "section-code-twice", section: 1, name: "FLOOR", other: { section: 0 } },
  ],
  [
    "an empty row",
    rowsOf((rows) => [...rows, { name: "C", seats: [] }]),
    { code: "row-empty", section: 0, row: 2, name: "C" },
  ],
  [
    "a seat twice",
    seatChanged(1, 2, { name: "A-1" }),
    { code: "seat-twice", section: 0, row: 1, seat: 2, name: "A-1", other: { section: 0, row: 0, seat: 0 } },
  ],
  [
    "a seat on another",
    seatChanged(1, 0, { x: (first?.x ?? 0) + 20, y: first?.y }),
    { code: "seats-overlap", section: 0, row: 1, seat: 0, name: "B-1", other: { section: 0, row: 0, seat: 0 } },
  ],
  [
    "a seat outside",
    seatChanged(0, 1, { x: 90_000 }),
    { code: "seat-outside", section: 0, row: 0, seat: 1, name: "A-2" },
  ],
  [
    "a seat with #",
    seatChanged(0, 1, { name: "A#2" }),
    { code: "seat-name", section: 0, row: 0, seat: 1, name: "A#2" },
  ],
];
for (const [what, map, fault] of wrong) {
  test(`${what} is found where it lies`, () => assert.deepEqual(seatMapFaults(map), [fault]));
}

test("many faults of one kind in a section are one, with their number", () => {
  const room = roomMap(plan);
  const faults = seatMapFaults({
    ...room,
    width: 1_000,
    focus: { x: 0, y: 0 },
    stage: { ...room.stage, x: 0, width: 9 },
  });
  assert.deepEqual(
    faults.map(({ code, section, count }) => [code, section, (count ?? 0) > 50]),
    [
      ["outline-outside", 0, false],
      ["seat-outside", 0, true],
    ],
  );
});
