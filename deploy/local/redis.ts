// Redis from Debian's package, configured as in deploy/redis.conf.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { serverFolder, startServer, type LocalServer } from "./local-server.ts";
import { runTool } from "./run-tool.ts";

export interface RedisOptions {
  /** Where its data stay after `stop`; without one, nothing stays. */
  folder?: string;
  port?: number;
  /** Copies that server, and is ready when it has all of its data. */
  replicaOf?: { port: number };
  appendfsync?: "always" | "everysec" | "no";
  /** A node that still has to meet its cluster. */
  cluster?: boolean;
  /** Further lines of redis.conf. */
  settings?: readonly string[];
}

export interface LocalRedis extends LocalServer {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  /** Runs one command and resolves to redis-cli's raw answer; an error reply rejects. */
  command(...words: readonly string[]): Promise<string>;
  /** Turns a replica into a master, stale or not. */
  promote(): Promise<void>;
}

const template = new URL("../redis.conf", import.meta.url);

/** Starts a Redis server, on the data in `folder` if there are any. */
export async function startRedis(options: RedisOptions = {}): Promise<LocalRedis> {
  const port = options.port ?? (await freePort());
  const folder = serverFolder("redis", options.folder);
  const file = join(folder.path, "redis.conf");
  // The last line that names a setting counts.
  let master = options.replicaOf;
  const clusterPort = options.cluster ? await freePort() : 0;
  const configure = () => {
    const lines = [
      readFileSync(template, "utf8"),
      `port ${port}`,
      `dir ${JSON.stringify(folder.path)}`,
      `appendfsync ${options.appendfsync ?? "always"}`,
      // A replica is told at once that it may copy, not after waiting for others.
      "repl-diskless-sync-delay 0",
      ...(master ? [`replicaof 127.0.0.1 ${master.port}`] : []),
      ...(options.cluster
        ? [
            "cluster-enabled yes",
            `cluster-port ${clusterPort}`,
            "cluster-node-timeout 2000",
            // The partitions of the other masters go on selling while one is away.
            "cluster-require-full-coverage no",
          ]
        : []),
      ...(options.settings ?? []),
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
  };
  configure();
  const command = (...words: readonly string[]) =>
    runTool("redis-cli", ["-e", "--raw", "-h", "127.0.0.1", "-p", String(port), ...words]);
  const server = await startServer({
    name: `redis on port ${port}`,
    port,
    folder,
    command: "redis-server",
    args: [file],
    packageName: "redis-server",
    // Its file is right at every moment; an orderly end waits for replicas, or is refused while the file is rewritten.
    endBy: "SIGKILL",
    ready: async () => {
      if ((await command("PING")) !== "PONG") return false;
      return !master || (await command("INFO", "replication")).includes("master_link_status:up");
    },
  });
  return Object.assign(server, {
    url: `redis://127.0.0.1:${port}`,
    command,
    async promote() {
      await command("REPLICAOF", "NO", "ONE");
      // A restart in place must not make it a replica again.
      master = undefined;
      configure();
    },
  });
}
