import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { seatMapFaults } from "../../src/domain/seat-map-check.ts";
import { layRow, readRow } from "../../src/domain/seat-map-rows.ts";
import { compileSeatMap, type SeatMap } from "../../src/domain/seat-map.ts";
import { seatMapTemplate, seatMapTemplates } from "../../src/domain/templates.ts";
import * as adding from "../../src/web/editor/adding.ts";
import * as areas from "../../src/web/editor/areas.ts";
import { readSeatMap, writeSeatMap } from "../../src/web/editor/document.ts";
import { areaBox, lineOf, placeCount, seatPoints, type Drawing } from "../../src/web/editor/drawing.ts";
import { begin, commit, redo, select, undo, type Edit, type History } from "../../src/web/editor/history.ts";
import * as moving from "../../src/web/editor/moving.ts";
import * as rows from "../../src/web/editor/rows.ts";
import * as seats from "../../src/web/editor/seats.ts";
import { existing, nothing, ofAreas, ofRows, ofSeats } from "../../src/web/editor/selection.ts";
import { anyCommand, firstArea, hall, nameOf, withFirstArea, withRow } from "./setting.ts";

/** A seat map without what only editors read. */
function plain(map: SeatMap) {
  return {
    ...map,
    sections: map.sections.map((section) =>
      section.kind === "standing"
        ? section
        : { ...section, numbering: undefined, rows: section.rows.map((row) => ({ ...row, shape: undefined })) },
    ),
  };
}

for (const { kind } of seatMapTemplates) {
  test(`the template ${kind} comes out of the editor as it went in`, () => {
    const map = seatMapTemplate(kind);
    assert.deepEqual(plain(writeSeatMap(readSeatMap(map))), plain(map));
  });
}

test("names that follow no scheme, and coordinates between whole units, come out as they went in", () => {
  const map = writeSeatMap(hall());
  const [section] = map.sections;
  assert.ok(section?.kind === "seats");
  const odd = section.rows.map((row, index) => ({
    ...row,
    seats: row.seats.map((seat, at) => ({ ...seat, name: `x${index}.${at}`, x: seat.x + 0.25 })),
  }));
  const strange = { ...map, sections: [{ ...section, numbering: {}, rows: odd }] };
  assert.deepEqual(plain(writeSeatMap(readSeatMap(strange))), plain(strange));
});

/** Does commands one after the other, each a step of its own. */
function play(start: Drawing, commands: readonly ((edit: History["present"]) => History["present"])[]): History {
  let history = begin({ drawing: start, selection: nothing });
  for (const [at, command] of commands.entries()) {
    const after = command(history.present);
    const selection = existing(after.drawing, after.selection);
    history =
      after.drawing === history.present.drawing
        ? select(history, selection)
        : commit(history, { drawing: after.drawing, selection }, { what: "test", at: at * 10_000 });
  }
  return history;
}

test("undoing whatever was done gives back exactly what there was, and redoing what was done", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
      const start = hall();
      const before = structuredClone(start);
      const done = play(start, commands);
      const after = structuredClone(done.present.drawing);
      let undone = done;
      for (const _ of done.past) undone = undo(undone);
      assert.equal(undone.present.drawing, start);
      assert.deepEqual(start, before, "nothing was changed in place");
      for (const _ of done.past) undone = redo(undone);
      assert.equal(undone.present.drawing, done.present.drawing);
      assert.deepEqual(undone.present.drawing, after);
    }),
    { numRuns: 200 },
  );
});

test("whatever was done, keys are unique, selections exist, and a map without faults compiles", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
      const { drawing, selection } = play(hall(), commands).present;
      const keys = drawing.areas.flatMap((area) => [
        area.key,
        ...(area.kind === "seats" ? area.rows.map((row) => row.key) : []),
      ]);
      assert.equal(new Set(keys).size, keys.length);
      assert.deepEqual(existing(drawing, selection), selection);
      for (const area of drawing.areas) {
        if (area.kind === "seats") for (const row of area.rows) assert.ok(row.seats.length > 0, "no row is empty");
      }
      const map = writeSeatMap(drawing);
      const faults = seatMapFaults(map);
      if (faults.length === 0) assert.equal(compileSeatMap(map).placeCount, placeCount(drawing));
      assert.deepEqual(plain(writeSeatMap(readSeatMap(map))), plain(map), "and it is read again as it was written");
    }),
    { numRuns: 200 },
  );
});

