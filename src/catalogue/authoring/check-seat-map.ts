// Whether a document is a seat map that can be drawn and sold.

import { Compile } from "typebox/compile";
import { faultSentence, refusedFor, type Fault } from "../../domain/faults.ts";
import type { Refusal } from "../../domain/refusals.ts";
import { compileSeatMap, seatMapLimits, type Layout, type SeatMap } from "../../domain/seat-map.ts";
import { seatMapFaults, type SeatMapFault, type SeatMapFaultCode } from "../../domain/seat-map-check.ts";
import { seatMapSchema } from "./seat-map-schema.ts";

const shape = Compile(seatMapSchema);

/**
 * The seat map of a document, with its layout. Refuses `invalid_request` with a sentence for each fault in `fields`, by its place
 * in the document: unknown or missing fields, names that stand twice, seats that overlap, anything outside of the drawing,
 * empty sections, more than 50,000 places.
 */
export function checkSeatMap(document: unknown): { map: SeatMap; layout: Layout } {
  if (!shape.Check(document)) {
    const [error] = shape.Errors(document);
    throw refused([[`seatMap${(error?.instancePath ?? "").replaceAll("/", ".")}`, error?.message ?? "is not valid"]]);
  }
  const map = document as SeatMap;
  const faults = seatMapFaults(map);
  if (faults.length > 0) throw refused(faults.map((fault) => [fieldOf(map, fault), sentenceOf(map, fault)]));
  return { map, layout: compileSeatMap(map) };
}

function refused(faults: readonly (readonly [field: string, sentence: string])[]): Refusal {
  const [[place, what] = ["seatMap", "is not valid"]] = faults;
  const fault: Fault = { code: "seat-map", place, what };
  // A form has one field for the whole file.
  const fields = { ...Object.fromEntries(faults.toReversed()), seatMap: faultSentence(fault) };
  return refusedFor("invalid_request", fault, { field: place, fields, faults: { seatMap: fault } });
}

const parts: Partial<Record<SeatMapFaultCode, string>> = {
  "map-name": "name",
  "map-size": "width",
  "focus-outside": "focus",
  "stage-outside": "stage",
  "section-code": "id",
  "section-code-twice": "id",
  "section-name": "name",
  "section-colour": "colour",
  "section-rank": "rank",
  "section-empty": "rows",
  "too-many-rows": "rows",
  capacity: "capacity",
  outline: "outline",
  "outline-outside": "outline",
  "row-name": "name",
  "row-empty": "seats",
  "row-long": "seats",
  "seat-name": "name",
  "seat-twice": "name",
};

/** `seatMap.sections.MAIN.rows.3.seats.0.name`: sections by their code, everything else by position. */
function fieldOf(map: SeatMap, { code, section, row, seat }: SeatMapFault): string {
  const steps = [
    "seatMap",
    ...(section === undefined ? [] : ["sections", map.sections[section]?.id ?? section]),
    ...(row === undefined ? [] : ["rows", row]),
    ...(seat === undefined ? [] : ["seats", seat]),
    ...(parts[code] ? [parts[code]] : section === undefined ? ["sections"] : []),
  ];
  return steps.join(".");
}

function sentenceOf(map: SeatMap, { code, name = "", count = 0, other }: SeatMapFault): string {
  const seatAt = (place: typeof other) => {
    const section = map.sections[place?.section ?? -1];
    return section?.kind === "seats" ? (section.rows[place?.row ?? -1]?.seats[place?.seat ?? -1]?.name ?? "") : "";
  };
  const more = count > 1 ? ` (one of ${count})` : "";
  const { places, sections, rows, seatsInRow, side } = seatMapLimits;
  const sentences: Record<SeatMapFaultCode, string> = {
    "no-sections": "there is no section",
    "too-many-sections": `has ${count} sections; at most ${sections} are possible`,
    "too-many-places": `has ${count} places; at most ${places} are possible`,
    "map-name": "1 to 80 characters, please",
    "map-size": `100 to ${side} units wide and high, please`,
    "focus-outside": "lies outside of the drawing",
    "stage-outside": "lies outside of the drawing",
    "section-code": "1 to 8 capital letters and digits, please",
    "section-code-twice": `section ${name} stands twice in the seat map`,
    "section-name": "1 to 60 characters, please",
    "section-empty": `section ${name} has no seats`,
    "section-colour": "a whole number from 1 to 8, please",
    "section-rank": "a whole number from 0 to 10000, please",
    "too-many-rows": `at most ${rows} rows, please`,
    capacity: `a whole number from 1 to ${places}, please`,
    outline: "3 to 200 corners, please",
    "outline-outside": "leaves the drawing",
    "row-name": "1 to 12 characters, please",
    "row-empty": `row ${name} has no seats`,
    "row-long": `row ${name} has ${count} seats; at most ${seatsInRow} are possible`,
    "seat-name": `“${name}” is no name for a seat${more}`,
    "seat-twice": `seat ${name} stands twice in the seat map${more}`,
    "seat-outside": `seat ${name} lies outside of the drawing${more}`,
    "seats-overlap": `seat ${name} overlaps seat ${seatAt(other)}${more}`,
  };
  return sentences[code];
}
