// Accounts in the store.

import type { Store } from "./open.ts";
import type { AccountRow } from "./schema.ts";
import { isTaken } from "./unique.ts";

export interface StoredAccount {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  /** argon2id, in PHC form. */
  passwordHash: string;
  operator: boolean;
  preferences: { place?: string };
}

export interface AccountChange {
  email?: string;
  name?: string;
  passwordHash?: string;
  operator?: boolean;
  preferences?: { place?: string };
}

export interface AccountTable {
  /** False if there is an account with this e-mail address. */
  insert(account: StoredAccount, now: number): Promise<boolean>;
  byId(id: string): Promise<StoredAccount | undefined>;
  /** `email` in lower case. */
  byEmail(email: string): Promise<StoredAccount | undefined>;
  /** Within a transaction: whether the account still has this password, and keeps it until the transaction ends. */
  keeps(id: string, passwordHash: string): Promise<boolean>;
  /** Within a transaction: nobody closes the account before it ends. False if it is closed. */
  lock(id: string): Promise<boolean>;
  /** Within a transaction that has removed its memberships: its sessions go with it. */
  remove(id: string): Promise<void>;
  /** The account as it is afterwards; `taken` if another has the e-mail address; undefined if there is none. */
  update(id: string, change: AccountChange, now: number): Promise<StoredAccount | "taken" | undefined>;
}

/** Accounts over a store, or over a transaction of it. */
export function createAccountTable(db: Store["db"]): AccountTable {
  return {
    async insert(account, now) {
      const result = await db
        .insertInto("accounts")
        .values({
          id: account.id,
          email: account.email,
          name: account.name,
          password_hash: account.passwordHash,
          preferences: JSON.stringify(account.preferences),
          is_operator: Number(account.operator),
          created_at: now,
          updated_at: now,
        })
        .onConflict((conflict) => conflict.column("email").doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async byId(id) {
      const row = await db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirst();
      return row && accountOf(row);
    },
    async byEmail(email) {
      const row = await db.selectFrom("accounts").selectAll().where("email", "=", email).executeTakeFirst();
      return row && accountOf(row);
    },
    async keeps(id, passwordHash) {
      // An update is the one lock that both databases know.
      const result = await db
        .updateTable("accounts")
        .set((row) => ({ password_hash: row.ref("password_hash") }))
        .where("id", "=", id)
        .where("password_hash", "=", passwordHash)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async lock(id) {
      const row = db.updateTable("accounts").set((row) => ({ password_hash: row.ref("password_hash") }));
      return (await row.where("id", "=", id).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async remove(id) {
      await db.deleteFrom("accounts").where("id", "=", id).execute();
    },
    async update(id, change, now) {
      try {
        const row = await db
          .updateTable("accounts")
          .set({
            ...(change.email !== undefined && { email: change.email }),
            ...(change.name !== undefined && { name: change.name }),
            ...(change.passwordHash !== undefined && { password_hash: change.passwordHash }),
            ...(change.operator !== undefined && { is_operator: Number(change.operator) }),
            ...(change.preferences !== undefined && { preferences: JSON.stringify(change.preferences) }),
            updated_at: now,
          })
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirst();
        return row && accountOf(row);
      } catch (error) {
        if (isTaken(error)) return "taken";
        throw error;
      }
    },
  };
}

function accountOf(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    operator: row.is_operator === 1,
    preferences: JSON.parse(row.preferences) as { place?: string },
  };
}
