// Runs the slow path's thread and tells the inventory what the store has.

import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import type { Inventory } from "../inventory/port.ts";
import type { TicketKey } from "../sales/ticket-token.ts";
import type { MailSettings } from "../workers/mail-transport.ts";

export interface SlowPathData {
  storeFile: string;
  salesFile: string;
  orderKey: Uint8Array;
  ticketKeys: readonly TicketKey[];
  mail: MailSettings;
  publicUrl: string;
  logLevel: string;
  failpoint?: string;
}

export type ToSlowPath = { kind: "heads"; heads: readonly number[]; busy: boolean } | { kind: "stop" };

export type FromSlowPath =
  | { kind: "applied"; marks: readonly { partition: number; sequence: number }[] }
  | { kind: "conflict"; partition: number; orderId: string; detail: string }
  | { kind: "failed"; message: string }
  | { kind: "stopped" };

export interface SlowPathSettings extends SlowPathData {
  inventory: Pick<Inventory, "log">;
  onConflict(conflict: { partition: number; orderId: string; detail: string }): void;
  /** It did not get on this time and will try again. */
  onFailure(message: string): void;
  /** The thread itself died: the process must end, or sales pile up unseen. */
  onFatal(error: Error): void;
}

export interface SlowPath {
  /** Entries of the sales log that the store does not have yet. */
  lag(): Promise<number>;
  /** Settles when the store has everything decided so far. */
  caughtUp(): Promise<void>;
  /** Applies what is there, then ends the thread. */
  stop(): Promise<void>;
}

/** The selling thread is busy when it works more than this share of its time. */
const busyShare = 0.7;
/** How often the thread hears how far the log is. */
const tellMs = 25;

export function startSlowPath(settings: SlowPathSettings): SlowPath {
  const { inventory, onConflict, onFailure, onFatal, ...workerData } = settings;
  const applied = new Map<number, number>();
  const stopped = Promise.withResolvers<void>();
  let told = "";
  let since = performance.eventLoopUtilization();

  const hear = async (message: FromSlowPath) => {
    if (message.kind === "stopped") stopped.resolve();
    else if (message.kind === "failed") onFailure(message.message);
    else if (message.kind === "conflict") onConflict(message);
    else {
      for (const { partition, sequence } of message.marks) {
        applied.set(partition, sequence);
        await inventory.log.acknowledge(partition, sequence);
      }
    }
  };
  const lag = async () => {
    const heads = await inventory.log.heads();
    return heads.reduce((sum, head, partition) => sum + head - (applied.get(partition) ?? 0), 0);
  };
  const tell = async () => {
    const heads = await inventory.log.heads();
    const now = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(now, since).utilization > busyShare;
    since = now;
    const text = `${busy} ${heads.join()}`;
    if (text === told) return;
    told = text;
    thread.postMessage({ kind: "heads", heads, busy } satisfies ToSlowPath);
  };
  let stopping = false;
  let thread = begin();
  function begin(): Worker {
    const begun = new Worker(new URL("./slow-path-thread.ts", import.meta.url), {
      workerData: workerData satisfies SlowPathData,
    });
    begun.on("message", (message: FromSlowPath) => void hear(message));
    begun.on("error", onFatal);
    begun.on("exit", (code) => {
      // Whoever waits for it to stop need not wait for its last word.
      if (stopping) return stopped.resolve();
      onFailure(`its thread ended with code ${code} and begins again`);
      thread = begin();
      told = "";
    });
    return begun;
  }
  const timer = setInterval(() => void tell(), tellMs);
  const caughtUp = async () => {
    await tell();
    while ((await lag()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return {
    lag,
    caughtUp,
    async stop() {
      stopping = true;
      clearInterval(timer);
      thread.postMessage({ kind: "stop" } satisfies ToSlowPath);
      await stopped.promise;
      await thread.terminate();
    },
  };
}
