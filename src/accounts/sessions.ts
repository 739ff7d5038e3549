// Sessions: a secret of 256 random bits in a cookie, its hash in the store, and an LRU cache in front.

import { LRUCache } from "lru-cache";
import type { Topics } from "../bus/port.ts";
import { newSecret } from "../domain/ids.ts";
import type { SignedIn } from "./accounts.ts";
import { hashOf, isSecret } from "./fields.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";

export interface Sessions {
  /** Begins a session, in a transaction if its tables are given; answers its secret. */
  start(accountId: string, userAgent: string, tables?: Tables): Promise<string>;
  read(secret: string): Promise<SignedIn | undefined>;
  /** Sessions ended, or what their accounts may do changed: forgets them here and in every other process. */
  forget(news: Topics["session"]): void;
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
/** News of the bus may be lost: what is older than this is read again. */
const freshMs = 60_000;
/** While the store cannot be read nobody can end a session either; what was read this lately is believed. */
const believedMs = 15 * 60_000;
const maxKnown = 50_000;

/** The sessions of one process. */
export function createSessions({ bus, clock, random, report }: AccountsSettings, records: Records): Sessions {
  const known = new LRUCache<string, Known>({ max: maxKnown });
  const reading = new Map<string, Promise<Known | undefined>>();
  // Grows with every piece of news: what was being read meanwhile may be outdated, and is not kept.
  let newsSeen = 0;

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
    const found = known.get(hash);
    if (found && clock() - found.readAt < freshMs) return found;
    try {
      return await loadOnce(hash);
    } catch (error) {
      if (!found || !known.has(hash) || clock() - found.readAt >= believedMs) throw error;
      report(error, "reading a session; the one known is used");
      return found;
    }
  }

  async function noteSeen(hash: string, session: Known, now: number): Promise<void> {
    session.seenAt = now;
    session.expiresAt = now + sessionMs;
    try {
      await records.sessions.seen(hash, now, session.expiresAt);
    } catch (error) {
      report(error, "noting that a session is in use");
    }
  }

  function forgetHere({ sessionHash, accountId }: Topics["session"]): void {
    newsSeen += 1;
    reading.clear();
    if (sessionHash !== undefined) known.delete(sessionHash);
    if (accountId === undefined) return;
    // At most 50,000 entries, 2 ms; rights change rarely, so no index is kept.
    for (const [hash, { signedIn }] of known.entries()) if (signedIn.account.id === accountId) known.delete(hash);
  }

  bus.subscribe("session", forgetHere);
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
    forget(news) {
      forgetHere(news);
      bus.publish("session", news);
    },
  };
}
