// Published content in a folder: `<hash>.gz` in 256 subfolders, never changed once written, and `index.json` with the head of
// each key, replaced as a whole. A crash leaves the index as it was before or after, and at worst files that nobody
// names; those are swept at the next start.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { hashOf, type Published, type PublishedEntry } from "./published.ts";

/** As many files are written at once as Node has threads for files. */
const writers = 4;

/** Opens published content in a folder, which is made if it is not there. One process at a time writes it. */
export async function openFolderContent(folder: string): Promise<Published> {
  mkdirSync(folder, { recursive: true });
  const indexFile = join(folder, "index.json");
  const heads = new Map<string, string>(existsSync(indexFile) ? readIndex(indexFile) : []);
  await sweep(folder, new Set(heads.values()));
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
    put: (entries) =>
      inTurn(async () => {
        const changed = changesOf(entries, heads);
        const queue = changed[Symbol.iterator]();
        await Promise.all(
          Array.from({ length: writers }, async () => {
            for (const { hash, bytes } of queue) await writeContent(pathOf(hash), bytes);
          }),
        );
        if (changed.length === 0) return [];
        for (const { key, hash } of changed) heads.set(key, hash);
        await writeIndex();
        return changed.map(({ key, hash }) => ({ key, hash }));
      }),
    remove: (keys) =>
      inTurn(async () => {
        const known = keys.filter((key) => heads.delete(key));
        if (known.length > 0) await writeIndex();
      }),
  };
}

/** What differs from the heads, the last entry of each key. */
function changesOf(entries: readonly PublishedEntry[], heads: ReadonlyMap<string, string>) {
  const newest = new Map<string, { key: string; hash: string; bytes: Uint8Array }>();
  for (const { key, bytes } of entries) newest.set(key, { key, hash: hashOf(bytes), bytes });
  return [...newest.values()].filter(({ key, hash }) => heads.get(key) !== hash);
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
