import assert from "node:assert/strict";
import { test } from "node:test";
import { may, roleRights, type Right } from "../../src/accounts/accounts.ts";
import type { MemberRole } from "../../src/store/schema.ts";
import { createSetting, person, refusalOf, type Setting } from "./setting.ts";

const roles = Object.keys(roleRights) as MemberRole[];

async function seller(setting: Setting, ownerId: string) {
  return setting.accounts.openSeller(ownerId, { name: "Odeon", currency: "USD" });
}

/** Makes somebody a member by an invitation that is accepted. */
async function join(setting: Setting, sellerId: string, ownerId: string, name: string, role: MemberRole) {
  const someone = await person(setting, name);
  const { secret } = await setting.accounts.invite(sellerId, { email: `${name}@example.org`, role, actor: ownerId });
  await setting.accounts.acceptInvitation(someone.id, secret);
  return someone;
}

const trail = async ({ store }: Setting, sellerId: string) =>
  (
    await store.db
      .selectFrom("audit")
      .select(["actor", "action", "details"])
      .where("subject", "=", `seller:${sellerId}`)
      .orderBy("at")
      .execute()
  ).map(({ actor, action, details }) => ({ actor, action, ...(JSON.parse(details) as object) }));

test("each role may do what its list says at its own seller, and nothing at any other", async () => {
  await using setting = await createSetting();
  const owner = await person(setting, "olga");
  const { id } = await seller(setting, owner.id);
  const other = await setting.accounts.openSeller((await person(setting, "otto")).id, { name: "Rex", currency: "EUR" });
  const rights: readonly Right[] = roleRights.owner;
  const wanted: Record<string, readonly string[]> = { ...roleRights, nobody: [] };
  const people = { owner, nobody: await person(setting, "nobody") } as Record<string, typeof owner>;
  for (const role of roles.slice(1)) people[role] = await join(setting, id, owner.id, role, role);
  for (const [role, someone] of Object.entries(people)) {
    const who = await someone.who();
    assert.ok(who);
    assert.deepEqual(
      rights.filter((right) => may(who, right, id)),
      wanted[role],
      role,
    );
    assert.deepEqual(
      rights.filter((right) => may(who, right, other.id)),
      [],
      role,
    );
  }
  assert.ok(!may(undefined, "scan", id));
});

test("a change of role or a removal holds from the very next request, and is in the audit trail", async () => {
  await using setting = await createSetting();
  const owner = await person(setting, "olga");
  const { id } = await seller(setting, owner.id);
  const sam = await join(setting, id, owner.id, "sam", "scanner");
  assert.ok(may(await sam.who(), "scan", id));
  setting.pass(1);
  await setting.accounts.setRole(id, sam.id, "manager", owner.id);
  assert.ok(may(await sam.who(), "refund", id));
  setting.pass(1);
  await setting.accounts.removeMember(id, sam.id, owner.id);
  assert.ok(!may(await sam.who(), "scan", id));
  const told = await trail(setting, id);
  assert.deepEqual(told.slice(-2), [
    { actor: owner.id, action: "seller.role_changed", account: sam.id, from: "scanner", to: "manager" },
    { actor: owner.id, action: "seller.member_removed", account: sam.id, from: "manager" },
  ]);
  assert.deepEqual(told.map(({ action }) => action).toSorted(), [
    "seller.invitation_accepted",
    "seller.member_invited",
    "seller.member_removed",
    "seller.opened",
    "seller.role_changed",
  ]);
  assert.equal((await refusalOf(setting.accounts.setRole(id, sam.id, "owner", owner.id))).code, "not_found");
});

test("a seller never loses its last owner, not even when two owners leave at once", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const olga = await person(setting, "olga");
  const { id } = await seller(setting, olga.id);
  assert.equal((await refusalOf(accounts.removeMember(id, olga.id, olga.id))).code, "last_owner");
  assert.equal((await refusalOf(accounts.setRole(id, olga.id, "manager", olga.id))).code, "last_owner");
  await accounts.setRole(id, olga.id, "owner", olga.id);
  assert.ok(may(await olga.who(), "members", id));

  const otto = await join(setting, id, olga.id, "otto", "owner");
  const codes = await Promise.all([
    refusalOf(accounts.removeMember(id, olga.id, otto.id)),
    refusalOf(accounts.removeMember(id, otto.id, olga.id)),
  ]);
  assert.deepEqual(codes.map(({ code }) => code).toSorted(), ["last_owner", "not refused"]);
  assert.equal((await accounts.members(id)).filter(({ role }) => role === "owner").length, 1);
});

