// What somebody may mean who types a few letters: shows, people, venues, cities. From memory, in well under a millisecond.

import type { Named, PlaceLibrary, ShowLibrary, VenueLibrary } from "./library.ts";
import type { Suggestion, SuggestionKind, SuggestQuery } from "./model.ts";
import { beginsWords, fold } from "./text.ts";

interface Libraries {
  shows: ShowLibrary;
  venues: VenueLibrary;
  places: PlaceLibrary;
}

/** Of one kind at most, so that the others are seen, too. */
const mostOf: Readonly<Record<SuggestionKind, number>> = { show: 5, person: 3, venue: 3, place: 3 };

/** Shows, then people, venues and cities; the best of each kind first. */
export function suggest(libraries: Libraries, query: SuggestQuery): readonly Suggestion[] {
  const folded = fold(query.text);
  const found: Suggestion[] = [];
  for (const kind of folded === "" ? [] : (Object.keys(mostOf) as SuggestionKind[])) {
    if (query.only !== undefined && query.only !== kind) continue;
    const most = query.only === undefined ? mostOf[kind] : query.limit;
    found.push(...finders[kind](libraries, folded, query, most));
  }
  return found.slice(0, query.limit);
}

type Finder = (libraries: Libraries, folded: string, query: SuggestQuery, most: number) => Suggestion[];

const finders: Readonly<Record<SuggestionKind, Finder>> = {
  show: ({ shows }, folded, { now }, most) =>
    bestNamed(shows.named, folded, now, most).map(({ item }) => ({ kind: "show", show: item })),
  person: ({ shows }, folded, { now }, most) =>
    bestNamed(shows.people, folded, now, most).map(({ item }) => ({ kind: "person", name: item })),
  venue: ({ venues }, folded, { near }, most) =>
    venues.find({ ...(near ? { near } : {}), text: folded, limit: most }).map((venue) => ({ kind: "venue", venue })),
  place: ({ places }, folded, _query, most) => places.find(folded, most).map((place) => ({ kind: "place", place })),
};

/** What begins so, before what has a word that does; the most popular first. */
function bestNamed<Item>(all: readonly Named<Item>[], folded: string, now: number, most: number): Named<Item>[] {
  const begins = ({ name }: Named<Item>) => Number(name.startsWith(folded));
  return all
    .filter(({ name, until }) => until > now && beginsWords(name, folded))
    .toSorted((a, b) => begins(b) - begins(a) || b.popularity - a.popularity || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}