test("only what changed is another object", () => {
  const drawing = readSeatMap(seatMapTemplate("arena"));
  const [floor, first, ...others] = drawing.areas;
  assert.ok(floor && first);
  const { drawing: after } = moving.move({ drawing, selection: ofAreas(first.key) }, 30, 10);
  assert.equal(after.areas[0], floor);
  assert.deepEqual(
    after.areas.slice(2).map((area, index) => area === others[index]),
    others.map(() => true),
  );
  const [before, moved] = [first, after.areas[1]];
  assert.ok(before.kind === "seats" && moved?.kind === "seats");
  assert.ok(
    moved.rows.every((row, index) => row.seats === before.rows[index]?.seats),
    "seats are shared",
  );
});

suite("steps of one name soon after each other", () => {
  test("are one, and not after a pause or an undo", () => {
    const start = withFirstArea(hall());
    let history = begin(start);
    const curve = (value: number, at: number) =>
      commit(history, rows.setCurve(history.present, value), { what: "curve", merge: "curve", at });
    history = curve(10, 0);
    history = curve(12, 500);
    history = curve(14, 1_000);
    assert.equal(history.past.length, 1);
    history = curve(16, 5_000);
    assert.equal(history.past.length, 2);
    history = undo(history);
    history = curve(18, 5_100);
    assert.equal(history.past.length, 2);
    assert.equal(undo(undo(history)).present.drawing, start.drawing);
  });

  test("a change that changes nothing is no step", () => {
    const history = begin(withFirstArea(hall()));
    const same = commit(history, rows.setCurve(history.present, 20), { what: "curve", at: 0 });
    assert.equal(same.past.length, 1, "laid anew on the same line");
    const none = commit(history, areas.setArea(history.present, { rank: 1 }), { what: "rank", at: 0 });
    assert.equal(none.past.length, 0);
  });
});

const points = (edit: { drawing: Drawing }, row = 0) => {
  const found = firstArea(edit).rows[row];
  return found ? seatPoints(found) : [];
};

const lineAt = (edit: { drawing: Drawing }, row: number) => {
  const found = firstArea(edit).rows[row];
  return found && lineOf(found);
};

