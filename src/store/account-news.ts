// Ended sessions and changed rights, numbered in the order in which they were committed.

import type { Store } from "./open.ts";

/** A session that ended, or an account whose sessions and rights are to be read again. */
export interface AccountNews {
  sessionHash?: string;
  accountId?: string;
}

export interface AccountNewsTable {
  /** Within a transaction, as its last act: others who note something wait until it ends. */
  append(news: readonly AccountNews[], now: number): Promise<void>;
  /** The number of the newest, 0 before the first. */
  head(): Promise<number>;
  /** What came after a number, in order, `limit` at most. */
  after(number: number, limit: number): Promise<readonly (AccountNews & { number: number })[]>;
  /** Removes what is older than a day; answers how many. */
  removeExpired(now: number): Promise<number>;
}

const keptMs = 86_400_000;

/** Account news over a store, or over a transaction of it. */
export function createAccountNews(db: Store["db"]): AccountNewsTable {
  return {
    async append(news, now) {
      if (news.length === 0) return;
      const { number: last } = await db
        .updateTable("account_news_head")
        .set((row) => ({ number: row("number", "+", news.length) }))
        .where("id", "=", 1)
        .returning("number")
        .executeTakeFirstOrThrow();
      const rows = news.map(({ sessionHash, accountId }, index) => {
        const number = last - news.length + 1 + index;
        return { number, session_hash: sessionHash ?? null, account_id: accountId ?? null, at: now };
      });
      await db.insertInto("account_news").values(rows).execute();
    },
    async head() {
      const row = await db.selectFrom("account_news_head").select("number").where("id", "=", 1).executeTakeFirst();
      return row?.number ?? 0;
    },
    async after(number, limit) {
      const rows = await db
        .selectFrom("account_news")
        .select(["number", "session_hash", "account_id"])
        .where("number", ">", number)
        .orderBy("number")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        number: row.number,
        ...(row.session_hash !== null && { sessionHash: row.session_hash }),
        ...(row.account_id !== null && { accountId: row.account_id }),
      }));
    },
    async removeExpired(now) {
      const result = await db
        .deleteFrom("account_news")
        .where("at", "<=", now - keptMs)
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
