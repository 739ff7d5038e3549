// memcached from Debian's package, for measurements.

import { freePort } from "./free-port.ts";
import { serverFolder, startServer, type LocalServer } from "./local-server.ts";
import { accepts } from "./run-tool.ts";

export interface LocalMemcached extends LocalServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
}

/** Starts an empty memcached of `megabytes`, 256 if not given. */
export async function startMemcached({
  port: wanted,
  megabytes = 256,
  threads = 2,
}: { port?: number; megabytes?: number; threads?: number } = {}): Promise<LocalMemcached> {
  const port = wanted ?? (await freePort());
  const asRoot = process.getuid?.() === 0 ? ["-u", "root"] : [];
  const server = await startServer({
    name: `memcached on port ${port}`,
    port,
    folder: serverFolder("memcached"),
    command: "memcached",
    args: ["-l", "127.0.0.1", "-p", String(port), "-U", "0", "-m", String(megabytes), "-t", String(threads), ...asRoot],
    packageName: "memcached",
    ready: () => accepts(port),
  });
  return Object.assign(server, { address: `127.0.0.1:${port}` });
}
