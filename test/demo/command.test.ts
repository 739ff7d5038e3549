import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadedDemo } from "../../src/cli/demo-folder.ts";
import { marquee, temporaryFolder } from "../cli/marquee.ts";

test("`marquee demo` fills an empty folder, says how to sign in, and refuses a folder that is not empty", async (t) => {
  const data = temporaryFolder(t);
  const { code, stdout, stderr } = await marquee(["demo", "--data", data, "--days", "1", "--seed", "42"]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Loading the demo: 100 %$/m);
  assert.match(stdout, /^Selling its past: 100 %$/m);
  assert.match(stdout, /buyer@demo\.example/);
  const { seed, days, national } = loadedDemo(data) ?? assert.fail("no demo.json");
  assert.deepEqual({ seed, days, national }, { seed: 42, days: 1, national: false });
  assert.ok(existsSync(join(data, "static", "media")));

  const again = await marquee(["demo", "--data", data]);
  assert.equal(again.code, 66);
  assert.match(again.stderr, /is not empty/);
});

test("`marquee demo` takes no number of days that makes no sense", async (t) => {
  const { code, stderr } = await marquee(["demo", "--data", temporaryFolder(t), "--days", "0"]);
  assert.equal(code, 64);
  assert.match(stderr, /--days must be a whole number from 1 to 60/);
});
