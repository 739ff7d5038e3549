// `marquee doctor`: what would go wrong on this machine, before it does.

import type { Command } from "./command.ts";
import { isFleet } from "../config.ts";
import { checks, machineChecks, type Finding, type Machine } from "./doctor-checks.ts";
import { exitCodes } from "./exit-codes.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "check machine, folder and settings before they matter",
  about:
    "Checks Node, the data folder and its disk, SQLite's promises and speed there, the port, the clock, the mail server and the\n" +
    "published catalogue; in a fleet, PostgreSQL, Redis, the payment provider, the origin and the keys. Prints a line for each: ok,\n" +
    "warn or fail. Changes nothing and can run beside a serving process.",
  positionals: [],
  flags: {},
  examples: ["marquee doctor", "marquee doctor --data /srv/marquee --port 80"],
  exits: [exitCodes.failed],
  async run({ config, terminal }) {
    const machine: Machine = {
      nodeVersion: process.versions.node,
      wallMs: () => Date.now(),
      elapsedMs: () => performance.now(),
    };
    let failed = 0;
    const tell = ({ level, sentence }: Finding) => {
      if (level === "fail") failed += 1;
      terminal.write(`${level.padEnd(4)}  ${sentence}\n`);
    };
    if (!isFleet(config)) {
      for (const check of checks) tell(await check(config, machine));
    } else {
      for (const check of machineChecks) tell(await check(config, machine));
      const { checkServices } = await import("../app/fleet-checks.ts");
      for (const finding of await checkServices(config)) tell(finding);
    }
    return failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
};