suite("rows", () => {
  test("get more seats at both sides of where their middle is, numbered on", () => {
    const edit = rows.setCount(withFirstArea(hall()), 12);
    const area = firstArea(edit);
    assert.equal(placeCount(edit.drawing), 60);
    assert.deepEqual(
      area.rows[2]?.seats.map(({ number }) => Number(number)),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    );
    assert.ok(Math.abs((lineAt({ drawing: hall() }, 2)?.middle.x ?? 0) - (lineAt(edit, 2)?.middle.x ?? 9)) < 1);
  });

  test("get more seats at one end while the other end stays", () => {
    for (const end of ["left", "right"] as const) {
      const drawing = hall();
      const key = firstArea({ drawing }).rows[1]?.key ?? "";
      const edit = rows.setCountFrom({ drawing, selection: ofRows(key) }, key, 14, end);
      const [before, after] = [points({ drawing }, 1), points(edit, 1)];
      const kept = end === "right" ? after.slice(0, 10) : after.slice(4);
      for (const [index, seat] of kept.entries()) {
        const was = before[index] ?? seat;
        assert.ok(Math.hypot(seat.x - was.x, seat.y - was.y) <= 1.5, `${end} ${index}`);
      }
      const fewer = rows.setCountFrom(edit, key, 10, end);
      for (const [index, seat] of points(fewer, 1).entries()) {
        const was = before[index] ?? seat;
        assert.ok(Math.hypot(seat.x - was.x, seat.y - was.y) <= 2, `back: ${end} ${index}`);
      }
    }
  });

  test("keep aisles, spacing and curve through a turn, and turning back puts them where they were", () => {
    const start = withFirstArea(hall());
    const turned = moving.turn(start, 37);
    const line = lineAt(turned, 0);
    assert.deepEqual([line?.shape.spacing, line?.shape.curve, line?.shape.angle], [55, 20, 37]);
    assert.deepEqual(line?.gaps, [0, 0, 0, 60, 0, 0, 0, 0, 0, 0]);
    for (const [index, seat] of points(moving.turn(turned, -37)).entries()) {
      const was = points(start)[index] ?? seat;
      assert.ok(Math.hypot(seat.x - was.x, seat.y - was.y) <= 2);
    }
  });

  test("mirrored twice are where they were, and once with their aisle on the other side", () => {
    const start = withFirstArea(moving.turn(withFirstArea(hall()), 20).drawing);
    const once = moving.mirror(start);
    assert.deepEqual([lineAt(once, 0)?.shape.angle, lineAt(once, 0)?.gaps], [-20, [0, 0, 0, 0, 0, 0, 0, 60, 0, 0]]);
    const [row] = firstArea(once).rows;
    assert.equal(row?.seats.map(({ number }) => number).join(" "), "1 2 3 4 5 6 7 8 9 10");
    for (const [index, seat] of points(moving.mirror(once)).entries()) {
      const was = points(start)[index] ?? seat;
      assert.ok(Math.hypot(seat.x - was.x, seat.y - was.y) <= 1.5);
    }
  });

  test("take aisles where they are asked for and nowhere else", () => {
    const edit = rows.setAisles(withFirstArea(hall()), [2, 8], 80);
    for (const row of firstArea(edit).rows) {
      assert.deepEqual(
        row.seats.flatMap(({ aisle }, seat) => (aisle ? [seat] : [])),
        [2, 8],
      );
      assert.deepEqual(
        lineOf(row)?.gaps.filter((gap) => gap > 0),
        [80, 80],
      );
    }
  });

  test("lie as far apart as asked for", () => {
    const edit = rows.setRowDistance(withFirstArea(hall()), 120);
    assert.equal(rows.rowDistance(firstArea(edit)), 120);
    assert.deepEqual(points(edit), points({ drawing: hall() }), "the front row stays");
  });

  test("fan out around the centre of the front row", () => {
    const edit = rows.fanOut(withFirstArea(hall({ curve: 40 })));
    const curves = firstArea(edit).rows.map((row) => lineOf(row)?.shape.curve ?? 0);
    const radius = 180_000 / Math.PI / 40;
    assert.ok(Math.abs((curves[4] ?? 0) - 180_000 / Math.PI / (radius + 4 * 95)) < 0.1, curves.join());
  });

  test("named by hand are named by hand from then on", () => {
    const start = withFirstArea(hall());
    const key = firstArea(start).rows[1]?.key ?? "";
    const named = seats.setRowName(start, key, "BB");
    assert.deepEqual(
      firstArea(named).rows.map(({ name }) => name),
      ["A", "BB", "C", "D", "E"],
    );
    const more = adding.addRow(named, "back");
    assert.deepEqual(
      firstArea(more).rows.map(({ name }) => name),
      ["A", "BB", "C", "D", "E", "E-2"],
    );
    const again = areas.setNumbering(more, { rows: { style: "numbers", from: "back", start: 1 } });
    assert.deepEqual(
      firstArea(again).rows.map(({ name }) => name),
      ["6", "5", "4", "3", "2", "1"],
    );
  });

  test("drawn before others come before them, and are named so", () => {
    const start = withFirstArea(hall());
    const front = points(start)[0] ?? { x: 0, y: 0 };
    const edit = adding.drawRow(start, { x: front.x, y: front.y - 95 }, { x: front.x + 220, y: front.y - 95 }, nameOf);
    const [first] = firstArea(edit).rows;
    assert.deepEqual([first?.name, first?.seats.length, edit.selection.rows.has(first?.key ?? "")], ["A", 5, true]);
    assert.equal(firstArea(edit).rows.length, 6);
  });

  test("are the same whether drawn to the right or to the left", () => {
    const [right, left] = [
      adding.rowBetween({ x: 100, y: 100 }, { x: 430, y: 100 }, "a"),
      adding.rowBetween({ x: 430, y: 100 }, { x: 100, y: 100 }, "a"),
    ];
    assert.deepEqual(seatPoints(left), seatPoints(right));
    assert.equal(left.seats.length, 7);
  });

  test("copied lie behind what they were copied from", () => {
    const edit = adding.duplicate(withRow(hall(), 4), nameOf);
    const { rows: all } = firstArea(edit);
    assert.deepEqual(
      all.map(({ name }) => name),
      ["A", "B", "C", "D", "E", "F"],
    );
    assert.equal((points(edit, 5)[0]?.y ?? 0) - (points(edit, 4)[0]?.y ?? 0), 95);
  });

  test("move into a section of their own with their names and marks", () => {
    const edit = adding.moveRowsTo(withRow(hall(), 0), undefined, nameOf);
    const map = writeSeatMap(edit.drawing);
    assert.deepEqual(
      map.sections.map(({ id, name }) => [id, name]),
      [
        ["MAIN", "Main"],
        ["S1", "Section 2"],
      ],
    );
    const second = map.sections[1];
    assert.ok(second?.kind === "seats");
    assert.deepEqual(second.rows[0]?.seats.map(({ name, access }) => [name, access]).slice(0, 3), [
      ["S1-A-1", "accessible"],
      ["S1-A-2", "companion"],
      ["S1-A-3", undefined],
    ]);
  });
});

