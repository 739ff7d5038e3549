// nginx from Debian's package, with any configuration.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { serverFolder, startServer, type LocalServer } from "./local-server.ts";
import { processTree, titleOf } from "./process-tree.ts";
import { accepts, runTool } from "./run-tool.ts";

export interface NginxOptions {
  /** A port on which the configuration listens: when somebody answers there, nginx is ready. */
  port: number;
  /** The text of nginx.conf, which names its pid file. Paths in it are relative to `folder`. */
  configuration: string;
  folder?: string;
}

export interface LocalNginx extends LocalServer {
  /** Takes over a configuration, or the same again, without dropping a request; rejects if nginx finds it wrong. */
  reload(configuration?: string): Promise<void>;
}

/** Starts nginx. */
export async function startNginx({ port, configuration, folder: given }: NginxOptions): Promise<LocalNginx> {
  const folder = serverFolder("nginx", given);
  const file = join(folder.path, "nginx.conf");
  writeFileSync(file, configuration);
  const args = ["-p", folder.path, "-c", file, "-e", join(folder.path, "server.log")];
  const server = await startServer({
    name: `nginx on port ${port}`,
    port,
    folder,
    command: "nginx",
    args: [...args, "-g", "daemon off;"],
    packageName: "nginx",
    ready: () => accepts(port),
  });
  return Object.assign(server, {
    async reload(next = configuration) {
      writeFileSync(file, next);
      await runTool("nginx", [...args, "-t", "-q"]);
      const before = processTree(server.pid());
      await server.kill("SIGHUP");
      const until = performance.now() + 10_000;
      while (!tookOver(server.pid(), before)) {
        if (performance.now() > until) throw new Error(`nginx did not take its new configuration:\n${server.log()}`);
        await wait(10);
      }
    },
  });
}

/** Whether new workers serve, and those of before accept nothing any more; they may still finish what they have begun. */
function tookOver(master: number, before: readonly number[]): boolean {
  const workers = processTree(master).filter((pid) => titleOf(pid).startsWith("nginx: worker process"));
  return (
    workers.some((pid) => !before.includes(pid)) &&
    workers.every((pid) => !before.includes(pid) || titleOf(pid).includes("shutting down"))
  );
}
