// `marquee migrate`: brings the store to the newest shape. `serve` does it as well; this is for those who want it apart.

import { migrateInstallation } from "../installation.ts";
import type { Command } from "./command.ts";
import { takeDataFolder } from "./data-folder.ts";
import { exitCodes } from "./exit-codes.ts";

export const migrate: Command = {
  name: "migrate",
  summary: "bring the store to the shape that this Marquee needs",
  about:
    "Applies the migrations that the store lacks, in order, and names them. Makes the data folder and the store if needed.",
  positionals: [],
  flags: {},
  examples: ["marquee migrate", "marquee migrate --data /srv/marquee"],
  exits: [exitCodes.taken],
  async run({ config, terminal }) {
    const release = takeDataFolder(config.data, "migrate");
    try {
      const names = await migrateInstallation(config.data);
      for (const name of names) terminal.write(`applied ${name}\n`);
      terminal.write(
        names.length === 0 ? "The store has its newest shape already.\n" : "The store has its newest shape.\n",
      );
    } finally {
      release();
    }
    return exitCodes.ok;
  },
};
