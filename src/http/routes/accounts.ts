import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  Email,
  LanguageTag,
  Name,
  Nothing,
  Password,
  Present,
  Secret,
  SignedInShape,
  signedInView,
} from "./account-schemas.ts";

export interface RegisteringServices {
  accounts: Pick<Accounts, "register" | "confirmSignUp" | "confirmEmail" | "signOut">;
  visitors: Visitors;
}

const tags = ["accounts"];
const closed = { additionalProperties: false } as const;

/** Registering, and what the links open that are mailed to an address to confirm it. */
export function accountRoutes(server: Server, services: RegisteringServices): void {
  registerRoute(server, services);
  const { accounts, visitors } = services;
  server.post(
    "/api/v1/accounts/confirm",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary:
          "Make the account that was asked for, once, and be signed in by a cookie: the token is the link's `key`. " +
          "The password that was chosen is needed unless the cookie `marquee-sign-up` says that it was asked for here",
        body: Type.Object({ token: Secret, password: Type.Optional(Password) }, closed),
        response: { 201: SignedInShape },
      },
    },
    async (request, reply) => {
      const { token, password } = request.body;
      const { account, secret } = await accounts.confirmSignUp({
        secret: token,
        asked: visitors.signUps.of(request),
        ...(password !== undefined && { password }),
        userAgent: request.headers["user-agent"] ?? "",
        address: request.ip,
      });
      const before = visitors.secretOf(request);
      if (before !== undefined) await accounts.signOut(before);
      visitors.startSession(reply, secret);
      return reply.code(201).send(signedInView({ account, memberships: [] }));
    },
  );
  server.post(
    "/api/v1/accounts/confirm-email",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary:
          "Give an account its other e-mail address, once: the token is the link's `key`. " +
          "Who is not signed in to the account needs its password",
        body: Type.Object({ token: Secret, password: Type.Optional(Present) }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { token, password } = request.body;
      const accountId = (await visitors.who(request))?.account.id;
      await accounts.confirmEmail({
        secret: token,
        ...(accountId !== undefined && { accountId }),
        ...(password !== undefined && { password }),
      });
      return reply.code(204).send(null);
    },
  );
}

function registerRoute(server: Server, { accounts, visitors }: RegisteringServices): void {
  server.post(
    "/api/v1/accounts",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary:
          "Ask for an account: a link is sent by mail that makes it; the answer does not tell whether there is one already. " +
          "A cookie, `marquee-sign-up`, lets who asked follow the link without the password",
        body: Type.Object(
          { email: Email, name: Name, password: Password, language: Type.Optional(LanguageTag) },
          closed,
        ),
        response: { 202: Nothing },
      },
    },
    async (request, reply) => {
      const { id } = await accounts.register({ ...request.body, address: request.ip });
      visitors.signUps.add(request, reply, id);
      return reply.code(202).send(null);
    },
  );
}
