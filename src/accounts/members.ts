// Who belongs to a seller, and what they may do there.

import { refusedFor } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import type { MemberRole } from "../store/schema.ts";
import type { Accounts } from "./accounts.ts";
import type { Records, Tables } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type Members = Pick<Accounts, "members" | "setRole" | "removeMember">;

export function createMembers(records: Records, sessions: Sessions): Members {
  return {
    members: (sellerId) => records.sellers.members(sellerId),
    async setRole(sellerId, accountId, role, actor) {
      await sessions.change(async (tables, note) => {
        const before = await leaving(tables, sellerId, accountId, role);
        if (before === role) return;
        await tables.sellers.setRole(sellerId, accountId, role);
        const details = { account: accountId, from: before, to: role };
        await tables.audit.append({ actor, action: "seller.role_changed", subject: `seller:${sellerId}`, details });
        note({ accountId });
      });
    },
    async removeMember(sellerId, accountId, actor) {
      await sessions.change(async (tables, note) => {
        const before = await leaving(tables, sellerId, accountId, undefined);
        await tables.sellers.removeMember(sellerId, accountId);
        const details = { account: accountId, from: before };
        await tables.audit.append({ actor, action: "seller.member_removed", subject: `seller:${sellerId}`, details });
        note({ accountId });
      });
    },
  };
}

/**
 * Within a transaction: the present role of a member who is to get another, or none. Refuses `not_found`, `last_owner`. The seller is locked first:
 * of two owners who remove each other at the same moment, one stays.
 */
export async function leaving(
  { sellers }: Tables,
  sellerId: string,
  accountId: string,
  wanted: MemberRole | undefined,
): Promise<MemberRole> {
  await sellers.lock(sellerId);
  const present = await sellers.role(sellerId, accountId);
  if (!present) throw new Refusal("not_found", "There is no such member.");
  if (present === "owner" && wanted !== "owner" && (await sellers.owners(sellerId)) === 1) {
    throw refusedFor("last_owner", { code: "only-owner" });
  }
  return present;
}
