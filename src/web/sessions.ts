// Sessions as pages begin and end them: one browser has one.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { PageServices } from "./services.ts";

type Services = Pick<PageServices, "accounts" | "visitors">;

/** Gives the browser the session with that secret; the one it had ends. */
export async function enterSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): Promise<void> {
  const before = services.visitors.secretOf(request);
  if (before !== undefined) await services.accounts.signOut(before);
  services.visitors.startSession(reply, secret);
}

/** Ends the browser's session, if it has one. */
export async function leaveSession(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const secret = services.visitors.secretOf(request);
  if (secret !== undefined) await services.accounts.signOut(secret);
  services.visitors.endSession(reply);
}

/** Who asks, for `register` and `signIn`. */
export function clientOf(request: FastifyRequest): { userAgent: string; address: string } {
  return { userAgent: request.headers["user-agent"] ?? "", address: request.ip };
}
