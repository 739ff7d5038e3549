// The data folder as commands use it: taken by one process at a time, or looked at as it is.

import { existsSync, readdirSync } from "node:fs";
import { FolderTaken, lockFiles, lockFolder } from "../store/folder-lock.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** Takes the data folder for a command, making it if needed. Throws CommandError with exit code 75 naming who has it, 78 for a folder that cannot be used. */
export function takeDataFolder(folder: string, command: string): () => void {
  try {
    return lockFolder(folder, { pid: process.pid, command, since: new Date().toISOString() });
  } catch (error) {
    if (error instanceof FolderTaken) throw new CommandError(exitCodes.taken, error.message);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new CommandError(exitCodes.config, `The data folder ${folder} cannot be used: ${(error as Error).message}.`);
  }
}

/** Whether the folder is missing or holds nothing but the lock. */
export function isEmptyFolder(folder: string): boolean {
  return (
    !existsSync(folder) || readdirSync(folder).every((name) => lockFiles.includes(name) || name.startsWith("lock.db-"))
  );
}

/** Throws CommandError 66 if there is no installation in the folder. */
export function requireInstallation(folder: string): void {
  if (isEmptyFolder(folder)) {
    throw new CommandError(exitCodes.noInput, `There is no installation in ${folder}: the folder is missing or empty.`);
  }
}
