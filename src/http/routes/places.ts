import { Type } from "typebox";
import type { Catalogue } from "../../catalogue/model.ts";
import type { Server } from "../server.ts";
import { Limit, pageOf, PlaceShape, placeShape, shape } from "./catalogue-schemas.ts";

/** Cities by the beginning of their name, for search fields. */
export function placeRoutes(server: Server, { catalogue }: { catalogue: Pick<Catalogue, "findPlaces"> }): void {
  server.get(
    "/api/v1/places",
    {
      schema: {
        tags: ["finding"],
        summary: "Cities whose name begins so, the largest first",
        querystring: shape({ q: Type.String({ minLength: 1, maxLength: 100 }), limit: Type.Optional(Limit) }),
        response: { 200: pageOf(PlaceShape) },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "public, max-age=3600");
      return { items: catalogue.findPlaces(request.query.q, request.query.limit ?? 20).map(placeShape) };
    },
  );
}
