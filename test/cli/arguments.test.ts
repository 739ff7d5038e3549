import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { settings, variableOf } from "../../src/config.ts";
import { ended, marquee, start, temporaryFolder } from "./marquee.ts";

const commands = ["serve", "demo", "migrate", "doctor", "verify", "backup", "restore"];

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
