import { Type } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { Id, Name, SellerParams } from "./account-schemas.ts";
import { invitationRoutes, type InvitationServices } from "./invitations.ts";
import { memberRoutes, type MemberServices } from "./members.ts";

interface SettingsServices {
  accounts: Pick<Accounts, "openSeller" | "seller" | "updateSeller">;
  visitors: Visitors;
}

const closed = { additionalProperties: false } as const;
const settings = {
  feeMinor: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: "Added to each ticket, in minor units of the currency",
  }),
  taxBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000, description: "Hundredths of a percent" }),
  strandRule: Type.Boolean({ description: "Whether buyers may not leave single seats between others" }),
};
const cancelHours = Type.Integer({
  minimum: 0,
  maximum: 8_760,
  description: "Buyers may cancel until so many hours before the showing",
});
const SellerShape = Type.Object(
  { id: Id, name: Type.String(), currency: Type.String(), ...settings, cancelHours: Type.Optional(cancelHours) },
  closed,
);
const SellerChange = Type.Partial(
  Type.Object({ name: Name, ...settings, cancelHours: Type.Union([cancelHours, Type.Null()]) }, closed),
);

/** Seller accounts, their members and the invitations to become one. */
export function sellerRoutes(server: Server, services: SettingsServices & MemberServices & InvitationServices): void {
  settingsRoutes(server, services);
  memberRoutes(server, services);
  invitationRoutes(server, services);
}

function settingsRoutes(server: Server, { accounts, visitors }: SettingsServices): void {
  const tags = ["sellers"];
  server.post(
    "/api/v1/sellers",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Open a seller account, and be its owner",
        body: Type.Object(
          { name: Name, currency: Type.String({ maxLength: 10, description: "ISO 4217; stays as it is for good" }) },
          closed,
        ),
        response: { 201: SellerShape },
      },
    },
    async (request, reply) => {
      const { account } = await visitors.signedIn(request);
      return reply.code(201).send(await accounts.openSeller(account.id, request.body));
    },
  );
  server.get(
    "/api/v1/sellers/:sellerId",
    {
      onRequest: neverCached,
      schema: { tags, summary: "A seller, for its members", params: SellerParams, response: { 200: SellerShape } },
    },
    async (request) => {
      // Every role may scan: whoever may is a member.
      await visitors.member(request, "scan", request.params.sellerId);
      return accounts.seller(request.params.sellerId);
    },
  );
  server.patch(
    "/api/v1/sellers/:sellerId",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Change a seller's settings: what is left out stays, `cancelHours` null means never",
        params: SellerParams,
        body: SellerChange,
        response: { 200: SellerShape },
      },
    },
    async (request) => {
      const { account } = await visitors.member(request, "settings", request.params.sellerId);
      return accounts.updateSeller(request.params.sellerId, request.body, account.id);
    },
  );
}
