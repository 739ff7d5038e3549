// Accounts, sessions, sellers, invitations and links for a new password.

import { deepEqual, equal } from "node:assert/strict";
import { it } from "node:test";
import { createAccountTable, type StoredAccount } from "../../src/store/accounts.ts";
import { createEmailChangeTable } from "../../src/store/email-changes.ts";
import { createInvitationTable } from "../../src/store/invitations.ts";
import { createPasswordResetTable } from "../../src/store/password-resets.ts";
import { createSellerTable } from "../../src/store/sellers.ts";
import { createSessionTable } from "../../src/store/sessions.ts";
import { createSignUpTable } from "../../src/store/sign-ups.ts";
import { now, plain, withStore, type OpenStores } from "./store-setting.ts";

const ada: StoredAccount = {
  id: "ada",
  email: "ada@example.org",
  name: "Ada",
  passwordHash: "hash",
  operator: false,
  preferences: { place: "denver" },
};
const seller = { id: "seller", name: "Roxy", currency: "USD", feeMinor: 100, taxBasisPoints: 800, strandRule: true };

export function peopleContract(stores: OpenStores): void {
  it("keeps one account to an address, and gives it back as it was written", () =>
    withStore(stores, async ({ db }) => {
      const accounts = createAccountTable(db);
      equal(await accounts.insert(ada, now), true);
      equal(await accounts.insert({ ...ada, id: "eve" }, now), false);
      deepEqual(await accounts.byId("ada"), ada);
      deepEqual(await accounts.byEmail("ada@example.org"), ada);
      equal(await accounts.byId("eve"), undefined);
    }));

  it("changes an account, but never to an address that another has", () =>
    withStore(stores, async ({ db }) => {
      const accounts = createAccountTable(db);
      await accounts.insert(ada, now);
      await accounts.insert({ ...ada, id: "bob", email: "bob@example.org" }, now);
      deepEqual(await accounts.update("ada", { operator: true }, now), { ...ada, operator: true });
      equal(await accounts.update("bob", { email: "ada@example.org" }, now), "taken");
      equal(await accounts.update("nobody", { name: "No" }, now), undefined);
      equal(await accounts.keeps("ada", "hash"), true);
      equal(await accounts.keeps("ada", "another"), false);
    }));

  it("removes an account with its sessions, and its address is free", () =>
    withStore(stores, async ({ db }) => {
      const accounts = createAccountTable(db);
      const [sellers, sessions] = [createSellerTable(db), createSessionTable(db)];
      await accounts.insert(ada, now);
      await sellers.insert({ ...seller, id: "b" }, now);
      await sellers.insert({ ...seller, id: "a" }, now);
      for (const id of ["b", "a"]) await sellers.addMember(id, "ada", "owner", now);
      await sessions.insert({ idHash: "s", accountId: "ada", userAgent: "", createdAt: now, expiresAt: now + 1_000 });
      deepEqual(await sellers.ofAccount("ada"), ["a", "b"]);
      for (const id of ["a", "b"]) await sellers.removeMember(id, "ada");
      await accounts.remove("ada");
      deepEqual(await sellers.ofAccount("ada"), []);
      equal(await sessions.find("s", now), undefined);
      equal(await accounts.byId("ada"), undefined);
      equal(await accounts.insert({ ...ada, id: "eve" }, now), true);
    }));

  it("finds a session with everything asked of it, until it ends or is removed", () =>
    withStore(stores, async ({ db }) => {
      await createAccountTable(db).insert(ada, now);
      await createSellerTable(db).insert(seller, now);
      await createSellerTable(db).addMember("seller", "ada", "manager", now);
      const sessions = createSessionTable(db);
      for (const idHash of ["a", "b", "c"])
        await sessions.insert({ idHash, accountId: "ada", userAgent: "test", createdAt: now, expiresAt: now + 1_000 });
      const found = await sessions.find("a", now);
      deepEqual(plain(found?.memberships), [{ sellerId: "seller", sellerName: "Roxy", role: "manager" }]);
      deepEqual([found?.accountId, found?.operator, found?.seenAt], ["ada", false, now]);
      equal(await sessions.find("a", now + 1_000), undefined);
      await sessions.seen("a", now + 5, now + 9_000);
      deepEqual((await sessions.list("ada", now)).map((session) => session.idHash)[0], "a");
      equal(await sessions.remove("b", "somebody else"), false);
      equal(await sessions.remove("b"), true);
      equal(await sessions.removeExpired(now + 1_000), 1);
      deepEqual(
        (await sessions.list("ada", now)).map((session) => session.idHash),
        ["a"],
      );
      await sessions.removeAll("ada");
      equal((await sessions.list("ada", now)).length, 0);
    }));

  it("keeps sellers and their members", () =>
    withStore(stores, async ({ db }) => {
      await createAccountTable(db).insert(ada, now);
      await createAccountTable(db).insert({ ...ada, id: "bob", email: "bob@example.org" }, now);
      const sellers = createSellerTable(db);
      await sellers.insert({ ...seller, cancelHours: 24 }, now);
      deepEqual(await sellers.byId("seller"), { ...seller, cancelHours: 24 });
      deepEqual(await sellers.update("seller", { cancelHours: null, feeMinor: 50 }), { ...seller, feeMinor: 50 });
      deepEqual(await sellers.update("seller", {}), { ...seller, feeMinor: 50 });
      equal(await sellers.lock("seller"), true);
      equal(await sellers.lock("nobody"), false);
      equal(await sellers.addMember("seller", "ada", "owner", now), true);
      equal(await sellers.addMember("seller", "ada", "scanner", now), false);
      await sellers.addMember("seller", "bob", "scanner", now + 1);
      await sellers.setRole("seller", "bob", "manager");
      deepEqual(
        (await sellers.members("seller")).map(({ accountId, role }) => `${accountId} ${role}`),
        ["ada owner", "bob manager"],
      );
      deepEqual([await sellers.owners("seller"), await sellers.role("seller", "bob")], [1, "manager"]);
      await sellers.removeMember("seller", "bob");
      equal(await sellers.role("seller", "bob"), undefined);
    }));

  it("lets one invitation to an address and seller stand, accepted once", () =>
    withStore(stores, async ({ db }) => {
      await createSellerTable(db).insert(seller, now);
      const invitations = createInvitationTable(db);
      const invitation = {
        id: "i1",
        sellerId: "seller",
        email: "eve@example.org",
        role: "scanner" as const,
        proofHash: "p",
      };
      await invitations.replace({ ...invitation, expiresAt: now + 10, secretHash: "s1" }, now);
      await invitations.replace({ ...invitation, id: "i2", expiresAt: now + 10, secretHash: "s2" }, now);
      deepEqual(plain(await invitations.list("seller", now)), [{ ...invitation, id: "i2", expiresAt: now + 10 }]);
      equal(await invitations.bySecret("s1", now), undefined);
      equal((await invitations.bySecret("s2", now))?.id, "i2");
      equal(await invitations.bySecret("s2", now + 10), undefined);
      deepEqual([await invitations.remove("seller", "i2"), await invitations.remove("seller", "i2")], [true, false]);
      await invitations.replace({ ...invitation, expiresAt: now + 10, secretHash: "s3" }, now);
      equal(await invitations.removeExpired(now + 10), 1);
    }));

  it("lets one link for a new password stand, used once", () =>
    withStore(stores, async ({ db }) => {
      const resets = createPasswordResetTable(db);
      const reset = { id: "r1", email: "ada@example.org", expiresAt: now + 10 };
      await resets.replace({ ...reset, secretHash: "s1" }, now);
      await resets.replace({ ...reset, id: "r2", secretHash: "s2" }, now);
      equal(await resets.bySecret("s1", now), undefined);
      deepEqual(plain(await resets.bySecret("s2", now)), { ...reset, id: "r2" });
      deepEqual([await resets.remove("r2"), await resets.remove("r2")], [true, false]);
      await resets.replace({ ...reset, secretHash: "s3" }, now);
      await resets.removeOf("ada@example.org");
      equal(await resets.removeExpired(now + 10), 0);
    }));

  it("keeps several sign-ups of one address, each confirmed once", () =>
    withStore(stores, async ({ db }) => {
      const signUps = createSignUpTable(db);
      const asked = { email: "ada@example.org", name: "Ada", passwordHash: "h", next: "/holds/x", expiresAt: now + 10 };
      await signUps.insert({ ...asked, id: "u1", secretHash: "s1" }, now);
      await signUps.insert({ ...asked, id: "u2", secretHash: "s2", language: "es" }, now);
      deepEqual(plain(await signUps.bySecret("s1", now)), { ...asked, id: "u1" });
      deepEqual(plain(await signUps.byId("u2", now)), { ...asked, id: "u2", language: "es" });
      equal(await signUps.byId("u2", now + 10), undefined);
      deepEqual([await signUps.remove("u1"), await signUps.remove("u1")], [true, false]);
      equal(await signUps.removeExpired(now + 10), 1);
    }));

  it("lets one change of an account's address stand, confirmed once", () =>
    withStore(stores, async ({ db }) => {
      const changes = createEmailChangeTable(db);
      const change = { id: "c1", accountId: "ada", email: "ada@elsewhere.example", expiresAt: now + 10 };
      await changes.replace({ ...change, secretHash: "s1" }, now);
      await changes.replace({ ...change, id: "c2", secretHash: "s2" }, now);
      equal(await changes.bySecret("s1", now), undefined);
      deepEqual(plain(await changes.bySecret("s2", now)), { ...change, id: "c2" });
      deepEqual(plain(await changes.ofAccount("ada", now)), { ...change, id: "c2" });
      equal(await changes.ofAccount("ada", now + 10), undefined);
      deepEqual([await changes.remove("c2"), await changes.remove("c2")], [true, false]);
      await changes.replace({ ...change, secretHash: "s3" }, now);
      await changes.removeOf("ada");
      equal(await changes.removeExpired(now + 10), 0);
    }));
}
