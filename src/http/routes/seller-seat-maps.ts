// The seat maps of an auditorium: the one it has, and those that its showings keep.

import { Type } from "typebox";
import type { SeatMapVersion } from "../../catalogue/authoring/authoring.ts";
import { seatMapSchema } from "../../catalogue/authoring/seat-map-schema.ts";
import { Refusal } from "../../domain/refusals.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { base, Id, Instant, listOf, rfc3339, shape } from "./seller-schemas.ts";
import type { Of, SellerServices } from "./seller-schemas.ts";

const Version = shape({
  seatMapId: Type.String(),
  placeCount: Type.Integer(),
  current: Type.Boolean({ description: "What showings get that are scheduled from now on" }),
  showings: Type.Integer({ description: "Of the last 90 days and to come" }),
  toCome: Type.Integer(),
  first: Type.Optional(Instant),
  last: Type.Optional(Instant),
});
const AuditoriumParams = shape({ sellerId: Id, auditoriumId: Id });

export function addSellerSeatMapRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: venues"];

  server.get(
    `${base}/auditoriums/:auditoriumId/seat-maps`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The seat maps of an auditorium: the present one first, then those that scheduled showings keep",
        params: AuditoriumParams,
        response: { 200: listOf(Version) },
      },
    },
    async (request) => {
      const { sellerId, auditoriumId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const versions = await authoring.seatMapVersions(sellerId, auditoriumId);
      return { items: versions.map(versionOf) };
    },
  );
  server.get(
    `${base}/auditoriums/:auditoriumId/seat-maps/:seatMapId`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "One of an auditorium's seat maps",
        params: shape({ ...AuditoriumParams.properties, seatMapId: Type.String({ maxLength: 64 }) }),
        response: { 200: shape({ seatMapId: Type.String(), seatMap: seatMapSchema }) },
      },
    },
    async (request) => {
      const { sellerId, auditoriumId, seatMapId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const versions = await authoring.seatMapVersions(sellerId, auditoriumId);
      if (!versions.some((version) => version.seatMapId === seatMapId)) {
        throw new Refusal("not_found", "There is no such seat map.");
      }
      const { map } = await authoring.seatMap(seatMapId);
      return { seatMapId, seatMap: map as Of<typeof seatMapSchema> };
    },
  );
}

function versionOf({ first, last, ...version }: SeatMapVersion) {
  return {
    ...version,
    ...(first === undefined ? {} : { first: rfc3339(first) }),
    ...(last === undefined ? {} : { last: rfc3339(last) }),
  };
}
