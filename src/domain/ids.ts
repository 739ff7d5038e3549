// Identifiers. Random ids are 128 bits in Crockford's base 32, lower case: 26 characters, safe in URLs, no look-alikes.
// A showing's id also says where its chunk lies (venue and day), so that finding a showing needs no index of millions.

/** Fills `bytes` with unpredictable values. The composition root passes the system's; tests pass a seeded one. */
export type RandomBytes = (length: number) => Uint8Array;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const digitOf = new Map(Array.from(alphabet).map((character, digit) => [character, digit]));

/** How many partitions the inventory is cut into. A power of two, set at installation. */
export const defaultPartitions = 64;

/** A new 128-bit random id: 26 characters of `[0-9a-hjkmnp-tv-z]`. */
export function newId(random: RandomBytes): string {
  return encode(random(16), 26);
}

/** A new secret of 256 bits: 52 characters. */
export function newSecret(random: RandomBytes): string {
  return encode(random(32), 52);
}

function encode(bytes: Uint8Array, length: number): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= 0xff;
  }
  if (bits > 0) text += alphabet[(value << (5 - bits)) & 31];
  return text.slice(0, length);
}

const dayMs = 86_400_000;
const showingIdPattern = /^[0-9a-hjkmnp-tv-z]{17}$/;

/** What a showing's id says by itself. `date` is the venue's business day, `YYYY-MM-DD`. */
export interface ShowingAddress {
  venueNumber: number;
  date: string;
}

/**
 * A new showing id of 17 characters: venue number (5, up to 33 million), day since 1970 (4), 40 random bits (8).
 * Unique only with the store's primary key: the caller makes another if it is taken.
 */
export function newShowingId(venueNumber: number, date: string, random: RandomBytes): string {
  const day = Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);
  return digits(venueNumber, 5) + digits(day, 4) + encode(random(5), 8);
}

/** Where a showing's chunk lies, or undefined if `id` is no showing id. */
export function showingAddress(id: string): ShowingAddress | undefined {
  if (!showingIdPattern.test(id)) return undefined;
  const day = number(id.slice(5, 9));
  return { venueNumber: number(id.slice(0, 5)), date: new Date(day * dayMs).toISOString().slice(0, 10) };
}

const headLength = 9;
const tailLength = 8;

/** A showing's id as two whole numbers of 45 and 40 bits, for keeping many in little room. Throws RangeError if `id` is no showing id. */
export function showingIdNumbers(id: string): [head: number, tail: number] {
  if (!showingIdPattern.test(id)) throw new RangeError(`${id} is no showing id`);
  return [number(id.slice(0, headLength)), number(id.slice(headLength))];
}

/** The showing id that these numbers are. */
export function showingIdOf(head: number, tail: number): string {
  return digits(head, headLength) + digits(tail, tailLength);
}

/**
 * The ids of a venue's showings on the days `from` … `to` (both `YYYY-MM-DD`, both included): `first <= id < end` in the
 * order of characters, which is also that of the store's primary key.
 */
export function showingIdRange(venueNumber: number, from: string, to: string): { first: string; end: string } {
  const day = (date: string) => digits(Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs), 4);
  const after = new Date(Date.parse(`${to}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  const venue = digits(venueNumber, 5);
  return { first: venue + day(from), end: venue + day(after) };
}

function digits(value: number, width: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 32 ** width) throw new RangeError(`no id for ${value}`);
  let text = "";
  for (let rest = value; text.length < width; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text;
  return text;
}

function number(text: string): number {
  return Array.from(text).reduce((value, character) => value * 32 + (digitOf.get(character) ?? 0), 0);
}

/** The showing a hold belongs to: a hold's id is `<showing id>-<26 random characters>`, so that it can be routed. */
export function showingOfHold(holdId: string): string | undefined {
  const match = /^([0-9a-hjkmnp-tv-z]{17})-[0-9a-hjkmnp-tv-z]{26}$/.exec(holdId);
  return match?.[1];
}

/** A new hold id for a showing. */
export function newHoldId(showingId: string, random: RandomBytes): string {
  return `${showingId}-${newId(random)}`;
}

/** Order ids are made by the buyer's client: 16 to 64 characters of `[A-Za-z0-9_-]`, a UUID for example. */
export const orderIdPattern = "^[A-Za-z0-9_-]{16,64}$";

/** The partition of a showing, 0 … partitions-1: FNV-1a over its id. Never changes for an installation. */
export function partitionOf(showingId: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < showingId.length; index += 1) {
    hash = Math.imul(hash ^ showingId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) & (partitions - 1);
}
