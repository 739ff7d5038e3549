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
  return { ...config, publicUrl: config.publicUrl || `http://localhost:${config.port}` };
}
