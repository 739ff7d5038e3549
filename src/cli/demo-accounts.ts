// Who can sign in to the demo. The password is known to everybody, so these accounts exist in a demo and nowhere else.

import type { PlannedAccount } from "../accounts/install.ts";

export const demoPassword = "marquee demo";

export const demoAccounts = [
  { email: "buyer@demo.example", name: "Billie Buyer", is: "buys tickets" },
  { email: "seller@demo.example", name: "Sam Seller", is: "owns the demo's sellers" },
  { email: "door@demo.example", name: "Dana Door", is: "scans tickets" },
  { email: "operator@demo.example", name: "Olu Operator", is: "runs the installation" },
] as const;

/** The demo's accounts with their roles at the demo's sellers. */
export function plannedDemoAccounts(sellerIds: readonly string[]): readonly PlannedAccount[] {
  const roleOf = { "seller@demo.example": "owner", "door@demo.example": "scanner" } as const;
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
