// What is offered instead of lost seats: the nearest equal ones, together.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { alternativeTo, strandedSeats } from "../../src/domain/alternative.ts";
import { packSeatMap, seatName, unpackSeatMap, type PlacedSeats } from "../../src/domain/packed-seat-map.ts";
import { seatMapTemplate, type SeatMapTemplate } from "../../src/domain/templates.ts";

interface Asked {
  strandRule?: boolean;
  samePrice?: (section: number, other: number) => boolean;
}

const rooms = new Map<SeatMapTemplate, PlacedSeats>();
function room(kind: SeatMapTemplate) {
  const seats = rooms.get(kind) ?? unpackSeatMap(packSeatMap(seatMapTemplate(kind)));
  rooms.set(kind, seats);
  const places = new Map(Array.from({ length: seats.count }, (_, place) => [seatName(seats, place), place]));
  const placesOf = (names: readonly string[]) => names.map((name) => places.get(name) ?? assert.fail(name));
  return {
    seats,
    placesOf,
    /** Names of what is offered for `wanted` with `taken` gone. */
    offered(wanted: readonly string[], taken: readonly string[], asked: Asked = {}) {
      const gone = new Set(placesOf(taken));
      const found = alternativeTo(seats, {
        wanted: placesOf(wanted),
        isFree: (place) => !gone.has(place),
        samePrice: asked.samePrice ?? (() => true),
        strandRule: asked.strandRule ?? false,
      });
      return found?.map((place) => seatName(seats, place));
    },
  };
}

const row = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${name}-${from + at}`);

suite("instead of lost seats", () => {
  const cinema = room("small-cinema");
  const arena = room("arena");

  test("two neighbours move along their row, as little as may be", () => {
    assert.deepEqual(cinema.offered(["C-7", "C-8"], ["C-7"]), ["C-8", "C-9"]);
    assert.deepEqual(cinema.offered(["C-7", "C-8"], ["C-7", "C-8"]), ["C-5", "C-6"]);
    assert.deepEqual(cinema.offered(["C-7", "C-8"], row("C", 5, 8)), ["C-9", "C-10"]);
    assert.deepEqual(cinema.offered(["C-7", "C-8"], row("C", 3, 10)), ["B-7", "B-8"]);
  });

  test("their order is the order of what was wanted, so that each keeps its price", () => {
    assert.deepEqual(cinema.offered(["C-8", "C-7"], ["C-7"]), ["C-9", "C-8"]);
  });

  test("nobody sits across an aisle from the others", () => {
    assert.deepEqual(cinema.offered(["C-2", "C-1"], ["C-2"]), ["C-4", "C-3"]);
    assert.deepEqual(cinema.offered(["C-2", "C-1"], ["C-2", ...row("C", 3, 10)]), ["B-2", "B-1"]);
  });

  test("a group that lost nothing stays, and nobody is put on its seats", () => {
    const wanted = ["C-5", "C-6", "D-5", "D-6"];
    const found = cinema.offered(wanted, ["C-5", ...row("C", 7, 10), ...row("C", 3, 4)]) ?? [];
    assert.deepEqual(found.slice(2), ["D-5", "D-6"]);
    assert.equal(new Set(found).size, 4);
    assert.deepEqual(found.slice(0, 2), ["B-5", "B-6"]);
  });

  test("the seat next to a sold one is not left alone where the seller forbids it", () => {
    const taken = row("C", 1, 12);
    assert.deepEqual(cinema.offered(["C-4", "C-5"], taken), ["B-4", "B-5"]);
    const tidy = cinema.offered(["C-4", "C-5"], taken, { strandRule: true }) ?? [];
    assert.deepEqual(tidy, ["B-5", "B-6"]);
  });

  test("a wheelchair place is followed by another with its companion, and by nothing else", () => {
    assert.deepEqual(cinema.offered(["A-1", "A-2"], ["A-1"]), ["A-8", "A-7"]);
    assert.equal(cinema.offered(["A-1"], ["A-1", "A-8"]), undefined);
    assert.ok(!cinema.offered(["A-3"], row("A", 3, 6))?.some((name) => name.startsWith("A-")));
  });

  test("another section is offered only at the same price, and only if it is much nearer", () => {
    const all = arena.seats.rows.filter((one) => arena.seats.sections[one.section]?.id === "104");
    const taken = all.flatMap((one) =>
      Array.from({ length: one.length }, (_, at) => seatName(arena.seats, one.start + at)),
    );
    const elsewhere = arena.offered(["104-C-3", "104-C-4"], taken) ?? [];
    assert.match(elsewhere[0] ?? "", /^10[35]-[A-E]-/);
    assert.equal(arena.offered(["104-C-3", "104-C-4"], taken, { samePrice: () => false }), undefined);
    const last = arena.offered(["104-C-1", "104-C-2"], ["104-C-1"]) ?? [];
    assert.match(last[0] ?? "", /^104-/);
  });

  test("nothing is offered for standing places or for what is not there together", () => {
    assert.equal(
      alternativeTo(arena.seats, { wanted: [5], isFree: () => true, samePrice: () => true, strandRule: false }),
      undefined,
    );
    const odd = Array.from({ length: cinema.seats.count }, (_, place) => seatName(cinema.seats, place)).filter(
      (_, place) => place % 2 === 0,
    );
    assert.equal(cinema.offered(["C-7", "C-8"], odd), undefined);
  });

  test("whatever is taken, what is offered is free, together, equal and no farther than any other choice in its row", () => {
    const { seats } = cinema;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({ max: seats.count - 1 }), { maxLength: 90 }),
        fc.nat({ max: seats.count - 1 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (taken, from, size, strandRule) => {
          const stretch = seats.stretches[seats.stretchOf[from] ?? -1] ?? assert.fail();
          const wanted = Array.from({ length: size }, (_, at) => from + at);
          fc.pre(wanted.every((place) => seats.stretchOf[place] === seats.stretchOf[from]));
          const gone = new Set([...taken, from]);
          const isFree = (place: number) => !gone.has(place);
          const found = alternativeTo(seats, { wanted, isFree, samePrice: () => true, strandRule });
          if (!found) return;
          assert.equal(new Set(found).size, size);
          assert.ok(found.every(isFree));
          assert.equal(new Set(found.map((place) => seats.stretchOf[place])).size, 1);
          assert.equal(Math.max(...found) - Math.min(...found), size - 1);
          assert.equal(seats.stretches[seats.stretchOf[found[0] ?? -1] ?? -1]?.accessible, stretch.accessible);
          if (strandRule) assert.deepEqual(strandedSeats(seats, isFree, found), []);
        },
      ),
    );
  });
});
