import assert from "node:assert/strict";
import { test } from "node:test";
import { createSetting, password, person, refusalOf, type Setting } from "./setting.ts";
import { signedUp } from "./signed-up.ts";

const signIn = ({ accounts }: Setting, email: string, typed = password, address = "192.0.2.1") =>
  accounts.signIn({ email, password: typed, userAgent: "a test", address });

test("who confirms the address is signed in, and signs in again with it in any case", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const { account, secret } = await signedUp(accounts, {
    email: " Ada@Example.org ",
    name: " Ada Lovelace ",
    password,
  });
  assert.equal(account.email, "ada@example.org");
  assert.equal(account.name, "Ada Lovelace");
  assert.equal((await accounts.session(secret))?.account.id, account.id);
  const again = await signIn(setting, "ADA@example.org");
  assert.deepEqual(again.account, account);
  assert.notEqual(again.secret, secret);
});

test("what is typed at registration is checked and the field is named", async () => {
  await using setting = await createSetting();
  const good = { email: "ada@example.org", name: "Ada", password };
  const cases: [Partial<typeof good>, string, string][] = [
    [{ email: "ada" }, "invalid_request", "email"],
    [{ email: "ada@localhost" }, "invalid_request", "email"],
    [{ email: "ada@example.org\r\nBcc: eve@example.org" }, "invalid_request", "email"],
    [{ email: `${"a".repeat(300)}@example.org` }, "invalid_request", "email"],
    [{ name: "  " }, "invalid_request", "name"],
    [{ name: "Ada\nLovelace" }, "invalid_request", "name"],
    [{ name: "a".repeat(101) }, "invalid_request", "name"],
    [{ password: "7 chars" }, "weak_password", "password"],
    [{ password: "x1".repeat(129) }, "weak_password", "password"],
    [{ password: "Password123" }, "weak_password", "password"],
    [{ password: "P@ssw0rd2024" }, "weak_password", "password"],
    [{ password: "1234567890" }, "weak_password", "password"],
    [{ password: "zzzzzzzzzzzz" }, "weak_password", "password"],
    [{ password: "abcabcabcabc" }, "weak_password", "password"],
    [{ password: "lkjhgfdsa" }, "weak_password", "password"],
    [{ email: "lovelace@example.org", password: "Lovelace1815!" }, "weak_password", "password"],
    [{ email: "lovelace@example.org", password: "lovelace@example.org" }, "weak_password", "password"],
  ];
  for (const [change, code, field] of cases) {
    const refusal = await refusalOf(setting.accounts.register({ ...good, ...change }));
    assert.deepEqual([refusal.code, refusal["field"]], [code, field], JSON.stringify(change));
  }
});

test("a password is kept as argon2id with 19 MiB, two passes and one lane, and a session only as a hash", async () => {
  await using setting = await createSetting();
  const { secret } = await person(setting, "ada");
  const account = await setting.store.db.selectFrom("accounts").selectAll().executeTakeFirstOrThrow();
  assert.match(account.password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const session = await setting.store.db.selectFrom("sessions").selectAll().executeTakeFirstOrThrow();
  assert.match(session.id_hash, /^[0-9a-f]{64}$/);
  assert.ok(!JSON.stringify([account, session]).includes(secret));
});

test("a wrong password and an unknown account get the same answer after the same work", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const counted = async (attempt: () => Promise<unknown>) => {
    const before = [setting.verifications(), setting.store.queries()] as const;
    const refusal = await refusalOf(attempt());
    return { refusal, verified: setting.verifications() - before[0], queries: setting.store.queries() - before[1] };
  };
  const wrong = await counted(() => signIn(setting, "ada@example.org", "not the password"));
  const unknown = await counted(() => signIn(setting, "eve@example.org", "not the password"));
  assert.deepEqual(wrong, unknown);
  assert.equal(wrong.refusal.code, "wrong_credentials");
  assert.equal(wrong.verified, 1);
});

