// Refusals as pages: what happened, in a sentence, and where to go from here.

import type { FastifyReply, FastifyRequest } from "fastify";
import { refusals, type Refusal, type RefusalCode } from "../domain/refusals.ts";
import { safeNext, signInAddress } from "./addresses.ts";
import { ButtonLink } from "./components/buttons.tsx";
import type { Layout } from "./layout.tsx";
import { t } from "./messages.ts";

/** Draws refusals with a layout. Whoever is not signed in is led to the sign-in page, and back. */
export function createRefusalPages(page: Layout) {
  return (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply => {
    void reply.header("cache-control", "no-store");
    if (refusal.code === "not_signed_in") return reply.redirect(signInAddress(returnAddress(request)), 303);
    const retryAfterMs = refusal.facts["retryAfterMs"];
    if (typeof retryAfterMs === "number") void reply.header("retry-after", Math.ceil(retryAfterMs / 1000));
    return reply
      .code(refusal.status)
      .type("text/html; charset=utf-8")
      .send(page({ title: refusals[refusal.code].title, body: <RefusalBody refusal={refusal} />, private: true }));
  };
}

/** Where a person goes after signing in: this page, or for a sent form the page it stood on. */
function returnAddress(request: FastifyRequest): string {
  if (request.method === "GET") return safeNext(request.url);
  const referer = request.headers.referer ?? "";
  if (!URL.canParse(referer)) return "/account";
  const url = new URL(referer);
  return url.host === request.host ? safeNext(url.pathname + url.search) : "/account";
}

function RefusalBody({ refusal }: { refusal: Refusal }) {
  const title = refusals[refusal.code].title;
  const advice = (t.refusals.advice as Partial<Record<RefusalCode, string>>)[refusal.code];
  const pausing = refusal.code === "sales_paused" || refusal.code === "unavailable";
  return (
    <div class="message-page">
      <p class="message-code" aria-hidden="true">
        {refusal.status}
      </p>
      <h1>{title}</h1>
      {refusal.message !== title && <p class="lead">{refusal.message}</p>}
      {advice && <p>{advice}</p>}
      <p class="actions">
        {pausing && <ButtonLink href="">{t.refusals.again}</ButtonLink>}
        <ButtonLink href="/" kind={pausing ? "quiet" : "main"}>
          {t.refusals.home}
        </ButtonLink>
      </p>
    </div>
  );
}
