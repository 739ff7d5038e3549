// What stands at the static content's origin about the shows that run, as documents. Every name but two holds the hash of its
// bytes, and documents name each other: index → list → show → posters. Whoever has one of them finds all that it speaks of.

import { posterFilesOf, type PosterFile } from "../media/poster-files.ts";
import type { PublishedShow } from "./chunks.ts";
import { hashOf } from "./published.ts";

/** Names that are replaced; all others never change their bytes. */
export const indexName = "catalogue/index.json";
export const keptName = "catalogue/kept.json";

/** The one document to ask for again and again: names of what is current. */
export interface OriginIndex {
  format: 1;
  /** The list of running shows, as JSON: OriginList. */
  shows: string;
  /** The same as pages, by language: `en`. */
  pages: Readonly<Record<string, string>>;
}

/** Draws the list of running shows as whole pages, one for each language. The same shows give the same pages. */
export type DrawPages = (shows: readonly PublishedShow[]) => Readonly<Record<string, string>>;

export interface OriginList {
  /** Most popular first. */
  shows: readonly ListedShowDocument[];
}

/** A show in the list. */
export interface ListedShowDocument {
  id: string;
  kind: string;
  title: string;
  genres: readonly string[];
  rating: string;
  runningMinutes: number;
  /** Smallest first; `width` is missing where it has no meaning. */
  posters: readonly (PosterFile | { path: string })[];
  /** Name of all that is known about it: ShowDocument. */
  show: string;
}

export interface ShowDocument extends Omit<ListedShowDocument, "show"> {
  /** Each smallest first, in their order; missing if there are none. */
  stills?: readonly (readonly PosterFile[])[];
  synopsis: string;
  cast: readonly string[];
  directors: readonly string[];
  language: string;
  year?: number;
  /** A YouTube or Vimeo page, or a video file. */
  trailer?: string;
  /** When its last published showing starts. */
  until: string;
}

export interface OriginFile {
  name: string;
  bytes: Uint8Array;
  contentType: string;
}

/** What was put and is not ended yet: what is named now, and since when (ms) the rest no longer is. */
export interface Kept {
  current: readonly string[];
  left: Readonly<Record<string, number>>;
}

const json = "application/json";
const html = "text/html; charset=utf-8";

/** All documents about shows that run, and the index that names them. */
export function originDocuments(
  running: readonly PublishedShow[],
  drawPages: DrawPages,
): { files: readonly OriginFile[]; index: OriginIndex } {
  const shows = running.toSorted((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
  const chunks = shows.map((show) => fileOf(`show-${show.id}`, "json", json, encode(showDocument(show))));
  const listed = shows.map((show, at) => ({ ...listing(show), show: chunks[at]?.name ?? "" }));
  const list = fileOf("shows", "json", json, encode({ shows: listed } satisfies OriginList));
  const drawn = Object.entries(drawPages(shows)).map(
    ([language, page]) => [language, fileOf(`shows-${language}`, "html", html, Buffer.from(page))] as const,
  );
  const pages = Object.fromEntries(drawn.map(([language, { name }]) => [language, name]));
  const files = [...chunks, list, ...drawn.map(([, file]) => file)];
  return { files, index: { format: 1, shows: list.name, pages } };
}

/** The show that a name is about; undefined for lists and for what is no name of this catalogue. */
export function showOfName(name: string): string | undefined {
  return /^catalogue\/show-([A-Za-z0-9-]+)-[0-9a-f]{32}\.json$/.exec(name)?.[1];
}

export function encode(document: object): Uint8Array {
  return Buffer.from(JSON.stringify(document));
}

function fileOf(stem: string, extension: string, contentType: string, bytes: Uint8Array): OriginFile {
  return { name: `catalogue/${stem}-${hashOf(bytes)}.${extension}`, bytes, contentType };
}

function listing(show: PublishedShow): Omit<ListedShowDocument, "show"> {
  const { id, kind, title, genres, rating, runningMinutes, poster } = show;
  const files = posterFilesOf(poster);
  const posters = files.length > 0 ? files : poster === "" ? [] : [{ path: poster }];
  return { id, kind, title, genres, rating, runningMinutes, posters };
}

function showDocument(show: PublishedShow): ShowDocument {
  const { synopsis, cast, directors, language, year, trailerUrl, until, stills } = show;
  return {
    ...listing(show),
    ...(stills ? { stills: stills.map(posterFilesOf) } : {}),
    synopsis,
    cast,
    directors,
    language,
    ...(year === undefined ? {} : { year }),
    ...(trailerUrl === "" ? {} : { trailer: trailerUrl }),
    until: new Date(until).toISOString(),
  };
}
