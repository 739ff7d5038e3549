// The function library on every master, and the settings without which Redis could forget a sale.

import { readFileSync } from "node:fs";
import { Cluster, type Redis } from "ioredis";
import type { RedisConnection } from "../../redis/connect.ts";

/** One library, in one file a subject, in this order: what a file uses stands in one before it. */
const parts = [
  "partition",
  "bindings",
  "showings",
  "holds",
  "picking",
  "orders",
  "refunds-and-stock",
  "moves",
  "housekeeping",
  "recovery",
  "registration",
];

/** The text of the function library, with its version in the second line. */
export const librarySource = parts
  .map((part) => readFileSync(new URL(`../../../lua/${part}.lua`, import.meta.url), "utf8"))
  .join("");
const versionLine = /^-- version (\d+)$/m;
const interfaceLine = /^local interface = '(\d+)'$/m;
const ownInterface = interfaceOf(librarySource);

/** A function as this program calls it. Its name carries the interface: a library with which this program does not get along has none. */
export const functionName = (name: string): string => `marquee${ownInterface}_${name}`;

/** Whether a call failed because there is no such function: no library, or one of another interface. Nothing was done. */
export const isFunctionMissing = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("Function not found");

/** Redis does not keep what it must, or is not what it should be: a sentence for the operator. */
export class RedisUnfit extends Error {}

/** All masters: a library and a setting hold for one server only. */
export function mastersOf(connection: RedisConnection): Redis[] {
  return connection instanceof Cluster ? connection.nodes("master") : [connection];
}

/**
 * Loads the library where it is missing or older. One that is newer stays: a process that starts late with an older program
 * must not take back what newer ones rely on. Loading closes every partition of that master until its recovery. Throws RedisUnfit
 * if a newer one has another interface, so that this program cannot call it.
 */
export async function loadLibrary(connection: RedisConnection): Promise<void> {
  for (const master of mastersOf(connection)) {
    const outdated = whyOutdated(await loadOn(master));
    if (outdated !== undefined) throw new RedisUnfit(outdated);
  }
}

/** The same on every master that can be reached, while the process runs. */
export async function loadWhereReachable(connection: RedisConnection): Promise<void> {
  await Promise.allSettled(mastersOf(connection).map(loadOn));
}

/** Answers the library that was there before, if there was one. */
async function loadOn(master: Redis): Promise<string | undefined> {
  const loaded = await codeOn(master);
  if (loaded !== undefined && versionOf(loaded) >= versionOf(librarySource)) return loaded;
  const replace = loaded === undefined ? [] : ["REPLACE"];
  try {
    await master.call("FUNCTION", "LOAD", ...replace, librarySource);
  } catch (error) {
    // Another process was quicker; a second time would close again what it opens.
    if (!(error instanceof Error && error.message.includes("already exists"))) throw error;
  }
  return loaded;
}

/** That a master has the library of a newer program, which this one cannot call; undefined if none has that can be reached. */
export async function outdatedBy(connection: RedisConnection): Promise<string | undefined> {
  const codes = await Promise.allSettled(mastersOf(connection).map(codeOn));
  return codes.map((code) => (code.status === "fulfilled" ? whyOutdated(code.value) : undefined)).find(Boolean);
}

function whyOutdated(loaded: string | undefined): string | undefined {
  if (loaded === undefined || interfaceOf(loaded) === ownInterface) return undefined;
  const version = versionOf(loaded);
  const own = versionOf(librarySource);
  return version < own
    ? undefined
    : `Redis has the function library of a newer Marquee (version ${version}, not ${own}), which this one cannot use: start the newer one.`;
}

/** The library's text on a master; undefined if it is not there. */
async function codeOn(master: Redis): Promise<string | undefined> {
  const found = (await master.call("FUNCTION", "LIST", "LIBRARYNAME", "marquee", "WITHCODE")) as unknown[][];
  const [loaded = []] = found;
  const code = loaded[loaded.indexOf("library_code") + 1];
  return typeof code === "string" ? code : undefined;
}

function versionOf(code: string): number {
  return Number(versionLine.exec(code)?.[1] ?? 0);
}

function interfaceOf(code: string): number {
  return Number(interfaceLine.exec(code)?.[1] ?? 0);
}

const required: Readonly<Record<string, { value: string; why: string }>> = {
  appendonly: { value: "yes", why: "what was sold must be on the disk" },
  appendfsync: { value: "always", why: "a sale is answered when it is on the disk" },
  "maxmemory-policy": { value: "noeviction", why: "seats must not be forgotten for want of memory" },
  "no-appendfsync-on-rewrite": { value: "no", why: "sales during a rewrite must be on the disk, too" },
};

/** Throws RedisUnfit unless every master keeps what it answers (R3), and, with replicas wanted, refuses writes without one. */
export async function assertSettings(connection: RedisConnection, replicas: number): Promise<void> {
  for (const master of mastersOf(connection)) {
    for (const [setting, { value, why }] of Object.entries(required)) {
      const found = await settingOf(master, setting);
      if (found !== value)
        throw new RedisUnfit(`Redis has ${setting} ${found || "unset"}; Marquee needs ${setting} ${value}: ${why}.`);
    }
    const least = Number(await settingOf(master, "min-replicas-to-write"));
    if (replicas > 0 && least < 1)
      throw new RedisUnfit(
        "Redis has min-replicas-to-write 0; with replicas Marquee needs at least 1: a master that was cut off must not go on selling.",
      );
  }
}

async function settingOf(master: Redis, setting: string): Promise<string> {
  try {
    const [, value = ""] = (await master.call("CONFIG", "GET", setting)) as string[];
    return value;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOPERM"))
      throw new RedisUnfit(
        "The Redis user may not read settings: allow it +config|get, so that the start can check them.",
      );
    throw error;
  }
}
