// Accounts that people asked for and did not confirm yet, in the store.

import type { Language } from "../domain/languages.ts";
import type { Store } from "./open.ts";

export interface StoredSignUp {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  /** argon2id, in PHC form. */
  passwordHash: string;
  language?: Language;
  /** A path of this site to go on to; "" for none. */
  next: string;
  expiresAt: number;
}

export interface SignUpTable {
  insert(signUp: StoredSignUp & { secretHash: string }, now: number): Promise<void>;
  byId(id: string, now: number): Promise<StoredSignUp | undefined>;
  bySecret(secretHash: string, now: number): Promise<StoredSignUp | undefined>;
  /** Whether there was such a sign-up: whoever hears true is the only one. */
  remove(id: string): Promise<boolean>;
  removeExpired(now: number): Promise<number>;
}

/** Sign-ups over a store, or over a transaction of it. */
export function createSignUpTable(db: Store["db"]): SignUpTable {
  const find = async (column: "id" | "secret_hash", value: string, now: number): Promise<StoredSignUp | undefined> => {
    const row = await db
      .selectFrom("sign_ups")
      .select(["id", "email", "name", "password_hash as passwordHash", "language", "next", "expires_at as expiresAt"])
      .where(column, "=", value)
      .where("expires_at", ">", now)
      .executeTakeFirst();
    if (!row) return undefined;
    const { language, ...signUp } = row;
    return language === null ? signUp : { ...signUp, language };
  };
  return {
    async insert({ id, email, name, passwordHash, language, next, secretHash, expiresAt }, now) {
      await db
        .insertInto("sign_ups")
        .values({
          id,
          email,
          name,
          password_hash: passwordHash,
          language: language ?? null,
          next,
          secret_hash: secretHash,
          expires_at: expiresAt,
          created_at: now,
        })
        .execute();
    },
    byId: (id, now) => find("id", id, now),
    bySecret: (secretHash, now) => find("secret_hash", secretHash, now),
    async remove(id) {
      const result = await db.deleteFrom("sign_ups").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
    async removeExpired(now) {
      const result = await db.deleteFrom("sign_ups").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
