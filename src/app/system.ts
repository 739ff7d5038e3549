import type { Logger } from "pino";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import { pooledRandom } from "./random.ts";

/** What the machine gives; tests give their own. */
export interface System {
  clock: Clock;
  random: RandomBytes;
  /** For tests: kills the process at a named step or write. */
  failpoint?: string;
  /** For tests: told of each step of a sale and of the slow path, instead of the failpoint. */
  reached?(step: string): void;
  /** A write that sales rest on failed. Must end the process: memory is ahead of the disk. */
  onFatal(error: Error): void;
}

/** Exit code of a process whose disk refused a write (EX_IOERR). */
const ioError = 74;

/** The machine's own time and chance. */
export function systemOf(logger: Logger): System {
  return {
    clock: () => Date.now(),
    random: pooledRandom(),
    onFatal(error) {
      logger.fatal({ err: error }, "a write that sales rest on failed: the process ends, and starts whole");
      process.stderr.write(
        `Marquee stops: ${error.message}. Make room or mend the disk, then start it again; nothing sold is lost.\n`,
      );
      process.exit(ioError);
    },
  };
}

/** How long the sandbox lets callers wait where its token says so. */
export function sandboxTimes({ paymentTimeoutMs }: { paymentTimeoutMs: number }): {
  timeoutMs: number;
  settleMs: number;
} {
  const timeoutMs = Math.min(paymentTimeoutMs, 2_000);
  return { timeoutMs, settleMs: timeoutMs + 2_000 };
}
