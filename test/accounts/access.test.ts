import assert from "node:assert/strict";
import { test } from "node:test";
import { registered, serve, visitor, type Visitor } from "./http-setting.ts";
import { createSetting, password } from "./setting.ts";

type Who = "nobody" | "buyer" | "owner" | "manager" | "box-office" | "scanner" | "other seller";
type Call = [method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body: object | undefined, allowed: Who[]];

test("every route of a seller answers those whose role allows it, and nobody else", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const owner = await registered(server, "owner");
  const { body: seller } = await owner.send("POST", "/sellers", { name: "Odeon", currency: "USD" });
  const other = await registered(server, "other");
  await other.send("POST", "/sellers", { name: "Rex", currency: "USD" });
  const at = `/sellers/${String(seller["id"])}`;
  const people: Record<Who, Visitor> = {
    nobody: visitor(server),
    buyer: await registered(server, "buyer"),
    owner,
    manager: await registered(server, "manager"),
    "box-office": await registered(server, "box-office"),
    scanner: await registered(server, "scanner"),
    "other seller": other,
  };
  for (const role of ["manager", "box-office", "scanner"] as const) {
    const { body } = await owner.send("POST", `${at}/invitations`, { email: `${role}@example.org`, role });
    const secret = new URL(String(body["link"])).searchParams.get("key");
    assert.equal((await people[role].send("POST", "/invitations/accept", { secret })).status, 200);
  }
  const unknown = "0".repeat(26);
  const members: Who[] = ["owner", "manager", "box-office", "scanner"];
  const calls: Call[] = [
    ["GET", at, undefined, members],
    ["PATCH", at, { feeMinor: 100 }, ["owner"]],
    ["GET", `${at}/members`, undefined, ["owner"]],
    ["PATCH", `${at}/members/${unknown}`, { role: "owner" }, ["owner"]],
    ["DELETE", `${at}/members/${unknown}`, undefined, ["owner"]],
    ["GET", `${at}/invitations`, undefined, ["owner"]],
    ["POST", `${at}/invitations`, { email: "someone@example.org", role: "owner" }, ["owner"]],
    ["DELETE", `${at}/invitations/${unknown}`, undefined, ["owner"]],
  ];
  for (const [method, path, body, allowed] of calls) {
    for (const [who, person] of Object.entries(people) as [Who, Visitor][]) {
      const { status } = await person.send(method, path, body);
      const wanted = allowed.includes(who) ? [200, 201, 204, 404] : who === "nobody" ? [401] : [403];
      assert.ok(wanted.includes(status), `${who} ${method} ${path}: ${status}`);
    }
  }
});

test("what is one's own asks who one is, and what a mailed secret opens asks for that alone", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const unknown = "0".repeat(52);
  const own: ["GET" | "POST" | "PATCH" | "DELETE", string, object?][] = [
    ["GET", "/me"],
    ["PATCH", "/me", { name: "Eve" }],
    ["POST", "/me/email", { email: "eve@example.org", password }],
    ["DELETE", "/me/email"],
    ["POST", "/me/password", { present: password, wanted: password }],
    ["POST", "/me/close", { password }],
    ["GET", "/me/sessions"],
    ["DELETE", "/me/sessions"],
    ["POST", "/invitations/accept", { secret: unknown }],
  ];
  for (const [method, path, body] of own) {
    assert.equal((await visitor(server).send(method, path, body)).status, 401, `${method} ${path}`);
  }
  const mailed: [string, object][] = [
    ["/accounts/confirm", { token: unknown }],
    ["/accounts/confirm-email", { token: unknown }],
    ["/password-resets/use", { secret: unknown, wanted: password }],
    ["/invitations/join", { secret: unknown, proof: unknown, name: "Eve", password }],
  ];
  for (const who of [visitor(server), await registered(server, "ada")]) {
    for (const [path, body] of mailed) assert.equal((await who.send("POST", path, body)).status, 404, path);
  }
});

test("a member may leave, an owner removes and promotes, and the last owner stays", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const olga = await registered(server, "olga");
  const sam = await registered(server, "sam");
  const { body: seller } = await olga.send("POST", "/sellers", { name: "Odeon", currency: "USD" });
  const at = `/sellers/${String(seller["id"])}`;
  const { body } = await olga.send("POST", `${at}/invitations`, { email: "sam@example.org", role: "scanner" });
  assert.match(String(body["link"]), /^https:\/\/tickets\.example\.org\/invitations\?key=[0-9a-z]{52}$/);
  const secret = String(body["link"]).split("=")[1];
  const accepted = await sam.send("POST", "/invitations/accept", { secret });
  assert.deepEqual(accepted.body, { sellerId: seller["id"], sellerName: "Odeon", role: "scanner" });
  assert.deepEqual((await sam.send("GET", "/session")).body["memberships"], [accepted.body]);
  assert.equal((await olga.send("PATCH", `${at}/members/${sam.id}`, { role: "manager" })).status, 204);
  const listed = (await olga.send("GET", `${at}/members`)).body["items"] as { role: string; email: string }[];
  assert.deepEqual(
    listed.toSorted((a, b) => (a.email < b.email ? -1 : 1)).map(({ email, role }) => [email, role]),
    [
      ["olga@example.org", "owner"],
      ["sam@example.org", "manager"],
    ],
  );
  assert.equal((await sam.send("DELETE", `${at}/members/${olga.id}`)).status, 403);
  assert.equal((await sam.send("DELETE", `${at}/members/${sam.id}`)).status, 204);
  assert.equal((await sam.send("GET", at)).status, 403);
  const last = await olga.send("DELETE", `${at}/members/${olga.id}`);
  assert.deepEqual([last.status, last.body["code"]], [409, "last_owner"]);
});

test("other sites, and content that is not JSON, change nothing", async () => {
  await using setting = await createSetting();
  await using server = await serve(setting);
  const payload = JSON.stringify({ email: "ada@example.org", name: "Ada", password: "a fine long password" });
  const send = (headers: Record<string, string>) =>
    server.inject({ method: "POST", url: "/api/v1/accounts", payload, headers });
  const json = "application/json";
  assert.equal((await send({ "content-type": json, "sec-fetch-site": "cross-site" })).statusCode, 403);
  assert.equal((await send({ "content-type": json, origin: "https://evil.example" })).statusCode, 403);
  assert.equal((await send({ "content-type": "text/plain" })).statusCode, 415);
  const rows = await setting.store.db.selectFrom("accounts").selectAll().execute();
  assert.equal(rows.length, 0);
});
