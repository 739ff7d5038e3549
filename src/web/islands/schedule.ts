// Makes the showings of a day's grid movable: with the pointer, or with arrows, Enter and Esc. Clashes show at once; the server
// decides, and then the grid is drawn anew by it.

import { fill } from "../picker/fill.ts";

const step = 5;
/** A pointer that moved less wanted to open the showing. */
const leastPx = 5;

type Texts = Record<
  | "at"
  | "clash"
  | "otherSeats"
  | "over"
  | "back"
  | "saving"
  | "moved"
  | "undo"
  | "failed"
  | "confirm"
  | "inUse"
  | "taken",
  string
>;

/** Where a showing is: the row of an auditorium, and minutes since midnight. */
interface Place {
  row: HTMLElement;
  start: number;
}

const numberOf = (element: HTMLElement, name: string) => Number(element.dataset[name]);

class Grid {
  readonly #root: HTMLElement;
  readonly #frame: HTMLElement;
  readonly #status: HTMLElement;
  readonly #texts: Texts;
  readonly #rows: readonly HTMLElement[];
  readonly #clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  });
  /** What is being moved, and where to. */
  #moving: { block: HTMLElement; home: Place; to: Place; tail: HTMLElement } | undefined;
  #busy = false;

  constructor(root: HTMLElement, frame: HTMLElement, status: HTMLElement) {
    this.#root = root;
    this.#frame = frame;
    this.#status = status;
    this.#texts = JSON.parse(root.dataset["texts"] ?? "{}") as Texts;
    this.#rows = [...root.querySelectorAll<HTMLElement>("[data-room]")];
    root.classList.add("day-grid-live");
    for (const block of this.#blocks()) {
      block.addEventListener("pointerdown", (event) => this.#press(block, event));
      block.addEventListener("keydown", (event) => this.#key(block, event));
      block.addEventListener("blur", () => this.#moving?.block === block && !this.#busy && this.#putBack());
    }
  }

  /** Scrolls to the first showing: mornings are often empty. */
  reveal(): void {
    const lefts = this.#blocks().map((block) => block.getBoundingClientRect().left);
    const corner = this.#frame.querySelector(".day-corner")?.getBoundingClientRect();
    if (lefts.length > 0 && corner) this.#frame.scrollLeft = Math.min(...lefts) - corner.right - 24;
  }

  block(id: string): HTMLElement | undefined {
    return this.#blocks().find((block) => block.dataset["showing"] === id);
  }

  say(text: string, wrong = false, action?: { text: string; act: () => void }): void {
    const line = document.createElement("span");
    line.textContent = text;
    this.#status.replaceChildren(line);
    this.#status.classList.toggle("day-status-wrong", wrong);
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = action.text;
    button.addEventListener("click", action.act);
    this.#status.append(button);
  }

  #blocks(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-showing]")];
  }

  #placeOf(block: HTMLElement): Place {
    return { row: block.closest<HTMLElement>("[data-room]") ?? this.#root, start: numberOf(block, "start") };
  }

  /** Pixels of a minute, as the table is wide. */
  #scale(): number {
    return (this.#frame.querySelector(".day-hour")?.getBoundingClientRect().width ?? 60) / 60;
  }

  #time(minutes: number): string {
    return this.#clock.format(minutes * 60_000);
  }

  #begin(block: HTMLElement): boolean {
    if (this.#busy) return false;
    const why = block.dataset["why"];
    if (why !== undefined) {
      this.say(`${block.dataset["title"] ?? ""}: ${why}`, true);
      return false;
    }
    this.#putBack();
    const home = this.#placeOf(block);
    const tail = document.createElement("span");
    tail.className = "day-tail";
    block.append(tail);
    block.classList.add("day-block-moving");
    block.parentElement?.classList.add("day-showing-left");
    this.#moving = { block, home, to: home, tail };
    return true;
  }

  #moveTo(place: Place): void {
    const moving = this.#moving;
    if (!moving) return;
    const length = numberOf(moving.block, "length");
    const least = numberOf(this.#root, "from");
    const most = Math.min(24 * 60 - step, numberOf(this.#root, "to") - length);
    const start = Math.max(least, Math.min(most, place.start));
    moving.to = { row: place.row, start };
    const { home, block, tail } = moving;
    const down = place.row.getBoundingClientRect().top - home.row.getBoundingClientRect().top;
    block.style.transform = `translate(${(start - home.start) * this.#scale()}px, ${down}px)`;
    tail.style.width = `${numberOf(place.row, "turnaround") * this.#scale()}px`;
    const wrong = this.#wrong();
    block.classList.toggle("day-block-clash", wrong !== undefined);
    const said = fill(this.#texts.at, this.#words());
    this.say([said, wrong ?? this.#texts.confirm].join(" "), wrong !== undefined);
  }

  #words(): Record<string, string> {
    if (!this.#moving) return {};
    const { block, to } = this.#moving;
    return {
      title: block.dataset["title"] ?? "",
      time: this.#time(to.start),
      end: this.#time(to.start + numberOf(block, "length")),
      room: to.row.dataset["name"] ?? "",
      minutes: to.row.dataset["turnaround"] ?? "",
    };
  }

  /** Why what is moved cannot stay where it is; marks what is in its way. */
  #wrong(): string | undefined {
    if (!this.#moving) return undefined;
    const { block, to, home } = this.#moving;
    const turnaround = numberOf(to.row, "turnaround");
    const end = to.start + numberOf(block, "length");
    const inTheWay = this.#blocks().filter((other) => {
      const from = numberOf(other, "start");
      const until = from + numberOf(other, "length");
      const hit = other !== block && to.row.contains(other) && from < end + turnaround && to.start < until + turnaround;
      other.classList.toggle("day-block-hit", hit);
      return hit;
    });
    const [first] = inTheWay;
    if (first) return fill(this.#texts.clash, { ...this.#words(), other: `“${first.dataset["title"] ?? ""}”` });
    const seats = block.dataset["seats"] ?? "";
    if (to.row !== home.row && seats !== "" && seats !== to.row.dataset["map"]) {
      return fill(this.#texts.otherSeats, this.#words());
    }
    return to.start <= numberOf(this.#root, "over") ? this.#texts.over : undefined;
  }

  /** Ends the move without any change. */
  #putBack(said?: string): void {
    const moving = this.#moving;
    if (!moving) return;
    this.#moving = undefined;
    const { block, tail } = moving;
    tail.remove();
    block.style.transform = "";
    block.classList.remove("day-block-moving", "day-block-clash");
    block.parentElement?.classList.remove("day-showing-left");
    for (const other of this.#blocks()) other.classList.remove("day-block-hit");
    this.#frame.classList.remove("day-frame-moving");
    if (said !== undefined) this.say(said, said !== fill(this.#texts.back, { title: block.dataset["title"] ?? "" }));
  }

  #backText(): string {
    return fill(this.#texts.back, { title: this.#moving?.block.dataset["title"] ?? "" });
  }

  /** Keeps what was moved where it is, if it may be there. */
  async #drop(): Promise<void> {
    const moving = this.#moving;
    if (!moving) return;
    const { block, home, to } = moving;
    if (to.row === home.row && to.start === home.start) return this.#putBack(this.#backText());
    const wrong = this.#wrong();
    if (wrong !== undefined) return this.#putBack(`${wrong} ${this.#backText()}`);
    const words = this.#words();
    this.#busy = true;
    this.say(fill(this.#texts.saving, words));
    const id = block.dataset["showing"] ?? "";
    const refusal = await this.#send(id, to);
    this.#busy = false;
    if (refusal !== undefined) return this.#putBack(`${refusal} ${this.#backText()}`);
    const undo = {
      text: this.#texts.undo,
      act: () =>
        void this.#undo(id, home, { ...words, time: this.#time(home.start), room: home.row.dataset["name"] ?? "" }),
    };
    const grid = await redraw(this.#root);
    grid.block(id)?.focus();
    grid.say(fill(this.#texts.moved, words), false, undo);
  }

  async #undo(id: string, home: Place, words: Record<string, string>): Promise<void> {
    const refusal = await this.#send(id, home);
    const root = document.querySelector<HTMLElement>("[data-schedule]") ?? this.#root;
    const grid = await redraw(root);
    grid.block(id)?.focus();
    grid.say(refusal ?? fill(this.#texts.moved, words), refusal !== undefined);
  }

  /** Asks the server; answers what it refuses. */
  async #send(id: string, { row, start }: Place): Promise<string | undefined> {
    const two = (value: number) => String(value).padStart(2, "0");
    const body = { time: `${two(Math.floor(start / 60))}:${two(start % 60)}`, auditoriumId: row.dataset["room"] };
    try {
      const answer = await fetch((this.#root.dataset["api"] ?? "") + id, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.ok) return undefined;
      const { code, detail } = (await answer.json()) as { code?: string; detail?: string };
      if (code === "showing_in_use") return this.#texts.inUse;
      if (code === "schedule_clash") return this.#texts.taken;
      return detail ?? this.#texts.failed;
    } catch {
      return this.#texts.failed;
    }
  }

  #key(block: HTMLElement, event: KeyboardEvent): void {
    const across = { ArrowLeft: -step, ArrowRight: step }[event.key];
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const mine = this.#moving?.block === block;
    if (event.key === "Escape" && mine) this.#putBack(this.#backText());
    else if (event.key === "Enter" && mine) void this.#drop();
    else if (across !== undefined || down !== undefined) {
      event.preventDefault();
      if (!mine && !this.#begin(block)) return;
      const { to } = this.#moving ?? { to: this.#placeOf(block) };
      const row = this.#rows[this.#rows.indexOf(to.row) + (down ?? 0)] ?? to.row;
      // The first step goes to the next whole five minutes.
      const start = across === undefined ? to.start : across > 0 ? nextStep(to.start) : -nextStep(-to.start);
      this.#moveTo({ row, start });
      block.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    } else return;
    event.preventDefault();
  }

  #press(block: HTMLElement, event: PointerEvent): void {
    // A finger scrolls the grid; it moves showings from their page.
    if (event.button !== 0 || event.pointerType === "touch" || this.#busy) return;
    const [fromX, fromY] = [event.clientX, event.clientY];
    const scrolled = this.#frame.scrollLeft;
    const rowAt = (y: number) =>
      this.#rows.find((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return y >= top && y < bottom;
      });
    let dragging = false;
    const controller = new AbortController();
    const { signal } = controller;
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (!dragging) {
        if (Math.hypot(clientX - fromX, clientY - fromY) < leastPx) return;
        dragging = true;
        block.setPointerCapture(event.pointerId);
        if (!this.#begin(block)) return controller.abort();
        this.#frame.classList.add("day-frame-moving");
      }
      const moving = this.#moving;
      if (!moving) return;
      this.#scrollAlong(clientX);
      const minutes = (clientX - fromX + this.#frame.scrollLeft - scrolled) / this.#scale();
      const start = Math.round((moving.home.start + minutes) / step) * step;
      this.#moveTo({ row: rowAt(clientY) ?? moving.to.row, start });
    };
    block.addEventListener("pointermove", move, { signal });
    block.addEventListener(
      "pointerup",
      () => {
        controller.abort();
        if (dragging) void this.#drop();
      },
      { signal },
    );
    block.addEventListener("pointercancel", () => (controller.abort(), this.#putBack(this.#backText())), { signal });
    // What ends a drag opens nothing.
    block.addEventListener("click", (click) => dragging && click.preventDefault(), { once: true });
  }

  #scrollAlong(x: number): void {
    const { left, right } = this.#frame.getBoundingClientRect();
    if (x > right - 40) this.#frame.scrollLeft += 12;
    else if (x < left + 190) this.#frame.scrollLeft -= 12;
  }
}

/** The next multiple of a step after a number of minutes. */
function nextStep(minutes: number): number {
  return (Math.floor(minutes / step) + 1) * step;
}

/** The page as the server draws it now, in the place of the one that is here. */
async function redraw(root: HTMLElement): Promise<Grid> {
  const frame = root.querySelector(".day-frame");
  const scrolled = frame?.scrollLeft ?? 0;
  const answer = await fetch(window.location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of ["[data-schedule]", "[data-schedule] ~ form, [data-schedule] ~ .table-frame"]) {
    const now = fresh.querySelector(selector);
    if (now) document.querySelector(selector)?.replaceWith(now);
  }
  const made = open();
  if (!made) throw new Error("the grid is gone");
  const shown = document.querySelector(".day-frame");
  if (shown) shown.scrollLeft = scrolled;
  return made;
}

function open(): Grid | undefined {
  const root = document.querySelector<HTMLElement>("[data-schedule]");
  const frame = root?.querySelector<HTMLElement>(".day-frame");
  const status = root?.querySelector<HTMLElement>(".day-status");
  return root && frame && status ? new Grid(root, frame, status) : undefined;
}

open()?.reveal();
