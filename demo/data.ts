// The shipped extract of public data; data/README.md says where it comes from.

import { readFileSync } from "node:fs";

export interface Film {
  title: string;
  genres: readonly string[];
  rating: string;
  minutes: number;
  director: string;
  year: number;
  /** How many people rated it: how well known it is. */
  votes: number;
  /** Made of the facts above, and of what it is based on. */
  synopsis: string;
}

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
  return read("films") as Film[];
}

/** The largest first. */
export function readCities(): readonly City[] {
  return read("cities") as City[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), "utf8"));
}
