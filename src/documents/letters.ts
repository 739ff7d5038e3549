// What the mails say: one letter for each kind, written once and drawn as text and as simple HTML, in the language of whom it is to.

import {
  emailChangePath,
  invitationPath,
  orderPath,
  passwordResetPath,
  signInPath,
  signUpPath,
} from "../accounts/links.ts";
import { defaultLanguage, type Language } from "../domain/languages.ts";
import { formatMoney } from "../domain/money.ts";
import type {
  AccountKnownMail,
  CancelledMail,
  ConfirmationMail,
  EmailChangedMail,
  InvitationMail,
  Mail,
  MovedMail,
  OrderMail,
  PasswordResetMail,
  RefundMail,
} from "../store/mails.ts";
import { seatsText } from "./order-document.ts";
import { documentTexts } from "./texts.ts";
import { documentTime } from "./times.ts";

export interface Letter {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** A letter before it is drawn: every part is plain text. */
interface Draft {
  language: Language;
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
    case "order-moved":
      return moved(mail.body, publicUrl);
    case "showing-cancelled":
      return cancelled(mail.body, publicUrl);
    case "invitation":
      return invited(mail.body, publicUrl);
    case "password-reset":
      return forgotten(mail.body, publicUrl);
    case "sign-up":
      return toConfirm(mail.body, "signUp", publicUrl + signUpPath(mail.body.secret));
    case "email-change":
      return toConfirm(mail.body, "newEmail", publicUrl + emailChangePath(mail.body.secret));
    case "account-known":
      return known(mail.body, publicUrl);
    case "email-changed":
      return emailChanged(mail.body, publicUrl);
    default:
      throw new Error(`no letter for ${(mail as { kind: string }).kind}`);
  }
}

function confirmed(body: OrderMail, publicUrl: string): Draft {
  const { words, money, ...about } = toBuyer(body);
  return {
    ...about,
    subject: words.confirmed.subject(body.showTitle, shortTime(body)),
    opening: words.confirmed.opening,
    facts: [...orderFacts(body), [words.paid, money(body.totalMinor, body.currency)]],
    link: { label: words.seeTickets, url: orderUrl(body, publicUrl) },
    closing: words.confirmed.closing,
  };
}

function refunded(body: RefundMail, publicUrl: string): Draft {
  const { words, money, ...about } = toBuyer(body);
  return {
    ...about,
    subject: words.givenBack.subject(body.showTitle, shortTime(body)),
    opening: words.givenBack.opening,
    facts: [...orderFacts(body), [words.refunded, money(body.amountMinor, body.currency)]],
    link: { label: words.seeOrder, url: orderUrl(body, publicUrl) },
    closing: words.moneyBack,
  };
}

function moved(body: MovedMail, publicUrl: string): Draft {
  const { words, money: _, ...about } = toBuyer(body);
  return {
    ...about,
    subject: words.moved.subject(body.showTitle, shortTime(body)),
    opening: words.moved.opening,
    facts: [...orderFacts(body), [words.moved.instead, seatsText(body.left, about.language)]],
    link: { label: words.seeTickets, url: orderUrl(body, publicUrl) },
    closing: words.moved.closing,
  };
}

function cancelled(body: CancelledMail, publicUrl: string): Draft {
  const { words, money, ...about } = toBuyer(body);
  const { amountMinor, currency, reason = "" } = body;
  return {
    ...about,
    subject: words.cancelled.subject(body.showTitle, shortTime(body)),
    opening: words.cancelled.opening,
    facts: [
      ...orderFacts(body),
      ...(reason === "" ? [] : [[words.reason, reason] as const]),
      ...(amountMinor === undefined ? [] : [[words.refunded, money(amountMinor, currency)] as const]),
    ],
    link: { label: words.seeOrder, url: orderUrl(body, publicUrl) },
    closing: amountMinor === undefined ? words.cancelled.nothing : `${words.cancelled.nothing} ${words.moneyBack}`,
  };
}

function invited(body: InvitationMail, publicUrl: string): Draft {
  const { email, language = defaultLanguage, inviter, sellerName, role, expiresAt, secret, proof } = body;
  const words = documentTexts(language).mail;
  return {
    language,
    to: { name: "", address: email },
    subject: words.invitation.subject(sellerName),
    greeting: words.hello(""),
    opening: words.invitation.opening(inviter, sellerName, role),
    facts: [[words.openUntil, documentTime("long", expiresAt, "UTC", language)]],
    link: { label: words.invitation.link, url: publicUrl + invitationPath(secret, proof) },
    closing: words.invitation.closing,
  };
}

