// What pointers do on the canvas: select, move, draw, pan and pinch. A gesture shows what it would do while it lasts and does it
// when it ends; Escape or a second finger gives it up.

import type { Point } from "../../domain/seat-map-rows.ts";
import { blockIn, drawBlock, drawRow, drawSeat, drawStanding, seatsBetween, standingIn } from "./adding.ts";
import { panned, toCanvas, toDrawing, zoomAt } from "./camera.ts";
import type { Desk, Tool } from "./desk.ts";
import type { Box } from "./drawing.ts";
import type { Handle } from "./handles.ts";
import { move, selectionBox } from "./moving.ts";
import { includes, isNothing, nothing, toggled, union, type Level } from "./selection.ts";
import type { View } from "./view.ts";

/** How far a pointer moves before it drags. */
const dragPixels = 4;
const deeper: Partial<Record<Level, Level>> = { areas: "rows", rows: "seats" };

/** One gesture: what moving and letting go of the pointer mean. */
interface Drag {
  move(at: Point, event: PointerEvent): void;
  end(at: Point, event: PointerEvent): void;
  cancel?(): void;
}

export interface Pointer {
  /** Gives up what is under way; false if nothing was. */
  cancel(): boolean;
  close(): void;
}

export function openPointer(desk: Desk, view: View, surface: HTMLElement, temporary: () => Tool | undefined): Pointer {
  const fingers = new Map<number, Point>();
  let drag: { pointer: number; drag: Drag } | undefined;
  let pinch: { spread: number; middle: Point } | undefined;
  const stop = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listen: (event: HTMLElementEventMap[Name]) => void,
    options: AddEventListenerOptions = {},
  ) => surface.addEventListener(name, listen, { ...options, signal: stop.signal });

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = surface.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const cancel = () => {
    const had = drag !== undefined;
    drag?.drag.cancel?.();
    drag = undefined;
    settle(desk);
    return had;
  };

  on("pointerdown", (event) => {
    const at = pointOf(event);
    fingers.set(event.pointerId, at);
    surface.setPointerCapture(event.pointerId);
    if (fingers.size === 2) {
      cancel();
      pinch = pinchOf([...fingers.values()]);
      return;
    }
    if (fingers.size > 1 || event.button > 1) return;
    const tool = event.button === 1 ? "pan" : (temporary() ?? desk.tool.value);
    const begun = begin(desk, view, tool, at, event);
    if (begun) drag = { pointer: event.pointerId, drag: begun };
  });
  on("pointermove", (event) => {
    const at = pointOf(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, at);
    if (pinch && fingers.size === 2) pinch = pinched(desk, pinch, [...fingers.values()]);
    else if (drag?.pointer === event.pointerId) drag.drag.move(at, event);
    else if (fingers.size === 0) surface.style.cursor = cursorFor(desk, view, temporary() ?? desk.tool.value, at);
  });
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = undefined;
    if (drag?.pointer !== event.pointerId) return;
    const ended = drag.drag;
    drag = undefined;
    if (event.type === "pointercancel") ended.cancel?.();
    else ended.end(pointOf(event), event);
    settle(desk);
  };
  on("pointerup", up);
  on("pointercancel", up);
  on("dblclick", (event) => goDeeper(desk, view, pointOf(event)));
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.shiftKey) desk.camera.value = panned(desk.camera.value, -(event.deltaY + event.deltaX) * pixels, 0);
      else desk.camera.value = zoomAt(desk.camera.value, Math.exp(-event.deltaY * pixels * 0.0018), pointOf(event));
    },
    { passive: false },
  );
  return {
    cancel,
    close: () => stop.abort(),
  };
}

function settle(desk: Desk): void {
  desk.gesture.value = undefined;
  desk.hint.value = undefined;
  desk.preview.value = undefined;
}

function begin(desk: Desk, view: View, tool: Tool, at: Point, event: PointerEvent): Drag | undefined {
  if (tool === "pan") return panDrag(desk, at);
  const handle = handleAt(desk, view, at);
  if (handle) return handleDrag(desk, handle);
  if (tool === "row") return rowDrag(desk, at);
  if (tool === "block" || tool === "standing") return boxDrag(desk, tool, at);
  return tool === "seat" ? seatDrag(desk) : selectDrag(desk, view, at, event);
}

