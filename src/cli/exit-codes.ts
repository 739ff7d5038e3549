/** What `marquee` tells the shell; the numbers of sysexits.h where one fits. */
export const exitCodes = {
  ok: 0,
  /** A check failed, or an invariant is broken. */
  failed: 1,
  usage: 64,
  /** A file or folder that was named is not what it must be. */
  noInput: 66,
  /** The port is taken, or something that is needed does not answer. */
  unavailable: 69,
  /** A fault of Marquee itself. */
  software: 70,
  /** The disk refused a write that sales rest on: full, or broken. */
  disk: 74,
  /** Somebody else holds the data folder: try again later. */
  taken: 75,
  config: 78,
} as const;

/** What each code means, for `--help` and docs/operations.md. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  [exitCodes.ok]: "done",
  [exitCodes.failed]: "a check failed, or an invariant is broken",
  [exitCodes.usage]: "the command line is wrong",
  [exitCodes.noInput]: "a file or folder is not what it must be",
  [exitCodes.unavailable]: "the port is taken, or a service that is needed does not answer",
  [exitCodes.software]: "a fault of Marquee itself",
  [exitCodes.disk]: "the disk refused a write that sales rest on; nothing sold is lost",
  [exitCodes.taken]: "another process holds the data folder",
  [exitCodes.config]: "a setting is wrong",
};

/** Ends a command with a sentence and an exit code. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, sentence: string) {
    super(sentence);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}
