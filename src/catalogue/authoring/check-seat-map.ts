// Whether a document is a seat map that can be drawn and sold.

import { Compile } from "typebox/compile";
import { Refusal } from "../../domain/refusals.ts";
import { compileSeatMap, type Layout, type SeatMap } from "../../domain/seat-map.ts";
import { seatMapLimits } from "./authoring.ts";
import { seatMapSchema } from "./seat-map-schema.ts";

const shape = Compile(seatMapSchema);

/**
 * The seat map of a document, with its layout. Refuses `invalid_request` naming the place in the document: unknown or missing
 * fields, names that stand twice, anything outside the drawing, empty sections, more than 50,000 places.
 */
export function checkSeatMap(document: unknown): { map: SeatMap; layout: Layout } {
  if (!shape.Check(document)) {
    const [error] = shape.Errors(document);
    const path = `seatMap${(error?.instancePath ?? "").replaceAll("/", ".")}`;
    throw fault(path, error?.message ?? "is not valid");
  }
  const map = document as SeatMap;
  const places = map.sections.reduce((sum, section) => sum + placesOf(section), 0);
  if (places > seatMapLimits.places) {
    throw fault("seatMap.sections", `has ${places} places; at most ${seatMapLimits.places} are possible`);
  }
  checkBounds(map);
  try {
    return { map, layout: compileSeatMap(map) };
  } catch (error) {
    if (error instanceof RangeError) throw fault("seatMap.sections", error.message);
    throw error;
  }
}

function placesOf(section: SeatMap["sections"][number]): number {
  if (section.kind === "standing") return section.capacity;
  return section.rows.reduce((sum, row) => sum + row.seats.length, 0);
}

function checkBounds({ width, height, focus, stage, sections }: SeatMap): void {
  const inside = (x: number, y: number) => x <= width && y <= height;
  if (!inside(focus.x, focus.y)) throw fault("seatMap.focus", "lies outside of the drawing");
  if (!inside(stage.x + stage.width, stage.y + stage.height)) {
    throw fault("seatMap.stage", "lies outside of the drawing");
  }
  for (const section of sections) {
    const path = `seatMap.sections.${section.id}`;
    if (!section.outline.every(([x, y]) => inside(x, y))) throw fault(`${path}.outline`, "leaves the drawing");
    if (section.kind === "standing") continue;
    const outside = section.rows.flatMap((row) => row.seats).find((seat) => !inside(seat.x, seat.y));
    if (outside) throw fault(path, `seat ${outside.name} lies outside of the drawing`);
  }
}

function fault(field: string, message: string): Refusal {
  return new Refusal("invalid_request", `${field}: ${message}`, { field, fields: { seatMap: `${field}: ${message}` } });
}
