// Sessions in the store, by the hash of their secret.

import type { Store } from "./open.ts";
import type { MemberRole } from "./schema.ts";

/** A session with everything that is asked of it on every request. */
export interface StoredSession {
  accountId: string;
  email: string;
  name: string;
  operator: boolean;
  preferences: { place?: string };
  memberships: readonly { sellerId: string; sellerName: string; role: MemberRole }[];
  seenAt: number;
  expiresAt: number;
}

export interface SessionTable {
  insert(session: {
    idHash: string;
    accountId: string;
    userAgent: string;
    createdAt: number;
    expiresAt: number;
  }): Promise<void>;
  /** The session, unless it ended before `now`. */
  find(idHash: string, now: number): Promise<StoredSession | undefined>;
  /** Sessions of an account that have not ended, the one seen last first. */
  list(
    accountId: string,
    now: number,
  ): Promise<readonly { idHash: string; userAgent: string; createdAt: number; seenAt: number }[]>;
  seen(idHash: string, seenAt: number, expiresAt: number): Promise<void>;
  /** Whether there was such a session (of that account, if one is given). */
  remove(idHash: string, accountId?: string): Promise<boolean>;
  removeOthers(accountId: string, keptHash: string): Promise<void>;
  removeAll(accountId: string): Promise<void>;
  /** Removes what ended before `now`; answers how many. */
  removeExpired(now: number): Promise<number>;
}

/** Sessions over a store, or over a transaction of it. */
export function createSessionTable(db: Store["db"]): SessionTable {
  return {
    async insert({ idHash, accountId, userAgent, createdAt, expiresAt }) {
      await db
        .insertInto("sessions")
        .values({
          id_hash: idHash,
          account_id: accountId,
          user_agent: userAgent,
          created_at: createdAt,
          seen_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
    },
    find: (idHash, now) => findSession(db, idHash, now),
    list: (accountId, now) =>
      db
        .selectFrom("sessions")
        .select(["id_hash as idHash", "user_agent as userAgent", "created_at as createdAt", "seen_at as seenAt"])
        .where("account_id", "=", accountId)
        .where("expires_at", ">", now)
        .orderBy("seen_at", "desc")
        .execute(),
    async seen(idHash, seenAt, expiresAt) {
      await db
        .updateTable("sessions")
        .set({ seen_at: seenAt, expires_at: expiresAt })
        .where("id_hash", "=", idHash)
        .execute();
    },
    async remove(idHash, accountId) {
      let query = db.deleteFrom("sessions").where("id_hash", "=", idHash);
      if (accountId !== undefined) query = query.where("account_id", "=", accountId);
      return (await query.executeTakeFirst()).numDeletedRows === 1n;
    },
    async removeOthers(accountId, keptHash) {
      await db.deleteFrom("sessions").where("account_id", "=", accountId).where("id_hash", "!=", keptHash).execute();
    },
    async removeAll(accountId) {
      await db.deleteFrom("sessions").where("account_id", "=", accountId).execute();
    },
    async removeExpired(now) {
      const result = await db.deleteFrom("sessions").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

async function findSession(db: Store["db"], idHash: string, now: number): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .select(["accounts.id as accountId", "email", "name", "is_operator", "preferences", "seen_at", "expires_at"])
    .where("id_hash", "=", idHash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (!row) return undefined;
  const memberships = await db
    .selectFrom("memberships")
    .innerJoin("sellers", "sellers.id", "memberships.seller_id")
    .select(["sellers.id as sellerId", "sellers.name as sellerName", "role"])
    .where("account_id", "=", row.accountId)
    .orderBy("sellers.name")
    .execute();
  return {
    accountId: row.accountId,
    email: row.email,
    name: row.name,
    operator: row.is_operator === 1,
    preferences: JSON.parse(row.preferences) as { place?: string },
    memberships,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
