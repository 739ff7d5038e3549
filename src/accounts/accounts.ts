// Accounts, sessions and sellers' members, as http/ and web/ call them. All throw Refusal, and nothing else but bugs.

import type { MemberRole } from "../store/schema.ts";

export interface Account {
  id: string;
  email: string;
  name: string;
  operator: boolean;
  preferences: { place?: string };
}

/** Who a session belongs to, with what they may do; read through an LRU cache. */
export interface SignedIn {
  /** Hash of the session's secret: names the session without opening it. */
  sessionHash: string;
  account: Account;
  /** Sellers the account is a member of. */
  memberships: readonly Membership[];
}

export interface Membership {
  sellerId: string;
  sellerName: string;
  role: MemberRole;
}

export interface SessionView {
  id: string;
  userAgent: string;
  createdAt: number;
  seenAt: number;
  current: boolean;
}

export interface Seller {
  id: string;
  name: string;
  currency: string;
  feeMinor: number;
  taxBasisPoints: number;
  strandRule: boolean;
  /** Buyers may cancel until so many hours before the showing; undefined: never. */
  cancelHours?: number;
}

export interface Accounts {
  /** Registers and signs in. Refuses `weak_password`, `email_taken`. */
  register(input: {
    email: string;
    name: string;
    password: string;
    userAgent: string;
  }): Promise<{ account: Account; secret: string }>;
  /** Refuses `wrong_credentials` in the same time whether or not the account exists, `too_many_requests`. */
  signIn(input: {
    email: string;
    password: string;
    userAgent: string;
    address: string;
  }): Promise<{ account: Account; secret: string }>;
  signOut(secret: string): Promise<void>;
  /** Who the session's secret belongs to; undefined if it is not, or no longer, a session. */
  session(secret: string): Promise<SignedIn | undefined>;
  update(
    accountId: string,
    change: { name?: string; email?: string; preferences?: { place?: string } },
  ): Promise<Account>;
  /** Needs the present password; ends all other sessions. */
  changePassword(input: { accountId: string; sessionHash: string; present: string; wanted: string }): Promise<void>;
  sessions(accountId: string, currentHash: string): Promise<readonly SessionView[]>;
  revoke(accountId: string, sessionId: string): Promise<void>;

  openSeller(accountId: string, input: { name: string; currency: string }): Promise<Seller>;
  seller(sellerId: string): Promise<Seller>;
  updateSeller(sellerId: string, change: Partial<Omit<Seller, "id" | "currency">>): Promise<Seller>;
  members(sellerId: string): Promise<readonly { accountId: string; email: string; name: string; role: MemberRole }[]>;
  invitations(sellerId: string): Promise<readonly { id: string; email: string; role: MemberRole; expiresAt: number }[]>;
  /** Sends an invitation by mail; answers the secret of its link for who invites. */
  invite(sellerId: string, input: { email: string; role: MemberRole; actor: string }): Promise<{ secret: string }>;
  acceptInvitation(accountId: string, secret: string): Promise<Membership>;
  setRole(sellerId: string, accountId: string, role: MemberRole, actor: string): Promise<void>;
  removeMember(sellerId: string, accountId: string, actor: string): Promise<void>;
}

/** What each role may do at its seller. */
export const roleRights = {
  owner: ["members", "settings", "list", "schedule", "sales", "refund", "cancel", "orders", "scan"],
  manager: ["list", "schedule", "sales", "refund", "cancel", "orders", "scan"],
  "box-office": ["sales", "refund", "orders", "scan"],
  scanner: ["scan"],
} as const satisfies Record<MemberRole, readonly string[]>;

export type Right = (typeof roleRights)["owner"][number];

/** Whether somebody may do something at a seller. Deny by default: no session or no membership means no. */
export function may(who: SignedIn | undefined, right: Right, sellerId: string): boolean {
  const role = who?.memberships.find((membership) => membership.sellerId === sellerId)?.role;
  return role !== undefined && (roleRights[role] as readonly string[]).includes(right);
}
