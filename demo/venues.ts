// Where the demo plays: a cinema a city, and an arena for each concert.

import { distanceKm } from "../src/catalogue/positions.ts";
import { newId } from "../src/domain/ids.ts";
import type { VenueRow } from "../src/store/schema.ts";
import { readCities, type City } from "./data.ts";
import { seeded } from "./seeded.ts";
import { auroraCinemas, skylineLive } from "./sellers.ts";
import type { Concert } from "./shows.ts";

export const cinemaCount = 60;

export interface PlannedVenue {
  row: VenueRow;
  population: number;
  /** Undefined for a cinema. */
  concert?: Concert;
}

/** Always there, so that what documents and tests say of them holds. */
const always = [
  "Denver, CO",
  "Boulder, CO",
  "New York, NY",
  "Los Angeles, CA",
  "Chicago, IL",
  "Miami, FL",
  "San Francisco, CA",
  "Seattle, WA",
  "Phoenix, AZ",
  "Honolulu, HI",
  "Anchorage, AK",
];
/** The others are the largest cities that lie so far from those before them. */
const apartKm = 90;

/** The cities with a cinema, largest first. */
export function cinemaCities(national: boolean): readonly City[] {
  const cities = readCities();
  if (national) return cities;
  const chosen = new Set(cities.filter((city) => always.includes(`${city.name}, ${city.state}`)));
  for (const city of cities) {
    if (chosen.size === cinemaCount) break;
    if ([...chosen].every((other) => distanceKm(city, other) > apartKm)) chosen.add(city);
  }
  return cities.filter((city) => chosen.has(city));
}

/** Cinemas first, numbered from 1, then the arenas. */
export function plannedVenues(
  seed: number,
  national: boolean,
  concerts: readonly Concert[],
  now: number,
): readonly PlannedVenue[] {
  const cinemas = cinemaCities(national).map((city, index): PlannedVenue => {
    const about = { seller_id: auroraCinemas, name: `Aurora ${city.name}`, number: index + 1 };
    return { row: rowOf(seed, city, { ...about, created_at: now }), population: city.population };
  });
  const cities = readCities();
  const arenas = concerts.map((concert, index): PlannedVenue => {
    const city = cities.find(({ name, state }) => name === concert.city && state === concert.state);
    if (!city) throw new Error(`no city for ${concert.arena}`);
    const about = { seller_id: skylineLive, name: concert.arena, number: cinemas.length + index + 1 };
    return { row: rowOf(seed, city, { ...about, created_at: now }), population: city.population, concert };
  });
  return [...cinemas, ...arenas];
}

const streets = ["Main Street", "Market Street", "Union Avenue", "Park Avenue", "Station Road", "Orchard Street"];

function rowOf(
  seed: number,
  city: City,
  about: Pick<VenueRow, "seller_id" | "name" | "number" | "created_at">,
): VenueRow {
  const chance = seeded(seed, "venue", about.number);
  // Somewhere within two kilometres of the city's middle.
  const aside = () => (chance.below(301) - 150) / 10_000;
  const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
  return {
    ...about,
    id: newId(chance.bytes),
    address: `${100 + chance.below(900)} ${chance.pick(streets)}`,
    city: city.name,
    region: city.state,
    country: "US",
    latitude: round(city.latitude + aside()),
    longitude: round(city.longitude + aside()),
    time_zone: city.timeZone,
  };
}
