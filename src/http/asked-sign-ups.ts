// Which sign-ups a browser asked for, by their ids in a cookie: the mailed link makes an account there without its password.

import type { FastifyReply, FastifyRequest } from "fastify";
import { confirmationMs } from "../accounts/confirmations.ts";

export interface AskedSignUps {
  /** Ids that the browser sent, the last asked for first. Anything may have sent them; whoever knows one has asked for it. */
  of(request: FastifyRequest): readonly string[];
  add(request: FastifyRequest, reply: FastifyReply, id: string): void;
}

/** As many as can be asked for with one address before they are throttled, and two more. */
const most = 5;

export function createAskedSignUps({ secure }: { secure: boolean }): AskedSignUps {
  const name = `${secure ? "__Host-" : ""}marquee-sign-up`;
  const of = (request: FastifyRequest) =>
    (request.cookies[name] ?? "")
      .split(".")
      .filter((id) => /^[0-9a-z]{26}$/.test(id))
      .slice(0, most);
  return {
    of,
    add(request, reply, id) {
      const kept = [id, ...of(request)].slice(0, most).join(".");
      void reply.setCookie(name, kept, {
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        secure,
        maxAge: confirmationMs / 1_000,
      });
    },
  };
}
