import type { Accounts } from "./accounts.ts";
import { createClosing } from "./closing.ts";
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

/** The accounts of one process over the installation's store. `report` is told of faults that stopped nobody. */
export function createAccounts(
  settings: Omit<AccountsSettings, "passwords" | "report"> & Partial<Pick<AccountsSettings, "passwords" | "report">>,
): Accounts {
  const whole = { passwords: createPasswords(), report: () => undefined, ...settings };
  const records = createRecords(whole);
  const sessions = createSessions(whole, records);
  const judging = createJudging(whole);
  return {
    session: (secret) => sessions.read(secret),
    ...createSigningIn(whole, records, sessions, judging),
    ...createProfile(whole, records, sessions, judging),
    ...createClosing(records, sessions, judging),
    ...createPasswordResets(whole, records, sessions, judging),
    ...createSellers(whole, records, sessions),
    ...createMembers(records, sessions),
    ...createInvitations(whole, records, sessions),
  };
}
