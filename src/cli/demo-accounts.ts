// Who can sign in to the demo. The password is known to everybody, so these accounts exist in a demo and nowhere else.

import type { PlannedAccount } from "../accounts/install.ts";

export const demoPassword = "marquee demo";

/** Who does what in the demo's past. */
export const demoPeople = {
  buyer: "buyer@demo.example",
  seller: "seller@demo.example",
  door: "door@demo.example",
} as const;

export const demoAccounts = [
  { email: demoPeople.buyer, name: "Billie Buyer", is: "buys tickets" },
  { email: demoPeople.seller, name: "Sam Seller", is: "owns the demo's sellers" },
  { email: demoPeople.door, name: "Dana Door", is: "scans tickets" },
  { email: "operator@demo.example", name: "Olu Operator", is: "runs the installation" },
] as const;

/** The demo's accounts with their roles at the demo's sellers. */
export function plannedDemoAccounts(sellerIds: readonly string[]): readonly PlannedAccount[] {
  const roleOf = { [demoPeople.seller]: "owner", [demoPeople.door]: "scanner" } as const;
  return demoAccounts.map(({ email, name }) => {
    const role = Object.hasOwn(roleOf, email) ? roleOf[email as keyof typeof roleOf] : undefined;
    return {
      email,
      name,
      password: demoPassword,
      operator: email === "operator@demo.example",
      roles: role === undefined ? [] : sellerIds.map((sellerId) => ({ sellerId, role })),
    };
  });
}

/** The sign-ins as lines for the terminal. */
export function demoSignIns(): readonly string[] {
  const width = Math.max(...demoAccounts.map(({ email }) => email.length));
  return [
    `Sign in with the password "${demoPassword}" as`,
    ...demoAccounts.map(({ email, is }) => `  ${email.padEnd(width)}  ${is}`),
  ];
}
