// Making an account by a mailed link: nobody learns by it who has one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "../../src/documents/letters.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createSignUpTable } from "../../src/store/sign-ups.ts";
import { sweepAccounts } from "../../src/workers/sweep-accounts.ts";
import { publicUrl, registered, serve, visitor } from "./http-setting.ts";
import { createSetting, password, person, refusalOf, type Setting } from "./setting.ts";
import { keyOf } from "./signed-up.ts";

const ada = { email: "ada@example.org", name: "Ada", password };

/** Follows a link in a browser that asked for it, if `asked` has its id; else with a password, if there is one. */
const follow = ({ accounts }: Setting, secret: string, asked: readonly string[], typed?: string, address = "") =>
  accounts.confirmSignUp({
    secret,
    asked,
    userAgent: "a test",
    address,
    ...(typed !== undefined && { password: typed }),
  });

/** The letters that were not looked at yet. */
async function letters({ store, clock }: Setting) {
  const taken = await createOutbox(store.db).takeDue({ now: clock(), leaseMs: 86_400_000, limit: 20 });
  return taken.map((entry) => ({ kind: entry.kind, ...letterOf(entry, publicUrl) }));
}

test("an account is there when the mailed link is followed, and not before", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const { id } = await accounts.register({ ...ada, email: " ADA@example.org", language: "es", next: "/holds/x" });
  assert.equal((await refusalOf(accounts.signIn({ ...ada, userAgent: "", address: "" }))).code, "wrong_credentials");
  const [letter, ...others] = await letters(setting);
  assert.deepEqual(others, []);
  assert.deepEqual(letter?.to, { name: "", address: "ada@example.org" });
  assert.equal(letter?.subject, "Confirma tu correo");
  assert.ok(!letter?.text.includes("Ada"), "whoever typed the name may be anybody");
  const secret =
    /https:\/\/tickets\.example\.org\/sign-up\/confirm\?key=(\w{52})\n/.exec(letter?.text ?? "")?.[1] ?? "";
  assert.ok(!JSON.stringify(await setting.store.db.selectFrom("sign_ups").selectAll().execute()).includes(secret));

  const shown = { email: "ada@example.org", next: "/holds/x", askedHere: true };
  for (const _ of [1, 2]) assert.deepEqual(await accounts.signUp(secret, [id]), shown);
  const made = await follow(setting, secret, [id]);
  assert.deepEqual([made.account.email, made.account.name, made.next], ["ada@example.org", "Ada", "/holds/x"]);
  assert.equal((await accounts.session(made.secret))?.account.id, made.account.id);
  await accounts.signIn({ ...ada, userAgent: "", address: "" });
});

test("a link works once, for a day", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const used = keyOf((await accounts.register(ada)).path);
  await follow(setting, used, [], password);
  const late = keyOf((await accounts.register({ ...ada, email: "eve@example.org" })).path);
  setting.pass(86_400_000);
  for (const secret of [used, late, "", "x", "0".repeat(52), `${late}\n`]) {
    assert.equal((await refusalOf(accounts.signUp(secret, []))).code, "not_found");
    assert.equal((await refusalOf(follow(setting, secret, [], password))).code, "not_found");
  }
});

test("of those who follow one link at once one has the account", async () => {
  await using setting = await createSetting();
  const { id, path } = await setting.accounts.register(ada);
  const tries = await Promise.all([1, 2, 3].map(() => refusalOf(follow(setting, keyOf(path), [id]))));
  assert.deepEqual(tries.map(({ code }) => code).toSorted(), ["not refused", "not_found", "not_found"]);
});

test("of two sign-ups of one address the first confirmed wins, and the other link says that there is an account", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const first = keyOf((await accounts.register({ ...ada, next: "/first" })).path);
  const second = keyOf((await accounts.register({ ...ada, name: "Eve", password: "eve hopes to be first" })).path);
  await follow(setting, first, [], password);
  for (const _ of [1, 2]) {
    assert.equal((await refusalOf(accounts.signUp(second, []))).code, "email_taken");
    assert.equal((await refusalOf(follow(setting, second, []))).code, "email_taken");
  }
  await accounts.signIn({ ...ada, userAgent: "", address: "" });
});

test("an address with an account gets a mail that leads to signing in, and its account stays as it is", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  await letters(setting);
  await setting.accounts.register({ ...ada, name: "<Eve>", password: "not the password", next: "/holds/x" });
  const [letter, ...others] = await letters(setting);
  assert.deepEqual(others, []);
  assert.equal(letter?.subject, "You already have an account");
  assert.match(letter?.text ?? "", /Hello ada,/);
  assert.match(letter?.text ?? "", /https:\/\/tickets\.example\.org\/sign-in\?next=%2Fholds%2Fx\n/);
  assert.ok(!letter?.text.includes("Eve"));
  await setting.accounts.signIn({ ...ada, userAgent: "", address: "" });
});

