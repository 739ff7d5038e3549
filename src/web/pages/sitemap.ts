// What search engines begin with: which pages there are. From the catalogue in memory, never from the store.

import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { canonicalIn, languages } from "../languages.ts";
import type { PageServices } from "../services.ts";

/** Addresses in one part: at most 50,000 are allowed, and 5,000 in two languages take some 30 ms. */
const partSize = 5_000;
const freshMs = 600_000;
const cacheControl = "public, max-age=600, stale-while-revalidate=3600, stale-if-error=86400";

type Kind = "pages" | "shows" | "venues";

/** Paths of a kind. */
const pathsOf: Readonly<Record<Kind, (services: PageServices) => readonly string[]>> = {
  pages: () => ["/", "/venues", "/help"],
  shows: ({ catalogue }) => catalogue.shows().map(({ id }) => `/shows/${id}`),
  venues: ({ catalogue }) => catalogue.venues().map(({ id }) => `/venues/${id}`),
};

/** `GET /robots.txt`, `GET /sitemap.xml` and the parts that it names, `GET /sitemaps/shows-1.xml` */
export function registerSitemap(server: Server, services: PageServices): void {
  const { cache, publicUrl } = services;
  server.get("/robots.txt", (request, reply) =>
    cache.serve(request, reply, "robots", async () => ({
      body: robots(publicUrl),
      contentType: "text/plain; charset=utf-8",
      cacheControl,
      freshMs,
    })),
  );
  const xml = (body: string) => ({ body, contentType: "application/xml; charset=utf-8", cacheControl, freshMs });
  server.get("/sitemap.xml", (request, reply) =>
    cache.serve(request, reply, "sitemap", async () => xml(sitemapIndex(services))),
  );
  server.get<{ Params: { part: string } }>("/sitemaps/:part", (request, reply) => {
    const [, kind = "", number = ""] = /^(pages|shows|venues)-([1-9]\d{0,5})\.xml$/.exec(request.params.part) ?? [];
    const paths = partOf(services, kind, Number(number));
    if (paths.length === 0) throw new Refusal("not_found");
    return cache.serve(request, reply, `sitemap ${kind} ${number}`, async () => xml(urlSet(publicUrl, paths)));
  });
}

/** Everything that belongs to one person, or is a step of something, is nobody's to find. */
function robots(publicUrl: string): string {
  const closed = ["/account", "/api/", "/holds/", "/orders/", "/sell/", "/where", "/sign-in", "/sign-up"];
  const lines = [
    "User-agent: *",
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${publicUrl}/sitemap.xml`,
  ];
  return `${lines.join("\n")}\n`;
}

function sitemapIndex(services: PageServices): string {
  const parts = (Object.keys(pathsOf) as Kind[]).flatMap((kind) => {
    const count = Math.ceil(pathsOf[kind](services).length / partSize);
    return Array.from({ length: count }, (_, index) => `${services.publicUrl}/sitemaps/${kind}-${index + 1}.xml`);
  });
  const listed = parts.map((part) => `<sitemap><loc>${escaped(part)}</loc></sitemap>`);
  return `${prolog}<sitemapindex xmlns="${schema}">${listed.join("")}</sitemapindex>`;
}

function partOf(services: PageServices, kind: string, number: number): readonly string[] {
  const all = Object.hasOwn(pathsOf, kind) ? pathsOf[kind as Kind](services) : [];
  return all.slice((number - 1) * partSize, number * partSize);
}

/** Each page with those of the same in other languages. */
function urlSet(publicUrl: string, paths: readonly string[]): string {
  const urls = paths.map((path) => {
    const address = publicUrl + path;
    const others = languages.map((language) => {
      const href = escaped(canonicalIn(language, address));
      return `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`;
    });
    return `<url><loc>${escaped(address)}</loc>${others.join("")}</url>`;
  });
  return `${prolog}<urlset xmlns="${schema}" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls.join("\n")}</urlset>`;
}

const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
const schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
