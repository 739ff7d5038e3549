// What plays in the demo: real films, and concerts of bands that do not exist.

import { newId } from "../src/domain/ids.ts";
import type { ShowRow } from "../src/store/schema.ts";
import { readFilms } from "./data.ts";
import type { PosterFacts } from "./posters.ts";
import { seeded } from "./seeded.ts";
import { auroraCinemas, skylineLive } from "./sellers.ts";

/** How many films run; a seed picks them. */
export const filmCount = 50;

export interface Concert {
  id: string;
  title: string;
  /** City and state of the arena. */
  city: string;
  state: string;
  arena: string;
  /** `HH:MM` at the arena. */
  at: string;
  /** Moves its evenings within the week. */
  offset: number;
}

interface ConcertPlan extends Omit<Concert, "id"> {
  performer: string;
  genres: readonly string[];
  minutes: number;
  popularity: number;
  synopsis: string;
}

const concertPlans: readonly ConcertPlan[] = [
  {
    title: "Glasshouse Cartographers: Maps of Nowhere",
    performer: "Glasshouse Cartographers",
    genres: ["Concert", "Rock"],
    city: "Denver",
    state: "CO",
    arena: "Skyline Arena Denver",
    at: "20:00",
    offset: 0,
    minutes: 150,
    popularity: 190,
    synopsis:
      "Four guitars, two drummers and a wall of light: Glasshouse Cartographers play their record Maps of Nowhere from the first note to the last. The floor is standing.",
  },
  {
    title: "Oda Merrivane: The Velvet Hour",
    performer: "Oda Merrivane",
    genres: ["Concert", "Soul"],
    city: "Chicago",
    state: "IL",
    arena: "Skyline Arena Chicago",
    at: "19:30",
    offset: 2,
    minutes: 130,
    popularity: 170,
    synopsis:
      "A voice, a Hammond organ and a horn section of eleven. Oda Merrivane brings The Velvet Hour to the arena for three evenings a week.",
  },
  {
    title: "Los Faroles del Mar",
    performer: "Los Faroles del Mar",
    genres: ["Concert", "Latin"],
    city: "Los Angeles",
    state: "CA",
    arena: "Skyline Arena Los Angeles",
    at: "20:30",
    offset: 4,
    minutes: 140,
    popularity: 160,
    synopsis:
      "Brass, percussion and harmonies by the harbour lights: Los Faroles del Mar with their twelve-piece band. Bring shoes for dancing.",
  },
  {
    title: "Null Island Ensemble: Zero Degrees",
    performer: "Null Island Ensemble",
    genres: ["Concert", "Electronic"],
    city: "New York",
    state: "NY",
    arena: "Skyline Arena New York",
    at: "20:00",
    offset: 6,
    minutes: 120,
    popularity: 150,
    synopsis:
      "Modular synthesisers and a string quartet under one slowly turning lamp. Null Island Ensemble plays Zero Degrees without a break.",
  },
];

/** A show as the store will have it, but for its poster, which is drawn later. */
export type PlannedShow = Omit<ShowRow, "poster" | "created_at" | "updated_at">;

/** The films of a seed, best known first. */
export function plannedFilms(seed: number): readonly PlannedShow[] {
  return seeded(seed, "films")
    .shuffle(readFilms())
    .slice(0, filmCount)
    .toSorted((a, b) => b.votes - a.votes)
    .map((film) => ({
      id: newId(seeded(seed, "film", film.title).bytes),
      seller_id: auroraCinemas,
      kind: "film",
      title: film.title,
      synopsis: film.synopsis,
      genres: JSON.stringify(film.genres),
      cast_names: JSON.stringify(film.cast),
      directors: JSON.stringify([film.director]),
      running_minutes: film.minutes,
      rating: film.rating,
      language: "en",
      year: film.year,
      trailer_url: "",
      stills: "[]",
      popularity: Math.round(film.votes / 2_000),
      status: "published",
    }));
}

/** The concerts as shows, and where and when each is given. */
export function plannedConcerts(seed: number): readonly { show: PlannedShow; concert: Concert }[] {
  return concertPlans.map((plan) => {
    const { title, city, state, arena, at, offset } = plan;
    const id = newId(seeded(seed, "concert", title).bytes);
    const show: PlannedShow = {
      id,
      seller_id: skylineLive,
      kind: "event",
      title,
      synopsis: plan.synopsis,
      genres: JSON.stringify(plan.genres),
      cast_names: JSON.stringify([plan.performer]),
      directors: "[]",
      running_minutes: plan.minutes,
      rating: "",
      language: "en",
      year: null,
      trailer_url: "",
      stills: "[]",
      popularity: plan.popularity,
      status: "published",
    };
    return { show, concert: { id, title, city, state, arena, at, offset } };
  });
}

/** Which shows have a trailer: the best known of each kind. */
export function trailered(shows: readonly PlannedShow[]): ReadonlySet<string> {
  const most = { film: 3, event: 1 };
  return new Set(
    Object.entries(most).flatMap(([kind, count]) => {
      const known = shows.filter((show) => show.kind === kind).toSorted((a, b) => b.popularity - a.popularity);
      return known.slice(0, count).map((show) => show.id);
    }),
  );
}

/** What stands on the posters of some shows, in their order. */
export function posterFacts(shows: readonly PlannedShow[]): readonly PosterFacts[] {
  const seen = new Map<string, number>();
  return shows.map((show) => {
    const list = (text: string) => JSON.parse(text) as string[];
    const genres = list(show.genres);
    const turn = seen.get(genres[0] ?? "") ?? 0;
    seen.set(genres[0] ?? "", turn + 1);
    const length = `${show.running_minutes} min`;
    if (show.kind === "film") {
      const facts = [String(show.year ?? ""), show.rating, length, genres.slice(0, 2).join(" / ")].join("  ·  ");
      return { title: show.title, genres, credit: `A film by ${list(show.directors).join(" and ")}`, facts, turn };
    }
    const facts = ["Live in the arena", length, genres.at(-1) ?? ""].join("  ·  ");
    return { title: show.title, genres, credit: "Skyline Live presents", facts, turn };
  });
}
