import assert from "node:assert/strict";
import { test } from "node:test";
import { registered, serve, visitor } from "./http-setting.ts";
import { createSetting, password } from "./setting.ts";
import { keyOf } from "./signed-up.ts";

test("a person registers, is known, signs out, is unknown, and signs in again", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = visitor(server);
  assert.equal((await ada.send("GET", "/session")).status, 401);
  const { path } = await setting.accounts.register({ email: "Ada@example.org", name: "Ada", password });
  const made = await ada.send("POST", "/accounts/confirm", { token: keyOf(path), password });
  assert.equal(made.status, 201);
  assert.equal(made.headers["cache-control"], "no-store");
  const { value, ...cookie } = made.cookie ?? { value: "" };
  assert.match(value, /^[0-9a-z]{52}$/);
  assert.deepEqual(
    { ...cookie, maxAge: Number(cookie["maxAge"]) > 30 * 86_400 },
    { name: "__Host-marquee", path: "/", httpOnly: true, secure: true, sameSite: "Lax", maxAge: true },
  );
  const known = await ada.send("GET", "/session");
  assert.deepEqual(known.body, made.body);
  assert.deepEqual(known.body["memberships"], []);
  assert.ok(!JSON.stringify(known.body).includes("argon2"));

  assert.equal((await ada.send("DELETE", "/session")).status, 204);
  assert.equal(ada.secret(), undefined);
  assert.equal((await ada.send("GET", "/session")).status, 401);
  const again = await ada.send("POST", "/session", { email: "ada@example.org", password });
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, made.body);
});

test("signing in makes a new session and ends the one the browser had", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const before = ada.secret() ?? "";
  await ada.send("POST", "/session", { email: "ada@example.org", password });
  assert.notEqual(ada.secret(), before);
  assert.equal(await setting.accounts.session(before), undefined);
});

test("without https the cookie has no prefix that would need it", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting, false);
  const { path } = await setting.accounts.register({ email: "ada@example.org", name: "Ada", password });
  const payload = { token: keyOf(path), password };
  const answer = await server.inject({ method: "POST", url: "/api/v1/accounts/confirm", payload });
  assert.deepEqual(
    answer.cookies.map(({ name, secure }) => [name, secure]),
    [["marquee", undefined]],
  );
});

test("refusals are problem documents that name the field", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const good = { email: "eve@example.org", name: "Eve", password };
  const cases: ["POST" | "PATCH", string, object, number, string, string | undefined][] = [
    ["POST", "/accounts", { ...good, operator: true }, 400, "invalid_request", "operator"],
    ["POST", "/accounts", { email: "eve@example.org", password }, 400, "invalid_request", "name"],
    ["POST", "/accounts", { ...good, email: 7 }, 400, "invalid_request", "email"],
    ["POST", "/accounts", { ...good, email: "eve" }, 400, "invalid_request", "email"],
    ["POST", "/accounts", { ...good, password: "12345678" }, 422, "weak_password", "password"],
    ["POST", "/session", { email: "ada@example.org", password: "a wrong one" }, 401, "wrong_credentials", undefined],
    ["POST", "/accounts/confirm", { token: "0".repeat(52) }, 404, "not_found", undefined],
    ["POST", "/accounts/confirm-email", { token: "0".repeat(52) }, 404, "not_found", undefined],
    ["POST", "/me/email", { email: "ada@king.example", password: "a wrong one" }, 401, "wrong_credentials", "password"],
    ["PATCH", "/me", { email: "ada@king.example" }, 400, "invalid_request", "email"],
    ["PATCH", "/me", { operator: true }, 400, "invalid_request", "operator"],
    ["PATCH", "/me", { preferences: { theme: "dark" } }, 400, "invalid_request", "preferences.theme"],
    ["POST", "/me/password", { present: "a wrong one", wanted: password }, 401, "wrong_credentials", "present"],
    ["POST", "/sellers", { name: "Odeon", currency: "XXL" }, 400, "invalid_request", "currency"],
  ];
  for (const [method, path, body, status, code, field] of cases) {
    const answer = await ada.send(method, path, body);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    const found = [answer.status, answer.body["code"], answer.body["field"]];
    assert.deepEqual(found, [status, code, field], `${path} ${JSON.stringify(body)}`);
  }
});

test("who guesses is told when to come back", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  await registered(server, "ada");
  const eve = visitor(server);
  const guess = () => eve.send("POST", "/session", { email: "ada@example.org", password: "a wrong one" });
  for (let count = 0; count < 10; count += 1) assert.equal((await guess()).status, 401);
  const refused = await guess();
  assert.deepEqual([refused.status, refused.headers["retry-after"]], [429, "60"]);
  assert.equal(refused.body["retryAfterMs"], 60_000);
});

test("the profile and the sessions are the person's own", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const ada = await registered(server, "ada");
  const eve = await registered(server, "eve");
  const changed = await ada.send("PATCH", "/me", { name: "Ada King", preferences: { place: "Denver" } });
  assert.deepEqual([changed.status, changed.body["name"]], [200, "Ada King"]);
  assert.deepEqual((await ada.send("GET", "/me")).body, changed.body);

  const phone = visitor(server);
  setting.pass(1_000);
  await phone.send("POST", "/session", { email: "ada@example.org", password });
  const listed = (await phone.send("GET", "/me/sessions")).body["items"] as Record<string, unknown>[];
  assert.deepEqual(
    listed.map(({ createdAt, current }) => [createdAt, current]),
    [
      ["2026-11-22T19:30:01.000Z", true],
      ["2026-11-22T19:30:00.000Z", false],
    ],
  );
  const path = `/me/sessions/${String(listed[1]?.["id"])}`;
  assert.equal((await eve.send("DELETE", path)).status, 404);
  assert.equal((await phone.send("DELETE", path)).status, 204);
  assert.equal((await ada.send("GET", "/me")).status, 401);

  const wanted = "another good password";
  assert.equal((await phone.send("POST", "/me/password", { present: password, wanted })).status, 204);
  assert.equal((await phone.send("GET", "/me")).status, 200);
});
