// Invitations by mail to become a member of a seller.

import { newId, newSecret } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { StoredInvitation } from "../store/invitations.ts";
import type { Accounts } from "./accounts.ts";
import { emailOf, hashOf, isSecret } from "./fields.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type Invitations = Pick<Accounts, "invitations" | "invite" | "withdrawInvitation" | "invitation" | "acceptInvitation">;

const invitationMs = 7 * 86_400_000;
// Each open invitation is a mail to somebody who did not ask for it.
const maxOpen = 100;

export function createInvitations(settings: AccountsSettings, records: Records, sessions: Sessions): Invitations {
  const { clock } = settings;
  const opened = async (tables: Tables, secret: string): Promise<StoredInvitation> => {
    const found = isSecret(secret) ? await tables.invitations.bySecret(hashOf(secret), clock()) : undefined;
    if (!found) throw new Refusal("not_found", "This invitation is over. Ask for a new one.");
    return found;
  };
  return {
    async invitations(sellerId) {
      const found = await records.invitations.list(sellerId, clock());
      return found.map(({ id, email, role, expiresAt }) => ({ id, email, role, expiresAt }));
    },

    invite: (sellerId, input) => records.within((tables) => invite(settings, tables, sellerId, input)),

    withdrawInvitation: (sellerId, invitationId, actor) =>
      records.within(async (tables) => {
        if (!(await tables.invitations.remove(sellerId, invitationId))) throw new Refusal("not_found");
        const details = { invitation: invitationId };
        await tables.audit.append({
          actor,
          action: "seller.invitation_withdrawn",
          subject: `seller:${sellerId}`,
          details,
        });
      }),

    async invitation(secret) {
      const { sellerId, email, role } = await opened(records, secret);
      const seller = await records.sellers.byId(sellerId);
      if (!seller) throw new Refusal("not_found");
      return { sellerId, sellerName: seller.name, email, role };
    },

    async acceptInvitation(accountId, secret) {
      return sessions.change(async (tables, note) => {
        const { id, sellerId, role: offered } = await opened(tables, secret);
        await tables.sellers.lock(sellerId);
        if (!(await tables.accounts.lock(accountId))) throw new Refusal("not_signed_in");
        // Two may have read it; who removes it is the one who has it.
        if (!(await tables.invitations.remove(sellerId, id))) throw new Refusal("not_found");
        const added = await tables.sellers.addMember(sellerId, accountId, offered, clock());
        const role = added ? offered : await tables.sellers.role(sellerId, accountId);
        const seller = await tables.sellers.byId(sellerId);
        if (!role || !seller) throw new Refusal("not_found");
        const details = { account: accountId, invitation: id, role };
        const action = "seller.invitation_accepted";
        await tables.audit.append({ actor: accountId, action, subject: `seller:${sellerId}`, details });
        note({ accountId });
        return { sellerId, sellerName: seller.name, role };
      });
    },
  };
}

async function invite(
  { clock, random }: AccountsSettings,
  tables: Tables,
  sellerId: string,
  { email: typed, role, actor }: Parameters<Accounts["invite"]>[1],
): Promise<{ secret: string }> {
  const email = emailOf(typed);
  const now = clock();
  await tables.sellers.lock(sellerId);
  const seller = await tables.sellers.byId(sellerId);
  if (!seller) throw new Refusal("not_found", "There is no such seller.");
  const members = await tables.sellers.members(sellerId);
  if (members.some((member) => member.email === email)) {
    throw new Refusal("invalid_request", "This person is a member already.", { field: "email" });
  }
  if ((await tables.invitations.list(sellerId, now)).length >= maxOpen) {
    throw new Refusal("too_many_requests", `${maxOpen} invitations are open. Withdraw some first.`);
  }
  const inviter = members.find((member) => member.accountId === actor)?.name;
  const id = newId(random);
  const secret = newSecret(random);
  const expiresAt = now + invitationMs;
  await tables.invitations.replace({ id, sellerId, email, role, secretHash: hashOf(secret), expiresAt }, now);
  const body = { secret, email, role, sellerName: seller.name, ...(inviter !== undefined && { inviter }), expiresAt };
  await tables.outbox.enqueue({ id: `invitation-${id}`, kind: "invitation", body }, now);
  const details = { invitation: id, role };
  await tables.audit.append({ actor, action: "seller.member_invited", subject: `seller:${sellerId}`, details });
  return { secret };
}
