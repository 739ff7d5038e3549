import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import {
  marks,
  packSeatMap,
  packStates,
  seatName,
  seatNumber,
  unpackSeatMap,
  unpackStates,
} from "../../src/domain/packed-seat-map.ts";
import { compileSeatMap, type Seat, type SeatMap } from "../../src/domain/seat-map.ts";
import { seatMapTemplate, seatMapTemplates } from "../../src/domain/templates.ts";

const overTheWire = (map: SeatMap) => unpackSeatMap(JSON.parse(JSON.stringify(packSeatMap(map))));

function room(seats: Seat[]): SeatMap {
  const outline = [
    [0, 0],
    [900, 0],
    [900, 900],
  ] as const;
  return {
    name: "Room",
    width: 900,
    height: 900,
    focus: { x: 450, y: 450 },
    stage: { label: "Stage", x: 300, y: 10, width: 300, height: 40 },
    sections: [
      { kind: "standing", id: "FLOOR", name: "Floor", rank: 1, outline, capacity: 30 },
      { kind: "seats", id: "MAIN", name: "Seats", rank: 2, outline, rows: [{ name: "A", seats }] },
    ],
  };
}

suite("a packed seat map", () => {
  for (const { kind } of seatMapTemplates) {
    test(`of the template ${kind} has every place where the layout has it`, () => {
      const map = seatMapTemplate(kind);
      const layout = compileSeatMap(map);
      const placed = overTheWire(map);
      assert.equal(placed.count, layout.placeCount);
      for (const [index, section] of layout.sections.entries()) {
        const found = placed.sections[index];
        assert.deepEqual([found?.id, found?.start, found?.length], [section.id, section.start, section.count]);
      }
      const seats = map.sections.flatMap((section) =>
        section.kind === "seats"
          ? section.rows.flatMap((row) => row.seats)
          : Array<undefined>(section.capacity).fill(undefined),
      );
      for (const [place, seat] of seats.entries()) {
        if (!seat) {
          assert.equal(placed.rowOf[place], -1);
          continue;
        }
        assert.equal(seatName(placed, place), seat.name);
        assert.deepEqual([placed.x[place], placed.y[place]], [seat.x, seat.y]);
        assert.deepEqual(placed.runs[placed.runOf[place] ?? -1], layout.runOf(place));
        const mark = seat.access === "accessible" ? "wheelchair" : (seat.access ?? "none");
        assert.equal(placed.mark[place], marks[mark]);
      }
    });
  }

  test("of 20,000 seats is small", () => {
    assert.ok(JSON.stringify(packSeatMap(seatMapTemplate("arena"))).length < 150_000);
  });

  test("keeps odd names, gaps in numbers and seats between whole units", () => {
    const seats = [
      { name: "A-1", x: 10.25, y: 20.5 },
      { name: "A-3", x: 63.75, y: 21 },
      { name: "B-5", x: 120, y: 22.5, view: "restricted" as const },
      { name: "Box.9", x: 180, y: 22.5, aisle: true as const },
    ];
    const placed = overTheWire(room(seats));
    assert.deepEqual(
      seats.map((_, index) => seatName(placed, 30 + index)),
      ["A-1", "A-3", "B-5", "Box.9"],
    );
    assert.deepEqual([seatNumber(placed, 31), seatNumber(placed, 33), seatName(placed, 5)], ["3", "Box.9", ""]);
    for (const [index, seat] of seats.entries()) {
      assert.ok(
        Math.abs((placed.x[30 + index] ?? 0) - seat.x) < 0.06 && Math.abs((placed.y[30 + index] ?? 0) - seat.y) < 0.06,
      );
    }
    assert.equal(placed.mark[32], marks.restricted);
    assert.deepEqual(
      placed.runs.map(({ start, length }) => [start, length]),
      [
        [30, 3],
        [33, 1],
      ],
    );
  });
});

suite("packed states", () => {
  test("count what repeats", () => {
    assert.equal(packStates("ffffshhf"), "f4sh2f");
    assert.equal(unpackStates("f4sh2f"), "ffffshhf");
  });
  test("come back as they were, and unpacked ones stay", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("f", "h", "p", "s", "b"), maxLength: 300 }), (states) => {
        assert.equal(unpackStates(packStates(states)), states);
        assert.equal(unpackStates(states), states);
      }),
    );
  });
});
