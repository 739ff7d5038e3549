// One dedicated single-writer process: the embedded engine behind a socket, with as many hops as the others have.

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Mortal } from "./sale.ts";
import { missingThrough, sellThrough, type Purchasing } from "./through-port.ts";

/** A connection on which any number of questions may be under way; those of one turn leave in one write. */
class Line {
  private readonly socket: Socket;
  private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  private asked = 0;
  private waiting = "";

  private constructor(socket: Socket) {
    this.socket = socket;
    const lines = createInterface({ input: socket });
    lines.on("line", (line) => {
      const [number, answer] = JSON.parse(line) as [number, unknown];
      this.pending.get(number)?.resolve(answer);
      this.pending.delete(number);
    });
    // The errors of a socket are those of its lines, too.
    lines.on("error", () => undefined);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      for (const { reject } of this.pending.values()) reject(new Error("the writer is gone"));
      this.pending.clear();
    });
  }

  static async open(url: string): Promise<Line> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, "connect");
    return new Line(socket);
  }

  ask(method: keyof Purchasing, parameters: readonly unknown[]): Promise<unknown> {
    if (this.socket.destroyed) return Promise.reject(new Error("the writer is gone"));
    const settled = Promise.withResolvers<unknown>();
    this.asked += 1;
    this.pending.set(this.asked, settled);
    if (this.waiting === "") {
      setImmediate(() => {
        this.socket.write(this.waiting);
        this.waiting = "";
      });
    }
    this.waiting += `${JSON.stringify([this.asked, method, parameters])}\n`;
    return settled.promise;
  }

  close(): void {
    this.socket.destroy();
  }
}

const methods = ["hold", "beginPayment", "confirm", "seats", "orderById"] as const;

async function startWriter(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(new URL("./writer-process.ts", import.meta.url), [folder], {
    execArgv: ["--import", new URL("../../bin/tsx-hook.mjs", import.meta.url).href],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [message] = (await once(child, "message")) as [{ url: string }];
  return { child, url: message.url };
}

export async function openWriter(): Promise<Mortal> {
  const folder = mkdtempSync(join(tmpdir(), "marquee-bench-writer-"));
  let { child, url } = await startWriter(folder);
  let line = await Line.open(url);
  const inventory = Object.fromEntries(
    methods.map((method) => [method, (...parameters: unknown[]) => line.ask(method, parameters)]),
  ) as unknown as Purchasing;
  return {
    name: "one single-writer process",
    durability: "fsync of the log, in groups",
    ...sellThrough(inventory),
    pids: () => (child.pid === undefined ? [] : [child.pid]),
    prepare: () => Promise.resolve(),
    states: async (showing) => (await inventory.seats(showing)).states,
    missing: (sales) => missingThrough(inventory, sales),
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async revive() {
      line.close();
      ({ child, url } = await startWriter(folder));
      line = await Line.open(url);
    },
    async close() {
      line.close();
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
