import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { inferNumbering, rowNames, seatNumbers, startOf } from "../../src/domain/seat-map-numbering.ts";
import type { RowNumbering, SeatNumbering } from "../../src/domain/seat-map.ts";

const rowTable: [scheme: RowNumbering, names: string][] = [
  [{ style: "letters", from: "front", start: 1 }, "A B C D"],
  [{ style: "letters", from: "back", start: 1 }, "D C B A"],
  [{ style: "letters", from: "front", start: 7, skip: "IO" }, "G H J K"],
  [{ style: "letters", from: "front", start: 25 }, "Y Z AA AB"],
  [{ style: "letters", from: "front", start: 23, skip: "IO" }, "Y Z AA AB"],
  [{ style: "numbers", from: "front", start: 1 }, "1 2 3 4"],
  [{ style: "numbers", from: "back", start: 10 }, "13 12 11 10"],
];
for (const [scheme, names] of rowTable) {
  test(`rows by ${JSON.stringify(scheme)} are ${names}`, () => assert.equal(rowNames(scheme, 4).join(" "), names));
}

const seatTable: [scheme: SeatNumbering, numbers: string][] = [
  [{ from: "left", step: "all", start: 1 }, "1 2 3 4 5"],
  [{ from: "right", step: "all", start: 1 }, "5 4 3 2 1"],
  [{ from: "left", step: "odd", start: 1 }, "1 3 5 7 9"],
  [{ from: "left", step: "even", start: 1 }, "2 4 6 8 10"],
  [{ from: "right", step: "even", start: 2 }, "10 8 6 4 2"],
  [{ from: "left", step: "odd", start: 20 }, "21 23 25 27 29"],
  [{ from: "left", step: "all", start: 101 }, "101 102 103 104 105"],
  [{ from: "centre", step: "all", start: 1 }, "5 3 1 2 4"],
  [{ from: "centre", step: "all", start: 101 }, "105 103 101 102 104"],
];
for (const [scheme, numbers] of seatTable) {
  test(`seats by ${JSON.stringify(scheme)} are ${numbers}`, () => {
    assert.equal(seatNumbers(scheme, 5).join(" "), numbers);
  });
}

const rowSchemes = fc.record({
  style: fc.constantFrom("letters" as const, "numbers" as const),
  from: fc.constantFrom("front" as const, "back" as const),
  start: fc.integer({ min: 1, max: 60 }),
  skip: fc.constantFrom("", "IO"),
});
const seatSchemes = fc.record({
  from: fc.constantFrom("left" as const, "right" as const, "centre" as const),
  step: fc.constantFrom("all" as const, "odd" as const, "even" as const),
  start: fc.integer({ min: 1, max: 300 }),
});

test("no scheme gives a name twice, and the scheme behind names is found", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rowSchemes, seatSchemes, counts, (ofRows, ofSeats, counts) => {
      const names = rowNames(ofRows, counts.length);
      assert.equal(new Set(names).size, names.length);
      const rows = counts.map((count, row) => ({ name: names[row] ?? "", numbers: seatNumbers(ofSeats, count) }));
      for (const { numbers } of rows) assert.equal(new Set(numbers).size, numbers.length);
      const found = inferNumbering(rows);
      assert.ok(found.rows && found.seats);
      assert.deepEqual(rowNames(found.rows, counts.length), names);
      for (const { numbers } of rows) assert.deepEqual(seatNumbers(found.seats, numbers.length), numbers);
    }),
  );
});

test("names given by hand have no scheme", () => {
  assert.deepEqual(inferNumbering([{ name: "Front", numbers: ["1", "1a", "2"] }]), {});
  assert.deepEqual(inferNumbering([]), {});
});

test("a row's letters are counted in an alphabet that lacks some", () => {
  assert.deepEqual([startOf("A", ""), startOf("J", "IO"), startOf("AA", ""), startOf("AA", "IO")], [1, 9, 27, 25]);
  assert.deepEqual([startOf("I", "IO"), startOf("", ""), startOf("1", "")], [0, 0, 0]);
});
