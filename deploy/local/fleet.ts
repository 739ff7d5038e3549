// A whole fleet on one machine: databases, payment provider, application processes, workers and the edge in front, each a real
// process that can be killed, hung and started again. `npm run fleet` shows it; the fault tests drive it.

import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillFleet, type DemoChoice } from "../../src/cli/demo.ts";
import { readConfig, type Config } from "../../src/config.ts";
import { makeKeys, migrateInstallation } from "../../src/installation.ts";
import { edgeConfiguration, makeCertificate } from "./edge.ts";
import { freePort } from "./free-port.ts";
import type { LocalServer } from "./local-server.ts";
import { startMarquee, type MarqueeProcess, type MarqueeProcessOptions } from "./marquee-process.ts";
import { startNginx, type LocalNginx } from "./nginx.ts";
import { missingPackages } from "./packages.ts";
import { startPostgres, type LocalPostgres } from "./postgres.ts";
import { startRedisCluster } from "./redis-cluster.ts";
import { startRedis, type LocalRedis } from "./redis.ts";
import { accepts } from "./run-tool.ts";
import { startWatchdog } from "./watchdog.ts";

export interface FleetOptions {
  /** What is on sale; nothing if left out: the store is migrated and empty. */
  demo?: DemoChoice;
  apps?: number;
  workers?: number;
  /** A synchronous copy of PostgreSQL. */
  standby?: boolean;
  /** `replica`: nothing is answered that the replica lacks. `late-replica`: it follows as it can, and loses what it lacks. */
  redis?: "single" | "replica" | "late-replica" | "cluster";
  /** Further settings of every process of Marquee, as environment variables. */
  settings?: Readonly<Record<string, string>>;
  /** What Node runs as application processes and workers, before `serve` or `work`; Marquee's command line if left out. */
  program?: readonly string[];
  /** The payment provider misbehaves when it is told to. */
  faultyProvider?: boolean;
  /** What the edge lets one address do in a second. */
  limits?: { reads: number; writes: number };
  /** The port of the edge; any free one if left out. */
  port?: number;
  /** Told of every step. */
  onStep?: (step: string) => void;
}

/** One server of the fleet, as people see it. */
export interface Member {
  role: string;
  address: string;
  server: LocalServer;
  /** What is wrong with it; undefined if nothing. */
  trouble(): Promise<string | undefined>;
}

export interface Fleet extends AsyncDisposable {
  /** `https://localhost:<port>`, with a certificate that nobody trusts. */
  readonly url: string;
  readonly folder: string;
  readonly postgres: LocalPostgres;
  readonly standby: LocalPostgres | undefined;
  /** Masters, then replicas. */
  readonly redis: readonly LocalRedis[];
  readonly provider: MarqueeProcess;
  readonly apps: readonly MarqueeProcess[];
  readonly workers: readonly MarqueeProcess[];
  readonly edge: LocalNginx;
  readonly members: readonly Member[];
  /** The settings of its processes. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Config;
  /** Ends everything and leaves nothing behind. */
  stop(): Promise<void>;
}

/** Names what is missing on this machine, and the command that installs it. */
export class PackagesMissing extends Error {}

/** Starts a fleet and waits until it sells. Throws PackagesMissing, or what went wrong; then nothing is left. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const missing = missingPackages();
  if (missing) {
    throw new PackagesMissing(`The local fleet needs ${missing.packages.join(", ")}. Install with: ${missing.command}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "marquee-fleet-"));
  // nginx's workers run as another user and read what is below `origin`.
  chmodSync(folder, 0o711);
  const watchdog = startWatchdog("KILL", folder);
  const started = { databases: [] as Stoppable[], processes: [] as Stoppable[] };
  const stop = async () => {
    // Nobody misses what it rests on.
    for (const layer of [started.processes, started.databases])
      await Promise.all(layer.splice(0).map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    watchdog.dismiss();
  };
  const kept: Kept = async (starting, layer = "databases") => {
    const server = await starting;
    started[layer].push(server);
    return server;
  };
  try {
    return { ...(await startAll(options, folder, kept)), stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

/** Remembers what is started, so that all of it is stopped: processes before the databases that they use. */
type Kept = <T extends Stoppable>(starting: Promise<T>, layer?: "databases" | "processes") => Promise<T>;

