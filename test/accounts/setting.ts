// Accounts over a real store in a temporary folder, with a clock that the test turns.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryBus } from "../../src/bus/memory.ts";
import type { RandomBytes } from "../../src/domain/ids.ts";
import type { Accounts } from "../../src/accounts/accounts.ts";
import { createAccounts } from "../../src/accounts/create.ts";
import { createPasswords, type Passwords } from "../../src/accounts/passwords.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { createHash } from "node:crypto";
import { signedUp } from "./signed-up.ts";

export interface Setting extends AsyncDisposable {
  accounts: Accounts;
  store: Store;
  folder: string;
  clock: () => number;
  random: RandomBytes;
  /** Lets time go by. */
  pass(ms: number): void;
  /** How often a password was hashed. */
  hashes(): number;
  /** How often a password was compared with a hash, whichever. */
  verifications(): number;
  /** Does something once, after the next password was judged and before anything rests on it. */
  afterNextVerification(work: () => Promise<unknown>): void;
  /** Closes the store and opens it again, as a restart does. */
  restart(): Promise<void>;
  /** Faults that accounts reported while going on. */
  reports: string[];
}

export const password = "a walrus on the third balcony";
export const start = Date.parse("2026-11-22T19:30:00Z");

export async function createSetting(): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), "marquee-accounts-"));
  const file = join(folder, "store.db");
  const reports: string[] = [];
  let now = start;
  let verifications = 0;
  let hashes = 0;
  let meanwhile: (() => Promise<unknown>) | undefined;
  const clock = () => now;
  const random = countingBytes();
  const real = createPasswords();
  const passwords: Passwords = {
    hash(typed) {
      hashes += 1;
      return real.hash(typed);
    },
    async verify(passwordHash, typed) {
      verifications += 1;
      const right = await real.verify(passwordHash, typed);
      const work = meanwhile;
      meanwhile = undefined;
      await work?.();
      return right;
    },
  };
  const open = async () => {
    const store = openStore({ kind: "sqlite", file });
    await migrate(store);
    const report = (_error: unknown, doing: string) => void reports.push(doing);
    return { store, accounts: createAccounts({ store, bus: createMemoryBus(), clock, random, passwords, report }) };
  };
  const setting = {
    ...(await open()),
    folder,
    clock,
    random,
    reports,
    pass: (ms: number) => void (now += ms),
    hashes: () => hashes,
    verifications: () => verifications,
    afterNextVerification: (work: () => Promise<unknown>) => void (meanwhile = work),
    async restart() {
      await setting.store.close();
      Object.assign(setting, await open());
    },
    async [Symbol.asyncDispose]() {
      await setting.store.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return setting;
}

/** Bytes that nobody meets twice, and that are the same on every run. */
export function countingBytes(): RandomBytes {
  let count = 0;
  return (length) => {
    count += 1;
    return createHash("sha512").update(`bytes ${count}`).digest().subarray(0, length);
  };
}

/** Registers somebody; `ada` gets `ada@example.org`. */
export async function person({ accounts }: Pick<Setting, "accounts">, name: string) {
  const { account, secret } = await signedUp(accounts, { email: `${name}@example.org`, name, password });
  return { id: account.id, secret, who: async () => accounts.session(secret) };
}

/** The code a promise is refused with. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; [fact: string]: unknown }> {
  try {
    await promise;
  } catch (error) {
    const { code, facts, message } = error as { code: string; facts: object; message: string };
    return { ...facts, code, message };
  }
  return { code: "not refused" };
}
