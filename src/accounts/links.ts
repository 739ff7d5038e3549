// The pages that mails lead to, below the public address. web/ serves them, workers/ writes them into mails.

/** The page that asks whether to accept an invitation; with the proof that the mail was read it makes an account as well. */
export function invitationPath(secret: string, proof = ""): string {
  return `/invitations?key=${secret}${proof === "" ? "" : `&proof=${proof}`}`;
}

/** The page that lets who has the secret choose a new password. */
export function passwordResetPath(secret: string): string {
  return `/reset-password?key=${secret}`;
}

/** The page that asks whether to make the account that was asked for with this address. */
export function signUpPath(secret: string): string {
  return `/sign-up/confirm?key=${secret}`;
}

/** The page that asks whether an account's address shall be the one that the link was mailed to. */
export function emailChangePath(secret: string): string {
  return `/account/email/confirm?key=${secret}`;
}

/** The page on which one signs in, and which then leads to `next`, if that is not "". */
export function signInPath(next: string): string {
  return next === "" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** An order with its tickets; the secret opens it without signing in. */
export function orderPath(orderId: string, secret: string): string {
  return `/orders/${orderId}?key=${secret}`;
}
