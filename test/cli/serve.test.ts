import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { isHalfLoaded, loadedDemo } from "../../src/cli/demo-folder.ts";
import { ended, marquee, start, temporaryFolder, type Ended } from "./marquee.ts";

/** A serving process; the address is what it prints. */
async function serving(
  args: readonly string[],
): Promise<{ child: ChildProcess; address: string; end: Promise<Ended>; said: () => string }> {
  const child = start(["serve", "--port", "0", ...args]);
  let text = "";
  const end = ended(child);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /^Marquee answers at (\S+)$[^]*Ctrl\+C/m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void end.then(({ stderr }) => reject(new Error(`it ended: ${text}${stderr}`)));
  });
  return { child, address, end, said: () => text };
}

test("an empty folder is made an installation that answers, is ready, and says how to make its first operator", async (t) => {
  const { child, address, end, said } = await serving(["--data", temporaryFolder(t)]);
  try {
    assert.equal((await fetch(`${address}/healthz`)).status, 200);
    assert.equal((await fetch(`${address}/readyz`)).status, 200);
    assert.match(await (await fetch(`${address}/metrics`)).text(), /marquee_closed_partitions 0/);
    assert.match(said(), /marquee operator you@example\.org/);
  } finally {
    child.kill("SIGTERM");
  }
  assert.equal((await end).code, 0);
});

test("a folder that is served cannot be served again, can be backed up, and is free when the process was killed", async (t) => {
  const folder = temporaryFolder(t);
  const data = `${folder}/data`;
  const first = await serving(["--data", data]);
  try {
    const second = await marquee(["serve", "--port", "0", "--data", data]);
    assert.equal(second.code, 75);
    assert.ok(second.stderr.includes(`process ${first.child.pid}`), second.stderr);
    const backup = await marquee(["backup", "--data", data, `${folder}/backup`]);
    assert.equal(backup.code, 0, backup.stderr);
  } finally {
    first.child.kill("SIGKILL");
    await first.end;
  }
  const again = await serving(["--data", data]);
  again.child.kill("SIGINT");
  assert.equal((await again.end).code, 0);
  assert.equal((await marquee(["verify", "--data", data])).code, 0);
});

test("a port that is taken ends the start, before a demo is loaded, with a sentence and exit code 69", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  const port = String((server.address() as AddressInfo).port);
  const data = temporaryFolder(t);
  const { code, stderr } = await marquee(["serve", "--demo", "--data", data, "--port", port]);
  assert.equal(code, 69);
  assert.ok(!isHalfLoaded(data) && loadedDemo(data) === undefined);
  assert.equal(stderr, `Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port.\n`);
});
