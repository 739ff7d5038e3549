// Servers under load run as processes of their own, so that the load's work is not counted as theirs.

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Running {
  url: string;
  pid: number;
  /** From the fork to the first answer, ms. */
  startMs: number;
  /** Resident memory of the process, bytes. */
  residentBytes(): number;
  /** Asks the process something over its channel. */
  ask(question: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `bench/<file>` with arguments; it sends `{ url }` when it answers. */
export async function start(file: string, args: readonly string[]): Promise<Running> {
  const began = performance.now();
  const child: ChildProcess = fork(new URL(file, import.meta.url), args, {
    execArgv: ["--import", new URL("../bin/tsx-hook.mjs", import.meta.url).href],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [message] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`${file} ended before it answered`);
    }),
  ])) as [{ url: string }];
  return {
    url: message.url,
    pid: child.pid ?? 0,
    startMs: performance.now() - began,
    residentBytes() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    },
    async ask(question) {
      child.send({ question });
      const [answer] = (await once(child, "message")) as [{ answer: unknown }];
      return answer.answer;
    },
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
