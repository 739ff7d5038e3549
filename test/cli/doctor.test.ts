import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { checks, type Finding, type Machine } from "../../src/cli/doctor-checks.ts";
import { readConfig } from "../../src/config.ts";
import { marquee, temporaryFolder } from "./marquee.ts";

const machine: Machine = {
  nodeVersion: "26.10.0",
  wallMs: () => Date.UTC(2026, 10, 22),
  elapsedMs: () => performance.now(),
};

async function findings(flags: Record<string, string>, change: Partial<Machine> = {}): Promise<Finding[]> {
  const config = readConfig({ port: "0", ...flags }, {});
  const found: Finding[] = [];
  for (const check of checks) found.push(await check(config, { ...machine, ...change }));
  return found;
}

const failures = (found: readonly Finding[]) =>
  found.filter(({ level }) => level === "fail").map(({ sentence }) => sentence);

test("a good machine has nothing that fails, and doctor leaves nothing behind", async (t) => {
  const folder = temporaryFolder(t);
  assert.deepEqual(failures(await findings({ data: join(folder, "data") })), []);
  assert.deepEqual(readdirSync(folder), []);
});

test("doctor prints a line for each check and exits with 0", async (t) => {
  const { code, stdout, stderr } = await marquee(["doctor", "--port", "0", "--data", temporaryFolder(t)]);
  assert.equal(code, 0, stdout + stderr);
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, checks.length);
  for (const line of lines) assert.match(line, /^(?:ok {2}|warn) {2}\S/);
});

test("an old Node fails", async (t) => {
  const [sentence] = failures(await findings({ data: temporaryFolder(t) }, { nodeVersion: "20.20.2" }));
  assert.match(sentence ?? "", /Node is 20\.20\.2; 26 is needed/);
});

test("a port that is taken fails, and exit code 1 says so", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  const port = String((server.address() as AddressInfo).port);
  const { code, stdout } = await marquee(["doctor", "--data", temporaryFolder(t), "--port", port]);
  assert.equal(code, 1);
  assert.match(stdout, new RegExp(`^fail  Port ${port} on 127\\.0\\.0\\.1 cannot be used: EADDRINUSE`, "m"));
});

test("a clock that was never set, or went back behind the data, fails", async (t) => {
  const data = temporaryFolder(t);
  assert.match(failures(await findings({ data }, { wallMs: () => 0 })).join(), /before this program existed/);
  writeFileSync(join(data, "store.db"), "");
  const later = Date.UTC(2026, 10, 23) / 1000;
  utimesSync(join(data, "store.db"), later, later);
  assert.match(failures(await findings({ data })).join(), /the clock went back/);
});

test("a mail server that does not answer fails, without its password in the sentence", async (t) => {
  const mail = "smtp://user:hunter2secret@127.0.0.1:1";
  const [sentence = ""] = failures(await findings({ data: temporaryFolder(t), mail }));
  assert.match(sentence, /127\.0\.0\.1:1 does not take mail/);
  assert.doesNotMatch(sentence, /hunter2secret/);
});

test("a data folder that others can read is warned about", async (t) => {
  const data = temporaryFolder(t);
  chmodSync(data, 0o755);
  const warnings = (await findings({ data })).filter(({ level }) => level === "warn").map(({ sentence }) => sentence);
  assert.match(warnings.join(), /can be read by other users/);
});

test("a chunk that is empty fails", async (t) => {
  const data = temporaryFolder(t);
  mkdirSync(join(data, "published"));
  writeFileSync(join(data, "published", "shows.json"), "");
  assert.match(failures(await findings({ data })).join(), /1 of 1 chunks/);
});
