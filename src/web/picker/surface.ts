// What both drawings of a room are made from, and what both can do.

import type { Choice } from "./choice.ts";
import type { PickerData } from "./data.ts";
import type { Room } from "./room.ts";
import type { Words } from "./words.ts";

export interface SurfaceParts {
  frame: HTMLElement;
  data: PickerData;
  room: Room;
  choice: Choice;
  words: Words;
  /** Places that the one who looks holds already. */
  held: ReadonlySet<number>;
  /** Whether a band of prices is shown; see seats.ts priceBands. */
  isShown(band: number): boolean;
  toggle(place: number): void;
}

export interface Surface {
  /** Places look otherwise now. */
  changed(places: readonly number[]): void;
  /** Everything may look otherwise: another filter, another theme. */
  redraw(): void;
  /** Counts of free places are others in these sections, by index. */
  counted(sections: readonly number[]): void;
  /** Brings a place into view. */
  reveal(place: number): void;
  /** Takes the focus. */
  focus(): void;
}

/** What is said of a place under the pointer. */
export function tipOf({ room, choice, words, held }: SurfaceParts, place: number): string {
  const state = held.has(place) ? "held" : room.chosen.has(place) ? "chosen" : room.isFree(place) ? "free" : "taken";
  return words.seat(place, room.sectionOf(place), choice.ticketOf(place), state);
}

/** A finger needs seats at least so far apart, a mouse half as much, in pixels. */
const fingerPitch = 19;
const mousePitch = 8;
/** After a tap on seats that are too small they are so far apart. */
const afterTapPitch = 34;

/** By how much a press has to zoom in before it can mean a seat; undefined if it can. */
export function zoomBefore(event: MouseEvent, pitch: number): number | undefined {
  const type = event instanceof PointerEvent ? event.pointerType : "";
  const byFinger = type === "" ? matchMedia("(pointer: coarse)").matches : type === "touch";
  return pitch >= (byFinger ? fingerPitch : mousePitch) ? undefined : afterTapPitch / pitch;
}