test("an invitation is mailed, opens once, for a week, and only the newest to an address", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const olga = await person(setting, "olga");
  const sam = await person(setting, "sam");
  const { id } = await seller(setting, olga.id);
  const invite = () => accounts.invite(id, { email: "Sam@example.org", role: "manager", actor: olga.id });
  const first = await invite();
  const second = await invite();
  assert.equal((await accounts.invitations(id)).length, 1);
  const mails = await setting.store.db.selectFrom("outbox").select("id").where("kind", "=", "invitation").execute();
  assert.equal(mails.length, 2);
  const stored = JSON.stringify(await setting.store.db.selectFrom("invitations").selectAll().execute());
  assert.ok(!stored.includes(second.secret));

  assert.equal((await refusalOf(accounts.acceptInvitation(sam.id, first.secret))).code, "not_found");
  assert.deepEqual(await accounts.invitation(second.secret), {
    sellerId: id,
    sellerName: "Odeon",
    email: "sam@example.org",
    role: "manager",
    joins: false,
  });
  const outcomes = await Promise.all([0, 1].map(() => refusalOf(accounts.acceptInvitation(sam.id, second.secret))));
  assert.deepEqual(outcomes.map(({ code }) => code).toSorted(), ["not refused", "not_found"]);
  assert.ok(may(await sam.who(), "schedule", id));
  assert.deepEqual(
    [...((await sam.who())?.memberships ?? [])].map((item) => ({ ...item })),
    [{ sellerId: id, sellerName: "Odeon", role: "manager" }],
  );
  assert.equal((await refusalOf(invite())).code, "invalid_request");

  const late = await accounts.invite(id, { email: "late@example.org", role: "scanner", actor: olga.id });
  setting.pass(7 * 86_400_000);
  assert.equal((await refusalOf(accounts.acceptInvitation(sam.id, late.secret))).code, "not_found");
  assert.deepEqual(await accounts.invitations(id), []);
});

test("an invitation that was taken back opens nothing, and whoever is a member already keeps the role", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const olga = await person(setting, "olga");
  const { id } = await seller(setting, olga.id);
  const { secret } = await accounts.invite(id, { email: "sam@example.org", role: "scanner", actor: olga.id });
  const kept = await accounts.invite(id, { email: "olga@work.example", role: "scanner", actor: olga.id });
  const [invitation] = await accounts.invitations(id);
  await accounts.withdrawInvitation(id, invitation?.id ?? "", olga.id);
  assert.equal((await refusalOf(accounts.invitation(secret))).code, "not_found");
  assert.equal((await accounts.acceptInvitation(olga.id, kept.secret)).role, "owner");
});

test("a seller cannot flood the world with invitations", async () => {
  await using setting = await createSetting();
  const olga = await person(setting, "olga");
  const { id } = await seller(setting, olga.id);
  const invite = (count: number) =>
    setting.accounts.invite(id, { email: `user${count}@example.org`, role: "scanner", actor: olga.id });
  for (let count = 0; count < 100; count += 1) await invite(count);
  assert.equal((await refusalOf(invite(100))).code, "too_many_requests");
});

test("a seller's settings change within bounds, and its name is new to its members at once", async () => {
  await using setting = await createSetting();
  const { accounts } = setting;
  const olga = await person(setting, "olga");
  const opened = await seller(setting, olga.id);
  await olga.who();
  const changed = await accounts.updateSeller(opened.id, { name: "Rialto", feeMinor: 150, cancelHours: 24 }, olga.id);
  assert.deepEqual(changed, { ...opened, name: "Rialto", feeMinor: 150, cancelHours: 24 });
  assert.equal((await olga.who())?.memberships[0]?.sellerName, "Rialto");
  const { cancelHours: _, ...never } = changed;
  assert.deepEqual(await accounts.updateSeller(opened.id, { cancelHours: null }, olga.id), never);
  assert.deepEqual(await accounts.updateSeller(opened.id, {}, olga.id), never);
  for (const change of [{ feeMinor: -1 }, { feeMinor: 0.5 }, { taxBasisPoints: 10_001 }, { cancelHours: 9_000 }]) {
    const refusal = await refusalOf(accounts.updateSeller(opened.id, change));
    assert.deepEqual([refusal.code, refusal["field"]], ["invalid_request", Object.keys(change)[0]]);
  }
  assert.equal((await refusalOf(accounts.updateSeller("nobody", { name: "Odeon" }))).code, "not_found");
  assert.equal((await refusalOf(accounts.seller("nobody"))).code, "not_found");
});
