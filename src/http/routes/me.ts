import { Type } from "typebox";
import type { Account, Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  AccountShape,
  Email,
  Instant,
  instantOf,
  LanguageTag,
  Name,
  Nothing,
  Password,
  Preferences,
  Present,
} from "./account-schemas.ts";

interface MeServices {
  accounts: Pick<
    Accounts,
    | "update"
    | "requestEmail"
    | "requestedEmail"
    | "withdrawEmail"
    | "changePassword"
    | "sessions"
    | "revoke"
    | "revokeOthers"
    | "close"
  >;
  visitors: Visitors;
}

const tags = ["accounts"];
const closed = { additionalProperties: false } as const;
const Profile = Type.Object(
  {
    ...AccountShape.properties,
    requestedEmail: Type.Optional(
      Type.String({ description: "An address that waits to be confirmed by a mailed link" }),
    ),
  },
  closed,
);

/** The profile and the sessions of who is signed in. */
export function meRoutes(server: Server, services: MeServices): void {
  profileRoutes(server, services);
  withdrawingRoute(server, services);
  closingRoute(server, services);
  ownSessionRoutes(server, services);
}

function profileRoutes(server: Server, { accounts, visitors }: MeServices): void {
  const profileOf = async (account: Account) => {
    const requestedEmail = await accounts.requestedEmail(account.id);
    return { ...account, ...(requestedEmail !== undefined && { requestedEmail }) };
  };
  server.get(
    "/api/v1/me",
    { onRequest: neverCached, schema: { tags, summary: "The profile", response: { 200: Profile } } },
    async (request) => profileOf((await visitors.signedIn(request)).account),
  );
  server.patch(
    "/api/v1/me",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Change the profile: what is left out stays",
        body: Type.Object({ name: Type.Optional(Name), preferences: Type.Optional(Preferences) }, closed),
        response: { 200: Profile },
      },
    },
    async (request) => profileOf(await accounts.update((await visitors.signedIn(request)).account.id, request.body)),
  );
  server.post(
    "/api/v1/me/email",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary:
          "Ask for another e-mail address: it is sent a link that makes it so; the answer does not tell whether it is somebody's",
        body: Type.Object({ email: Email, password: Present, language: Type.Optional(LanguageTag) }, closed),
        response: { 202: Nothing },
      },
    },
    async (request, reply) => {
      const { account } = await visitors.signedIn(request);
      await accounts.requestEmail({ accountId: account.id, ...request.body });
      return reply.code(202).send(null);
    },
  );
  server.post(
    "/api/v1/me/password",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Change the password: all other sessions end",
        body: Type.Object({ present: Password, wanted: Password }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { account, sessionHash } = await visitors.signedIn(request);
      await accounts.changePassword({ accountId: account.id, sessionHash, ...request.body });
      return reply.code(204).send(null);
    },
  );
}

function withdrawingRoute(server: Server, { accounts, visitors }: MeServices): void {
  server.delete(
    "/api/v1/me/email",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Take back what was asked for: the address stays as it is, and a link that was sent no longer opens",
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.withdrawEmail((await visitors.signedIn(request)).account.id);
      return reply.code(204).send(null);
    },
  );
}

function closingRoute(server: Server, { accounts, visitors }: MeServices): void {
  server.post(
    "/api/v1/me/close",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Close the account for good: its orders stay, and open by the keys in their mails",
        body: Type.Object({ password: Present }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.close((await visitors.signedIn(request)).account.id, request.body.password);
      visitors.endSession(reply);
      return reply.code(204).send(null);
    },
  );
}

const SessionId = Type.String({ pattern: "^[0-9a-f]{64}$" });
const Session = Type.Object(
  {
    id: SessionId,
    userAgent: Type.String(),
    createdAt: Instant,
    seenAt: Instant,
    current: Type.Boolean({ description: "Whether this request belongs to it" }),
  },
  closed,
);

function ownSessionRoutes(server: Server, { accounts, visitors }: MeServices): void {
  server.get(
    "/api/v1/me/sessions",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Where the account is signed in: the whole list, seen last first",
        response: { 200: Type.Object({ items: Type.Array(Session) }, closed) },
      },
    },
    async (request) => {
      const { account, sessionHash } = await visitors.signedIn(request);
      const items = await accounts.sessions(account.id, sessionHash);
      return {
        items: items.map(({ id, userAgent, createdAt, seenAt, current }) => {
          return { id, userAgent, createdAt: instantOf(createdAt), seenAt: instantOf(seenAt), current };
        }),
      };
    },
  );
  server.delete(
    "/api/v1/me/sessions",
    {
      onRequest: neverCached,
      schema: { tags, summary: "End all sessions but this one", response: { 204: Nothing } },
    },
    async (request, reply) => {
      const { account, sessionHash } = await visitors.signedIn(request);
      await accounts.revokeOthers(account.id, sessionHash);
      return reply.code(204).send(null);
    },
  );
  server.delete(
    "/api/v1/me/sessions/:id",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "End a session",
        params: Type.Object({ id: SessionId }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { account, sessionHash } = await visitors.signedIn(request);
      await accounts.revoke(account.id, request.params.id);
      if (request.params.id === sessionHash) visitors.endSession(reply);
      return reply.code(204).send(null);
    },
  );
}
