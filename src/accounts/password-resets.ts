// Choosing a new password without the old one: a link by mail to the account's address.

import { newId, newSecret } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { StoredPasswordReset } from "../store/password-resets.ts";
import type { Accounts } from "./accounts.ts";
import { createAttempts } from "./attempts.ts";
import { emailOf, hashOf, isSecret } from "./fields.ts";
import type { Judging } from "./judging.ts";
import { passwordResetPath } from "./links.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";
import { createPasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";

type PasswordResets = Pick<Accounts, "requestPasswordReset" | "passwordReset" | "resetPassword">;

/** ASVS 6.4.2 wants such links short-lived. */
const linkMs = 3_600_000;
// Each request may be a mail to somebody who did not ask for it: three to an address, then one each twenty minutes.
const limits = { perAccount: { burst: 3, drainMs: 1_200_000 }, perAddress: { burst: 20, drainMs: 60_000 } };

export function createPasswordResets(
  { clock, random, passwords }: AccountsSettings,
  records: Records,
  sessions: Sessions,
  { attempts: signIns }: Judging,
): PasswordResets {
  const attempts = createAttempts(clock, limits);
  const checkPassword = createPasswordRules();
  const opened = async (tables: Tables, secret: string): Promise<StoredPasswordReset> => {
    const found = isSecret(secret) ? await tables.resets.bySecret(hashOf(secret), clock()) : undefined;
    if (!found) throw over();
    return found;
  };
  return {
    async requestPasswordReset(typed, address, language) {
      const email = emailOf(typed);
      attempts.begin(email, address);
      const account = await records.accounts.byEmail(email);
      const now = clock();
      const id = newId(random);
      const secret = newSecret(random);
      const expiresAt = now + linkMs;
      return records.within(async (tables) => {
        // The same work with and without an account: neither the answer nor its time tells which it was.
        await tables.resets.replace({ id, email, secretHash: hashOf(secret), expiresAt }, now);
        if (!account) {
          await tables.resets.remove(id);
          return undefined;
        }
        const body = { secret, email, name: account.name, expiresAt, ...(language !== undefined && { language }) };
        await tables.outbox.enqueue({ id: `password-reset-${id}`, kind: "password-reset", body }, now);
        return { path: passwordResetPath(secret) };
      });
    },

    async passwordReset(secret) {
      const { email } = await opened(records, secret);
      return { email };
    },

    async resetPassword(secret, wanted) {
      const { id, email } = await opened(records, secret);
      const account = await records.accounts.byEmail(email);
      if (!account) throw over();
      checkPassword(wanted, { field: "wanted", email, name: account.name });
      const passwordHash = await passwords.hash(wanted);
      await sessions.change(async (tables, note) => {
        // Two may have read it; who removes it is the one who has it.
        if (!(await tables.resets.remove(id))) throw over();
        // The account may have left this address while the password was hashed.
        const changed = await tables.accounts.update(account.id, { passwordHash }, clock());
        if (changed === "taken" || changed?.email !== email) throw over();
        // Whoever knew the old password may have asked for it.
        await tables.emailChanges.removeOf(account.id);
        await tables.sessions.removeAll(account.id);
        const subject = `account:${account.id}`;
        await tables.audit.append({ actor: account.id, action: "account.password_reset", subject });
        note({ accountId: account.id });
      });
      // Whoever has the mailbox need not wait for those who guessed the old password.
      signIns.forget(`email ${email}`);
    },
  };
}

function over(): Refusal {
  return new Refusal("not_found", "This link is over: it works once, for an hour. Ask for a new one.");
}
