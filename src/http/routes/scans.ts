// The door: admits a ticket once, and says why not otherwise.

import { Type } from "typebox";
import { may } from "../../accounts/accounts.ts";
import { Refusal } from "../../domain/refusals.ts";
import { doorCounts } from "../../sales/scan.ts";
import type { ScanAnswer } from "../../sales/sales.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { base, Id, Instant, rfc3339, shape, type SellerServices } from "./seller-schemas.ts";

const Admitted = shape({
  admitted: Type.Literal(true),
  detail: Type.String(),
  ticket: Type.Optional(
    shape({
      id: Type.String(),
      seat: Type.String(),
      section: Type.String(),
      tier: Type.String(),
      tierName: Type.String(),
      showingId: Id,
      title: Type.String(),
      startsAt: Instant,
      timeZone: Type.String({ description: "The venue’s" }),
    }),
  ),
  admittedCount: Type.Optional(Type.Integer({ description: "People admitted to the showing so far" })),
  soldCount: Type.Optional(Type.Integer({ description: "Tickets of the showing that are sold" })),
});
const Counted = shape({ admittedCount: Type.Integer(), soldCount: Type.Integer() });

export function addScanRoutes(
  server: Server,
  { sales, visitors, catalogue }: Pick<SellerServices, "sales" | "visitors" | "catalogue">,
): void {
  server.post(
    "/api/v1/scans",
    {
      onRequest: neverCached,
      schema: {
        tags: ["Selling: the door"],
        summary: "Admit a ticket once",
        description:
          "200 admits. Otherwise a problem document: `ticket_invalid`, `ticket_void`, `ticket_wrong_showing`, `ticket_used` (with `usedAt` and `usedGate`). A `sellerId` lets in for that seller only, a `showingId` for that showing only.",
        body: shape({
          token: Type.String({ minLength: 1, maxLength: 2_000 }),
          gate: Type.String({ minLength: 1, maxLength: 60 }),
          sellerId: Type.Optional(Id),
          showingId: Type.Optional(Id),
        }),
        response: { 200: Admitted },
      },
    },
    async (request) => {
      const who = await visitors.signedIn(request);
      const { token, gate, showingId, sellerId: only } = request.body;
      const sellerIds = who.memberships
        .map(({ sellerId }) => sellerId)
        .filter((id) => may(who, "scan", id) && (only === undefined || id === only));
      if (sellerIds.length === 0) throw new Refusal("not_allowed", "You scan tickets for no seller.");
      const actor = who.account.id;
      const answer = await sales.scan({ token, gate, sellerIds, actor, ...(showingId ? { showingId } : {}) });
      if (!answer.admitted) throw scanRefusal(answer);
      const { detail, ticket, admittedCount, soldCount } = answer;
      return {
        admitted: true as const,
        detail,
        ...(ticket ? { ticket: { ...ticket, startsAt: rfc3339(ticket.startsAt) } } : {}),
        ...(admittedCount === undefined ? {} : { admittedCount }),
        ...(soldCount === undefined ? {} : { soldCount }),
      };
    },
  );
  server.get(
    `${base}/showings/:showingId/door`,
    {
      onRequest: neverCached,
      schema: {
        tags: ["Selling: the door"],
        summary: "How many are in, of how many tickets sold",
        params: shape({ sellerId: Id, showingId: Id }),
        response: { 200: Counted },
      },
    },
    async (request) => {
      const { sellerId, showingId } = request.params;
      await visitors.member(request, "scan", sellerId);
      const showing = await catalogue.showing(showingId);
      if (showing?.sellerId !== sellerId) throw new Refusal("not_found", "There is no such showing.");
      return doorCounts((await sales.availability(showing)).sections);
    },
  );
}

function scanRefusal(answer: ScanAnswer): Refusal {
  const { reason = "ticket_invalid", detail, ticket, usedAt, usedGate, admittedCount, soldCount } = answer;
  return new Refusal(reason, detail, {
    admitted: false,
    ...(ticket ? { ticket: { ...ticket, startsAt: rfc3339(ticket.startsAt) } } : {}),
    ...(usedAt === undefined ? {} : { usedAt: rfc3339(usedAt) }),
    ...(usedGate === undefined ? {} : { usedGate }),
    ...(admittedCount === undefined ? {} : { admittedCount }),
    ...(soldCount === undefined ? {} : { soldCount }),
  });
}
