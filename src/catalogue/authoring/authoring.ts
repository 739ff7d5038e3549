// What a seller lists, as http/ and web/ call it. One file per verb beside this one implements it. Ids of another seller's
// objects answer `not_found`; wrong fields answer `invalid_request` with a sentence for each in `fields`. Every change
// leaves an audit entry and, where readers see it, is published before the call answers.

import type { ShowingFormat } from "../../domain/formats.ts";
import type { PriceList } from "../../domain/pricing.ts";
import type { Refusal } from "../../domain/refusals.ts";
import type { SeatMapTemplate } from "../../domain/templates.ts";
import type { CompiledSeatMap, Position, ShowKind } from "../model.ts";
import type { Crop, Variant } from "../../media/poster.ts";
import type { PictureKind } from "../../media/poster-files.ts";

/** For whom, and who does it: an account id, for the audit trail. */
export interface By {
  sellerId: string;
  actor: string;
}

export interface VenueInput extends Position {
  name: string;
  address: string;
  city: string;
  region: string;
  /** ISO 3166: `US`. */
  country: string;
  /** IANA: `America/Denver`. */
  timeZone: string;
}

export interface OwnVenue extends VenueInput {
  id: string;
  number: number;
}

/** Where an auditorium's seats come from: one of the templates, or a document of one's own. */
export type SeatMapSource = { template: SeatMapTemplate } | { seatMap: unknown };

export interface OwnAuditorium {
  id: string;
  venueId: string;
  name: string;
  seatMapId: string;
  placeCount: number;
  /** Between the end of a showing and the next start. */
  turnaroundMinutes: number;
}

/** One of the seat maps that an auditorium has or had, as far as showings use it. */
export interface SeatMapVersion {
  seatMapId: string;
  placeCount: number;
  /** What showings get that are scheduled from now on. */
  current: boolean;
  /** Showings of the last 90 days and to come that have it, and those to come. */
  showings: number;
  toCome: number;
  /** When the first and the last of them begin; undefined if there are none. */
  first?: number;
  last?: number;
}

export interface SeatMapInUse {
  seatMapId: string;
  /** As the drawing is called. */
  name: string;
  placeCount: number;
  sections: readonly { id: string; name: string }[];
  /** One of the auditoriums that have it, and how many there are. */
  auditoriumId: string;
  auditoriums: number;
}

export interface ShowInput {
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
  /** A YouTube or Vimeo page, or an .mp4 or .webm file, all https; "" for none. */
  trailerUrl: string;
  /** An uploaded image; "" for none. */
  posterId: string;
  /** Uploaded stills, in their order, at most six; as they are or none, if left out. */
  stillIds?: readonly string[];
}

/** A picture of a show beside its poster: the image's id, and the path of its largest file. */
export interface Still {
  id: string;
  path: string;
}

export interface OwnShow extends Omit<ShowInput, "posterId" | "stillIds"> {
  id: string;
  poster: string;
  stills: readonly Still[];
  status: "draft" | "published" | "archived";
  updatedAt: number;
}

export interface PricesInput {
  /** What is added to each ticket that is not free; the seller's own if not said. */
  feeMinor?: number;
  taxBasisPoints?: number;
  tiers: readonly { id: string; name: string; sections: Readonly<Record<string, number>> }[];
  /** Checks the sections against this seat map, if given. */
  seatMapId?: string;
}

/** A price list with what a buyer will see: the all-in price of each tier in each section. */
export interface PricePreview {
  list: PriceList;
  allIn: readonly { tier: string; section: string; faceMinor: number; totalMinor: number }[];
  /** Sections of the seat map that no tier sells. */
  unsold: readonly string[];
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

export interface ScheduleInput {
  showId: string;
  auditoriumId: string;
  priceListId: string;
  /** `HH:MM` on the venue's clock. */
  times: readonly string[];
  /** All, if empty. */
  weekdays: readonly Weekday[];
  /** `YYYY-MM-DD` at the venue, both included. */
  from: string;
  to: string;
  /** How they are presented; as usual, if left out. */
  formats?: readonly ShowingFormat[];
  publish?: boolean;
  /** Only tells what would be made, with its clashes. */
  dryRun?: boolean;
}

export interface PlannedShowing {
  /** Missing in a dry run. */
  id?: string;
  date: string;
  /** As asked; differs from the clock at `startsAt` where the clock skips that hour. */
  time: string;
  startsAt: number;
  endsAt: number;
  /** The asked time does not exist that day (the clock is put forward): it starts so much later. */
  movedMinutes?: number;
}

/** Two showings that want one auditorium at once. `startsAt` is the wanted one's. */
export interface Clash {
  date: string;
  time: string;
  startsAt: number;
  with: { showingId?: string; showId: string; title: string; startsAt: number; endsAt: number };
}

export interface ScheduleResult {
  showings: readonly PlannedShowing[];
  /** Only in a dry run; otherwise a clash is refused. */
  clashes: readonly Clash[];
  /** Times that were asked for but are over already; they are left out. */
  over: number;
}

export interface OwnShowing {
  id: string;
  showId: string;
  venueId: string;
  auditoriumId: string;
  seatMapId: string;
  date: string;
  startsAt: number;
  endsAt: number;
  priceListId: string;
  strandRule: boolean;
  formats: readonly ShowingFormat[];
  placeCount: number;
  status: "draft" | "published" | "cancelled";
}

export interface ShowingChange {
  priceListId?: string;
  /** `HH:MM` on the venue's clock. */
  time?: string;
  auditoriumId?: string;
}

export interface PricesApplied {
  changed: readonly string[];
  /** Those that have these prices already. */
  same: readonly string[];
  refused: readonly { showingId: string; refusal: Refusal }[];
}

export interface OwnMedia {
  id: string;
  kind: "poster" | "still";
  variants: readonly Variant[];
}

/** One of each that a seller has already: what comes next is done with it. */
export interface FirstSteps {
  venueId?: string;
  auditoriumId?: string;
  showId?: string;
  /** Whether that show is in readers' lists as soon as it has showings. */
  showPublished: boolean;
  priceListId?: string;
  /** Scheduled, but a draft. */
  showingId?: string;
}

export interface Authoring {
  /** How far a seller has come who was never on sale; undefined for everybody else. */
  firstSteps(sellerId: string): Promise<FirstSteps | undefined>;
  addVenue(by: By, input: VenueInput): Promise<OwnVenue>;
  /** Refuses `showing_in_use` for another time zone while showings are scheduled there. */
  changeVenue(by: By, venueId: string, change: Partial<VenueInput>): Promise<OwnVenue>;
  venues(sellerId: string): Promise<readonly OwnVenue[]>;
  venue(sellerId: string, venueId: string): Promise<OwnVenue>;

