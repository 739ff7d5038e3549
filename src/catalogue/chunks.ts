// Chunks: the catalogue cut into immutable JSON documents, compressed, that readers live on. A key names what a chunk is about;
// published.ts keeps which content is the newest for each key.

import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import type { Place, Show, Venue } from "./model.ts";

/** Every key there is. */
export const chunkKeys = {
  /** Shows that run, or ran not long ago: ShowsChunk. */
  shows: "shows",
  /** All venues: Venue[]. */
  venues: "venues",
  /** Cities that people may type in: Place[]. */
  places: "places",
  /** One seat map: domain/seat-map.ts SeatMap. */
  seatMap: (id: string) => `seat-map:${id}`,
  /** The showings of a venue on a business day: venue-day.ts VenueDayChunk. */
  venueDay: (venueNumber: number, date: string) => `venue-day:${venueNumber}:${date}`,
} as const;

/** A show as the `shows` chunk has it. `until` is when its last published showing starts, in ms. */
export interface PublishedShow extends Show {
  until: number;
}

export type ShowsChunk = readonly PublishedShow[];
export type VenuesChunk = readonly Venue[];
export type PlacesChunk = readonly Place[];

/** Which venue and day a key is about; undefined for the other kinds. */
export function venueDayOfKey(key: string): { venueNumber: number; date: string } | undefined {
  const match = /^venue-day:(\d+):(\d{4}-\d{2}-\d{2})$/.exec(key);
  return match?.[1] && match[2] ? { venueNumber: Number(match[1]), date: match[2] } : undefined;
}

const gzipAsync = promisify(gzip);

/** The bytes of a chunk: compact JSON, gzipped, the same for the same document. */
export function pack(document: unknown): Promise<Buffer> {
  return gzipAsync(JSON.stringify(document), { level: 6 });
}

/** The document of a chunk and the length of its JSON. Throws for bytes that are none. */
export function unpack(bytes: Uint8Array): { document: unknown; length: number } {
  const text = gunzipSync(bytes).toString("utf8");
  return { document: JSON.parse(text), length: text.length };
}
