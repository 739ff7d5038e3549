// Closing an account for good, and ending sessions elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../src/domain/refusals.ts";
import { registered, serve, visitor } from "./http-setting.ts";
import { createSetting, password } from "./setting.ts";
import { signedUp } from "./signed-up.ts";

const refused = (code: string, field?: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code && error.facts.field === field;

test("closing an account ends its sessions everywhere and frees its address", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const elsewhere = visitor(server);
  const signIn = { email: "ada@example.org", password };
  assert.equal((await elsewhere.send("POST", "/session", signIn)).status, 201);

  const wrong = await ada.send("POST", "/me/close", { password: "not this one" });
  assert.deepEqual([wrong.status, wrong.body["code"], wrong.body["field"]], [401, "wrong_credentials", "password"]);
  assert.equal((await ada.send("POST", "/me/close", {})).body["field"], "password");
  assert.equal((await ada.send("GET", "/me")).status, 200);

  const closed = await ada.send("POST", "/me/close", { password });
  assert.deepEqual([closed.status, closed.cookie?.value], [204, ""]);
  for (const who of [ada, elsewhere]) assert.equal((await who.send("GET", "/me")).status, 401);
  assert.equal((await visitor(server).send("POST", "/session", signIn)).status, 401);
  const again = await registered(server, "ada");
  assert.notEqual(again.id, ada.id);
  assert.equal((await visitor(server).send("POST", "/me/close", { password })).status, 401);
});

test("the only owner of a seller stays; whoever else belongs to one leaves it", async () => {
  await using setting = await createSetting();
  const { accounts, store } = setting;
  const make = async (name: string) =>
    (await signedUp(accounts, { email: `${name}@example.org`, name, password })).account;
  const [olga, sam] = [await make("olga"), await make("sam")];
  const seller = await accounts.openSeller(olga.id, { name: "Odeon", currency: "USD" });
  const invited = { email: sam.email, role: "owner", actor: olga.id } as const;
  await assert.rejects(accounts.close(olga.id, password), refused("last_owner"));
  assert.equal(
    (await accounts.signIn({ email: olga.email, password, userAgent: "", address: "" })).account.id,
    olga.id,
  );
  await accounts.acceptInvitation(sam.id, (await accounts.invite(seller.id, invited)).secret);
  await accounts.close(olga.id, password);
  assert.deepEqual(
    (await accounts.members(seller.id)).map(({ accountId }) => accountId),
    [sam.id],
  );
  await assert.rejects(accounts.close(sam.id, password), refused("last_owner"));
  const audit = await store.db.selectFrom("audit").selectAll().where("action", "=", "account.closed").execute();
  assert.equal(audit.length, 1);
  assert.ok(!JSON.stringify(audit).includes("olga@"), "what is closed is forgotten");
});

test("an account that was closed a moment ago accepts no invitation, and leaves it open", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const make = async (name: string) =>
    (await signedUp(accounts, { email: `${name}@example.org`, name, password })).account;
  const [olga, sam] = [await make("olga"), await make("sam")];
  const seller = await accounts.openSeller(olga.id, { name: "Odeon", currency: "USD" });
  const { secret } = await accounts.invite(seller.id, { email: sam.email, role: "manager", actor: olga.id });
  await accounts.close(sam.id, password);
  await assert.rejects(accounts.acceptInvitation(sam.id, secret), refused("not_signed_in"));
  assert.equal((await accounts.invitation(secret)).sellerId, seller.id);
});

test("an account that was closed a moment ago opens no seller", async () => {
  await using setting = await createSetting();
  const { accounts, store } = setting;
  const { account } = await signedUp(accounts, { email: "olga@example.org", name: "Olga", password });
  await accounts.close(account.id, password);
  await assert.rejects(accounts.openSeller(account.id, { name: "Odeon", currency: "USD" }), refused("not_signed_in"));
  assert.deepEqual(await store.db.selectFrom("sellers").selectAll().execute(), []);
});

test("a password that was changed while the old one was judged closes nothing", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const { account, secret } = await signedUp(accounts, { email: "a@example.org", name: "A", password });
  const sessionHash = (await accounts.session(secret))?.sessionHash ?? "";
  const wanted = "another walrus altogether";
  setting.afterNextVerification(() =>
    accounts.changePassword({ accountId: account.id, sessionHash, present: password, wanted }),
  );
  await assert.rejects(accounts.close(account.id, password), refused("wrong_credentials", "password"));
  assert.ok(await accounts.session(secret));
});

test("all other sessions end at once, and this one stays", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const others = [visitor(server), visitor(server)];
  for (const other of others) await other.send("POST", "/session", { email: "ada@example.org", password });
  assert.equal((await ada.send("DELETE", "/me/sessions")).status, 204);
  for (const other of others) assert.equal((await other.send("GET", "/me")).status, 401);
  assert.equal(((await ada.send("GET", "/me/sessions")).body["items"] as unknown[]).length, 1);
  assert.equal((await visitor(server).send("DELETE", "/me/sessions")).status, 401);
});