function panDrag(desk: Desk, from: Point): Drag {
  let last = from;
  desk.gesture.value = { kind: "pan" };
  return {
    move(at) {
      desk.camera.value = panned(desk.camera.value, at.x - last.x, at.y - last.y);
      last = at;
    },
    end: () => undefined,
  };
}

/** A point of the drawing, on the grid if things snap to it. */
function snapped(desk: Desk, at: Point, event: PointerEvent): Point {
  const { x, y } = toDrawing(desk.camera.value, at);
  const step = desk.snap.value && !event.altKey ? desk.grid.value : 1;
  return { x: Math.round(x / step) * step, y: Math.round(y / step) * step };
}

function rowDrag(desk: Desk, start: Point): Drag {
  let from: Point | undefined;
  const to = (at: Point, event: PointerEvent): Point => {
    const point = snapped(desk, at, event);
    // Nearly level or plumb is meant so; Alt draws freely.
    const begun = from ?? point;
    if (event.altKey) return point;
    const [dx, dy] = [Math.abs(point.x - begun.x), Math.abs(point.y - begun.y)];
    return { x: dx < dy / 12 ? begun.x : point.x, y: dy < dx / 12 ? begun.y : point.y };
  };
  return {
    move(at, event) {
      from ??= snapped(desk, start, event);
      const end = to(at, event);
      desk.gesture.value = { kind: "row", from, to: end };
      desk.hint.value = { text: desk.texts.seats(seatsBetween(from, end)), ...at };
    },
    end(at, event) {
      const begun = from ?? snapped(desk, start, event);
      const end = to(at, event);
      desk.do("row", (edit) => drawRow(edit, begun, end, desk.texts.sectionName));
    },
  };
}

function boxDrag(desk: Desk, tool: "block" | "standing", start: Point): Drag {
  let box: Box | undefined;
  return {
    move(at, event) {
      box = boxBetween(snapped(desk, start, event), snapped(desk, at, event));
      desk.gesture.value = { kind: "box", tool, box };
      const { rows, seats } = blockIn(box);
      const text = tool === "block" ? desk.texts.blockSize(rows, seats) : desk.texts.places(standingIn(box));
      desk.hint.value = { text, ...at };
    },
    end() {
      const drawn = box;
      if (!drawn || drawn.right - drawn.left < 20 || drawn.bottom - drawn.top < 20) return;
      const { sectionName, standingName } = desk.texts;
      if (tool === "block") desk.do(tool, (edit) => drawBlock(edit, drawn, sectionName));
      else desk.do(tool, (edit) => drawStanding(edit, drawn, standingName));
      desk.tool.value = "select";
      desk.level.value = "areas";
    },
  };
}

function boxBetween(a: Point, b: Point): Box {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), right: Math.max(a.x, b.x), bottom: Math.max(a.y, b.y) };
}

function seatDrag(desk: Desk): Drag {
  return {
    move: () => undefined,
    end(at, event) {
      const point = snapped(desk, at, event);
      desk.do("seat", (edit) => drawSeat(edit, point, desk.texts.sectionName));
    },
  };
}

function handleAt(desk: Desk, view: View, at: Point): Handle | undefined {
  return view.handles().find((handle) => {
    const { x, y } = toCanvas(desk.camera.value, handle.at);
    return Math.hypot(x - at.x, y - at.y) <= 14;
  });
}

function handleDrag(desk: Desk, handle: Handle): Drag {
  const before = desk.history.value.present;
  let after = before;
  return {
    move(at, event) {
      const free = !desk.snap.value || event.altKey;
      const edit = handle.drag(
        before,
        handle.kind === "corner" ? snapped(desk, at, event) : toDrawing(desk.camera.value, at),
        free,
      );
      after = edit.drawing === before.drawing ? before : { drawing: edit.drawing, selection: before.selection };
      desk.preview.value = after;
      desk.hint.value = { text: desk.texts.done[handle.what], ...at };
    },
    end: () => desk.do(handle.what, () => after),
  };
}

