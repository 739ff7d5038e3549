// The showings of one venue on one business day, as a chunk: columns of small numbers into short tables, which compress to a
// third of what one object a showing would. 300 showings take some 5 kB; a third of it are ids, which do not compress.

import type { ShowingFormat } from "../domain/formats.ts";
import { showingIdRange } from "../domain/ids.ts";
import { priceRange, type PriceList } from "../domain/pricing.ts";
import type { ShowingRow } from "../store/schema.ts";
import type { Showing } from "./model.ts";

/** The columns have one entry a showing, ordered by start. */
export interface VenueDayChunk {
  venueId: string;
  venueNumber: number;
  date: string;
  sellerIds: readonly string[];
  showIds: readonly string[];
  auditoriums: readonly { id: string; name: string }[];
  /** `counts`: places of each section. */
  seatMaps: readonly { id: string; counts: readonly number[] }[];
  prices: readonly PriceList[];
  /** The ends of the ids, which begin with venue and day; eight characters each. */
  ids: string;
  seller: readonly number[];
  show: readonly number[];
  auditorium: readonly number[];
  seatMap: readonly number[];
  price: readonly number[];
  /** Minutes after midnight UTC of `date`; negative east of Greenwich. */
  start: readonly number[];
  /** Minutes. */
  length: readonly number[];
  strandRule: readonly number[];
  cancelled: readonly number[];
  /** What showings are in, for `format`; both are left out of a day without any. */
  formats?: readonly (readonly ShowingFormat[])[];
  format?: readonly number[];
}

/** What a venue-day is made of. `rows` may come in any order; drafts are left out. */
export interface VenueDayInput {
  venueId: string;
  venueNumber: number;
  date: string;
  rows: readonly ShowingRow[];
  auditoriumName(id: string): string;
  countsOf(seatMapId: string): readonly number[];
  priceList(id: string): PriceList;
}

const minuteMs = 60_000;

/** The chunk of a venue's day. */
export function venueDayChunk(input: VenueDayInput): VenueDayChunk {
  const midnight = Date.parse(`${input.date}T00:00:00Z`);
  const rows = input.rows
    .filter((row) => row.status !== "draft")
    .toSorted((a, b) => a.starts_at - b.starts_at || (a.id < b.id ? -1 : 1));
  const sellers = table<string>();
  const shows = table<string>();
  const rooms = table<string>();
  const maps = table<string>();
  const lists = table<string>();
  const formats = table<string>();
  const column = (value: (row: ShowingRow) => number) => rows.map(value);
  const format = column((row) => formats.indexOf(row.formats));
  return {
    venueId: input.venueId,
    venueNumber: input.venueNumber,
    date: input.date,
    ids: rows.map((row) => row.id.slice(9)).join(""),
    seller: column((row) => sellers.indexOf(row.seller_id)),
    show: column((row) => shows.indexOf(row.show_id)),
    auditorium: column((row) => rooms.indexOf(row.auditorium_id)),
    seatMap: column((row) => maps.indexOf(row.seat_map_id)),
    price: column((row) => lists.indexOf(row.price_list_id)),
    start: column((row) => (row.starts_at - midnight) / minuteMs),
    length: column((row) => (row.ends_at - row.starts_at) / minuteMs),
    strandRule: column((row) => row.strand_rule),
    cancelled: column((row) => (row.status === "cancelled" ? 1 : 0)),
    sellerIds: sellers.values,
    showIds: shows.values,
    auditoriums: rooms.values.map((id) => ({ id, name: input.auditoriumName(id) })),
    seatMaps: maps.values.map((id) => ({ id, counts: input.countsOf(id) })),
    prices: lists.values.map((id) => input.priceList(id)),
    ...(formats.values.some((list) => list !== "[]")
      ? { formats: formats.values.map((list) => JSON.parse(list) as ShowingFormat[]), format }
      : {}),
  };
}

