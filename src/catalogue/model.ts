// The catalogue as readers see it: shows, venues and showings from immutable chunks in memory, never from the store.

import type { ShowingFormat } from "../domain/formats.ts";
import type { Layout, SeatMap } from "../domain/seat-map.ts";
import type { PriceList } from "../domain/pricing.ts";

export interface Position {
  latitude: number;
  longitude: number;
}

export type ShowKind = "film" | "event";

/** A show that runs: published, with a showing to come. */
export interface Show {
  id: string;
  sellerId: string;
  kind: ShowKind;
  title: string;
  synopsis: string;
  genres: readonly string[];
  cast: readonly string[];
  directors: readonly string[];
  runningMinutes: number;
  rating: string;
  language: string;
  year?: number;
  /** A YouTube or Vimeo page, or a video file; "" for none. */
  trailerUrl: string;
  /** Path of the poster on the static content's origin; "" for none. */
  poster: string;
  /** Paths of the stills' largest files, in their order; undefined for none. */
  stills?: readonly string[];
  popularity: number;
}

export interface Venue extends Position {
  id: string;
  number: number;
  sellerId: string;
  /** Who sells here, for people. */
  sellerName: string;
  name: string;
  address: string;
  city: string;
  region: string;
  country: string;
  timeZone: string;
}

/** A city, as people type it. */
export interface Place extends Position {
  id: string;
  name: string;
  region: string;
  country: string;
  population: number;
  timeZone: string;
}

/** One showing with everything that a page, a hold or an order needs of it. */
export interface Showing {
  id: string;
  sellerId: string;
  showId: string;
  venueId: string;
  auditorium: { id: string; name: string };
  seatMapId: string;
  placeCount: number;
  /** Places by section, for the inventory. */
  sections: readonly { start: number; count: number }[];
  /** The venue's business day, `YYYY-MM-DD`. */
  date: string;
  startsAt: number;
  endsAt: number;
  prices: PriceList;
  /** All-in, over all sections and tiers. */
  priceMinMinor: number;
  priceMaxMinor: number;
  strandRule: boolean;
  /** In their order; most showings have none. */
  formats: readonly ShowingFormat[];
  status: "published" | "cancelled";
}

export interface CompiledSeatMap {
  id: string;
  map: SeatMap;
  layout: Layout;
}

/** With a position, `soonest` and `popular` have shows within 100 km first. */
export type ListOrder = "soonest" | "closest" | "popular";

export interface ListQuery {
  near?: Position;
  /** The day at the venue; today there if not said. */
  on?: string;
  /** Without a day: a show that does not run today is listed with the first day on which it does. */
  orLater?: boolean;
  /** `HH:MM` at the venue. On the venue's own today nothing that has begun is listed. */
  after?: string;
  /** `HH:MM` at the venue: nothing that starts then or later. */
  before?: string;
  kind?: ShowKind;
  /** As in Show.genres, any case. */
  genre?: string;
  /** Words, each of which must begin a word of title, cast, directors or genres. */
  text?: string;
  sort: ListOrder;
  now: number;
}

/** A show in a list: its closest venue that still shows it on that day, and the next showing there. */
export interface ListedShow {
  show: Show;
  venue: Venue;
  distanceKm?: number;
  next: Showing;
  /** Venues with a showing on that day within reach (100 km of `near`, or all). */
  venues: number;
}

export interface VenueShowings {
  venue: Venue;
  distanceKm?: number;
  showings: readonly Showing[];
}

export type SuggestionKind = "show" | "person" | "venue" | "place";

export type Suggestion =
  | { kind: "show"; show: Show }
  | { kind: "person"; name: string }
  | { kind: "venue"; venue: Venue }
  | { kind: "place"; place: Place };

export interface SuggestQuery {
  /** The beginnings of words. */
  text: string;
  /** Venues close to it come first. */
  near?: Position;
  only?: SuggestionKind;
  limit: number;
  now: number;
}

export interface Catalogue {
  shows(): readonly Show[];
  show(id: string): Show | undefined;
  venues(): readonly Venue[];
  venue(id: string): Venue | undefined;
  /** Closest first, or by name if no position is given; `text` matches name and city. */
  findVenues(query: { near?: Position; text?: string; limit: number }): readonly (Venue & { distanceKm?: number })[];
  /** Shows that run on a day (or later, if asked for), one entry a show. Sorted; the caller pages. */
  list(query: ListQuery): Promise<readonly ListedShow[]>;
  /** The days on which a show has showings to come, ascending. */
  daysOf(showId: string, now: number): Promise<readonly string[]>;
  /** A show's showings of one day by venue: closest first, or by city and name. At most `limit` venues from `offset`. */
  showingsOfShow(query: {
    showId: string;
    on: string;
    near?: Position;
    now: number;
    limit: number;
    offset: number;
  }): Promise<readonly VenueShowings[]>;
  /** All showings of a venue on a day, by start. Also those over, which a page may grey out. */
  showingsOfVenue(venueId: string, on: string): Promise<readonly Showing[]>;
  /** Days with showings at a venue, ascending, from today there. */
  daysOfVenue(venueId: string, now: number): readonly string[];
  /** One showing; undefined if there is none or it is not published. */
  showing(id: string): Promise<Showing | undefined>;
  /** Of a showing, which always has one. */
  seatMap(id: string): Promise<CompiledSeatMap>;
  /** Undefined if no showing was ever published with it. */
  findSeatMap(id: string): Promise<CompiledSeatMap | undefined>;
  /** Cities that have a venue, largest first. */
  cities(limit: number): readonly Place[];
  /** Cities whose name begins with `text`, largest first: `Denver`, `denver, co`. */
  findPlaces(text: string, limit: number): readonly Place[];
  /** What somebody may mean who types so. Of shows only those that run, and who is in them. */
  suggest(query: SuggestQuery): readonly Suggestion[];
  /** The city nearest to a position. */
  placeNear(position: Position): Place | undefined;
  /** Grows whenever any chunk is superseded: page caches key on it. */
  version(): number;
}
