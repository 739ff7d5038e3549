// Invitations by mail to become a member of a seller.

import { newId, newSecret } from "../domain/ids.ts";
import { refusedFor } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import type { StoredInvitation } from "../store/invitations.ts";
import type { Accounts, Membership } from "./accounts.ts";
import { emailOf, hashOf, isSecret, nameOf } from "./fields.ts";
import type { AccountsSettings, Records, Tables } from "./parts.ts";
import { createPasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";

type Invitations = Pick<
  Accounts,
  "invitations" | "invite" | "withdrawInvitation" | "invitation" | "acceptInvitation" | "joinByInvitation"
>;

const invitationMs = 7 * 86_400_000;
// Each open invitation is a mail to somebody who did not ask for it.
const maxOpen = 100;

export function createInvitations(settings: AccountsSettings, records: Records, sessions: Sessions): Invitations {
  const { clock, random, passwords } = settings;
  const checkPassword = createPasswordRules();
  const opened = async (tables: Tables, secret: string): Promise<StoredInvitation> => {
    const found = isSecret(secret) ? await tables.invitations.bySecret(hashOf(secret), clock()) : undefined;
    if (!found) throw over();
    return found;
  };
  const accept = async (
    tables: Tables,
    { id, sellerId, role: offered }: StoredInvitation,
    accountId: string,
  ): Promise<Membership> => {
    await tables.sellers.lock(sellerId);
    if (!(await tables.accounts.lock(accountId))) throw new Refusal("not_signed_in");
    // Two may have read it; who removes it is the one who has it.
    if (!(await tables.invitations.remove(sellerId, id))) throw over();
    const added = await tables.sellers.addMember(sellerId, accountId, offered, clock());
    const role = added ? offered : await tables.sellers.role(sellerId, accountId);
    const seller = await tables.sellers.byId(sellerId);
    if (!role || !seller) throw new Refusal("not_found");
    const details = { account: accountId, invitation: id, role };
    const action = "seller.invitation_accepted";
    await tables.audit.append({ actor: accountId, action, subject: `seller:${sellerId}`, details });
    return { sellerId, sellerName: seller.name, role };
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

    async invitation(secret, proof = "") {
      const found = await opened(records, secret);
      const { sellerId, email, role } = found;
      const seller = await records.sellers.byId(sellerId);
      if (!seller) throw new Refusal("not_found");
      const joins = proves(found, proof) && !(await records.accounts.byEmail(email));
      return { sellerId, sellerName: seller.name, email, role, joins };
    },

    acceptInvitation: (accountId, secret) =>
      sessions.change(async (tables, note) => {
        const membership = await accept(tables, await opened(tables, secret), accountId);
        note({ accountId });
        return membership;
      }),

    async joinByInvitation({ secret, proof, name: typed, password, userAgent }) {
      const found = await opened(records, secret);
      if (!proves(found, proof)) throw over();
      const { email } = found;
      const name = nameOf(typed);
      checkPassword(password, { field: "password", email, name });
      const passwordHash = await passwords.hash(password);
      return records.within(async (tables) => {
        const id = newId(random);
        const account = { id, email, name, operator: false, preferences: {} };
        if (!(await tables.accounts.insert({ ...account, passwordHash }, clock()))) {
          throw new Refusal("email_taken", "There is an account with this e-mail address. Sign in to accept with it.");
        }
        const membership = await accept(tables, await opened(tables, secret), id);
        return { account, secret: await sessions.start(id, userAgent, tables), membership };
      });
    },
  };
}

/** Whether somebody has the secret that only the mail to the invited address has. */
function proves({ proofHash }: StoredInvitation, proof: string): boolean {
  return isSecret(proof) && hashOf(proof) === proofHash;
}

function over(): Refusal {
  return new Refusal("not_found", "This invitation is over. Ask for a new one.");
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
    throw refusedFor("invalid_request", { code: "member-already" }, { field: "email" });
  }
  if ((await tables.invitations.list(sellerId, now)).length >= maxOpen) {
    throw refusedFor("too_many_requests", { code: "too-many-invitations", max: maxOpen });
  }
  const inviter = members.find((member) => member.accountId === actor)?.name;
  const id = newId(random);
  const secret = newSecret(random);
  const expiresAt = now + invitationMs;
  // The inviter is told the link without the proof: it would make accounts of addresses that are not the inviter's.
  const proof = newSecret(random);
  const hashes = { secretHash: hashOf(secret), proofHash: hashOf(proof) };
  await tables.invitations.replace({ id, sellerId, email, role, ...hashes, expiresAt }, now);
  const body = {
    secret,
    proof,
    email,
    role,
    sellerName: seller.name,
    ...(inviter !== undefined && { inviter }),
    expiresAt,
  };
  await tables.outbox.enqueue({ id: `invitation-${id}`, kind: "invitation", body }, now);
  const details = { invitation: id, role };
  await tables.audit.append({ actor, action: "seller.member_invited", subject: `seller:${sellerId}`, details });
  return { secret };
}
