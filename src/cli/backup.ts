// `marquee backup <folder>`: a consistent copy of the data folder, taken while it is being served or not.

import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { copySqliteFiles } from "../store/copy.ts";
import { copyFile, findFiles, manifestName, measureFile, type Manifest, type ManifestFile } from "./backup-folder.ts";
import type { Command, CommandCall } from "./command.ts";
import { requireInstallation } from "./data-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { refuseFleet } from "./services.ts";
import { programVersion } from "../version.ts";

export const backup: Command = {
  name: "backup",
  summary: "copy the data folder, also while it is being served",
  about:
    "Copies the data folder into a new folder: every database as it is at one moment, every other file with its hash. Sales go on\n" +
    "meanwhile. The copy is complete once the folder has its name; until then it ends in .partial.",
  positionals: ["folder"],
  flags: {},
  examples: ["marquee backup /backups/2026-11-22", "marquee backup --data /srv/marquee /backups/nightly"],
  exits: [exitCodes.noInput],
  run,
};

async function run(call: CommandCall): Promise<number> {
  const data = call.config.data;
  refuseFleet(
    call.config,
    "A fleet has no data folder to copy: back up the database with pg_basebackup (or pg_dump), Redis by its append-only files, " +
      "the origin by its own means, and the key file. What Redis lost is recovered from the database and the payment provider.",
  );
  const target = resolve(call.positionals[0] ?? "");
  requireInstallation(data);
  if (existsSync(target)) throw new CommandError(exitCodes.noInput, `${target} exists already; name a new folder.`);
  if (!relative(data, target).startsWith("..")) {
    throw new CommandError(exitCodes.noInput, `${target} lies inside the data folder; a backup belongs elsewhere.`);
  }
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(join(partial, "files"), { recursive: true, mode: 0o700 });
  const manifest = await copyInto(data, partial, call);
  await writeFile(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(partial, target);
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  call.terminal.write(
    `${manifest.files.length} files, ${megabytes(bytes)} MB, as of ${manifest.takenAt}, are in ${target}.\n`,
  );
  return exitCodes.ok;
}

async function copyInto(data: string, partial: string, call: CommandCall): Promise<Manifest> {
  const takenAt = new Date().toISOString();
  const found = await findFiles(data);
  const target = (path: string) => join(partial, "files", path);
  for (const file of found) await mkdir(dirname(target(file.path)), { recursive: true, mode: 0o700 });

  const databases = found.filter((file) => file.database);
  const databaseProgress = createProgress("Copying databases", call.terminal);
  const copies = databases.map((file) => ({ from: join(data, file.path), to: target(file.path) }));
  await copySqliteFiles(copies, (done, total) => databaseProgress.update(done, total));
  databaseProgress.end();
  const files: ManifestFile[] = [];
  for (const { path } of databases) files.push({ path, ...(await measureFile(target(path))) });

  // Anything written or replaced since the first look is found by this second one, which comes after the snapshots.
  const others = (await findFiles(data)).filter((file) => !file.database);
  const otherProgress = createProgress("Copying files", call.terminal);
  for (const [index, { path }] of others.entries()) {
    await mkdir(dirname(target(path)), { recursive: true, mode: 0o700 });
    const copied = await copyUnlessGone(join(data, path), target(path));
    if (copied) files.push({ path, ...copied });
    otherProgress.update(index + 1, others.length);
  }
  otherProgress.end();
  return { format: 1, marquee: programVersion(), takenAt, files };
}

/** A file that was superseded and removed while the backup ran is none of the backup's. */
async function copyUnlessGone(from: string, to: string): Promise<{ bytes: number; sha256: string } | undefined> {
  try {
    return await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await rm(to, { force: true });
    return undefined;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
