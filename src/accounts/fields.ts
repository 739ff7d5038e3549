// What people type about themselves, checked in one place for the API, the pages and the command line.

import { createHash } from "node:crypto";
import { Refusal } from "../domain/refusals.ts";

const emailPattern = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)+$/;
const maxEmail = 254;
const maxName = 100;

/** An e-mail address in lower case, without blanks around it. Refuses `invalid_request`. */
export function emailOf(text: string): string {
  const email = sameEmail(text);
  if (email.length > maxEmail || !emailPattern.test(email)) {
    throw new Refusal("invalid_request", "Give an e-mail address like ada@example.org.", { field: "email" });
  }
  return email;
}

/** The form in which e-mail addresses are compared, whether or not it is one. */
export function sameEmail(text: string): string {
  return text.trim().normalize("NFC").toLowerCase();
}

/** A person's or a seller's name: 1 to 100 characters of one line. Refuses `invalid_request`. */
export function nameOf(text: string): string {
  const name = text.trim().normalize("NFC");
  if (name === "" || Array.from(name).length > maxName || /[\p{Cc}\u2028\u2029]/u.test(name)) {
    throw new Refusal("invalid_request", `Give a name of at most ${maxName} characters.`, { field: "name" });
  }
  return name;
}

/** What is stored of a secret: its SHA-256, hex. A secret has 256 random bits, so a slow hash would add nothing. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether a text could be one of `newSecret`. */
export function isSecret(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{52}$/.test(text);
}
