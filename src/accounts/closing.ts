// Closing an account for good.

import { Refusal } from "../domain/refusals.ts";
import type { Accounts } from "./accounts.ts";
import { notPresent, type Judging } from "./judging.ts";
import { leaving } from "./members.ts";
import type { Records } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

export function createClosing(records: Records, sessions: Sessions, judging: Judging): Pick<Accounts, "close"> {
  return {
    async close(accountId, password) {
      const account = await records.accounts.byId(accountId);
      if (!account) throw new Refusal("not_found");
      await judging.present(account, password, "password");
      await sessions.change(async (tables, note) => {
        const memberships = await tables.sellers.ofAccount(accountId);
        // Sellers first and in one order, as everywhere: who closes and who removes a member do not wait for each other.
        for (const sellerId of memberships) {
          await leaving(tables, sellerId, accountId, undefined);
          await tables.sellers.removeMember(sellerId, accountId);
        }
        // Changed since it was judged: the old password closes nothing.
        if (!(await tables.accounts.keeps(accountId, account.passwordHash))) throw notPresent("password");
        // From here on nobody adds it to a seller; who did since the first look is not waited for in the wrong order.
        if ((await tables.sellers.ofAccount(accountId)).length > 0) {
          throw new Refusal("unavailable", "The account has just become a member of a seller. Try again.", {
            retryAfterMs: 1_000,
          });
        }
        await tables.resets.removeOf(account.email);
        await tables.emailChanges.removeOf(accountId);
        await tables.sessions.removeAll(accountId);
        await tables.accounts.remove(accountId);
        // Neither name nor address: what is closed is forgotten here.
        await tables.audit.append({
          actor: accountId,
          action: "account.closed",
          subject: `account:${accountId}`,
          details: { sellers: memberships },
        });
        note({ accountId });
      });
    },
  };
}
