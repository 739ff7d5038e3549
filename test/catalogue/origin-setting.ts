// Shows that are published, an origin that is a map with an eye on what is done to it, and the listing between them.

import { createOriginListing } from "../../src/catalogue/origin-listing.ts";
import { indexName, keptName, type OriginIndex, type OriginList } from "../../src/catalogue/origin-documents.ts";
import { pack, type PublishedShow } from "../../src/catalogue/chunks.ts";
import { hashOf } from "../../src/catalogue/published.ts";
import type { Origin } from "../../src/media/static-content.ts";

export const hourMs = 3_600_000;
export const start = Date.parse("2026-11-22T19:00:00Z");

export function show(id: string, change: Partial<PublishedShow> = {}): PublishedShow {
  return {
    id,
    sellerId: "seller",
    kind: "film",
    title: `Title of ${id}`,
    synopsis: "Somebody does something.",
    genres: ["Drama"],
    cast: ["Ada"],
    directors: ["Bea"],
    runningMinutes: 100,
    rating: "PG",
    language: "en",
    year: 1999,
    trailerUrl: "",
    poster: "",
    popularity: 1,
    until: start + 72 * hourMs,
    ...change,
  };
}

/** What goes wrong: throws to make an operation of the origin fail. */
type Watch = (operation: "put" | "replace" | "remove", name: string) => void;

export function openListing(change: { keepMs?: number } = {}) {
  const time = { now: start };
  let shows: readonly PublishedShow[] | undefined;
  let reads = 0;
  const lost = { chunk: false };
  const files = new Map<string, Uint8Array>();
  const done: string[] = [];
  const watch: { each: Watch } = { each: () => undefined };
  const act = (operation: Parameters<Watch>[0], name: string) => {
    watch.each(operation, name);
    done.push(`${operation} ${name}`);
  };
  const origin: Origin = {
    async put(name, bytes) {
      act("put", name);
      if (!files.has(name)) files.set(name, bytes);
      return name;
    },
    async replace(name, bytes) {
      act("replace", name);
      files.set(name, bytes);
    },
    async read(name) {
      reads += 1;
      return files.get(name);
    },
    names: async (folder) => [...files.keys()].filter((name) => name.startsWith(`${folder}/`)),
    async remove(names) {
      for (const name of names) {
        act("remove", name);
        files.delete(name);
      }
    },
  };
  const settings = {
    published: {
      head: () => shows && hashOf(Buffer.from(JSON.stringify(shows))),
      read: async () => (shows && !lost.chunk ? pack(shows) : undefined),
    },
    origin,
    clock: () => time.now,
    drawPages: (all: readonly PublishedShow[]) => {
      const list = all.map(({ title }) => `<li>${title}</li>`).join("");
      return { en: `<ul>${list}</ul>`, es: `<ul lang="es">${list}</ul>` };
    },
    pageFiles: [{ name: "app/site-1.css", bytes: Buffer.from("body{}"), contentType: "text/css" }],
    ...change,
  };
  const json = (name: string): unknown => JSON.parse(Buffer.from(files.get(name) ?? "null").toString());
  const documents = () => [...files.keys()].filter((name) => name !== indexName && name !== keptName).sort();
  return {
    time,
    files,
    done,
    watch,
    /** Whether the chunk is lost though its head is known. */
    lost,
    reads: () => reads,
    publishes(...all: PublishedShow[]) {
      shows = all;
    },
    listing: createOriginListing(settings),
    /** As another process, or this one after a restart. */
    again: () => createOriginListing(settings),
    json,
    documents,
    index: () => json(indexName) as OriginIndex,
    list: () => json((json(indexName) as OriginIndex).shows) as OriginList,
    /** What a reader who starts at the index finds missing. */
    missing(): string[] {
      if (!files.has(indexName)) return [];
      const { shows: listName, pages } = json(indexName) as OriginIndex;
      const all = files.has(listName) ? (json(listName) as OriginList).shows.map((one) => one.show) : [];
      return [listName, ...Object.values(pages), ...all].filter((name) => !files.has(name));
    },
  };
}
