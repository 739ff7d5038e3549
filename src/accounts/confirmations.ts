// What the mails share that ask somebody to confirm an address.

import type { Clock } from "../domain/clock.ts";
import { Refusal } from "../domain/refusals.ts";
import { createAttempts, type Attempts } from "./attempts.ts";

/** Mails may lie for a while before somebody reads them, and what such a link opens is only their own. */
export const confirmationMs = 86_400_000;

// Each is a mail to somebody who may not have asked for it: three to an address, then one each twenty minutes. A network, which
// many people may share, gets fifty, then one each five seconds.
const limits = { perAccount: { burst: 3, drainMs: 1_200_000 }, perAddress: { burst: 50, drainMs: 5_000 } };

/** What is asked for, by e-mail address and by the client's. */
export function createMailAttempts(clock: Clock): Attempts {
  return createAttempts(clock, limits);
}

/** The refusal of a link that does not open, whatever the reason. */
export function linkOver(): Refusal {
  return new Refusal("not_found", "This link is over: it works once, for a day. Ask for a new one.");
}
