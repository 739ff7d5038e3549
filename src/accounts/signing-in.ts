// Signing in and out, and changing the password.

import { Refusal } from "../domain/refusals.ts";
import type { Accounts } from "./accounts.ts";
import { hashOf, sameEmail } from "./fields.ts";
import { notPresent, type Judging } from "./judging.ts";
import { accountOf, type AccountsSettings, type Records } from "./parts.ts";
import { createPasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";

type SigningIn = Pick<Accounts, "signIn" | "signOut" | "changePassword">;

export function createSigningIn(
  { clock, passwords }: AccountsSettings,
  records: Records,
  sessions: Sessions,
  judging: Judging,
): SigningIn {
  const { attempts, judged } = judging;
  const checkPassword = createPasswordRules();
  return {
    async signIn({ email, password, userAgent, address }) {
      const known = sameEmail(email);
      const attempt = attempts.begin(`email ${known}`, address);
      const account = await records.accounts.byEmail(known);
      // The same work with and without an account: neither the answer nor its time tells which it was.
      const right = await judged(attempt, account?.passwordHash, password);
      if (!account || !right) throw new Refusal("wrong_credentials");
      const secret = await records.within(async (tables) => {
        // Changed since it was read: the old password opens nothing any more, not even what was on its way.
        if (!(await tables.accounts.keeps(account.id, account.passwordHash))) throw new Refusal("wrong_credentials");
        return sessions.start(account.id, userAgent, tables);
      });
      return { account: accountOf(account), secret };
    },

    async signOut(secret) {
      const sessionHash = hashOf(secret);
      await sessions.change(async (tables, note) => {
        if (await tables.sessions.remove(sessionHash)) note({ sessionHash });
      });
    },

    async changePassword({ accountId, sessionHash, present, wanted }) {
      const account = await records.accounts.byId(accountId);
      if (!account) throw new Refusal("not_found");
      await judging.present(account, present, "present");
      checkPassword(wanted, { field: "wanted", email: account.email, name: account.name });
      const passwordHash = await passwords.hash(wanted);
      await sessions.change(async (tables, note) => {
        if (!(await tables.accounts.keeps(accountId, account.passwordHash))) throw notPresent("present");
        await tables.accounts.update(accountId, { passwordHash }, clock());
        await tables.resets.removeOf(account.email);
        // Whoever knew the old password may have asked for it.
        await tables.emailChanges.removeOf(accountId);
        await tables.sessions.removeOthers(accountId, sessionHash);
        await tables.audit.append({
          actor: accountId,
          action: "account.password_changed",
          subject: `account:${accountId}`,
        });
        note({ accountId });
      });
    },
  };
}
