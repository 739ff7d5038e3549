// What is chosen: each seat with its ticket and a way to let go of it, the whole price, and what is offered for lost seats.

import { seatName } from "../../domain/packed-seat-map.ts";
import type { PickerData } from "./data.ts";
import { fill } from "./fill.ts";
import type { Room } from "./room.ts";
import type { Words } from "./words.ts";

export interface TrayParts {
  element: HTMLElement;
  room: Room;
  words: Words;
  data: PickerData;
  remove(place: number): void;
  /** Nothing is left in the tray to go to. */
  leave(): void;
  setTicket(place: number, ticket: number): void;
}

/** A sentence for the one who chooses, and what can be done about it in one tap. */
export interface Said {
  text: string;
  action?: { text: string; act(): void };
}

const formId = "seats-form";

export class Tray {
  readonly #parts: TrayParts;
  readonly #chips = new Map<number, HTMLElement>();
  readonly #list: HTMLElement;
  readonly #said: HTMLElement;
  readonly #total: HTMLElement;
  readonly #best: HTMLButtonElement;

  constructor(parts: TrayParts) {
    this.#parts = parts;
    const find = (selector: string) => {
      const found = parts.element.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`the tray lacks ${selector}`);
      return found;
    };
    this.#list = find(".tray-seats");
    this.#said = find(".tray-said");
    this.#total = find(".tray-total");
    this.#best = find(".tray-best") as HTMLButtonElement;
    this.#best.hidden = false;
    parts.element.hidden = false;
    const more = find(".tray-more");
    more.addEventListener("click", () => {
      const open = more.getAttribute("aria-expanded") !== "true";
      more.setAttribute("aria-expanded", String(open));
      document.body.classList.toggle("with-open-tray", open);
    });
    this.draw();
  }

  /** Shows what is chosen now. */
  draw(): void {
    const { room, words, data, element } = this.#parts;
    for (const [place, chip] of this.#chips) {
      if (room.chosen.has(place)) continue;
      chip.remove();
      this.#chips.delete(place);
    }
    for (const place of room.chosen.keys()) {
      if (this.#chips.has(place)) continue;
      const chip = this.#chip(place);
      this.#chips.set(place, chip);
      this.#list.append(chip);
      // On phones they stand in a row that is longer than the screen.
      this.#list.scrollLeft = this.#list.scrollWidth;
    }
    const sum = [...room.chosen].reduce((total, [place, ticket]) => total + priceOf(data, room, place, ticket), 0);
    const count = room.chosen.size;
    const text = count === 0 ? "" : `${words.count(count, words.texts.seatCount)} · ${words.money(sum)}`;
    if (this.#total.textContent !== text) this.#total.textContent = text;
    element.dataset["count"] = String(count);
    document.body.classList.toggle("with-tray", count > 0);
  }

  /** How many the form for the best seats asks for, and that for standing places: on phones one of them can be sent from here. */
  setCounts({ best, standing }: { best: number; standing: number }): void {
    const { words } = this.#parts;
    // Nobody is asked for standing places unless they were counted, so whoever counts them wants them.
    const [form, text] =
      standing > 0
        ? ["standing-form", words.count(standing, words.texts.standingPlaces)]
        : ["best-form", words.count(Math.max(1, best), words.texts.bestSeats)];
    this.#best.setAttribute("form", form);
    this.#best.textContent = text;
    this.#best.disabled = best === 0 && standing === 0;
  }

  say(things: readonly Said[]): void {
    const lines = things.map(({ text, action }) => {
      const line = document.createElement("p");
      line.textContent = text;
      if (!action) return line;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-main button-small";
      button.textContent = action.text;
      button.addEventListener("click", () => action.act());
      line.append(" ", button);
      return line;
    });
    const before = this.#said.textContent;
    if (before === lines.map((line) => line.textContent).join("")) return;
    this.#said.replaceChildren(...lines);
    this.#parts.element.dataset["said"] = String(things.length);
  }

  #chip(place: number): HTMLElement {
    const { room, words, data, remove, leave } = this.#parts;
    const seat = seatName(room.seats, place);
    const chip = document.createElement("li");
    chip.className = "tray-seat";
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "seat";
    field.value = seat;
    field.setAttribute("form", formId);
    const name = document.createElement("strong");
    name.textContent = seat;
    const gone = document.createElement("button");
    gone.type = "button";
    gone.className = "tray-remove";
    gone.setAttribute("aria-label", fill(words.texts.remove, { seat }));
    gone.addEventListener("click", () => {
      const next = chip.nextElementSibling ?? chip.previousElementSibling;
      remove(place);
      if (next) next.querySelector<HTMLElement>(".tray-remove")?.focus();
      else leave();
    });
    const prices = data.prices[room.sectionOf(place)] ?? [];
    chip.append(field, name, prices.length > 1 ? this.#tickets(place, seat, prices) : this.#price(place), gone);
    return chip;
  }

  #price(place: number): HTMLElement {
    const price = document.createElement("span");
    price.textContent = this.#parts.words.price(this.#parts.room.sectionOf(place), -1);
    return price;
  }

  #tickets(place: number, seat: string, prices: PickerData["prices"][number]): HTMLElement {
    const { room, words, data, setTicket } = this.#parts;
    const select = document.createElement("select");
    select.name = `ticket.${seat}`;
    select.setAttribute("form", formId);
    select.setAttribute("aria-label", fill(words.texts.ticketFor, { seat }));
    for (const [tier] of prices) {
      const text = words.price(room.sectionOf(place), tier);
      select.append(new Option(text, data.tiers[tier]?.id, false, room.chosen.get(place) === tier));
    }
    select.addEventListener("change", () => setTicket(place, prices[select.selectedIndex]?.[0] ?? 0));
    return select;
  }
}

function priceOf(data: PickerData, room: Room, place: number, ticket: number): number {
  return data.prices[room.sectionOf(place)]?.find(([tier]) => tier === ticket)?.[1] ?? 0;
}
