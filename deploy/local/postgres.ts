// PostgreSQL from Debian's package, configured as in deploy/postgresql.conf, with a synchronous standby if wanted.

import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { serverFolder, startServer, type LocalServer } from "./local-server.ts";
import { runTool } from "./run-tool.ts";

export interface PostgresOptions {
  /** Where its data stay after `stop`; without one, nothing stays. */
  folder?: string;
  port?: number;
  /** Copies that server from now on. From then on a commit there waits for this one, too. */
  standbyOf?: LocalPostgres;
  /** Further lines of postgresql.conf. */
  settings?: readonly string[];
}

export interface LocalPostgres extends LocalServer {
  /** `postgres://marquee@127.0.0.1:<port>/marquee`, an empty database at first. */
  readonly url: string;
  /** Runs SQL in the database `marquee` and resolves to psql's bare rows. */
  sql(text: string): Promise<string>;
  /** Makes another empty database and resolves to its address. */
  createDatabase(name: string): Promise<string>;
  /** Turns a standby into a primary that waits for nobody; resolves when it takes writes. */
  promote(): Promise<void>;
  /** `fast` ends sessions in an orderly way, `immediate` is a crash without the noise. Data stay; `restart` brings it back. */
  halt(mode: "fast" | "immediate"): Promise<void>;
}

const userName = "marquee";
const database = "marquee";
const settingsFile = new URL("../postgresql.conf", import.meta.url);

/** Starts PostgreSQL on the data in `folder`, or on new ones. As root it runs as the user `postgres`, because it refuses root. */
export async function startPostgres(options: PostgresOptions = {}): Promise<LocalPostgres> {
  const bin = postgresFolder();
  if (bin === undefined) {
    throw new Error("PostgreSQL was not found; install it with: sudo apt-get install postgresql");
  }
  const user = unprivileged();
  const port = options.port ?? (await freePort());
  const name = options.standbyOf ? "postgres-standby" : "postgres";
  const folder = serverFolder(name, options.folder, user);
  const data = join(folder.path, "data");
  const isNew = !existsSync(join(data, "PG_VERSION"));
  const query = (of: string, text: string) =>
    runTool(join(bin, "psql"), [
      `--dbname=host=127.0.0.1 port=${port} user=${userName} dbname='${of}'`,
      "-XqAt",
      "--set=ON_ERROR_STOP=1",
      `--command=${text}`,
    ]);
  if (isNew && options.standbyOf) await copyPrimary(bin, data, options.standbyOf, `s${port}`, user);
  else if (isNew) await initialise(bin, data, user);
  const server = await startServer({
    name: `${name} on port ${port}`,
    port,
    folder,
    command: join(bin, "postgres"),
    args: ["-D", data, ...settingsOf(port, folder.path, options.settings ?? [])],
    packageName: "postgresql",
    user,
    ready: async () => (await query("postgres", "select 1")) === "1",
    // SIGINT is its fast shutdown.
    endBy: "SIGINT",
    leaveBy: "QUIT",
    cleanUp: () => removeSharedMemory(data),
  });
  const postgres: LocalPostgres = Object.assign(server, {
    url: `postgres://${userName}@127.0.0.1:${port}/${database}`,
    sql: (text: string) => query(database, text),
    async createDatabase(name: string) {
      await query("postgres", `create database "${name}"`);
      return `postgres://${userName}@127.0.0.1:${port}/${name}`;
    },
    async promote() {
      await query("postgres", "select pg_promote(true, 60)");
      await query("postgres", "alter system reset synchronous_standby_names");
      await query("postgres", "select pg_reload_conf()");
    },
    halt: (mode: "fast" | "immediate") => server.kill(mode === "fast" ? "SIGINT" : "SIGQUIT"),
  });
  try {
    if (options.standbyOf) await makeSynchronous(options.standbyOf, `s${port}`);
    else if (isNew) await query("postgres", `create database ${database}`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return postgres;
}

/** The folder of PostgreSQL's programs, the newest version's; undefined if there is none. */
export function postgresFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  if (!existsSync(debian)) return undefined;
  return readdirSync(debian)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
}

/** Whom PostgreSQL runs as; undefined for oneself. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody");
}

async function initialise(bin: string, data: string, user: { uid: number; gid: number } | undefined): Promise<void> {
  const options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"];
  await runTool(join(bin, "initdb"), ["-D", data, "-U", userName, ...options], user);
  const own = join(data, "marquee.conf");
  copyFileSync(settingsFile, own);
  appendFileSync(join(data, "postgresql.conf"), "\ninclude = 'marquee.conf'\n");
}

async function copyPrimary(
  bin: string,
  data: string,
  primary: LocalPostgres,
  name: string,
  user: { uid: number; gid: number } | undefined,
): Promise<void> {
  const connection = `host=127.0.0.1 port=${primary.port} user=${userName} application_name=${name}`;
  const options = ["--write-recovery-conf", "--create-slot", `--slot=${name}`, "--checkpoint=fast", "--no-sync"];
  await runTool(join(bin, "pg_basebackup"), ["-D", data, "-d", connection, "--wal-method=stream", ...options], user);
}

async function makeSynchronous(primary: LocalPostgres, name: string): Promise<void> {
  await primary.sql(`alter system set synchronous_standby_names = '${name}'`);
  await primary.sql("select pg_reload_conf()");
  const until = performance.now() + 30_000;
  const state = `select sync_state from pg_stat_replication where application_name = '${name}' and state = 'streaming'`;
  while ((await primary.sql(state)) !== "sync") {
    if (performance.now() > until) throw new Error(`the standby does not follow ${primary.name}:\n${primary.log()}`);
    await wait(20);
  }
}

function settingsOf(port: number, folder: string, others: readonly string[]): string[] {
  const lines = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    // Nothing of a killed server stays in /dev/shm.
    "dynamic_shared_memory_type=mmap",
    ...others,
  ];
  return lines.flatMap((line) => ["-c", line]);
}

/** After SIGKILL the few bytes by which PostgreSQL knows a second server on the same data stay behind in the kernel. */
async function removeSharedMemory(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const [, id] = (readFileSync(file, "utf8").split("\n")[6] ?? "").trim().split(/\s+/);
  // It may have been removed meanwhile.
  if (id !== undefined) await runTool("ipcrm", ["-m", id]).catch(() => undefined);
}
