// `marquee work`: one of a fleet's workers, until it is told to stop.

import { once } from "node:events";
import { isFleet, type Config } from "../config.ts";
import { migrateInstallation } from "../installation.ts";
import type { Command, CommandCall } from "./command.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { portTrouble } from "./port.ts";
import { withServices } from "./services.ts";

export const work: Command = {
  name: "work",
  summary: "make history of what a fleet sells, and do what nobody asks for",
  about:
    "One of a fleet's workers: applies the sales log to the store, recovers partitions, settles open payments, publishes, sends mails.\n" +
    "Any number share the work, and take over from each other. Migrates the store first. Answers /healthz, /readyz and /metrics.",
  positionals: [],
  flags: {},
  examples: ["marquee work", "marquee work --port 9100"],
  exits: [exitCodes.unavailable],
  run,
};

/** How soon a store that is away is tried again. */
const retryMs = 1_000;

async function run({ config, terminal, stop }: CommandCall): Promise<number> {
  if (!isFleet(config)) {
    throw new CommandError(
      exitCodes.usage,
      "Workers are part of a fleet, which has MARQUEE_DATABASE and MARQUEE_REDIS; `marquee serve` alone needs none.",
    );
  }
  const trouble = await portTrouble(config);
  if (trouble !== undefined) throw new CommandError(exitCodes.unavailable, trouble);
  await migrateWhenThere(config, stop);
  if (stop.aborted) return exitCodes.ok;
  const { openWorker } = await import("../app/worker.ts");
  const worker = await withServices(() => openWorker(config));
  try {
    terminal.write(`A worker answers at ${await worker.listen()}\n`);
    if (!stop.aborted) await once(stop, "abort");
  } finally {
    await worker.close();
  }
  return exitCodes.ok;
}

/** Waits for the store: workers and database may be started in any order. */
async function migrateWhenThere(config: Config, stop: AbortSignal): Promise<void> {
  let said = false;
  while (!stop.aborted) {
    try {
      await withServices(() => migrateInstallation(config));
      return;
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== exitCodes.unavailable) throw error;
      if (!said) console.error(`${error.message} Waiting for it.`);
      said = true;
      await Promise.race([new Promise((resolve) => setTimeout(resolve, retryMs)), once(stop, "abort")]);
    }
  }
}
