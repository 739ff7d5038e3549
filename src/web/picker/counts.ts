// Numbers of free places all over the page, as they change.

import type { Room } from "./room.ts";
import type { Words } from "./words.ts";

export class Counts {
  readonly #room: Room;
  readonly #words: Words;
  readonly #shown: Int32Array;
  readonly #cells: readonly (HTMLElement | null)[];

  constructor(room: Room, words: Words) {
    this.#room = room;
    this.#words = words;
    this.#shown = room.left.slice();
    this.#cells = room.seats.sections.map(({ id }) => document.querySelector<HTMLElement>(`[data-left="${id}"]`));
  }

  /** Writes what is other than before; answers the sections by index. */
  follow(): readonly number[] {
    const changed: number[] = [];
    for (const [section, left] of this.#room.left.entries()) {
      if (left === this.#shown[section]) continue;
      this.#shown[section] = left;
      changed.push(section);
      const cell = this.#cells[section];
      if (cell) cell.textContent = this.#words.number(left);
    }
    if (changed.length > 0) this.#followAll();
    return changed;
  }

  #followAll(): void {
    const { texts } = this.#words;
    for (const element of document.querySelectorAll<HTMLElement>("[data-left-all]")) {
      const kind = element.dataset["leftAll"];
      const left = this.#room.seats.sections.reduce(
        (sum, section, index) => sum + (section.kind === kind ? (this.#room.left[index] ?? 0) : 0),
        0,
      );
      element.textContent = this.#words.count(left, kind === "standing" ? texts.placesLeft : texts.seatsLeft);
    }
  }
}
