// A real server in a folder of its own: started, waited for, killed, restarted on the same data, and gone without a trace.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isAlive, processTree } from "./process-tree.ts";
import { searchPath } from "./run-tool.ts";
import { startWatchdog } from "./watchdog.ts";

/** What every server of the local fleet can do. */
export interface LocalServer extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  /** Its data, configuration and log (`server.log`). */
  readonly folder: string;
  /** The process id; throws while it does not run. */
  pid(): number;
  running(): boolean;
  /**
   * Sends a signal. SIGKILL, SIGSTOP and SIGCONT go to its children as well: the machine is gone, hangs, or goes on. After a
   * signal that ends it, resolves when it has ended. Data stay; `restart` brings it back.
   */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data, after an orderly end if it still runs; resolves when it is ready. */
  restart(): Promise<void>;
  /** Ends it for good, and removes its folder if that was made for it. May be called twice. */
  stop(): Promise<void>;
  /** The last lines of its log. */
  log(): string;
}

export interface ServerSettings {
  name: string;
  port: number;
  folder: ServerFolder;
  command: string;
  args: readonly string[];
  /** What it finds in its environment besides the path. */
  environment?: Readonly<Record<string, string>>;
  /** The Debian package that brings the command. */
  packageName: string;
  user?: { uid: number; gid: number } | undefined;
  /** Asked again and again until true; what it throws counts as "not yet". */
  ready: () => Promise<boolean>;
  /** The signal for an orderly end that waits for nobody. */
  endBy?: NodeJS.Signals;
  /** The signal that makes it leave at once with its children, for the watchdog. */
  leaveBy?: "QUIT" | "KILL";
  /** Runs after the end of a server that is not to come back. */
  cleanUp?: () => Promise<void>;
}

export interface ServerFolder {
  path: string;
  /** Made for one server, and removed with it. */
  temporary: boolean;
}

const readyWithinMs = 30_000;
const endsWithinMs = 10_000;
const pollMs = 10;
const ending = new Set<NodeJS.Signals>(["SIGKILL", "SIGTERM", "SIGINT", "SIGQUIT", "SIGABRT"]);
const forTheWholeTree = new Set<NodeJS.Signals>(["SIGKILL", "SIGSTOP", "SIGCONT"]);

/** The given folder, made if it is missing, or a new temporary one; `owner` is whom it belongs to. */
export function serverFolder(name: string, given?: string, owner?: { uid: number; gid: number }): ServerFolder {
  const path = given ?? mkdtempSync(join(tmpdir(), `marquee-${name}-`));
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (owner) chownSync(path, owner.uid, owner.gid);
  return { path, temporary: given === undefined };
}

/** Starts a server and waits until it is ready. Throws with the end of its log if it does not get there; then nothing is left. */
export async function startServer(settings: ServerSettings): Promise<LocalServer> {
  const { name, port, folder } = settings;
  const logFile = join(folder.path, "server.log");
  const watchdog = startWatchdog(settings.leaveBy ?? "KILL", folder.temporary ? folder.path : undefined);
  let child: ChildProcess | undefined;
  let over = false;

  const log = () => {
    try {
      return readFileSync(logFile, "utf8").split("\n").slice(-20).join("\n");
    } catch {
      return "";
    }
  };

  async function start(): Promise<void> {
    const output = openSync(logFile, "a");
    const started = spawn(settings.command, settings.args, {
      cwd: folder.path,
      // A process group of its own, so that all of it can be ended.
      detached: true,
      stdio: ["ignore", output, output],
      env: { PATH: searchPath, LC_ALL: "C.UTF-8", ...settings.environment },
      ...settings.user,
    });
    closeSync(output);
    watchdog.watch(started.pid);
    child = started;
    let failure: Error | undefined;
    started.once("error", (error) => (failure = error));
    started.once("exit", () => {
      // What a leader leaves that was killed alone would keep its port.
      if (started.pid !== undefined) send(-started.pid, "SIGKILL");
      if (child !== started) return;
      child = undefined;
      if (!over) watchdog.watch(undefined);
    });
    started.unref();
    const until = performance.now() + readyWithinMs;
    while (!(await isReady(settings.ready))) {
      if (failure) {
        const remedy = `install it with: sudo apt-get install ${settings.packageName}`;
        throw new Error(`${settings.command} could not be started; ${remedy}`, { cause: failure });
      }
      if (child !== started) throw new Error(`${name} ended before it was ready:\n${log()}`);
      if (performance.now() > until) throw new Error(`${name} was not ready within ${readyWithinMs} ms:\n${log()}`);
      await wait(pollMs);
    }
    // Somebody else may have answered on that port.
    if (child !== started) throw new Error(`${name} ended as it started:\n${log()}`);
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    if (running?.pid === undefined) return;
    const pids = forTheWholeTree.has(signal) ? processTree(running.pid) : [running.pid];
    const gone = ending.has(signal) ? ended(running, pids, name) : undefined;
    for (const pid of pids) send(pid, signal);
    await gone;
  }

  async function end(): Promise<void> {
    await kill("SIGCONT");
    await kill(settings.endBy ?? "SIGTERM");
  }

  async function stop(): Promise<void> {
    if (over) return;
    over = true;
    await end();
    await settings.cleanUp?.();
    if (folder.temporary) rmSync(folder.path, { recursive: true, force: true, maxRetries: 5 });
    watchdog.dismiss();
  }

  const server: LocalServer = {
    name,
    port,
    folder: folder.path,
    pid() {
      if (child?.pid === undefined) throw new Error(`${name} does not run`);
      return child.pid;
    },
    running: () => child !== undefined,
    kill,
    async restart() {
      if (over) throw new Error(`${name} was stopped for good`);
      await end();
      await start();
    },
    stop,
    log,
    [Symbol.asyncDispose]: stop,
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return server;
}

async function isReady(ready: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ready();
  } catch {
    return false;
  }
}

/** Resolves when the child and all of `pids` are gone; what does not end in time is killed. */
async function ended(child: ChildProcess, pids: readonly number[], name: string): Promise<void> {
  child.ref();
  const killer = setTimeout(() => {
    for (const pid of new Set([...pids, ...processTree(child.pid ?? 0)])) send(pid, "SIGKILL");
  }, endsWithinMs);
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  clearTimeout(killer);
  const until = performance.now() + endsWithinMs;
  while (pids.some(isAlive)) {
    if (performance.now() > until) throw new Error(`a process of ${name} does not end`);
    await wait(pollMs);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
