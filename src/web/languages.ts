// The language of a page: what its address says (`?lang=es`), else the cookie `lang`, else Accept-Language, else English.
// deploy/nginx.conf decides the same for the pages that it keeps.

import type { FastifyRequest } from "fastify";
import { defaultLanguage, knownLanguage, languageNames, languages, type Language } from "../domain/languages.ts";

export { languageNames, languages, type Language };

/** The name of the query's parameter, and of the cookie. */
export const languageName = "lang";

/** The language for a request. */
export function languageOf(request: FastifyRequest): Language {
  return (
    languageAsked(request) ??
    knownLanguage(request.cookies?.[languageName]) ??
    preferred(request.headers["accept-language"]) ??
    defaultLanguage
  );
}

/** An address in a language, whatever its reader prefers. */
export function addressIn(language: Language, address: string): string {
  const [path = "", query] = address.split("#", 1)[0]?.split("?", 2) ?? [];
  const search = new URLSearchParams(query);
  search.set(languageName, language);
  return `${path}?${search.toString()}`;
}

/** The one address of a page in a language, for search engines: in English without saying so. */
export function canonicalIn(language: Language, address: string): string {
  return language === defaultLanguage ? address : addressIn(language, address);
}

/** The language that a request's address asks for; the first of several, as nginx reads it. */
export function languageAsked(request: FastifyRequest): Language | undefined {
  const query = request.query as Readonly<Record<string, unknown>> | undefined;
  return knownLanguage([query?.[languageName]].flat()[0]);
}

/** The first language we have in the order of an Accept-Language header: by its q-values, then as written. */
function preferred(header: string | undefined): Language | undefined {
  if (header === undefined) return undefined;
  const ranges = header.slice(0, 200).split(",").map(readRange);
  return ranges.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality)[0]?.language;
}

/** `es-MX;q=0.8` → Spanish at 0.8. What we do not have has no quality; `*` is the default. */
function readRange(range: string): { language: Language | undefined; quality: number } {
  const [tag = "", ...parameters] = range
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const language = tag === "*" ? defaultLanguage : knownLanguage(tag.split("-")[0]);
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return { language, quality: language && /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/.test(quality) ? Number(quality) : 0 };
}
