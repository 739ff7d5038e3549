import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readConfig, settings, variableOf } from "../../src/config.ts";
import { ended, marquee, start, temporaryFolder } from "./marquee.ts";

const commands = ["serve", "work", "demo", "migrate", "doctor", "recover", "verify", "backup", "restore"];

test("`marquee --version` says which Marquee this is", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  assert.deepEqual(await marquee(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
});

test("`marquee --help` lists every command and every setting", async () => {
  const { code, stdout } = await marquee(["--help"]);
  assert.equal(code, 0);
  for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} `, "m"));
  for (const { flag } of Object.values(settings)) assert.ok(stdout.includes(`--${flag} `), flag);
});

test("`marquee` alone says how it is used, and is no success", async () => {
  const { code, stdout } = await marquee([]);
  assert.equal(code, 64);
  assert.match(stdout, /Usage: marquee <command>/);
});

for (const command of commands) {
  test(`\`marquee ${command} --help\` tells usage, flags, examples and exit codes, and does nothing`, async () => {
    const { code, stdout, stderr } = await marquee([command, "--help"]);
    assert.equal(code, 0, stderr);
    assert.ok(stdout.includes(`Usage: marquee ${command}`), stdout);
    for (const part of ["MARQUEE_DATA", "Examples:", "Exit codes:"])
      assert.ok(stdout.includes(part), `${part} in ${stdout}`);
  });
}

const wrongUsage: readonly (readonly [what: string, args: readonly string[], sentence: RegExp])[] = [
  ["an unknown command", ["sell"], /"sell" is no command of Marquee/],
  ["a word that only looks like a command", ["constructor"], /"constructor" is no command/],
  ["an unknown flag", ["doctor", "--colour"], /--colour/],
  ["a flag without its value", ["doctor", "--port"], /--port/],
  ["a missing folder", ["backup"], /It needs a folder/],
  ["one word too many", ["migrate", "now"], /"now" is one word too many/],
];
for (const [what, args, sentence] of wrongUsage) {
  test(`${what} is answered with a sentence and exit code 64`, async () => {
    const { code, stdout, stderr } = await marquee(args);
    assert.equal(code, 64);
    assert.match(stderr, sentence);
    assert.equal(stderr.trim().split("\n").length, 1, "one line, no stack");
    assert.equal(stdout, "");
  });
}

/** Settings of a fleet's process, all but one. */
function fleet(without: string): string[] {
  const whole = {
    database: "postgres://db/marquee",
    redis: "redis://one",
    payments: "http://provider:1",
    "payments-secret": "sixteen characters",
    keys: "keys.json",
    origin: "origin",
  };
  return Object.entries(whole).flatMap(([name, value]) => (name === without ? [] : [`--${name}`, value]));
}

const wrongSettings: readonly (readonly [
  what: string,
  args: readonly string[],
  environment: Record<string, string>,
  names: RegExp,
])[] = [
  ["a port that is no number", ["--port", "http"], {}, /^--port must be a whole number/],
  [
    "a port from the environment that is too high",
    [],
    { MARQUEE_PORT: "70000" },
    /^MARQUEE_PORT must be a whole number/,
  ],
  ["a variable that does not exist", [], { MARQUEE_PROT: "80" }, /^MARQUEE_PROT is no setting/],
  ["a public address without a scheme", ["--public-url", "tickets.example.org"], {}, /^--public-url must be/],
  [
    "a proxy that is no address",
    ["--trust-proxy", "10.0.0.0/8, nonsense"],
    {},
    /^--trust-proxy takes addresses.*"nonsense"/,
  ],
  ["a proxy's network of no size", [], { MARQUEE_TRUST_PROXY: "10.0.0.0/33" }, /^MARQUEE_TRUST_PROXY takes addresses/],
  ["an unknown log level", ["--log-level", "loud"], {}, /^--log-level must be/],
  ["a mail server without a scheme", [], { MARQUEE_MAIL: "mail.example.org" }, /^MARQUEE_MAIL must begin/],
  ["a database of another kind", ["--database", "mysql://db/x"], {}, /^--database must be an address like postgres:/],
  [
    "a database without Redis",
    [],
    { MARQUEE_DATABASE: "postgres://db/marquee" },
    /^MARQUEE_DATABASE is set and MARQUEE_REDIS is not/,
  ],
  [
    "Redis without a database",
    ["--redis", "redis://one:6379,redis://two:6379"],
    {},
    /^MARQUEE_REDIS is set and MARQUEE_DATABASE is not/,
  ],
  [
    "a node of a cluster without a scheme",
    ["--redis", "redis://one:6379, two:6379"],
    {},
    /^--redis must be an address/,
  ],
  ["a fleet whose processes share no provider", fleet("payments"), {}, /^A fleet needs MARQUEE_PAYMENTS: /],
  [
    "a fleet whose processes share no secret of it",
    fleet("payments-secret"),
    {},
    /^A fleet needs MARQUEE_PAYMENTS_SEC/,
  ],
  ["a fleet whose processes share no keys", fleet("keys"), {}, /^A fleet needs MARQUEE_KEYS: /],
  ["a fleet without an origin", fleet("origin"), {}, /^A fleet needs MARQUEE_ORIGIN: /],
  [
    "a bucket without its key",
    [...fleet("origin"), "--origin", "s3://posters"],
    {},
    /^An s3:\/\/ origin needs MARQUEE_S3/,
  ],
  ["a setting of fleets alone", ["--keys", "keys.json"], {}, /^MARQUEE_KEYS is for a fleet/],
];
for (const [what, args, environment, names] of wrongSettings) {
  test(`${what} stops the start with a sentence that names it, and exit code 78`, async (t) => {
    const data = temporaryFolder(t);
    const { code, stderr } = await marquee(["serve", "--data", data, ...args], environment);
    assert.equal(code, 78);
    assert.match(stderr, names);
    assert.equal(stderr.trim().split("\n").length, 1, "one line, no stack");
  });
}

test("a database may have several hosts, each of which must be one", () => {
  const rest = {
    MARQUEE_REDIS: "redis://one",
    MARQUEE_PAYMENTS: "http://p",
    MARQUEE_PAYMENTS_SECRET: "0123456789abcdef",
  };
  const read = (database: string) =>
    readConfig({}, { ...rest, MARQUEE_ORIGIN: "o", MARQUEE_KEYS: "k", MARQUEE_DATABASE: database }).database;
  const both = "postgres://ada:secret@one:5432,two:5433/marquee";
  assert.equal(read(both), both);
  assert.throws(() => read("postgres://ada:secret@one:5432,:x/marquee"), /MARQUEE_DATABASE must be an address/);
});

test("a refusal never repeats a password", async (t) => {
  const data = temporaryFolder(t);
  const { code, stderr } = await marquee(["serve", "--data", data], {
    MARQUEE_DATABASE: "psql://ada:hunter2@db/marquee",
  });
  assert.equal(code, 78);
  assert.doesNotMatch(stderr, /hunter2/);
});

test("every setting has a variable of its own", () => {
  const variables = Object.values(settings).map(({ flag }) => variableOf(flag));
  assert.equal(new Set(variables).size, variables.length);
});

test("a reader that has seen enough ends the command without a stack trace", async () => {
  const child = start(["--help"]);
  child.stdout?.destroy();
  const { code, stderr } = await ended(child);
  assert.deepEqual([code, stderr], [0, ""]);
});
