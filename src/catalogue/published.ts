// Where published content lies: chunks under names that are the hash of their bytes, and for each key the name of its newest
// content (its head). Heads are in memory in every back end, so that asking for one costs nothing. Back ends: a folder
// (published-folder.ts) for one process; Redis (published-redis.ts) for any number of them.

import { createHash } from "node:crypto";

export interface Published {
  /** The hash of a key's newest content; undefined if nothing is published under it. */
  head(key: string): string | undefined;
  /** All keys that have content. */
  keys(): Iterable<string>;
  /** The newest content of a key. Throws if it is damaged or missing. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** The revision of each key: another one after each `put`, even of the same content. Asked before reading what is to be put. */
  revisions(keys: readonly string[]): Promise<readonly string[]>;
  /**
   * Makes content the newest of its key, or ends the key, all of it durably, before it answers. Where another revision is there than
   * the given one, somebody else was faster: nothing is put, and the key is answered as overtaken.
   */
  put(entries: readonly PublishedEntry[]): Promise<{ changed: readonly string[]; overtaken: readonly string[] }>;
  /** Calls `listener` with keys that have other heads now, whoever put them. Answers the function that ends it. */
  onChange(listener: (keys: readonly string[]) => void): () => void;
  /** False if content was lost, or never all put there: then `fill` is due. */
  whole(): boolean;
  /** Runs `work`, which puts all there is; from then on it is whole. Throws if content was lost meanwhile. */
  fill(work: () => Promise<void>): Promise<void>;
}

export interface PublishedEntry {
  key: string;
  /** Undefined ends the key. */
  bytes: Uint8Array | undefined;
  /** The key's revision before `bytes` were made; without one, it is put whatever is there. */
  since?: string;
}

/** The name of some content: 32 hex digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/**
 * Makes what `read` finds the newest content of keys. Any number of publishers may do so at once: whoever was overtaken since
 * before the reading reads again, so an older reading never replaces a newer one.
 */
export async function publishNewest(
  published: Published,
  keys: readonly string[],
  read: (keys: readonly string[]) => Promise<readonly Omit<PublishedEntry, "since">[]>,
): Promise<void> {
  for (let open = keys; open.length > 0;) {
    const revisions = await published.revisions(open);
    const since = new Map(open.map((key, index) => [key, revisions[index] ?? ""]));
    const entries = await read(open);
    const { overtaken } = await published.put(
      entries.map((entry) => ({ ...entry, since: since.get(entry.key) ?? "" })),
    );
    open = overtaken;
  }
}
