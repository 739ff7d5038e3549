// The demo in a data folder: loaded once into an empty one, and known by a file that says what was loaded.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFiles } from "../store/folder-lock.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** What was loaded; `demo.json` in the data folder. */
export interface LoadedDemo {
  /** RFC 3339. */
  loadedAt: string;
  seed: number;
  days: number;
  national: boolean;
}

const loadingName = "demo-loading";
const loadedName = "demo.json";

/** The demo that a folder holds; undefined if it holds none, or one that is not complete. */
export function loadedDemo(data: string): LoadedDemo | undefined {
  const file = join(data, loadedName);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LoadedDemo) : undefined;
}

/** Whether loading the demo was broken off in this folder. */
export function isHalfLoaded(data: string): boolean {
  return existsSync(join(data, loadingName));
}

/** Throws CommandError if the folder holds a demo that was not loaded to its end. */
export function refuseHalfLoaded(data: string): void {
  if (!isHalfLoaded(data)) return;
  const sentence = `Loading the demo into ${data} was broken off. \`marquee demo\` begins anew, or remove the folder.`;
  throw new CommandError(exitCodes.noInput, sentence);
}

/**
 * Runs `load` with the folder marked as half loaded until it is through. What an earlier load left half done is removed
 * first: the mark is only ever set in an empty folder, so nothing of anybody's is lost.
 */
export async function loadOnce(data: string, demo: LoadedDemo, load: () => Promise<void>): Promise<void> {
  if (isHalfLoaded(data)) clear(data);
  writeFileSync(join(data, loadingName), "");
  await load();
  writeFileSync(join(data, loadedName), `${JSON.stringify(demo)}\n`, { mode: 0o600, flush: true });
  rmSync(join(data, loadingName));
}

function clear(data: string): void {
  const kept = new Set([...lockFiles, loadingName]);
  for (const name of readdirSync(data)) {
    if (!kept.has(name) && !name.startsWith("lock.db-")) rmSync(join(data, name), { recursive: true });
  }
}
