// A show's fields: what is accepted, and how a row becomes what callers see.

import type { ShowRow } from "../../store/schema.ts";
import type { OwnShow, ShowInput, Still } from "./authoring.ts";
import { collectFaults } from "./faults.ts";

type Fields = Omit<ShowInput, "posterId" | "stillIds">;

/** Checks and tidies a show's fields; refuses `invalid_request`. */
export function checkShow(input: Fields): Fields {
  const faults = collectFaults();
  const names = (field: "genres" | "cast" | "directors", most: number) => {
    const tidy = input[field].map((name) => faults.text(field, name, { max: 100 })).filter((name) => name !== "");
    if (tidy.length > most) faults.add(field, { code: "too-many", max: most });
    return [...new Set(tidy)];
  };
  if (input.kind !== "film" && input.kind !== "event") faults.add("kind", { code: "show-kind" });
  const show: Fields = {
    kind: input.kind,
    title: faults.text("title", input.title, { min: 1, max: 200 }),
    synopsis: faults.text("synopsis", input.synopsis.replaceAll("\r\n", "\n"), { max: 5_000, lines: true }),
    genres: names("genres", 10),
    cast: names("cast", 50),
    directors: names("directors", 20),
    // A day is the most that the search for clashes looks back.
    runningMinutes: faults.whole("runningMinutes", input.runningMinutes, 1, 1_440),
    rating: faults.text("rating", input.rating, { max: 20 }),
    language: faults.text("language", input.language, { max: 40 }),
    trailerUrl: input.trailerUrl.trim(),
  };
  if (input.year !== undefined) show.year = faults.whole("year", input.year, 1_000, 9_999);
  if (show.trailerUrl !== "" && !isTrailer(show.trailerUrl)) {
    faults.add("trailerUrl", { code: "trailer" });
  }
  faults.refuse();
  return show;
}

const trailerSites = /^(www\.|m\.)?(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|player\.vimeo\.com)$/;

/** A page or file elsewhere, or a file of the static content, which the demo has. */
function isTrailer(text: string): boolean {
  if (/^media\/[0-9a-f]{2}\/[0-9a-f]+\.(?:webm|mp4)$/.test(text)) return true;
  if (text.length > 500 || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  return trailerSites.test(url.hostname) || /\.(mp4|webm)$/i.test(url.pathname);
}

export function showColumns(show: Fields) {
  return {
    kind: show.kind,
    title: show.title,
    synopsis: show.synopsis,
    genres: JSON.stringify(show.genres),
    cast_names: JSON.stringify(show.cast),
    directors: JSON.stringify(show.directors),
    running_minutes: show.runningMinutes,
    rating: show.rating,
    language: show.language,
    year: show.year ?? null,
    trailer_url: show.trailerUrl,
  };
}

export function showOf(row: ShowRow): OwnShow {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    synopsis: row.synopsis,
    genres: JSON.parse(row.genres) as string[],
    cast: JSON.parse(row.cast_names) as string[],
    directors: JSON.parse(row.directors) as string[],
    runningMinutes: row.running_minutes,
    rating: row.rating,
    language: row.language,
    ...(row.year === null ? {} : { year: row.year }),
    trailerUrl: row.trailer_url,
    poster: row.poster,
    stills: JSON.parse(row.stills) as Still[],
    status: row.status,
    updatedAt: row.updated_at,
  };
}
