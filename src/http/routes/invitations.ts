import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import { invitationPath } from "../../accounts/links.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  Email,
  Id,
  Instant,
  instantOf,
  MembershipShape,
  Name,
  Nothing,
  Password,
  Role,
  Secret,
  SellerParams,
  SignedInShape,
  signedInView,
} from "./account-schemas.ts";

export interface InvitationServices {
  accounts: Pick<
    Accounts,
    "invitations" | "invite" | "withdrawInvitation" | "acceptInvitation" | "joinByInvitation" | "signOut"
  >;
  visitors: Visitors;
  /** `https://tickets.example.org`: what the link begins with. */
  publicUrl: string;
}

const tags = ["sellers"];
const closed = { additionalProperties: false } as const;
const Invitation = Type.Object({ id: Id, email: Type.String(), role: Role, expiresAt: Instant }, closed);

/** Invitations to become a member: owners send and withdraw them, who has the secret accepts. */
export function invitationRoutes(server: Server, services: InvitationServices): void {
  ownersRoutes(server, services);
  const { accounts, visitors } = services;
  server.post(
    "/api/v1/invitations/accept",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Accept an invitation; who is a member already keeps the role they have",
        body: Type.Object({ secret: Secret }, closed),
        response: { 200: MembershipShape },
      },
    },
    async (request) => {
      const { account } = await visitors.signedIn(request);
      return accounts.acceptInvitation(account.id, request.body.secret);
    },
  );
  server.post(
    "/api/v1/invitations/join",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary:
          "Make an account of the invited address and accept: `secret` is the mailed link's `key`, and `proof` its `proof`",
        body: Type.Object({ secret: Secret, proof: Secret, name: Name, password: Password }, closed),
        response: { 201: SignedInShape },
      },
    },
    async (request, reply) => {
      const userAgent = request.headers["user-agent"] ?? "";
      const { account, secret, membership } = await accounts.joinByInvitation({ ...request.body, userAgent });
      const before = visitors.secretOf(request);
      if (before !== undefined) await accounts.signOut(before);
      visitors.startSession(reply, secret);
      return reply.code(201).send(signedInView({ account, memberships: [membership] }));
    },
  );
}

function ownersRoutes(server: Server, { accounts, visitors, publicUrl }: InvitationServices): void {
  server.get(
    "/api/v1/sellers/:sellerId/invitations",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Invitations that can still be accepted: the whole list, oldest first",
        params: SellerParams,
        response: { 200: Type.Object({ items: Type.Array(Invitation) }, closed) },
      },
    },
    async (request) => {
      await visitors.member(request, "members", request.params.sellerId);
      const items = await accounts.invitations(request.params.sellerId);
      return { items: items.map((item) => ({ ...item, expiresAt: instantOf(item.expiresAt) })) };
    },
  );
  server.post(
    "/api/v1/sellers/:sellerId/invitations",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Invite somebody by mail; the link is answered as well",
        params: SellerParams,
        body: Type.Object({ email: Email, role: Role }, closed),
        response: { 201: Type.Object({ link: Type.String() }, closed) },
      },
    },
    async (request, reply) => {
      const { account } = await visitors.member(request, "members", request.params.sellerId);
      const { secret } = await accounts.invite(request.params.sellerId, { ...request.body, actor: account.id });
      return reply.code(201).send({ link: publicUrl + invitationPath(secret) });
    },
  );
  server.delete(
    "/api/v1/sellers/:sellerId/invitations/:invitationId",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Withdraw an invitation",
        params: Type.Object({ sellerId: Id, invitationId: Id }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { sellerId, invitationId } = request.params;
      const { account } = await visitors.member(request, "members", sellerId);
      await accounts.withdrawInvitation(sellerId, invitationId, account.id);
      return reply.code(204).send(null);
    },
  );
}
