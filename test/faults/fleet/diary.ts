// What the clients keep: what each asked for and what it was told, a line of JSON each, in a file of its own. All that the
// checker knows of the sale.

import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Moment {
  /** Milliseconds; the clients share one clock. */
  at: number;
}

export type Note = Moment &
  (
    | { what: "asks-order"; orderId: string; holdId: string; showingId: string; seats: readonly string[] }
    | {
        what: "told-order";
        orderId: string;
        /** Of the answer. */
        status: number;
        /** The order's status, or the code of the refusal. */
        outcome: string;
        seats: readonly string[];
        totalMinor: number;
        key: string;
      }
    | { what: "asks-refund"; orderId: string; refundId: string; seats: readonly string[]; amountMinor: number }
    | { what: "told-refund"; orderId: string; refundId: string; status: number; outcome: string }
    | { what: "told-scan"; orderId: string; seat: string; status: number; outcome: string }
  );

type Unstamped<T> = T extends Moment ? Omit<T, "at"> : never;

export type Diary = (note: Unstamped<Note>) => void;

/** A client's diary. */
export function openDiary(folder: string, client: string): Diary {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${client}.jsonl`);
  return (note) => appendFileSync(file, `${JSON.stringify({ at: performance.now(), ...note })}\n`);
}

/** Everybody's notes in the order of time. */
export function readDiaries(folder: string): readonly Note[] {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Note)
    .toSorted((a, b) => a.at - b.at);
}
