// A room of thousands of seats: its sections from above, the seats in view on a canvas, and the boxes of the section at hand over
// them for keyboards and screen readers.

import { pointIn } from "./gestures.ts";
import { Grid } from "./grid.ts";
import { kinds, lookOf } from "./looks.ts";
import { Painter, seenFrom } from "./painter.ts";
import { boxOfSection, Sections } from "./sections.ts";
import { Stage } from "./stage.ts";
import { tipOf, zoomBefore, type Surface, type SurfaceParts } from "./surface.ts";
import { toDrawing } from "./viewport.ts";

/** From so many pixels between seats on, the section in the middle is the one at hand. */
const atHandFrom = 8;

export function openLargeRoom(parts: SurfaceParts): Surface {
  return new LargeRoom(parts);
}

class LargeRoom implements Surface {
  readonly #parts: SurfaceParts;
  readonly #looks: Uint8Array;
  readonly #painter: Painter;
  readonly #sections: Sections;
  readonly #stage: Stage;
  readonly #title = document.getElementById("seats-title");
  readonly #back = document.createElement("button");
  #grid: Grid | undefined;

  constructor(parts: SurfaceParts) {
    const { frame, data, room, words } = parts;
    const { seats } = room;
    this.#parts = parts;
    const svg = frame.querySelector<SVGSVGElement>("svg.overview");
    if (!svg) throw new Error("the seat map lacks its overview");
    const canvas = document.createElement("canvas");
    const world = document.createElement("div");
    world.className = "seat-room";
    svg.after(canvas, world);
    this.#looks = Uint8Array.from({ length: seats.count }, (_, place) => this.#lookAt(place));
    this.#painter = new Painter(canvas, seats, data.drawing, this.#looks);
    this.#sections = new Sections({ svg, seats, words, bands: data.bands, open: (...args) => this.#open(...args) });
    this.#stage = new Stage(
      {
        frame,
        data,
        draw: (view) => {
          this.#sections.draw(view, this.#stage.camera.size);
          this.#painter.draw(view, this.#stage.camera.size);
          frame.classList.toggle("with-seats", this.#stage.camera.pitch >= seenFrom);
        },
        rest: () => this.#rest(),
        describe: (event) => this.#describe(event),
      },
      world,
    );
    frame.addEventListener("click", (event) => this.#press(event), { capture: true });
    frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.#stage.camera.isWhole) this.#leave();
    });
    this.#addBack();
    const asked = seats.sections.findIndex(({ id, kind }) => id === data.section && kind === "seats");
    if (asked >= 0) this.#stage.camera.show(boxOfSection(seats, asked, data.drawing.pitch));
  }

  changed(places: readonly number[]): void {
    for (const place of places) {
      this.#looks[place] = this.#lookAt(place);
      this.#grid?.update(place);
    }
    if (!this.#painter.redraw(places)) this.#stage.camera.ask();
  }

  redraw(): void {
    for (let place = 0; place < this.#looks.length; place += 1) this.#looks[place] = this.#lookAt(place);
    this.#sections.filter(this.#parts.isShown);
    this.#painter.recolour();
    this.#stage.camera.ask();
  }

  counted(sections: readonly number[]): void {
    for (const section of sections) {
      this.#sections.count(section, this.#parts.room.left[section] ?? 0);
      if (this.#grid?.section === section) this.#grid.retitle();
    }
  }

  reveal(place: number): void {
    this.#stage.camera.reveal(this.#pointOf(place));
  }

  focus(): void {
    if (this.#grid) this.#grid.focus();
    else this.#sections.focus(0);
  }

  #pointOf(place: number) {
    const { x, y } = this.#parts.room.seats;
    return { x: x[place] ?? 0, y: y[place] ?? 0 };
  }

  #lookAt(place: number): number {
    const { room, data, held, isShown } = this.#parts;
    const band = data.bands[room.sectionOf(place)] ?? -1;
    const kind = room.chosen.has(place)
      ? kinds.chosen
      : held.has(place)
        ? kinds.held
        : !room.isFree(place) || band < 0
          ? kinds.taken
          : isShown(band)
            ? kinds.free
            : kinds.dimmed;
    return lookOf(kind, band, room.seats.mark[place] ?? 0);
  }

  /** Flies to a section; who came by keyboard goes on among its seats. */
  #open(section: number, byKey: boolean): void {
    const { room, data } = this.#parts;
    this.#stage.camera.show(boxOfSection(room.seats, section, data.drawing.pitch));
    this.#takeAtHand(section);
    if (byKey) this.#grid?.focus();
  }

  #leave(): void {
    const section = this.#grid?.section ?? 0;
    const hadFocus = this.#grid?.hasFocus ?? false;
    this.#stage.camera.whole();
    this.#letGo();
    if (hadFocus) this.#sections.focus(section);
  }

  #rest(): void {
    const { camera } = this.#stage;
    if (this.#grid?.hasFocus) return;
    if (camera.isWhole || camera.pitch < atHandFrom) return this.#letGo();
    const { width, height } = camera.size;
    const place = this.#painter.nearest(toDrawing(camera.view, { x: width / 2, y: height / 2 }));
    if (place >= 0) this.#takeAtHand(this.#parts.room.sectionOf(place));
  }

  #takeAtHand(section: number): void {
    if (this.#grid?.section === section) return;
    const { room, words, data, choice, held, toggle } = this.#parts;
    this.#grid?.element.remove();
    this.#grid = new Grid(
      {
        room,
        words,
        drawn: room.seats,
        box: data.drawing.box,
        ticketOf: (place) => choice.ticketOf(place),
        isHeld: (place) => held.has(place),
        toggle,
        focused: (place) => this.reveal(place),
      },
      section,
    );
    this.#stage.room.append(this.#grid.element);
    this.#say(section);
  }

  #letGo(): void {
    if (!this.#grid) return;
    this.#grid.element.remove();
    this.#grid = undefined;
    this.#say(-1);
  }

  /** The title, the address and the overview name the section at hand. */
  #say(section: number): void {
    const { room, words } = this.#parts;
    const found = room.seats.sections[section];
    if (this.#title) this.#title.textContent = found?.name ?? words.texts.chooseSection;
    this.#back.hidden = !found;
    this.#sections.mark(section);
    const address = new URL(location.href);
    if (found) address.searchParams.set("section", found.id);
    else address.searchParams.delete("section");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  #addBack(): void {
    this.#back.type = "button";
    this.#back.className = "button button-quiet button-small to-sections";
    this.#back.textContent = this.#parts.words.texts.sections;
    this.#back.hidden = true;
    this.#back.addEventListener("click", () => {
      const section = this.#grid?.section ?? 0;
      this.#leave();
      this.#sections.focus(section);
    });
    this.#title?.after(this.#back);
  }

  #press(event: MouseEvent): void {
    const { frame, toggle, room, choice } = this.#parts;
    const { camera } = this.#stage;
    if (event.detail === 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    // From far away sections are pressed, and their links know what to do.
    if (camera.pitch < seenFrom) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const point = pointIn(frame, event);
    const factor = zoomBefore(event, camera.pitch);
    if (factor !== undefined) return camera.zoom(factor, point, true);
    const place = this.#painter.seatAt(point);
    if (place >= 0 && room.isFree(place) && choice.isSold(place)) toggle(place);
  }

  #describe(event: MouseEvent): string {
    const { frame } = this.#parts;
    const onButton = event.target instanceof Element && event.target.closest("button");
    if (onButton || zoomBefore(event, this.#stage.camera.pitch) !== undefined) return "";
    const place = this.#painter.seatAt(pointIn(frame, event));
    return place < 0 ? "" : tipOf(this.#parts, place);
  }
}
