// Another e-mail address for an account: nobody learns by asking for it whose it is, and only who reads its mail gets it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "../../src/documents/letters.ts";
import { createEmailChangeTable } from "../../src/store/email-changes.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { sweepAccounts } from "../../src/workers/sweep-accounts.ts";
import { publicUrl, registered, serve, visitor } from "./http-setting.ts";
import { createSetting, password, person, refusalOf, type Setting } from "./setting.ts";
import { keyOf } from "./signed-up.ts";

const wanted = "ada@elsewhere.example";

async function letters({ store, clock }: Setting) {
  const taken = await createOutbox(store.db).takeDue({ now: clock(), leaseMs: 86_400_000, limit: 20 });
  return taken.map((entry) => ({ kind: entry.kind, ...letterOf(entry, publicUrl) }));
}

/** Somebody whose own mail was read already. */
async function reader(setting: Setting, name: string) {
  const someone = await person(setting, name);
  await letters(setting);
  const request = (email: string, typed = password) =>
    setting.accounts.requestEmail({ accountId: someone.id, email, password: typed });
  return { ...someone, request };
}

test("an address is the account's when its link was followed; until then the old one stays, and is told afterwards", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  await accounts.requestEmail({ accountId: ada.id, email: ` ${wanted.toUpperCase()}`, password, language: "es" });
  assert.equal(await accounts.requestedEmail(ada.id), wanted);
  assert.equal((await ada.who())?.account.email, "ada@example.org");
  const [letter, ...others] = await letters(setting);
  assert.deepEqual(others, []);
  assert.deepEqual([letter?.to.address, letter?.subject], [wanted, "Confirma tu correo nuevo"]);
  const secret = /\/account\/email\/confirm\?key=(\w{52})\n/.exec(letter?.text ?? "")?.[1] ?? "";

  const change = { accountId: ada.id, email: wanted };
  for (const _ of [1, 2]) assert.deepEqual(await accounts.emailChange(secret), change);
  assert.deepEqual(await accounts.confirmEmail({ secret, accountId: ada.id }), { email: wanted });
  assert.equal((await ada.who())?.account.email, wanted, "the session goes on");
  assert.equal(await accounts.requestedEmail(ada.id), undefined);
  const [notice] = await letters(setting);
  assert.deepEqual([notice?.kind, notice?.to.address], ["email-changed", "ada@example.org"]);
  assert.ok(!notice?.text.includes(wanted));
  await accounts.signIn({ email: wanted, password, userAgent: "", address: "" });
  const audit = await setting.store.db.selectFrom("audit").select(["actor", "action"]).execute();
  assert.deepEqual(
    audit.map(({ actor, action }) => [actor, action]),
    [[ada.id, "account.email_changed"]],
  );
});

test("another address needs the present password, and one that is an address", async () => {
  await using setting = await createSetting();
  const ada = await reader(setting, "ada");
  const cases = [
    [wanted, "", "invalid_request", "password"],
    [wanted, "a guess", "wrong_credentials", "password"],
    ["ada", password, "invalid_request", "email"],
  ] as const;
  for (const [email, typed, code, field] of cases) {
    const refusal = await refusalOf(ada.request(email, typed));
    assert.deepEqual([refusal.code, refusal["field"]], [code, field]);
  }
  assert.deepEqual(await letters(setting), []);
});

test("a password that was changed while the old one was judged begins nothing", async () => {
  await using setting = await createSetting();
  const ada = await reader(setting, "ada");
  const sessionHash = (await ada.who())?.sessionHash ?? "";
  setting.afterNextVerification(() =>
    setting.accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted: "another walrus" }),
  );
  assert.equal((await refusalOf(ada.request(wanted))).code, "wrong_credentials");
  assert.equal(await setting.accounts.requestedEmail(ada.id), undefined);
});

