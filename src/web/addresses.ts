// Addresses inside the site.

import type { FastifyRequest } from "fastify";

/** `next` if it is a path of this site, else `fallback`: nobody is led elsewhere after signing in. */
export function safeNext(next: string, fallback = "/account/orders"): string {
  // A backslash or a control character is read as a slash or skipped by browsers: `/\evil.example`, `/<tab>/evil.example`.
  if (!next.startsWith("/") || next.length > 1_000 || /[\\\p{Cc}\s]/u.test(next)) return fallback;
  const own = "http://own.invalid";
  if (!URL.canParse(next, own)) return fallback;
  const url = new URL(next, own);
  if (url.origin !== own || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search + url.hash;
}

/** `path?a=1&b=2` without what is undefined or "". */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** The page that a request was made on: its own address, or for a sent form that of the page it stood on. */
export function pageAddress(request: FastifyRequest, fallback = "/"): string {
  if (request.method === "GET") return safeNext(request.url, fallback);
  const referer = request.headers.referer ?? "";
  if (!URL.canParse(referer)) return fallback;
  const url = new URL(referer);
  return url.host === request.host ? safeNext(url.pathname + url.search, fallback) : fallback;
}

/** The sign-in page that leads back to `next`. */
export function signInAddress(next: string): string {
  return withQuery("/sign-in", { next });
}

/** The page on which an account is made, and which then leads to `next`. */
export function signUpAddress(next: string): string {
  return withQuery("/sign-up", { next });
}
