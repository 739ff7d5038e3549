// Choosing a new password by a link, and what a password that was changed still opens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbox } from "../../src/store/outbox.ts";
import { createPasswordResetTable } from "../../src/store/password-resets.ts";
import { letterOf } from "../../src/documents/letters.ts";
import { sweepAccounts } from "../../src/workers/sweep-accounts.ts";
import { publicUrl, registered, serve, visitor } from "./http-setting.ts";
import { createSetting, password, person, refusalOf, type Setting } from "./setting.ts";
import { keyOf } from "./signed-up.ts";

const wanted = "a heron under the second spotlight";

const signIn = ({ accounts }: Setting, typed: string, address = "192.0.2.1", email = "ada@example.org") =>
  accounts.signIn({ email, password: typed, userAgent: "a test", address });

/** The mails that wait to be sent, as letters. */
async function letters(setting: Setting) {
  const taken = await createOutbox(setting.store.db).takeDue({ now: setting.clock(), leaseMs: 1, limit: 20 });
  // Those by which the tests' people signed up are not what is looked at.
  const others = taken.filter(({ kind }) => kind !== "sign-up");
  return others.map((entry) => ({ kind: entry.kind, ...letterOf(entry, publicUrl) }));
}

/** Asks for a link for ada; the secret in it. */
async function linkOf(setting: Setting, email = "ada@example.org"): Promise<string> {
  setting.pass(1);
  await setting.accounts.requestPasswordReset(email, "192.0.2.1");
  const { text } = (await letters(setting)).at(-1) ?? { text: "" };
  return /\/reset-password\?key=([0-9a-z]{52})\n/.exec(text)?.[1] ?? "";
}

test("who forgot the password gets a mail with a link that lets choose a new one, and is signed in nowhere", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await person(setting, "ada");
  await accounts.requestPasswordReset(" ADA@example.org", "192.0.2.1");
  const [letter, ...others] = await letters(setting);
  assert.deepEqual(others, []);
  assert.deepEqual(letter?.to, { name: "ada", address: "ada@example.org" });
  assert.equal(letter?.subject, "Choose a new password");
  assert.match(letter?.text ?? "", /Sunday, November 22, 2026 at 8:30 PM UTC/);
  const secret = /https:\/\/tickets\.example\.org\/reset-password\?key=(\w{52})/.exec(letter?.text ?? "")?.[1] ?? "";
  assert.deepEqual(await accounts.passwordReset(secret), { email: "ada@example.org" });
  const kept = await setting.store.db.selectFrom("password_resets").selectAll().execute();
  assert.ok(!JSON.stringify(kept).includes(secret), "only its hash is kept");

  await accounts.resetPassword(secret, wanted);
  assert.equal(await ada.who(), undefined);
  assert.equal((await refusalOf(signIn(setting, password))).code, "wrong_credentials");
  await signIn(setting, wanted);
  const audit = await setting.store.db.selectFrom("audit").select(["actor", "action", "subject"]).execute();
  assert.deepEqual({ ...audit[0] }, { actor: ada.id, action: "account.password_reset", subject: `account:${ada.id}` });
});

test("a link works once, for an hour, and only the last one sent", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  await person(setting, "ada");
  const first = await linkOf(setting);
  const second = await linkOf(setting);
  assert.equal((await refusalOf(accounts.resetPassword(first, wanted))).code, "not_found");
  assert.equal((await refusalOf(accounts.passwordReset(first))).code, "not_found");
  await accounts.resetPassword(second, wanted);
  assert.equal((await refusalOf(accounts.resetPassword(second, "yet another one"))).code, "not_found");

  const third = await linkOf(setting);
  setting.pass(3_600_000);
  assert.equal((await refusalOf(accounts.resetPassword(third, "yet another one"))).code, "not_found");
  for (const nonsense of ["", "x", "0".repeat(52), `${third}\n`]) {
    assert.equal((await refusalOf(accounts.passwordReset(nonsense))).code, "not_found");
  }
  await signIn(setting, wanted);
});

test("of two who use a link at once one succeeds", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const secret = await linkOf(setting);
  const tries = ["the first of two", "the second of two"].map((one) => setting.accounts.resetPassword(secret, one));
  const outcomes = await Promise.all(tries.map((one) => refusalOf(one)));
  assert.deepEqual(outcomes.map(({ code }) => code).toSorted(), ["not refused", "not_found"]);
});

test("a weak password is refused with its field, and the link still works", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const secret = await linkOf(setting);
  for (const weak of ["short", "password1", "ada@example.org"]) {
    const refusal = await refusalOf(setting.accounts.resetPassword(secret, weak));
    assert.deepEqual([refusal.code, refusal["field"]], ["weak_password", "wanted"]);
  }
  await setting.accounts.resetPassword(secret, wanted);
});

test("asking for a link is the same work whether or not there is an account, and leaves nothing if there is none", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const queriesOf = async (email: string) => {
    const before = setting.store.queries();
    await setting.accounts.requestPasswordReset(email, "192.0.2.1");
    return setting.store.queries() - before;
  };
  assert.equal(await queriesOf("ada@example.org"), await queriesOf("nobody@example.org"));
  const rows = await setting.store.db.selectFrom("password_resets").select("email").execute();
  assert.deepEqual(
    rows.map(({ email }) => email),
    ["ada@example.org"],
  );
  assert.equal((await letters(setting)).length, 1);
});

