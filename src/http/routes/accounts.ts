import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Email, Name, Password, SignedInShape, signedInView } from "./account-schemas.ts";

/** Registering. */
export function accountRoutes(
  server: Server,
  { accounts, visitors }: { accounts: Pick<Accounts, "register">; visitors: Visitors },
): void {
  server.post(
    "/api/v1/accounts",
    {
      onRequest: neverCached,
      schema: {
        tags: ["accounts"],
        summary: "Register, and be signed in by a cookie",
        body: Type.Object({ email: Email, name: Name, password: Password }, { additionalProperties: false }),
        response: { 201: SignedInShape },
      },
    },
    async (request, reply) => {
      const userAgent = request.headers["user-agent"] ?? "";
      const { account, secret } = await accounts.register({ ...request.body, userAgent, address: request.ip });
      visitors.startSession(reply, secret);
      return reply.code(201).send(signedInView({ account, memberships: [] }));
    },
  );
}
