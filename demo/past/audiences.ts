// Which showings of the demo have an audience, and how large: the last four weeks of three rooms at two cinemas and of one
// arena, and what is sold ahead there and here and there elsewhere. The other rooms of the past are not there at all: they would be empty.

import { addDays, dateAt, timeAt, weekdayOf } from "../../src/catalogue/authoring/venue-clock.ts";
import type { ShowingRow } from "../../src/store/schema.ts";
import type { DemoPlan, House } from "../plan.ts";
import { seeded, type Seeded } from "../seeded.ts";

export const pastDays = 28;

/** A day's showings of a house. */
export interface HouseDay {
  house: House;
  date: string;
  rows: readonly ShowingRow[];
}

/** People who want to see a showing. */
export interface Audience {
  house: House;
  showing: ShowingRow;
  /** Tickets that they want: some are declined, give them back, or find no seats together. */
  tickets: number;
  places: number;
  sellsOut: boolean;
}

/** Cinemas, and how many of their rooms. */
const regularRooms: ReadonlyMap<string, number> = new Map([
  ["Aurora Denver", 2],
  ["Aurora New York", 1],
]);
/** How far ahead people buy, days from today on. */
const aheadDays = 3;
const hourMs = 3_600_000;

interface Programme {
  plan: DemoPlan;
  seed: number;
  now: number;
  /** Days of showings from today on. */
  days: number;
}

/** What was on in the last weeks, before today. */
export function pastProgramme(plan: DemoPlan, now: number): readonly HouseDay[] {
  return regulars(plan).flatMap((house) => {
    const today = dateAt(now, house.venue.row.time_zone);
    return Array.from({ length: pastDays }, (_, index): HouseDay => {
      const date = addDays(today, index - pastDays);
      return { house, date, rows: regularShowings(plan, house, date) };
    }).filter(({ rows }) => rows.length > 0);
  });
}

/** Every audience of the past and of the next days. */
export function audiences({ plan, seed, now, days }: Programme): readonly Audience[] {
  const chance = seeded(seed, "audiences");
  const coming = regulars(plan).flatMap((house) =>
    plan
      .dates(house.venue, now, Math.min(days, aheadDays))
      .map((date) => ({ house, date, rows: regularShowings(plan, house, date) })),
  );
  const regular = [...pastProgramme(plan, now), ...coming].flatMap(({ house, rows }) =>
    rows.map((showing) => audienceOf(plan, house, showing, share(plan, house, showing, now, chance))),
  );
  return [...withHits(regular, { plan, seed, now, days }), ...elsewhere({ plan, seed, now, days })];
}

/** The houses whose past is told. */
function regulars(plan: DemoPlan): readonly House[] {
  const arena = plan.venues.find(({ concert }) => concert);
  const cinemas = plan.venues.filter(({ row }) => regularRooms.has(row.name));
  return [...cinemas, ...(arena ? [arena] : [])].map((venue) => plan.house(venue));
}

/** In the smaller rooms with the best-known films: the last two showings of a day, three from Friday to Sunday. */
function regularShowings(plan: DemoPlan, house: House, date: string): readonly ShowingRow[] {
  const rows = plan.showings(house, date);
  if (house.venue.concert) return rows;
  const perRoom = weekdayOf(date) >= 5 ? 3 : 2;
  const byRoom = Map.groupBy(rows, (row) => row.auditorium_id);
  return smallRooms(plan, house).flatMap((room) => byRoom.get(room)?.slice(-perRoom) ?? []);
}

function smallRooms(plan: DemoPlan, { venue, rooms }: House): readonly string[] {
  const smallest = Math.min(...rooms.map(({ auditorium }) => placesOf(plan, auditorium.seat_map_id)));
  const small = rooms.filter(({ auditorium }) => placesOf(plan, auditorium.seat_map_id) === smallest);
  const rank = new Map(plan.shows.map((show, index) => [show.id, index]));
  return small
    .toSorted((a, b) => (rank.get(a.show.id) ?? 0) - (rank.get(b.show.id) ?? 0))
    .slice(0, regularRooms.get(venue.row.name) ?? 1)
    .map(({ auditorium }) => auditorium.id);
}