function selectDrag(desk: Desk, view: View, from: Point, event: PointerEvent): Drag {
  const more = event.shiftKey || event.ctrlKey || event.metaKey;
  const before = desk.edit.value.selection;
  const point = toDrawing(desk.camera.value, from);
  const hit = view.space().at(point, desk.level.value, 4 / desk.camera.value.scale);
  if (isNothing(hit)) {
    // A finger on bare ground moves the paper; a mouse draws a rectangle around what it wants.
    if (event.pointerType === "touch") return tapOr(desk, from, panDrag(desk, from), () => desk.select(nothing));
    return marqueeDrag(desk, view, from, more);
  }
  const held = includes(before, hit);
  if (!held) desk.select(more ? union(before, hit) : hit);
  const single = () => {
    if (more && held) desk.select(toggled(before, hit));
    else if (!more) desk.select(hit);
  };
  return tapOr(desk, from, moveDrag(desk, from), single);
}

/** Another gesture, unless the pointer hardly moves. */
function tapOr(desk: Desk, from: Point, drag: Drag, tap: () => void): Drag {
  let far = false;
  desk.gesture.value = undefined;
  return {
    move(at, event) {
      far ||= Math.hypot(at.x - from.x, at.y - from.y) > dragPixels;
      if (far) drag.move(at, event);
    },
    end(at, event) {
      if (far) drag.end(at, event);
      else tap();
    },
  };
}

function moveDrag(desk: Desk, from: Point): Drag {
  let [dx, dy] = [0, 0];
  let corner: { x: number; y: number } | undefined;
  return {
    move(at, event) {
      const { drawing, selection } = desk.history.value.present;
      if (!corner) {
        const { left, top } = selectionBox(drawing, selection);
        corner = { x: left, y: top };
      }
      const { scale } = desk.camera.value;
      const step = desk.snap.value && !event.altKey ? desk.grid.value : 1;
      const onGrid = (start: number, by: number) => Math.round((start + by) / step) * step - start;
      [dx, dy] = [onGrid(corner.x, (at.x - from.x) / scale), onGrid(corner.y, (at.y - from.y) / scale)].map(
        Math.round,
      ) as [number, number];
      // Across or along only, while Shift is held.
      if (event.shiftKey) [dx, dy] = Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy];
      desk.gesture.value = { kind: "move", dx, dy };
      desk.hint.value = { text: desk.texts.moved(dx, dy), ...at };
    },
    end: () => desk.do("move", (edit) => move(edit, dx, dy)),
  };
}

function marqueeDrag(desk: Desk, view: View, from: Point, more: boolean): Drag {
  const before = desk.edit.value.selection;
  let box: Box | undefined;
  const drag: Drag = {
    move(at) {
      const { camera } = desk;
      box = boxBetween(toDrawing(camera.value, from), toDrawing(camera.value, at));
      desk.gesture.value = { kind: "marquee", box };
    },
    end() {
      const caught = box ? view.space().caught(box, desk.level.value) : nothing;
      desk.select(more ? union(before, caught) : caught);
    },
  };
  return tapOr(desk, from, drag, () => !more && desk.select(nothing));
}

/** A double click: into a section's rows, into a row's seats. */
function goDeeper(desk: Desk, view: View, at: Point): void {
  const level = deeper[desk.level.value];
  if (!level || desk.tool.value !== "select") return;
  const hit = view.space().at(toDrawing(desk.camera.value, at), level, 4 / desk.camera.value.scale);
  if (isNothing(hit) || hit.stage || hit.areas.size > 0) return;
  desk.level.value = level;
  desk.select(hit);
}

function cursorFor(desk: Desk, view: View, tool: Tool, at: Point): string {
  if (tool === "pan") return "grab";
  if (handleAt(desk, view, at)) return "pointer";
  if (tool !== "select") return "crosshair";
  const point = toDrawing(desk.camera.value, at);
  return isNothing(view.space().at(point, desk.level.value, 4 / desk.camera.value.scale)) ? "default" : "move";
}

function pinchOf([a, b]: readonly Point[]): { spread: number; middle: Point } | undefined {
  if (!a || !b) return undefined;
  return { spread: Math.hypot(a.x - b.x, a.y - b.y), middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
}

function pinched(desk: Desk, before: { spread: number; middle: Point }, fingers: readonly Point[]) {
  const now = pinchOf(fingers);
  if (!now) return before;
  const moved = panned(desk.camera.value, now.middle.x - before.middle.x, now.middle.y - before.middle.y);
  desk.camera.value = zoomAt(moved, now.spread / Math.max(1, before.spread), now.middle);
  return now;
}
