// A room whose seats are boxes of the page, moved to where they stand.

import { squashed } from "../../domain/seat-geometry.ts";
import { pointIn } from "./gestures.ts";
import { Grid } from "./grid.ts";
import { placeStage, Stage } from "./stage.ts";
import { tipOf, zoomBefore, type Surface, type SurfaceParts } from "./surface.ts";

/** Numbers can be read from so many pixels between seats on. */
const numbersFrom = 22;

export function openSmallRoom(parts: SurfaceParts): Surface {
  const { frame, data, room, choice, words, held, isShown } = parts;
  const drawn = squashed(room.seats, data.drawing.squash);
  const world = find(frame, ".seat-room");
  const scroller = find(frame, ".seat-frame");
  scroller.removeAttribute("tabindex");
  placeStage(find(world, ".seat-stage"), drawn, data);

  const gridOf = (section: number, rows: HTMLElement): Grid =>
    new Grid(
      {
        room,
        words,
        drawn,
        box: data.drawing.box,
        ticketOf: (place) => choice.ticketOf(place),
        isHeld: (place) => held.has(place),
        toggle: parts.toggle,
        focused: (place) => stage.camera.reveal({ x: drawn.x[place] ?? 0, y: drawn.y[place] ?? 0 }),
      },
      section,
      rows,
    );
  const grids = new Map<number, Grid>();
  for (const rows of world.querySelectorAll<HTMLElement>(".rows")) {
    const section = room.sectionOf(Number(rows.dataset["start"]));
    grids.set(section, gridOf(section, rows));
  }
  const stage: Stage = new Stage(
    {
      frame,
      data,
      draw: () => frame.classList.toggle("with-numbers", stage.camera.pitch >= numbersFrom),
      rest: () => undefined,
      describe(event) {
        const place =
          [...grids.values()].map((grid) => grid.placeUnder(event.target)).find((found) => found >= 0) ?? -1;
        return place < 0 ? "" : tipOf(parts, place);
      },
    },
    world,
  );
  const gridAt = (place: number) => grids.get(room.sectionOf(place));
  frame.addEventListener(
    "click",
    (event) => {
      if (event.detail === 0 || !(event.target instanceof Element) || event.target.closest("button")) return;
      const factor = zoomBefore(event, stage.camera.pitch);
      if (factor === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      stage.camera.zoom(factor, pointIn(frame, event), true);
    },
    { capture: true },
  );
  return {
    changed(places) {
      for (const place of places) gridAt(place)?.update(place);
    },
    redraw() {
      for (const [section, grid] of grids) {
        grid.element.closest(".seat-section")?.classList.toggle("is-dimmed", !isShown(data.bands[section] ?? -1));
      }
    },
    counted(sections) {
      for (const section of sections) grids.get(section)?.retitle();
    },
    reveal: (place) => stage.camera.reveal({ x: drawn.x[place] ?? 0, y: drawn.y[place] ?? 0 }),
    focus: () => [...grids.values()][0]?.focus(),
  };
}

function find(within: HTMLElement, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the seat map lacks ${selector}`);
  return found;
}