function placesOf(plan: DemoPlan, seatMapId: string): number {
  return plan.seatMaps.find(({ id }) => id === seatMapId)?.place_count ?? 0;
}

function audienceOf(plan: DemoPlan, house: House, showing: ShowingRow, part: number): Audience {
  const places = placesOf(plan, showing.seat_map_id);
  return { house, showing, places, tickets: Math.round(places * part), sellsOut: false };
}

/** By weekday, Monday first. */
const weekdays = [0.45, 0.7, 0.45, 0.55, 1.5, 2.3, 1.3];
/** Of what is sold ahead for today, this much is for tomorrow, the day after, and so on. */
const soldAhead = [1, 0.8, 0.5];
/** Of twenty thousand places: as many orders as a film gets. */
const arenaShare = 0.0015;

/** The part of a showing's places that has a buyer by now. */
function share(plan: DemoPlan, house: House, showing: ShowingRow, now: number, chance: Seeded): number {
  const zone = house.venue.row.time_zone;
  const date = dateAt(showing.starts_at, zone);
  const time = timeAt(showing.starts_at, zone);
  const hour = time < "17:00" ? 0.08 : time < "21:15" ? 0.13 : 0.09;
  const luck = chance.below(101) / 100;
  if (house.venue.concert) return arenaShare * (0.5 + luck);
  if (showing.starts_at <= now) return hour * (weekdays[weekdayOf(date) - 1] ?? 1) * (0.5 + luck);
  const daysAhead = Math.floor((showing.starts_at - now) / 86_400_000);
  return (0.05 + 0.3 * luck) * (soldAhead[daysAhead] ?? 0.2);
}

/** Tomorrow evening in Denver: one regular showing sells out, and a well-known film in the largest room nearly does. */
function withHits(regular: readonly Audience[], { plan, now, days }: Programme): readonly Audience[] {
  const denver = regular.find(({ house }) => house.venue.row.name === "Aurora Denver")?.house;
  if (!denver) return regular;
  const date = plan.dates(denver.venue, now, Math.min(days, 2)).at(-1) ?? "";
  const isEvening = ({ starts_at }: ShowingRow) =>
    starts_at > now + hourMs && timeAt(starts_at, denver.venue.row.time_zone) >= "18:00";
  const soldOut = regularShowings(plan, denver, date).find(isEvening);
  const imax = new Set(denver.rooms.filter((room) => room.imax).map(({ auditorium }) => auditorium.id));
  const premiere = plan.showings(denver, date).find((row) => imax.has(row.auditorium_id) && isEvening(row));
  const hits = [
    ...(soldOut ? [{ ...audienceOf(plan, denver, soldOut, 1.5), sellsOut: true }] : []),
    ...(premiere ? [audienceOf(plan, denver, premiere, 1.1)] : []),
  ];
  const hitIds = new Set(hits.map(({ showing }) => showing.id));
  return [...regular.filter(({ showing }) => !hitIds.has(showing.id)), ...hits];
}

const otherCities = 8;

/** The next two regular showings at other cinemas. */
function elsewhere({ plan, seed, now, days }: Programme): readonly Audience[] {
  const chance = seeded(seed, "elsewhere");
  const others = plan.venues
    .filter(({ row, concert }) => !concert && !regularRooms.has(row.name))
    .slice(0, otherCities);
  return others.flatMap((venue) => {
    const house = plan.house(venue);
    const dates = plan.dates(venue, now, Math.min(days, 2));
    const rows = dates.flatMap((date) => regularShowings(plan, house, date));
    const next = rows.filter(({ starts_at }) => starts_at > now).toSorted((a, b) => a.starts_at - b.starts_at);
    return next.slice(0, 2).map((row) => audienceOf(plan, house, row, 0.05 + chance.below(25) / 100));
  });
}
