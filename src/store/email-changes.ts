// E-mail addresses that accounts are to have and that nobody confirmed yet, in the store.

import type { Store } from "./open.ts";

export interface StoredEmailChange {
  id: string;
  accountId: string;
  /** Lower case. */
  email: string;
  expiresAt: number;
}

export interface EmailChangeTable {
  /** Writes a change; an earlier one of the same account can no longer be confirmed. */
  replace(change: StoredEmailChange & { secretHash: string }, now: number): Promise<void>;
  ofAccount(accountId: string, now: number): Promise<StoredEmailChange | undefined>;
  bySecret(secretHash: string, now: number): Promise<StoredEmailChange | undefined>;
  /** Whether there was such a change: whoever hears true is the only one. */
  remove(id: string): Promise<boolean>;
  removeOf(accountId: string): Promise<void>;
  removeExpired(now: number): Promise<number>;
}

/** Changes over a store, or over a transaction of it. */
export function createEmailChangeTable(db: Store["db"]): EmailChangeTable {
  const open = (now: number) =>
    db
      .selectFrom("email_changes")
      .select(["id", "account_id as accountId", "email", "expires_at as expiresAt"])
      .where("expires_at", ">", now);
  return {
    async replace({ id, accountId, email, secretHash, expiresAt }, now) {
      const made = { id, email, secret_hash: secretHash, expires_at: expiresAt, created_at: now };
      await db
        .insertInto("email_changes")
        .values({ ...made, account_id: accountId })
        .onConflict((conflict) => conflict.column("account_id").doUpdateSet(made))
        .execute();
    },
    ofAccount: (accountId, now) => open(now).where("account_id", "=", accountId).executeTakeFirst(),
    bySecret: (secretHash, now) => open(now).where("secret_hash", "=", secretHash).executeTakeFirst(),
    async remove(id) {
      const result = await db.deleteFrom("email_changes").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
    async removeOf(accountId) {
      await db.deleteFrom("email_changes").where("account_id", "=", accountId).execute();
    },
    async removeExpired(now) {
      const result = await db.deleteFrom("email_changes").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
