import assert from "node:assert/strict";
import { test } from "node:test";
import { createAccounts } from "../../src/accounts/create.ts";
import { createMemoryBus } from "../../src/bus/memory.ts";
import { createSetting, password, person, refusalOf } from "./setting.ts";

const day = 86_400_000;

test("a session read again and again asks the store nothing", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const first = await ada.who();
  const before = setting.store.queries();
  for (let count = 0; count < 1_000; count += 1) assert.equal(await ada.who(), first);
  assert.equal(setting.store.queries() - before, 0);
});

test("many requests that meet an unknown session at once read it once", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const before = setting.store.queries();
  await Promise.all(Array.from({ length: 50 }, ada.who));
  assert.equal(setting.store.queries() - before, 2, "one for the session, one for the memberships");
});

test("what cannot be a secret is not looked up", async () => {
  await using setting = await createSetting();
  const before = setting.store.queries();
  for (const text of ["", "x", "u".repeat(52), "0".repeat(51), `${"0".repeat(52)}\n`]) {
    assert.equal(await setting.accounts.session(text), undefined);
  }
  assert.equal(setting.store.queries() - before, 0);
  assert.equal(await setting.accounts.session("0".repeat(52)), undefined);
});

test("a session survives a restart", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  await setting.restart();
  assert.equal((await setting.accounts.session(ada.secret))?.account.email, "ada@example.org");
});

test("a session ends thirty days after its last use, which is written at most once an hour", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const seenAt = async () =>
    (await setting.store.db.selectFrom("sessions").select("seen_at").executeTakeFirstOrThrow()).seen_at;
  const begun = await seenAt();
  setting.pass(59 * 60_000);
  await ada.who();
  assert.equal(await seenAt(), begun);
  setting.pass(60_000);
  await ada.who();
  assert.equal(await seenAt(), begun + 3_600_000);

  setting.pass(29 * day);
  assert.ok(await ada.who());
  setting.pass(29 * day);
  assert.ok(await ada.who(), "each use begins thirty days anew");
  await setting.restart();
  setting.pass(30 * day - 1);
  assert.ok(await setting.accounts.session(ada.secret));
  setting.pass(30 * day);
  assert.equal(await setting.accounts.session(ada.secret), undefined);
});

test("signing out ends the session at once, here and in another process", async () => {
  await using setting = await createSetting();
  const bus = createMemoryBus();
  const { store, clock, random } = setting;
  const [one, two] = [0, 1].map(() => createAccounts({ store, bus, clock, random }));
  assert.ok(one && two);
  const { secret } = await one.register({ email: "ada@example.org", name: "Ada", password, userAgent: "" });
  assert.ok((await one.session(secret)) && (await two.session(secret)));
  await one.signOut(secret);
  assert.equal(await one.session(secret), undefined);
  assert.equal(await two.session(secret), undefined);
});

test("a process that missed the news reads the session again within a minute", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const deaf = createAccounts({ store, bus: createMemoryBus(), clock, random });
  const ada = await person(setting, "ada");
  assert.ok(await deaf.session(ada.secret));
  await setting.accounts.signOut(ada.secret);
  assert.ok(await deaf.session(ada.secret));
  setting.pass(60_000);
  assert.equal(await deaf.session(ada.secret), undefined);
});

test("sessions are listed, and each can be ended by its owner only", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await person(setting, "ada");
  const eve = await person(setting, "eve");
  setting.pass(1_000);
  const phone = await accounts.signIn({ email: "ada@example.org", password, userAgent: "phone", address: "192.0.2.1" });
  const here = await accounts.session(phone.secret);
  assert.ok(here);
  const listed = await accounts.sessions(ada.id, here.sessionHash);
  assert.deepEqual(
    listed.map(({ userAgent, current }) => ({ userAgent, current })),
    [
      { userAgent: "phone", current: true },
      { userAgent: "a test", current: false },
    ],
  );
  const other = listed[1]?.id ?? "";
  assert.equal((await refusalOf(accounts.revoke(eve.id, other))).code, "not_found");
  assert.ok(await ada.who());
  await accounts.revoke(ada.id, other);
  assert.equal(await ada.who(), undefined);
  assert.equal((await refusalOf(accounts.revoke(ada.id, other))).code, "not_found");
});

test("a session that changes while it is being read is not kept as it was", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const reading = ada.who();
  const changing = setting.accounts.update(ada.id, { name: "Countess" });
  await Promise.all([reading, changing]);
  assert.equal((await ada.who())?.account.name, "Countess");
});

test("with the store gone, sessions read lately are believed for a quarter of an hour and the fault is reported", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  assert.ok(await ada.who());
  await setting.store.close();
  setting.pass(5 * 60_000);
  assert.ok(await ada.who());
  assert.deepEqual(setting.reports, ["reading a session; the one known is used"]);
  setting.pass(10 * 60_000);
  await assert.rejects(ada.who());
});

test("a change of the profile is seen by the very next request", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  await person(setting, "eve");
  await ada.who();
  const changed = await setting.accounts.update(ada.id, { name: "Ada King", email: "King@example.org", password });
  assert.deepEqual((await ada.who())?.account, changed);
  await setting.accounts.update(ada.id, { preferences: { place: "Denver" } });
  assert.deepEqual((await ada.who())?.account, { ...changed, preferences: { place: "Denver" } });
  const taken = await refusalOf(setting.accounts.update(ada.id, { email: "eve@example.org", password }));
  assert.deepEqual([taken.code, taken["field"]], ["email_taken", "email"]);
});
