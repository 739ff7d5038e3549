// How a process learns what others ended or changed. The bus tells at once and may lose it; so whoever reads sessions also asks the
// store, once a second for all of them together, which news it has. Nobody acts on what was outdated two seconds ago.

import type { Clock } from "../domain/clock.ts";
import type { AccountNews, AccountNewsTable } from "../store/account-news.ts";

export interface NewsWatchSettings {
  table: Pick<AccountNewsTable, "head" | "after">;
  clock: Clock;
  forget: (news: AccountNews) => void;
  /** Called when it is not known what there was to forget. */
  forgetAll: () => void;
  onFailure: (error: unknown) => void;
}

export interface NewsWatch {
  /** Whether everything that was committed two seconds ago is known. Waits for the store if need be, but not long. */
  upToDate(): Promise<boolean>;
  /** When the store was asked last, of the times that it answered. */
  heardAt(): number;
  /** The bus may have lost something: asks at the next reading. */
  lookNext(): void;
}

/** How often to ask while sessions are read. */
const lookMs = 1_000;
/** An answer older than this does not count. */
const validMs = 2_000;
/** How long to wait for an answer; then it is waited for in the background. */
const waitMs = 1_000;
/** More news than this at once are forgotten as a whole. */
const mostNews = 1_000;

export function createNewsWatch({ table, clock, forget, forgetAll, onFailure }: NewsWatchSettings): NewsWatch {
  /** The number of the newest piece that was taken in. */
  let position: number | undefined;
  let heardAt = -Infinity;
  let triedAt = -Infinity;
  let asked: Promise<boolean> | undefined;
  /** It did not answer in time: nobody waits again until it has. */
  let hangs = false;

  async function look(): Promise<boolean> {
    const begun = clock();
    triedAt = begun;
    try {
      await take(await table.head());
      heardAt = begun;
      hangs = false;
      return true;
    } catch (error) {
      onFailure(error);
      return false;
    }
  }
  async function take(head: number): Promise<void> {
    if (head === position) return;
    const news = position === undefined || head < position ? [] : await table.after(position, mostNews);
    const isWhole = position !== undefined && news[0]?.number === position + 1 && news.length < mostNews;
    if (isWhole) for (const piece of news) forget(piece);
    else forgetAll();
    position = isWhole ? (news.at(-1)?.number ?? head) : head;
  }

  return {
    heardAt: () => heardAt,
    lookNext() {
      heardAt = Math.min(heardAt, clock() - validMs);
      triedAt = -Infinity;
    },
    async upToDate() {
      const now = clock();
      if (now - heardAt < lookMs) return true;
      if (!asked && now - triedAt >= lookMs) asked = look().finally(() => (asked = undefined));
      if (now - heardAt < validMs) return true;
      if (!asked || hangs) return false;
      return within(waitMs, asked).catch(() => {
        hangs = true;
        return false;
      });
    },
  };
}

/** What a promise answers, or a rejection when it does not in time. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`the store did not answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined);
  }
}
