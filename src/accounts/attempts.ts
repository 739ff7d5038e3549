// Attempts to sign in, throttled per account and per address: one without the other lets either many addresses guess at one
// account, or one address try one password on many accounts.

import type { Clock } from "../domain/clock.ts";
import { networkOf } from "../domain/networks.ts";
import { Refusal } from "../domain/refusals.ts";
import { createThrottle } from "./throttle.ts";

export interface Attempts {
  /**
   * Begins an attempt, counted as a failure until `succeeded` is called. Refuses `too_many_requests` with `retryAfterMs`.
   * `account` is what was typed, whether or not there is such an account.
   */
  begin(account: string, address?: string): Attempt;
  /** Counts a failure of an address alone. */
  beginAt(address: string | undefined): Attempt;
  /** Forgets what failed at an account: it is proved to be in good hands. */
  forget(account: string): void;
}

export interface AttemptLimits {
  perAccount: { burst: number; drainMs: number };
  perAddress: { burst: number; drainMs: number };
}

export interface Attempt {
  /** It was a good one. What the account failed before is forgotten; what the address failed is not. */
  succeeded(): void;
  /** It was never judged: it does not count. */
  dropped(): void;
}

// Ten guesses at an account, then one a minute: 1,450 a day. An address, which many people may share, gets fifty failures,
// then one each five seconds.
const signInLimits: AttemptLimits = {
  perAccount: { burst: 10, drainMs: 60_000 },
  perAddress: { burst: 50, drainMs: 5_000 },
};

export function createAttempts(clock: Clock, limits: AttemptLimits = signInLimits): Attempts {
  const accounts = createThrottle(clock, limits.perAccount);
  const addresses = createThrottle(clock, limits.perAddress);

  function begin(account: string | undefined, address: string | undefined): Attempt {
    const network = address === undefined ? undefined : networkOf(address, 32, 64);
    const accountMs = account === undefined ? 0 : accounts.waitMs(account);
    const networkMs = network === undefined ? 0 : addresses.waitMs(network);
    const retryAfterMs = Math.max(accountMs, networkMs);
    if (retryAfterMs > 0) {
      throw new Refusal("too_many_requests", `Too many attempts. Try again in ${waitText(retryAfterMs)}.`, {
        retryAfterMs,
      });
    }
    if (account !== undefined) accounts.count(account);
    if (network !== undefined) addresses.count(network);
    return {
      succeeded() {
        if (account !== undefined) accounts.clear(account);
        if (network !== undefined) addresses.giveBack(network);
      },
      dropped() {
        if (account !== undefined) accounts.giveBack(account);
        if (network !== undefined) addresses.giveBack(network);
      },
    };
  }
  return { begin, beginAt: (address) => begin(undefined, address), forget: (account) => accounts.clear(account) };
}

function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? "a second" : `${seconds} seconds`;
}