suite("seats", () => {
  test("that are taken away leave the others where they stand, and nobody side by side across the hole", () => {
    const drawing = hall();
    const key = firstArea({ drawing }).rows[0]?.key ?? "";
    const edit = adding.remove({ drawing, selection: ofSeats(key, 0, 5) });
    const before = points({ drawing }).filter((_, index) => index !== 0 && index !== 5);
    assert.deepEqual(points(edit), before);
    const [row] = firstArea(edit).rows;
    assert.deepEqual(
      row?.seats.flatMap(({ aisle }, seat) => (aisle ? [seat] : [])),
      [2, 4],
    );
    assert.deepEqual(row?.seats.map(({ number }) => number).join(" "), "1 2 3 4 5 6 7 8");
    assert.ok(row && lineOf(row), "still on a line");
  });

  test("of a row that are all taken away take the row with them", () => {
    const drawing = hall();
    const key = firstArea({ drawing }).rows[0]?.key ?? "";
    const edit = adding.remove({ drawing, selection: ofSeats(key, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) });
    assert.deepEqual(
      firstArea(edit).rows.map(({ name }) => name),
      ["A", "B", "C", "D"],
    );
  });

  test("are marked one by one, by row and by section", () => {
    const drawing = hall({ wheelchairs: 0 });
    const [first, second] = firstArea({ drawing }).rows;
    const one = seats.setAccess({ drawing, selection: ofSeats(first?.key ?? "", 3) }, "accessible");
    const row = seats.setView({ ...one, selection: ofRows(second?.key ?? "") }, "restricted");
    const map = writeSeatMap(row.drawing);
    const all = map.sections.flatMap((section) =>
      section.kind === "seats" ? section.rows.flatMap((it) => it.seats) : [],
    );
    assert.deepEqual(
      all.filter(({ access }) => access).map(({ name }) => name),
      ["A-4"],
    );
    assert.equal(all.filter(({ view }) => view).length, 10);
    const plainAgain = seats.setAccess({ ...row, selection: ofAreas(firstArea(row).key) }, undefined);
    assert.ok(firstArea(plainAgain).rows.every((it) => it.seats.every((seat) => !("access" in seat))));
  });

  test("drawn into a row stand between their neighbours", () => {
    const drawing = hall({ curve: 0 });
    const edit = withRow(drawing, 0);
    const [, , third, fourth] = points({ drawing });
    const at = { x: ((third?.x ?? 0) + (fourth?.x ?? 0)) / 2, y: third?.y ?? 0 };
    const after = adding.drawSeat(edit, at, nameOf);
    assert.deepEqual(points(after)[3], at);
    assert.equal(
      firstArea(after)
        .rows[0]?.seats.map(({ number }) => number)
        .join(" "),
      "1 2 3 4 5 6 7 8 9 10 11",
    );
  });
});

