// `marquee restore <folder>`: brings a backup back, into an empty data folder only.

import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { copyFile, isInside, readManifest, type ManifestFile } from "./backup-folder.ts";
import type { Command, CommandCall } from "./command.ts";
import { isEmptyFolder, takeDataFolder } from "./data-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { refuseFleet } from "./services.ts";

export const restore: Command = {
  name: "restore",
  summary: "bring a backup back into an empty data folder",
  about:
    "Copies a backup into an empty data folder and compares every file with the hash in the manifest. A data folder that holds\n" +
    "anything is refused: move it away first, so that nothing is ever overwritten.",
  positionals: ["folder"],
  flags: {},
  examples: ["marquee restore /backups/2026-11-22", "marquee restore --data /srv/marquee-again /backups/nightly"],
  exits: [exitCodes.noInput, exitCodes.taken],
  run,
};

async function run(call: CommandCall): Promise<number> {
  const data = call.config.data;
  refuseFleet(
    call.config,
    "A fleet has no data folder to restore into: bring the database back with PostgreSQL's own means, and the key file. Workers " +
      "recover Redis from the database and the payment provider.",
  );
  const source = resolve(call.positionals[0] ?? "");
  const manifest = await readManifest(source);
  if (!manifest) throw refused(`${source} is no backup of Marquee: it has no manifest that can be read.`);
  for (const file of manifest.files) await checkNamed(source, file);
  const release = takeDataFolder(data, "restore");
  try {
    if (!isEmptyFolder(data)) throw refused(`The data folder ${data} is not empty; restore needs an empty one.`);
    const progress = createProgress("Restoring", call.terminal);
    for (const [index, file] of manifest.files.entries()) {
      await restoreFile(source, data, file);
      progress.update(index + 1, manifest.files.length);
    }
    // Named last: a restore that broke off has left no file that would be taken for an installation.
    for (const file of manifest.files) await rename(partialOf(data, file), join(data, file.path));
    progress.end();
  } catch (error) {
    for (const file of manifest.files) await rm(partialOf(data, file), { force: true });
    throw error;
  } finally {
    release();
  }
  call.terminal.write(
    `${manifest.files.length} files as of ${manifest.takenAt} are back in ${data}. \`marquee verify\` checks them; ` +
      "sales made after the backup are asked for at the payment provider when it is served again.\n",
  );
  return exitCodes.ok;
}

async function checkNamed(source: string, file: ManifestFile): Promise<void> {
  if (!isInside(file.path)) throw refused(`The manifest names "${file.path}", which lies outside the data folder.`);
  if (!existsSync(join(source, "files", file.path))) throw refused(`The backup lacks the file ${file.path}.`);
}

async function restoreFile(source: string, data: string, file: ManifestFile): Promise<void> {
  const to = partialOf(data, file);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const { bytes, sha256 } = await copyFile(join(source, "files", file.path), to);
  if (bytes !== file.bytes || sha256 !== file.sha256) {
    throw refused(`${file.path} in the backup is not what was backed up: its hash differs.`);
  }
}

function partialOf(data: string, file: ManifestFile): string {
  return join(data, `${file.path}.partial`);
}

function refused(sentence: string): CommandError {
  return new CommandError(exitCodes.noInput, sentence);
}
