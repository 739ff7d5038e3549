// The seats of a showing as one page knows them: states as they come in, what is chosen of them, and counts that follow.

import type { PlacedSeats } from "../../domain/packed-seat-map.ts";

/** What came in: places that look otherwise now, and chosen ones that somebody else has. */
export interface Changed {
  places: readonly number[];
  lost: readonly number[];
}

const free = "f".charCodeAt(0);

export class Room {
  readonly seats: PlacedSeats;
  /** Free places by section, by index. */
  readonly left: Int32Array;
  /** Chosen places in the order of choosing, each with its ticket by index. */
  readonly chosen = new Map<number, number>();
  /** Letters by place; 0 until they are known. */
  readonly #states: Uint8Array;
  readonly #sectionOf: Uint16Array;

  constructor(seats: PlacedSeats) {
    this.seats = seats;
    this.left = new Int32Array(seats.sections.length);
    this.#states = new Uint8Array(seats.count);
    this.#sectionOf = new Uint16Array(seats.count);
    for (const [index, { start, length }] of seats.sections.entries()) {
      this.#sectionOf.fill(index, start, start + length);
    }
  }

  isFree = (place: number): boolean => this.#states[place] === free;

  stateOf(place: number): string {
    return String.fromCharCode(this.#states[place] ?? 0);
  }

  /** By index; -1 if there is no such place. */
  sectionOf(place: number): number {
    return this.#sectionOf[place] ?? -1;
  }

  /** Takes over the state of every place, one letter each. */
  load(letters: string): Changed {
    const places: number[] = [];
    for (let place = 0; place < this.seats.count; place += 1) {
      if (this.#set(place, letters.charCodeAt(place))) places.push(place);
    }
    return this.#changed(places);
  }

  /** Takes over the states of some places. */
  apply(changes: Iterable<readonly [place: number, letter: string]>): Changed {
    const places: number[] = [];
    for (const [place, letter] of changes) if (this.#set(place, letter.charCodeAt(0))) places.push(place);
    return this.#changed(places);
  }

  #set(place: number, code: number): boolean {
    const before = this.#states[place];
    if (before === undefined || before === code || Number.isNaN(code)) return false;
    this.#states[place] = code;
    const by = Number(code === free) - Number(before === free);
    const section = this.#sectionOf[place] ?? 0;
    this.left[section] = (this.left[section] ?? 0) + by;
    return true;
  }

  #changed(places: readonly number[]): Changed {
    if (this.chosen.size === 0) return { places, lost: [] };
    return { places, lost: [...this.chosen.keys()].filter((place) => !this.isFree(place)) };
  }
}