test("links are sent three times to an address, then one each twenty minutes, with or without an account", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    const ask = (address: string) => refusalOf(setting.accounts.requestPasswordReset(email, address));
    for (let count = 0; count < 3; count += 1) assert.equal((await ask(`198.51.100.${count}`)).code, "not refused");
    const refusal = await ask("198.51.100.9");
    assert.deepEqual([refusal.code, refusal["retryAfterMs"]], ["too_many_requests", 1_200_000]);
    assert.equal(refusal["message"], "Too many attempts. Try again in 20 minutes.");
  }
  setting.pass(1_200_000);
  await setting.accounts.requestPasswordReset("ada@example.org", "198.51.100.9");
});

test("one client cannot have mails sent to many addresses", async () => {
  await using setting = await createSetting();
  const ask = (count: number) =>
    refusalOf(setting.accounts.requestPasswordReset(`user${count}@example.org`, `2001:db8::${count + 1}`));
  for (let count = 0; count < 20; count += 1) assert.equal((await ask(count)).code, "not refused");
  const refusal = await ask(20);
  assert.deepEqual([refusal.code, refusal["retryAfterMs"]], ["too_many_requests", 60_000]);
});

test("whoever has the mailbox signs in at once, however many others guessed meanwhile", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  for (let count = 0; count < 10; count += 1) await refusalOf(signIn(setting, "a guess", `198.51.100.${count}`));
  assert.equal((await refusalOf(signIn(setting, password))).code, "too_many_requests");
  await setting.accounts.resetPassword(await linkOf(setting), wanted);
  await signIn(setting, wanted);
});

test("a link no longer works after the password or the e-mail address was changed", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await person(setting, "ada");
  const before = await linkOf(setting);
  const sessionHash = (await ada.who())?.sessionHash ?? "";
  await accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted });
  assert.equal((await refusalOf(accounts.resetPassword(before, "yet another one"))).code, "not_found");
  const again = await linkOf(setting);
  const moved = await accounts.requestEmail({ accountId: ada.id, email: "ada@elsewhere.example", password: wanted });
  await accounts.confirmEmail({ secret: keyOf(moved?.path ?? ""), accountId: ada.id });
  assert.equal((await refusalOf(accounts.resetPassword(again, "yet another one"))).code, "not_found");
});

test("links that are over are swept away", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  await linkOf(setting);
  const sweep = sweepAccounts([createPasswordResetTable(setting.store.db)], setting.clock);
  const count = async () => (await setting.store.db.selectFrom("password_resets").select("id").execute()).length;
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 1);
  setting.pass(3_600_000);
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 0);
});

for (const way of ["changed", "chosen anew by a link"] as const) {
  test(`a sign-in with the old password that is under way while the password is ${way} leaves no session`, async () => {
    await using setting = await createSetting();
    const ada = await person(setting, "ada");
    const secret = await linkOf(setting);
    const sessionHash = (await ada.who())?.sessionHash ?? "";
    // The sign-in has read the old hash and found the password right; only its session is not written yet.
    setting.afterNextVerification(() =>
      way === "changed"
        ? setting.accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted })
        : setting.accounts.resetPassword(secret, wanted),
    );
    assert.equal((await refusalOf(signIn(setting, password))).code, "wrong_credentials");
    const left = await setting.store.db.selectFrom("sessions").select("id_hash").execute();
    assert.equal(left.length, way === "changed" ? 1 : 0, "at most the session that changed it");
    await signIn(setting, wanted);
  });
}

test("of two changes of the password at once one is told that its present password is no longer right", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const sessionHash = (await ada.who())?.sessionHash ?? "";
  const change = (to: string) =>
    setting.accounts.changePassword({ accountId: ada.id, sessionHash, present: password, wanted: to });
  setting.afterNextVerification(() => change(wanted));
  const refusal = await refusalOf(change("the slower of two"));
  assert.deepEqual([refusal.code, refusal["field"]], ["wrong_credentials", "present"]);
  await signIn(setting, wanted);
});

test("the API answers alike for every address, and changes the password by the link's secret", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const stranger = visitor(server);
  const answers = await Promise.all(
    ["ada@example.org", "nobody@example.org"].map((email) => stranger.send("POST", "/password-resets", { email })),
  );
  const [known, unknown] = answers.map(({ status, body, headers }) => [status, body, headers["content-length"]]);
  assert.deepEqual(known, unknown);
  assert.equal(answers[0]?.status, 202);
  const bad = await stranger.send("POST", "/password-resets", { email: "ada" });
  assert.deepEqual([bad.status, bad.body["field"]], [400, "email"]);

  const secret = /key=(\w{52})/.exec((await letters(setting))[0]?.text ?? "")?.[1];
  const weak = await stranger.send("POST", "/password-resets/use", { secret, wanted: "short" });
  assert.deepEqual([weak.status, weak.body["field"]], [422, "wanted"]);
  assert.equal((await stranger.send("POST", "/password-resets/use", { secret, wanted })).status, 204);
  assert.equal((await stranger.send("POST", "/password-resets/use", { secret, wanted })).status, 404);
  assert.equal((await ada.send("GET", "/me")).status, 401);
  assert.equal((await stranger.send("POST", "/session", { email: "ada@example.org", password: wanted })).status, 201);
});
