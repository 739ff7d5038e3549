// Which passwords are accepted: long enough, and not among those that everybody tries first. No rules about digits or
// capitals, as NIST SP 800-63B and ASVS 6.2.5 ask.

import { Refusal } from "../domain/refusals.ts";
import { commonPasswords } from "./common-passwords.ts";

export type PasswordRules = (password: string, about: { field: string; email: string; name: string }) => void;

const minLength = 8;
const maxLength = 256;
const runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
];
const leet = new Map(
  Object.entries({ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "!": "i" }),
);

/** The check of a new password: throws `weak_password` with the field and a sentence that says what to do. */
export function createPasswordRules(): PasswordRules {
  const common = commonPasswords();
  return (password, { field, email, name }) => {
    const refuse = (detail: string) => {
      throw new Refusal("weak_password", detail, { field });
    };
    const length = Array.from(password).length;
    if (length < minLength) refuse(`Use at least ${minLength} characters; a few words make a good password.`);
    if (length > maxLength) refuse(`Use at most ${maxLength} characters.`);
    const lower = password.normalize("NFKC").toLowerCase();
    // `p@ssw0rd2024`: letters are disguised in the word, not in the year behind it.
    const [, word = "", ending = ""] = /^(.*?)([\d\W_]*)$/s.exec(lower) ?? [];
    const plain = Array.from(word, (character) => leet.get(character) ?? character).join("") + ending;
    if (common.has(lower) || common.has(plain) || isMonotonous(lower)) {
      refuse("This password is among the first that anybody would guess. Use another.");
    }
    const own = [email, email.split("@")[0] ?? "", ...name.split(/\s+/), name.replace(/\s+/g, "")].map((word) =>
      word.toLowerCase(),
    );
    if (own.some((word) => word.length > 3 && lower.replace(/[\d\W_]+$/, "") === word.replace(/[\d\W_]+$/, ""))) {
      refuse("Your password should not be your name or e-mail address.");
    }
  };
}

/** One to three characters repeated, or a run along the alphabet, the digits or the keyboard, either way. */
function isMonotonous(lower: string): boolean {
  if (/^(.{1,3}?)\1+$/su.test(lower)) return true;
  const backwards = Array.from(lower).reverse().join("");
  return runs.some((run) => run.includes(lower) || run.includes(backwards));
}
