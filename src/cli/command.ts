// What a command of `marquee` is, and what it gets to work with.

import type { Config } from "../config.ts";

/** A flag that only this command has; settings are flags of every command. */
export interface CommandFlag {
  /** How the value is called in the help; undefined for a flag without one. */
  value?: string;
  describe: string;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What it does, for its own help. */
  about: string;
  /** Names of what stands behind the flags, all of them required. */
  positionals: readonly string[];
  flags: Readonly<Record<string, CommandFlag>>;
  examples: readonly string[];
  /** The codes it can end with, besides those of every command. */
  exits: readonly number[];
  /** Answers the exit code. Throws CommandError for what it refuses. */
  run(call: CommandCall): Promise<number>;
}

/** One call of a command. */
export interface CommandCall {
  config: Config;
  /** Values of the command's own flags; "" for one without a value. */
  flags: Readonly<Record<string, string | undefined>>;
  positionals: readonly string[];
  terminal: Terminal;
  /** Aborted by the first SIGINT or SIGTERM. */
  stop: AbortSignal;
}

/** Where a command writes to. */
export interface Terminal {
  /** Whether a person looks at it: lines may be drawn again. */
  interactive: boolean;
  columns: number;
  write(text: string): void;
  /** Milliseconds, for how long things take. */
  now(): number;
}

/** A whole number of a flag, or `fallback`. Throws what `refuse` makes of a sentence. */
export function wholeFlag(
  call: Pick<CommandCall, "flags">,
  name: string,
  range: { fallback: number; min: number; max: number },
  refuse: (sentence: string) => Error,
): number {
  const text = call.flags[name];
  if (text === undefined) return range.fallback;
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < range.min || value > range.max) {
    throw refuse(`--${name} must be a whole number from ${range.min} to ${range.max}, not "${text}".`);
  }
  return value;
}
