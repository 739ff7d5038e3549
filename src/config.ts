// Settings: the only reader of the environment. Every setting is an environment variable `MARQUEE_<NAME>` and a flag
// `--<name>`; the flag wins. Parsed once; a wrong one stops the start with a sentence that names it.

import { isIP } from "node:net";
import { resolve } from "node:path";

export interface Config {
  port: number;
  host: string;
  /** Absolute path of the folder that holds everything. */
  data: string;
  /** `https://tickets.example.org`: what links in mails and tickets begin with. */
  publicUrl: string;
  trustProxy: string[] | false;
  holdMs: number;
  maxSeats: number;
  /** Seats that one address prefix may hold at once; 0 for no limit. */
  maxSeatsPerNetwork: number;
  writesPerMinute: number;
  /** How long a payment provider may take to answer before its outcome counts as unknown. */
  paymentTimeoutMs: number;
  /** `smtp://user:password@host:port`; "" writes mails as files below the data folder. */
  mail: string;
  mailFrom: string;
  logLevel: string;
  /** `postgres://user:password@host:port/name`; "" keeps the store, and everything else, in the data folder. */
  database: string;
  /** Addresses of Redis: one server, or several nodes of a cluster. Set exactly when `database` is. */
  redis: readonly string[];
  /** Replicas that must have a sale before the buyer is told. */
  redisReplicas: number;
  /** The sandbox payment provider that the processes of a fleet share; "" is the one built in. */
  payments: string;
  paymentsSecret: string;
  /** Where a fleet's static content is put: a folder's absolute path, or `s3://bucket/prefix?endpoint=…&region=…`. */
  origin: string;
  s3Key: string;
  s3Secret: string;
  /** Where browsers find what the origin has, a CDN's address; "" is `/static` of this one. */
  staticUrl: string;
  /** Absolute path of the file with a fleet's keys. */
  keys: string;
  /** How long a process of a fleet goes on answering after it was told to stop. */
  drainMs: number;
}

/** Whether these settings are those of one of a fleet's processes, and not of a whole installation in one process. */
export function isFleet({ database }: Pick<Config, "database">): boolean {
  return database !== "";
}

/** A wrong setting: its message is a sentence for the operator. */
export class ConfigError extends Error {}

interface Setting<T> {
  flag: string;
  describe: string;
  fallback: string;
  parse(text: string, name: string): T;
}

const whole = (min: number, max: number) => (text: string, name: string) => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < min || value > max) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
};
const anyText = (text: string) => text;

/** An address of one of these protocols, or "". The text is never repeated: it may hold a password. */
const address =
  (example: string, ...protocols: readonly string[]) =>
  (text: string, name: string) => {
    if (text === "" || isAddress(text, protocols)) return text;
    throw new ConfigError(`${name} must be an address like ${example}.`);
  };

function isAddress(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== "";
}

/** Whether a text is an address, or a network of them: `10.1.2.3`, `10.0.0.0/8`, `fd00::/8`, or `loopback`. */
function isNetwork(text: string): boolean {
  if (text === "loopback" || text === "linklocal" || text === "uniquelocal") return true;
  const [, address = "", bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  return longest !== undefined && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= longest));
}

