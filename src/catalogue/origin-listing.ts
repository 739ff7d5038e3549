// Keeps the static content's origin equal to what is published: puts what is missing, then the index, and in the end takes
// away what nobody names any more. Every step may be the last one: whoever goes on finds what is there and does the rest.

import type { Clock } from "../domain/clock.ts";
import type { Origin } from "../media/static-content.ts";
import { chunkKeys, unpack, type PublishedShow, type ShowsChunk } from "./chunks.ts";
import {
  encode,
  indexName,
  keptName,
  originDocuments,
  showOfName,
  type DrawPages,
  type Kept,
  type OriginFile,
  type OriginIndex,
} from "./origin-documents.ts";
import type { Published } from "./published.ts";

export interface OriginListingSettings {
  published: Pick<Published, "head" | "read">;
  origin: Origin;
  clock: Clock;
  drawPages: DrawPages;
  /** What the pages refer to: their style sheet and what else they need. */
  pageFiles: readonly OriginFile[];
  /** How long a name that nothing names any more stays at the least: longer than any cache holds a page. */
  keepMs?: number;
}

export interface OriginListing {
  /**
   * Makes the origin show what is published now; answers whether the index was replaced. Asks nobody anything while nothing
   * changed. Ends at the next safe point, by throwing, when the signal is aborted.
   */
  publish(signal?: AbortSignal): Promise<boolean>;
  /**
   * Puts what should be there and is not, whatever anybody remembers, and ends names that nothing has named for `keepMs`: lists,
   * and documents of shows that no longer run. Answers the ended names.
   */
  tend(signal?: AbortSignal): Promise<readonly string[]>;
}

const usualKeepMs = 48 * 3_600_000;
/** After so long the origin is compared again though nothing changed: an index may have been overwritten. */
const trustMs = 600_000;
const catalogueFolder = "catalogue";
const json = "application/json";
/** Files that are on their way at once. */
const puttersAtOnce = 8;

interface Shown {
  head: string | undefined;
  /** When it must be looked at again: a show ends, or the trust does. */
  until: number;
}

interface Wanted {
  running: readonly PublishedShow[];
  files: readonly OriginFile[];
  index: OriginIndex;
}

/** The listing of one origin. One process at a time should tend it; two do the same work twice, and no harm. */
export function createOriginListing(settings: OriginListingSettings): OriginListing {
  const { published, origin, clock, keepMs = usualKeepMs } = settings;
  let shown: Shown | undefined;

  /** The files first, then the memory of them, and at last the index that names them. `there` are names that need not be put. */
  async function show({ files, index }: Wanted, there: ReadonlySet<string>, kept: Kept, signal?: AbortSignal) {
    const missing = files.filter(({ name }) => !there.has(name));
    await putAll(origin, missing, signal);
    await origin.replace(keptName, encode(kept), json);
    signal?.throwIfAborted();
    if (!(await isIndex(origin, index))) await origin.replace(indexName, encode(index), json);
  }
  return {
    async publish(signal) {
      const head = published.head(chunkKeys.shows);
      const now = clock();
      if (head === undefined || (shown?.head === head && now < shown.until)) return false;
      const wanted = await wantedNow(settings, now);
      const before = await isIndex(origin, wanted.index);
      if (!before) {
        const kept = await readKept(origin);
        await show(wanted, new Set(kept.current), keeping(kept, wanted, now), signal);
      }
      shown = { head, until: Math.min(now + trustMs, ...wanted.running.map((one) => one.until)) };
      return !before;
    },
    async tend(signal) {
      if (published.head(chunkKeys.shows) === undefined) return [];
      const now = clock();
      const wanted = await wantedNow(settings, now);
      const there = new Set(await origin.names(catalogueFolder));
      const kept = withWhatIsThere(keeping(await readKept(origin), wanted, now), there, now);
      await show(wanted, there, kept, signal);
      const running = new Set(wanted.running.map((one) => one.id));
      const over = Object.entries(kept.left).filter(
        ([name, since]) => since + keepMs <= now && !running.has(showOfName(name) ?? ""),
      );
      const ended = over.map(([name]) => name);
      await origin.remove(ended);
      if (ended.length > 0) await origin.replace(keptName, encode({ ...kept, left: without(kept.left, ended) }), json);
      return ended;
    },
  };
}

async function wantedNow({ published, drawPages, pageFiles }: OriginListingSettings, now: number): Promise<Wanted> {
  const bytes = await published.read(chunkKeys.shows);
  // Lost since the head was asked for: no reason to tell readers that nothing runs.
  if (!bytes) throw new Error("the published list of shows is gone, and is not at the origin before it is back");
  const running = (unpack(bytes).document as ShowsChunk).filter((show) => show.until > now);
  const { files, index } = originDocuments(running, drawPages);
  return { running, files: [...pageFiles, ...files], index };
}

async function isIndex(origin: Origin, index: OriginIndex): Promise<boolean> {
  const bytes = await origin.read(indexName);
  return bytes !== undefined && Buffer.from(encode(index)).equals(bytes);
}

async function readKept(origin: Origin): Promise<Kept> {
  const bytes = await origin.read(keptName);
  return bytes ? (JSON.parse(Buffer.from(bytes).toString("utf8")) as Kept) : { current: [], left: {} };
}

/** What is remembered from now on: what is no longer wanted has left at this moment, unless it left before. */
function keeping(kept: Kept, { files }: Wanted, now: number): Kept {
  const current = files.map(({ name }) => name);
  const named = new Set(current);
  const leaving = kept.current.filter((name) => !named.has(name)).map((name) => [name, now]);
  const left = { ...(Object.fromEntries(leaving) as Record<string, number>), ...kept.left };
  return { current, left: without(left, current) };
}

/** Documents that nobody remembers have left now: a process died before it wrote down what it had put. */
function withWhatIsThere(kept: Kept, there: ReadonlySet<string>, now: number): Kept {
  const known = new Set([...kept.current, ...Object.keys(kept.left), indexName, keptName]);
  const found = [...there].filter((name) => !known.has(name)).map((name) => [name, now]);
  return { ...kept, left: { ...kept.left, ...(Object.fromEntries(found) as Record<string, number>) } };
}

function without(left: Kept["left"], names: readonly string[]): Kept["left"] {
  const gone = new Set(names);
  return Object.fromEntries(Object.entries(left).filter(([name]) => !gone.has(name)));
}

/** Some at once; the first failure or the end of the program ends them all at their next file. */
async function putAll(origin: Origin, files: readonly OriginFile[], signal?: AbortSignal): Promise<void> {
  const queue = files[Symbol.iterator]();
  const putSome = async () => {
    for (const { name, bytes, contentType } of queue) {
      signal?.throwIfAborted();
      await origin.put(name, bytes, contentType);
    }
  };
  await Promise.all(Array.from({ length: puttersAtOnce }, putSome));
}
