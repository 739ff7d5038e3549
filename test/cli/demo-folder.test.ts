import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoAccounts, demoPassword, demoSignIns, plannedDemoAccounts } from "../../src/cli/demo-accounts.ts";
import { isHalfLoaded, loadedDemo, loadOnce, refuseHalfLoaded } from "../../src/cli/demo-folder.ts";
import { temporaryFolder } from "./marquee.ts";

const demo = { loadedAt: "2026-11-22T19:30:00.000Z", seed: 1, days: 7, national: false };

test("a folder knows the demo that was loaded into it", async (t) => {
  const data = temporaryFolder(t);
  assert.equal(loadedDemo(data), undefined);
  await loadOnce(data, demo, async () => writeFileSync(join(data, "store.db"), "whole"));
  assert.deepEqual(loadedDemo(data), demo);
  assert.doesNotThrow(() => refuseHalfLoaded(data));
});

test("a demo that was broken off is known as such, is not served, and is loaded anew from nothing", async (t) => {
  const data = temporaryFolder(t);
  const brokenOff = loadOnce(data, demo, async () => {
    writeFileSync(join(data, "store.db"), "half");
    throw new Error("the power went");
  });
  await assert.rejects(brokenOff, /the power went/);
  assert.equal(isHalfLoaded(data), true);
  assert.throws(() => refuseHalfLoaded(data), /was broken off/);
  await loadOnce(data, demo, async () => assert.deepEqual(readdirSync(data), ["demo-loading"]));
  assert.equal(isHalfLoaded(data), false);
});

test("the demo's sign-ins: a buyer, the owner of its sellers, somebody at the door, the operator", () => {
  const planned = plannedDemoAccounts(["one", "two"]);
  assert.deepEqual(
    planned.map(({ email, roles, operator }) => [email, roles.map(({ role }) => role), operator]),
    [
      ["buyer@demo.example", [], false],
      ["seller@demo.example", ["owner", "owner"], false],
      ["door@demo.example", ["scanner", "scanner"], false],
      ["operator@demo.example", [], true],
    ],
  );
  const told = demoSignIns().join("\n");
  for (const { email } of demoAccounts) assert.ok(told.includes(email));
  assert.ok(told.includes(demoPassword));
});
