// Seat maps: what an auditorium looks like, and the compiled layout by which places are numbered.
// A place is one seat, or one of the places of a standing area; the inventory knows places by number only.

import { rankRun, type RankedRun, type Run } from "./runs.ts";

export type { RankedRun, Run } from "./runs.ts";

/** A drawing of an auditorium; immutable, named by the hash of its content. Lengths are in drawing units (1 ≈ 1 cm). */
export interface SeatMap {
  name: string;
  width: number;
  height: number;
  /** The point with the best view: rows and seats are ranked by their distance from it. */
  focus: { x: number; y: number };
  /** Screen or stage, drawn for orientation. */
  stage: { label: string; x: number; y: number; width: number; height: number };
  sections: readonly Section[];
}

export type Section = SeatedSection | StandingSection;

interface SectionBase {
  /** Short and unique in the map, `[A-Z0-9]{1,8}`. */
  id: string;
  name: string;
  /** Sections of a lower rank are offered first by best available. */
  rank: number;
  /** Corners of its outline, for the overview. */
  outline: readonly (readonly [number, number])[];
  /** From 1 to 8: tells sections apart in the seller's drawings. */
  colour?: number;
}

export interface SeatedSection extends SectionBase {
  kind: "seats";
  rows: readonly Row[];
  /** How its rows and seats come by their names, for the editor; the names themselves are what counts. */
  numbering?: Numbering;
}

/** What is left out is named by hand. */
export interface Numbering {
  rows?: RowNumbering;
  seats?: SeatNumbering;
}

export interface RowNumbering {
  style: "letters" | "numbers";
  /** Where the first name stands; the front is the first row of the section. */
  from: "front" | "back";
  /** Of the first row: 1 is `A`. */
  start: number;
  /** Letters that no row has: `IO`. */
  skip?: string;
}

export interface SeatNumbering {
  /** Where the first number stands; from the centre odd numbers go left and even ones right. Left and right as the row runs. */
  from: "left" | "right" | "centre";
  /** Means nothing from the centre. */
  step: "all" | "odd" | "even";
  start: number;
}

export interface StandingSection extends SectionBase {
  kind: "standing";
  capacity: number;
}

export interface Row {
  name: string;
  /** In walking order; neighbours in the list are neighbours in the room, but for `aisle`. */
  seats: readonly Seat[];
  /** The line that its seats were laid on, for the editor; where they stand is what counts. */
  shape?: RowShape;
}

/** A straight line or an arc of seats; seat-map-rows.ts lays them out. */
export interface RowShape {
  /** Along the row from one seat's middle to the next one's. */
  spacing: number;
  /** Degrees clockwise, of the row's middle; 0 runs from left to right with the front above. */
  angle: number;
  /** Degrees turned on 1,000 units of the row; above 0 its ends come forward. */
  curve: number;
}

export interface Seat {
  /** Unique in the map: `C-7`, or `101-C-7` where a map has several sections. */
  name: string;
  x: number;
  y: number;
  /** A wheelchair place, or the seat beside one. */
  access?: "accessible" | "companion";
  /** Something stands in the line of sight; whoever sells the seat says so. */
  view?: "restricted";
  /** An aisle lies before this seat: it is no neighbour of the one before. */
  aisle?: true;
}

/** What one auditorium may have. */
export const seatMapLimits = { places: 50_000, sections: 500, rows: 2_000, seatsInRow: 500, side: 100_000 } as const;

export interface LayoutSection {
  id: string;
  name: string;
  kind: "seats" | "standing";
  rank: number;
  /** Places `start` … `start + count - 1` belong to this section. */
  start: number;
  count: number;
  /** Stretches without accessible places, for best available. */
  runs: readonly RankedRun[];
  /** Stretches of accessible and companion places, for best available on request. */
  accessibleRuns: readonly RankedRun[];
}

/** A seat map compiled for deciding: places numbered in the order of the document. */
export interface Layout {
  placeCount: number;
  sections: readonly LayoutSection[];
  /** Indexes of the seated sections, those that best available offers first in front. */
  byRank: readonly number[];
  /** The name of each place; a standing place is `FLOOR#17`. */
  names: readonly string[];
  placeOf: ReadonlyMap<string, number>;
  /** The run that a seat lies in, undefined for standing places. */
  runOf(place: number): Run | undefined;
  sectionOf(place: number): LayoutSection;
}

/** Compiles a seat map. Throws RangeError naming the fault if names are not unique or a section is empty. */
export function compileSeatMap(map: SeatMap): Layout {
  const names: string[] = [];
  const placeOf = new Map<string, number>();
  const runs: Run[] = [];
  const runIndex: number[] = [];
  const sections: LayoutSection[] = [];
  const add = (name: string) => {
    if (placeOf.has(name)) throw new RangeError(`seat ${name} stands twice in the seat map`);
    placeOf.set(name, names.length);
    names.push(name);
  };
  for (const section of map.sections) {
    const start = names.length;
    if (sections.some((other) => other.id === section.id)) throw new RangeError(`section ${section.id} stands twice`);
    const ranked: RankedRun[] = [];
    const accessible: RankedRun[] = [];
    if (section.kind === "standing") {
      for (let index = 1; index <= section.capacity; index += 1) {
        add(`${section.id}#${index}`);
        runIndex.push(-1);
      }
    } else {
      for (const row of section.rows) {
        for (const stretch of stretches(row.seats)) {
          const first = names.length;
          for (const seat of stretch) {
            add(seat.name);
            runIndex.push(runs.length);
          }
          runs.push({ start: first, length: stretch.length });
          rank(stretch, first, map.focus, ranked, accessible);
        }
      }
    }
    const count = names.length - start;
    if (count === 0) throw new RangeError(`section ${section.id} has no places`);
    const { id, name, kind } = section;
    sections.push({ id, name, kind, rank: section.rank, start, count, runs: ranked, accessibleRuns: accessible });
  }
  const sectionOf = (place: number) => {
    const found = sections.findLast((section) => section.start <= place);
    if (!found || place < 0 || place >= names.length) throw new RangeError(`no place ${place}`);
    return found;
  };
  const byRank = sections.map((_, index) => index).filter((index) => sections[index]?.kind === "seats");
  byRank.sort((a, b) => (sections[a]?.rank ?? 0) - (sections[b]?.rank ?? 0) || a - b);
  return {
    placeCount: names.length,
    sections,
    byRank,
    names,
    placeOf,
    runOf: (place) => runs[runIndex[place] ?? -1],
    sectionOf,
  };
}

function stretches(seats: readonly Seat[]): Seat[][] {
  const found: Seat[][] = [];
  for (const seat of seats) {
    const last = found.at(-1);
    if (!last || seat.aisle) found.push([seat]);
    else last.push(seat);
  }
  return found;
}

/** Splits a stretch at accessible places and ranks each piece by its distance from the focus. */
function rank(
  stretch: readonly Seat[],
  first: number,
  focus: { x: number; y: number },
  plain: RankedRun[],
  accessible: RankedRun[],
): void {
  let from = 0;
  while (from < stretch.length) {
    const isAccessible = stretch[from]?.access !== undefined;
    let to = from + 1;
    while (to < stretch.length && (stretch[to]?.access !== undefined) === isAccessible) to += 1;
    const at = (place: number) => stretch[place - first];
    const run = rankRun(
      { start: first + from, length: to - from },
      (place) => at(place)?.x ?? 0,
      (place) => at(place)?.y ?? 0,
      focus,
    );
    (isAccessible ? accessible : plain).push(run);
    from = to;
  }
}
