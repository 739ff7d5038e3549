import assert from "node:assert/strict";
import { test } from "node:test";
import { createAccounts } from "../../src/accounts/create.ts";
import { installOperator } from "../../src/accounts/install.ts";
import { createMemoryBus } from "../../src/bus/memory.ts";
import { createAccountNews } from "../../src/store/account-news.ts";
import { createSetting, password, person, refusalOf } from "./setting.ts";
import { signedUp } from "./signed-up.ts";

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
  assert.equal(setting.store.queries() - before, 3, "the news, the session, the memberships");
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
  const { secret } = await signedUp(one, { email: "ada@example.org", name: "Ada", password });
  assert.ok((await one.session(secret)) && (await two.session(secret)));
  await one.signOut(secret);
  assert.equal(await one.session(secret), undefined);
  assert.equal(await two.session(secret), undefined);
});

test("a process that hears nothing refuses an ended session after two seconds", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const deaf = createAccounts({ store, bus: createMemoryBus(), clock, random });
  const ada = await person(setting, "ada");
  const eve = await person(setting, "eve");
  assert.ok(await deaf.session(ada.secret));
  await setting.accounts.signOut(ada.secret);
  setting.pass(2_000);
  assert.equal(await deaf.session(ada.secret), undefined);
  assert.ok(await deaf.session(eve.secret));
});

test("whatever changes what somebody may do is known after two seconds to a process that hears nothing", async () => {
  await using setting = await createSetting();
  const { accounts, store, clock, random } = setting;
  const deaf = createAccounts({ store, bus: createMemoryBus(), clock, random });
  const ada = await person(setting, "ada");
  const eve = await person(setting, "eve");
  const seen = async (secret: string) => {
    setting.pass(2_000);
    return deaf.session(secret);
  };
  const roles = async (secret: string) =>
    (await seen(secret))?.memberships.map(({ sellerName, role }) => `${sellerName} ${role}`);
  assert.deepEqual([await roles(ada.secret), await roles(eve.secret)], [[], []]);
  const seller = await accounts.openSeller(ada.id, { name: "Aurora", currency: "USD" });
  assert.deepEqual(await roles(ada.secret), ["Aurora owner"]);
  const { secret } = await accounts.invite(seller.id, { email: "eve@example.org", role: "manager", actor: ada.id });
  await accounts.acceptInvitation(eve.id, secret);
  assert.deepEqual(await roles(eve.secret), ["Aurora manager"]);
  await accounts.setRole(seller.id, eve.id, "scanner", ada.id);
  assert.deepEqual(await roles(eve.secret), ["Aurora scanner"]);
  await accounts.updateSeller(seller.id, { name: "Boreal" });
  assert.deepEqual(await roles(eve.secret), ["Boreal scanner"]);
  await accounts.removeMember(seller.id, eve.id, ada.id);
  assert.deepEqual(await roles(eve.secret), []);
  await accounts.update(eve.id, { name: "Eve II" });
  assert.equal((await seen(eve.secret))?.account.name, "Eve II");
  await installOperator({ store, clock, random }, "eve@example.org");
  assert.equal((await seen(eve.secret))?.account.operator, true);
  const other = await accounts.signIn({ email: "eve@example.org", password, userAgent: "", address: "192.0.2.1" });
  assert.ok(await seen(other.secret));
  const sessionHash = (await deaf.session(other.secret))?.sessionHash ?? "";
  await accounts.changePassword({ accountId: eve.id, sessionHash, present: password, wanted: `${password} by night` });
  assert.equal(await seen(eve.secret), undefined);
  await accounts.revoke(eve.id, sessionHash);
  assert.equal(await seen(other.secret), undefined);
});

test("more news than a process takes in at once make it read every session again", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const deaf = createAccounts({ store, bus: createMemoryBus(), clock, random });
  const ada = await person(setting, "ada");
  assert.ok(await deaf.session(ada.secret));
  await store.db.transaction().execute((db) =>
    createAccountNews(db).append(
      Array.from({ length: 2_500 }, (_, index) => ({ accountId: `${index}` })),
      clock(),
    ),
  );
  await setting.accounts.signOut(ada.secret);
  setting.pass(2_000);
  assert.equal(await deaf.session(ada.secret), undefined);
});

test("news that were swept before a process heard them make it read every session again", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const deaf = createAccounts({ store, bus: createMemoryBus(), clock, random });
  const ada = await person(setting, "ada");
  assert.ok(await deaf.session(ada.secret));
  await setting.accounts.signOut(ada.secret);
  assert.equal(await createAccountNews(store.db).removeExpired(clock() + day), 1);
  setting.pass(2_000);
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

test("with the store gone, sessions known to be right are believed for ten minutes and the fault is reported", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const eve = await person(setting, "eve");
  assert.ok(await ada.who());
  await setting.store.close();
  setting.pass(9 * 60_000);
  assert.ok(await ada.who());
  assert.deepEqual(setting.reports, ["asking the store which sessions ended; those known are believed"]);
  assert.equal((await refusalOf(eve.who())).code, "unavailable", "a session that is not known");
  setting.pass(60_000);
  assert.equal((await refusalOf(ada.who())).code, "unavailable");
});

test("with the store gone, a session that is known to have ended stays ended", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const bus = createMemoryBus();
  const [one, two] = [0, 1].map(() => createAccounts({ store, bus, clock, random }));
  assert.ok(one && two);
  const { secret } = await signedUp(one, { email: "ada@example.org", name: "Ada", password });
  assert.ok(await two.session(secret));
  await one.signOut(secret);
  await setting.store.close();
  setting.pass(2_000);
  assert.equal((await refusalOf(two.session(secret))).code, "unavailable");
});

test("a change of the profile is seen by the very next request", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  await ada.who();
  const changed = await setting.accounts.update(ada.id, { name: "Ada King" });
  assert.deepEqual((await ada.who())?.account, changed);
  await setting.accounts.update(ada.id, { preferences: { place: "Denver" } });
  assert.deepEqual((await ada.who())?.account, { ...changed, preferences: { place: "Denver" } });
});
