// PostgreSQL behind Kysely's dialect: bounded pools, bounded waits, and among several hosts the one that takes writes.

import { Client, Pool, types, type PoolClient, type PoolConfig } from "pg";
import {
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";

export interface PostgresSettings {
  /** `postgres://user:password@host:port,host:port/database?…`; of several hosts the one that takes writes is used. */
  url: string;
  /** Connections at most; 8 if left out. */
  connections?: number;
  /** How long a statement may take; 10 s if left out, 0 for no limit. */
  statementMs?: number;
  /** How long to wait for a connection, of each host; 5 s if left out. */
  connectMs?: number;
  /**
   * How long a transaction may wait for its next statement, as one does whose process hangs: others want what it locked. 5 s if
   * left out; no limit where statements have none.
   */
  thinkMs?: number;
}

/** The store could not be reached, or did not answer in time. What was asked of it may have happened all the same. */
export class StoreUnavailable extends Error {}

const defaults = { connections: 8, statementMs: 10_000, connectMs: 5_000, thinkMs: 5_000 };
/** The server's own limit comes first and leaves the connection whole; ours is for a server that does not answer at all. */
const graceMs = 1_000;
const idleMs = 30_000;
const closeMs = 2_000;

/** The addresses of a URL that may name several hosts, one a host, and whether the host must take writes. */
export function hostsOf(url: string): { urls: readonly string[]; writable: boolean } {
  const match = /^(postgres(?:ql)?:\/\/)(?:([^@/]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?$/.exec(url);
  if (!match) throw new Error("a PostgreSQL address looks like postgres://user:password@host:5432/database");
  const [, scheme = "", user, hosts = "", path = "", query = ""] = match;
  const parameters = new URLSearchParams(query);
  const wanted = parameters.get("target_session_attrs");
  if (wanted !== null && !["any", "read-write", "primary"].includes(wanted))
    throw new Error(`target_session_attrs is read-write or any, not ${wanted}`);
  parameters.delete("target_session_attrs");
  const rest = `${path}${parameters.size > 0 ? `?${parameters}` : ""}`;
  const all = hosts.split(",");
  return {
    urls: all.map((host) => `${scheme}${user === undefined ? "" : `${user}@`}${host}${rest}`),
    writable: wanted === null ? all.length > 1 : wanted !== "any",
  };
}

/** A dialect over pools of its own, one a host; `onQuery` sees every statement as it is sent. */
export function postgresDialect(settings: PostgresSettings, onQuery: (sql: string) => void): PostgresDialect {
  const { connections, statementMs, connectMs, thinkMs } = { ...defaults, ...settings };
  const { urls, writable } = hostsOf(settings.url);
  const limitMs = statementMs === 0 ? 0 : statementMs + graceMs;
  const pools = urls.map((connectionString) => {
    const config: PoolConfig = {
      connectionString,
      max: connections,
      connectionTimeoutMillis: connectMs,
      idleTimeoutMillis: idleMs,
      keepAlive: true,
      application_name: "marquee",
      // What may take as long as it takes may also think in the middle of a transaction.
      ...(statementMs > 0
        ? { statement_timeout: statementMs, idle_in_transaction_session_timeout: thinkMs }
        : { options: "-c idle_in_transaction_session_timeout=0" }),
      types: { getTypeParser },
    };
    const pool = new Pool(config);
    // A client that dies while nobody uses it is gone from the pool already; whoever asks next gets another.
    pool.on("error", () => undefined);
    return pool;
  });
  const known = new WeakMap<PoolClient, BoundedClient>();
  /** The host that took writes last is asked first. */
  let first = 0;

  async function connectTo(pool: Pool): Promise<BoundedClient> {
    const client = await pool.connect();
    const before = known.get(client);
    if (before) return before;
    const bounded = new BoundedClient(client, limitMs, onQuery);
    known.set(client, bounded);
    try {
      await bounded.check(writable);
      return bounded;
    } catch (error) {
      bounded.release(true);
      throw error;
    }
  }
  const pool: PostgresPool = {
    async connect() {
      const reasons: string[] = [];
      for (let turn = 0; turn < pools.length; turn += 1) {
        const index = (first + turn) % pools.length;
        const host = pools[index];
        if (!host) continue;
        try {
          const client = await connectTo(host);
          first = index;
          return client;
        } catch (error) {
          reasons.push(`${nameOf(urls[index] ?? "")}: ${reasonOf(error)}`);
        }
      }
      throw new StoreUnavailable(`The database cannot be reached. ${reasons.join("; ")}.`);
    },
    async end() {
      const ended = Promise.all(pools.map((host) => host.end()));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, closeMs)));
      await Promise.race([ended, late]);
      clearTimeout(timer);
    },
    // Kysely asks a connection of its own to cancel a statement; nothing here cancels any.
    Client,
    options: {},
  };
  return new PostgresDialect({ pool });
}

