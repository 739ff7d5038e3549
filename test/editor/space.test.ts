import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readSeatMap, writeSeatMap } from "../../src/web/editor/document.ts";
import { seatMapFaults } from "../../src/domain/seat-map-check.ts";
import { seatMapTemplate } from "../../src/domain/templates.ts";
import { drawStanding } from "../../src/web/editor/adding.ts";
import { fitted, panned, toCanvas, toDrawing, viewOf, zoomAt } from "../../src/web/editor/camera.ts";
import { draftsOf } from "../../src/web/editor/drafts.ts";
import { areaBox, seatPoints } from "../../src/web/editor/drawing.ts";
import { boxAround, culpritOf, sentenceAbout } from "../../src/web/editor/faults.ts";
import { handlesOf } from "../../src/web/editor/handles.ts";
import { move } from "../../src/web/editor/moving.ts";
import { everything, isNothing, nothing, ofAreas, ofRows, ofSeats, theStage } from "../../src/web/editor/selection.ts";
import { createSpace } from "../../src/web/editor/space.ts";
import { editorTexts } from "../../src/web/texts/en/editor.ts";
import { firstArea, hall, nameOf, withFirstArea, withRow } from "./setting.ts";

suite("a pointer", () => {
  const drawing = hall();
  const area = firstArea({ drawing });
  const row = area.rows[2];
  const space = createSpace(drawing);
  const seat = row ? seatPoints(row)[4] : undefined;
  assert.ok(row && seat);

  test("takes the seat, the row or the section under it, as it is told", () => {
    const near = { x: seat.x + 5, y: seat.y - 5 };
    assert.deepEqual(space.at(near, "seats", 1), ofSeats(row.key, 4));
    assert.deepEqual(space.at(near, "rows", 1), ofRows(row.key));
    assert.deepEqual(space.at(near, "areas", 1), ofAreas(area.key));
  });

  test("between seats takes the section, and the row, but no seat", () => {
    const between = { x: seat.x + 27, y: seat.y };
    assert.ok(isNothing(space.at(between, "seats", 1)));
    assert.deepEqual(space.at(between, "rows", 1), ofRows(row.key));
    assert.deepEqual(space.at({ x: seat.x + 27, y: seat.y + 47 }, "areas", 1), ofAreas(area.key));
  });

  test("takes the stage, a standing area, or nothing", () => {
    const { stage } = drawing;
    assert.deepEqual(space.at({ x: stage.x + 5, y: stage.y + 5 }, "rows", 1), theStage);
    assert.ok(isNothing(space.at({ x: 2, y: 2 }, "areas", 1)));
    const box = { left: 2_000, top: 100, right: 2_400, bottom: 400 };
    const { drawing: more, selection } = drawStanding({ drawing, selection: nothing }, box, nameOf);
    assert.deepEqual(createSpace(more).at({ x: 2_200, y: 200 }, "seats", 1), selection);
  });

  test("catches with a rectangle what has a seat in it", () => {
    const box = { left: seat.x - 60, top: seat.y - 20, right: seat.x + 60, bottom: seat.y + 20 };
    assert.deepEqual(space.caught(box, "seats"), ofSeats(row.key, 3, 4, 5));
    assert.deepEqual(space.caught(box, "rows"), ofRows(row.key));
    assert.deepEqual(space.caught(box, "areas"), ofAreas(area.key));
    assert.deepEqual(space.caught({ left: 0, top: 0, right: drawing.width, bottom: drawing.height }, "areas"), {
      ...ofAreas(area.key),
    });
  });

  test("finds in an arena what a search of every seat finds", () => {
    const arena = readSeatMap(seatMapTemplate("arena"));
    const box = { left: 6_000, top: 8_000, right: 8_000, bottom: 9_500 };
    const { seats } = createSpace(arena).caught(box, "seats");
    const expected = arena.areas.flatMap((one) =>
      one.kind === "seats"
        ? one.rows.flatMap((it) =>
            seatPoints(it).filter(({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom),
          )
        : [],
    );
    const found = [...seats.values()].reduce((sum, indexes) => sum + indexes.size, 0);
    assert.ok(found > 500);
    assert.equal(found, expected.length);
  });
});

suite("the camera", () => {
  const size = { width: 800, height: 600 };

  test("zooms around the pointer and pans by pixels", () => {
    const camera = { x: 100, y: 50, scale: 0.5 };
    const at = { x: 300, y: 200 };
    const under = toDrawing(camera, at);
    const near = zoomAt(camera, 2, at);
    assert.deepEqual([near.scale, toCanvas(near, under)], [1, at]);
    assert.deepEqual(toCanvas(panned(camera, 10, -20), under), { x: 310, y: 180 });
  });

  test("shows all of a box", () => {
    const box = { left: 1_000, top: 2_000, right: 9_000, bottom: 5_000 };
    const view = viewOf(fitted(box, size), size);
    const top = toCanvas(fitted(box, { width: 390, height: 388 }), { x: box.left, y: box.top }).y;
    assert.ok(top >= 68, "the choice at the upper edge of a phone's canvas covers none of it");
    assert.ok(view.left < box.left && view.right > box.right && view.top < box.top && view.bottom > box.bottom);
  });
});

suite("handles", () => {
  const handle = (kind: string, index = 0) => {
    const edit = withRow(hall(), 2);
    const found = handlesOf(edit, 10).filter((one) => one.kind === kind)[index];
    assert.ok(found);
    return { edit, found };
  };

  test("at a row's ends make it longer and shorter at that end", () => {
    for (const [index, way] of [
      [0, -1],
      [1, 1],
    ] as const) {
      const { edit, found } = handle("end", index);
      const longer = found.drag(edit, { x: found.at.x + way * 115, y: found.at.y }, false);
      assert.equal(firstArea(longer).rows[2]?.seats.length, 12);
      const shorter = found.drag(edit, { x: found.at.x - way * 115, y: found.at.y }, false);
      assert.equal(firstArea(shorter).rows[2]?.seats.length, 8);
    }
  });

  test("in a row's middle bend it by as much as they are pulled", () => {
    const { edit, found } = handle("curve");
    const bent = firstArea(found.drag(edit, { x: found.at.x, y: found.at.y + 20 }, false)).rows[2];
    assert.ok(bent);
    const [first, , , , middle] = seatPoints(bent);
    const before = firstArea(edit).rows[2];
    const [was, , , , stays] = before ? seatPoints(before) : [];
    assert.ok(Math.abs((was?.y ?? 0) - (first?.y ?? 0) - 20) < 4, "the ends come forward");
    assert.ok(Math.abs((stays?.y ?? 0) - (middle?.y ?? 0)) < 2);
  });

  test("at an area's corners stretch it", () => {
    const box = { left: 100, top: 100, right: 500, bottom: 300 };
    const edit = drawStanding({ drawing: hall(), selection: nothing }, box, nameOf);
    const corner = handlesOf(edit, 10).find(({ at }) => at.x === 500 && at.y === 300);
    assert.ok(corner);
    const [, area] = corner.drag(edit, { x: 700, y: 420 }, false).drawing.areas;
    assert.deepEqual(area && areaBox(area), { ...box, right: 700, bottom: 420 });
  });

  test("are only there where one thing is selected", () => {
    const drawing = hall();
    assert.deepEqual(handlesOf({ drawing, selection: nothing }, 10), []);
    assert.deepEqual(
      handlesOf({ drawing, selection: everything(drawing, "rows") }, 10).map(({ kind }) => kind),
      ["turn"],
    );
  });
});

suite("a fault", () => {
  test("is said by the section's name, and leads to what has to change", () => {
    const { drawing } = move(withFirstArea(hall()), 5_000, 0);
    const [first] = seatMapFaults(writeSeatMap(drawing));
    assert.ok(first);
    assert.deepEqual(culpritOf(drawing, first), ofSeats(firstArea({ drawing }).rows[0]?.key ?? "", 0));
    assert.equal(
      sentenceAbout(editorTexts.editor, drawing, first),
      "Seat A-1 lies outside of the room (50 in this section).",
    );
    assert.ok((boxAround(drawing, culpritOf(drawing, first))?.left ?? 0) > 5_000);
  });

  test("of two seats in one place selects both", () => {
    const drawing = hall();
    const [first, second] = firstArea({ drawing }).rows;
    assert.ok(first && second);
    const [target] = seatPoints(first);
    const [from] = seatPoints(second);
    const dx = (target?.x ?? 0) - (from?.x ?? 0);
    const edit = move({ drawing, selection: ofSeats(second.key, 0) }, dx, (target?.y ?? 0) - (from?.y ?? 0));
    const [fault] = seatMapFaults(writeSeatMap(edit.drawing));
    assert.ok(fault);
    const culprit = culpritOf(edit.drawing, fault);
    assert.deepEqual([...culprit.seats.keys()].toSorted(), [first.key, second.key].toSorted());
    assert.equal(sentenceAbout(editorTexts.editor, edit.drawing, fault), "Seat B-1 overlaps seat A-1.");
  });
});

suite("a draft", () => {
  /** A browser's storage. */
  function storage(refuses = false): Storage {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem(name: string, text: string) {
        if (refuses) throw new DOMException("no room", "QuotaExceededError");
        kept.set(name, text);
      },
      removeItem: (name: string) => void kept.delete(name),
    } as unknown as Storage;
  }
  const draft = { basedOn: "map", at: 5, map: writeSeatMap(hall()) };

  test("is kept for one auditorium, until it is dropped", () => {
    const own = storage();
    const drafts = draftsOf(own, "one");
    assert.equal(drafts.keep(draft), true);
    assert.deepEqual(draftsOf(own, "one").read(), draft);
    assert.equal(draftsOf(own, "two").read(), undefined);
    drafts.drop();
    assert.equal(drafts.read(), undefined);
  });

  test("that the browser does not keep is said to be lost", () => {
    assert.equal(draftsOf(storage(true), "one").keep(draft), false);
    assert.equal(draftsOf(undefined, "one").keep(draft), false);
  });

  test("that is no draft is none", () => {
    const own = storage();
    for (const text of ["{", "null", "[]", '{"basedOn":1}', '{"basedOn":"map","map":{}}']) {
      own.setItem("marquee-auditorium-one", text);
      assert.equal(draftsOf(own, "one").read(), undefined, text);
    }
  });
});
