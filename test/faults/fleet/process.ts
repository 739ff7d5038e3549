// An application process or a worker as the struck fleet runs it: the real one, which looks at each step whether it is to strike.

import { existsSync, readFileSync, renameSync } from "node:fs";
import { processTree } from "../../../deploy/local/process-tree.ts";
import { openApp } from "../../../src/app.ts";
import { openWorker } from "../../../src/app/worker.ts";
import { readConfig } from "../../../src/config.ts";
import type { Strike } from "./strikes.ts";

const file = process.env["STRIKE_FILE"] ?? "";

/** Does what the file says if this is the step it names: once, in whichever process comes first. */
function reached(step: string): void {
  if (!existsSync(file)) return;
  let strike: Strike;
  try {
    strike = JSON.parse(readFileSync(file, "utf8")) as Strike;
    if (strike.step !== step) return;
    renameSync(file, `${file}.${process.pid}`);
  } catch {
    // Another process was faster.
    return;
  }
  const pids = strike.pid === undefined ? [process.pid] : processTree(strike.pid);
  for (const pid of pids) process.kill(pid, strike.signal);
}

const config = readConfig({}, process.env);
const running = process.argv[2] === "work" ? await openWorker(config, { reached }) : await openApp(config, { reached });
process.on("SIGTERM", () => void running.close().then(() => process.exit(0)));
await running.listen();
