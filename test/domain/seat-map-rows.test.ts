import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { layRow, pointOnRow, readRow, shiftMiddle, usualShape } from "../../src/domain/seat-map-rows.ts";

const straight = { middle: { x: 500, y: 300 }, shape: usualShape, gaps: [0, 0, 60, 0] };

test("a straight row runs from left to right, wider where an aisle lies", () => {
  assert.deepEqual(layRow(straight), [
    { x: 388, y: 300 },
    { x: 443, y: 300 },
    { x: 558, y: 300 },
    { x: 613, y: 300 },
  ]);
});

test("a curve above 0 brings a row's ends forward, below 0 backwards, and its middle stays", () => {
  const gaps = [0, 0, 0, 0, 0, 0, 0];
  for (const [curve, forward] of [
    [30, 1],
    [-30, -1],
  ] as const) {
    const seats = layRow({ ...straight, shape: { ...usualShape, curve }, gaps });
    assert.deepEqual(seats[3], { x: 500, y: 300 });
    assert.equal(Math.sign(300 - (seats[0]?.y ?? 300)), forward);
    assert.equal(seats[0]?.y, seats[6]?.y);
  }
});

test("a row that is turned by 90 degrees runs downwards", () => {
  const seats = layRow({ ...straight, shape: { ...usualShape, angle: 90 }, gaps: [0, 0, 0] });
  assert.deepEqual(
    seats.map(({ x, y }) => [x, y]),
    [
      [500, 245],
      [500, 300],
      [500, 355],
    ],
  );
});

const shapes = fc.record({
  spacing: fc.integer({ min: 45, max: 90 }),
  angle: fc.integer({ min: -179, max: 180 }),
  curve: fc.integer({ min: -60, max: 60 }),
});
const rows = fc.record({
  middle: fc.record({ x: fc.integer({ min: 0, max: 20_000 }), y: fc.integer({ min: 0, max: 20_000 }) }),
  shape: shapes,
  gaps: fc
    .array(fc.constantFrom(0, 0, 0, 0, 60), { minLength: 1, maxLength: 30 })
    .map((gaps) => gaps.map((gap, index) => (index === 0 ? 0 : gap))),
});

test("a row is read again as it was laid: where it stated its shape exactly, else to a unit", () => {
  fc.assert(
    fc.property(rows, (row) => {
      const seats = layRow(row);
      const stated = readRow(seats, row.shape);
      assert.deepEqual(stated?.shape, row.shape);
      // Seats stand on whole units, so that an aisle of a row that is turned may come back a unit wider.
      assert.equal(stated?.gaps.length, row.gaps.length);
      for (const [index, gap] of row.gaps.entries()) assert.ok(Math.abs((stated?.gaps[index] ?? 0) - gap) <= 1);
      const read = readRow(seats);
      assert.ok(read);
      for (const [index, seat] of layRow(read).entries()) {
        const was = seats[index] ?? seat;
        assert.ok(Math.hypot(seat.x - was.x, seat.y - was.y) <= 2.5, JSON.stringify({ row, read }));
      }
    }),
  );
});

test("a stated shape that the seats do not follow is not believed", () => {
  const seats = layRow({ ...straight, shape: { ...usualShape, curve: 40 }, gaps: Array.from({ length: 12 }, () => 0) });
  assert.ok(Math.abs((readRow(seats, usualShape)?.shape.curve ?? 0) - 40) < 2);
  const scattered = [...seats.slice(0, -1), { x: 900, y: 900 }];
  assert.equal(readRow(scattered, usualShape), undefined);
});

test("what is left of a row lies on the same line", () => {
  fc.assert(
    fc.property(
      shapes,
      fc.integer({ min: -800, max: 800 }),
      fc.integer({ min: -800, max: 800 }),
      (shape, by, along) => {
        const moved = shiftMiddle({ x: 0, y: 0 }, shape, by);
        const [one, two] = [
          pointOnRow(moved.middle, moved.shape, along - by),
          pointOnRow({ x: 0, y: 0 }, shape, along),
        ];
        assert.ok(Math.hypot(one.x - two.x, one.y - two.y) < 1e-6);
      },
    ),
  );
});
