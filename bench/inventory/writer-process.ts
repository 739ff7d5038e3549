// The embedded engine as a server of its own: one process decides, everybody else asks it over TCP. A line in is
// `[number, method, arguments]`, a line out `[number, answer]`; any number may be under way.

import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openMemoryInventory } from "../../src/inventory/memory/create.ts";
import type { Purchasing } from "./through-port.ts";

const [folder = "", port = "0"] = process.argv.slice(2);
const inventory = await openMemoryInventory({
  file: join(folder, "sales.db"),
  partitions: 64,
  now: Date.now(),
  onFatal: (error) => {
    console.error(error);
    process.exit(1);
  },
  onClosed: (partition, reason) => console.error(`partition ${partition} is closed: ${reason}`),
});
const sweeping = setInterval(() => void inventory.sweep(Date.now()), 250);

/** Answers of one turn of the event loop leave in one write. */
function answers(socket: Socket): (line: string) => void {
  let waiting = "";
  return (line) => {
    if (waiting === "") {
      setImmediate(() => {
        socket.write(waiting);
        waiting = "";
      });
    }
    waiting += line;
  };
}

type Call = [number: number, method: keyof Purchasing, parameters: unknown[]];

const server = createServer({ noDelay: true }, (socket) => {
  const answer = answers(socket);
  socket.on("error", () => socket.destroy());
  const lines = createInterface({ input: socket });
  lines.on("error", () => undefined);
  lines.on("line", (line) => {
    const [number, method, parameters] = JSON.parse(line) as Call;
    const decide = inventory[method] as (...given: unknown[]) => Promise<unknown>;
    void decide(...parameters).then((result) => answer(`${JSON.stringify([number, result ?? null])}\n`));
  });
});
server.listen(Number(port), "127.0.0.1", () => {
  process.send?.({ url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
// Whoever measures is gone: nobody is left to ask.
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => {
  clearInterval(sweeping);
  server.close();
  void inventory.close().then(() => process.exit(0));
});
