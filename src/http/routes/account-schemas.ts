// The shapes that the routes about accounts and sellers share.

import { Type } from "typebox";
import type { SignedIn } from "../../accounts/accounts.ts";
import { languages } from "../../domain/languages.ts";

/** A random id, as domain/ids.ts makes them. */
export const Id = Type.String({ pattern: "^[0-9a-hjkmnp-tv-z]{26}$", description: "26 characters" });
export const Instant = Type.String({ format: "date-time", description: "RFC 3339" });
// Forms and rules are the business of accounts/, which names the field; these bounds only keep out what is absurd.
export const Email = Type.String({ maxLength: 1_000, description: "An e-mail address of at most 254 characters" });
export const Name = Type.String({ maxLength: 1_000, description: "1 to 100 characters, in one line" });
export const Password = Type.String({ maxLength: 2_000, description: "8 to 256 characters, and not a common one" });
export const Present = Type.String({ maxLength: 2_000, description: "The present one" });
export const Secret = Type.String({ maxLength: 100 });
export const Nothing = Type.Null({ description: "Done" });

/** A language that pages and mails have. */
export const LanguageTag = Type.Union(
  languages.map((tag) => Type.Literal(tag)),
  { description: "The language of mails and tickets; English if it is left out" },
);

export const Role = Type.Union([
  Type.Literal("owner"),
  Type.Literal("manager"),
  Type.Literal("box-office"),
  Type.Literal("scanner"),
]);

const closed = { additionalProperties: false } as const;

export const Preferences = Type.Object(
  { place: Type.Optional(Type.String({ maxLength: 200, description: "The city that shows are looked for near" })) },
  closed,
);

export const AccountShape = Type.Object(
  { id: Id, email: Type.String(), name: Type.String(), operator: Type.Boolean(), preferences: Preferences },
  closed,
);

export const MembershipShape = Type.Object({ sellerId: Id, sellerName: Type.String(), role: Role }, closed);

/** Who is signed in, and where they are a member. */
export const SignedInShape = Type.Object({ account: AccountShape, memberships: Type.Array(MembershipShape) }, closed);

export function signedInView({ account, memberships }: Pick<SignedIn, "account" | "memberships">) {
  return { account, memberships: [...memberships] };
}

export const SellerParams = Type.Object({ sellerId: Id }, closed);

/** An instant as the API writes it. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
