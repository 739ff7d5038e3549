// The part of a seat map that is shown, and the seats behind it.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import {
  between,
  fit,
  kept,
  limitsOf,
  panned,
  revealing,
  toDrawing,
  toFrame,
  visible,
  zoomed,
} from "../../src/web/picker/viewport.ts";

const box = { x: 100, y: 200, width: 14_000, height: 12_000 };
const frame = { width: 800, height: 600 };
const limits = limitsOf(box, frame, 50, 45);
const whole = fit(box, frame);
const close = (a: number, b: number, by = 1e-6) =>
  assert.ok(Math.abs(a - b) <= by * Math.max(1, Math.abs(a)), `${a} is not ${b}`);

suite("a view of a seat map", () => {
  test("shows everything at first, in the middle", () => {
    const seen = visible(whole, frame);
    close(seen.width, 16_000);
    close(seen.height, 12_000);
    close(seen.x + seen.width / 2, 7_100);
  });

  test("goes in until seats are 45 pixels apart, and never out of the drawing", () => {
    const near = zoomed(whole, 1_000, { x: 400, y: 300 }, limits);
    close(near.scale * 50, 45);
    close(zoomed(near, 1e-9, { x: 0, y: 0 }, limits).scale, whole.scale);
    assert.equal(limitsOf({ ...box, width: 100, height: 100 }, frame, 50, 45).most, 6);
  });

  const views = fc.record({
    x: fc.double({ min: -5_000, max: 20_000, noNaN: true }),
    y: fc.double({ min: -5_000, max: 20_000, noNaN: true }),
    scale: fc.double({ min: limits.least, max: limits.most, noNaN: true }),
  });
  const points = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 600 }) });

  test("zooms around the point under the finger, and pans with it", () => {
    fc.assert(
      fc.property(views, points, fc.double({ min: 0.2, max: 5, noNaN: true }), (view, at, factor) => {
        const before = toDrawing(view, at);
        const after = toDrawing(zoomed(view, factor, at, limits), at);
        close(before.x, after.x);
        close(before.y, after.y);
        const moved = toFrame(panned(view, 30, -12), before);
        close(moved.x, at.x + 30, 1e-5);
        close(moved.y, at.y - 12, 1e-5);
      }),
    );
  });

  test("never leaves the drawing, and stays where it is if it has not", () => {
    fc.assert(
      fc.property(views, (view) => {
        const inside = kept(view, box, frame);
        const seen = visible(inside, frame);
        if (seen.width <= box.width) {
          assert.ok(seen.x >= box.x - 1e-6 && seen.x + seen.width <= box.x + box.width + 1e-6);
        } else close(seen.x + seen.width / 2, box.x + box.width / 2);
        const again = kept(inside, box, frame);
        close(again.x, inside.x);
        close(again.y, inside.y);
      }),
    );
  });

  test("moves no more than it must to show a seat", () => {
    const near = zoomed(whole, 1_000, { x: 400, y: 300 }, limits);
    const seat = toDrawing(near, { x: 790, y: 300 });
    const shown = toFrame(revealing(near, seat, frame, 60), seat);
    close(shown.x, 740);
    close(shown.y, 300);
    assert.deepEqual(revealing(near, toDrawing(near, { x: 100, y: 100 }), frame, 60).x, near.x);
  });

  test("begins and ends a flight where it should", () => {
    const near = zoomed(panned(whole, 40, 10), 20, { x: 100, y: 500 }, limits);
    for (const [share, view] of [
      [0, whole],
      [1, near],
    ] as const) {
      const found = between(whole, near, share, frame);
      close(found.scale, view.scale);
      close(found.x, view.x);
      close(found.y, view.y);
    }
    const half = between(whole, near, 0.5, frame);
    assert.ok(half.scale > whole.scale && half.scale < near.scale);
  });
});
