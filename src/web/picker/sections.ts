// The sections of a large room from above: pressed they are flown to, arrows go from one to the next, and their counts follow.

import type { PlacedSeats } from "../../domain/packed-seat-map.ts";
import type { Box } from "../../domain/seat-geometry.ts";
import type { PickerData } from "./data.ts";
import type { View, Size } from "./viewport.ts";
import type { Words } from "./words.ts";

export interface SectionsParts {
  svg: SVGSVGElement;
  seats: PlacedSeats;
  words: Words;
  bands: PickerData["bands"];
  /** A section of seats was pressed; `byKey` if there was no pointer. */
  open(section: number, byKey: boolean): void;
}

export class Sections {
  readonly #parts: SectionsParts;
  /** By index. */
  readonly #links: (SVGAElement | undefined)[];

  constructor(parts: SectionsParts) {
    this.#parts = parts;
    const { svg, seats } = parts;
    const links = [...svg.querySelectorAll<SVGAElement>("a[data-section]")];
    this.#links = seats.sections.map(({ id }) => links.find((link) => link.dataset["section"] === id));
    // Shown as wide as the frame, whatever its shape.
    svg.setAttribute("preserveAspectRatio", "none");
    svg.addEventListener("keydown", (event) => this.#keys(event));
    for (const [section, link] of this.#links.entries()) {
      link?.setAttribute("tabindex", "-1");
      link?.addEventListener("focus", () => this.#makeCurrent(link));
      if (seats.sections[section]?.kind !== "seats") continue;
      link?.addEventListener("click", (event) => {
        event.preventDefault();
        parts.open(section, event.detail === 0);
      });
    }
    const first = this.#links.find((link) => link);
    if (first) this.#makeCurrent(first);
  }

  /** Shows the part of the drawing that a view shows. */
  draw({ x, y, scale }: View, { width, height }: Size): void {
    this.#parts.svg.setAttribute("viewBox", `${x} ${y} ${width / scale} ${height / scale}`);
  }

  /** Marks the section whose seats are at hand; -1 for none. */
  mark(section: number): void {
    for (const [index, link] of this.#links.entries()) link?.classList.toggle("overview-current", index === section);
  }

  focus(section: number): void {
    this.#links[section]?.focus({ preventScroll: true });
  }

  /** Says how many are left of a section. */
  count(section: number, left: number): void {
    const link = this.#links[section];
    if (!link) return;
    const { texts } = this.#parts.words;
    const standing = this.#parts.seats.sections[section]?.kind === "standing";
    const text = this.#parts.words.count(left, standing ? texts.placesLeft : texts.seatsLeft);
    const label = link.getAttribute("aria-label") ?? "";
    link.setAttribute("aria-label", `${label.slice(0, label.lastIndexOf(", "))}, ${text}`);
    link.classList.toggle("overview-out", left === 0 || (this.#parts.bands[section] ?? -1) < 0);
  }

  /** Shows some prices alone; all if none is named. */
  filter(isShown: (band: number) => boolean): void {
    for (const [index, link] of this.#links.entries()) {
      link?.classList.toggle("overview-dimmed", !isShown(this.#parts.bands[index] ?? -1));
    }
  }

  #makeCurrent(link: SVGAElement): void {
    for (const other of this.#links) other?.setAttribute("tabindex", other === link ? "0" : "-1");
  }

  #keys(event: KeyboardEvent): void {
    const links = this.#links.filter((link) => link !== undefined);
    const at = links.findIndex((link) => link === document.activeElement);
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: links.length - 1,
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    links[Math.min(links.length - 1, Math.max(0, to))]?.focus({ preventScroll: true });
  }
}

/** What a section's seats cover, with a margin. */
export function boxOfSection({ sections, x, y }: PlacedSeats, index: number, margin: number): Box {
  const section = sections[index];
  const range = [section?.start ?? 0, (section?.start ?? 0) + (section?.length ?? 0)] as const;
  const [xs, ys] = [x.subarray(...range), y.subarray(...range)];
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x: left, y: top, width: Math.max(...xs) + margin - left, height: Math.max(...ys) + margin - top };
}
