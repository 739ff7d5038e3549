// What was refused, in the language of whoever reads it.

import { faultOf } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import { t } from "./messages.ts";

/** What the pages refuse themselves: its sentence is one of their texts, and in the reader's language already. */
export class PageRefusal extends Refusal {}

/** The sentence of a refusal for a page. What lies below the pages speaks English; the texts have their own words for it. */
export function sentenceOf(refusal: Refusal): string {
  if (refusal instanceof PageRefusal) return refusal.message;
  const fault = faultOf(refusal);
  return fault ? t.refusals.fault(fault) : t.refusals.sentence(refusal);
}

/** The sentences of the fields that a refusal names, for a page; none if it does not name them one by one. */
export function fieldSentencesOf(refusal: Refusal): [field: string, sentence: string][] {
  const { fields } = refusal.facts as { fields?: Readonly<Record<string, string>> };
  return Object.entries(fields ?? {}).map(([field, sentence]) => {
    const fault = faultOf(refusal, field);
    return [field, fault ? t.refusals.fault(fault) : sentence];
  });
}
