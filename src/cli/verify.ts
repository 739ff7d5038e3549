// `marquee verify`: do the sales log, the store and the payments still agree?

import { isFleet, type Config } from "../config.ts";
import { verifyFolder } from "../installation.ts";
import type { Check } from "../sales/verify/findings.ts";
import type { Command } from "./command.ts";
import { requireInstallation } from "./data-folder.ts";
import { exitCodes } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { withServices } from "./services.ts";

/** Violations of one rule that are printed in full; the rest is counted. */
const shown = 20;

export const verify: Command = {
  name: "verify",
  summary: "check that no seat, ticket or payment contradicts another",
  about:
    "Reads the sales log, the store and the payments, and prints a line for each rule that must hold: how much was examined, and every\n" +
    "violation. Changes nothing and can run beside a serving process; what is under way at that moment is not counted against it.",
  positionals: [],
  flags: {},
  examples: ["marquee verify", "marquee verify --data /srv/marquee"],
  exits: [exitCodes.failed, exitCodes.noInput, exitCodes.unavailable],
  async run({ config, terminal }) {
    if (!isFleet(config)) requireInstallation(config.data);
    const progress = createProgress("Verifying", terminal);
    const findings = await withServices(() =>
      verifyInstallation(config, (done, total) => progress.update(done, total)),
    );
    progress.end();
    let violations = 0;
    for (const { rule, examined, underWay, violations: broken } of findings) {
      violations += broken.length;
      terminal.write(
        `${broken.length === 0 ? "ok  " : "FAIL"}  ${rule}: ${examined} examined${underWay === 0 ? "" : `, ${underWay} under way`}\n`,
      );
      for (const sentence of broken.slice(0, shown)) terminal.write(`        ${sentence}\n`);
      if (broken.length > shown) terminal.write(`        and ${broken.length - shown} more\n`);
    }
    terminal.write(violations === 0 ? "Every rule holds.\n" : `${violations} violations.\n`);
    return violations === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

function verifyInstallation(
  config: Config,
  progress: (done: number, total: number) => void,
): Promise<readonly Check[]> {
  if (!isFleet(config)) return verifyFolder(config.data, progress);
  return withServices(async () => (await import("../app/verify-fleet.ts")).verifyFleet(config, progress));
}