test("asking is the same work for a taken address and a free one: one hash, the same statements, as many rows", async () => {
  await using setting = await createSetting();
  await person(setting, "ada");
  const workOf = async (email: string) => {
    const rows = async () => {
      const { db } = setting.store;
      const [signUps, mails] = [db.selectFrom("sign_ups").select("id"), db.selectFrom("outbox").select("id")];
      return [(await signUps.execute()).length, (await mails.execute()).length];
    };
    const before = [setting.hashes(), setting.verifications(), setting.store.queries()];
    await setting.accounts.register({ ...ada, email });
    const after = [setting.hashes(), setting.verifications(), setting.store.queries()];
    return { work: after.map((count, index) => count - (before[index] ?? 0)), rows: await rows() };
  };
  const taken = await workOf("ada@example.org");
  const free = await workOf("eve@example.org");
  assert.deepEqual(taken.work, free.work);
  assert.deepEqual(taken.work.slice(0, 2), [1, 0]);
  assert.deepEqual(
    free.rows.map((count, index) => count - (taken.rows[index] ?? 0)),
    [1, 1],
  );
});

test("the API's answers for a taken address and a free one are equal, byte for byte", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  await registered(server, "ada");
  const ask = async (email: string) => {
    const answer = await server.inject({ method: "POST", url: "/api/v1/accounts", payload: { ...ada, email } });
    const { date: _, "x-request-id": __, ...headers } = answer.headers;
    const cookies = [headers["set-cookie"]].flat();
    headers["set-cookie"] = cookies.map((line) => line?.replace(/=[0-9a-z]{26};/, "=ID;") ?? "");
    return { status: answer.statusCode, headers, body: answer.body };
  };
  const taken = await ask("ada@example.org");
  assert.deepEqual(taken, await ask("eve@example.org"));
  assert.equal(taken.status, 202);
  const cookie = "__Host-marquee-sign-up=ID; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax";
  assert.deepEqual(taken.headers["set-cookie"], [cookie]);
});

test("where it was not asked for, the link needs the password that was chosen, and stays good after a wrong one", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const eve = { ...ada, name: "Eve", password: "eve knows this one" };
  const [own, other] = [await accounts.register(ada), await accounts.register(eve)];
  // Who reads the mails signed up as well: it is the other sign-up that was not asked for here.
  for (const asked of [[], [own.id], ["", "x", keyOf(other.path)]]) {
    assert.equal((await accounts.signUp(keyOf(other.path), asked)).askedHere, false);
    const cases = [
      [undefined, "invalid_request"],
      ["", "invalid_request"],
      [password, "wrong_credentials"],
    ] as const;
    for (const [typed, code] of cases) {
      const refusal = await refusalOf(follow(setting, keyOf(other.path), asked, typed));
      assert.deepEqual([refusal.code, refusal["field"]], [code, "password"]);
    }
  }
  const signIn = (typed: string) => accounts.signIn({ ...ada, password: typed, userAgent: "", address: "" });
  assert.equal((await refusalOf(signIn(eve.password))).code, "wrong_credentials", "nothing was made");
  assert.equal((await follow(setting, keyOf(own.path), [], password)).account.name, "Ada");
  await signIn(password);
  assert.equal((await refusalOf(signIn(eve.password))).code, "wrong_credentials");
});

test("who guesses the password of a link is throttled as who signs in, and together with them; where it was asked for nobody is", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const { id, path } = await accounts.register(ada);
  const guesses = [
    () => follow(setting, keyOf(path), [], "a guess", "198.51.100.1"),
    () => accounts.signIn({ ...ada, password: "a guess", userAgent: "", address: "198.51.100.2" }),
  ];
  for (let count = 0; count < 5; count += 1) {
    for (const guess of guesses) assert.equal((await refusalOf(guess())).code, "wrong_credentials");
  }
  const refusal = await refusalOf(follow(setting, keyOf(path), [], password, "198.51.100.3"));
  assert.deepEqual([refusal.code, refusal["retryAfterMs"]], ["too_many_requests", 60_000]);
  await follow(setting, keyOf(path), [id]);
});

test("over the API the cookie of who asked is enough, and without it the password is named", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const [asks, elsewhere] = [visitor(server), visitor(server)];
  const ask = async (email: string) => {
    const asked = await asks.send("POST", "/accounts", { ...ada, email });
    assert.equal(asked.status, 202);
    const letter = (await letters(setting)).at(-1);
    return { token: /key=(\w{52})/.exec(letter?.text ?? "")?.[1] ?? "" };
  };
  const [first, second, third] = [
    await ask("one@example.org"),
    await ask("two@example.org"),
    await ask("3@example.org"),
  ];
  const refused = await elsewhere.send("POST", "/accounts/confirm", second);
  assert.deepEqual([refused.status, refused.body["code"], refused.body["field"]], [400, "invalid_request", "password"]);
  const wrong = await elsewhere.send("POST", "/accounts/confirm", { ...second, password: "a guess" });
  assert.deepEqual([wrong.status, wrong.body["code"], wrong.body["field"]], [401, "wrong_credentials", "password"]);
  assert.equal((await elsewhere.send("POST", "/accounts/confirm", { ...second, password })).status, 201);
  for (const link of [third, first]) assert.equal((await asks.send("POST", "/accounts/confirm", link)).status, 201);
});

