// What `npm test` prints, and when it fails: besides a failed test, also when a suite that must run did not. Node's runner
// calls a skip a success; here only a reason from the list below makes it one.

import { existsSync, readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { EventData } from "node:test";
import { watchdogMark } from "./watchdog.ts";

/** Reasons that may stand behind `skip`, by their first words. */
const allowedReasons: readonly string[] = ["only on Linux:", "only as an unprivileged user:"];

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * Contract suites that must have run: for every port one file for each of its back ends. A back end is what lies beside
 * port.ts in a folder of its own, or as a file for the small ones.
 */
export function requiredContracts(): readonly string[] {
  const backEndsOf: Record<string, readonly string[]> = {
    inventory: foldersOf("src/inventory"),
    payments: foldersOf("src/payments"),
    // One code for both, so no folders: src/store/sqlite.ts and postgres.ts.
    store: ["sqlite", "postgres"],
    // Each is one file: of src/bus, of src/catalogue, of src/media.
    bus: ["memory", "redis"],
    published: ["folder", "redis"],
    origin: ["folder", "s3"],
  };
  return Object.entries(backEndsOf).flatMap(([port, backEnds]) =>
    backEnds.map((backEnd) => `test/contracts/${port}-${backEnd}.test.ts`),
  );
}

function foldersOf(path: string): readonly string[] {
  if (!existsSync(`${root}${path}`)) return [];
  return readdirSync(`${root}${path}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

interface Counted {
  passed: number;
  failed: number;
  skipped: number;
  ms: number;
}

type TestEvent =
  | { type: "test:pass"; data: EventData.TestPass }
  | { type: "test:fail"; data: EventData.TestFail }
  | { type: string; data: unknown };

/** A reporter for `node --test`: a line for each file, the failures in full, and the closing line. */
export default async function* collector(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Map<string, Counted>();
  /** Files in which something passed. */
  const ran = new Set<string>();
  const faults: string[] = [];
  let failures = "";
  for await (const event of source) {
    if (event.type === "test:stderr") {
      const { message } = event.data as EventData.TestStderr;
      if (message.startsWith(watchdogMark)) yield message;
    }
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const data = event.data as EventData.TestPass | EventData.TestFail;
    const file = fileOf(data);
    if (event.type === "test:pass") ran.add(file);
    const count = files.get(file) ?? { passed: 0, failed: 0, skipped: 0, ms: 0 };
    files.set(file, count);
    if (data.nesting === 0) count.ms += data.details.duration_ms;
    // What only sums up the tests inside it is not counted again; a suite whose own hook failed is.
    if (sumsUp(event.type, data)) continue;
    if (event.type === "test:fail") {
      count.failed += 1;
      failures += failureText(file, data as EventData.TestFail);
      yield `FAILED  ${file}: ${data.name}\n`;
      continue;
    }
    const reason = skipReason(data);
    if (reason === undefined) count.passed += 1;
    else {
      count.skipped += 1;
      if (!allowedReasons.some((start) => reason.startsWith(start))) {
        faults.push(`${file}: "${data.name}" was skipped (${reason || "no reason given"}), and must run.`);
      }
    }
  }
  for (const contract of requiredContracts()) {
    if (!ran.has(contract)) faults.push(`${contract} did not run: a back end is not judged.`);
  }
  yield* report(files, failures, faults);
}

/** The file that was run: a shared test stands in another one. */
function fileOf(data: EventData.TestPass | EventData.TestFail): string {
  const path = data.entryFile ?? data.file;
  return path === undefined ? "?" : relative(root, path).replaceAll("\\", "/");
}

function sumsUp(type: string, data: EventData.TestPass | EventData.TestFail): boolean {
  if (type === "test:pass") return data.details.type === "suite";
  const { error } = (data as EventData.TestFail).details;
  return "failureType" in error && error.failureType === "subtestsFailed";
}

function skipReason(data: EventData.TestPass | EventData.TestFail): string | undefined {
  const mark = data.skip ?? data.todo;
  if (mark === undefined || mark === false) return undefined;
  return typeof mark === "string" ? mark : "";
}

function failureText(file: string, data: EventData.TestFail): string {
  const { error } = data.details;
  const cause = error.cause instanceof Error ? error.cause : error;
  return `\n${file}:${data.line ?? "?"} ${data.name}\n${inspect(cause).replaceAll(/^/gm, "  ")}\n`;
}

function* report(files: ReadonlyMap<string, Counted>, failures: string, faults: readonly string[]): Generator<string> {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [file, count] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const failed = count.failed > 0 ? `, ${count.failed} failed` : "";
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    yield `${(count.ms / 1000).toFixed(1).padStart(7)} s  ${file}: ${count.passed} passed${failed}${skipped}\n`;
  }
  yield failures;
  for (const fault of faults) yield `${fault}\n`;
  if (faults.length > 0 || files.size === 0) process.exitCode = 1;
  yield `${total.passed} passed, ${total.failed + faults.length} failed, ${total.skipped} skipped\n`;
}
