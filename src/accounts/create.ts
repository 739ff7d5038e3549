import type { Accounts } from "./accounts.ts";
import { createClosing } from "./closing.ts";
import { createMailAttempts } from "./confirmations.ts";
import { createEmailChanges } from "./email-changes.ts";
import { createInvitations } from "./invitations.ts";
import { createJudging } from "./judging.ts";
import { createMembers } from "./members.ts";
import { createRecords, type AccountsSettings } from "./parts.ts";
import { createPasswordResets } from "./password-resets.ts";
import { createPasswords } from "./passwords.ts";
import { createProfile } from "./profile.ts";
import { createSellers } from "./sellers.ts";
import { createSessions } from "./sessions.ts";
import { createSigningIn } from "./signing-in.ts";
import { createSignUps } from "./sign-ups.ts";

/** The accounts of one process over the installation's store. `report` is told of faults that stopped nobody. */
export function createAccounts(
  settings: Omit<AccountsSettings, "passwords" | "report"> & Partial<Pick<AccountsSettings, "passwords" | "report">>,
): Accounts {
  const whole = { passwords: createPasswords(), report: () => undefined, ...settings };
  const records = createRecords(whole);
  const sessions = createSessions(whole, records);
  const judging = createJudging(whole);
  const mailAttempts = createMailAttempts(whole.clock);
  return {
    session: (secret) => sessions.read(secret),
    ...createSigningIn(whole, records, sessions, judging),
    ...createSignUps(whole, records, sessions, judging, mailAttempts),
    ...createProfile(whole, records, sessions),
    ...createEmailChanges(whole, records, sessions, judging, mailAttempts),
    ...createClosing(records, sessions, judging),
    ...createPasswordResets(whole, records, sessions, judging),
    ...createSellers(whole, records, sessions),
    ...createMembers(records, sessions),
    ...createInvitations(whole, records, sessions),
  };
}
