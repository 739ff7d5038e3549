// Undo and redo: drawings share what did not change, so the past is kept as it was, not as steps to take back.

import type { Drawing } from "./drawing.ts";
import { existing, type Selection } from "./selection.ts";

/** What a command takes and gives. */
export interface Edit {
  drawing: Drawing;
  selection: Selection;
}

export interface History {
  present: Edit;
  past: readonly Step[];
  future: readonly Step[];
}

interface Step {
  edit: Edit;
  /** What was done to get from here to the next: a name in the texts. */
  what: string;
  /** Steps of one name soon after each other are one: a slider that moves, a key that is held down. */
  merge?: string | undefined;
  at: number;
}

const mostSteps = 300;
const mergeMs = 1_000;

export function begin(edit: Edit): History {
  return { present: edit, past: [], future: [] };
}

/** Another selection: no step of its own. */
export function select(history: History, selection: Selection): History {
  return { ...history, present: { drawing: history.present.drawing, selection } };
}

/** The present after a change; what was undone is gone. The same drawing is no step. */
export function commit(history: History, edit: Edit, step: { what: string; merge?: string; at: number }): History {
  const { past, present } = history;
  if (edit.drawing === present.drawing) return edit === present ? history : select(history, edit.selection);
  const last = past.at(-1);
  const merges = step.merge !== undefined && last?.merge === step.merge && step.at - last.at < mergeMs;
  if (merges && history.future.length === 0) {
    return { present: edit, past: [...past.slice(0, -1), { ...last, at: step.at }], future: [] };
  }
  return { present: edit, past: [...past.slice(1 - mostSteps), { ...step, edit: present }], future: [] };
}

/** Back to before the last change, if there was one. */
export function undo(history: History): History {
  const last = history.past.at(-1);
  if (!last) return history;
  const undone = { edit: history.present, what: last.what, at: 0 };
  return { present: last.edit, past: history.past.slice(0, -1), future: [undone, ...history.future] };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  const step = { edit: history.present, what: next.what, at: 0 };
  const { drawing, selection } = next.edit;
  return { present: { drawing, selection: existing(drawing, selection) }, past: [...history.past, step], future };
}
