// Published content in a folder: `<hash>.gz` in 256 subfolders, never changed once written, and `index.json` with the head of
// each key, replaced as a whole. A crash leaves the index as it was before or after, and at worst files that nobody
// names; those are swept at the next start.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { chunkKeys } from "./chunks.ts";
import { hashOf, type Published, type PublishedEntry } from "./published.ts";

/** As many files are written at once as Node has threads for files. */
const writers = 4;

/** Opens published content in a folder, which is made if it is not there. One process at a time writes it. */
export async function openFolderContent(folder: string): Promise<Published> {
  mkdirSync(folder, { recursive: true });
  const indexFile = join(folder, "index.json");
  const heads = new Map<string, string>(existsSync(indexFile) ? readIndex(indexFile) : []);
  await sweep(folder, new Set(heads.values()));
  const listeners = new Set<(keys: readonly string[]) => void>();
  /** How often each key was put since the start. */
  const puts = new Map<string, number>();
  const revisionOf = (key: string) => `${puts.get(key) ?? 0}`;
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), `${hash}.gz`);
  /** Writes go one after the other, so that an older index never replaces a newer one. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const writeIndex = () => writeWhole(indexFile, Buffer.from(JSON.stringify({ heads: Object.fromEntries(heads) })));

  return {
    head: (key) => heads.get(key),
    keys: () => heads.keys(),
    async read(key) {
      const hash = heads.get(key);
      if (hash === undefined) return undefined;
      const bytes = await readFile(pathOf(hash));
      if (hashOf(bytes) !== hash) throw new Error(`the published chunk ${key} (${hash}) is damaged`);
      return bytes;
    },
    revisions: (keys) => Promise.resolve(keys.map(revisionOf)),
    put: (entries) =>
      inTurn(async () => {
        const overtaken = entries.filter(({ key, since }) => since !== undefined && since !== revisionOf(key));
        const accepted = entries.filter((entry) => !overtaken.includes(entry));
        const changed = changesOf(accepted, heads);
        // Keys may share their content.
        const queue = new Map(changed.map((entry) => [entry.hash, entry])).values();
        await Promise.all(
          Array.from({ length: writers }, async () => {
            for (const { hash, bytes } of queue) if (bytes) await writeContent(pathOf(hash), bytes);
          }),
        );
        for (const { key } of accepted) puts.set(key, (puts.get(key) ?? 0) + 1);
        for (const { key, hash } of changed) {
          if (hash === "") heads.delete(key);
          else heads.set(key, hash);
        }
        if (changed.length > 0) await writeIndex();
        const keys = changed.map(({ key }) => key);
        if (keys.length > 0) for (const listener of listeners) listener(keys);
        return { changed: keys, overtaken: overtaken.map(({ key }) => key) };
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    // The shows are put last, and a folder loses nothing by itself.
    whole: () => heads.has(chunkKeys.shows),
    fill: (work) => work(),
  };
}

/** What differs from the heads, the last entry of each key; `""` is the hash of a key that ends. */
function changesOf(entries: readonly PublishedEntry[], heads: ReadonlyMap<string, string>) {
  const newest = new Map<string, { key: string; hash: string; bytes: Uint8Array | undefined }>();
  for (const { key, bytes } of entries) newest.set(key, { key, hash: bytes ? hashOf(bytes) : "", bytes });
  return [...newest.values()].filter(({ key, hash }) => (heads.get(key) ?? "") !== hash);
}

function readIndex(file: string): [string, string][] {
  const { heads } = JSON.parse(readFileSync(file, "utf8")) as { heads: Record<string, string> };
  return Object.entries(heads);
}

async function writeContent(path: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(join(path, ".."), { recursive: true });
  await writeWhole(path, bytes);
}

/** Writes a file that is there whole or not at all. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, "w");
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** Removes what no key names: superseded content, and drafts of a process that was killed. */
async function sweep(folder: string, named: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(".new")) await rm(join(folder, entry.name));
    if (!entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) continue;
    for (const name of await readdir(join(folder, entry.name))) {
      if (!named.has(name.replace(/\.gz$/, ""))) await rm(join(folder, entry.name, name));
    }
  }
}
