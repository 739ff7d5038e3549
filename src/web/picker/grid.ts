// A section's seats as a grid of boxes, each where its seat stands: for fingers and eyes in a small room, and over the canvas of
// a large one for keyboards, screen readers and magnifiers. One box at a time is in the order of tabs; arrows go on from there.

import { seatName, seatNumber, type PlacedSeats } from "../../domain/packed-seat-map.ts";
import type { Box } from "../../domain/seat-geometry.ts";
import { fill } from "./fill.ts";
import type { Room } from "./room.ts";
import type { Words } from "./words.ts";

export interface GridParts {
  room: Room;
  words: Words;
  /** Where seats stand as they are drawn. */
  drawn: PlacedSeats;
  box: Box;
  /** Of a place, by index. */
  ticketOf(place: number): number;
  /** Places that the one who looks holds already. */
  isHeld(place: number): boolean;
  toggle(place: number): void;
  focused(place: number): void;
}

/** Rows that a page of rows has. */
const pageRows = 5;

export class Grid {
  /** By index. */
  readonly section: number;
  readonly element: HTMLElement;
  readonly #parts: GridParts;
  readonly #inputs = new Map<number, HTMLInputElement>();
  /** The place in the order of tabs. */
  #current = -1;

  /** Makes a grid of the rows that the page came with, or builds one. */
  constructor(parts: GridParts, section: number, given?: HTMLElement) {
    this.section = section;
    this.#parts = parts;
    this.element = given ?? this.#build();
    this.#adopt();
    this.element.addEventListener("keydown", (event) => this.#keys(event));
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("focusin", ({ target }) => {
      const place = this.#placeOf(target);
      if (place < 0) return;
      this.#makeCurrent(place);
      parts.focused(place);
    });
    for (const place of this.#inputs.keys()) this.update(place);
    this.#makeCurrent(this.firstFree());
  }

  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** Shows a place as it is now. */
  update(place: number): void {
    const input = this.#inputs.get(place);
    if (!input) return;
    const { room, words, ticketOf, isHeld } = this.#parts;
    const held = isHeld(place);
    const free = room.isFree(place);
    input.checked = room.chosen.has(place) || held;
    if (free) input.removeAttribute("aria-disabled");
    else input.setAttribute("aria-disabled", "true");
    input.classList.toggle("is-held", held);
    const label = words.seat(place, this.section, ticketOf(place), held ? "held" : free ? "free" : "taken");
    if (input.getAttribute("aria-label") !== label) input.setAttribute("aria-label", label);
  }

  /** Says again how many are free. */
  retitle(): void {
    const { room, words } = this.#parts;
    const { name } = room.seats.sections[this.section] ?? { name: "" };
    const left = words.number(room.left[this.section] ?? 0);
    this.element.setAttribute("aria-label", fill(words.texts.grid, { section: name, left }));
  }

  /** Goes to a place, or to the first that is free. */
  focus(place = this.#current): void {
    this.#inputs.get(place)?.focus({ preventScroll: true });
  }

  /** The first free seat of the section; its first seat if there is none. */
  firstFree(): number {
    const places = [...this.#inputs.keys()];
    return places.find((place) => this.#parts.room.isFree(place)) ?? places[0] ?? -1;
  }

  /** The place of a box, or of something in it; -1 for what is no part of a seat. */
  placeUnder(target: EventTarget | null): number {
    return target instanceof Element ? this.#placeOf(target.closest(".seat")?.querySelector("input") ?? null) : -1;
  }

  #placeOf(target: EventTarget | null): number {
    return target instanceof HTMLInputElement ? Number(target.dataset["place"] ?? -1) : -1;
  }

  #build(): HTMLElement {
    const { seats } = this.#parts.room;
    const section = seats.sections[this.section];
    const element = document.createElement("div");
    element.className = "rows rows-unseen";
    const rows = seats.rows.slice(section?.firstRow, (section?.firstRow ?? 0) + (section?.rowCount ?? 0));
    for (const row of rows) {
      const line = document.createElement("div");
      line.className = "row";
      line.setAttribute("aria-label", row.name);
      for (let place = row.start; place < row.start + row.length; place += 1) line.append(this.#seat(place));
      element.append(line);
    }
    return element;
  }

  #seat(place: number): HTMLElement {
    const { seats } = this.#parts.room;
    const cell = document.createElement("span");
    cell.className = "seat";
    const input = document.createElement("input");
    input.type = "checkbox";
    input.value = seatName(seats, place);
    const number = document.createElement("span");
    number.setAttribute("aria-hidden", "true");
    number.textContent = seatNumber(seats, place);
    cell.append(input, number);
    return cell;
  }

  /** Roles, places and positions of what stands in the grid. */
  #adopt(): void {
    const { room, drawn, box } = this.#parts;
    this.element.setAttribute("role", "grid");
    this.retitle();
    let place = room.seats.sections[this.section]?.start ?? 0;
    for (const line of this.element.querySelectorAll<HTMLElement>(".row")) {
      line.setAttribute("role", "row");
      const first = place;
      for (const input of line.querySelectorAll<HTMLInputElement>("input")) {
        const cell = input.parentElement;
        if (cell) {
          cell.setAttribute("role", "gridcell");
          cell.style.left = `${(drawn.x[place] ?? 0) - box.x}px`;
          cell.style.top = `${(drawn.y[place] ?? 0) - box.y}px`;
        }
        // What is chosen is sent from the tray.
        input.removeAttribute("name");
        input.disabled = false;
        input.tabIndex = -1;
        input.dataset["place"] = String(place);
        this.#inputs.set(place, input);
        place += 1;
      }
      const ends = [first, place - 1] as const;
      line.querySelectorAll<HTMLElement>(".row-name").forEach((name, end) => this.#placeRowName(name, ends, end));
    }
  }

  /** A row's name stands as far from its end as a seat would. */
  #placeRowName(name: HTMLElement, [first, last]: readonly [number, number], end: number): void {
    const { drawn, box } = this.#parts;
    const { x, y } = drawn;
    const [seat, neighbour] = end === 0 ? [first, first + 1] : [last, last - 1];
    const beyond = (values: Float32Array) =>
      first === last ? (values[seat] ?? 0) : (values[seat] ?? 0) * 2 - (values[neighbour] ?? 0);
    name.style.left = `${beyond(x) - box.x}px`;
    name.style.top = `${beyond(y) - box.y}px`;
  }

  #makeCurrent(place: number): void {
    const before = this.#inputs.get(this.#current);
    const now = this.#inputs.get(place);
    if (before) before.tabIndex = -1;
    if (now) now.tabIndex = 0;
    this.#current = place;
  }

