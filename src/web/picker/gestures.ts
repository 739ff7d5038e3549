// Fingers, mouse and wheel on a frame. The page keeps scrolling where the frame has nothing to do with it.

import type { Camera } from "./camera.ts";
import type { Point } from "./viewport.ts";

/** A finger that moves less than this taps. */
const slack = 8;
/** A page that scrolls goes on scrolling when the frame comes under the pointer. */
const scrollingMs = 350;

/** Listens to a frame's pointers. */
export function listenToGestures(frame: HTMLElement, camera: Camera): void {
  pinchAndDrag(frame, camera);
  wheel(frame, camera);
}

function pinchAndDrag(frame: HTMLElement, camera: Camera): void {
  const down = new Map<number, Point>();
  let start: Point | undefined;
  let dragged = false;
  const at = (event: PointerEvent): Point => pointIn(frame, event);

  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (down.size === 0) {
      start = at(event);
      dragged = false;
    }
    down.set(event.pointerId, at(event));
  });
  frame.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before || !start) return;
    const now = at(event);
    if (!dragged && down.size === 1 && Math.hypot(now.x - start.x, now.y - start.y) < slack) return;
    if (!dragged) {
      dragged = true;
      frame.classList.add("is-moving");
      for (const id of down.keys()) frame.setPointerCapture(id);
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    if (!other) return camera.pan(now.x - before.x, now.y - before.y);
    const middle = (point: Point) => ({ x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
    const spread = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    const [from, to] = [middle(before), middle(now)];
    camera.zoom(spread(now) / spread(before), from);
    camera.pan(to.x - from.x, to.y - from.y);
  });
  const up = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (down.size === 0) frame.classList.remove("is-moving");
  };
  frame.addEventListener("pointerup", up);
  frame.addEventListener("pointercancel", up);
  // What was dragged was not meant to be clicked.
  frame.addEventListener(
    "click",
    (event) => {
      if (!dragged || event.detail === 0) return;
      dragged = false;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  frame.addEventListener("dragstart", (event) => event.preventDefault());
}

function wheel(frame: HTMLElement, camera: Camera): void {
  let scrolledAt = -Infinity;
  addEventListener("scroll", () => (scrolledAt = performance.now()), { passive: true });
  frame.addEventListener(
    "wheel",
    (event) => {
      const outwards = event.deltaY > 0;
      // A pinch on a touch pad comes as a wheel with Ctrl.
      if (!event.ctrlKey) {
        if (performance.now() - scrolledAt < scrollingMs) return;
        if (outwards ? camera.isWhole : camera.isNearest) return;
        if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      }
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1);
      const factor = Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0028));
      camera.zoom(factor, pointIn(frame, event));
    },
    { passive: false },
  );
}

/** Where in the frame something happened. */
export function pointIn(frame: HTMLElement, event: MouseEvent): Point {
  const { left, top } = frame.getBoundingClientRect();
  return { x: event.clientX - left - frame.clientLeft, y: event.clientY - top - frame.clientTop };
}
