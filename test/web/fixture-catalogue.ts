// A small catalogue in memory: two cities, three venues, a film with hostile text, an arena. For tests of pages only.

import type { Catalogue, CompiledSeatMap, Place, Show, Showing, Venue } from "../../src/catalogue/model.ts";
import { newShowingId } from "../../src/domain/ids.ts";
import { priceRange, type PriceList } from "../../src/domain/pricing.ts";
import { compileSeatMap } from "../../src/domain/seat-map.ts";
import { seatMapTemplate, type SeatMapTemplate } from "../../src/domain/templates.ts";
import { addDays, dayOf } from "../../src/web/times.ts";

/** Sunday, November 22, 2026, 17:00 in Denver. */
export const now = Date.parse("2026-11-23T00:00:00Z");

export const hostile = `<script>alert("x")</script> & 'q' "d"`;

const place = (name: string, region: string, latitude: number, longitude: number, timeZone: string): Place => {
  return {
    id: `${name}-${region}`.toLowerCase(),
    name,
    region,
    country: "US",
    population: 700_000,
    latitude,
    longitude,
    timeZone,
  };
};
const denver = place("Denver", "CO", 39.74, -104.98, "America/Denver");
const places = [
  denver,
  place("Boulder", "CO", 40.02, -105.27, "America/Denver"),
  place("New York City", "NY", 40.71, -74.01, "America/New_York"),
];

const venue = (id: string, number: number, name: string, from: Place, address: string): Venue => {
  const { latitude, longitude, timeZone, region, country } = from;
  return {
    id,
    number,
    sellerId: "seller",
    sellerName: "Front Range Cinemas",
    name,
    address,
    city: from.name,
    region,
    country,
    timeZone,
    latitude,
    longitude,
  };
};
export const venues = [
  venue("venue-paramount", 1, "Paramount", denver, "1621 Glenarm Place"),
  venue("venue-boulder", 2, "Boulder Picture House", places[1] ?? denver, "2032 14th Street"),
  venue("venue-arena", 3, "Mile High Arena", denver, "1000 Chopper Circle"),
];

const show = (id: string, title: string, more: Partial<Show>): Show => ({
  id,
  sellerId: "seller",
  kind: "film",
  title,
  synopsis: "A quiet harbour town wakes up to a letter that nobody sent.\n\nWhat it says concerns everybody.",
  genres: ["Drama"],
  cast: ["Ann Example", "Bo Sample"],
  directors: ["Cy Director"],
  runningMinutes: 127,
  rating: "PG-13",
  language: "English",
  year: 2026,
  trailerUrl: "",
  poster: "",
  popularity: 10,
  ...more,
});
export const shows = [
  show("show-harbour", "The Harbour Letters", {
    popularity: 90,
    trailerUrl: "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
  }),
  show("show-hostile", hostile, {
    genres: ["Comedy", hostile],
    synopsis: hostile,
    cast: [hostile],
    trailerUrl: "javascript:alert(1)",
  }),
  show("show-night", "Night Train to Tulsa", {
    popularity: 50,
    genres: ["Thriller", "Adventure"],
    runningMinutes: 95,
    rating: "R",
  }),
  show("show-concert", "Velvet Static: The Long Way Home Tour", {
    kind: "event",
    genres: ["Concert"],
    directors: [],
    cast: ["Velvet Static"],
    rating: "",
    runningMinutes: 150,
    popularity: 99,
  }),
];

function prices(kind: SeatMapTemplate): PriceList {
  const map = seatMapTemplate(kind);
  const cinema = kind === "small-cinema" || kind === "large-cinema";
  const face = (id: string) => (cinema ? 1_250 : id === "FLOOR" ? 9_500 : id.startsWith("1") ? 12_000 : 6_500);
  const tier = (id: string, name: string, off: number) => ({
    id,
    name,
    sections: Object.fromEntries(map.sections.map((section) => [section.id, face(section.id) - off])),
  });
  const tiers = cinema
    ? [tier("adult", "Adult", 0), tier("child", "Child", 400), tier("senior", "Senior", 250)]
    : [tier("standard", "Standard", 0)];
  return { id: `prices-${kind}`, currency: "USD", feeMinor: 150, taxBasisPoints: 800, tiers };
}

function showing(show: Show, venue: Venue, room: SeatMapTemplate, at: number, seed: number): Showing {
  const { layout } = seatMap(room);
  const list = prices(room);
  const range = priceRange(list) ?? { minMinor: 0, maxMinor: 0 };
  const date = dayOf(at, venue.timeZone);
  return {
    id: newShowingId(venue.number, date, (length) => new Uint8Array(length).fill(seed)),
    sellerId: "seller",
    showId: show.id,
    venueId: venue.id,
    auditorium: { id: `room-${room}`, name: room === "arena" ? "Main bowl" : "Screen 1" },
    seatMapId: room,
    placeCount: layout.placeCount,
    sections: layout.sections.map(({ start, count }) => ({ start, count })),
    date,
    startsAt: at,
    endsAt: at + show.runningMinutes * 60_000,
    prices: list,
    priceMinMinor: range.minMinor,
    priceMaxMinor: range.maxMinor,
    strandRule: true,
    formats: [],
    status: "published",
  };
}

