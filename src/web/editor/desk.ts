// The state of an open editor, as signals: panels, canvas and keyboard read it and change it by the same few verbs.

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { SeatMapFault } from "../../domain/seat-map-check.ts";
import type { EditorTexts } from "../texts/en/editor.ts";
import type { Clipboard } from "./adding.ts";
import type { Camera, Size } from "./camera.ts";
import type { Box, Drawing } from "./drawing.ts";
import { begin, commit, redo, select, undo, type Edit, type History } from "./history.ts";
import { existing, nothing, type Level, type Selection } from "./selection.ts";

export type Tool = "select" | "row" | "block" | "seat" | "standing" | "pan";

/** What a pointer is about to do, for the canvas to show. */
export type Gesture =
  | { kind: "marquee"; box: Box }
  | { kind: "move"; dx: number; dy: number }
  | { kind: "row"; from: { x: number; y: number }; to: { x: number; y: number } }
  | { kind: "box"; tool: "block" | "standing"; box: Box }
  | { kind: "pan" };

export interface Desk {
  texts: EditorTexts;
  history: Signal<History>;
  /** What is shown: the present, or what it would become if the pointer let go now. */
  edit: ReadonlySignal<Edit>;
  preview: Signal<Edit | undefined>;
  gesture: Signal<Gesture | undefined>;
  /** Said beside the pointer while it moves. */
  hint: Signal<{ text: string; x: number; y: number } | undefined>;
  tool: Signal<Tool>;
  level: Signal<Level>;
  snap: Signal<boolean>;
  /** Lengths snap to multiples of it; also the step of arrow keys. */
  grid: Signal<number>;
  camera: Signal<Camera>;
  size: Signal<Size>;
  /** As it was last saved. */
  saved: Signal<Drawing>;
  faults: Signal<readonly SeatMapFault[]>;
  clipboard: Signal<Clipboard | undefined>;
  /** For whoever does not see the canvas. */
  said: Signal<string>;
  /** Does something; steps of one `merge` soon after each other are one. */
  do(what: DoneWhat, command: (edit: Edit) => Edit, merge?: string): void;
  select(selection: Selection): void;
  undo(): void;
  redo(): void;
  /** Begins with another drawing; a step like all others. */
  replace(drawing: Drawing): void;
  say(text: string): void;
}

export type DoneWhat = keyof EditorTexts["done"];

export function createDesk(settings: {
  drawing: Drawing;
  texts: EditorTexts;
  /** Milliseconds of a clock that only runs forward. */
  now: () => number;
}): Desk {
  const { texts, drawing, now } = settings;
  const history = signal(begin({ drawing, selection: nothing }));
  const preview = signal<Edit | undefined>(undefined);
  const said = signal("");
  const say = (text: string) => void (said.value = text);
  const change = (next: History) =>
    batch(() => {
      preview.value = undefined;
      history.value = next;
    });
  const done = (what: DoneWhat, command: (edit: Edit) => Edit, merge?: string) => {
    const before = history.value.present;
    const after = command(before);
    const edit = { drawing: after.drawing, selection: existing(after.drawing, after.selection) };
    change(commit(history.value, edit, { what, at: now(), ...(merge === undefined ? {} : { merge }) }));
    if (after.drawing !== before.drawing) say(texts.done[what]);
  };
  const back = (step: (history: History) => History, what: string | undefined, sentence: (what: string) => string) => {
    if (what === undefined) return;
    change(step(history.value));
    say(sentence(texts.done[what as DoneWhat]));
  };
  return {
    texts,
    history,
    preview,
    edit: computed(() => preview.value ?? history.value.present),
    gesture: signal(undefined),
    hint: signal(undefined),
    tool: signal("select"),
    level: signal("areas"),
    snap: signal(true),
    grid: signal(10),
    camera: signal({ x: 0, y: 0, scale: 0.5 }),
    size: signal({ width: 0, height: 0 }),
    saved: signal(drawing),
    faults: signal([]),
    clipboard: signal(undefined),
    said,
    do: done,
    select(selection) {
      const { drawing } = history.value.present;
      change(select(history.value, existing(drawing, selection)));
    },
    undo: () => back(undo, history.value.past.at(-1)?.what, texts.undone),
    redo: () => back(redo, history.value.future[0]?.what, texts.redone),
    replace: (drawing) => done("replaced", () => ({ drawing, selection: nothing })),
    say,
  };
}