async function startAll(
  options: FleetOptions,
  folder: string,
  kept: Kept,
): Promise<Omit<Fleet, "stop" | typeof Symbol.asyncDispose>> {
  const say = options.onStep ?? (() => undefined);
  const port = options.port ?? (await freePort());
  const providerPort = await freePort();
  const secret = randomBytes(16).toString("hex");
  say("PostgreSQL, Redis and the payment provider");
  const [postgres, redis, provider, certificate] = await all([
    kept(startPostgres()),
    startRedisServers(options.redis ?? "single", kept),
    kept(
      startMarquee({
        name: "provider",
        command: ["sandbox", ...(options.faultyProvider ? ["--faults"] : [])],
        port: providerPort,
        folder: join(folder, "provider"),
        environment: { MARQUEE_PAYMENTS_SECRET: secret, MARQUEE_PUBLIC_URL: `https://localhost:${port}` },
        readyPath: "/healthz",
      }),
    ),
    makeCertificate(folder),
  ]);
  const environment = {
    MARQUEE_DATABASE: postgres.url,
    MARQUEE_REDIS: redis.urls.join(","),
    MARQUEE_REDIS_REPLICAS: options.redis === "replica" ? "1" : "0",
    MARQUEE_PAYMENTS: provider.url,
    MARQUEE_PAYMENTS_SECRET: secret,
    MARQUEE_ORIGIN: join(folder, "origin"),
    MARQUEE_KEYS: join(folder, "keys.json"),
    MARQUEE_PUBLIC_URL: `https://localhost:${port}`,
    MARQUEE_TRUST_PROXY: "127.0.0.1",
    MARQUEE_LOG_LEVEL: "warn",
    ...options.settings,
  };
  mkdirSync(environment.MARQUEE_ORIGIN, { mode: 0o755 });
  const config = readConfig({ data: join(folder, "launcher") }, environment);
  makeKeys(config.keys);
  say("the store's tables");
  await migrateInstallation(config);
  const standby = options.standby ? await kept(startPostgres({ standbyOf: postgres })) : undefined;
  // Whichever of the two takes writes.
  if (standby) environment.MARQUEE_DATABASE = postgres.url.replace(/\/(?=[^/]*$)/, `,127.0.0.1:${standby.port}/`);
  if (options.demo) {
    say("the demo");
    await fillFleet(config, options.demo);
  }
  say("application processes and workers");
  const own = options.program ? { program: options.program } : {};
  const [apps, workers] = await all([
    startMany("app", options.apps ?? 2, { command: ["serve"], environment, ...own }, folder, kept),
    startMany("worker", options.workers ?? 2, { command: ["work"], environment, ...own }, folder, kept),
  ]);
  say("nginx");
  const state = join(folder, "edge");
  mkdirSync(state);
  const edge = await kept(
    startNginx({
      port,
      configuration: edgeConfiguration({
        port,
        apps: apps.map((app) => app.port),
        origin: environment.MARQUEE_ORIGIN,
        state,
        ...(options.limits ? { limits: options.limits } : {}),
        ...certificate,
      }),
    }),
    "processes",
  );
  const servers = [...redis.masters, ...redis.replicas];
  const members = [
    member("edge: TLS, balancing, page cache", edge, `https://localhost:${port}`),
    ...apps.map((app) => ({ role: "application", address: app.url, server: app, trouble: () => app.trouble() })),
    ...workers.map((worker) => ({
      role: "worker",
      address: worker.url,
      server: worker,
      trouble: () => worker.trouble(),
    })),
    ...redis.masters.map((server) => member("inventory: Redis", server, server.url)),
    ...redis.replicas.map((server) => member("inventory: Redis, replica", server, server.url)),
    member("store: PostgreSQL", postgres, postgres.url),
    ...(standby ? [member("store: PostgreSQL, synchronous standby", standby, standby.url)] : []),
    { role: "payment provider", address: provider.url, server: provider, trouble: () => provider.trouble() },
  ];
  const url = `https://localhost:${port}`;
  return {
    url,
    folder,
    postgres,
    standby,
    redis: servers,
    provider,
    apps,
    workers,
    edge,
    members,
    environment,
    config,
  };
}

function member(role: string, server: LocalServer, address: string): Member {
  return {
    role,
    address,
    server,
    trouble: async () =>
      !server.running() ? "does not run" : (await accepts(server.port)) ? undefined : "does not answer",
  };
}

async function startRedisServers(
  shape: NonNullable<FleetOptions["redis"]>,
  kept: Kept,
): Promise<{ urls: readonly string[]; masters: readonly LocalRedis[]; replicas: readonly LocalRedis[] }> {
  if (shape === "cluster") {
    const cluster = await kept(startRedisCluster());
    return { urls: cluster.urls, masters: cluster.nodes, replicas: [] };
  }
  if (shape === "single") {
    const alone = await kept(startRedis());
    return { urls: [alone.url], masters: [alone], replicas: [] };
  }
  // A master that nobody copies stops selling, whichever of the two it is.
  const settings = shape === "late-replica" ? [] : ["min-replicas-to-write 1"];
  const master = await kept(startRedis({ settings }));
  const replica = await kept(startRedis({ settings, replicaOf: master }));
  return { urls: [master.url, replica.url], masters: [master], replicas: [replica] };
}

async function startMany(
  name: string,
  count: number,
  what: Pick<MarqueeProcessOptions, "command" | "environment" | "program">,
  folder: string,
  kept: Kept,
): Promise<MarqueeProcess[]> {
  return all(
    Array.from({ length: count }, async (_, index) => {
      const own = `${name}-${index + 1}`;
      const port = await freePort();
      const whole = { ...what, name: own, port, folder: join(folder, own), readyPath: "/readyz" };
      return kept(startMarquee(whole), "processes");
    }),
  );
}

/** Like Promise.all, but settles only when all have: nothing is being started any more when it throws. */
async function all<T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((result): result is PromiseRejectedResult => result.status === "rejected");
  if (failed) throw failed.reason;
  return Promise.all(work);
}
