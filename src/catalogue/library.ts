// Shows, venues and places as they are in memory: whole, replaced as a whole when their chunk is superseded.

import type { PublishedShow } from "./chunks.ts";
import type { Place, Position, Venue } from "./model.ts";
import type { VenueSet } from "./nearest.ts";
import { createPositions } from "./positions.ts";
import { beginsWords, fold } from "./text.ts";

export interface ShowLibrary {
  all: readonly PublishedShow[];
  byId: ReadonlyMap<string, PublishedShow>;
  /** Whether a show has words that begin like those of a folded text. */
  matches(showId: string, folded: string): boolean;
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
  };
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
  nearest(position: Position): Place | undefined;
}

export function placeLibrary(places: readonly Place[]): PlaceLibrary {
  const positions = createPositions(places);
  const bySize = places.toSorted((a, b) => b.population - a.population || (a.id < b.id ? -1 : 1));
  const named = bySize.map((place) => ({ place, name: fold(`${place.name} ${place.region}`) }));
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
    nearest: (position) => positions.near(position, 1)[0]?.item,
  };
}
