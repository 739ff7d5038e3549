// What a person sent with a form, and how it comes back to them after a refusal: everything typed kept, the error beside its field.

import type { FastifyRequest } from "fastify";
import type { Refusal } from "../domain/refusals.ts";
import { sentenceOf } from "./page-refusal.ts";

/** The fields of a form as they were sent. Nothing in it is trusted or even present. */
export class FormValues {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>> = {}) {
    this.#fields = fields;
  }

  /** The last value of a field, trimmed, at most `limit` characters; "" if there is none. */
  text(name: string, limit = 500): string {
    return (this.all(name).at(-1) ?? "").slice(0, limit).trim();
  }

  /** As typed: for passwords, where a space counts. */
  raw(name: string): string {
    return this.all(name).at(-1) ?? "";
  }

  /** All values of a field that may stand several times. */
  all(name: string): readonly string[] {
    if (!Object.hasOwn(this.#fields, name)) return [];
    const value = this.#fields[name];
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
  }

  /** A whole number from `min` to `max`; undefined if the field is empty or anything else. */
  whole(name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number | undefined {
    const text = this.text(name, 20);
    if (!/^\d+$/.test(text)) return undefined;
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }
}

/** A form as it is drawn: its values, and what was wrong with them. */
export interface FormState {
  values: FormValues;
  /** Above the form. */
  message?: string;
  /** Beside each field, by its name. */
  errors: Readonly<Record<string, string>>;
}

/** A form that nobody sent yet, with values to begin with. */
export function freshForm(fields: Readonly<Record<string, string | readonly string[]>> = {}): FormState {
  return { values: new FormValues(fields), errors: {} };
}

/**
 * The form again after a refusal. The sentence stands beside the field that the refusal names if the form has it (`fields`,
 * or the last part of a path such as `buyer.email`), else above the form.
 */
export function refusedForm(values: FormValues, refusal: Refusal, fields: readonly string[]): FormState {
  const named = refusal.facts.field;
  const field = fields.find((name) => name === named || named?.split(".").at(-1) === name);
  const sentence = sentenceOf(refusal);
  return field ? { values, errors: { [field]: sentence } } : { values, message: sentence, errors: {} };
}

/** The fields of a request's urlencoded body. */
export function formValues(request: FastifyRequest): FormValues {
  const body = request.body;
  return new FormValues(typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {});
}

/** The fields of a request's address. */
export function queryValues(request: FastifyRequest): FormValues {
  return new FormValues((request.query ?? {}) as Record<string, unknown>);
}