const compiled = new Map<string, CompiledSeatMap>();
function seatMap(kind: SeatMapTemplate): CompiledSeatMap {
  let made = compiled.get(kind);
  if (!made) {
    const map = seatMapTemplate(kind);
    compiled.set(kind, (made = { id: kind, map, layout: compileSeatMap(map) }));
  }
  return made;
}

const hour = 3_600_000;
function schedule(): Showing[] {
  const all: Showing[] = [];
  let seed = 0;
  for (const day of [0, 1, 2, 5]) {
    for (const entry of shows.slice(0, 3)) {
      for (const hall of venues.slice(0, 2)) {
        for (const at of [1, 2.5, 4]) {
          all.push(
            showing(
              entry,
              hall,
              hall.number === 1 ? "large-cinema" : "small-cinema",
              now + day * 24 * hour + at * hour,
              (seed += 1),
            ),
          );
        }
      }
    }
    for (const [concert, arena] of [[shows[3], venues[2]]] as const) {
      if (concert && arena) all.push(showing(concert, arena, "arena", now + day * 24 * hour + 3 * hour, (seed += 1)));
    }
  }
  return all;
}

const kilometres = (a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }) =>
  Math.hypot((a.latitude - b.latitude) * 111, (a.longitude - b.longitude) * 85);

/** The catalogue; `empty` has nothing in it. */
export function fixtureCatalogue(empty = false): Catalogue & { showings: readonly Showing[] } {
  const showings = empty ? [] : schedule();
  const known = empty ? [] : shows;
  const halls = empty ? [] : venues;
  const today = dayOf(now, denver.timeZone);
  const withDistance = (venue: Venue, near?: { latitude: number; longitude: number }) =>
    near ? { distanceKm: kilometres(venue, near) } : {};
  return {
    showings,
    shows: () => known,
    show: (id) => known.find((one) => one.id === id),
    venues: () => halls,
    venue: (id) => halls.find((one) => one.id === id),
    findVenues: ({ near, text = "", limit }) =>
      halls
        .filter((one) => `${one.name} ${one.city}`.toLowerCase().includes(text.toLowerCase()))
        .map((one) => ({ ...one, ...withDistance(one, near) }))
        .slice(0, limit),
    async list(query) {
      const on = query.on ?? today;
      return known.flatMap((one) => {
        if (query.kind && one.kind !== query.kind) return [];
        if (query.genre && !one.genres.some((genre) => genre.toLowerCase() === query.genre?.toLowerCase())) return [];
        if (query.text && !one.title.toLowerCase().includes(query.text.toLowerCase())) return [];
        const toCome = showings.filter((entry) => entry.showId === one.id && entry.startsAt > query.now);
        const next = toCome.find((entry) => entry.date === on) ?? (query.orLater ? toCome[0] : undefined);
        const hall = halls.find((entry) => entry.id === next?.venueId);
        return next && hall ? [{ show: one, venue: hall, next, venues: 2, ...withDistance(hall, query.near) }] : [];
      });
    },
    daysOf: async (showId) => [...new Set(showings.filter((one) => one.showId === showId).map((one) => one.date))],
    async showingsOfShow({ showId, on, near, limit, offset }) {
      const found = halls.flatMap((venue) => {
        const own = showings.filter((one) => one.venueId === venue.id && one.showId === showId && one.date === on);
        return own.length > 0 ? [{ venue, showings: own, ...withDistance(venue, near) }] : [];
      });
      return found.slice(offset, offset + limit);
    },
    showingsOfVenue: async (venueId, on) => showings.filter((one) => one.venueId === venueId && one.date === on),
    daysOfVenue: (venueId) => [...new Set(showings.filter((one) => one.venueId === venueId).map((one) => one.date))],
    showing: async (id) => showings.find((one) => one.id === id),
    seatMap: async (id) => seatMap(id as SeatMapTemplate),
    findSeatMap: async (id) => seatMap(id as SeatMapTemplate),
    cities: (limit) => (empty ? [] : places.slice(0, Math.min(2, limit))),
    findPlaces: (text, limit) =>
      places.filter((one) => `${one.name}, ${one.region}`.toLowerCase().startsWith(text.toLowerCase())).slice(0, limit),
    suggest: ({ text, limit }) =>
      known
        .filter((one) => one.title.toLowerCase().includes(text.toLowerCase()))
        .map((one) => ({ kind: "show" as const, show: one }))
        .slice(0, limit),
    placeNear: () => denver,
    version: () => 1,
  };
}

export const laterDay = addDays(dayOf(now, "America/Denver"), 1);
