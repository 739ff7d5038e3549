import { createServer } from "node:net";
import type { Config } from "../config.ts";

/** Whether an address can be listened on; the error's code if not. */
export function tryListening(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** A sentence about why nobody can answer at the address of these settings; undefined if somebody can. */
export async function portTrouble({ port, host }: Pick<Config, "port" | "host">): Promise<string | undefined> {
  const code = await tryListening(port, host);
  if (code === undefined) return undefined;
  if (code === "EADDRINUSE") return `Port ${port} on ${host} is taken by another program. Choose another with --port.`;
  if (code === "EACCES") return `Port ${port} may not be used by this user. Choose one from 1024 on with --port.`;
  return `Marquee cannot answer at ${host}, port ${port}: ${code}.`;
}
