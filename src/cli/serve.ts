// `marquee serve`: the whole of Marquee in one process, or one of a fleet's application processes, until it is told to stop.

import { once } from "node:events";
import { openApp, type App } from "../app.ts";
import { isFleet, type Config } from "../config.ts";
import type { Command, CommandCall } from "./command.ts";
import { isEmptyFolder, takeDataFolder } from "./data-folder.ts";
import { demoSignIns } from "./demo-accounts.ts";
import type { DemoDays } from "./demo-days.ts";
import { isHalfLoaded, loadedDemo, refuseHalfLoaded } from "./demo-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { portTrouble } from "./port.ts";
import { withServices } from "./services.ts";

export const serve: Command = {
  name: "serve",
  summary: "answer at an address: pages, API and the work behind them",
  about:
    "Migrates the store, recovers what was under way, and answers until SIGINT or SIGTERM; then requests under way are finished, ten\n" +
    "seconds at most. Holds the data folder for itself meanwhile. With the settings of a fleet it is one of its application processes:\n" +
    "it holds no folder, needs no store to start, and leaves the work behind to `marquee work`.",
  positionals: [],
  flags: { demo: { describe: "fill an empty data folder with the demo first" } },
  examples: [
    "marquee serve --demo",
    "marquee serve --data /srv/marquee --public-url https://tickets.example.org --trust-proxy 127.0.0.1",
  ],
  exits: [exitCodes.noInput, exitCodes.unavailable, exitCodes.disk, exitCodes.taken],
  run,
};

async function run(call: CommandCall): Promise<number> {
  return isFleet(call.config) ? serveFleet(call) : serveFolder(call);
}

/** One of a fleet's application processes: it holds nothing, and works without the store. */
async function serveFleet({ config, terminal, flags, stop }: CommandCall): Promise<number> {
  if (flags["demo"] !== undefined) {
    throw new CommandError(
      exitCodes.usage,
      "--demo is for one process alone; `marquee demo` fills a fleet's empty database.",
    );
  }
  await refuseTakenPort(config);
  const app = await withServices(() => openApp(config));
  try {
    terminal.write(`Marquee answers at ${addressFor(config, await listen(app))}\n`);
    if (!stop.aborted) await once(stop, "abort");
  } finally {
    await app.close();
  }
  return exitCodes.ok;
}

async function serveFolder(call: CommandCall): Promise<number> {
  const { config, terminal, stop } = call;
  const release = takeDataFolder(config.data, "serve");
  try {
    await refuseTakenPort(config);
    const empty = isEmptyFolder(config.data);
    const wantsDemo = call.flags["demo"] !== undefined;
    if (wantsDemo && (empty || isHalfLoaded(config.data))) {
      // Loaded only when needed: a second start does not read the generator and its data.
      const { installDemo } = await import("./demo.ts");
      await installDemo(call, { seed: 1, days: 7, national: false });
    }
    refuseHalfLoaded(config.data);
    if (stop.aborted) return exitCodes.ok;
    const app = await openApp(config, {}, { isDemo: loadedDemo(config.data) !== undefined });
    try {
      const address = await listen(app);
      for (const line of welcome(call, address, empty)) terminal.write(`${line}\n`);
      const days = await keptDays(call, app);
      if (!stop.aborted) await once(stop, "abort");
      await days?.stop();
    } finally {
      await app.close();
    }
    return exitCodes.ok;
  } finally {
    release();
  }
}

async function refuseTakenPort(config: Config): Promise<void> {
  const trouble = await portTrouble(config);
  if (trouble !== undefined) throw new CommandError(exitCodes.unavailable, trouble);
}

/** A demo gets new days while it is served; anything else is left alone. */
async function keptDays({ config, stop }: CommandCall, app: App): Promise<DemoDays | undefined> {
  const demo = loadedDemo(config.data);
  if (!demo || stop.aborted) return undefined;
  const { keepDemoDays } = await import("./demo-days.ts");
  return keepDemoDays(app, demo);
}

async function listen(app: App): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES" || code === "EADDRNOTAVAIL") {
      throw new CommandError(exitCodes.unavailable, `Marquee cannot answer there: ${message}.`);
    }
    throw error;
  }
}

/** What people type: the public address if there is one, else `localhost`, unless the port was left to the system. */
function addressFor({ port, publicUrl }: Config, listening: string): string {
  return port === 0 ? listening : publicUrl;
}

const loopback = new Set(["127.0.0.1", "localhost", "::1"]);

function welcome({ config, flags }: CommandCall, address: string, wasEmpty: boolean): string[] {
  const lines = [`Marquee answers at ${addressFor(config, address)}`];
  const demo = loadedDemo(config.data);
  if (demo) {
    lines.push("", ...demoSignIns());
    if (!loopback.has(config.host))
      lines.push("", "These passwords are public, and so is this address: show it to nobody who must not sell.");
  } else if (flags["demo"] !== undefined) {
    lines.push(`The data folder ${config.data} holds an installation of its own; --demo left it as it is.`);
  } else if (wasEmpty) {
    lines.push("This installation is empty. Make its first operator: marquee operator you@example.org");
  }
  return [...lines, "", "Ctrl+C stops it."];
}