  addAuditorium(
    by: By,
    input: { venueId: string; name: string; turnaroundMinutes: number } & SeatMapSource,
  ): Promise<OwnAuditorium>;
  /** Another seat map is a new version: showings scheduled before keep theirs. */
  changeAuditorium(
    by: By,
    auditoriumId: string,
    change: { name?: string; turnaroundMinutes?: number } & Partial<{
      template: SeatMapTemplate;
      seatMap: unknown;
      /** The seat map that the new one was made from: refuses `changed_meanwhile` if the auditorium has another by now. */
      basedOn: string;
    }>,
  ): Promise<OwnAuditorium>;
  /** The seat map that an auditorium has, and those that its showings still have. */
  seatMapVersions(sellerId: string, auditoriumId: string): Promise<readonly SeatMapVersion[]>;
  auditoriums(sellerId: string, venueId?: string): Promise<readonly OwnAuditorium[]>;
  auditorium(sellerId: string, auditoriumId: string): Promise<OwnAuditorium>;
  auditoriumsById(sellerId: string, ids: readonly string[]): Promise<readonly OwnAuditorium[]>;
  /** The seat maps of all of the seller's auditoriums, smallest first, each with one auditorium that has it. */
  seatMapsInUse(sellerId: string): Promise<readonly SeatMapInUse[]>;
  seatMap(seatMapId: string): Promise<CompiledSeatMap>;

  addShow(by: By, input: ShowInput): Promise<OwnShow>;
  changeShow(by: By, showId: string, change: Partial<ShowInput>): Promise<OwnShow>;
  /** Refuses `not_ready` while the synopsis is empty. */
  publishShow(by: By, showId: string): Promise<OwnShow>;
  /** Refuses `showing_in_use` while published showings are to come. */
  archiveShow(by: By, showId: string): Promise<OwnShow>;
  shows(sellerId: string): Promise<readonly OwnShow[]>;
  show(sellerId: string, showId: string): Promise<OwnShow>;
  /** Re-encodes and keeps an image, or a part of it in the proportion 2:3; of a still 16:9. Refuses `image_refused`. */
  addPoster(by: By, image: Uint8Array, crop?: Crop, kind?: PictureKind): Promise<OwnMedia>;
  media(sellerId: string): Promise<readonly OwnMedia[]>;

  /** What these prices would come to, without keeping them. */
  previewPrices(sellerId: string, input: PricesInput): Promise<PricePreview>;
  /** Keeps a price list, named by its content: the same prices are one list. */
  setPrices(by: By, input: PricesInput): Promise<PricePreview>;
  priceLists(sellerId: string): Promise<readonly PriceList[]>;
  priceList(sellerId: string, priceListId: string): Promise<PriceList>;

  /** All or nothing. Refuses `schedule_clash` with `clashes`, `not_ready` to publish a showing of a show that is no draft any more. */
  schedule(by: By, input: ScheduleInput): Promise<ScheduleResult>;
  /**
   * Other prices, another time of the same day, another auditorium of the venue (once published, one with the same seat map).
   * Refuses `showing_in_use` once something is held or sold, `schedule_clash`.
   */
  changeShowing(by: By, showingId: string, change: ShowingChange): Promise<OwnShowing>;
  /** The same prices for several showings, each by itself: what cannot have them is answered with its reason. */
  applyPrices(by: By, priceListId: string, showingIds: readonly string[]): Promise<PricesApplied>;
  /** draft → published. Refuses `not_ready` if a show is not published. */
  publishShowings(by: By, showingIds: readonly string[]): Promise<readonly OwnShowing[]>;
  /** Takes it off sale; orders are refunded by the job that is answered. A draft has no job. */
  cancelShowing(by: By, showingId: string, reason: string): Promise<{ jobId?: string }>;
  /** Takes seats off sale or puts them back. Refuses `not_ready` for a draft, `seats_taken`. */
  blockSeats(by: By, showingId: string, seats: readonly string[], blocked: boolean): Promise<void>;
  /** All showings of a venue on those days, by start; at most 31 days. */
  showingsAtVenue(sellerId: string, venueId: string, from: string, to: string): Promise<readonly OwnShowing[]>;
  showingsOfShow(
    sellerId: string,
    showId: string,
    page: { from: number; limit: number; cursor?: string },
  ): Promise<{ items: readonly OwnShowing[]; next?: string }>;
  showing(sellerId: string, showingId: string): Promise<OwnShowing>;
}