suite("sections and areas", () => {
  test("of a second section seats bear the section's code, as tickets then need it", () => {
    const edit = adding.drawBlock(withFirstArea(hall()), { left: 2_000, top: 300, right: 2_220, bottom: 490 }, nameOf);
    const { sections } = writeSeatMap(edit.drawing);
    const names = sections.map((section) => section.kind === "seats" && section.rows[0]?.seats[0]?.name);
    assert.deepEqual(names, ["MAIN-A-1", "S1-A-1"]);
    assert.equal(placeCount(edit.drawing), 50 + 4 * 2);
  });

  test("are copied under a code of their own", () => {
    const edit = adding.duplicate(withFirstArea(hall()), nameOf);
    assert.deepEqual(
      edit.drawing.areas.map(({ id, rank }) => [id, rank]),
      [
        ["MAIN", 1],
        ["MAIN2", 2],
      ],
    );
    assert.equal(placeCount(edit.drawing), 100);
  });

  test("are counted by their kind, past the names that are taken", () => {
    const box = { left: 2_000, top: 300, right: 2_220, bottom: 490 };
    const standing = (edit: Edit) => adding.drawStanding(edit, box, (number) => `Standing ${number}`);
    const section = (edit: Edit) => adding.drawBlock(edit, box, nameOf);
    const empty = { drawing: { ...hall(), areas: [] }, selection: nothing };
    const drawn = standing(section(standing(section(empty))));
    const names = ({ drawing }: Edit) => drawing.areas.map(({ name }) => name);
    assert.deepEqual(names(drawn), ["Section 1", "Standing 1", "Section 2", "Standing 2"]);
    const without = { ...drawn, drawing: { ...drawn.drawing, areas: drawn.drawing.areas.slice(1) } };
    assert.deepEqual(names(section(without)).at(-1), "Section 3", "two sections never begin with one name");
  });

  test("for standing take a size, a form and a capacity", () => {
    const box = { left: 100, top: 100, right: 500, bottom: 300 };
    const drawn = adding.drawStanding({ drawing: hall(), selection: nothing }, box, nameOf);
    const area = drawn.drawing.areas[1];
    assert.ok(area?.kind === "standing");
    assert.equal(area.capacity, 20);
    const round = areas.setForm(areas.setCapacity(drawn, 35), "ellipse");
    const wide = areas.setBox(round, { ...box, right: 900 });
    const after = wide.drawing.areas[1];
    assert.ok(after?.kind === "standing");
    assert.deepEqual(
      [after.capacity, areas.formOf(after.outline), areaBox(after)],
      [35, "ellipse", { ...box, right: 900 }],
    );
  });

  test("line up, and spread evenly", () => {
    let edit = withFirstArea(hall());
    for (const left of [3_000, 5_000]) {
      edit = adding.drawBlock(edit, { left, top: left / 10, right: left + 220, bottom: left / 10 + 190 }, nameOf);
    }
    const all = { drawing: edit.drawing, selection: ofAreas(...edit.drawing.areas.map((area) => area.key)) };
    const tops = moving.align(all, "top").drawing.areas.map((area) => areaBox(area).top);
    assert.equal(new Set(tops).size, 1);
    const middles = moving.distribute(all, "x").drawing.areas.map((area) => {
      const { left, right } = areaBox(area);
      return (left + right) / 2;
    });
    const [one = 0, two = 0, three = 0] = middles;
    assert.ok(Math.abs(two - one - (three - two)) <= 2);
  });

  test("a single thing lines up with the room", () => {
    const edit = moving.align(withFirstArea(hall()), "centre");
    const { left, right } = areaBox(firstArea(edit));
    assert.ok(Math.abs(left + right - edit.drawing.width) <= 1);
  });

  test("what left the drawing is brought back by fitting the drawing to it", () => {
    const moved = moving.move(withFirstArea(hall()), -4_000, 3_000);
    assert.notDeepEqual(seatMapFaults(writeSeatMap(moved.drawing)), []);
    assert.deepEqual(seatMapFaults(writeSeatMap(moving.fitDrawing(moved).drawing)), []);
  });
});

test("what is drawn is what buyers see: seats of a curved row stand on its arc in the document", () => {
  const edit = rows.setCurve(withFirstArea(hall()), 45);
  const [section] = writeSeatMap(edit.drawing).sections;
  assert.ok(section?.kind === "seats");
  for (const row of section.rows) {
    const line = readRow(row.seats, row.shape);
    assert.equal(line?.shape.curve, 45);
    assert.deepEqual(
      layRow(line),
      row.seats.map(({ x, y }) => ({ x, y })),
    );
  }
});
