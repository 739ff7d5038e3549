// Signing somebody up as the form and the mail's link do, for tests of something else.

import type { Accounts } from "../../src/accounts/accounts.ts";

export interface Person {
  email: string;
  name: string;
  password: string;
}

/** The account, and the secret of its first session. */
export async function signedUp(accounts: Pick<Accounts, "register" | "confirmSignUp">, person: Person) {
  const { id, path } = await accounts.register(person);
  return accounts.confirmSignUp({ secret: keyOf(path), asked: [id], userAgent: "a test" });
}

/** The secret of a mailed link. */
export function keyOf(link: string): string {
  return new URL(link, "http://localhost").searchParams.get("key") ?? "";
}