function table<T>(): { values: T[]; indexOf(value: T): number } {
  const values: T[] = [];
  const known = new Map<T, number>();
  return {
    values,
    indexOf(value) {
      let index = known.get(value);
      if (index === undefined) {
        known.set(value, (index = values.length));
        values.push(value);
      }
      return index;
    },
  };
}

/** A chunk in use: showings are made when somebody asks for them. */
export interface VenueDay {
  readonly chunk: VenueDayChunk;
  /** All of them, cancelled ones too, by start. */
  showings(): Showing[];
  byId(id: string): Showing | undefined;
  /** The first showing of a show that is on and starts at an instant. */
  startingAt(showId: string, startsAt: number): Showing | undefined;
  ofShow(showId: string): Showing[];
}

export function openVenueDay(chunk: VenueDayChunk): VenueDay {
  const midnight = Date.parse(`${chunk.date}T00:00:00Z`);
  const count = chunk.show.length;
  const sectionsOf = chunk.seatMaps.map(({ counts }) => sectionsFrom(counts));
  const ranges = chunk.prices.map((list) => priceRange(list) ?? { minMinor: 0, maxMinor: 0 });
  const prefix = showingIdRange(chunk.venueNumber, chunk.date, chunk.date).first;
  const from = (index: number): Showing => {
    const map = chunk.seatMap[index] ?? -1;
    const price = chunk.price[index] ?? -1;
    const seatMap = chunk.seatMaps[map];
    const prices = chunk.prices[price];
    const auditorium = chunk.auditoriums[chunk.auditorium[index] ?? -1];
    const sections = sectionsOf[map];
    const range = ranges[price];
    if (!seatMap || !prices || !auditorium || !sections || !range) throw new Error(`chunk ${prefix} is not whole`);
    const startsAt = midnight + (chunk.start[index] ?? 0) * minuteMs;
    return {
      id: prefix + chunk.ids.slice(index * 8, index * 8 + 8),
      sellerId: chunk.sellerIds[chunk.seller[index] ?? -1] ?? "",
      showId: chunk.showIds[chunk.show[index] ?? -1] ?? "",
      venueId: chunk.venueId,
      auditorium,
      seatMapId: seatMap.id,
      placeCount: sections.reduce((sum, section) => sum + section.count, 0),
      sections,
      date: chunk.date,
      startsAt,
      endsAt: startsAt + (chunk.length[index] ?? 0) * minuteMs,
      prices,
      priceMinMinor: range.minMinor,
      priceMaxMinor: range.maxMinor,
      strandRule: chunk.strandRule[index] === 1,
      formats: chunk.formats?.[chunk.format?.[index] ?? -1] ?? [],
      status: chunk.cancelled[index] === 1 ? "cancelled" : "published",
    };
  };
  const where = (test: (index: number) => boolean) => {
    const found: Showing[] = [];
    for (let index = 0; index < count; index += 1) if (test(index)) found.push(from(index));
    return found;
  };
  return {
    chunk,
    showings: () => where(() => true),
    byId(id) {
      const end = id.slice(9);
      for (let at = chunk.ids.indexOf(end); at !== -1; at = chunk.ids.indexOf(end, at + 1)) {
        if (at % 8 === 0) return from(at / 8);
      }
      return undefined;
    },
    startingAt(showId, startsAt) {
      const show = chunk.showIds.indexOf(showId);
      const start = (startsAt - midnight) / minuteMs;
      const index = chunk.start.findIndex(
        (value, at) => value === start && chunk.show[at] === show && chunk.cancelled[at] !== 1,
      );
      return index === -1 ? undefined : from(index);
    },
    ofShow(showId) {
      const show = chunk.showIds.indexOf(showId);
      return where((index) => chunk.show[index] === show);
    },
  };
}

function sectionsFrom(counts: readonly number[]): { start: number; count: number }[] {
  let start = 0;
  return counts.map((count) => {
    const section = { start, count };
    start += count;
    return section;
  });
}
