// What a backup is: a folder with the installation's files under `files/` and a manifest of their sizes and hashes.
//
// The order of the copies is what keeps recovery right. The store may be behind the sales log, never ahead: what the log
// has and the store lacks is applied again at the next start, but a ticket that no log entry explains could not be. So the
// store's snapshot is the oldest. The payment provider must in turn be no older than the log, since every sale has its
// payment; what a provider has beyond the log is found by asking it, as after a crash. Hence: store, sales log, the rest.
// Files that are no databases have unchanging names and content, or are made again from the store; they come last.

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isSqlite } from "../store/copy.ts";
import { lockFiles } from "../store/folder-lock.ts";

export interface Manifest {
  format: 1;
  /** The version of Marquee that wrote it. */
  marquee: string;
  /** RFC 3339: the moment of the databases' snapshots. */
  takenAt: string;
  files: readonly ManifestFile[];
}

export interface ManifestFile {
  /** Relative to the data folder, with `/`. */
  path: string;
  bytes: number;
  /** Hex. */
  sha256: string;
}

export const manifestName = "manifest.json";

export interface FoundFile {
  path: string;
  bytes: number;
  database: boolean;
}

/** Which database's snapshot is taken first; anything else follows in the order of its name. */
const snapshotOrder = ["store.db", "sales.db"];

/** The files of a data folder that a backup holds: databases first, in the order of their snapshots. */
export async function findFiles(folder: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    if (isTransient(path)) continue;
    const full = join(folder, path);
    found.push({ path, bytes: (await stat(full)).size, database: await isDatabase(full) });
  }
  return found.sort((a, b) => Number(b.database) - Number(a.database) || compareOrder(a.path, b.path));
}

/** The lock of the running process, and what SQLite keeps beside a database: a snapshot already holds it. */
function isTransient(path: string): boolean {
  const name = basename(path);
  return lockFiles.includes(path) || /\.db-(?:wal|shm|journal)$/.test(name) || name.endsWith(".partial");
}

function compareOrder(a: string, b: string): number {
  const rank = (path: string) => {
    const index = snapshotOrder.indexOf(path);
    return index === -1 ? snapshotOrder.length : index;
  };
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

async function isDatabase(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return isSqlite(buffer);
  } finally {
    await handle.close();
  }
}

/** Copies a file, on the disk when it answers; answers size and hash of what was copied. */
export async function copyFile(from: string, to: string): Promise<{ bytes: number; sha256: string }> {
  const meter = hashMeter();
  await pipeline(createReadStream(from), meter.through, createWriteStream(to, { mode: 0o600, flush: true }));
  return meter.result();
}

/** Size and hash of a file. */
export async function measureFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

function hashMeter() {
  const hash = createHash("sha256");
  let bytes = 0;
  const through = new PassThrough();
  through.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  return { through, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}

/** Reads a backup's manifest; undefined if the folder is no backup. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestName), "utf8")) as Manifest;
    return manifest.format === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a manifest's path stays inside the folder it is joined to. */
export function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
}
