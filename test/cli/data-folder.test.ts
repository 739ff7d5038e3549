import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folderHolder, FolderTaken, lockFolder } from "../../src/store/folder-lock.ts";
import { marquee, temporaryFolder } from "./marquee.ts";

const me = { pid: process.pid, command: "serve", since: "2026-11-22T19:30:00.000Z" };

/** A process that holds a folder until it is killed. */
async function holderOf(folder: string) {
  const module = fileURLToPath(new URL("../../src/store/folder-lock.ts", import.meta.url));
  const script = `
    const { lockFolder } = await import(${JSON.stringify(module)});
    lockFolder(${JSON.stringify(folder)}, { pid: process.pid, command: "serve", since: "2026-11-22T19:30:00.000Z" });
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a data folder that is missing is made for this user alone", (t) => {
  const folder = join(temporaryFolder(t), "new", "data");
  lockFolder(folder, me)();
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test("a folder that is held is not taken a second time, and the refusal says who has it", (t) => {
  const folder = temporaryFolder(t);
  const release = lockFolder(folder, me);
  assert.throws(
    () => lockFolder(folder, me),
    (error) => error instanceof FolderTaken && error.message.includes(`process ${process.pid} since 2026-11-22`),
  );
  release();
  assert.equal(folderHolder(folder), undefined);
  lockFolder(folder, me)();
});

test("a second process cannot take the folder, and `marquee` ends with exit code 75", async (t) => {
  const folder = temporaryFolder(t);
  const child = await holderOf(folder);
  try {
    assert.throws(() => lockFolder(folder, me), FolderTaken);
    const { code, stderr } = await marquee(["migrate", "--data", folder]);
    assert.equal(code, 75);
    assert.ok(stderr.includes(`process ${child.pid}`), stderr);
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
});

test("a killed process leaves no lock behind", async (t) => {
  const folder = temporaryFolder(t);
  const child = await holderOf(folder);
  assert.notEqual(folderHolder(folder), undefined);
  child.kill("SIGKILL");
  await once(child, "close");
  assert.equal(folderHolder(folder), undefined);
  lockFolder(folder, me)();
});
