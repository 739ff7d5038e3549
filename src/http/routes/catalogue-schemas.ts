// Shows, venues and showings on the wire.

import { Type, type Static, type TSchema } from "typebox";
import type { Place, Show, Showing, Venue } from "../../catalogue/model.ts";
import { showingFormats } from "../../domain/formats.ts";
import { Refusal } from "../../domain/refusals.ts";

const closed = { additionalProperties: false } as const;

/** An object without other fields than these. */
export function shape<Fields extends Record<string, TSchema>>(fields: Fields) {
  return Type.Object(fields, closed);
}

export function pageOf<Item extends TSchema>(item: Item) {
  return shape({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: "cursor of the next page" })),
  });
}

const Instant = Type.String({ format: "date-time" });
const Minor = Type.Integer({ description: "All-in price in minor units of `currency`" });

export const Near = Type.String({
  pattern: "^-?\\d{1,2}(\\.\\d{1,8})?,-?\\d{1,3}(\\.\\d{1,8})?$",
  description: "A position: LATITUDE,LONGITUDE in degrees",
});
export const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "A day at the venue: YYYY-MM-DD" });
export const Time = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", description: "HH:MM on the venue's clock" });
export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 20 });
export const Cursor = Type.String({ pattern: "^\\d{1,7}$", description: "`next` of the page before" });
export const IdParams = shape({ id: Type.String({ minLength: 1, maxLength: 64 }) });

export const ShowShape = shape({
  id: Type.String(),
  kind: Type.Union([Type.Literal("film"), Type.Literal("event")]),
  title: Type.String(),
  synopsis: Type.String(),
  genres: Type.Array(Type.String()),
  cast: Type.Array(Type.String()),
  directors: Type.Array(Type.String()),
  runningMinutes: Type.Integer(),
  rating: Type.String(),
  language: Type.String(),
  year: Type.Optional(Type.Integer()),
  trailerUrl: Type.Optional(Type.String({ description: "A page or video elsewhere, or the path of a video here" })),
  poster: Type.Optional(Type.String({ description: "Address of the poster" })),
  stills: Type.Optional(
    Type.Array(Type.String(), { description: "Addresses of pictures, sixteen wide and nine high" }),
  ),
});

export const VenueShape = shape({
  id: Type.String(),
  name: Type.String(),
  sellerName: Type.String(),
  address: Type.String(),
  city: Type.String(),
  region: Type.String(),
  country: Type.String(),
  latitude: Type.Number(),
  longitude: Type.Number(),
  timeZone: Type.String(),
  distanceKm: Type.Optional(Type.Number()),
});

export const ShowingShape = shape({
  id: Type.String(),
  showId: Type.String(),
  venueId: Type.String(),
  auditorium: Type.String(),
  formats: Type.Array(Type.Enum([...showingFormats]), { description: "How it is presented, if not as usual" }),
  date: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  status: Type.Union([Type.Literal("published"), Type.Literal("cancelled")]),
  currency: Type.String(),
  priceMinMinor: Minor,
  priceMaxMinor: Minor,
  capacity: Type.Integer(),
  left: Type.Integer({ description: "Places left, at most a second old in lists" }),
});

export const PlaceShape = shape({
  name: Type.String(),
  region: Type.String(),
  country: Type.String(),
  latitude: Type.Number(),
  longitude: Type.Number(),
});

export function instant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

export function showShape(show: Show): Static<typeof ShowShape> {
  const {
    id,
    kind,
    title,
    synopsis,
    genres,
    cast,
    directors,
    runningMinutes,
    rating,
    language,
    year,
    trailerUrl,
    poster,
    stills,
  } = show;
  return {
    id,
    kind,
    title,
    synopsis,
    genres: [...genres],
    cast: [...cast],
    directors: [...directors],
    runningMinutes,
    rating,
    language,
    ...(year === undefined ? {} : { year }),
    ...(trailerUrl === "" ? {} : { trailerUrl: trailerUrl.startsWith("media/") ? staticPath(trailerUrl) : trailerUrl }),
    ...(poster === "" ? {} : { poster: staticPath(poster) }),
    ...(stills ? { stills: stills.map(staticPath) } : {}),
  };
}

function staticPath(path: string): string {
  return `/static/${path.replace(/^\/(static\/)?/, "")}`;
}

export function venueShape(venue: Venue, distanceKm?: number): Static<typeof VenueShape> {
  const { id, name, sellerName, address, city, region, country, latitude, longitude, timeZone } = venue;
  const distance = distanceKm === undefined ? {} : { distanceKm: Math.round(distanceKm * 10) / 10 };
  return { id, name, sellerName, address, city, region, country, latitude, longitude, timeZone, ...distance };
}

export function showingShape(showing: Showing, left: number): Static<typeof ShowingShape> {
  return {
    id: showing.id,
    showId: showing.showId,
    venueId: showing.venueId,
    auditorium: showing.auditorium.name,
    formats: [...showing.formats],
    date: showing.date,
    startsAt: instant(showing.startsAt),
    endsAt: instant(showing.endsAt),
    status: showing.status,
    currency: showing.prices.currency,
    priceMinMinor: showing.priceMinMinor,
    priceMaxMinor: showing.priceMaxMinor,
    capacity: showing.placeCount,
    left,
  };
}

export function placeShape({ name, region, country, latitude, longitude }: Place): Static<typeof PlaceShape> {
  return { name, region, country, latitude, longitude };
}

/** The position that `near` says, rounded to about a kilometre so that neighbours share an answer. Refuses what is not on the earth. */
export function positionOf(near: string | undefined): { latitude: number; longitude: number } | undefined {
  if (near === undefined) return undefined;
  const [latitude = Number.NaN, longitude = Number.NaN] = near
    .split(",")
    .map((part) => Math.round(Number(part) * 100) / 100);
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw new Refusal("invalid_request", "Near takes LATITUDE,LONGITUDE in degrees.", { field: "near" });
  }
  return { latitude, longitude };
}

/** The day that `on` says. Refuses what no calendar has. */
export function dayOf(on: string | undefined): string | undefined {
  if (on === undefined) return undefined;
  const parsed = new Date(`${on}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== on) {
    throw new Refusal("invalid_request", "That day is in no calendar.", { field: "on" });
  }
  return on;
}

/** One page of a list that is whole in memory; cursors are offsets. */
export function pageFrom<Item>(
  all: readonly Item[],
  limit: number,
  cursor: string | undefined,
): { items: readonly Item[]; next?: string } {
  const from = Number(cursor ?? 0);
  const next = from + limit < all.length ? { next: String(from + limit) } : {};
  return { items: all.slice(from, from + limit), ...next };
}
