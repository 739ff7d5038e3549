// Accounts, sessions and sellers' members, as http/ and web/ call them. All throw Refusal, and nothing else but bugs.

import type { Language } from "../domain/languages.ts";
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

/** What a seller may change about itself. */
export interface SellerSettings {
  name?: string;
  /** Added to each ticket, in minor units of the seller's currency. */
  feeMinor?: number;
  taxBasisPoints?: number;
  strandRule?: boolean;
  /** Null: buyers may never cancel. */
  cancelHours?: number | null;
}

export interface Member {
  accountId: string;
  email: string;
  name: string;
  role: MemberRole;
}

export interface Invitation {
  id: string;
  email: string;
  role: MemberRole;
  expiresAt: number;
}

export interface Accounts {
  /**
   * Sends a link by mail that makes the account, good for a day; or, if the e-mail address has one, a mail that says so. The
   * answer and its time do not tell which. `path` is the page that the mail leads to: for nobody but who may read the mail.
   * Refuses `invalid_request` (e-mail address or name), `weak_password`; and `too_many_requests` by e-mail address and by the
   * client's.
   */
  register(input: {
    email: string;
    name: string;
    password: string;
    /** Of the mail. */
    language?: Language;
    /** A path of this site to go on to with the account. */
    next?: string;
    /** The client's; what comes from the program itself has none and is throttled by the e-mail address alone. */
    address?: string;
  }): Promise<{ id: string; path: string }>;
  /** The same mail once more, by the id that `register` answered. Refuses `not_found`, `too_many_requests`. */
  registerAgain(id: string, address?: string): Promise<{ id: string; path: string }>;
  /**
   * Whose account the secret of such a link makes; `askedHere` if `asked`, the ids of sign-ups that this browser asked for, has
   * it. `next` is "" or where to go on. Refuses `not_found`, and `email_taken` if the address got one meanwhile, with `next`.
   */
  signUp(secret: string, asked: readonly string[]): Promise<{ email: string; next: string; askedHere: boolean }>;
  /**
   * Makes the account and signs in, once. Where it was not asked for it needs the password that was chosen then: nobody gets an
   * account whose password somebody else knows. Refuses as `signUp` does, and `invalid_request` and `wrong_credentials` (field
   * `password`), `too_many_requests` as `signIn` does.
   */
  confirmSignUp(input: {
    secret: string;
    asked: readonly string[];
    password?: string;
    userAgent: string;
    address?: string;
  }): Promise<{ account: Account; secret: string; next: string }>;
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
  /** Refuses `invalid_request`. */
  update(accountId: string, change: { name?: string; preferences?: { place?: string } }): Promise<Account>;
  /**
   * Sends a link to another e-mail address, good for a day; following it makes it the account's. An earlier link no longer
   * opens. The answer and its time do not tell whether the address is somebody's; `path` is as for `register`. The account's
   * own address only ends what was asked for before. Needs the present password: the address is what one signs in with.
   * Refuses `invalid_request`, `wrong_credentials` (field `password`), `too_many_requests`.
   */
  requestEmail(input: {
    accountId: string;
    email: string;
    password: string;
    language?: Language;
  }): Promise<{ path: string } | undefined>;
  /** The address that waits to be confirmed. */
  requestedEmail(accountId: string): Promise<string | undefined>;
  /** Ends what was asked for, if anything was. */
  withdrawEmail(accountId: string): Promise<void>;
  /** Which address the secret of such a link confirms, and the account that gets it. Refuses `not_found`, `email_taken`. */
  emailChange(secret: string): Promise<{ accountId: string; email: string }>;
  /**
   * Once; the address of before gets a mail that says so. Whoever is not signed in to the account needs its password: nobody
   * gives their address to somebody else's. Refuses `not_found`, `email_taken`, and `invalid_request` and `wrong_credentials`
   * (field `password`), `too_many_requests`.
   */
  confirmEmail(input: {
    secret: string;
    /** Who is signed in. */
    accountId?: string;
    password?: string;
    /** Of the mail. */
    language?: Language;
  }): Promise<{ email: string }>;
  /** Needs the present password; ends all other sessions. Refuses `wrong_credentials`, `weak_password`, `too_many_requests`. */
  changePassword(input: { accountId: string; sessionHash: string; present: string; wanted: string }): Promise<void>;
  /**
   * Sends a link by mail that lets choose a new password, if there is such an account; the answer and its time do not tell.
   * An earlier link no longer opens. `path` is as for `register`. Refuses `invalid_request`, and `too_many_requests` by e-mail
   * address and by the client's.
   */
  requestPasswordReset(email: string, address?: string, language?: Language): Promise<{ path: string } | undefined>;
  /** Whose password the secret of such a link may change. Refuses `not_found`. */
  passwordReset(secret: string): Promise<{ email: string }>;
  /** Once, within an hour; ends all sessions of the account. Refuses `not_found`, `weak_password` (field `wanted`). */
  resetPassword(secret: string, wanted: string): Promise<void>;
  /** Those that have not ended, the one seen last first. */
  sessions(accountId: string, currentHash: string): Promise<readonly SessionView[]>;
  /** Ends a session of the account. Refuses `not_found`. */
  revoke(accountId: string, sessionId: string): Promise<void>;
  /** Ends all sessions of the account but one. */
  revokeOthers(accountId: string, keptHash: string): Promise<void>;
  /**
   * Closes an account for good: all its sessions end, it is a member nowhere, and its e-mail address is free. Orders stay as they
   * are, and open by the keys in their mails. Needs the present password. Refuses `wrong_credentials` (field `password`),
   * `too_many_requests`, and `last_owner` while it is the only owner of a seller.
   */
  close(accountId: string, password: string): Promise<void>;

