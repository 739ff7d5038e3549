// How rows and seats are numbered: names from a scheme, and the scheme behind names.

import type { Numbering, Row, RowNumbering, SeatNumbering } from "./seat-map.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/** The names of a section's rows, the front one first. */
export function rowNames(scheme: RowNumbering, count: number): string[] {
  const letters = alphabet.filter((letter) => !scheme.skip?.toUpperCase().includes(letter));
  const name = (at: number) => (scheme.style === "numbers" ? String(at) : lettersOf(at - 1, letters));
  return Array.from({ length: count }, (_, row) =>
    name(scheme.start + (scheme.from === "front" ? row : count - 1 - row)),
  );
}

/** A … Z, AA … AZ, BA …: the row names of theatres, in an alphabet that may lack letters. */
function lettersOf(index: number, letters: readonly string[]): string {
  if (letters.length === 0) return String(index + 1);
  const last = letters[index % letters.length] ?? "";
  return index < letters.length ? last : lettersOf(Math.floor(index / letters.length) - 1, letters) + last;
}

/** The numbers of a row's seats, from its left to its right. */
export function seatNumbers(scheme: SeatNumbering, count: number): string[] {
  const { from, step, start } = scheme;
  if (from === "centre") {
    const left = Math.ceil(count / 2);
    return Array.from({ length: count }, (_, seat) =>
      String(seat < left ? start + 2 * (left - 1 - seat) : start + 1 + 2 * (seat - left)),
    );
  }
  const first = step === "all" || start % 2 === (step === "odd" ? 1 : 0) ? start : start + 1;
  const by = step === "all" ? 1 : 2;
  return Array.from({ length: count }, (_, seat) => String(first + by * (from === "left" ? seat : count - 1 - seat)));
}

/** Rows as they are named: `numbers` are their seats', from left to right. */
export interface NamedRow {
  name: string;
  numbers: readonly string[];
}

/** The scheme that gives exactly these names, in each half where there is one. */
export function inferNumbering(rows: readonly NamedRow[]): Numbering {
  const names = rows.map((row) => row.name);
  const seats = seatSchemes(rows[0]?.numbers ?? []).find((scheme) =>
    rows.every((row) => same(seatNumbers(scheme, row.numbers.length), row.numbers)),
  );
  const named = rowSchemes(names).find((scheme) => same(rowNames(scheme, names.length), names));
  return { ...(named ? { rows: named } : {}), ...(seats ? { seats } : {}) };
}

/** Numbers in the last part of a seat's name. */
export function seatNumberOf(row: Pick<Row, "name">, seat: string, prefix: string): string | undefined {
  const before = `${prefix}${row.name}-`;
  return seat.startsWith(before) && seat.length > before.length ? seat.slice(before.length) : undefined;
}

function rowSchemes(names: readonly string[]): RowNumbering[] {
  const found: RowNumbering[] = [];
  for (const from of ["front", "back"] as const) {
    const first = (from === "front" ? names[0] : names.at(-1)) ?? "";
    if (/^[1-9]\d{0,3}$/.test(first)) found.push({ style: "numbers", from, start: Number(first) });
    for (const skip of ["", "IO", "I", "O"]) {
      const start = startOf(first, skip);
      if (start > 0) found.push({ style: "letters", from, start, ...(skip === "" ? {} : { skip }) });
    }
  }
  return found;
}

/** Which row bears that name in an alphabet without some letters, counted from 1; 0 for none. */
export function startOf(name: string, skip: string): number {
  const letters = alphabet.filter((letter) => !skip.includes(letter)).join("");
  if (!/^[A-Z]{1,3}$/.test(name)) return 0;
  let at = 0;
  for (const letter of name) {
    if (!letters.includes(letter)) return 0;
    at = at * letters.length + letters.indexOf(letter) + 1;
  }
  return at;
}

function seatSchemes(numbers: readonly string[]): SeatNumbering[] {
  const values = numbers.map(Number);
  if (values.length === 0 || values.some((value) => !Number.isSafeInteger(value) || value < 0)) return [];
  const [left = 1, right = 1] = [values[0], values.at(-1)];
  const found: SeatNumbering[] = [];
  for (const step of ["all", "odd", "even"] as const) {
    found.push({ from: "left", step, start: left }, { from: "right", step, start: right });
  }
  return [...found, { from: "centre", step: "all", start: Math.min(...values) }];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
