// Sessions: a secret of 256 random bits in a cookie, its hash in the store, and an LRU cache in front. What ends sessions or changes
// rights is told over the bus and noted in the store; see news.ts for how long a process may not know of it.

import { LRUCache } from "lru-cache";
import type { Topics } from "../bus/port.ts";
import { newSecret } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { SignedIn } from "./accounts.ts";
import { hashOf, isSecret } from "./fields.ts";
import { createNewsWatch, within } from "./news.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";

type News = Topics["session"];

export interface Sessions {
  /** Begins a session, in a transaction if its tables are given; answers its secret. */
  start(accountId: string, userAgent: string, tables?: Tables): Promise<string>;
  /** Refuses `unavailable` if the store cannot be read and the session is not known. */
  read(secret: string): Promise<SignedIn | undefined>;
  /**
   * Runs in one transaction what ends sessions or changes what accounts may do: `note` says whose. When it is committed, they
   * are forgotten here and in every other process.
   */
  change<T>(work: (tables: Tables, note: (news: News) => void) => Promise<T>): Promise<T>;
}

interface Known {
  signedIn: SignedIn;
  readAt: number;
  seenAt: number;
  expiresAt: number;
}

/** A session ends when nothing was asked with it for so long. */
const sessionMs = 30 * 86_400_000;
/** How often a session's last use is written, at most. */
const seenMs = 3_600_000;
/** What is older than this is read again, whatever the news say. */
const freshMs = 5 * 60_000;
/** While the store cannot be read nobody can end a session either; what was right this lately is believed. */
const believedMs = 10 * 60_000;
/** How long to wait for a store that hangs. */
const waitMs = 1_000;
const maxKnown = 50_000;

/** The sessions of one process. */
export function createSessions({ bus, clock, random, report }: AccountsSettings, records: Records): Sessions {
  const known = new LRUCache<string, Known>({ max: maxKnown });
  const reading = new Map<string, Promise<Known | undefined>>();
  // Grows with every piece of news: what was being read meanwhile may be outdated, and is not kept.
  let newsSeen = 0;
  const watch = createNewsWatch({
    table: records.news,
    clock,
    forget,
    forgetAll() {
      newsSeen += 1;
      reading.clear();
      known.clear();
    },
    onFailure: (error) => report(error, "asking the store which sessions ended; those known are believed"),
  });

  async function load(hash: string): Promise<Known | undefined> {
    const before = newsSeen;
    const readAt = clock();
    const row = await records.sessions.find(hash, readAt);
    if (!row) {
      known.delete(hash);
      return undefined;
    }
    const { accountId: id, email, name, operator, preferences, memberships, seenAt, expiresAt } = row;
    const signedIn = { sessionHash: hash, account: { id, email, name, operator, preferences }, memberships };
    const found = { signedIn, readAt, seenAt, expiresAt };
    if (before === newsSeen) known.set(hash, found);
    return found;
  }

  /** One read at a time for each session, however many requests wait for it. */
  function loadOnce(hash: string): Promise<Known | undefined> {
    const pending = reading.get(hash);
    if (pending) return pending;
    const begun = load(hash).finally(() => reading.get(hash) === begun && reading.delete(hash));
    reading.set(hash, begun);
    return begun;
  }

  async function find(hash: string): Promise<Known | undefined> {
    const upToDate = await watch.upToDate();
    const found = known.get(hash);
    const isBelieved = () =>
      found !== undefined && known.has(hash) && clock() - Math.max(found.readAt, watch.heardAt()) < believedMs;
    if (found && upToDate && clock() - found.readAt < freshMs) return found;
    if (!upToDate && isBelieved()) return found;
    try {
      return await within(waitMs, loadOnce(hash));
    } catch (error) {
      report(error, isBelieved() ? "reading a session; the one known is used" : "reading a session");
      if (isBelieved()) return found;
      throw new Refusal("unavailable", "Sign-ins cannot be checked for a moment. Try again.", { retryAfterMs: 5_000 });
    }
  }

  async function noteSeen(hash: string, session: Known, now: number): Promise<void> {
    session.seenAt = now;
    session.expiresAt = now + sessionMs;
    try {
      await within(waitMs, records.sessions.seen(hash, now, session.expiresAt));
    } catch (error) {
      report(error, "noting that a session is in use");
    }
  }

  function forget({ sessionHash, accountId }: News): void {
    newsSeen += 1;
    reading.clear();
    if (sessionHash !== undefined) known.delete(sessionHash);
    if (accountId === undefined) return;
    // At most 50,000 entries, 2 ms; rights change rarely, so no index is kept.
    for (const [hash, { signedIn }] of known.entries()) if (signedIn.account.id === accountId) known.delete(hash);
  }

  bus.subscribe("session", forget);
  bus.onGap(() => watch.lookNext());
  return {
    async start(accountId, userAgent, tables = records) {
      const secret = newSecret(random);
      const createdAt = clock();
      const expiresAt = createdAt + sessionMs;
      const short = userAgent.slice(0, 300);
      await tables.sessions.insert({ idHash: hashOf(secret), accountId, userAgent: short, createdAt, expiresAt });
      return secret;
    },
    async read(secret) {
      if (!isSecret(secret)) return undefined;
      const hash = hashOf(secret);
      const found = await find(hash);
      const now = clock();
      if (!found || found.expiresAt <= now) return undefined;
      if (now - found.seenAt >= seenMs) await noteSeen(hash, found, now);
      return found.signedIn;
    },
    async change(work) {
      const news: News[] = [];
      const result = await records.within(async (tables) => {
        news.length = 0;
        const done = await work(tables, (piece) => void news.push(piece));
        await tables.news.append(news, clock());
        return done;
      });
      for (const piece of news) bus.publish("session", piece);
      return result;
    },
  };
}
