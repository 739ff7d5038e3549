// The demo as a plan: everything that will be in the store, computed from a seed and a day, without any effect. Each venue's day
// is planned by itself, so that millions of showings need no memory and days can be added later.

import { contentId } from "../src/catalogue/authoring/content-id.ts";
import { addDays, dateAt, instantAt } from "../src/catalogue/authoring/venue-clock.ts";
import { newId, newShowingId, type RandomBytes } from "../src/domain/ids.ts";
import type { PriceList } from "../src/domain/pricing.ts";
import { compileSeatMap } from "../src/domain/seat-map.ts";
import { seatMapTemplate, type SeatMapTemplate } from "../src/domain/templates.ts";
import type { AuditoriumRow, PlaceRow, SeatMapRow, SellerRow, ShowingRow } from "../src/store/schema.ts";
import { readCities } from "./data.ts";
import { formatsOf } from "./formats.ts";
import { arenaPrices, cinemaPrices } from "./prices.ts";
import { filmStarts } from "./schedule.ts";
import { seeded } from "./seeded.ts";
import { plannedSellers } from "./sellers.ts";
import { plannedConcerts, plannedFilms, type PlannedShow } from "./shows.ts";
import { plannedVenues, type PlannedVenue } from "./venues.ts";

export interface DemoPlan {
  sellers: readonly SellerRow[];
  /** Films first, best known first, then the concerts. */
  shows: readonly PlannedShow[];
  seatMaps: readonly (SeatMapRow & { counts: readonly number[] })[];
  places: readonly PlaceRow[];
  venues: readonly PlannedVenue[];
  /** A venue with its rooms and prices; computed anew at each call, the same each time. */
  house(venue: PlannedVenue): House;
  /** The first `days` days from now on, by the venue's clock. */
  dates(venue: PlannedVenue, now: number, days: number): readonly string[];
  /** The venue's showings of a day. */
  showings(house: House, date: string): readonly ShowingRow[];
  /** How many film showings `days` days have. */
  filmShowings(days: number): number;
}

export interface House {
  venue: PlannedVenue;
  auditoriums: readonly AuditoriumRow[];
  priceLists: readonly PriceList[];
  /** By auditorium. */
  rooms: readonly Room[];
}

interface Room {
  auditorium: AuditoriumRow;
  /** From 1. */
  number: number;
  imax: boolean;
  genres: readonly string[];
  show: PlannedShow;
  matinee: PriceList;
  evening: PriceList;
}

const turnaroundMinutes = 20;
const showingsADay = 6;
/** Rooms of a cinema with 350 seats; the others have 120. */
const largeRooms = 15;
/** Of those. */
const imaxRooms = 2;
/** What starts before costs less. */
const eveningFrom = 17 * 60;
const minuteMs = 60_000;

export interface PlanChoice {
  seed: number;
  national: boolean;
  /** When the rows say that they were made, ms. */
  now: number;
}

