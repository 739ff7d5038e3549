// Loaded into every test file's process by `npm test`. A process whose tests are over, but which something keeps open, is
// ended with a sentence that says what; without it one child that does not stop would hang the whole run.

import { isMainThread } from "node:worker_threads";

/** What it says begins with this. */
export const watchdogMark = "watchdog";

/** Longer than the longest file takes on a busy machine of two cores. */
const limitMs = 6 * 60_000;

// The runner itself loads this too, and lives as long as all files together.
if (isMainThread && process.env["NODE_TEST_CONTEXT"] !== undefined) {
  // Does not keep the process open itself.
  setTimeout(() => void end(), limitMs).unref();
}

async function end(): Promise<void> {
  const held = process.getActiveResourcesInfo().join(", ");
  process.stderr.write(
    `${watchdogMark}: ${process.argv[1]} did not end within ${limitMs / 1000} s. It is held open by: ${held}\n`,
  );
  const { processTree, titleOf } = await import("../deploy/local/process-tree.ts");
  const [own = process.pid, ...below] = processTree(process.pid);
  // What it started goes too: the runner waits for everybody who holds this process's output.
  for (const pid of below) {
    process.stderr.write(`${watchdogMark}: it had started ${titleOf(pid)}\n`);
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  }
  // Not exit(): that waits for threads, and a thread that does not answer may be why we are here.
  process.kill(own, "SIGKILL");
}