  /** Opens a seller account; who opens it is its owner. Refuses `invalid_request`. */
  openSeller(accountId: string, input: { name: string; currency: string }): Promise<Seller>;
  /** Refuses `not_found`. */
  seller(sellerId: string): Promise<Seller>;
  /** Refuses `not_found`, `invalid_request`. `actor` is the account that changes it. */
  updateSeller(sellerId: string, change: SellerSettings, actor?: string): Promise<Seller>;
  members(sellerId: string): Promise<readonly Member[]>;
  /** Those that can still be accepted. */
  invitations(sellerId: string): Promise<readonly Invitation[]>;
  /**
   * Sends an invitation by mail, good for seven days; an earlier one to the same address no longer opens. Answers the secret
   * of its link (accounts/links.ts) for who invites. Refuses `not_found`, `invalid_request` (a member already),
   * `too_many_requests` (a hundred are open).
   */
  invite(sellerId: string, input: { email: string; role: MemberRole; actor: string }): Promise<{ secret: string }>;
  /** Takes an invitation back. Refuses `not_found`. */
  withdrawInvitation(sellerId: string, invitationId: string, actor: string): Promise<void>;
  /**
   * What an invitation's secret opens, for the page that asks whether to accept. `joins`: with this proof of having read the mail
   * a new account can be made at once. Refuses `not_found`.
   */
  invitation(
    secret: string,
    proof?: string,
  ): Promise<{ sellerId: string; sellerName: string; email: string; role: MemberRole; joins: boolean }>;
  /**
   * Makes an account of the invited address, accepts and signs in: the proof in the mail's link confirms the address. Refuses
   * `not_found`, `invalid_request` (name), `weak_password`, and `email_taken` if the address has an account, which can accept.
   */
  joinByInvitation(input: {
    secret: string;
    proof: string;
    name: string;
    password: string;
    userAgent: string;
  }): Promise<{ account: Account; secret: string; membership: Membership }>;
  /** Once. Who is a member already keeps the role they have. Refuses `not_found`. */
  acceptInvitation(accountId: string, secret: string): Promise<Membership>;
  /** Refuses `not_found`, `last_owner`. */
  setRole(sellerId: string, accountId: string, role: MemberRole, actor: string): Promise<void>;
  /** Refuses `not_found`, `last_owner`. */
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
