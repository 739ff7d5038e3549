// The frame of the seat map: what lies in it, buttons to zoom beside it, a word about the seat under the mouse. It knows nothing of
// choosing.

import type { PlacedSeats } from "../../domain/packed-seat-map.ts";
import { Camera } from "./camera.ts";
import type { PickerData } from "./data.ts";
import { listenToGestures, pointIn } from "./gestures.ts";
import type { View } from "./viewport.ts";

export interface StageParts {
  frame: HTMLElement;
  data: PickerData;
  draw(view: View): void;
  rest(view: View): void;
  /** The seat under a point of the frame, and what is said of it. */
  describe(event: MouseEvent): string;
}

/** A frame with a camera; `room` lies in it in the drawing's units and moves with the view. */
export class Stage {
  readonly camera: Camera;
  readonly room: HTMLElement;
  readonly #parts: StageParts;
  readonly #tip = document.createElement("div");

  constructor(parts: StageParts, room: HTMLElement) {
    const { frame, data } = parts;
    this.#parts = parts;
    this.room = room;
    room.classList.add("seat-world");
    room.style.width = `${data.drawing.box.width}px`;
    room.style.height = `${data.drawing.box.height}px`;
    room.style.setProperty("--pitch", `${data.drawing.pitch}px`);
    this.#addButtons();
    const { box, pitch } = data.drawing;
    this.camera = new Camera({ frame, box, pitch, draw: (view) => this.#draw(view), rest: parts.rest });
    this.#tip.className = "seat-tip";
    this.#tip.setAttribute("aria-hidden", "true");
    this.#tip.hidden = true;
    frame.append(this.#tip);
    listenToGestures(frame, this.camera);
    frame.addEventListener("pointermove", (event) => this.#showTip(event));
    frame.addEventListener("pointerleave", () => (this.#tip.hidden = true));
    frame.addEventListener("keydown", (event) => this.#keys(event));
    this.camera.ask();
  }

  #draw(view: View): void {
    const { box } = this.#parts.data.drawing;
    const [x, y] = [(box.x - view.x) * view.scale, (box.y - view.y) * view.scale];
    this.room.style.transform = `translate(${x}px, ${y}px) scale(${view.scale})`;
    this.room.style.setProperty("--scale", String(view.scale));
    this.#parts.frame.classList.toggle("is-zoomed", !this.camera.isWhole);
    this.#parts.draw(view);
  }

  #addButtons(): void {
    const { texts } = this.#parts.data;
    const bar = document.createElement("div");
    bar.className = "seat-zoom";
    for (const [name, sign, text, press] of [
      ["in", "+", texts.zoomIn, () => this.camera.zoom(1.7, undefined, true)],
      ["out", "−", texts.zoomOut, () => this.camera.zoom(1 / 1.7, undefined, true)],
      ["whole", "", texts.whole, () => this.camera.whole()],
    ] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `zoom-${name}`;
      button.textContent = sign;
      button.setAttribute("aria-label", text);
      button.addEventListener("click", press);
      bar.append(button);
    }
    const around = document.createElement("div");
    around.className = "seat-map";
    this.#parts.frame.replaceWith(around);
    around.append(this.#parts.frame, bar);
  }

  #keys(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.camera.zoom(1.4, undefined, true);
    else if (event.key === "-") this.camera.zoom(1 / 1.4, undefined, true);
    else if (event.key === "0") this.camera.whole();
    else return;
    event.preventDefault();
  }

  #showTip(event: PointerEvent): void {
    const text = event.pointerType === "mouse" && event.buttons === 0 ? this.#parts.describe(event) : "";
    this.#tip.hidden = text === "";
    this.#parts.frame.classList.toggle("on-seat", text !== "");
    if (text === "") return;
    this.#tip.textContent = text;
    const { x, y } = pointIn(this.#parts.frame, event);
    const { width } = this.camera.size;
    const half = this.#tip.offsetWidth / 2;
    const left = Math.min(width - half - 4, Math.max(half + 4, x));
    this.#tip.style.transform = `translate(${left - half}px, ${y > 64 ? y - this.#tip.offsetHeight - 14 : y + 22}px)`;
  }
}

/** The stage or screen, where it stands in the drawing. */
export function placeStage(element: HTMLElement, { stage }: PlacedSeats, data: PickerData): void {
  const { box } = data.drawing;
  element.style.left = `${stage.x - box.x}px`;
  element.style.top = `${stage.y - box.y}px`;
  element.style.width = `${stage.width}px`;
  element.style.minHeight = `${stage.height}px`;
}