test("mails are sent three times to an address, then one each twenty minutes, whether or not it has an account", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  await person(setting, "ada");
  setting.pass(1_200_000);
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    const { id } = await accounts.register({ ...ada, email, address: "198.51.100.1" });
    const again = await accounts.registerAgain(id, "198.51.100.2");
    assert.notEqual(again.id, id);
    await accounts.registerAgain(again.id, "198.51.100.3");
    for (const more of [
      accounts.register({ ...ada, email, address: "198.51.100.4" }),
      accounts.registerAgain(id, "198.51.100.5"),
    ]) {
      const refusal = await refusalOf(more);
      assert.deepEqual([refusal.code, refusal["retryAfterMs"]], ["too_many_requests", 1_200_000]);
    }
  }
  setting.pass(1_200_000);
  await accounts.register({ ...ada, address: "198.51.100.9" });
  assert.equal((await refusalOf(accounts.registerAgain("0".repeat(26)))).code, "not_found");
});

test("one client cannot have mails sent to many addresses", async () => {
  await using setting = await createSetting();
  const ask = (count: number) =>
    refusalOf(
      setting.accounts.register({ ...ada, email: `user${count}@example.org`, address: `2001:db8::${count + 1}` }),
    );
  for (let count = 0; count < 50; count += 1) assert.equal((await ask(count)).code, "not refused");
  const refusal = await ask(50);
  assert.equal(refusal.code, "too_many_requests");
  assert.ok(Number(refusal["retryAfterMs"]) <= 5_000);
});

test("sent again, the mail has a link of its own; both open the same account", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const first = await accounts.register({ ...ada, next: "/holds/x" });
  const second = await accounts.registerAgain(first.id);
  assert.equal((await letters(setting)).length, 2);
  assert.equal((await follow(setting, keyOf(second.path), [], password)).next, "/holds/x");
  assert.equal((await refusalOf(accounts.signUp(keyOf(first.path), []))).code, "email_taken");
  await accounts.signIn({ ...ada, userAgent: "", address: "" });
});

test("what nobody confirmed is swept away", async () => {
  await using setting = await createSetting();
  await setting.accounts.register(ada);
  const sweep = sweepAccounts([createSignUpTable(setting.store.db)], setting.clock);
  const count = async () => (await setting.store.db.selectFrom("sign_ups").select("id").execute()).length;
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 1);
  setting.pass(86_400_000);
  await sweep.run(new AbortController().signal);
  assert.equal(await count(), 0);
});

test("an invitation's mail makes the account in one step; the link that the inviter is told does not", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const olga = await registered(server, "olga");
  const { body: seller } = await olga.send("POST", "/sellers", { name: "Odeon", currency: "USD" });
  const invite = { email: "sam@example.org", role: "manager" };
  await letters(setting);
  const { body } = await olga.send("POST", `/sellers/${String(seller["id"])}/invitations`, invite);
  const told = new URL(String(body["link"])).searchParams;
  const mailed = new URL(/https:\S+/.exec((await letters(setting))[0]?.text ?? "")?.[0] ?? "").searchParams;
  const [secret, proof] = [mailed.get("key") ?? "", mailed.get("proof") ?? ""];
  assert.deepEqual([told.get("key"), told.get("proof")], [secret, null]);
  assert.equal((await setting.accounts.invitation(secret)).joins, false);
  assert.equal((await setting.accounts.invitation(secret, proof)).joins, true);

  const sam = visitor(server);
  const join = (more: object) => sam.send("POST", "/invitations/join", { secret, name: "Sam", password, ...more });
  for (const wrong of ["", "0".repeat(52), secret]) assert.equal((await join({ proof: wrong })).status, 404);
  const weak = await join({ proof, password: "short" });
  assert.deepEqual([weak.status, weak.body["field"]], [422, "password"]);
  const joined = await join({ proof });
  assert.equal(joined.status, 201);
  assert.deepEqual((await sam.send("GET", "/session")).body, joined.body);
  assert.deepEqual(
    (joined.body["memberships"] as { role: string }[]).map(({ role }) => role),
    ["manager"],
  );
  assert.equal((await join({ proof })).status, 404, "an invitation opens once");
  assert.deepEqual(await letters(setting), [], "no second mail");
});

test("who was invited and has an account accepts with it, and the invitation stays open until then", async () => {
  await using setting = await createSetting();
  const olga = await person(setting, "olga");
  const seller = await setting.accounts.openSeller(olga.id, { name: "Odeon", currency: "USD" });
  const sam = await person(setting, "sam");
  await letters(setting);
  const invite = { email: "sam@example.org", role: "scanner", actor: olga.id } as const;
  const { secret } = await setting.accounts.invite(seller.id, invite);
  const proof = /proof=(\w{52})/.exec((await letters(setting))[0]?.text ?? "")?.[1] ?? "";
  assert.equal((await setting.accounts.invitation(secret, proof)).joins, false);
  const join = setting.accounts.joinByInvitation({ secret, proof, name: "Sam", password, userAgent: "" });
  assert.equal((await refusalOf(join)).code, "email_taken");
  assert.equal((await setting.accounts.acceptInvitation(sam.id, secret)).role, "scanner");
});
