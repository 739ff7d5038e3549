// Doing what a form asks for, and the form again if it was refused.

import { Refusal } from "../domain/refusals.ts";
import { refusedForm, type FormState, type FormValues } from "./form-values.ts";
import { fieldSentencesOf } from "./page-refusal.ts";

/** The form again after a refusal: a sentence beside every field that is at fault. */
function refusedFields(values: FormValues, refusal: Refusal, fields: readonly string[]): FormState {
  const entries = fieldSentencesOf(refusal);
  if (entries.length === 0) return refusedForm(values, refusal, fields);
  const errors = Object.fromEntries(entries.filter(([field]) => fields.includes(field)));
  const rest = entries.filter(([field]) => !fields.includes(field)).map(([, sentence]) => sentence);
  return { values, errors, ...(rest.length > 0 ? { message: rest.join(" ") } : {}) };
}

/** Does what a form asks for. A refusal comes back as the form with its errors; everything else is thrown. */
export async function attempt<T>(
  values: FormValues,
  fields: readonly string[],
  work: () => Promise<T>,
): Promise<{ made: T } | { form: FormState; status: number; refusal: Refusal }> {
  try {
    return { made: await work() };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === "not_signed_in" || error.code === "not_allowed") throw error;
    return { form: refusedFields(values, error, fields), status: error.status, refusal: error };
  }
}
