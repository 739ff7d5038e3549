// The languages that pages, mails and tickets have.

/** Every language by its tag, as its speakers call it. */
export const languageNames = { en: "English", es: "Español" } as const;
export type Language = keyof typeof languageNames;
export const languages = Object.keys(languageNames) as readonly Language[];

export const defaultLanguage: Language = "en";

/** The language of a tag; undefined for one that we do not have. */
export function knownLanguage(tag: unknown): Language | undefined {
  return languages.find((language) => language === tag);
}
