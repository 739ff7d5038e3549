import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Id, Nothing, Role, SellerParams } from "./account-schemas.ts";

export interface MemberServices {
  accounts: Pick<Accounts, "members" | "setRole" | "removeMember">;
  visitors: Visitors;
}

const closed = { additionalProperties: false } as const;
const Member = Type.Object({ accountId: Id, email: Type.String(), name: Type.String(), role: Role }, closed);
const MemberParams = Type.Object({ sellerId: Id, accountId: Id }, closed);

/** A seller's members: owners see and change them, and everybody may leave. */
export function memberRoutes(server: Server, { accounts, visitors }: MemberServices): void {
  const tags = ["sellers"];
  server.get(
    "/api/v1/sellers/:sellerId/members",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The members: the whole list, longest members first",
        params: SellerParams,
        response: { 200: Type.Object({ items: Type.Array(Member) }, closed) },
      },
    },
    async (request) => {
      await visitors.member(request, "members", request.params.sellerId);
      return { items: [...(await accounts.members(request.params.sellerId))] };
    },
  );
  server.patch(
    "/api/v1/sellers/:sellerId/members/:accountId",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Give a member another role",
        params: MemberParams,
        body: Type.Object({ role: Role }, closed),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { sellerId, accountId } = request.params;
      const { account } = await visitors.member(request, "members", sellerId);
      await accounts.setRole(sellerId, accountId, request.body.role, account.id);
      return reply.code(204).send(null);
    },
  );
  server.delete(
    "/api/v1/sellers/:sellerId/members/:accountId",
    {
      onRequest: neverCached,
      schema: { tags, summary: "Remove a member, or leave", params: MemberParams, response: { 204: Nothing } },
    },
    async (request, reply) => {
      const { sellerId, accountId } = request.params;
      const { account } = await visitors.signedIn(request);
      if (account.id !== accountId) await visitors.member(request, "members", sellerId);
      await accounts.removeMember(sellerId, accountId, account.id);
      return reply.code(204).send(null);
    },
  );
}
