// Connections to Redis, one server or a cluster: the only file that knows which.

import net from "node:net";
import tls from "node:tls";
import { AbstractConnector, Cluster, Redis } from "ioredis";

export interface RedisSettings {
  /**
   * `redis://[user:password@]host:port`; several are one master and its replicas, whichever is master now. Nodes of a cluster are
   * `redis-cluster://…`: some of them are enough. All have the user and password of the first.
   */
  urls: readonly string[];
  /** What this connection is for: shown by CLIENT LIST. */
  name: string;
}

export type RedisConnection = Redis | Cluster;

/** How long a command may take before its outcome counts as unknown. */
const commandTimeoutMs = 2_000;
const longestRetryMs = 500;
/** A connection over which nothing comes for so long after a command is given up: the other end may be gone without a word. */
const socketTimeoutMs = 5_000;
/** How long a connection that is let go of may take to end. */
const disconnectTimeoutMs = 2_000;

/**
 * Connects, and keeps trying for as long as the process lives. A command whose connection breaks fails at once: whoever
 * decides knows whether it may be repeated, the connection does not.
 */
export function connectRedis({ urls, name }: RedisSettings): RedisConnection {
  const options = {
    connectionName: name,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    socketTimeout: socketTimeoutMs,
  };
  const retryStrategy = (times: number) => Math.min(longestRetryMs, 20 * times);
  const connection: RedisConnection = isCluster(urls)
    ? new Cluster(
        urls.map((url) => url.replace(/^redis-cluster:/, "redis:")),
        {
          redisOptions: options,
          clusterRetryStrategy: retryStrategy,
          retryDelayOnFailover: 100,
          maxRedirections: 4,
          slotsRefreshTimeout: commandTimeoutMs,
        },
      )
    : connectToMaster(urls, { ...options, retryStrategy });
  // Every failed command tells whoever sent it; without a listener the event would end the process.
  connection.on("error", () => undefined);
  return connection;
}

interface ConnectionOptions {
  connectionName: string;
  maxRetriesPerRequest: number;
  autoResendUnfulfilledCommands: boolean;
  commandTimeout: number;
  connectTimeout: number;
  socketTimeout: number;
  retryStrategy: (times: number) => number;
}

const isCluster = (urls: readonly string[]): boolean => urls[0]?.startsWith("redis-cluster:") ?? false;

/** Of several servers the one that is master, also at the start: which one that is, is asked before each connection. */
function connectToMaster(urls: readonly string[], options: ConnectionOptions): Redis {
  const [first = ""] = urls;
  if (urls.length < 2) return new Redis(first, options);
  class MasterConnector extends AbstractConnector {
    constructor() {
      super(disconnectTimeoutMs);
    }
    /** A rejection would be for good: without a master the first one is tried, found to be none, and left. */
    async connect() {
      this.connecting = true;
      const { hostname, port, protocol } = new URL((await findMaster(urls, options)) ?? first);
      if (!this.connecting) throw new Error("Connection is closed.");
      const to = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || 6379 };
      const stream = protocol === "rediss:" ? tls.connect(to) : net.connect(to);
      stream.once("error", (error) => (this.firstError = error));
      this.stream = stream;
      return stream;
    }
    // It may have become a replica since it was asked.
    override check({ role }: { role?: string }): boolean {
      return role === "master";
    }
  }
  return new Redis(first, {
    ...options,
    Connector: MasterConnector,
    // A master that became a replica while we were connected.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  });
}

/** The first that says it is master; undefined if none does. One that hangs keeps nobody waiting. */
async function findMaster(urls: readonly string[], options: ConnectionOptions): Promise<string | undefined> {
  const asked = urls.map(async (url) => {
    const probe = new Redis(url, { ...options, lazyConnect: true, enableReadyCheck: false, retryStrategy: () => null });
    probe.on("error", () => undefined);
    try {
      await probe.connect();
      const [role] = await probe.role();
      if (role !== "master") throw new Error("a replica");
      return url;
    } finally {
      probe.disconnect();
    }
  });
  return Promise.any(asked).catch(() => undefined);
}
