// Where published content lies: chunks under names that are the hash of their bytes, and for each key the name of its newest
// content (its head). Heads are in memory in every back end, so that asking for one costs nothing. Back ends: a folder
// (published-folder.ts); Redis or object storage in a fleet, where heads are learned at the start and then from the bus.

import { createHash } from "node:crypto";

export interface Published {
  /** The hash of a key's newest content; undefined if nothing is published under it. */
  head(key: string): string | undefined;
  /** All keys that have content. */
  keys(): Iterable<string>;
  /** The newest content of a key. Throws if it is damaged. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Makes content the newest of its key, all of it durably, before it answers. Answers the keys whose content is another now. */
  put(entries: readonly PublishedEntry[]): Promise<readonly { key: string; hash: string }[]>;
  /** Ends keys. */
  remove(keys: readonly string[]): Promise<void>;
}

export interface PublishedEntry {
  key: string;
  bytes: Uint8Array;
}

/** The name of some content: 32 hex digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}
