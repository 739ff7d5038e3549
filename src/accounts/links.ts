// The pages that mails lead to, below the public address. web/ serves them, workers/ writes them into mails.

/** The page that asks whether to accept an invitation. */
export function invitationPath(secret: string): string {
  return `/invitations?key=${secret}`;
}

/** The page that lets who has the secret choose a new password. */
export function passwordResetPath(secret: string): string {
  return `/reset-password?key=${secret}`;
}

/** An order with its tickets; the secret opens it without signing in. */
export function orderPath(orderId: string, secret: string): string {
  return `/orders/${orderId}?key=${secret}`;
}
