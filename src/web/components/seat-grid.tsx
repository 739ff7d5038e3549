// Seats as boxes to tick, row by row as they stand in the room. Text is put together by hand: a grid has hundreds of boxes and
// is drawn anew with every change of a seat.

import type { Row, Seat, SeatedSection } from "../../domain/seat-map.ts";
import { t } from "../messages.ts";
import { numberOf, seatLabel } from "../seats.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "");

interface GridProps {
  section: SeatedSection;
  start: number;
  /** One letter a place of the whole showing; the section's begin at `start`. */
  states: string;
  ticked: ReadonlySet<string>;
  /** What a seat costs if nothing is said: `Adult $14.41`. */
  price: string;
}

/** The seats of a section. */
export function SeatGrid(props: GridProps) {
  let place = props.start;
  const rows = props.section.rows.map((row) => {
    const html = rowHtml(row, place, props);
    place += row.seats.length;
    return html;
  });
  return <div class="rows" data-start={props.start} dangerouslySetInnerHTML={{ __html: rows.join("") }} />;
}

function rowHtml(row: Row, start: number, props: GridProps): string {
  const name = escaped(row.name);
  const label = escaped(t.seatMap.row(row.name));
  const end = `<span class="row-name" aria-hidden="true">${name}</span>`;
  const seats = row.seats.map((seat, index) => seatHtml(seat, row.name, props.states[start + index] === "f", props));
  return `<div class="row" role="group" aria-label="${label}">${end}${seats.join("")}${end}</div>`;
}

function seatHtml(seat: Seat, row: string, isFree: boolean, { price, ticked }: GridProps): string {
  const marked = seat.access ? ` seat-${seat.access}` : seat.view ? " seat-restricted" : "";
  const kind = `seat${marked}${seat.aisle ? " seat-aisle" : ""}`;
  const attribute = isFree ? (ticked.has(seat.name) ? " checked" : "") : " disabled";
  const label = escaped(seatLabel(row, seat, price, isFree));
  return (
    `<span class="${kind}"><input type="checkbox" name="seat" value="${escaped(seat.name)}" aria-label="${label}"${attribute}>` +
    `<span aria-hidden="true">${escaped(numberOf(seat.name))}</span></span>`
  );
}
