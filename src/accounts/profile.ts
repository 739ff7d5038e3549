// What people see and change of their own account: the profile and the sessions.

import { Refusal } from "../domain/refusals.ts";
import type { Accounts } from "./accounts.ts";
import { emailOf, nameOf } from "./fields.ts";
import { notPresent, type Judging } from "./judging.ts";
import { accountOf, type AccountsSettings, type Records } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type Profile = Pick<Accounts, "update" | "sessions" | "revoke" | "revokeOthers">;

export function createProfile(
  { clock }: AccountsSettings,
  records: Records,
  sessions: Sessions,
  judging: Judging,
): Profile {
  /** Refuses unless the account keeps its address, or the password is its present one; answers the hash it was judged by. */
  async function judgedHash(accountId: string, email: string | undefined, password = ""): Promise<string | undefined> {
    if (email === undefined) return undefined;
    const account = await records.accounts.byId(accountId);
    if (!account || account.email === email) return undefined;
    if (password === "") {
      const detail = "Give your present password to change the e-mail address.";
      throw new Refusal("invalid_request", detail, { field: "password" });
    }
    await judging.present(account, password, "password");
    return account.passwordHash;
  }
  return {
    async update(accountId, change) {
      const wanted = {
        ...(change.name !== undefined && { name: nameOf(change.name) }),
        ...(change.email !== undefined && { email: emailOf(change.email) }),
        ...(change.preferences !== undefined && { preferences: change.preferences }),
      };
      const passwordHash = await judgedHash(accountId, wanted.email, change.password);
      const changed = await sessions.change(async (tables, note) => {
        const before = await tables.accounts.byId(accountId);
        if (!before) throw new Refusal("not_found");
        const moves = wanted.email !== undefined && wanted.email !== before.email;
        const kept = passwordHash !== undefined && (await tables.accounts.keeps(accountId, passwordHash));
        if (moves && !kept) throw notPresent("password");
        const after = await tables.accounts.update(accountId, wanted, clock());
        if (after === "taken") {
          throw new Refusal("email_taken", "Another account has this e-mail address.", { field: "email" });
        }
        if (!after) throw new Refusal("not_found");
        if (moves) {
          // A link on its way to the old address opens nothing any more.
          await tables.resets.removeOf(before.email);
          // Whoever has the address signs in with it: a change of rights.
          const subject = `account:${accountId}`;
          await tables.audit.append({ actor: accountId, action: "account.email_changed", subject });
        }
        note({ accountId });
        return after;
      });
      return accountOf(changed);
    },
    async sessions(accountId, currentHash) {
      const found = await records.sessions.list(accountId, clock());
      return found.map(({ idHash, ...session }) => ({ id: idHash, ...session, current: idHash === currentHash }));
    },
    async revoke(accountId, sessionId) {
      await sessions.change(async (tables, note) => {
        if (!(await tables.sessions.remove(sessionId, accountId))) throw new Refusal("not_found");
        note({ sessionHash: sessionId });
      });
    },
    async revokeOthers(accountId, keptHash) {
      await sessions.change(async (tables, note) => {
        await tables.sessions.removeOthers(accountId, keptHash);
        note({ accountId });
      });
    },
  };
}
