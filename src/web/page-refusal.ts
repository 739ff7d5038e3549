// What was refused, in the language of whoever reads it.

import { Refusal } from "../domain/refusals.ts";
import { t } from "./messages.ts";

/** What the pages refuse themselves: its sentence is one of their texts, and in the reader's language already. */
export class PageRefusal extends Refusal {}

/** The sentence of a refusal for a page. What lies below the pages speaks English; the texts have their own words for it. */
export function sentenceOf(refusal: Refusal): string {
  return refusal instanceof PageRefusal ? refusal.message : t.refusals.sentence(refusal);
}
