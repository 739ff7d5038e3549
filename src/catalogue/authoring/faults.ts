// Collects what is wrong with the fields of one form, so that a person sees all of it at once.

import { Refusal } from "../../domain/refusals.ts";

export interface Faults {
  add(field: string, sentence: string): void;
  /** Trims; one line unless `lines`. A fault if it is shorter than `min` or longer than `max` characters. */
  text(field: string, value: string, limits: { min?: number; max: number; lines?: boolean }): string;
  whole(field: string, value: number, min: number, max: number): number;
  /** Throws `invalid_request` with every fault by field if there is any. */
  refuse(): void;
}

export function collectFaults(): Faults {
  const fields: Record<string, string> = {};
  const add = (field: string, sentence: string) => void (fields[field] ??= sentence);
  return {
    add,
    text(field, value, { min = 0, max, lines = false }) {
      // Control characters have no place in a title, a name or a CSV export.
      // oxlint-disable-next-line no-control-regex
      const clean = value.replace(lines ? /[\0-\x09\x0b-\x1f\x7f]/g : /[\0-\x1f\x7f]+/g, lines ? "" : " ").trim();
      if (clean.length < min) add(field, "Please fill this in.");
      if (clean.length > max) add(field, `At most ${max} characters, please.`);
      return clean;
    },
    whole(field, value, min, max) {
      if (!Number.isSafeInteger(value) || value < min || value > max) {
        add(field, `A whole number from ${min} to ${max}, please.`);
      }
      return value;
    },
    refuse() {
      const [field, sentence] = Object.entries(fields)[0] ?? [];
      if (field !== undefined) throw new Refusal("invalid_request", sentence, { field, fields });
    },
  };
}
