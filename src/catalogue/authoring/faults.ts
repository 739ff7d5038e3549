// Collects what is wrong with the fields of one form, so that a person sees all of it at once.

import { refusedFields, type Fault } from "../../domain/faults.ts";

export interface Faults {
  /** The first fault of a field counts. */
  add(field: string, fault: Fault): void;
  /** Trims; one line unless `lines`. A fault if it is shorter than `min` or longer than `max` characters. */
  text(field: string, value: string, limits: { min?: number; max: number; lines?: boolean }): string;
  whole(field: string, value: number, min: number, max: number): number;
  /** Throws `invalid_request` with every fault by field if there is any. */
  refuse(): void;
}

export function collectFaults(): Faults {
  const faults: Record<string, Fault> = {};
  const add = (field: string, fault: Fault) => void (faults[field] ??= fault);
  return {
    add,
    text(field, value, { min = 0, max, lines = false }) {
      // Control characters have no place in a title, a name or a CSV export.
      // oxlint-disable-next-line no-control-regex
      const clean = value.replace(lines ? /[\0-\x09\x0b-\x1f\x7f]/g : /[\0-\x1f\x7f]+/g, lines ? "" : " ").trim();
      if (clean.length < min) add(field, { code: "required" });
      if (clean.length > max) add(field, { code: "too-long", max });
      return clean;
    },
    whole(field, value, min, max) {
      if (!Number.isSafeInteger(value) || value < min || value > max) add(field, { code: "not-whole", min, max });
      return value;
    },
    refuse() {
      const refusal = refusedFields(faults);
      if (refusal) throw refusal;
    },
  };
}