/** Every setting, in the order of `--help`. */
export const settings: { [Name in keyof Config]: Setting<Config[Name]> } = {
  port: { flag: "port", describe: "port to answer on; 0 for any free one", fallback: "3000", parse: whole(0, 65_535) },
  host: { flag: "host", describe: "address to answer on", fallback: "127.0.0.1", parse: anyText },
  data: { flag: "data", describe: "folder that holds everything", fallback: "data", parse: (text) => resolve(text) },
  publicUrl: {
    flag: "public-url",
    describe: "what links in mails begin with; https:// makes cookies Secure",
    fallback: "",
    parse(text, name) {
      if (text === "") return "";
      if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
        throw new ConfigError(`${name} must be an http:// or https:// address, not "${text}".`);
      }
      return text.replace(/\/+$/, "");
    },
  },
  trustProxy: {
    flag: "trust-proxy",
    describe: "addresses or networks of proxies whose X-Forwarded-For is believed, with commas",
    fallback: "",
    parse(text, name) {
      if (text === "") return false;
      const proxies = text.split(",").map((part) => part.trim());
      const wrong = proxies.find((proxy) => !isNetwork(proxy));
      if (wrong === undefined) return proxies;
      throw new ConfigError(`${name} takes addresses or networks like 10.0.0.0/8, with commas, not "${wrong}".`);
    },
  },
  holdMs: {
    flag: "hold-ms",
    describe: "how long seats are held, in ms",
    fallback: "480000",
    parse: whole(1_000, 3_600_000),
  },
  maxSeats: {
    flag: "max-seats",
    describe: "seats one buyer may hold in one showing",
    fallback: "10",
    parse: whole(1, 1_000),
  },
  maxSeatsPerNetwork: {
    flag: "max-seats-per-network",
    describe: "seats that one network (/24, /48) may hold at once; 0 for no limit",
    fallback: "500",
    parse: whole(0, 1_000_000),
  },
  writesPerMinute: {
    flag: "writes-per-minute",
    describe: "unsafe requests a minute from one address; 0 for no limit",
    fallback: "600",
    parse: whole(0, 100_000_000),
  },
  paymentTimeoutMs: {
    flag: "payment-timeout-ms",
    describe: "how long the payment provider may take before the outcome counts as unknown, in ms",
    fallback: "10000",
    parse: whole(10, 120_000),
  },
  mail: {
    flag: "mail",
    describe: "smtp://user:password@host:port; without it mails are files in <data>/mail",
    fallback: "",
    parse(text, name) {
      if (text !== "" && !/^smtps?:\/\/./.test(text))
        throw new ConfigError(`${name} must begin with smtp:// or smtps://.`);
      return text;
    },
  },
  mailFrom: { flag: "mail-from", describe: "sender of mails", fallback: "Marquee <tickets@localhost>", parse: anyText },
  logLevel: {
    flag: "log-level",
    describe: "trace, debug, info, warn, error, fatal or silent",
    fallback: "info",
    parse(text, name) {
      if (!["trace", "debug", "info", "warn", "error", "fatal", "silent"].includes(text)) {
        throw new ConfigError(`${name} must be trace, debug, info, warn, error, fatal or silent, not "${text}".`);
      }
      return text;
    },
  },
  database: {
    flag: "database",
    describe:
      "postgres://user:password@host:port/name: the store of a fleet, its standby after a comma; without it all is in the data folder",
    fallback: "",
    parse(text, name) {
      // Of several hosts each must make an address: host:port,host:port.
      const [, before = "", hosts = "", after = ""] = /^([a-z]+:\/\/(?:[^@/]*@)?)([^/]*)(.*)$/.exec(text) ?? [];
      const parse = address("postgres://user:password@host:5432/marquee", "postgres:", "postgresql:");
      for (const host of hosts.split(",")) parse(before + host + after, name);
      return hosts === "" ? parse(text, name) : text;
    },
  },
  redis: {
    flag: "redis",
    describe:
      "redis://host:port: the inventory of a fleet, its replicas after commas; redis-cluster://host:port,… for a cluster",
    fallback: "",
    parse(text, name) {
      const urls = text.split(",").map((url) => url.trim());
      if (text.trim() === "") return [];
      if (urls.every((url) => isAddress(url, ["redis:", "rediss:", "redis-cluster:"]))) return urls;
      throw new ConfigError(`${name} must be an address like redis://host:6379, or several with commas.`);
    },
  },
  redisReplicas: {
    flag: "redis-replicas",
    describe: "replicas of Redis that must have a sale before the buyer is told",
    fallback: "0",
    parse: whole(0, 5),
  },
  payments: {
    flag: "payments",
    describe: "http://host:port of the sandbox payment provider that a fleet shares",
    fallback: "",
    parse: (text, name) => address("http://host:port", "http:", "https:")(text, name).replace(/\/+$/, ""),
  },
  paymentsSecret: {
    flag: "payments-secret",
    describe: "what that provider asks for; sixteen characters at least",
    fallback: "",
    parse(text, name) {
      if (text === "" || text.length >= 16) return text;
      throw new ConfigError(`${name} must have sixteen characters at least.`);
    },
  },
  origin: {
    flag: "origin",
    describe: "folder or s3://bucket/prefix?endpoint=… that takes a fleet's static content",
    fallback: "",
    parse(text, name) {
      if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text === "" ? "" : resolve(text);
      if (isAddress(text, ["s3:"])) return text;
      throw new ConfigError(`${name} must be a folder, or begin with s3://.`);
    },
  },
  s3Key: {
    flag: "s3-key",
    describe: "name of the key that may write to an s3:// origin",
    fallback: "",
    parse: anyText,
  },
  s3Secret: { flag: "s3-secret", describe: "secret of that key", fallback: "", parse: anyText },
  staticUrl: {
    flag: "static-url",
    describe: "https://cdn.example.org: where browsers find the origin's content; without it below /static",
    fallback: "",
    parse: (text, name) => address("https://cdn.example.org", "http:", "https:")(text, name).replace(/\/+$/, ""),
  },
  keys: {
    flag: "keys",
    describe: "file with the keys that sign a fleet's tickets, the same for every process",
    fallback: "",
    parse: (text) => (text === "" ? "" : resolve(text)),
  },
  drainMs: {
    flag: "drain-ms",
    describe: "how long a process of a fleet goes on answering after it was told to stop, in ms",
    fallback: "2500",
    parse: whole(0, 8_000),
  },
};

