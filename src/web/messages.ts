// The texts of the language that is spoken right now. A request speaks its own from its first hook on, so pages and
// components read `t.area.key` wherever they are; nothing may read it while a module loads.

import { AsyncLocalStorage } from "node:async_hooks";
import type { FastifyRequest } from "fastify";
import type { Server } from "../http/server.ts";
import { defaultLanguage, type Language } from "../domain/languages.ts";
import { languageAsked, languageName, languageOf } from "./languages.ts";
import { english, type Texts } from "./texts/en.ts";
import { spanish } from "./texts/es.ts";

const texts: Readonly<Record<Language, Texts>> = { en: english, es: spanish };
const spoken = new AsyncLocalStorage<Texts>();
const fallback = texts[defaultLanguage];

/** Every text, in the language of the request under way; in English outside of one. */
export const t = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.keys(fallback).map((area) => [area, { get: () => (spoken.getStore() ?? fallback)[area as keyof Texts] }]),
  ),
) as Readonly<Texts>;

/** Does something in a language, with all that it begins. */
export function speak<T>(language: Language, work: () => T): T {
  return spoken.run(texts[language], work);
}

const yearS = 365 * 86_400;

/** Lets every request of the pages speak its language, and keeps one that the address asks for in a cookie. */
export function speakLanguages(server: Server, { publicUrl }: { publicUrl: string }): void {
  const cookie = { path: "/", httpOnly: true, sameSite: "lax", maxAge: yearS } as const;
  const secure = publicUrl.startsWith("https://");
  server.addHook("onRequest", (request, reply, done) => {
    if (!isPage(request)) return done();
    const asked = languageAsked(request);
    if (asked !== undefined && request.cookies[languageName] !== asked) {
      void reply.setCookie(languageName, asked, { ...cookie, secure });
    }
    speak(languageOf(request), done);
  });
  // A body arrives in what its connection was doing before.
  server.addHook("preValidation", (request, _reply, done) =>
    isPage(request) ? speak(languageOf(request), done) : done(),
  );
}

function isPage({ url }: FastifyRequest): boolean {
  return !url.startsWith("/api/") && !url.startsWith("/static/");
}
