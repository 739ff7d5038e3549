// `marquee migrate`: brings the store to the newest shape. `serve` does it as well; this is for those who want it apart.

import { isFleet, type Config } from "../config.ts";
import { makeKeys, migrateInstallation } from "../installation.ts";
import type { Command, Terminal } from "./command.ts";
import { takeDataFolder } from "./data-folder.ts";
import { exitCodes } from "./exit-codes.ts";
import { withServices } from "./services.ts";

export const migrate: Command = {
  name: "migrate",
  summary: "bring the store to the shape that this Marquee needs",
  about:
    "Applies the migrations that the store lacks, in order, and names them. Makes the data folder and the store if needed; for a fleet\n" +
    "the tables in its database, and the key file that all its processes need.",
  positionals: [],
  flags: {},
  examples: ["marquee migrate", "marquee migrate --data /srv/marquee"],
  exits: [exitCodes.unavailable, exitCodes.taken],
  async run({ config, terminal }) {
    if (isFleet(config)) {
      await withServices(() => migrateStore(config, terminal));
      if (makeKeys(config.keys)) {
        terminal.write(
          `Made the keys in ${config.keys}: every process of the fleet needs this file, and a backup of it.\n`,
        );
      }
      return exitCodes.ok;
    }
    const release = takeDataFolder(config.data, "migrate");
    try {
      await migrateStore(config, terminal);
    } finally {
      release();
    }
    return exitCodes.ok;
  },
};

async function migrateStore(config: Config, terminal: Terminal): Promise<void> {
  const names = await migrateInstallation(config);
  for (const name of names) terminal.write(`applied ${name}\n`);
  terminal.write(
    names.length === 0 ? "The store has its newest shape already.\n" : "The store has its newest shape.\n",
  );
}
