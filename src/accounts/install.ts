// Accounts that exist because somebody installed Marquee: the first operator, and the demo's sign-ins.

import { newId } from "../domain/ids.ts";
import type { MemberRole } from "../store/schema.ts";
import { emailOf } from "./fields.ts";
import { createRecords, type AccountsSettings } from "./parts.ts";
import { createPasswords } from "./passwords.ts";

/** An account to be made. Its password is taken as it is: whoever installs answers for it. */
export interface PlannedAccount {
  email: string;
  name: string;
  password: string;
  operator: boolean;
  /** What it may do at which sellers. */
  roles: readonly { sellerId: string; role: MemberRole }[];
}

type Parts = Pick<AccountsSettings, "store" | "clock" | "random">;

/** Makes the accounts that do not exist yet, each with its roles; those that exist stay as they are. */
export async function installAccounts(parts: Parts, planned: readonly PlannedAccount[]): Promise<void> {
  const records = createRecords(parts);
  const passwords = createPasswords();
  // The hashes take most of the time, and two are made at once.
  const hashed = await Promise.all(
    planned.map(async (plan) => ({ plan, passwordHash: await passwords.hash(plan.password) })),
  );
  for (const { plan, passwordHash } of hashed) {
    await records.within(async ({ accounts, sellers, audit }) => {
      const now = parts.clock();
      const id = newId(parts.random);
      const account = { id, email: emailOf(plan.email), name: plan.name, operator: plan.operator, preferences: {} };
      if (!(await accounts.insert({ ...account, passwordHash }, now))) return;
      for (const { sellerId, role } of plan.roles) await sellers.addMember(sellerId, id, role, now);
      await audit.append({
        actor: "system",
        action: "account.installed",
        subject: `account:${id}`,
        details: { operator: plan.operator },
      });
    });
  }
}

/**
 * Makes an account operator. If there is none with this e-mail address it is made with a new password, which is answered, once.
 * Refuses `invalid_request` for what is no e-mail address.
 */
export async function installOperator(parts: Parts, email: string): Promise<{ password?: string }> {
  const records = createRecords(parts);
  const known = await records.accounts.byEmail(emailOf(email));
  if (known) {
    await records.within(async ({ accounts, audit, news }) => {
      await accounts.update(known.id, { operator: true }, parts.clock());
      await audit.append({ actor: "system", action: "account.operator_made", subject: `account:${known.id}` });
      await news.append([{ accountId: known.id }], parts.clock());
    });
    return {};
  }
  // 26 characters, 128 bits: written down once, changed after the first sign-in.
  const password = newId(parts.random);
  await installAccounts(parts, [{ email, name: "Operator", password, operator: true, roles: [] }]);
  return { password };
}