test("a link works once, for a day, and only the last one sent; asking for one's own address ends them", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  const [first, second] = [await ada.request("one@example.org"), await ada.request(wanted)];
  const confirm = (path = "") => accounts.confirmEmail({ secret: keyOf(path), accountId: ada.id });
  const refused = async (path?: string) => (await refusalOf(confirm(path))).code;
  assert.equal(await refused(first?.path), "not_found");
  await confirm(second?.path);
  assert.equal(await refused(second?.path), "not_found");
  setting.pass(3_600_000);
  const third = await ada.request("three@example.org");
  setting.pass(86_400_000);
  assert.equal(await refused(third?.path), "not_found");
  assert.equal(await accounts.requestedEmail(ada.id), undefined);
  const fourth = await ada.request("four@example.org");
  assert.equal(await ada.request(wanted), undefined);
  assert.equal(await refused(fourth?.path), "not_found");
});

test("an address that waits is taken back without more ado, and its link no longer opens", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  const asked = await ada.request(wanted);
  for (const _ of [1, 2]) await accounts.withdrawEmail(ada.id);
  assert.equal(await accounts.requestedEmail(ada.id), undefined);
  const late = accounts.confirmEmail({ secret: keyOf(asked?.path ?? ""), accountId: ada.id });
  assert.equal((await refusalOf(late)).code, "not_found");
});

test("whoever follows a link and is not signed in to the account needs its password: it may be somebody else's account", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const [ada, eve] = [await reader(setting, "ada"), await reader(setting, "eve")];
  const secret = keyOf((await ada.request(wanted))?.path ?? "");
  for (const signedIn of [{}, { accountId: eve.id }]) {
    const cases = [
      [{}, "invalid_request"],
      [{ password: "" }, "invalid_request"],
      [{ password: "a guess" }, "wrong_credentials"],
    ] as const;
    for (const [typed, code] of cases) {
      const refusal = await refusalOf(accounts.confirmEmail({ secret, ...signedIn, ...typed }));
      assert.deepEqual([refusal.code, refusal["field"]], [code, "password"]);
    }
  }
  assert.equal((await ada.who())?.account.email, "ada@example.org");
  await accounts.confirmEmail({ secret, password });
  assert.equal((await ada.who())?.account.email, wanted);
});

test("a password that was changed while a link was followed with the old one confirms nothing", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  const secret = keyOf((await ada.request(wanted))?.path ?? "");
  const sessionHash = (await ada.who())?.sessionHash ?? "";
  setting.afterNextVerification(() =>
    accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted: "another walrus" }),
  );
  assert.equal((await refusalOf(accounts.confirmEmail({ secret, password }))).code, "not_found");
});

test("a link no longer works after the password was changed or chosen anew: whoever knew the old one may have asked", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  const first = await ada.request(wanted);
  const sessionHash = (await ada.who())?.sessionHash ?? "";
  await accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted: "another walrus" });
  const refused = async (path = "") =>
    (await refusalOf(accounts.confirmEmail({ secret: keyOf(path), accountId: ada.id }))).code;
  assert.equal(await refused(first?.path), "not_found");
  const second = await ada.request(wanted, "another walrus");
  const reset = await accounts.requestPasswordReset("ada@example.org");
  await accounts.resetPassword(keyOf(reset?.path ?? ""), "yet another one");
  assert.equal(await refused(second?.path), "not_found");
});

test("asking for a taken address and a free one is the same work, and leaves the same behind", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const [ada, bob] = [await reader(setting, "ada"), await reader(setting, "bob")];
  await reader(setting, "eve");
  const workOf = async (who: typeof ada, email: string) => {
    const before = [setting.verifications(), setting.store.queries()];
    await who.request(email);
    const after = [setting.verifications(), setting.store.queries()];
    return after.map((count, index) => count - (before[index] ?? 0));
  };
  assert.deepEqual(await workOf(ada, "eve@example.org"), await workOf(bob, "free@example.org"));
  assert.equal(await accounts.requestedEmail(ada.id), "eve@example.org");
  assert.equal(await accounts.requestedEmail(bob.id), "free@example.org");
  const subjects = (await letters(setting)).map(({ to, subject }) => `${to.address}: ${subject}`);
  assert.deepEqual(subjects.toSorted(), [
    "eve@example.org: You already have an account",
    "free@example.org: Confirm your new address",
  ]);
});

