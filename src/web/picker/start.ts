// Makes the seats of a showing's page live: a map to move in, a tray with what is chosen, and news as they come.

import { marks, seatName, unpackSeatMap, unpackStates, type PackedSeatMap } from "../../domain/packed-seat-map.ts";
import { Choice } from "./choice.ts";
import { Counts } from "./counts.ts";
import type { PickerData } from "./data.ts";
import { fill } from "./fill.ts";
import { addFilter } from "./filter.ts";
import { keepChoice, keepHold, keptChoice, keptHold } from "./kept.ts";
import { openLargeRoom } from "./large-room.ts";
import { followSeats } from "./live.ts";
import { showOwnHold } from "./own-hold.ts";
import { Room, type Changed } from "./room.ts";
import { openSmallRoom } from "./small-room.ts";
import { addSteppers, watchCounts } from "./steppers.ts";
import type { Surface } from "./surface.ts";
import { Tray, type Said } from "./tray.ts";
import { Words } from "./words.ts";

/** Does nothing on a page without places. A map that does not come leaves the page as it is, which works without. */
export async function startPicker(): Promise<void> {
  const page = document.querySelector<HTMLElement>("[data-picker]");
  if (!page) return;
  const data = JSON.parse(page.dataset["picker"] ?? "{}") as PickerData;
  addSteppers(data.texts);
  const packed = data.map ?? (await fetchMap(data.mapAt ?? ""));
  if (!packed) return;
  const room = new Room(unpackSeatMap(packed));
  room.load(unpackStates(data.states));
  const words = new Words(data, room.seats, document.documentElement.lang);
  const frame = page.querySelector<HTMLElement>("[data-map]");
  const tray = page.querySelector<HTMLElement>("[data-tray]");
  if (frame && tray) new Picker(frame, tray, data, room, words).begin();
  else followCounts(data, room, new Counts(room, words));
}

/** Where nobody sits there is nothing to choose, but places become fewer. */
function followCounts({ showing, version }: PickerData, room: Room, counts: Counts): void {
  const follow = (take: () => unknown) => {
    take();
    counts.follow();
  };
  followSeats({
    showing,
    version,
    whole: (states) => follow(() => room.load(states)),
    change: (places) => follow(() => room.apply(places)),
  });
}

async function fetchMap(address: string): Promise<PackedSeatMap | undefined> {
  const response = await fetch(address).catch(() => undefined);
  return response?.ok ? ((await response.json()) as PackedSeatMap) : undefined;
}

class Picker {
  readonly #data: PickerData;
  readonly #room: Room;
  readonly #choice: Choice;
  readonly #words: Words;
  readonly #held = new Set<number>();
  readonly #surface: Surface;
  readonly #tray: Tray;
  readonly #counts: Counts;
  /** On the way to the check-out: what comes in now is one's own hold. */
  #leaving = false;

