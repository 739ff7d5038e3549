import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { compileSeatMap, type SeatMap } from "../../src/domain/seat-map.ts";
import { seatMapTemplate, seatMapTemplates } from "../../src/domain/templates.ts";

function seatsOf(map: SeatMap) {
  return map.sections.flatMap((section) => (section.kind === "seats" ? section.rows.flatMap((row) => row.seats) : []));
}

for (const { kind, places } of seatMapTemplates) {
  suite(`the template ${kind}`, () => {
    const map = seatMapTemplate(kind);
    const seats = seatsOf(map);

    test(`has ${places} places, each with a name of its own`, () => {
      const layout = compileSeatMap(map);
      assert.equal(layout.placeCount, places);
      assert.equal(new Set(layout.names).size, places);
      assert.equal(
        layout.sections.reduce((sum, section) => sum + section.count, 0),
        places,
      );
    });

    test("names seats by row and number, with the section in front where there are several", () => {
      const pattern = map.sections.length > 1 ? /^[A-Z0-9]{1,8}-[A-Z0-9]+-\d+$/ : /^[A-Z]+-\d+$/;
      for (const seat of seats) assert.match(seat.name, pattern);
      for (const section of map.sections) assert.match(section.id, /^[A-Z0-9]{1,8}$/);
    });

    test("lets no two seats overlap, and all lie on the drawing", () => {
      const near = new Map<string, { x: number; y: number }[]>();
      const cell = (x: number, y: number) => `${Math.floor(x / 50)} ${Math.floor(y / 50)}`;
      for (const seat of seats) {
        assert.ok(seat.x > 20 && seat.x < map.width - 20 && seat.y > 20 && seat.y < map.height - 20, seat.name);
        for (const dx of [-50, 0, 50]) {
          for (const dy of [-50, 0, 50]) {
            for (const other of near.get(cell(seat.x + dx, seat.y + dy)) ?? []) {
              assert.ok(Math.hypot(other.x - seat.x, other.y - seat.y) > 44, `${seat.name} overlaps another seat`);
            }
          }
        }
        const key = cell(seat.x, seat.y);
        near.set(key, [...(near.get(key) ?? []), seat]);
      }
    });

    test("keeps stage and screen clear of seats", () => {
      const { x, y, width, height } = map.stage;
      for (const seat of seats) {
        const inside = seat.x > x - 30 && seat.x < x + width + 30 && seat.y > y - 30 && seat.y < y + height + 30;
        assert.ok(!inside, `${seat.name} stands on the stage`);
      }
    });

    test("has wheelchair places with companions, aisles or sections, and outlines", () => {
      assert.ok(seats.some((seat) => seat.access === "accessible"));
      assert.ok(seats.some((seat) => seat.access === "companion"));
      assert.ok(map.sections.length > 4 || seats.some((seat) => seat.aisle));
      for (const section of map.sections) assert.ok(section.outline.length >= 4);
    });

    test("is the same every time", () => {
      assert.deepEqual(seatMapTemplate(kind), map);
    });
  });
}

test("best available begins in the middle of a row of a cinema", () => {
  const layout = compileSeatMap(seatMapTemplate("small-cinema"));
  const runs = layout.sections[0]?.runs ?? [];
  const best = runs.toSorted((a, b) => a.penalty - b.penalty)[0];
  assert.ok(best);
  assert.equal(best.length, 8);
  // Eight seats: the middle lies between the fourth and the fifth.
  assert.equal(best.centre2, 7);
});
