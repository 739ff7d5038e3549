import type { FastifyReply, FastifyRequest } from "fastify";

/** An `onRequest` hook for answers that belong to one person: no cache on the way may keep them. */
export async function neverCached(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header("cache-control", "no-store");
}