/** The environment variable of a setting: `port` → `MARQUEE_PORT`. */
export function variableOf(flag: string): string {
  return `MARQUEE_${flag.toUpperCase().replaceAll("-", "_")}`;
}

/** Reads all settings. `flags` are those of the command line, by flag name. Throws ConfigError, also for an unknown MARQUEE_ variable. */
export function readConfig(
  flags: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const entries = Object.entries(settings) as [keyof Config, Setting<unknown>][];
  const known = new Set(entries.map(([, setting]) => variableOf(setting.flag)));
  for (const name of Object.keys(environment)) {
    if (name.startsWith("MARQUEE_") && !known.has(name)) {
      throw new ConfigError(`${name} is no setting of Marquee. The settings are listed by \`marquee --help\`.`);
    }
  }
  const read = entries.map(([name, setting]) => {
    const variable = variableOf(setting.flag);
    const flag = flags[setting.flag];
    if (flag !== undefined) return [name, setting.parse(flag, `--${setting.flag}`)];
    return [name, setting.parse(environment[variable] ?? setting.fallback, variable)];
  });
  const config = Object.fromEntries(read) as Config;
  refuseHalfFleets(config);
  return { ...config, publicUrl: config.publicUrl || `http://localhost:${config.port}` };
}

const fleetNeeds = ["payments", "paymentsSecret", "origin", "keys"] as const;
/** Not the secret of payments: the provider's own process has it too, and nothing else of a fleet. */
const fleetOnly = ["payments", "origin", "keys", "redisReplicas", "s3Key", "s3Secret", "staticUrl"] as const;

/** Settings that only make sense together. */
function refuseHalfFleets(config: Config): void {
  const { database, redis, origin, s3Key, s3Secret } = config;
  const variable = (name: keyof Config) => variableOf(settings[name].flag);
  if ((database === "") !== (redis.length === 0)) {
    const [there, missing] = database === "" ? (["redis", "database"] as const) : (["database", "redis"] as const);
    throw new ConfigError(
      `${variable(there)} is set and ${variable(missing)} is not: a fleet needs both, one process alone neither.`,
    );
  }
  if (!isFleet(config)) {
    const stray = fleetOnly.find((name) => config[name] !== "" && config[name] !== 0);
    if (stray === undefined) return;
    throw new ConfigError(
      `${variable(stray)} is for a fleet, which has ${variable("database")} and ${variable("redis")} too.`,
    );
  }
  const missing = fleetNeeds.find((name) => config[name] === "");
  if (missing !== undefined)
    throw new ConfigError(`A fleet needs ${variable(missing)}: ${settings[missing].describe}.`);
  const bucket = origin.startsWith("s3:");
  if (bucket && (s3Key === "" || s3Secret === ""))
    throw new ConfigError(`An s3:// origin needs ${variable("s3Key")} and ${variable("s3Secret")}.`);
  if (!bucket && (s3Key !== "" || s3Secret !== ""))
    throw new ConfigError(
      `${variable("s3Key")} and ${variable("s3Secret")} are for an s3:// origin; this one is a folder.`,
    );
}
