import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Email, Nothing, Password, SignedInShape, signedInView } from "./account-schemas.ts";

/** Signing in and out, and who is signed in. */
export function sessionRoutes(
  server: Server,
  { accounts, visitors }: { accounts: Pick<Accounts, "signIn" | "signOut" | "session">; visitors: Visitors },
): void {
  const tags = ["accounts"];
  server.post(
    "/api/v1/session",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Sign in: the session is in a cookie",
        body: Type.Object({ email: Email, password: Password }, { additionalProperties: false }),
        response: { 201: SignedInShape },
      },
    },
    async (request, reply) => {
      const userAgent = request.headers["user-agent"] ?? "";
      const { secret } = await accounts.signIn({ ...request.body, userAgent, address: request.ip });
      const before = visitors.secretOf(request);
      if (before !== undefined) await accounts.signOut(before);
      visitors.startSession(reply, secret);
      const who = await accounts.session(secret);
      if (!who) throw new Refusal("not_signed_in");
      return reply.code(201).send(signedInView(who));
    },
  );
  server.get(
    "/api/v1/session",
    {
      onRequest: neverCached,
      schema: { tags, summary: "Who is signed in, and where they are a member", response: { 200: SignedInShape } },
    },
    async (request) => signedInView(await visitors.signedIn(request)),
  );
  server.delete(
    "/api/v1/session",
    { onRequest: neverCached, schema: { tags, summary: "Sign out", response: { 204: Nothing } } },
    async (request, reply) => {
      const secret = visitors.secretOf(request);
      if (secret !== undefined) await accounts.signOut(secret);
      visitors.endSession(reply);
      return reply.code(204).send(null);
    },
  );
}
