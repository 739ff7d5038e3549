// What people see and change of their own account: the profile and the sessions.

import { Refusal } from "../domain/refusals.ts";
import type { Accounts } from "./accounts.ts";
import { nameOf } from "./fields.ts";
import { accountOf, type AccountsSettings, type Records } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type Profile = Pick<Accounts, "update" | "sessions" | "revoke" | "revokeOthers">;

export function createProfile({ clock }: AccountsSettings, records: Records, sessions: Sessions): Profile {
  return {
    async update(accountId, change) {
      const wanted = {
        ...(change.name !== undefined && { name: nameOf(change.name) }),
        ...(change.preferences !== undefined && { preferences: change.preferences }),
      };
      const changed = await sessions.change(async (tables, note) => {
        const after = await tables.accounts.update(accountId, wanted, clock());
        if (!after || after === "taken") throw new Refusal("not_found");
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
