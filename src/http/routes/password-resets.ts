import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Email, LanguageTag, Nothing, Password, Secret } from "./account-schemas.ts";

const tags = ["accounts"];
const closed = { additionalProperties: false } as const;

/** Choosing a new password by a link that was sent by mail. */
export function passwordResetRoutes(
  server: Server,
  { accounts, visitors }: { accounts: Pick<Accounts, "requestPasswordReset" | "resetPassword">; visitors: Visitors },
): void {
  server.post(
    "/api/v1/password-resets",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Send a link to choose a new password; the answer does not tell whether there is such an account",
        body: Type.Object({ email: Email, language: Type.Optional(LanguageTag) }, closed),
        response: { 202: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.requestPasswordReset(request.body.email, request.ip, request.body.language);
      return reply.code(202).send(null);
    },
  );
  server.post(
    "/api/v1/password-resets/use",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Choose a new password by the secret of the link, once: all sessions end",
        body: Type.Object({ secret: Secret, wanted: Password }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.resetPassword(request.body.secret, request.body.wanted);
      visitors.endSession(reply);
      return reply.code(204).send(null);
    },
  );
}
