// `marquee operator <e-mail>`: who runs the installation.

import { isFleet } from "../config.ts";
import { makeOperator } from "../installation.ts";
import { Refusal } from "../domain/refusals.ts";
import type { Command } from "./command.ts";
import { requireInstallation } from "./data-folder.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { withServices } from "./services.ts";

export const operator: Command = {
  name: "operator",
  summary: "make an account operator of the installation",
  about:
    "Gives an account the operator's rights. If there is no account with this e-mail address it is made, and its password is\n" +
    "printed once; change it after signing in. May run while the folder is being served; who is signed in signs in again.",
  positionals: ["e-mail"],
  flags: {},
  examples: ["marquee operator ada@example.org", "marquee operator --data /srv/marquee ada@example.org"],
  exits: [exitCodes.noInput, exitCodes.unavailable],
  async run({ config, positionals, terminal }) {
    if (!isFleet(config)) requireInstallation(config.data);
    const email = positionals[0] ?? "";
    try {
      const { password } = await withServices(() => makeOperator(config, email));
      terminal.write(`${email} is an operator.\n`);
      if (password !== undefined) terminal.write(`The account is new; its password is ${password}\n`);
    } catch (error) {
      if (error instanceof Refusal) throw new CommandError(exitCodes.usage, error.message);
      throw error;
    }
    return exitCodes.ok;
  },
};
