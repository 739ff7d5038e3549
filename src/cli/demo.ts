// `marquee demo`: fills an empty data folder with the demo.

import { loadDemo } from "../../demo/generate.ts";
import { sellPast } from "../../demo/past.ts";
import { createManyTimes } from "../../demo/past/times.ts";
import { fillInstallation } from "../app/filling.ts";
import { withInventedSales } from "../app/invented-sales.ts";
import { isFleet, type Config } from "../config.ts";
import { makeAccounts } from "../installation.ts";
import { createCatalogueStore } from "../store/catalogue.ts";
import { wholeFlag, type Command, type CommandCall } from "./command.ts";
import { isEmptyFolder, takeDataFolder } from "./data-folder.ts";
import { demoPeople, demoSignIns, plannedDemoAccounts } from "./demo-accounts.ts";
import { isHalfLoaded, loadOnce, refuseHalfLoaded } from "./demo-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { withServices } from "./services.ts";

/** Which demo. */
export interface DemoChoice {
  seed: number;
  days: number;
  national: boolean;
}

export const demo: Command = {
  name: "demo",
  summary: "fill an empty data folder with the demo",
  about:
    "Loads films, concerts, venues and showings from today on into an empty data folder, with accounts whose password is public, and\n" +
    "sells tickets of the last four weeks and the next days there, which mails nobody; a fleet's demo begins unsold. The same seed\n" +
    "gives the same demo. A folder that holds an installation is refused; in a fleet, a database that does.",
  positionals: [],
  flags: {
    national: { describe: "1,000 venues with 300,000 showings a day, instead of 60 venues" },
    days: { value: "N", describe: "days of showings [7; 14 with --national]" },
    seed: { value: "N", describe: "which demo [1]" },
  },
  examples: ["marquee demo", "marquee demo --national --data /srv/marquee-demo", "marquee demo --days 3 --seed 42"],
  exits: [exitCodes.noInput, exitCodes.unavailable, exitCodes.taken],
  run,
};

async function run(call: CommandCall): Promise<number> {
  const { config, terminal, flags } = call;
  const refuse = (sentence: string) => new CommandError(exitCodes.usage, sentence);
  const national = flags["national"] !== undefined;
  const choice: DemoChoice = {
    national,
    days: wholeFlag(call, "days", { fallback: national ? 14 : 7, min: 1, max: 60 }, refuse),
    seed: wholeFlag(call, "seed", { fallback: 1, min: 0, max: 2 ** 32 - 1 }, refuse),
  };
  if (isFleet(config)) {
    const progress = createProgress("Loading the demo", terminal);
    await withServices(() => fillFleet(config, choice, (done, total) => progress.update(done, total), call.stop));
    progress.end();
    terminal.write(`${["", ...demoSignIns()].join("\n")}\n`);
    return exitCodes.ok;
  }
  const release = takeDataFolder(config.data, "demo");
  try {
    if (!isEmptyFolder(config.data) && !isHalfLoaded(config.data)) {
      throw new CommandError(exitCodes.noInput, `${config.data} is not empty; the demo needs an empty data folder.`);
    }
    if (!(await installDemo(call, choice))) refuseHalfLoaded(config.data);
  } finally {
    release();
  }
  terminal.write(`${["", ...demoSignIns(), "", "`marquee serve` opens it."].join("\n")}\n`);
  return exitCodes.ok;
}

/** Loads the demo into a fleet's empty database, its Redis and its origin. Throws CommandError if the database is not empty. */
export async function fillFleet(
  config: Config,
  choice: DemoChoice,
  onProgress: (done: number, total: number) => void = () => undefined,
  stop?: AbortSignal,
): Promise<void> {
  const now = Date.now();
  const { sellerIds } = await fillInstallation(
    config,
    () => now,
    async (filling) => {
      if ((await createCatalogueStore(filling.store).venues()).length > 0) {
        throw new CommandError(
          exitCodes.noInput,
          "The database holds an installation already; the demo needs an empty one.",
        );
      }
      return loadDemo({ ...filling, ...choice, now, onProgress, ...(stop ? { stop } : {}) });
    },
  );
  await makeAccounts(config, plannedDemoAccounts(sellerIds));
}

/**
 * Loads the demo into the call's data folder, which the caller has taken and found empty or half loaded. Answers whether it is
 * there: false if the call was stopped, which leaves the folder half loaded.
 */
export async function installDemo({ config, terminal, stop }: CommandCall, choice: DemoChoice): Promise<boolean> {
  const now = Date.now();
  try {
    await loadOnce(config.data, { loadedAt: new Date(now).toISOString(), ...choice }, async () => {
      const progress = createProgress("Loading the demo", terminal);
      const onProgress = (done: number, total: number) => progress.update(done, total);
      const { sellerIds } = await fillInstallation(
        config,
        () => now,
        (filling) => loadDemo({ ...filling, ...choice, now, past: true, onProgress, stop }),
      );
      await makeAccounts(config, plannedDemoAccounts(sellerIds));
      progress.end();
      await sellInstalled({ config, terminal, stop }, choice, now);
    });
    return true;
  } catch (error) {
    if (stop.aborted && error === stop.reason) return false;
    throw error;
  }
}

/** Sells what people bought in the last weeks. The clock that tells of them is no other part's. */
async function sellInstalled(
  { config, terminal, stop }: Pick<CommandCall, "config" | "terminal" | "stop">,
  choice: DemoChoice,
  now: number,
): Promise<void> {
  const progress = createProgress("Selling its past", terminal);
  const onProgress = (done: number, total: number) => progress.update(done, total);
  const times = createManyTimes(now);
  await withInventedSales(config, times.clock, (parts) =>
    sellPast({ ...parts, ...choice, times, now, people: demoPeople, onProgress, stop }),
  );
  progress.end();
}
