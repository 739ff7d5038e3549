// Invitations to become a member of a seller, in the store.

import type { Store } from "./open.ts";
import type { MemberRole } from "./schema.ts";

export interface StoredInvitation {
  id: string;
  sellerId: string;
  /** Lower case. */
  email: string;
  role: MemberRole;
  expiresAt: number;
  /** Hash of the secret that only the mail has. */
  proofHash: string;
}

export interface InvitationTable {
  /** Writes an invitation; an earlier one of the same seller to the same address no longer opens. */
  replace(invitation: StoredInvitation & { secretHash: string }, now: number): Promise<void>;
  /** Invitations that can still be accepted, oldest first. */
  list(sellerId: string, now: number): Promise<readonly StoredInvitation[]>;
  bySecret(secretHash: string, now: number): Promise<StoredInvitation | undefined>;
  /** Whether there was such an invitation: whoever hears true is the only one. */
  remove(sellerId: string, id: string): Promise<boolean>;
  removeExpired(now: number): Promise<number>;
}

/** Invitations over a store, or over a transaction of it. */
export function createInvitationTable(db: Store["db"]): InvitationTable {
  const open = (now: number) =>
    db
      .selectFrom("invitations")
      .select(["id", "seller_id as sellerId", "email", "role", "expires_at as expiresAt", "proof_hash as proofHash"])
      .where("expires_at", ">", now);
  return {
    async replace({ id, sellerId, email, role, secretHash, proofHash, expiresAt }, now) {
      await db.deleteFrom("invitations").where("seller_id", "=", sellerId).where("email", "=", email).execute();
      await db
        .insertInto("invitations")
        .values({
          id,
          seller_id: sellerId,
          email,
          role,
          secret_hash: secretHash,
          proof_hash: proofHash,
          expires_at: expiresAt,
          created_at: now,
        })
        .execute();
    },
    list: (sellerId, now) => open(now).where("seller_id", "=", sellerId).orderBy("created_at").orderBy("id").execute(),
    bySecret: (secretHash, now) => open(now).where("secret_hash", "=", secretHash).executeTakeFirst(),
    async remove(sellerId, id) {
      const rows = db.deleteFrom("invitations").where("id", "=", id).where("seller_id", "=", sellerId);
      return (await rows.executeTakeFirst()).numDeletedRows === 1n;
    },
    async removeExpired(now) {
      const result = await db.deleteFrom("invitations").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
