// What a fleet's processes need of others, said in sentences when it is not there.

import { ConfigError, isFleet, type Config } from "../config.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** The store's tables are not there (PostgreSQL's 42P01). */
const noTable = "42P01";

/**
 * Does some work of a fleet's process. Throws CommandError for what is no fault of Marquee: a wrong setting (78), a service that
 * does not answer or is not set as it must be (69), a database without Marquee's tables (66).
 */
export async function withServices<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError || !(error instanceof Error)) throw error;
    if (error instanceof ConfigError) throw new CommandError(exitCodes.config, error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === noTable) {
      throw new CommandError(
        exitCodes.noInput,
        "The database has no tables of Marquee yet: `marquee migrate` makes them.",
      );
    }
    if (isOfService(error)) throw new CommandError(exitCodes.unavailable, sentenceOf(error));
    throw error;
  }
}

/** Errors by which the back ends say that what they rest on is away, or unfit. */
const serviceErrors: ReadonlySet<string> = new Set(["StoreUnavailable", "RedisUnfit", "OriginError", "PaymentUnknown"]);

function isOfService(error: Error): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    serviceErrors.has(error.constructor.name) ||
    syscall === "connect" ||
    /^(?:ECONN|ENOTFOUND|ETIMEDOUT)/.test(code ?? "")
  );
}

function sentenceOf(error: Error): string {
  const { syscall, code } = error as NodeJS.ErrnoException;
  const text =
    syscall === "connect" ? `A service of the fleet does not answer: ${error.message || code}` : error.message;
  return /[.!]$/.test(text) ? text : `${text}.`;
}

/** Throws CommandError if the settings are those of a fleet: the command is about a data folder. */
export function refuseFleet(config: Config, sentence: string): void {
  if (isFleet(config)) throw new CommandError(exitCodes.usage, sentence);
}
