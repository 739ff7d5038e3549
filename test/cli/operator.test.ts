import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test, type TestContext } from "node:test";
import { createAccounts } from "../../src/accounts/create.ts";
import { createMemoryBus } from "../../src/bus/memory.ts";
import { installationPaths } from "../../src/installation.ts";
import { openStore } from "../../src/store/open.ts";
import { signedUp } from "../accounts/signed-up.ts";
import { marquee, temporaryFolder } from "./marquee.ts";

function accountsIn(data: string, t: TestContext) {
  const store = openStore({ kind: "sqlite", file: installationPaths(data).store });
  t.after(() => store.close());
  return createAccounts({ store, bus: createMemoryBus(), clock: () => Date.now(), random: randomBytes });
}

const from = { userAgent: "test", address: "127.0.0.1" };

test("the first operator is made with a password that is printed once, and can sign in", async (t) => {
  const data = temporaryFolder(t);
  await marquee(["migrate", "--data", data]);
  const { code, stdout, stderr } = await marquee(["operator", "--data", data, "Ada@example.org"]);
  assert.equal(code, 0, stderr);
  const password = /its password is (\w{26})$/m.exec(stdout)?.[1] ?? "";
  const { account } = await accountsIn(data, t).signIn({ email: "ada@example.org", password, ...from });
  assert.equal(account.operator, true);
});

test("somebody who has an account keeps the password and becomes operator", async (t) => {
  const data = temporaryFolder(t);
  await marquee(["migrate", "--data", data]);
  const accounts = accountsIn(data, t);
  const person = { email: "ada@example.org", password: "a long walk home" };
  await signedUp(accounts, { ...person, name: "Ada" });
  const { stdout } = await marquee(["operator", "--data", data, "ada@example.org"]);
  assert.equal(stdout, "ada@example.org is an operator.\n");
  assert.equal((await accounts.signIn({ ...person, ...from })).account.operator, true);
});

test("what is no e-mail address, and a folder without an installation, are refused", async (t) => {
  const data = temporaryFolder(t);
  assert.equal((await marquee(["operator", "--data", data, "ada@example.org"])).code, 66);
  await marquee(["migrate", "--data", data]);
  const { code, stderr } = await marquee(["operator", "--data", data, "ada"]);
  assert.equal(code, 64);
  assert.match(stderr, /Give an e-mail address/);
});
