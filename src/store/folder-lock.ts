// One process at a time serves a data folder. The lock is SQLite's exclusive lock on a file of its own: the operating system
// lets go of it when the process ends, however it ends, so there is no stale lock to clear after a kill or a power cut.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Who holds a folder, as told to the one who comes second. */
export interface FolderHolder {
  pid: number;
  /** `serve`, `restore`, … */
  command: string;
  /** RFC 3339. */
  since: string;
}

/** Somebody else holds the folder; the message says who. */
export class FolderTaken extends Error {
  readonly holder: FolderHolder | undefined;

  constructor(folder: string, holder: FolderHolder | undefined) {
    const who = holder
      ? `\`marquee ${holder.command}\`, process ${holder.pid} since ${holder.since}`
      : "another process";
    super(`The data folder ${folder} is in use by ${who}. Stop it first, or choose another folder with --data.`);
    this.name = "FolderTaken";
    this.holder = holder;
  }
}

/** Files of the lock; they belong to the running process, so no backup holds them. */
export const lockFiles: readonly string[] = ["lock.db", "lock.json"];

/** Makes the folder if it is missing (mode 0700) and takes it for this process. Throws FolderTaken. Answers what lets go of it. */
export function lockFolder(folder: string, holder: FolderHolder): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(folder, "lock.db"), { timeout: 0 });
  try {
    // A rollback journal takes its exclusive lock at `begin exclusive`; in WAL mode readers would still come in.
    db.exec("pragma journal_mode = delete; begin exclusive");
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new FolderTaken(folder, readHolder(folder));
  }
  // Only read by those who find the lock taken: what an ended process left behind is never believed.
  writeFileSync(join(folder, "lock.json"), JSON.stringify(holder), { mode: 0o600 });
  const release = () => {
    process.off("exit", release);
    if (db.isOpen) db.close();
  };
  // Also keeps the handle from being collected, which would let go of the lock while the caller still relies on it.
  process.on("exit", release);
  return release;
}

/** Who holds a folder now; undefined if nobody does. Takes the lock for a moment if it is free. */
export function folderHolder(folder: string): FolderHolder | "somebody" | undefined {
  if (!existsSync(join(folder, "lock.db"))) return undefined;
  const db = new DatabaseSync(join(folder, "lock.db"), { timeout: 0 });
  try {
    db.exec("begin exclusive; rollback");
    return undefined;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return readHolder(folder) ?? "somebody";
  } finally {
    db.close();
  }
}

const busyCode = 5;

function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === busyCode;
}

function readHolder(folder: string): FolderHolder | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "lock.json"), "utf8")) as FolderHolder;
  } catch {
    return undefined;
  }
}
