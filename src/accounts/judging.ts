// Whether a password is right, asked in one way wherever it is asked: throttled, counted, with the same work for everybody.

import { Refusal } from "../domain/refusals.ts";
import type { StoredAccount } from "../store/accounts.ts";
import { createAttempts, type Attempt, type Attempts } from "./attempts.ts";
import type { AccountsSettings } from "./parts.ts";

export interface Judging {
  attempts: Attempts;
  /** Whether a password is right; the attempt counts unless it is, or could not be judged. */
  judged(attempt: Attempt, passwordHash: string | undefined, password: string): Promise<boolean>;
  /**
   * Refuses `wrong_credentials` with the field unless this is the account's present password, and `too_many_requests` to
   * whoever guesses: a stolen session must not become a way to find it.
   */
  present(account: StoredAccount, password: string, field: string): Promise<void>;
}

export function createJudging({ clock, passwords }: Pick<AccountsSettings, "clock" | "passwords">): Judging {
  const attempts = createAttempts(clock);
  async function judged(attempt: Attempt, passwordHash: string | undefined, password: string): Promise<boolean> {
    const right = await passwords.verify(passwordHash, password).catch((error: unknown) => {
      attempt.dropped();
      throw error;
    });
    if (right) attempt.succeeded();
    return right;
  }
  return {
    attempts,
    judged,
    async present(account, password, field) {
      const attempt = attempts.begin(`password ${account.id}`);
      if (!(await judged(attempt, account.passwordHash, password))) throw notPresent(field);
    },
  };
}

/** The refusal of a password that is not, or is no longer, the present one. */
export function notPresent(field: string): Refusal {
  return new Refusal("wrong_credentials", "That is not your present password.", { field });
}
