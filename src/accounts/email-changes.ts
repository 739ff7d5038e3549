// Another e-mail address for an account: asked for with the present password, and in force when the link that was mailed to it
// was followed. As with a sign-up, the answer does not tell whether the address is somebody's.

import { newId, newSecret } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { StoredAccount } from "../store/accounts.ts";
import type { StoredEmailChange } from "../store/email-changes.ts";
import type { Accounts } from "./accounts.ts";
import type { Attempts } from "./attempts.ts";
import { confirmationMs, linkOver } from "./confirmations.ts";
import { emailOf, hashOf, isSecret } from "./fields.ts";
import { notPresent, type Judging } from "./judging.ts";
import { emailChangePath, signInPath } from "./links.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type EmailChanges = Pick<
  Accounts,
  "requestEmail" | "requestedEmail" | "withdrawEmail" | "emailChange" | "confirmEmail"
>;

export function createEmailChanges(
  { clock, random }: AccountsSettings,
  records: Records,
  sessions: Sessions,
  judging: Judging,
  attempts: Attempts,
): EmailChanges {
  const opened = async (tables: Tables, secret: string): Promise<StoredEmailChange> => {
    const found = isSecret(secret) ? await tables.emailChanges.bySecret(hashOf(secret), clock()) : undefined;
    if (!found) throw linkOver();
    return found;
  };
  const judgePresent = async (account: StoredAccount, password: string) => {
    if (password === "") {
      const detail = "Give your present password to change the e-mail address.";
      throw new Refusal("invalid_request", detail, { field: "password" });
    }
    await judging.present(account, password, "password");
  };
  return {
    async requestEmail({ accountId, password, language, ...typed }) {
      const email = emailOf(typed.email);
      const account = await records.accounts.byId(accountId);
      if (!account) throw new Refusal("not_found");
      await judgePresent(account, password);
      if (email === account.email) {
        await records.emailChanges.removeOf(accountId);
        return undefined;
      }
      attempts.begin(`account ${accountId}`);
      attempts.begin(email);
      const now = clock();
      const id = newId(random);
      const secret = newSecret(random);
      const expiresAt = now + confirmationMs;
      return records.within(async (tables) => {
        // Changed since it was judged: the old password begins nothing.
        if (!(await tables.accounts.keeps(accountId, account.passwordHash))) throw notPresent("password");
        // The same rows whether or not it is somebody's.
        const known = await tables.accounts.byEmail(email);
        await tables.emailChanges.replace({ id, accountId, email, secretHash: hashOf(secret), expiresAt }, now);
        const to = { email, ...(language !== undefined && { language }) };
        await tables.outbox.enqueue(
          known
            ? { id: `email-change-${id}`, kind: "account-known", body: { ...to, name: known.name, next: "" } }
            : { id: `email-change-${id}`, kind: "email-change", body: { ...to, secret, expiresAt } },
          now,
        );
        return { path: known ? signInPath("") : emailChangePath(secret) };
      });
    },

    requestedEmail: async (accountId) => (await records.emailChanges.ofAccount(accountId, clock()))?.email,

    withdrawEmail: (accountId) => records.emailChanges.removeOf(accountId),

    async emailChange(secret) {
      const { accountId, email } = await opened(records, secret);
      if (await records.accounts.byEmail(email)) throw taken();
      return { accountId, email };
    },

    async confirmEmail({ secret, accountId: signedIn, password = "", language }) {
      const asked = await opened(records, secret);
      if (asked.accountId !== signedIn) {
        const account = await records.accounts.byId(asked.accountId);
        if (!account) throw linkOver();
        await judgePresent(account, password);
      }
      return sessions.change(async (tables, note) => {
        // Read again: it ends when the password changes.
        const { id, accountId, email } = await opened(tables, secret);
        const before = await tables.accounts.byId(accountId);
        // Two may have read it; who removes it is the one who has it.
        if (!before || !(await tables.emailChanges.remove(id))) throw linkOver();
        const now = clock();
        const after = await tables.accounts.update(accountId, { email }, now);
        if (after === "taken") throw taken();
        if (!after) throw linkOver();
        // A link on its way to the old address opens nothing any more.
        await tables.resets.removeOf(before.email);
        // Whoever has the address signs in with it: a change of rights.
        await tables.audit.append({
          actor: accountId,
          action: "account.email_changed",
          subject: `account:${accountId}`,
        });
        const body = { email: before.email, name: before.name, ...(language !== undefined && { language }) };
        await tables.outbox.enqueue({ id: `email-changed-${id}`, kind: "email-changed", body }, now);
        note({ accountId });
        return { email };
      });
    },
  };
}

function taken(): Refusal {
  return new Refusal("email_taken", "Another account has this e-mail address.");
}