/** A connection whose statements end in bounded time. After one that did not, it is good for nothing and is closed. */
class BoundedClient implements PostgresPoolClient {
  private readonly client: PoolClient;
  private readonly limitMs: number;
  private readonly onQuery: (sql: string) => void;
  private broken: StoreUnavailable | undefined;
  private alone = false;

  constructor(client: PoolClient, limitMs: number, onQuery: (sql: string) => void) {
    this.client = client;
    this.limitMs = limitMs;
    this.onQuery = onQuery;
    // Without a listener, a connection that ends between two statements of a transaction would end the process.
    client.on("error", (error) => this.breaks(error));
    // A commit that somebody cancelled while it waited for the standby is answered like any other; see docs/decisions/011.
    client.on("notice", (notice) => {
      if ((notice as { routine?: string }).routine === "SyncRepWaitForLSN") this.alone = true;
    });
  }

  get processID(): number {
    return (this.client as unknown as { processID: number }).processID;
  }

  /** Throws, with a sentence, if commits would not be durable here, or the host takes no writes and must. */
  async check(writable: boolean): Promise<void> {
    const { rows } = await this.ask(
      "select name, setting from pg_settings where name in ('transaction_read_only', 'synchronous_commit', 'fsync')",
      [],
    );
    const settings = new Map((rows as { name: string; setting: string }[]).map(({ name, setting }) => [name, setting]));
    if (writable && settings.get("transaction_read_only") !== "off") throw new Error("it takes no writes");
    const commits = settings.get("synchronous_commit") ?? "";
    if (commits === "off" || commits === "local")
      throw new Error(`synchronous_commit stands at ${commits}: what is committed could be lost`);
    if (settings.get("fsync") !== "on") throw new Error("fsync is off: what is committed could be lost");
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query(sql: unknown, parameters?: readonly unknown[]): unknown {
    if (typeof sql !== "string") throw new TypeError("rows are read in pages here, not through cursors");
    return this.ask(sql, parameters ?? []);
  }

  private async ask(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    if (this.broken) throw this.broken;
    this.onQuery(sql);
    this.alone = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      if (this.limitMs > 0) timer = setTimeout(() => reject(this.breaks(new Error("no answer in time"))), this.limitMs);
    });
    try {
      const answer = this.client.query(sql, [...parameters]);
      // After our limit nobody waits for it any more.
      answer.catch(() => undefined);
      const result = await Promise.race([answer, late]);
      if (this.alone) throw this.breaks(new Error("committed, but the standby does not have it"));
      return result as PostgresQueryResult<unknown>;
    } catch (error) {
      if (isOfConnection(error)) throw this.breaks(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  release(destroy = false): void {
    this.client.release(destroy || this.broken !== undefined);
  }

  private breaks(error: unknown): StoreUnavailable {
    this.broken ??= new StoreUnavailable(`The database did not answer: ${reasonOf(error)}.`, { cause: error });
    return this.broken;
  }
}

/** Not the server's word on a statement but the end of the connection, or a server that takes no more writes. */
function isOfConnection(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  // Five characters: SQLSTATE. 57P: the server stops. 25006: it became a standby. 25P03: we thought too long. 08: connection.
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return /^(?:57P|25006|25P03|08)/.test(code);
  return true;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}

/** Host and port, without name and password. */
function nameOf(url: string): string {
  return /^[^:]+:\/\/(?:[^@/]*@)?([^/?]*)/.exec(url)?.[1] || "the local socket";
}

const int8 = 20;

/** Whole numbers of 64 bits are numbers here; one that a number cannot hold is a fault, not a rounding. */
function getTypeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  if (oid !== int8) return types.getTypeParser(oid, format) as (value: string) => unknown;
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`the store has ${text}, which is no safe whole number`);
    return value;
  };
}