test("an address that somebody else took meanwhile is refused, and the account keeps its own", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await reader(setting, "ada");
  const secret = keyOf((await ada.request("eve@example.org"))?.path ?? "");
  await person(setting, "eve");
  assert.equal((await refusalOf(accounts.emailChange(secret))).code, "email_taken");
  assert.equal((await refusalOf(accounts.confirmEmail({ secret, accountId: ada.id }))).code, "email_taken");
  assert.equal((await ada.who())?.account.email, "ada@example.org");
});

test("mails are sent three times for an account and to an address, then one each twenty minutes", async () => {
  await using setting = await createSetting();
  const [ada, bob] = [await reader(setting, "ada"), await reader(setting, "bob")];
  for (let count = 0; count < 3; count += 1) await ada.request(`one-${count}@example.org`);
  assert.equal((await refusalOf(ada.request(wanted))).code, "too_many_requests");
  for (let count = 0; count < 3; count += 1) await bob.request(wanted).catch(() => undefined);
  assert.equal((await refusalOf(bob.request(wanted))).code, "too_many_requests");
  setting.pass(1_200_000);
  await ada.request("one-9@example.org");
});

test("what nobody confirmed is swept away, and closed with the account", async () => {
  await using setting = await createSetting();
  const [ada, bob] = [await reader(setting, "ada"), await reader(setting, "bob")];
  await ada.request(wanted);
  await bob.request("bob@elsewhere.example");
  const count = async () => (await setting.store.db.selectFrom("email_changes").select("id").execute()).length;
  await setting.accounts.close(bob.id, password);
  assert.equal(await count(), 1);
  const sweep = sweepAccounts([createEmailChangeTable(setting.store.db)], setting.clock);
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 1);
  setting.pass(86_400_000);
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 0);
});

test("the API answers alike for a taken address and a free one, shows what waits, and takes the token from the account or with its password", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const [ada, bob] = [await registered(server, "ada"), await registered(server, "bob")];
  await registered(server, "eve");
  await letters(setting);
  assert.equal((await visitor(server).send("POST", "/me/email", { email: wanted, password })).status, 401);
  const answers = [
    await bob.send("POST", "/me/email", { email: "eve@example.org", password }),
    await ada.send("POST", "/me/email", { email: wanted, password }),
  ].map(({ status, body, headers }) => ({ status, body, headers: { ...headers, date: "", "x-request-id": "" } }));
  assert.deepEqual(answers[0], answers[1]);
  assert.equal(answers[0]?.status, 202);
  assert.deepEqual((await ada.send("GET", "/me")).body["requestedEmail"], wanted);
  assert.deepEqual((await bob.send("PATCH", "/me", { name: "Bob" })).body["requestedEmail"], "eve@example.org");
  const letter = (await letters(setting)).find(({ kind }) => kind === "email-change");
  const token = /key=(\w{52})/.exec(letter?.text ?? "")?.[1];
  const confirm = (who: typeof nobody, more = {}) => who.send("POST", "/accounts/confirm-email", { token, ...more });
  const nobody = visitor(server);
  for (const who of [nobody, bob]) {
    const { status, body } = await confirm(who);
    assert.deepEqual([status, body["code"], body["field"]], [400, "invalid_request", "password"]);
  }
  assert.equal((await confirm(nobody, { password: "a guess" })).status, 401);
  assert.equal((await confirm(nobody, { password })).status, 204);
  const { requestedEmail, email } = (await ada.send("GET", "/me")).body;
  assert.deepEqual([email, requestedEmail], [wanted, undefined]);

  assert.equal((await visitor(server).send("DELETE", "/me/email")).status, 401);
  assert.equal((await bob.send("DELETE", "/me/email")).status, 204);
  assert.equal((await bob.send("GET", "/me")).body["requestedEmail"], undefined);
});
