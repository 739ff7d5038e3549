// What the mails say: one letter for each kind, written once and drawn as text and as simple HTML.

import { invitationPath, orderPath, passwordResetPath } from "../accounts/links.ts";
import { formatMoney } from "../domain/money.ts";
import type { CancelledMail, InvitationMail, Mail, OrderMail, PasswordResetMail, RefundMail } from "../store/mails.ts";

export interface Letter {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** A letter before it is drawn: every part is plain text. */
interface Draft {
  to: { name: string; address: string };
  subject: string;
  greeting: string;
  opening: string;
  facts: readonly (readonly [label: string, value: string])[];
  link: { label: string; url: string };
  closing: string;
}

/** The letter of a mail; links begin with `publicUrl`. */
export function letterOf(mail: Mail, publicUrl: string): Letter {
  const draft = draftOf(mail, publicUrl);
  return { to: draft.to, subject: draft.subject, text: textOf(draft), html: htmlOf(draft) };
}

function draftOf(mail: Mail, publicUrl: string): Draft {
  switch (mail.kind) {
    case "order-confirmed":
      return confirmed(mail.body, publicUrl);
    case "order-refunded":
      return refunded(mail.body, publicUrl);
    case "showing-cancelled":
      return cancelled(mail.body, publicUrl);
    case "invitation":
      return invited(mail.body, publicUrl);
    case "password-reset":
      return forgotten(mail.body, publicUrl);
    default:
      throw new Error(`no letter for ${(mail as { kind: string }).kind}`);
  }
}

function confirmed(body: OrderMail, publicUrl: string): Draft {
  return {
    ...toBuyer(body),
    subject: `Your tickets: ${body.showTitle}, ${shortTime(body)}`,
    opening: "Your order is confirmed. Show the codes of your tickets at the door, on your phone or printed.",
    facts: [...facts(body), ["Paid", formatMoney(body.totalMinor, body.currency)]],
    link: { label: "See your tickets", url: orderUrl(body, publicUrl) },
    closing: "Keep this mail to yourself: whoever has the link has the tickets.",
  };
}

function refunded(body: RefundMail, publicUrl: string): Draft {
  return {
    ...toBuyer(body),
    subject: `Refund: ${body.showTitle}, ${shortTime(body)}`,
    opening: "These seats of your order were given back. Their tickets are no longer valid.",
    facts: [...facts(body), ["Refunded", formatMoney(body.amountMinor, body.currency)]],
    link: { label: "See your order", url: orderUrl(body, publicUrl) },
    closing: "The money goes back the way it came; your bank may take a few days.",
  };
}

function cancelled(body: CancelledMail, publicUrl: string): Draft {
  const { amountMinor, currency, reason } = body;
  return {
    ...toBuyer(body),
    subject: `Cancelled: ${body.showTitle}, ${shortTime(body)}`,
    opening: "We are sorry: this showing does not take place. Your tickets are no longer valid.",
    facts: [
      ...facts(body),
      ...(reason === undefined || reason === "" ? [] : [["Reason", reason] as const]),
      ...(amountMinor === undefined ? [] : [["Refunded", formatMoney(amountMinor, currency)] as const]),
    ],
    link: { label: "See your order", url: orderUrl(body, publicUrl) },
    closing:
      amountMinor === undefined
        ? "You need not do anything."
        : "You need not do anything. The money goes back the way it came; your bank may take a few days.",
  };
}

const roleNames: Record<InvitationMail["role"], string> = {
  owner: "an owner",
  manager: "a manager",
  "box-office": "box office staff",
  scanner: "a ticket scanner",
};

function invited(body: InvitationMail, publicUrl: string): Draft {
  const who = body.inviter === undefined ? "You are invited" : `${body.inviter} invites you`;
  return {
    to: { name: "", address: body.email },
    subject: `Join ${body.sellerName}`,
    greeting: "Hello,",
    opening: `${who} to join ${body.sellerName} as ${roleNames[body.role]}.`,
    facts: [["Open until", time(body.expiresAt, "UTC")]],
    link: { label: "Look at the invitation", url: publicUrl + invitationPath(body.secret) },
    closing: "If you did not expect this, ignore it: nothing happens unless you accept.",
  };
}

function forgotten(body: PasswordResetMail, publicUrl: string): Draft {
  return {
    ...toBuyer(body),
    subject: "Choose a new password",
    opening: "Somebody, probably you, asked to choose a new password for your account.",
    facts: [
      ["Account", body.email],
      ["Open until", time(body.expiresAt, "UTC")],
    ],
    link: { label: "Choose a new password", url: publicUrl + passwordResetPath(body.secret) },
    closing:
      "The link works once. If you did not ask for it, ignore this mail: your password stays as it is. Give the link to nobody.",
  };
}

function toBuyer({ name, email }: Pick<OrderMail, "name" | "email">) {
  return { to: { name, address: email }, greeting: name === "" ? "Hello," : `Hello ${name},` };
}

function facts(body: OrderMail): (readonly [string, string])[] {
  return [
    ["Show", body.showTitle],
    ["Where", body.venueName],
    ["When", time(body.startsAt, body.timeZone)],
    [body.seats.length === 1 ? "Seat" : "Seats", body.seats.join(", ")],
    ["Order", body.orderId],
  ];
}

function orderUrl({ orderId, secret }: OrderMail, publicUrl: string): string {
  return publicUrl + orderPath(orderId, secret);
}

/** `Sunday, November 22, 2026 at 7:30 PM MST`: on the clock of the venue. */
function time(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "long",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

/** `Sun, Nov 22, 7:30 PM` */
function shortTime({ startsAt, timeZone }: OrderMail): string {
  const format = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-US", { timeZone, ...format }).format(startsAt);
}

function textOf({ greeting, opening, facts, link, closing }: Draft): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const lines = facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`);
  return (
    [greeting, opening, lines.join("\n"), `${link.label}:\n${link.url}`, closing, ""].join("\n\n").trimEnd() + "\n"
  );
}

function htmlOf({ subject, greeting, opening, facts, link, closing }: Draft): string {
  const rows = facts.map(([label, value]) => `<tr><th align="left">${safe(label)}</th><td>${safe(value)}</td></tr>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${safe(subject)}</title></head>
<body>
<p>${safe(greeting)}</p>
<p>${safe(opening)}</p>
<table cellpadding="4">
${rows.join("\n")}
</table>
<p><a href="${safe(link.url)}">${safe(link.label)}</a></p>
<p>${safe(closing)}</p>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