  #clicked(event: Event): void {
    const place = this.#placeOf(event.target);
    if (place < 0) return;
    if (this.#parts.room.isFree(place)) this.#parts.toggle(place);
    else event.preventDefault();
    this.update(place);
  }

  #keys(event: KeyboardEvent): void {
    if (this.#current < 0 || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#inputs.get(this.#current)?.click();
      return;
    }
    const to = this.#towards(event.key, event.ctrlKey);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== this.#current) this.focus(to);
  }

  /** Where a key leads; undefined if it is none of the grid's. */
  #towards(key: string, ctrl: boolean): number | undefined {
    switch (key) {
      case "ArrowLeft":
        return this.#along(-1, ctrl);
      case "ArrowRight":
        return this.#along(1, ctrl);
      case "ArrowUp":
        return this.#across(-1, ctrl);
      case "ArrowDown":
        return this.#across(1, ctrl);
      case "PageUp":
        return this.#rowAway(-pageRows);
      case "PageDown":
        return this.#rowAway(pageRows);
      case "Home":
      case "End": {
        const places = ctrl ? [...this.#inputs.keys()] : this.#rowOf(this.#current);
        return places.at(key === "Home" ? 0 : -1) ?? this.#current;
      }
      default:
        return undefined;
    }
  }

  #rowOf(place: number): number[] {
    const row = this.#parts.room.seats.rows[this.#parts.room.seats.rowOf[place] ?? -1];
    return row ? Array.from({ length: row.length }, (_, index) => row.start + index) : [];
  }

  /** To the left or right as it is drawn; a row may be numbered from its right. */
  #along(step: number, toFree: boolean): number {
    const places = this.#rowOf(this.#current);
    const { x } = this.#parts.drawn;
    const turned = (x[places.at(-1) ?? 0] ?? 0) < (x[places[0] ?? 0] ?? 0);
    const by = turned ? -step : step;
    for (let at = places.indexOf(this.#current) + by; at >= 0 && at < places.length; at += by) {
      const place = places[at] ?? -1;
      if (!toFree || this.#parts.room.isFree(place)) return place;
    }
    return this.#current;
  }

  /** To the row before or behind; with `toFree`, to the next that has a free seat there. */
  #across(step: number, toFree: boolean): number {
    for (let rows = step; ; rows += step) {
      const place = this.#rowAway(rows, true);
      if (place === undefined) return this.#current;
      if (!toFree || this.#parts.room.isFree(place)) return place;
    }
  }

  #rowAway(step: number): number;
  #rowAway(step: number, strict: true): number | undefined;
  #rowAway(step: number, strict = false): number | undefined {
    const { room, drawn } = this.#parts;
    const section = room.seats.sections[this.section];
    if (!section) return undefined;
    const [first, last] = [section.firstRow, section.firstRow + section.rowCount - 1];
    const wanted = (room.seats.rowOf[this.#current] ?? first) + step * this.#depth(first, last);
    if (strict && (wanted < first || wanted > last)) return undefined;
    const row = room.seats.rows[Math.min(last, Math.max(first, wanted))];
    if (!row) return undefined;
    const away = (place: number) =>
      Math.hypot(
        (drawn.x[place] ?? 0) - (drawn.x[this.#current] ?? 0),
        (drawn.y[place] ?? 0) - (drawn.y[this.#current] ?? 0),
      );
    const places = this.#rowOf(row.start);
    return places.toSorted((a, b) => away(a) - away(b))[0];
  }

  /** 1 if a later row lies farther down or out, -1 if it lies farther up. */
  #depth(first: number, last: number): number {
    const { seats } = this.#parts.room;
    const middle = (values: Float32Array, index: number) => {
      const row = seats.rows[index];
      return row ? (values[row.start + Math.floor(row.length / 2)] ?? 0) : 0;
    };
    const dx = middle(this.#parts.drawn.x, last) - middle(this.#parts.drawn.x, first);
    const dy = middle(this.#parts.drawn.y, last) - middle(this.#parts.drawn.y, first);
    return dy < 0 && Math.abs(dy) > Math.abs(dx) ? -1 : 1;
  }
}