test("guesses at one account are slowed down wherever they come from, and time makes up for them", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const guess = (count: number, email: string) =>
    refusalOf(signIn(setting, email, "not the password", `198.51.100.${count}`));
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    for (let count = 0; count < 10; count += 1) assert.equal((await guess(count, email)).code, "wrong_credentials");
    const before = setting.verifications();
    const refusal = await guess(11, email);
    assert.equal(refusal.code, "too_many_requests");
    assert.equal(refusal["retryAfterMs"], 60_000);
    assert.equal(setting.verifications(), before);
  }
  // The right password has to wait as well: else the answer would tell the right one.
  assert.equal((await refusalOf(signIn(setting, "ada@example.org"))).code, "too_many_requests");
  setting.pass(60_000);
  await signIn(setting, "ada@example.org");
  // Whoever knew the password starts afresh.
  assert.equal((await guess(12, "ada@example.org")).code, "wrong_credentials");
});

test("one address that tries many accounts is slowed down, its own successes do not help it, and others go on", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  for (let count = 0; count < 50; count += 1) {
    if (count % 10 === 0) await signIn(setting, "ada@example.org", password, "2001:db8::1");
    // Addresses of one /64 count as one.
    const refusal = await refusalOf(signIn(setting, `user${count}@example.org`, "a guess", `2001:db8::${count + 2}`));
    assert.equal(refusal.code, "wrong_credentials");
  }
  const refusal = await refusalOf(signIn(setting, "ada@example.org", password, "2001:db8::1"));
  assert.deepEqual([refusal.code, refusal["retryAfterMs"]], ["too_many_requests", 5_000]);
  await signIn(setting, "ada@example.org", password, "2001:db8:0:1::1");
});

test("guesses sent at once do not slip through the throttle together", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const guesses = Array.from({ length: 30 }, () => refusalOf(signIn(setting, "ada@example.org", "not the password")));
  const codes = (await Promise.all(guesses)).map((refusal) => refusal.code);
  assert.equal(codes.filter((code) => code === "wrong_credentials").length, 10);
  assert.equal(codes.filter((code) => code === "too_many_requests").length, 20);
});

test("a crowd beyond what can be hashed is turned away, and the others are served", async () => {
  await using setting = await createSetting();
  const crowd = Array.from({ length: 110 }, (_, count) =>
    refusalOf(signIn(setting, `user${count}@example.org`, "a guess", `198.51.100.${count}`)),
  );
  const codes = (await Promise.all(crowd)).map((refusal) => refusal.code);
  assert.equal(codes.filter((code) => code === "wrong_credentials").length, 102);
  assert.equal(codes.filter((code) => code === "unavailable").length, 8);
});

test("changing the password needs the present one, ends all other sessions and is noted", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const ada = await person(setting, "ada");
  const other = await signIn(setting, "ada@example.org");
  const here = await accounts.session(ada.secret);
  assert.ok(here && (await accounts.session(other.secret)));
  const change = (present: string, wanted: string) =>
    accounts.changePassword({ accountId: ada.id, sessionHash: here.sessionHash, present, wanted });
  const wrong = await refusalOf(change("not the password", "another good password"));
  assert.deepEqual([wrong.code, wrong["field"]], ["wrong_credentials", "present"]);
  const weak = await refusalOf(change(password, "password1"));
  assert.deepEqual([weak.code, weak["field"]], ["weak_password", "wanted"]);
  assert.ok(await accounts.session(other.secret));

  await change(password, "another good password");
  assert.equal(await accounts.session(other.secret), undefined);
  assert.ok(await accounts.session(ada.secret));
  assert.equal((await refusalOf(signIn(setting, "ada@example.org"))).code, "wrong_credentials");
  await signIn(setting, "ada@example.org", "another good password");
  const audit = await setting.store.db.selectFrom("audit").select(["actor", "action", "subject"]).execute();
  assert.deepEqual(
    { ...audit[0] },
    { actor: ada.id, action: "account.password_changed", subject: `account:${ada.id}` },
  );
});

test("a session is no way to guess the password", async () => {
  await using setting = await createSetting();
  const ada = await person(setting, "ada");
  const guess = () =>
    setting.accounts.changePassword({ accountId: ada.id, sessionHash: "", present: "a guess", wanted: password });
  for (let count = 0; count < 10; count += 1) assert.equal((await refusalOf(guess())).code, "wrong_credentials");
  assert.equal((await refusalOf(guess())).code, "too_many_requests");
});
