// Sellers, their members, and the invitations to become one, in the store.

import type { Store } from "./open.ts";
import type { MemberRole, SellerRow } from "./schema.ts";

export interface StoredSeller {
  id: string;
  name: string;
  currency: string;
  feeMinor: number;
  taxBasisPoints: number;
  strandRule: boolean;
  /** Undefined: buyers may never cancel. */
  cancelHours?: number;
}

export interface SellerChange {
  name?: string;
  feeMinor?: number;
  taxBasisPoints?: number;
  strandRule?: boolean;
  /** Null: buyers may never cancel. */
  cancelHours?: number | null;
}

export interface StoredMember {
  accountId: string;
  email: string;
  name: string;
  role: MemberRole;
}

export interface SellerTable {
  insert(seller: StoredSeller, now: number): Promise<void>;
  byId(id: string): Promise<StoredSeller | undefined>;
  update(id: string, change: SellerChange): Promise<StoredSeller | undefined>;
  /** Within a transaction: nobody else changes this seller's members before it ends. False if there is no such seller. */
  lock(id: string): Promise<boolean>;
  /** Longest members first. */
  members(id: string): Promise<readonly StoredMember[]>;
  role(id: string, accountId: string): Promise<MemberRole | undefined>;
  owners(id: string): Promise<number>;
  /** The sellers that an account is a member of, by their ids' order. */
  ofAccount(accountId: string): Promise<readonly string[]>;
  /** False if the account is a member already. */
  addMember(id: string, accountId: string, role: MemberRole, now: number): Promise<boolean>;
  setRole(id: string, accountId: string, role: MemberRole): Promise<void>;
  removeMember(id: string, accountId: string): Promise<void>;
}

/** Sellers over a store, or over a transaction of it. */
export function createSellerTable(db: Store["db"]): SellerTable {
  const memberships = (id: string) => db.selectFrom("memberships").where("seller_id", "=", id);
  return {
    async insert(seller, now) {
      await db
        .insertInto("sellers")
        .values({
          id: seller.id,
          name: seller.name,
          currency: seller.currency,
          fee_minor: seller.feeMinor,
          tax_basis_points: seller.taxBasisPoints,
          strand_rule: Number(seller.strandRule),
          cancel_hours: seller.cancelHours ?? null,
          created_at: now,
        })
        .execute();
    },
    async byId(id) {
      const row = await db.selectFrom("sellers").selectAll().where("id", "=", id).executeTakeFirst();
      return row && sellerOf(row);
    },
    update: (id, change) => updateSeller(db, id, change),
    async lock(id) {
      // An update is the one lock that both databases know.
      const result = await db
        .updateTable("sellers")
        .set((row) => ({ name: row.ref("name") }))
        .where("id", "=", id)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    members: (id) =>
      db
        .selectFrom("memberships")
        .innerJoin("accounts", "accounts.id", "memberships.account_id")
        .select(["accounts.id as accountId", "email", "name", "role"])
        .where("seller_id", "=", id)
        .orderBy("memberships.created_at")
        .orderBy("accounts.id")
        .execute(),
    async role(id, accountId) {
      return (await memberships(id).select("role").where("account_id", "=", accountId).executeTakeFirst())?.role;
    },
    async ofAccount(accountId) {
      const rows = db.selectFrom("memberships").select("seller_id").where("account_id", "=", accountId);
      return (await rows.orderBy("seller_id").execute()).map((row) => row.seller_id);
    },
    async owners(id) {
      const row = await memberships(id)
        .select((is) => is.fn.countAll().as("count"))
        .where("role", "=", "owner")
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async addMember(id, accountId, role, now) {
      const result = await db
        .insertInto("memberships")
        .values({ seller_id: id, account_id: accountId, role, created_at: now })
        .onConflict((conflict) => conflict.columns(["seller_id", "account_id"]).doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async setRole(id, accountId, role) {
      const rows = db.updateTable("memberships").set({ role }).where("seller_id", "=", id);
      await rows.where("account_id", "=", accountId).execute();
    },
    async removeMember(id, accountId) {
      await db.deleteFrom("memberships").where("seller_id", "=", id).where("account_id", "=", accountId).execute();
    },
  };
}

async function updateSeller(db: Store["db"], id: string, change: SellerChange): Promise<StoredSeller | undefined> {
  const set = {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.feeMinor !== undefined && { fee_minor: change.feeMinor }),
    ...(change.taxBasisPoints !== undefined && { tax_basis_points: change.taxBasisPoints }),
    ...(change.strandRule !== undefined && { strand_rule: Number(change.strandRule) }),
    ...(change.cancelHours !== undefined && { cancel_hours: change.cancelHours }),
  };
  const found = db.selectFrom("sellers").selectAll().where("id", "=", id);
  const row =
    Object.keys(set).length === 0
      ? await found.executeTakeFirst()
      : await db.updateTable("sellers").set(set).where("id", "=", id).returningAll().executeTakeFirst();
  return row && sellerOf(row);
}

function sellerOf(row: SellerRow): StoredSeller {
  return {
    id: row.id,
    name: row.name,
    currency: row.currency,
    feeMinor: row.fee_minor,
    taxBasisPoints: row.tax_basis_points,
    strandRule: row.strand_rule === 1,
    ...(row.cancel_hours !== null && { cancelHours: row.cancel_hours }),
  };
}
