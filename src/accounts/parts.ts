// What the verbs of this folder share.

import type { Bus } from "../bus/port.ts";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import { createAccountNews } from "../store/account-news.ts";
import { createAccountTable } from "../store/accounts.ts";
import { createAudit } from "../store/audit.ts";
import { createEmailChangeTable } from "../store/email-changes.ts";
import { createInvitationTable } from "../store/invitations.ts";
import type { Store } from "../store/open.ts";
import { createOutbox } from "../store/outbox.ts";
import { createPasswordResetTable } from "../store/password-resets.ts";
import { createSellerTable } from "../store/sellers.ts";
import { createSessionTable } from "../store/sessions.ts";
import { createSignUpTable } from "../store/sign-ups.ts";
import type { Account } from "./accounts.ts";
import type { StoredAccount } from "../store/accounts.ts";
import type { Passwords } from "./passwords.ts";

export interface AccountsSettings {
  store: Store;
  bus: Bus;
  clock: Clock;
  random: RandomBytes;
  /** createPasswords(); tests count what it does. */
  passwords: Passwords;
  /** Told of faults that did not stop anybody: the store could not be read, but what was known could be used. */
  report: (error: unknown, doing: string) => void;
}

/** The tables that accounts are made of, over the store or one transaction of it. */
export interface Tables {
  accounts: ReturnType<typeof createAccountTable>;
  sessions: ReturnType<typeof createSessionTable>;
  sellers: ReturnType<typeof createSellerTable>;
  invitations: ReturnType<typeof createInvitationTable>;
  resets: ReturnType<typeof createPasswordResetTable>;
  signUps: ReturnType<typeof createSignUpTable>;
  emailChanges: ReturnType<typeof createEmailChangeTable>;
  outbox: ReturnType<typeof createOutbox>;
  audit: ReturnType<typeof createAudit>;
  news: ReturnType<typeof createAccountNews>;
}

export interface Records extends Tables {
  /** Runs work in one transaction: all of it is written, or, if it throws, nothing. */
  within<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
}

/** The tables over a store. */
export function createRecords({ store, clock, random }: Pick<AccountsSettings, "store" | "clock" | "random">): Records {
  const over = (db: Store["db"]): Tables => ({
    accounts: createAccountTable(db),
    sessions: createSessionTable(db),
    sellers: createSellerTable(db),
    invitations: createInvitationTable(db),
    resets: createPasswordResetTable(db),
    signUps: createSignUpTable(db),
    emailChanges: createEmailChangeTable(db),
    outbox: createOutbox(db),
    audit: createAudit(db, clock, random),
    news: createAccountNews(db),
  });
  return { ...over(store.db), within: (work) => store.db.transaction().execute((db) => work(over(db))) };
}

/** An account without what nobody needs to see. */
export function accountOf({ id, email, name, operator, preferences }: StoredAccount): Account {
  return { id, email, name, operator, preferences };
}
