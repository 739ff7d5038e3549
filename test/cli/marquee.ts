// Runs the real command line in a process of its own.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../bin/marquee.mjs", import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `marquee` with these arguments; no setting of the surrounding shell reaches it. */
export function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("MARQUEE_") && name !== "NODE_OPTIONS",
  );
  return spawn(process.execPath, [entry, ...args], {
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs `marquee` to its end. */
export function marquee(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(start(args, environment));
}

export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder of the test's own, gone when it ends. */
export function temporaryFolder(t: Pick<TestContext, "after">): string {
  const folder = mkdtempSync(join(tmpdir(), "marquee-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
