// Addresses that are one slip away from a provider that everybody knows.

/** Those that people mean, and those that only look as if they meant another: none of them is a slip. */
const known = (
  "gmail.com googlemail.com hotmail.com hotmail.es outlook.com outlook.es live.com msn.com yahoo.com yahoo.es ymail.com icloud.com me.com " +
  "mac.com aol.com proton.me protonmail.com mail.com email.com gmx.com gmx.net gmx.de comcast.net verizon.net att.net"
).split(" ");

/** `ann@gmial.com` → `ann@gmail.com`; undefined where nothing is likely. Only ever asked, never put right by itself. */
export function likelyAddress(typed: string): string | undefined {
  const [, name, domain = ""] = /^([^@\s]+)@([^@\s]+)$/.exec(typed.trim()) ?? [];
  const lower = domain.toLowerCase();
  if (name === undefined || known.includes(lower)) return undefined;
  const meant = known.find((one) => one.length > 6 && isOneSlip(lower, one));
  return meant === undefined ? undefined : `${name}@${meant}`;
}

/** Whether one letter is wrong, missing or too many, or two neighbours stand the wrong way round. */
function isOneSlip(typed: string, meant: string): boolean {
  const difference = typed.length - meant.length;
  if (Math.abs(difference) > 1 || typed === meant) return false;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  if (difference === 1) return typed.slice(at + 1) === meant.slice(at);
  if (difference === -1) return typed.slice(at) === meant.slice(at + 1);
  const swapped = typed[at] === meant[at + 1] && typed[at + 1] === meant[at];
  return typed.slice(at + 1) === meant.slice(at + 1) || (swapped && typed.slice(at + 2) === meant.slice(at + 2));
}