export function planDemo({ seed, national, now }: PlanChoice): DemoPlan {
  const films = plannedFilms(seed);
  const concerts = plannedConcerts(seed);
  const maps = new Map(
    (["small-cinema", "large-cinema", "arena"] as const).map((kind) => [kind, seatMapOf(kind)] as const),
  );
  const mapId = (kind: "small-cinema" | "large-cinema" | "arena") => maps.get(kind)?.id ?? "";
  const instants = noonCache();
  const venues = plannedVenues(
    seed,
    national,
    concerts.map(({ concert }) => concert),
    now,
  );

  function house(venue: PlannedVenue): House {
    const rooms = venue.concert ? [arenaRoom(venue, venue.concert.id)] : cinemaRooms(venue);
    const lists = new Map(rooms.flatMap(({ matinee, evening }) => [matinee, evening]).map((list) => [list.id, list]));
    return { venue, rooms, auditoriums: rooms.map((room) => room.auditorium), priceLists: [...lists.values()] };
  }
  function auditorium(venue: PlannedVenue, name: string, seatMapId: string, random: RandomBytes): AuditoriumRow {
    const about = { venue_id: venue.row.id, turnaround_minutes: turnaroundMinutes, created_at: now };
    return { id: newId(random), name, seat_map_id: seatMapId, ...about };
  }
  function arenaRoom(venue: PlannedVenue, showId: string): Room {
    const found = concerts.find(({ show }) => show.id === showId);
    if (!found) throw new RangeError(`no concert ${showId}`);
    const prices = arenaPrices(venue.row.seller_id, venue.row.region);
    const { bytes } = seeded(seed, "rooms", venue.row.number);
    const main = auditorium(venue, "Main hall", mapId("arena"), bytes);
    return { auditorium: main, number: 1, imax: false, genres: [], show: found.show, matinee: prices, evening: prices };
  }
  function cinemaRooms(venue: PlannedVenue): Room[] {
    const chance = seeded(seed, "rooms", venue.row.number);
    const prices = (room: "small-cinema" | "large-cinema", matinee: boolean) =>
      cinemaPrices(venue.row.seller_id, { state: venue.row.region, population: venue.population, room, matinee });
    const kinds = (["small-cinema", "large-cinema"] as const).map((kind) => {
      return { kind, matinee: prices(kind, true), evening: prices(kind, false) };
    });
    // The better known a film, the likelier it has a large room; which ones differs from house to house.
    const drawn = films.map((show, rank) => ({ show, weight: rank + chance.below(40) }));
    const byWeight = drawn.toSorted((a, b) => a.weight - b.weight);
    const large = new Set(byWeight.slice(0, largeRooms));
    const imax = new Set(byWeight.slice(0, imaxRooms));
    const shuffled = chance.shuffle(drawn);
    return shuffled.map((film, index) => {
      const { kind, matinee, evening } = kinds[large.has(film) ? 1 : 0] ?? raise("no such room");
      return {
        auditorium: auditorium(venue, `Screen ${index + 1}`, mapId(kind), chance.bytes),
        number: index + 1,
        imax: imax.has(film),
        genres: JSON.parse(film.show.genres) as string[],
        show: film.show,
        matinee,
        evening,
      };
    });
  }

  function showings({ venue, rooms }: House, date: string): readonly ShowingRow[] {
    const chance = seeded(seed, "day", venue.row.number, date);
    const noon = instants(date, venue.row.time_zone);
    const ids = new Set<string>();
    const freshId = (): string => {
      const id = newShowingId(venue.row.number, date, chance.bytes);
      return ids.size < ids.add(id).size ? id : freshId();
    };
    return rooms.flatMap((room) => {
      const { auditorium, show, matinee, evening } = room;
      const minutes = show.running_minutes;
      const starts = venue.concert
        ? concertStarts(venue.concert.at, venue.concert.offset, date)
        : filmStarts(chance, minutes + turnaroundMinutes, showingsADay);
      return starts.map((start, index): ShowingRow => {
        const startsAt = noon + (start - 720) * minuteMs;
        return {
          id: freshId(),
          seller_id: venue.row.seller_id,
          show_id: show.id,
          auditorium_id: auditorium.id,
          seat_map_id: auditorium.seat_map_id,
          starts_at: startsAt,
          ends_at: startsAt + minutes * minuteMs,
          price_list_id: (start < eveningFrom ? matinee : evening).id,
          strand_rule: 1,
          status: "published",
          formats: venue.concert ? "[]" : formatsOf(room, index),
        };
      });
    });
  }

  return {
    sellers: plannedSellers(now),
    shows: [...films, ...concerts.map(({ show }) => show)],
    seatMaps: [...maps.values()],
    places: plannedPlaces(seed),
    venues,
    house,
    dates(venue, from, days) {
      const today = dateAt(from, venue.row.time_zone);
      return Array.from({ length: days }, (_, index) => addDays(today, index));
    },
    showings,
    filmShowings: (days) => venues.filter((venue) => !venue.concert).length * films.length * showingsADay * days,
  };
}

/** Three evenings a week, never more than two days apart but once. Minutes after midnight. */
function concertStarts(at: string, offset: number, date: string): readonly number[] {
  const weekday = (Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000) + offset) % 7;
  if (weekday !== 0 && weekday !== 2 && weekday !== 4) return [];
  const [hours, minutes] = at.split(":").map(Number);
  return [(hours ?? 0) * 60 + (minutes ?? 0)];
}

/** Noon of a date in a time zone, in ms. Clocks change at night, so a day's showings lie at fixed distances from it. */
function noonCache(): (date: string, timeZone: string) => number {
  const known = new Map<string, number>();
  return (date, timeZone) => {
    const key = `${date} ${timeZone}`;
    let noon = known.get(key);
    if (noon === undefined) known.set(key, (noon = instantAt(date, "12:00", timeZone).instant));
    return noon;
  };
}

function seatMapOf(kind: SeatMapTemplate): SeatMapRow & { counts: readonly number[] } {
  const map = seatMapTemplate(kind);
  const { placeCount, sections } = compileSeatMap(map);
  const counts = sections.map((section) => section.count);
  return { id: contentId(map), place_count: placeCount, document: JSON.stringify(map), counts };
}

function plannedPlaces(seed: number): readonly PlaceRow[] {
  return readCities().map(({ name, state, latitude, longitude, population, timeZone }) => {
    const id = newId(seeded(seed, "place", name, state).bytes);
    return { id, name, region: state, country: "US", latitude, longitude, population, time_zone: timeZone };
  });
}

function raise(sentence: string): never {
  throw new Error(sentence);
}