function forgotten(body: PasswordResetMail, publicUrl: string): Draft {
  const { words, money: _, ...about } = toBuyer(body);
  return {
    ...about,
    subject: words.reset.subject,
    opening: words.reset.opening,
    facts: [
      [words.account, body.email],
      [words.openUntil, documentTime("long", body.expiresAt, "UTC", about.language)],
    ],
    link: { label: words.reset.link, url: publicUrl + passwordResetPath(body.secret) },
    closing: words.reset.closing,
  };
}

function toConfirm({ email, language, expiresAt }: ConfirmationMail, about: "signUp" | "newEmail", url: string): Draft {
  const { words, money: _, ...draft } = toBuyer({ name: "", email, ...(language !== undefined && { language }) });
  return {
    ...draft,
    subject: words[about].subject,
    opening: words[about].opening,
    facts: [
      [words.address, email],
      [words.openUntil, documentTime("long", expiresAt, "UTC", draft.language)],
    ],
    link: { label: words[about].link, url },
    closing: words[about].closing,
  };
}

function known(body: AccountKnownMail, publicUrl: string): Draft {
  const { words, money: _, ...draft } = toBuyer(body);
  return {
    ...draft,
    subject: words.known.subject,
    opening: words.known.opening,
    facts: [[words.account, body.email]],
    link: { label: words.known.link, url: publicUrl + signInPath(body.next) },
    closing: words.known.closing,
  };
}

function emailChanged(body: EmailChangedMail, publicUrl: string): Draft {
  const { words, money: _, ...draft } = toBuyer(body);
  return {
    ...draft,
    subject: words.emailChanged.subject,
    opening: words.emailChanged.opening,
    facts: [[words.emailChanged.before, body.email]],
    link: { label: words.known.link, url: publicUrl + signInPath("") },
    closing: words.emailChanged.closing,
  };
}

function toBuyer({ name, email, language = defaultLanguage }: Pick<OrderMail, "name" | "email" | "language">) {
  const { locale, mail: words } = documentTexts(language);
  const money = (minor: number, currency: string) => formatMoney(minor, currency, locale);
  return { language, words, money, to: { name, address: email }, greeting: words.hello(name) };
}

function orderFacts(body: OrderMail): (readonly [string, string])[] {
  const { language = defaultLanguage, showTitle, venueName, address = "", startsAt, timeZone, seats, orderId } = body;
  const words = documentTexts(language).mail;
  return [
    [words.show, showTitle],
    [words.when, documentTime("long", startsAt, timeZone, language)],
    [words.where, address === "" ? venueName : `${venueName}, ${address}`],
    [words.seats(seats.length), seatsText(seats, language)],
    [words.order, orderId],
  ];
}

function orderUrl({ orderId, secret }: OrderMail, publicUrl: string): string {
  return publicUrl + orderPath(orderId, secret);
}

/** `Sun, Nov 22, 7:30 PM` */
function shortTime({ startsAt, timeZone, language = defaultLanguage }: OrderMail): string {
  return documentTime("short", startsAt, timeZone, language);
}

function textOf({ greeting, opening, facts, link, closing }: Draft): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const lines = facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`);
  return (
    [greeting, opening, lines.join("\n"), `${link.label}:\n${link.url}`, closing, ""].join("\n\n").trimEnd() + "\n"
  );
}

/** Mail programs know little of styles: a column, a table and a button in attributes that all of them read. */
function htmlOf({ language, subject, greeting, opening, facts, link, closing }: Draft): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th align="left" valign="top" style="padding:4px 16px 4px 0;color:#5b545c;font-weight:normal">${safe(label)}</th>` +
      `<td style="padding:4px 0">${safe(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:34em">
<p>${safe(greeting)}</p>
<p>${safe(opening)}</p>
<table cellpadding="0" cellspacing="0" style="border-collapse:collapse">
${rows.join("\n")}
</table>
<p style="margin:24px 0"><a href="${safe(link.url)}" style="display:inline-block;padding:12px 24px;border-radius:24px;background:#a4133c;color:#ffffff;font-weight:bold;text-decoration:none">${safe(link.label)}</a></p>
<p style="color:#5b545c">${safe(closing)}</p>
</div>
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
