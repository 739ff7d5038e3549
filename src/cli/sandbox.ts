// `marquee sandbox`: the payment sandbox as a process of its own, until it is told to stop.

import { once } from "node:events";
import { isIP } from "node:net";
import type { Config } from "../config.ts";
import type { Command, CommandCall } from "./command.ts";
import { takeDataFolder } from "./data-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { portTrouble } from "./port.ts";

export const sandbox: Command = {
  name: "sandbox",
  summary: "be the payment provider of a fleet that moves no money",
  about:
    "Answers the processes of a fleet whose MARQUEE_PAYMENTS is this address. Keeps its books in the data folder, durably before it\n" +
    "answers, and holds that folder for itself: give it one of its own. Moves no money, but behaves like a provider that does.\n" +
    "Answers /healthz.",
  positionals: [],
  flags: {
    demo: { describe: "go without MARQUEE_PAYMENTS_SECRET, for this machine only" },
    faults: { describe: "misbehave when told to by PUT /faults, for tests" },
  },
  examples: ["MARQUEE_PAYMENTS_SECRET=… marquee sandbox --data /srv/sandbox --port 4000", "marquee sandbox --demo"],
  exits: [exitCodes.unavailable, exitCodes.disk, exitCodes.taken],
  run,
};

async function run({ config, flags, terminal, stop }: CommandCall): Promise<number> {
  refuseOpenDoor(config, flags["demo"] !== undefined);
  const trouble = await portTrouble(config);
  if (trouble !== undefined) throw new CommandError(exitCodes.unavailable, trouble);
  const release = takeDataFolder(config.data, "sandbox");
  try {
    // Loaded only when needed: a refusal is a sentence at once.
    const { openSandboxProcess } = await import("../app/sandbox-process.ts");
    const provider = await openSandboxProcess(config, flags["faults"] !== undefined);
    try {
      terminal.write(`The payment sandbox answers at ${await provider.listen()}\n`);
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await provider.close();
    }
    return exitCodes.ok;
  } finally {
    release();
  }
}

/** Whoever reaches the provider can refund orders: without a secret it is for this machine, and only where that was asked for. */
function refuseOpenDoor({ paymentsSecret, host }: Config, demo: boolean): void {
  if (paymentsSecret !== "") return;
  if (!demo) {
    throw new CommandError(
      exitCodes.config,
      "MARQUEE_PAYMENTS_SECRET is not set: whoever reaches the provider could refund orders. Set the same for it and the fleet.",
    );
  }
  if (host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))) return;
  throw new CommandError(
    exitCodes.config,
    `Others can reach ${host}: --demo without MARQUEE_PAYMENTS_SECRET is for this machine only.`,
  );
}
