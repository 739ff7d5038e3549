// The two canvases: the room below, what is selected and under way above it, each painted once a frame at most.

import { effect, untracked } from "@preact/signals";
import { fitted, viewOf, type Camera, type Size } from "./camera.ts";
import type { Desk } from "./desk.ts";
import { join, type Box, type Drawing } from "./drawing.ts";
import { handlesOf, type Handle } from "./handles.ts";
import { everythingBox } from "./moving.ts";
import { paintRoom } from "./paint.ts";
import { paintOverlay } from "./paint-overlay.ts";
import { readPalette } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { spaceKeeper, type Space } from "./space.ts";

export interface View {
  /** Where things lie in what is shown. */
  space(): Space;
  handles(): readonly Handle[];
  /** All of the room, or a part of it, in view. */
  fit(box?: Box): void;
  /** Moves the view to a part that is not in it. */
  reveal(box: Box): void;
  close(): void;
}

/** A few pixels that a finger or a pointer may miss by. */
const reachPixels = 8;

export function openView(desk: Desk, holder: HTMLElement, onFirst: () => void): View {
  const room = layer(holder, "editor-room");
  const over = layer(holder, "editor-over");
  const space = spaceKeeper();
  let palette = readPalette(holder);
  let dirty = { room: true, over: true };
  let frame = 0;
  let first = true;

  const scene = (): Scene => {
    const { drawing } = desk.edit.value;
    return {
      drawing,
      space: space(drawing),
      camera: desk.camera.value,
      size: desk.size.value,
      palette,
      texts: desk.texts,
      density: Math.min(2, window.devicePixelRatio || 1),
    };
  };
  const handles = () => {
    const edit = desk.edit.value;
    const tool = desk.tool.value;
    // Whoever draws rows bends and lengthens them as they go.
    const offered = tool === "select" || (tool === "row" && edit.selection.rows.size === 1);
    return offered ? handlesOf(edit, reachPixels / desk.camera.value.scale) : [];
  };
  const paint = () => {
    frame = 0;
    const { width, height } = desk.size.value;
    if (width === 0 || height === 0) return;
    const now = scene();
    const { selection } = desk.edit.value;
    const gesture = desk.gesture.value;
    if (dirty.room) paintRoom(room, now, gesture?.kind === "move" ? selection : undefined);
    if (dirty.over) paintOverlay(over, now, { selection, handles: handles(), gesture, hint: desk.hint.value });
    dirty = { room: false, over: false };
    if (first) onFirst();
    first = false;
  };
  const ask = (what: Partial<typeof dirty>) => {
    dirty = { room: dirty.room || what.room === true, over: true };
    frame ||= requestAnimationFrame(() => untracked(paint));
  };

  const stops = [
    effect(() => {
      void [desk.edit.value.drawing, desk.camera.value, desk.size.value, desk.gesture.value?.kind === "move"];
      ask({ room: true });
    }),
    effect(() => {
      void [desk.edit.value.selection, desk.gesture.value, desk.hint.value, desk.tool.value];
      ask({});
    }),
    watchSize(holder, [room, over], (size) => {
      const before = desk.size.value;
      desk.size.value = size;
      if (before.width === 0) desk.camera.value = cameraFor(desk, size);
      ask({ room: true });
    }),
    watchTheme(() => {
      palette = readPalette(holder);
      ask({ room: true });
    }),
  ];
  return {
    space: () => space(desk.edit.value.drawing),
    handles,
    fit(box) {
      desk.camera.value = box ? fitted(box, desk.size.value, 1) : cameraFor(desk, desk.size.value);
    },
    reveal(box) {
      const view = viewOf(desk.camera.value, desk.size.value);
      const inView = box.left < view.right && box.right > view.left && box.top < view.bottom && box.bottom > view.top;
      if (inView || box.left > box.right) return;
      const { scale } = desk.camera.value;
      const { width, height } = desk.size.value;
      desk.camera.value = {
        x: (box.left + box.right) / 2 - width / scale / 2,
        y: (box.top + box.bottom) / 2 - height / scale / 2,
        scale,
      };
    },
    close() {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    },
  };
}

function layer(holder: HTMLElement, name: string): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  canvas.setAttribute("aria-hidden", "true");
  holder.append(canvas);
  const context = canvas.getContext("2d", { alpha: name === "editor-over" });
  if (!context) throw new Error("this browser draws no canvas");
  return context;
}

/** The room's paper and whatever lies beside it. */
function cameraFor(desk: Desk, size: Size): Camera {
  const { drawing } = untracked(() => desk.edit.value);
  return fitted(join(paperOf(drawing), everythingBox(drawing)), size);
}

function paperOf(drawing: Drawing): Box {
  return { left: 0, top: 0, right: drawing.width, bottom: drawing.height };
}

function watchSize(
  holder: HTMLElement,
  layers: readonly CanvasRenderingContext2D[],
  onChange: (size: Size) => void,
): () => void {
  const observer = new ResizeObserver(() => {
    const [width, height] = [holder.clientWidth, holder.clientHeight];
    const density = Math.min(2, window.devicePixelRatio || 1);
    for (const { canvas } of layers) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
    }
    onChange({ width, height });
  });
  observer.observe(holder);
  return () => observer.disconnect();
}

function watchTheme(onChange: () => void): () => void {
  const theme = window.matchMedia("(prefers-color-scheme: dark)");
  theme.addEventListener("change", onChange);
  return () => theme.removeEventListener("change", onChange);
}
