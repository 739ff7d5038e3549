// The pages that mails lead to, below the public address. web/ serves them, workers/ writes them into mails.

/** The page that asks whether to accept an invitation. */
export function invitationPath(secret: string): string {
  return `/invitations?key=${secret}`;
}

/** An order with its tickets; the secret opens it without signing in. */
export function orderPath(orderId: string, secret: string): string {
  return `/orders/${orderId}?key=${secret}`;
}
