// A seller's price lists.

import { Type } from "typebox";
import type { PricePreview } from "../../catalogue/authoring/authoring.ts";
import type { PriceList } from "../../domain/pricing.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { base, Id, listOf, Minor, pageOf, PageQuery, pageQuery, SellerParams, shape } from "./seller-schemas.ts";
import type { SellerServices } from "./seller-schemas.ts";

const BasisPoints = Type.Integer({ minimum: 0, maximum: 10_000, description: "1/100 of a percent" });
const Tier = shape({
  id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,23}$" }),
  name: Type.String({ minLength: 1, maxLength: 40 }),
  sections: Type.Record(Type.String({ pattern: "^[A-Z0-9]{1,8}$" }), Minor, { maxProperties: 500 }),
});
const PriceListShape = shape({
  id: Id,
  currency: Type.String(),
  feeMinor: Minor,
  taxBasisPoints: BasisPoints,
  tiers: Type.Array(Tier),
});
const Preview = shape({
  ...PriceListShape.properties,
  allIn: Type.Array(shape({ tier: Type.String(), section: Type.String(), faceMinor: Minor, totalMinor: Minor }), {
    description: "What a buyer sees: face price, fee and tax",
  }),
  unsold: Type.Array(Type.String(), { description: "Sections of the seat map that no price sells" }),
});
const Prices = shape({
  feeMinor: Type.Optional(Minor),
  taxBasisPoints: Type.Optional(BasisPoints),
  tiers: Type.Array(Tier, { minItems: 1, maxItems: 20 }),
  seatMapId: Type.Optional(Id),
  dryRun: Type.Optional(Type.Boolean({ description: "Only answers what it would come to" })),
});

export function addSellerPriceRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: prices"];

  server.get(
    `${base}/price-lists`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The seller's price lists",
        params: SellerParams,
        querystring: PageQuery,
        response: { 200: listOf(PriceListShape) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const { items, ...rest } = pageOf(await authoring.priceLists(sellerId), pageQuery(request.query));
      return { items: items.map(listAnswer), ...rest };
    },
  );
  server.post(
    `${base}/price-lists`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Set prices by section and tier",
        description: "A price list never changes: other prices are another list. The same prices are the same list.",
        params: SellerParams,
        body: Prices,
        response: { 200: Preview, 201: Preview },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      const { dryRun, ...input } = request.body;
      if (dryRun) return previewAnswer(await authoring.previewPrices(sellerId, input));
      return reply.code(201).send(previewAnswer(await authoring.setPrices({ sellerId, actor: account.id }, input)));
    },
  );
  server.get(
    `${base}/price-lists/:priceListId`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "One price list",
        params: shape({ sellerId: Id, priceListId: Id }),
        response: { 200: PriceListShape },
      },
    },
    async (request) => {
      const { sellerId, priceListId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return listAnswer(await authoring.priceList(sellerId, priceListId));
    },
  );
}

export function addSellerRepricingRoute(server: Server, { authoring, visitors }: SellerServices): void {
  server.post(
    `${base}/price-lists/:priceListId/apply`,
    {
      onRequest: neverCached,
      schema: {
        tags: ["Selling: prices"],
        summary: "Give several showings these prices",
        description:
          "Each by itself: those of which something is held or sold, and others that cannot have them, are answered with the reason.",
        params: shape({ sellerId: Id, priceListId: Id }),
        body: shape({ showingIds: Type.Array(Id, { minItems: 1, maxItems: 200 }) }),
        response: {
          200: shape({
            changed: Type.Array(Id),
            same: Type.Array(Id, { description: "They had these prices already" }),
            refused: Type.Array(shape({ showingId: Id, code: Type.String(), detail: Type.String() })),
          }),
        },
      },
    },
    async (request) => {
      const { sellerId, priceListId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      const by = { sellerId, actor: account.id };
      const { changed, same, refused } = await authoring.applyPrices(by, priceListId, request.body.showingIds);
      return {
        changed: [...changed],
        same: [...same],
        refused: refused.map(({ showingId, refusal: { code, message } }) => ({ showingId, code, detail: message })),
      };
    },
  );
}

function listAnswer(list: PriceList) {
  return { ...list, tiers: list.tiers.map((tier) => ({ ...tier, sections: { ...tier.sections } })) };
}

function previewAnswer({ list, allIn, unsold }: PricePreview) {
  return { ...listAnswer(list), allIn: [...allIn], unsold: [...unsold] };
}
