// Ports for throwaway servers.

import { randomInt } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Below what Linux gives to outgoing connections (32768 and up), so that a server that is down for a moment finds its port free again.
const lowest = 20_000;
const highest = 32_000;

/** Where processes of this machine leave word which port they have drawn, until something listens there. */
const drawn = join(tmpdir(), "marquee-ports");
const drawnForMs = 60_000;

/** A port of the loopback address on which nobody listens, and which no other process has drawn in the last minute. */
export async function freePort(): Promise<number> {
  mkdirSync(drawn, { recursive: true, mode: 0o777 });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (draw(port) && (await isFree(port))) return port;
  }
  throw new Error(`there is no free port between ${lowest} and ${highest}`);
}

/** Whether the port was nobody's: a file can be made by one process only. */
function draw(port: number): boolean {
  const file = join(drawn, String(port));
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch {
    // Drawn long ago: whoever it was listens there by now, or never will.
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > drawnForMs) rmSync(file, { force: true });
    return false;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
