// Seats as boxes to tick, row by row as they stand in the room. Text is put together by hand: a grid has hundreds of boxes and
// is drawn anew with every change of a seat.

import type { Row, Seat, SeatedSection } from "../../domain/seat-map.ts";
import { t } from "../messages.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "");

/** The seats of a section. `states` is one letter a place of the whole showing; the section's begin at `start`. */
export function SeatGrid(props: {
  section: SeatedSection;
  start: number;
  states: string;
  ticked: ReadonlySet<string>;
}) {
  let place = props.start;
  const rows = props.section.rows.map((row) => {
    const html = rowHtml(row, props.states.slice(place, place + row.seats.length), props.ticked);
    place += row.seats.length;
    return html;
  });
  return <div class="rows" data-start={props.start} dangerouslySetInnerHTML={{ __html: rows.join("") }} />;
}

function rowHtml(row: Row, states: string, ticked: ReadonlySet<string>): string {
  const name = escaped(row.name);
  const seats = row.seats.map((seat, index) => seatHtml(seat, states[index] ?? "b", ticked.has(seat.name))).join("");
  return (
    `<div class="row" role="group" aria-label="${t.seatMap.row(name)}"><span class="row-name" aria-hidden="true">${name}</span>` +
    `${seats}<span class="row-name" aria-hidden="true">${name}</span></div>`
  );
}

function seatHtml(seat: Seat, state: string, ticked: boolean): string {
  const name = escaped(seat.name);
  const number = escaped(seat.name.slice(seat.name.lastIndexOf("-") + 1));
  const free = state === "f";
  const label = [name, seat.access && t.seatMap.access[seat.access], !free && t.seatMap.taken]
    .filter(Boolean)
    .join(", ");
  const kind = `seat${seat.access ? " seat-access" : ""}${seat.aisle ? " seat-aisle" : ""}`;
  const attribute = free ? (ticked ? " checked" : "") : " disabled";
  return (
    `<label class="${kind}" title="${label}"><input type="checkbox" name="seat" value="${name}" aria-label="${label}"${attribute}>` +
    `<span aria-hidden="true">${number}</span></label>`
  );
}
