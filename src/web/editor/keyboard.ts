// Keys of the editor. They work wherever the focus is in it, but for fields that want the keys themselves.

import { copy, duplicate, paste, remove } from "./adding.ts";
import { zoomAt } from "./camera.ts";
import type { Desk, Tool } from "./desk.ts";
import { move } from "./moving.ts";
import { everything, isNothing, nothing, selectedPlaces, type Level } from "./selection.ts";

const tools: Readonly<Record<string, Tool>> = {
  v: "select",
  r: "row",
  b: "block",
  s: "seat",
  a: "standing",
  h: "pan",
};
const levels: Readonly<Record<string, Level>> = { "1": "areas", "2": "rows", "3": "seats" };
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Actions {
  save(): void;
  help(): void;
  fit(): void;
  /** Gives up a gesture; false if there was none. */
  cancel(): boolean;
}

/** Listens below `root`; answers what stops it. */
export function openKeyboard(desk: Desk, root: HTMLElement, surface: HTMLElement, actions: Actions): () => void {
  const stop = new AbortController();
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || takesKeys(event.target)) return;
      const onCanvas = event.target instanceof Node && surface.contains(event.target);
      const handled =
        event.ctrlKey || event.metaKey
          ? command(desk, event, actions)
          : anywhere(desk, event, actions) || (onCanvas && onTheCanvas(desk, event, actions));
      if (handled) event.preventDefault();
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}

function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog, [role=menu]")) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTyped(target);
}

function isTyped(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

function command(desk: Desk, event: KeyboardEvent, actions: Actions): boolean {
  const key = event.key.toLowerCase();
  if (key === "z") {
    if (event.shiftKey) desk.redo();
    else desk.undo();
  } else if (key === "y") desk.redo();
  else if (key === "s") actions.save();
  else if (key === "a") selectAll(desk);
  else if (key === "c") return copySelected(desk);
  else if (key === "x") {
    if (!copySelected(desk)) return false;
    desk.do("remove", remove);
  } else if (key === "v") return pasteCopied(desk);
  else if (key === "d") duplicateSelected(desk);
  else return false;
  return true;
}

function anywhere(desk: Desk, event: KeyboardEvent, actions: Actions): boolean {
  if (event.key === "Delete" || event.key === "Backspace") removeSelected(desk);
  else if (event.key === "Escape") escape(desk, actions);
  else return false;
  return true;
}

/** Single letters and digits mean something on the canvas alone: whoever speaks to a computer says them all the time. */
function onTheCanvas(desk: Desk, event: KeyboardEvent, actions: Actions): boolean {
  const { key } = event;
  if (event.altKey) return false;
  const tool = tools[key.toLowerCase()];
  const level = levels[key];
  if (arrows[key]) return arrowKey(desk, event);
  if (key === "?") actions.help();
  else if (key === "0") actions.fit();
  else if (key === "+" || key === "=") zoom(desk, 1.25);
  else if (key === "-") zoom(desk, 0.8);
  else if (tool && !event.shiftKey) desk.tool.value = tool;
  else if (level) setLevel(desk, level);
  else return false;
  return true;
}

function arrowKey(desk: Desk, event: KeyboardEvent): boolean {
  const way = arrows[event.key];
  if (!way) return false;
  const step = (desk.snap.value ? desk.grid.value : 1) * (event.shiftKey ? 10 : 1);
  nudge(desk, way[0] * step, way[1] * step);
  return true;
}

/** Moves what is selected, or the paper if nothing is. */
export function nudge(desk: Desk, dx: number, dy: number): void {
  if (isNothing(desk.edit.value.selection)) {
    const { camera } = desk;
    camera.value = { ...camera.value, x: camera.value.x + dx * 4, y: camera.value.y + dy * 4 };
    return;
  }
  desk.do("move", (edit) => move(edit, dx, dy), "nudge");
}

export function zoom(desk: Desk, factor: number): void {
  const { width, height } = desk.size.value;
  desk.camera.value = zoomAt(desk.camera.value, factor, { x: width / 2, y: height / 2 });
}

/** What clicks take hold of from now on; what is selected of other kinds is let go. */
export function setLevel(desk: Desk, level: Level): void {
  desk.level.value = level;
  desk.tool.value = "select";
}

export function selectAll(desk: Desk): void {
  const { drawing } = desk.edit.value;
  const all = everything(drawing, desk.level.value);
  desk.select(all);
  desk.say(desk.texts.selected(selectedPlaces(drawing, all)));
}

export function copySelected(desk: Desk): boolean {
  const clipboard = copy(desk.edit.value);
  if (clipboard.areas.length + clipboard.rows.length === 0) return false;
  desk.clipboard.value = clipboard;
  desk.say(desk.texts.copied);
  return true;
}

export function pasteCopied(desk: Desk): boolean {
  const clipboard = desk.clipboard.value;
  if (!clipboard) return false;
  desk.do("paste", (edit) => paste(edit, clipboard, { x: 60, y: 60 }, desk.texts.sectionName));
  // The next one lies beside this one, not on it.
  desk.clipboard.value = copy(desk.edit.value);
  return true;
}

export function duplicateSelected(desk: Desk): void {
  if (isNothing(desk.edit.value.selection)) return;
  desk.do("duplicate", (edit) => duplicate(edit, desk.texts.sectionName));
}

export function removeSelected(desk: Desk): void {
  if (isNothing(desk.edit.value.selection)) return;
  desk.do("remove", remove);
}

/** Out of what is under way, then out of the tool, then out of the selection, then up to the next larger parts. */
function escape(desk: Desk, actions: Actions): void {
  if (actions.cancel()) return;
  if (desk.tool.value !== "select") desk.tool.value = "select";
  else if (!isNothing(desk.edit.value.selection)) desk.select(nothing);
  else desk.level.value = desk.level.value === "seats" ? "rows" : "areas";
}
