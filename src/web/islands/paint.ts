// Lays the boxes of a section's seats out as they are in the room, and lets them be painted: press one and draw over others, or
// press a row's name. The boxes stay the form.

import { fill } from "../picker/fill.ts";

/** Between the middles of two neighbours, px. */
const pitch = 40;
const margin = 64;

function paintable(root: HTMLElement): void {
  const map = root.querySelector<HTMLElement>(".block-map");
  const status = root.closest("form")?.querySelector<HTMLElement>(".block-changes");
  if (!map || !status) return;
  const rows = [...map.querySelectorAll<HTMLElement>(".block-row")];
  const seatsOf = (row: HTMLElement) => [...row.querySelectorAll<HTMLElement>(".block-seat")];
  const boxOf = (seat: Element | null | undefined) => seat?.querySelector<HTMLInputElement>("input[type=checkbox]");
  const boxes = () => [...map.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  root.classList.add("block-live");
  layOut(
    map,
    rows.map((row) => ({ name: row.querySelector<HTMLElement>(".block-row-name"), seats: seatsOf(row) })),
  );

  const was = new Set([...map.querySelectorAll<HTMLInputElement>("input[name=was]")].map(({ value }) => value));
  const count = () => {
    const changed = boxes().filter((box) => box.checked !== was.has(box.value) && !box.disabled);
    const block = changed.filter((box) => box.checked).length;
    const values = { block, free: changed.length - block };
    status.textContent = changed.length === 0 ? "" : fill(status.dataset["text"] ?? "", values);
  };
  const paint = (box: HTMLInputElement | null | undefined, checked: boolean) => {
    if (!box || box.disabled) return;
    box.checked = checked;
    count();
  };

  for (const row of rows) {
    const button = document.createElement("button");
    const name = row.querySelector<HTMLElement>(".block-row-name");
    if (!name) continue;
    button.type = "button";
    button.className = name.className;
    button.textContent = row.dataset["label"] ?? name.textContent;
    button.style.cssText = name.style.cssText;
    name.replaceWith(button);
    button.addEventListener("click", () => {
      const own = seatsOf(row)
        .map(boxOf)
        .filter((box) => box && !box.disabled);
      const checked = own.some((box) => !box?.checked);
      for (const box of own) paint(box, checked);
    });
  }

  map.addEventListener("change", count);
  map.addEventListener("pointerdown", (event) => {
    // A finger scrolls, and ticks seat by seat.
    if (event.pointerType === "touch" || event.button !== 0) return;
    const first = boxOf(seatAt(event));
    if (!first || first.disabled) return;
    const checked = !first.checked;
    const done = new AbortController();
    const { signal } = done;
    let painted = false;
    const move = (moved: PointerEvent) => {
      const box = boxOf(seatAt(moved));
      if (box === first && !painted) return;
      painted = true;
      paint(first, checked);
      paint(box, checked);
    };
    window.addEventListener("pointermove", move, { signal });
    window.addEventListener("pointerup", () => done.abort(), { signal });
    window.addEventListener("pointercancel", () => done.abort(), { signal });
    // What ends a stroke over one seat and back ticks nothing by itself.
    map.addEventListener("click", (click) => painted && click.preventDefault(), { once: true });
    event.preventDefault();
    first.focus({ preventScroll: true });
  });
  map.addEventListener("keydown", (event) => {
    const seat = (event.target as Element).closest<HTMLElement>(".block-seat");
    const row = seat?.closest<HTMLElement>(".block-row");
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!seat || !row || (across === undefined && down === undefined)) return;
    event.preventDefault();
    const to = across === undefined ? rows[rows.indexOf(row) + (down ?? 0)] : row;
    if (!to) return;
    const others = seatsOf(to).filter((other) => other !== seat && !boxOf(other)?.disabled);
    const x = Number(seat.dataset["x"]);
    const ahead = others.filter(
      (other) => across === undefined || Math.sign(Number(other.dataset["x"]) - x) === across,
    );
    const far = (other: HTMLElement) => Math.abs(Number(other.dataset["x"]) - x);
    boxOf(ahead.toSorted((a, b) => far(a) - far(b))[0])?.focus();
  });
  count();
}

function seatAt({ clientX, clientY }: PointerEvent): Element | null {
  return document.elementFromPoint(clientX, clientY)?.closest(".block-seat") ?? null;
}

/** Puts every seat where it stands in the room, a thumb's width from its neighbour. */
function layOut(map: HTMLElement, rows: readonly { name: HTMLElement | null; seats: readonly HTMLElement[] }[]): void {
  const at = (seat: HTMLElement) => ({ x: Number(seat.dataset["x"]), y: Number(seat.dataset["y"]) });
  const all = rows.flatMap(({ seats }) => seats.map(at));
  let nearest = Infinity;
  for (const { seats } of rows) {
    for (const [index, seat] of seats.entries()) {
      const [a, next] = [at(seat), seats[index + 1]];
      const b = next ? at(next) : undefined;
      if (b) nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y));
    }
  }
  const [firstRow, secondRow] = rows.map(({ seats }) => seats[0]);
  if (firstRow && secondRow)
    nearest = Math.min(nearest, Math.hypot(at(firstRow).x - at(secondRow).x, at(firstRow).y - at(secondRow).y));
  if (all.length === 0 || !Number.isFinite(nearest) || nearest <= 0) return;
  const scale = pitch / nearest;
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const put = (element: HTMLElement, x: number, y: number) => {
    element.style.left = `${Math.round((x - left) * scale + margin)}px`;
    element.style.top = `${Math.round((y - top) * scale)}px`;
  };
  map.style.width = `${(Math.max(...all.map(({ x }) => x)) - left) * scale + pitch + margin}px`;
  map.style.height = `${(Math.max(...all.map(({ y }) => y)) - top) * scale + pitch}px`;
  for (const { name, seats } of rows) {
    for (const seat of seats) put(seat, at(seat).x, at(seat).y);
    const first = seats.map(at).toSorted((a, b) => a.x - b.x)[0];
    if (name && first) put(name, first.x - margin / scale, first.y);
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-paint]")) paintable(root);
