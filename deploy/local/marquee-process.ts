// A process of Marquee as one of the local fleet's servers.

import { fileURLToPath } from "node:url";
import { serverFolder, startServer, type LocalServer } from "./local-server.ts";

export interface MarqueeProcess extends LocalServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What /readyz finds wrong; undefined if nothing. */
  trouble(): Promise<string | undefined>;
}

export interface MarqueeProcessOptions {
  name: string;
  /** `serve`, `work`, …, with its flags. */
  command: readonly string[];
  port: number;
  folder: string;
  environment: Readonly<Record<string, string>>;
  /** What Node runs, with its options; Marquee's command line if left out. */
  program?: readonly string[];
  /** Where it answers 200 once it is ready. */
  readyPath: string;
}

const entry = fileURLToPath(new URL("../../bin/marquee.mjs", import.meta.url));

/** Starts `marquee …` on a port, and waits until it is ready. */
export async function startMarquee(options: MarqueeProcessOptions): Promise<MarqueeProcess> {
  const { name, command, port, folder, environment, readyPath, program = [entry] } = options;
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name,
    port,
    folder: serverFolder(name, folder),
    command: process.execPath,
    args: [...program, ...command],
    environment: { ...environment, MARQUEE_PORT: String(port), MARQUEE_DATA: folder },
    packageName: "nodejs",
    ready: async () => (await fetch(url + readyPath)).ok,
  });
  return Object.assign(server, {
    url,
    async trouble() {
      if (!server.running()) return "does not run";
      try {
        const response = await fetch(url + readyPath, { signal: AbortSignal.timeout(2_000) });
        if (response.ok) return undefined;
        const { checks = [] } = (await response.json()) as { checks?: { ok: boolean; detail?: string }[] };
        return checks.find((check) => !check.ok)?.detail ?? `answers ${response.status}`;
      } catch {
        return "does not answer";
      }
    },
  });
}
