// What a showing's page hands to the island that makes its seats live.

import type { CompiledSeatMap, Showing } from "../../catalogue/model.ts";
import { packStates, type PackedSeatMap } from "../../domain/packed-seat-map.ts";
import { boxOf, pitchOf, squashed, squashOf, type Box } from "../../domain/seat-geometry.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import { t } from "../messages.ts";
import { packedSeats, priceBands, wholeMapPlaces, type SectionView } from "../seats.ts";
import type { Texts } from "../texts/en.ts";

export interface PickerData {
  showing: string;
  /** Of the seats as the page shows them, and their states, packed. */
  version: number;
  states: string;
  /** The room: here where it is small, else at an address that browsers keep for ever. */
  map?: PackedSeatMap;
  mapAt?: string;
  drawing: Drawing;
  currency: string;
  tiers: readonly { id: string; name: string }[];
  /** By section: tiers that it is sold in, by index, with their all-in prices; the first is what a seat costs if nothing is said. */
  prices: readonly (readonly (readonly [tier: number, totalMinor: number])[])[];
  /** By section, as seats.ts priceBands says. */
  bands: readonly number[];
  /** A section that the address asks for. */
  section?: string;
  /** What was chosen in a form that came back: seats by name with the ids of their tickets. */
  chosen?: readonly (readonly [seat: string, ticket: string])[];
  strandRule: boolean;
  texts: Texts["live"];
}

/** How a room is drawn: what of it, how much of its depth, and how far its seats stand apart. */
export interface Drawing {
  box: Box;
  squash: number;
  pitch: number;
}

export function pickerData(
  showing: Showing,
  seatMap: CompiledSeatMap,
  views: readonly SectionView[],
  seats: { version: number; states: string; section: string; chosen: PickerData["chosen"] },
): PickerData {
  const { map } = seatMap;
  const { tiers, currency } = showing.prices;
  const large = isLarge(showing);
  return {
    showing: showing.id,
    version: seats.version,
    states: packStates(seats.states),
    ...(large ? { mapAt: seatMapAddress(showing) } : { map: packedSeats(map).map }),
    drawing: drawingOf(map),
    currency,
    tiers: tiers.map(({ id, name }) => ({ id, name })),
    prices: views.map((view) => view.prices.map(({ tier, totalMinor }) => [tiers.indexOf(tier), totalMinor] as const)),
    bands: priceBands(views).bandOf,
    ...(seats.section === "" ? {} : { section: seats.section }),
    ...(seats.chosen ? { chosen: seats.chosen } : {}),
    strandRule: showing.strandRule,
    texts: t.live,
  };
}

/** Whether a room is too large to show all its seats at once. */
export function isLarge(showing: Pick<Showing, "placeCount">): boolean {
  return showing.placeCount > wholeMapPlaces;
}

export function seatMapAddress(showing: Pick<Showing, "seatMapId">): string {
  return `/api/v1/seat-maps/${showing.seatMapId}`;
}

/** Around a room there is space for the names of its rows, in distances between seats. */
const margin = 1.4;
const drawings = new WeakMap<SeatMap, Drawing>();

export function drawingOf(map: SeatMap): Drawing {
  let drawing = drawings.get(map);
  if (!drawing) {
    const { seats } = packedSeats(map);
    const pitch = pitchOf(seats);
    // Around an arena depth goes in all directions.
    const squash = seats.count > wholeMapPlaces ? 1 : squashOf(seats);
    const box = boxOf(squashed(seats, squash), pitch * margin);
    drawings.set(map, (drawing = { box: rounded(box), squash: Math.round(squash * 1_000) / 1_000, pitch }));
  }
  return drawing;
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width), height: Math.ceil(height) };
}
