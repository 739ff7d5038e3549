// `marquee recover`: what a fleet's workers do by themselves, by hand; and for partitions that a fault has closed, only so.

import { isFleet } from "../config.ts";
import { wholeFlag, type Command } from "./command.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { withServices } from "./services.ts";

export const recover: Command = {
  name: "recover",
  summary: "make partitions of a fleet sell again",
  about:
    "Recovers partitions whose sales are paused: applies what their log still has, rebuilds the rest from the store, asks the payment\n" +
    "provider what was lost, and opens them. Workers do so by themselves, but for partitions that a fault has closed: look at the\n" +
    "reason in the log, and run `marquee verify`, before you open these. Partitions that sell are left alone.",
  positionals: [],
  flags: { partition: { value: "N", describe: "this partition alone [all]" } },
  examples: ["marquee recover", "marquee recover --partition 17"],
  exits: [exitCodes.failed, exitCodes.unavailable],
  async run(call) {
    const { config, terminal, flags } = call;
    if (!isFleet(config)) {
      const sentence = "One process alone recovers whenever it starts; `marquee recover` is for a fleet.";
      throw new CommandError(exitCodes.usage, sentence);
    }
    const refuse = (sentence: string) => new CommandError(exitCodes.usage, sentence);
    const only = wholeFlag(call, "partition", { fallback: -1, min: 0, max: 65_535 }, refuse);
    const { recoverByHand } = await import("../app/recovery.ts");
    const done = await withServices(() => recoverByHand(config, flags["partition"] === undefined ? undefined : only));
    let failed = 0;
    for (const { partition, outcome, entered, refunded, voided, reason } of done) {
      if (outcome === "failed" || outcome === "busy") failed += 1;
      if (outcome === "open") continue;
      const orders =
        entered + voided > 0 ? `; lost orders: ${entered} entered again, ${voided} given their money back` : "";
      const lost = refunded > 0 ? `${orders}; lost refunds: ${refunded} entered again` : orders;
      terminal.write(`partition ${partition}: ${said[outcome]}${reason === undefined ? "" : ` (${reason})`}${lost}\n`);
    }
    const open = done.filter(({ outcome }) => outcome === "open").length;
    terminal.write(`${done.length - open - failed} recovered, ${open} were selling, ${failed} do not sell.\n`);
    return failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

const said = {
  open: "was selling",
  continued: "sells again, its data were whole",
  rebuilt: "sells again, rebuilt from the store",
  busy: "is being recovered by a worker",
  stopped: "stays closed",
  failed: "could not be recovered",
} as const;
