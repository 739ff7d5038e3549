// Which showings of the demo are in IMAX or 3D, and which are for more people: by room and time of day, so that a day is the same
// whenever it is planned.

import { inOrder, type ShowingFormat } from "../src/domain/formats.ts";

const deep: ReadonlySet<string> = new Set(["Superhero", "Science Fiction", "Family", "Fantasy"]);

/** The formats of the `index`th showing of the day in a room, as the store has them. */
export function formatsOf(room: { number: number; imax: boolean; genres: readonly string[] }, index: number): string {
  const isDeep = room.genres.some((genre) => deep.has(genre));
  const formats: ShowingFormat[] = [];
  if (room.imax) formats.push("imax");
  // The second, and one after work.
  if (isDeep && (index === 1 || index === 4)) formats.push("3d");
  if (room.number % 6 === 0 && index === 3) formats.push("subtitled");
  if (room.number % 5 === 0 && (index === 1 || index === 5)) formats.push("captioned");
  if (room.number % 8 === 0 && index === 2) formats.push("described");
  if (room.genres.includes("Family") && index === 0) formats.push("relaxed");
  return JSON.stringify(inOrder(formats));
}
