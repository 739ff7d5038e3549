// How pages leave: the same for everybody from the cache, or one's own and kept by nobody.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refusal } from "../domain/refusals.ts";
import type { OnItsWay } from "../http/cached.ts";
import { pageAddress } from "./addresses.ts";
import type { PageOptions } from "./layout.tsx";
import { t } from "./messages.ts";
import type { PageServices } from "./services.ts";

const contentType = "text/html; charset=utf-8";

/** A cache on the way may send a page that is just too old while it fetches a new one, and for a day if there is none to be had. */
const staleFor = "stale-while-revalidate=5, stale-if-error=86400";

/** Sends a page that belongs to one person: no cache keeps it. */
export function sendPage(
  services: PageServices,
  reply: FastifyReply,
  options: PageOptions,
  status = 200,
): FastifyReply {
  void reply.header("cache-control", "no-store");
  void reply.header("content-language", t.language);
  if (options.private) void reply.header("referrer-policy", "same-origin");
  return reply
    .code(status)
    .type(contentType)
    .send(services.web.page({ address: pageAddress(reply.request), ...options }));
}

/**
 * Sends a page that is the same for everybody. It is drawn at most once per `key`, catalogue version and `freshMs`; browsers
 * may keep it for `maxAgeS` seconds and ask by its ETag afterwards; with 0 no cache keeps it.
 */
export function sendShared(
  services: PageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  kept: { key: string; freshMs: number; maxAgeS: number },
  draw: () => Promise<PageOptions>,
): OnItsWay {
  const language = t.language;
  const key = `page ${language} ${services.catalogue.version()} ${kept.key}`;
  const cacheControl = kept.maxAgeS > 0 ? `public, max-age=${kept.maxAgeS}, ${staleFor}` : "public, no-cache";
  return services.cache.serve(request, reply, key, async () => ({
    body: services.web.page(withAddress(services.publicUrl, request, await draw())),
    contentType,
    language,
    cacheControl,
    freshMs: kept.freshMs,
  }));
}

/** What others added to the address is no part of a page that is the same for everybody. */
function withAddress(publicUrl: string, request: FastifyRequest, options: PageOptions): PageOptions {
  const address = options.address ?? request.url.split("?", 1)[0] ?? "/";
  return { canonical: publicUrl + address, ...options, address };
}

/** Sends the browser on after a form that worked. */
export function seeOther(reply: FastifyReply, address: string): FastifyReply {
  return reply.header("cache-control", "no-store").redirect(address, 303);
}

/** Sends a page again that says what was refused, with its status, and when to come back. */
export function sendRefused(
  services: PageServices,
  reply: FastifyReply,
  options: PageOptions,
  refusal: Refusal,
): FastifyReply {
  const retryAfterMs = refusal.facts["retryAfterMs"];
  if (typeof retryAfterMs === "number") void reply.header("retry-after", Math.ceil(retryAfterMs / 1000));
  return sendPage(services, reply, options, refusal.status);
}
