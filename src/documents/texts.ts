import type { Language } from "../domain/languages.ts";
import { english, type DocumentTexts } from "./texts/en.ts";
import { spanish } from "./texts/es.ts";

const texts: Readonly<Record<Language, DocumentTexts>> = { en: english, es: spanish };

/** The words of mails and tickets in a language. */
export function documentTexts(language: Language): DocumentTexts {
  return texts[language];
}
