// Accounts in memory for tests of pages.

import type { Account, Accounts, SignedIn } from "../../src/accounts/accounts.ts";
import { newId, newSecret, type RandomBytes } from "../../src/domain/ids.ts";
import { Refusal } from "../../src/domain/refusals.ts";

/** Accounts that know only what pages ask for. */
export function fixtureAccounts(random: RandomBytes) {
  const people = new Map<string, { account: Account; password: string }>();
  const sessions = new Map<string, SignedIn>();
  const open = (account: Account) => {
    const secret = newSecret(random);
    sessions.set(secret, { sessionHash: `hash-${secret}`, account, memberships: [] });
    return { account, secret };
  };
  const byId = (id: string) => [...people.values()].find((one) => one.account.id === id);
  const accounts: Partial<Accounts> = {
    async register({ email, name, password }) {
      if (people.has(email))
        throw new Refusal("email_taken", "There is an account with this address.", { field: "email" });
      if (password.length < 8) throw new Refusal("weak_password", "Use at least 8 characters.", { field: "password" });
      const account = { id: newId(random), email, name, operator: false, preferences: {} };
      people.set(email, { account, password });
      return open(account);
    },
    async signIn({ email, password }) {
      const person = people.get(email);
      if (person?.password !== password) throw new Refusal("wrong_credentials");
      return open(person.account);
    },
    signOut: async (secret) => void sessions.delete(secret),
    session: async (secret) => sessions.get(secret),
    async update(accountId, change) {
      const person = byId(accountId);
      if (!person) throw new Refusal("not_found");
      if (change.email && !change.email.includes("@")) {
        throw new Refusal("invalid_request", "Write an e-mail address.", { field: "email" });
      }
      if (change.email && change.password !== person.password) {
        throw new Refusal("wrong_credentials", "That is not your password.", { field: "password" });
      }
      const { password: _, ...changed } = change;
      Object.assign(person.account, changed);
      return person.account;
    },
    async changePassword({ accountId, present, wanted }) {
      const person = byId(accountId);
      if (person?.password !== present) {
        throw new Refusal("wrong_credentials", "That is not your present password.", { field: "present" });
      }
      person.password = wanted;
    },
    sessions: async (accountId, current) =>
      [...sessions.values()]
        .filter((one) => one.account.id === accountId)
        .map((one) => ({
          id: one.sessionHash,
          userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/140",
          createdAt: Date.parse("2026-11-20T10:00:00Z"),
          seenAt: Date.parse("2026-11-22T10:00:00Z"),
          current: one.sessionHash === current,
        })),
    async revoke(_accountId, sessionId) {
      for (const [secret, one] of sessions) if (one.sessionHash === sessionId) sessions.delete(secret);
    },
    async invitation(secret) {
      if (secret !== "good-secret") throw new Refusal("not_found", "This invitation is over.");
      return { sellerId: "seller", sellerName: "Front Range Cinemas", email: "new@example.org", role: "manager" };
    },
    seller: async (id) => ({
      id,
      name: "Front Range Cinemas",
      currency: "USD",
      feeMinor: 150,
      taxBasisPoints: 800,
      strandRule: true,
      cancelHours: 0,
    }),
    async acceptInvitation(_accountId, secret) {
      if (secret !== "good-secret") throw new Refusal("not_found", "This invitation is over.");
      return { sellerId: "seller", sellerName: "Front Range Cinemas", role: "manager" };
    },
  };
  return accounts as Accounts;
}