  constructor(frame: HTMLElement, tray: HTMLElement, data: PickerData, room: Room, words: Words) {
    this.#data = data;
    this.#room = room;
    this.#words = words;
    this.#choice = new Choice(this.#room, data);
    this.#choice.take(data.chosen ?? keptChoice(data.showing));
    this.#takeTicked();
    this.#findOwnHold();
    const filter = addFilter(() => this.#surface.redraw());
    const parts = {
      frame,
      data,
      room: this.#room,
      choice: this.#choice,
      words: this.#words,
      held: this.#held,
      isShown: filter.isShown,
      toggle: (place: number) => this.#toggle(place),
    };
    this.#counts = new Counts(this.#room, this.#words);
    this.#tray = new Tray({
      element: tray,
      room: this.#room,
      words: this.#words,
      data,
      remove: (place) => this.#toggle(place),
      leave: () => this.#surface.focus(),
      setTicket: (place, ticket) => {
        this.#choice.setTicket(place, ticket);
        this.#chose([place]);
      },
    });
    frame.closest(".picker")?.setAttribute("data-live", "");
    this.#surface = data.map ? openSmallRoom(parts) : openLargeRoom(parts);
  }

  /** Listens to the page and to what others do. */
  begin(): void {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#surface.redraw());
    this.#watchForms();
    this.#chose([]);
    followSeats({
      showing: this.#data.showing,
      version: this.#data.version,
      whole: (states) => this.#take(this.#room.load(states)),
      change: (places) => this.#take(this.#room.apply(places)),
    });
  }

  /** Whoever was faster than the script has ticked boxes already. */
  #takeTicked(): void {
    const chosen = new Set(this.#choice.named().map(([seat]) => seat));
    const ticked = [...document.querySelectorAll<HTMLInputElement>("input[name=seat]:checked")];
    this.#choice.take(ticked.filter(({ value }) => !chosen.has(value)).map(({ value }) => [value, ""] as const));
  }

  #toggle(place: number): void {
    this.#choice.toggle(place);
    this.#chose([place]);
  }

  /** The choice is another, and so may these places look. */
  #chose(places: readonly number[]): void {
    this.#surface.changed(places);
    this.#tray.draw();
    keepChoice(this.#data.showing, this.#choice.named());
    this.#say();
  }

  /** Others did something. */
  #take({ places, lost }: Changed): void {
    if (this.#leaving || places.length === 0) return;
    for (const place of places) if (this.#room.stateOf(place) !== "h") this.#held.delete(place);
    if (lost.length > 0) this.#choice.lose(lost);
    else this.#choice.lookAgain();
    this.#surface.changed(places);
    this.#surface.counted(this.#counts.follow());
    if (lost.length > 0) this.#chose([]);
    else this.#say();
  }

  #say(): void {
    const { texts } = this.#words;
    const said: Said[] = [];
    const { offer } = this.#choice;
    if (offer) {
      const { instead } = offer;
      said.push({
        text: fill(texts.lost, { seats: this.#words.seats(offer.lost) }),
        ...(instead
          ? { action: { text: fill(texts.instead, { seats: this.#words.seats(instead) }), act: () => this.#accept() } }
          : {}),
      });
      if (!instead) said.push({ text: texts.noEqual });
    }
    const stranded = this.#choice.stranded();
    if (stranded.length > 0) said.push({ text: fill(texts.strands, { seats: this.#words.seats(stranded) }) });
    const { mark } = this.#room.seats;
    if ([...this.#room.chosen.keys()].some((place) => mark[place] === marks.wheelchair)) {
      said.push({ text: texts.needed });
    }
    this.#tray.say(said);
  }

  #accept(): void {
    const before = [...this.#room.chosen.keys()];
    const places = this.#choice.accept();
    this.#chose([...before, ...places]);
    const [first] = places;
    if (first !== undefined) this.#surface.reveal(first);
    document.querySelector<HTMLElement>(".tray-go button")?.focus();
  }

  #watchForms(): void {
    const seats = document.getElementById("seats-form");
    seats?.addEventListener("submit", () => {
      this.#leaving = true;
      this.#nameSection(seats);
    });
    const counts = { best: 0, standing: 0 };
    for (const kind of ["best", "standing"] as const) {
      const form = document.querySelector<HTMLFormElement>(`#${kind}-form`);
      if (form) watchCounts(form, (sum) => this.#tray.setCounts(Object.assign(counts, { [kind]: sum })));
    }
    for (const form of document.querySelectorAll(".hold-form")) {
      form.addEventListener("submit", () => (this.#leaving = true));
    }
    // Who comes back from the check-out finds everything else than it was.
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && this.#leaving) location.reload();
    });
  }

  /** A form that comes back shows the section that was chosen from last. */
  #nameSection(form: HTMLElement): void {
    const last = [...this.#room.chosen.keys()].at(-1);
    const id = last === undefined ? undefined : this.#room.seats.sections[this.#room.sectionOf(last)]?.id;
    if (id === undefined || this.#data.map) return;
    const field = form.querySelector<HTMLInputElement>("input[name=at]") ?? document.createElement("input");
    field.type = "hidden";
    field.name = "at";
    field.value = id;
    form.append(field);
  }

  /** Seats that this window holds already are its own, and its check-out is one press away. */
  #findOwnHold(): void {
    const hold = keptHold(this.#data.showing, Date.now());
    if (!hold) return;
    const names = new Set(hold.seats);
    const { seats } = this.#room;
    for (let place = 0; place < seats.count; place += 1) {
      if (names.has(seatName(seats, place)) && this.#room.stateOf(place) === "h") this.#held.add(place);
    }
    if (this.#held.size === names.size && names.size > 0) showOwnHold(this.#words, hold);
    else {
      this.#held.clear();
      keepHold(this.#data.showing, undefined);
    }
  }
}
