// Shows, venues and places as they are in memory: whole, replaced as a whole when their chunk is superseded.

import type { PublishedShow } from "./chunks.ts";
import type { Place, Position, Venue } from "./model.ts";
import type { VenueSet } from "./nearest.ts";
import { createPositions } from "./positions.ts";
import { beginsWords, fold } from "./text.ts";

/** Something that is found by its name while it runs. */
export interface Named<Item> {
  item: Item;
  /** Folded. */
  name: string;
  popularity: number;
  /** ms. */
  until: number;
}

export interface ShowLibrary {
  all: readonly PublishedShow[];
  byId: ReadonlyMap<string, PublishedShow>;
  /** Whether a show has words that begin like those of a folded text. */
  matches(showId: string, folded: string): boolean;
  /** By title. */
  named: readonly Named<PublishedShow>[];
  /** Who plays in them or made them. */
  people: readonly Named<string>[];
}

export function showLibrary(shows: readonly PublishedShow[]): ShowLibrary {
  const words = new Map(
    shows.map((show) => {
      const { title, cast, directors, genres } = show;
      return [show.id, fold([title, ...cast, ...directors, ...genres].join(" "))];
    }),
  );
  return {
    all: shows,
    byId: new Map(shows.map((show) => [show.id, show])),
    matches: (showId, folded) => beginsWords(words.get(showId) ?? "", folded),
    named: shows.map((show) => ({ item: show, name: fold(show.title), ...lastingOf(show) })),
    people: peopleOf(shows),
  };
}

function lastingOf({ popularity, until }: PublishedShow) {
  return { popularity, until };
}

function peopleOf(shows: readonly PublishedShow[]): Named<string>[] {
  const people = new Map<string, Named<string>>();
  for (const show of shows) {
    for (const item of [...show.cast, ...show.directors]) {
      const known = people.get(item);
      if (!known) people.set(item, { item, name: fold(item), ...lastingOf(show) });
      else {
        known.popularity = Math.max(known.popularity, show.popularity);
        known.until = Math.max(known.until, show.until);
      }
    }
  }
  return [...people.values()];
}

export interface VenueLibrary extends VenueSet {
  byId: ReadonlyMap<string, Venue>;
  /** Closest first, or by name. */
  find(query: { near?: Position; text?: string; limit: number }): (Venue & { distanceKm?: number })[];
}

export function venueLibrary(venues: readonly Venue[]): VenueLibrary {
  const positions = createPositions(venues);
  const words = new Map(venues.map((venue) => [venue.id, fold(`${venue.name} ${venue.city}`)]));
  const byName = venues.toSorted((a, b) => a.name.localeCompare(b.name) || a.number - b.number);
  return {
    all: venues,
    byNumber: new Map(venues.map((venue) => [venue.number, venue])),
    byId: new Map(venues.map((venue) => [venue.id, venue])),
    positions,
    timeZones: [...new Set(venues.map((venue) => venue.timeZone))],
    find({ near, text = "", limit }) {
      const folded = fold(text);
      const matching = (venue: Venue) => beginsWords(words.get(venue.id) ?? "", folded);
      if (!near) return byName.filter(matching).slice(0, limit);
      const found = positions.near(near, folded === "" ? limit : Infinity).filter(({ item }) => matching(item));
      return found.slice(0, limit).map(({ item, distanceKm }) => ({ ...item, distanceKm }));
    },
  };
}

export interface PlaceLibrary {
  /** Those whose name and region begin with the text, largest first. */
  find(text: string, limit: number): Place[];
  /** Those that have a venue, largest first. */
  withVenues: readonly Place[];
  nearest(position: Position): Place | undefined;
}

/** The cities that were published, and those of venues that are not among them: an installation may have no list of cities. */
export function placeLibrary(published: readonly Place[], venues: readonly Venue[]): PlaceLibrary {
  // Of two with one name the larger stays.
  const known = new Map(
    published
      .toSorted(bySizeThenId)
      .toReversed()
      .map((place) => [nameOf(place), place]),
  );
  const withVenues = new Map<string, Place>();
  for (const venue of venues) {
    const { city, region } = venue;
    if (city !== "")
      withVenues.set(nameOf({ name: city, region }), known.get(nameOf({ name: city, region })) ?? cityOf(venue));
  }
  const places = [...new Map([...known, ...withVenues]).values()];
  const positions = createPositions(places);
  const bySize = places.toSorted(bySizeThenId);
  const named = bySize.map((place) => ({ place, name: nameOf(place) }));
  return {
    find(text, limit) {
      const folded = fold(text);
      const found: Place[] = [];
      for (const { place, name } of named) {
        if (found.length >= limit) break;
        if (name.startsWith(folded)) found.push(place);
      }
      return found;
    },
    withVenues: [...withVenues.values()].toSorted(bySizeThenId),
    nearest: (position) => positions.near(position, 1)[0]?.item,
  };
}

function nameOf({ name, region }: Pick<Place, "name" | "region">): string {
  return fold(`${name} ${region}`);
}

function cityOf({ id, city, region, country, latitude, longitude, timeZone }: Venue): Place {
  return { id: `city-${id}`, name: city, region, country, latitude, longitude, population: 0, timeZone };
}

function bySizeThenId(a: Place, b: Place): number {
  return b.population - a.population || (a.id < b.id ? -1 : 1);
}
