// Refusals as pages: what happened, in a sentence, and where to go from here.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refusal, RefusalCode } from "../domain/refusals.ts";
import { pageAddress, signInAddress } from "./addresses.ts";
import { ButtonLink } from "./components/buttons.tsx";
import type { Layout } from "./layout.tsx";
import { languageOf } from "./languages.ts";
import { speak, t } from "./messages.ts";
import { sentenceOf } from "./page-refusal.ts";

/** Draws refusals with a layout. Whoever is not signed in is led to the sign-in page, and back. */
export function createRefusalPages(page: Layout) {
  const answer = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply => {
    void reply.headers({ "cache-control": "no-store", "content-language": t.language });
    if (refusal.code === "not_signed_in") return reply.redirect(signInAddress(pageAddress(request, "/account")), 303);
    const retryAfterMs = refusal.facts["retryAfterMs"];
    if (typeof retryAfterMs === "number") void reply.header("retry-after", Math.ceil(retryAfterMs / 1000));
    return reply
      .code(refusal.status)
      .type("text/html; charset=utf-8")
      .send(
        page({
          title: t.refusals.title(refusal.code),
          body: <RefusalBody refusal={refusal} />,
          address: pageAddress(request),
          private: true,
        }),
      );
  };
  // What is refused before the request's own hook, or while its body is read, speaks its language, too.
  return (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply =>
    speak(languageOf(request), () => answer(request, reply, refusal));
}

function RefusalBody({ refusal }: { refusal: Refusal }) {
  const title = t.refusals.title(refusal.code);
  const sentence = sentenceOf(refusal);
  const advice = (t.refusals.advice as Partial<Record<RefusalCode, string>>)[refusal.code];
  const pausing = refusal.code === "sales_paused" || refusal.code === "unavailable";
  return (
    <div class="message-page">
      <p class="message-code" aria-hidden="true">
        {refusal.status}
      </p>
      <h1>{title}</h1>
      {sentence !== title && <p class="lead">{sentence}</p>}
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
