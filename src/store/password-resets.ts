// Links by which people choose a new password, in the store.

import type { Store } from "./open.ts";

export interface StoredPasswordReset {
  id: string;
  /** Lower case. */
  email: string;
  expiresAt: number;
}

export interface PasswordResetTable {
  /** Writes a link; an earlier one of the same address no longer opens. */
  replace(reset: StoredPasswordReset & { secretHash: string }, now: number): Promise<void>;
  bySecret(secretHash: string, now: number): Promise<StoredPasswordReset | undefined>;
  /** Whether there was such a link: whoever hears true is the only one. */
  remove(id: string): Promise<boolean>;
  removeOf(email: string): Promise<void>;
  removeExpired(now: number): Promise<number>;
}

/** Links over a store, or over a transaction of it. */
export function createPasswordResetTable(db: Store["db"]): PasswordResetTable {
  return {
    async replace({ id, email, secretHash, expiresAt }, now) {
      const made = { id, secret_hash: secretHash, expires_at: expiresAt, created_at: now };
      await db
        .insertInto("password_resets")
        .values({ ...made, email })
        .onConflict((conflict) => conflict.column("email").doUpdateSet(made))
        .execute();
    },
    bySecret: (secretHash, now) =>
      db
        .selectFrom("password_resets")
        .select(["id", "email", "expires_at as expiresAt"])
        .where("secret_hash", "=", secretHash)
        .where("expires_at", ">", now)
        .executeTakeFirst(),
    async remove(id) {
      const result = await db.deleteFrom("password_resets").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
    async removeOf(email) {
      await db.deleteFrom("password_resets").where("email", "=", email).execute();
    },
    async removeExpired(now) {
      const result = await db.deleteFrom("password_resets").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
