// Strikes at a named step: the process that gets there first sends a signal to itself or to a server, before it does anything else.

import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LocalServer } from "../../../deploy/local/local-server.ts";

/** What process.ts reads. */
export interface Strike {
  step: string;
  signal: "SIGKILL" | "SIGSTOP";
  /** Whom, with its children; the process itself if left out. */
  pid?: number;
}

const withinMs = 30_000;
const pollMs = 5;

export interface Strikes {
  /** Settles when somebody got to the step and the signal was sent; answers the process that got there. */
  at(step: string, signal: Strike["signal"], target?: LocalServer): Promise<number>;
}

/** `file`: what the processes were given as STRIKE_FILE. */
export function createStrikes(file: string): Strikes {
  const found = () => readdirSync(dirname(file)).find((name) => name.startsWith(`${basename(file)}.`));
  /** One at a time: the next is set up when this one has happened. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    at: (step, signal, target) => inTurn(() => strike(step, signal, target)),
  };

  async function strike(step: string, signal: Strike["signal"], target: LocalServer | undefined): Promise<number> {
    const what: Strike = { step, signal, ...(target ? { pid: target.pid() } : {}) };
    writeFileSync(`${file}-next`, JSON.stringify(what));
    renameSync(`${file}-next`, file);
    const until = performance.now() + withinMs;
    for (;;) {
      const name = found();
      if (name !== undefined) {
        renameSync(`${dirname(file)}/${name}`, `${file}-last`);
        return Number(name.slice(basename(file).length + 1));
      }
      if (performance.now() > until) throw new Error(`nobody got to ${step} within ${withinMs} ms`);
      await wait(pollMs);
    }
  }
}
