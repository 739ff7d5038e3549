// Cancelling a showing: what it comes to, doing it, and how far it has come.

import { Type } from "typebox";
import { showingCancelledRefund } from "../../sales/cancel-showing.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { base, Id, Minor, shape, type SellerServices } from "./seller-schemas.ts";

const ShowingParams = shape({ sellerId: Id, showingId: Id });

export function addSellerCancellationRoutes(server: Server, { authoring, reports, visitors }: SellerServices): void {
  const tags = ["Selling: showings"];

  server.get(
    `${base}/showings/:showingId/cancellation`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "What cancelling a showing comes to, and how far its refunds have come",
        params: ShowingParams,
        response: {
          200: shape({
            orders: Type.Integer({ description: "Orders with tickets that are still good" }),
            tickets: Type.Integer(),
            amountMinor: Minor,
            buyers: Type.Integer({ description: "Addresses that get a mail" }),
            refunded: Type.Integer({ description: "Orders refunded because the showing was cancelled" }),
            pending: Type.Integer({ description: "Those of them whose money is still on its way" }),
          }),
        },
      },
    },
    async (request) => {
      const { sellerId, showingId } = request.params;
      await visitors.member(request, "cancel", sellerId);
      await authoring.showing(sellerId, showingId);
      return reports.cancellation(sellerId, showingId, showingCancelledRefund);
    },
  );
  server.post(
    `${base}/showings/:showingId/cancel`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Cancel a showing and refund every order of it",
        params: ShowingParams,
        body: shape({ reason: Type.String({ minLength: 1, maxLength: 300 }) }),
        response: { 202: shape({ jobId: Type.Optional(Type.String()) }) },
      },
    },
    async (request, reply) => {
      const { sellerId, showingId } = request.params;
      const { account } = await visitors.member(request, "cancel", sellerId);
      const by = { sellerId, actor: account.id };
      return reply.code(202).send(await authoring.cancelShowing(by, showingId, request.body.reason));
    },
  );
}
