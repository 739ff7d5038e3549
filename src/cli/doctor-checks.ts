// What `marquee doctor` looks at. Each check answers a finding; none of them changes anything that stays.

import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createTransport } from "nodemailer";
import type { Config } from "../config.ts";
import { installationPaths } from "../installation.ts";
import { folderHolder } from "../store/folder-lock.ts";
import { probeSqlite } from "../store/probe.ts";
import { tryListening } from "./port.ts";

export interface Finding {
  level: "ok" | "warn" | "fail";
  sentence: string;
}

/** What the checks need of the machine, passed in so that tests can say otherwise. */
export interface Machine {
  nodeVersion: string;
  /** Milliseconds since 1970. */
  wallMs(): number;
  /** Milliseconds from any start. */
  elapsedMs(): number;
}

export type Check = (config: Config, machine: Machine) => Promise<Finding> | Finding;

const ok = (sentence: string): Finding => ({ level: "ok", sentence });
const warn = (sentence: string): Finding => ({ level: "warn", sentence });
const fail = (sentence: string): Finding => ({ level: "fail", sentence });

const checkNode: Check = (_config, machine) => {
  const major = Number(machine.nodeVersion.split(".")[0]);
  return major >= 26 ? ok(`Node is ${machine.nodeVersion}.`) : fail(`Node is ${machine.nodeVersion}; 26 is needed.`);
};

const checkFolder: Check = ({ data }) => {
  const there = existing(data);
  try {
    accessSync(there, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail(`The data folder ${data} cannot be written by this user.`);
  }
  if (there !== data) return ok(`The data folder ${data} does not exist yet and can be made.`);
  const open = (statSync(data).mode & 0o077) !== 0;
  return open
    ? warn(`The data folder ${data} can be read by other users: chmod 700 it.`)
    : ok(`The data folder ${data} can be written, by this user only.`);
};

const gibibyte = 2 ** 30;

const checkSpace: Check = async ({ data }) => {
  const { bavail, bsize } = await statfs(existing(data));
  const free = (bavail * bsize) / gibibyte;
  const sentence = `${free.toFixed(1)} GiB are free on the disk of the data folder`;
  if (free < 0.5) return fail(`${sentence}; half a GiB is the least.`);
  return free < 5 ? warn(`${sentence}; a busy day writes about half a GiB.`) : ok(`${sentence}.`);
};

const checkSqlite: Check = ({ data }, machine) => {
  try {
    const ms = probeSqlite(existing(data), () => machine.elapsedMs());
    const sentence = `SQLite keeps journal_mode wal and synchronous full; a commit is on the disk in ${ms.toFixed(2)} ms`;
    return ms > 20 ? warn(`${sentence}. Above 20 ms buyers wait; use a faster disk.`) : ok(`${sentence}.`);
  } catch (error) {
    return fail(`SQLite cannot work on this disk: ${(error as Error).message}.`);
  }
};

const checkPort: Check = async ({ port, host, data }) => {
  if (port === 0) return ok("Port 0: any free port will be taken.");
  const code = await tryListening(port, host);
  if (code === undefined) return ok(`Port ${port} on ${host} is free.`);
  const holder = folderHolder(data);
  if (code === "EADDRINUSE" && holder !== undefined && holder !== "somebody" && holder.command === "serve") {
    return ok(`Port ${port} on ${host} is in use while process ${holder.pid} serves this data folder.`);
  }
  return fail(`Port ${port} on ${host} cannot be used: ${code}.`);
};

/** No Marquee existed before this: a clock that stands earlier was never set. */
const releasedAt = Date.UTC(2026, 10, 1);
const skewMs = 5 * 60_000;

const checkClock: Check = ({ data }, machine) => {
  const now = machine.wallMs();
  if (now < releasedAt)
    return fail(`The clock says ${new Date(now).toISOString()}, which is before this program existed.`);
  const { store, sales } = installationPaths(data);
  const ahead = [store, sales, `${sales}-wal`].find(
    (file) => existsSync(file) && statSync(file).mtimeMs > now + skewMs,
  );
  return ahead
    ? fail(`The clock says ${new Date(now).toISOString()}, but ${ahead} was written later: the clock went back.`)
    : ok(`The clock says ${new Date(now).toISOString()}.`);
};

const mailTimeoutMs = 5_000;

const checkMail: Check = async ({ mail, data }) => {
  if (mail === "") return ok(`No mail server is set; mails are written to ${installationPaths(data).mail}.`);
  const server = new URL(mail).host;
  const transport = createTransport(mail, {
    connectionTimeout: mailTimeoutMs,
    greetingTimeout: mailTimeoutMs,
  } as object);
  try {
    await transport.verify();
    return ok(`The mail server ${server} answers.`);
  } catch (error) {
    return fail(`The mail server ${server} does not take mail: ${(error as Error).message}.`);
  } finally {
    transport.close();
  }
};

const checkChunks: Check = ({ data }) => {
  const { chunks } = installationPaths(data);
  if (!existsSync(chunks)) return ok("No catalogue is published yet.");
  const names = readdirSync(chunks, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const broken: string[] = [];
  for (const entry of names) {
    const file = join(entry.parentPath, entry.name);
    try {
      if (readFileSync(file).length === 0) broken.push(file);
    } catch {
      broken.push(file);
    }
  }
  return broken.length > 0
    ? fail(
        `${broken.length} of ${names.length} chunks of the catalogue cannot be read: ${broken.slice(0, 3).join(", ")}.`,
      )
    : ok(`${names.length} chunks of the catalogue can be read.`);
};

/** All checks, in the order in which they are reported. */
export const checks: readonly Check[] = [
  checkNode,
  checkFolder,
  checkSpace,
  checkSqlite,
  checkPort,
  checkClock,
  checkMail,
  checkChunks,
];

/** What of these concerns one of a fleet's processes. */
export const machineChecks: readonly Check[] = [checkNode, checkPort, checkMail];

/** The folder itself, or the nearest one above it that exists. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}
