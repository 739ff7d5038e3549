// The command line: which command, which flags, and the help about both.

import { parseArgs } from "node:util";
import { ConfigError, readConfig, settings, variableOf, type Config } from "../config.ts";
import type { Command } from "./command.ts";
import { CommandError, exitCodeMeanings, exitCodes } from "./exit-codes.ts";

/** What a command line asks of one command. */
export interface ParsedCall {
  help: boolean;
  /** Settings given as flags, by flag name. */
  settingFlags: Record<string, string>;
  flags: Record<string, string>;
  positionals: string[];
}

const settingFlagNames = Object.values(settings).map((setting) => setting.flag);

/** Reads what stands behind the command's name. Throws CommandError with exit code 64 for what nobody knows. */
export function parseCall(command: Command, argv: readonly string[]): ParsedCall {
  const options: Record<string, { type: "string" | "boolean"; short?: string }> = {
    help: { type: "boolean", short: "h" },
  };
  for (const name of settingFlagNames) options[name] = { type: "string" };
  for (const [name, flag] of Object.entries(command.flags)) {
    options[name] = { type: flag.value === undefined ? "boolean" : "string" };
  }
  const parsed: ParsedCall = { help: false, settingFlags: {}, flags: {}, positionals: [] };
  let found: ReturnType<typeof parseArgs>;
  try {
    found = parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw usageError(command, (error as Error).message.split(". ")[0] ?? "The command line is not understood");
  }
  for (const [name, value] of Object.entries(found.values)) {
    if (name === "help") parsed.help = true;
    else if (settingFlagNames.includes(name)) parsed.settingFlags[name] = String(value);
    else parsed.flags[name] = typeof value === "string" ? value : "";
  }
  parsed.positionals = found.positionals;
  if (!parsed.help) checkPositionals(command, parsed.positionals);
  return parsed;
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const missing = command.positionals[positionals.length];
  if (missing !== undefined) throw usageError(command, `It needs a ${missing}`);
  const extra = positionals[command.positionals.length];
  if (extra !== undefined) throw usageError(command, `"${extra}" is one word too many`);
}

function usageError(command: Command, sentence: string): CommandError {
  return new CommandError(exitCodes.usage, `${sentence}. See \`marquee ${command.name} --help\`.`);
}

/** The settings of a call. Throws CommandError with exit code 78 and the sentence that names the wrong one. */
export function configOf(
  call: ParsedCall,
  environment: Readonly<Record<string, string | undefined>> | undefined,
): Config {
  try {
    return readConfig(call.settingFlags, environment);
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(exitCodes.config, error.message);
    throw error;
  }
}

/** `marquee --help`. */
export function generalHelp(commands: readonly Pick<Command, "name" | "summary">[]): string {
  return [
    "Marquee sells tickets for shows: find, pick seats, pay, get in.",
    "",
    "Usage: marquee <command> [flags]",
    "",
    "Commands:",
    ...table(commands.map((command) => [command.name, command.summary])),
    "",
    "`marquee <command> --help` says more about one; `marquee --version` says which Marquee this is.",
    "",
    ...settingsHelp(),
  ].join("\n");
}

/** `marquee <command> --help`. */
export function commandHelp(command: Command): string {
  const words = ["marquee", command.name, ...command.positionals.map((name) => `<${name}>`), "[flags]"];
  const own = Object.entries(command.flags).map(([name, flag]): [string, string] => [
    flag.value === undefined ? `--${name}` : `--${name} <${flag.value}>`,
    flag.describe,
  ]);
  const codes = [exitCodes.ok, ...command.exits, exitCodes.usage, exitCodes.software, exitCodes.config];
  return [
    command.about,
    "",
    `Usage: ${words.join(" ")}`,
    "",
    ...(own.length > 0 ? ["Flags:", ...table(own), ""] : []),
    ...settingsHelp(),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
    "Exit codes:",
    ...table([...new Set(codes)].sort((a, b) => a - b).map((code) => [String(code), exitCodeMeanings[code] ?? ""])),
  ].join("\n");
}

function settingsHelp(): string[] {
  const rows = Object.values(settings).map((setting): [string, string] => [
    `--${setting.flag}`,
    `${setting.describe} [${setting.fallback || "none"}; ${variableOf(setting.flag)}]`,
  ]);
  return ["Settings, each a flag or an environment variable; the flag wins:", ...table(rows)];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
