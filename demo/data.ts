// The shipped extract of public data; data/README.md says where it comes from.

import { readFileSync } from "node:fs";

/** What films.json has. */
export interface FilmRecord {
  title: string;
  genres: readonly string[];
  rating: string;
  minutes: number;
  director: string;
  year: number;
  /** How many people rated it: how well known it is. */
  votes: number;
}

/** What stories.json has, in words of our own. */
interface Story {
  title: string;
  cast: readonly string[];
  synopsis: string;
}

export type Film = FilmRecord & Story;

export interface City {
  name: string;
  /** `CO` */
  state: string;
  latitude: number;
  longitude: number;
  population: number;
  timeZone: string;
}

export function readFilms(): readonly Film[] {
  const stories = new Map((read("stories") as Story[]).map((story) => [story.title, story]));
  return (read("films") as FilmRecord[]).map((film) => {
    const story = stories.get(film.title);
    if (!story) throw new Error(`${film.title} has no story`);
    return { ...film, ...story };
  });
}

/** The largest first. */
export function readCities(): readonly City[] {
  return read("cities") as City[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), "utf8"));
}
