// Accounts in memory for tests of pages.

import type { Account, Accounts, SignedIn } from "../../src/accounts/accounts.ts";
import { passwordResetPath, signUpPath } from "../../src/accounts/links.ts";
import { newId, newSecret, type RandomBytes } from "../../src/domain/ids.ts";
import { Refusal } from "../../src/domain/refusals.ts";

/** Accounts that know only what pages ask for. */
export function fixtureAccounts(random: RandomBytes) {
  const people = new Map<string, { account: Account; password: string }>();
  const asked = new Map<string, { id: string; email: string; name: string; password: string; next: string }>();
  const sessions = new Map<string, SignedIn>();
  const open = (account: Account) => {
    const secret = newSecret(random);
    sessions.set(secret, { sessionHash: `hash-${secret}`, account, memberships: [] });
    return { account, secret };
  };
  const byId = (id: string) => [...people.values()].find((one) => one.account.id === id);
  const accounts: Partial<Accounts> = {
    async register({ email, name, password, next = "" }) {
      if (password.length < 8) throw new Refusal("weak_password", "Use at least 8 characters.", { field: "password" });
      const secret = newSecret(random);
      const id = newId(random);
      asked.set(secret, { id, email, name, password, next });
      return { id, path: people.has(email) ? "/sign-in" : signUpPath(secret) };
    },
    async signUp(secret, ids) {
      const found = asked.get(secret);
      if (!found) throw new Refusal("not_found");
      return { ...found, askedHere: ids.includes(found.id) };
    },
    async confirmSignUp({ secret, asked: ids, password: typed }) {
      const found = asked.get(secret);
      if (!found) throw new Refusal("not_found");
      if (!ids.includes(found.id) && typed !== found.password) {
        throw new Refusal("wrong_credentials", "Not that one.", { field: "password" });
      }
      const { email, name, password, next } = found;
      asked.delete(secret);
      const account = { id: newId(random), email, name, operator: false, preferences: {} };
      people.set(email, { account, password });
      return { ...open(account), next };
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
      Object.assign(person.account, change);
      return person.account;
    },
    async requestEmail({ email }) {
      if (!email.includes("@")) throw new Refusal("invalid_request", "Write an e-mail address.", { field: "email" });
      return { path: "/" };
    },
    requestPasswordReset: async (email) =>
      people.has(email) ? { path: passwordResetPath(newSecret(random)) } : undefined,
    requestedEmail: async () => undefined,
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
      return {
        sellerId: "seller",
        sellerName: "Front Range Cinemas",
        email: "new@example.org",
        role: "manager",
        joins: false,
      };
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
