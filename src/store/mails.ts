// What each kind of mail is told, as the outbox keeps it in JSON.

import type { Language } from "../domain/languages.ts";
import type { MemberRole } from "./schema.ts";

/** An order, as its mails speak of it. */
export interface OrderMail {
  orderId: string;
  /** Opens the order without signing in. */
  secret: string;
  email: string;
  name: string;
  /** Left out for an order that was made without saying. */
  language?: Language;
  showTitle: string;
  venueName: string;
  /** `1621 Glenarm Place, Denver, CO`; left out in mails of before. */
  address?: string;
  startsAt: number;
  /** Of the venue: `America/Denver`. */
  timeZone: string;
  /** Names of the seats, `A-12`. */
  seats: readonly string[];
  totalMinor: number;
  currency: string;
}

/** `seats` are those given back. */
export interface RefundMail extends OrderMail {
  amountMinor: number;
}

/** `seats` are those that tickets moved to. */
export interface MovedMail extends OrderMail {
  /** The seats that they had been for, in the same order. */
  left: readonly string[];
}

export interface CancelledMail extends OrderMail {
  /** What is given back; left out if nothing was paid. */
  amountMinor?: number;
  /** The seller's words to the buyers. */
  reason?: string;
}

export interface InvitationMail {
  secret: string;
  /** Shows that the link was read in this mail; left out in mails of before. */
  proof?: string;
  email: string;
  /** Of the member who invites. */
  language?: Language;
  role: MemberRole;
  sellerName: string;
  /** Name of the member who invites; left out if it was none. */
  inviter?: string;
  expiresAt: number;
}

export interface PasswordResetMail {
  /** Lets choose a new password, once. */
  secret: string;
  email: string;
  name: string;
  language?: Language;
  expiresAt: number;
}

/** To an address that is to be confirmed: no name, since whoever typed it may be anybody. */
export interface ConfirmationMail {
  /** Confirms the address, once. */
  secret: string;
  email: string;
  language?: Language;
  expiresAt: number;
}

/** To the holder of an account, whose address somebody gave for another. */
export interface AccountKnownMail {
  email: string;
  name: string;
  language?: Language;
  /** A path of this site to go on to after signing in; "" for none. */
  next: string;
}

/** To the address that an account had. */
export interface EmailChangedMail {
  email: string;
  name: string;
  language?: Language;
}

/** A mail of one kind with what that kind is told. */
export type Mail =
  | { kind: "order-confirmed"; body: OrderMail }
  | { kind: "order-refunded"; body: RefundMail }
  | { kind: "order-moved"; body: MovedMail }
  | { kind: "showing-cancelled"; body: CancelledMail }
  | { kind: "invitation"; body: InvitationMail }
  | { kind: "password-reset"; body: PasswordResetMail }
  | { kind: "sign-up"; body: ConfirmationMail }
  | { kind: "email-change"; body: ConfirmationMail }
  | { kind: "account-known"; body: AccountKnownMail }
  | { kind: "email-changed"; body: EmailChangedMail };
