// RFC 9457: how every refusal and every fault leaves the JSON API.

import type { FastifyError, FastifyReply } from "fastify";
import { Refusal, refusals, type RefusalCode } from "../domain/refusals.ts";
import { StoreUnavailable } from "../store/postgres.ts";

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: RefusalCode;
  detail: string;
  [fact: string]: unknown;
}

/** The problem document of a refusal; `type` points at its entry in docs/errors.md. */
export function problemOf(refusal: Refusal): Problem {
  const { status, title } = refusals[refusal.code];
  const type = `https://marquee.example/errors#${refusal.code}`;
  return { ...refusal.facts, type, title, status, code: refusal.code, detail: refusal.message };
}

/** Turns what Fastify and its plugins throw into a refusal; undefined for a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  // Its own message names hosts. Lists, holds and purchases go on meanwhile.
  if (error instanceof StoreUnavailable) {
    return new Refusal("unavailable", "This does not work for a moment. Try again a little later.", {
      retryAfterMs: 5_000,
    });
  }
  const fault = error as Partial<FastifyError>;
  const validation = fault.validation?.[0];
  if (validation) {
    const path = validation.instancePath.replaceAll("/", ".").slice(1);
    // Ajv says of an unknown or a missing field only in which object it is; the name is among the parameters.
    const name = validation.params["additionalProperty"] ?? validation.params["missingProperty"];
    const field =
      [path, ...(typeof name === "string" ? [name] : [])].filter((part) => part !== "").join(".") ||
      (fault.validationContext ?? "body");
    return new Refusal("invalid_request", `${field}: ${validation.message ?? "is not valid"}`, { field });
  }
  const status = fault.statusCode ?? 500;
  if (status === 413) return new Refusal("too_large");
  if (status === 415) return new Refusal("unsupported_media_type");
  if (status === 429) return new Refusal("too_many_requests", fault.message);
  if (status === 503) return new Refusal("unavailable", fault.message);
  if (status >= 400 && status < 500) return new Refusal("invalid_request", fault.message);
  return undefined;
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const retryAfterMs = refusal.facts["retryAfterMs"];
  if (typeof retryAfterMs === "number") void reply.header("retry-after", Math.ceil(retryAfterMs / 1000));
  // Serialised here: a problem's facts differ by code, so no response schema strips them.
  return reply
    .code(refusal.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(refusal));
}
