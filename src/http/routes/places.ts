// Cities by their name, and what somebody may mean who types a few letters. For search fields.

import { Type, type Static } from "typebox";
import type { Catalogue, Suggestion } from "../../catalogue/model.ts";
import type { Clock } from "../../domain/clock.ts";
import type { ResponseCache } from "../cached.ts";
import type { Server } from "../server.ts";
import { Limit, Near, pageOf, PlaceShape, placeShape, positionOf, shape } from "./catalogue-schemas.ts";

export interface PlaceServices {
  catalogue: Pick<Catalogue, "findPlaces" | "suggest" | "version">;
  cache: ResponseCache;
  clock: Clock;
}

const tags = ["finding"];
const Text = Type.String({ minLength: 1, maxLength: 100 });
const suggestionLimit = 10;
const suggestionFreshMs = 60_000;

export function placeRoutes(server: Server, services: PlaceServices): void {
  const { catalogue } = services;
  server.get(
    "/api/v1/places",
    {
      schema: {
        tags,
        summary: "Cities whose name begins so, the largest first",
        querystring: shape({ q: Text, limit: Type.Optional(Limit) }),
        response: { 200: pageOf(PlaceShape) },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "public, max-age=3600");
      return { items: catalogue.findPlaces(request.query.q, request.query.limit ?? 20).map(placeShape) };
    },
  );
  suggestionRoute(server, services);
}

const kinds = [Type.Literal("show"), Type.Literal("person"), Type.Literal("venue"), Type.Literal("place")] as const;

const SuggestionShape = shape({
  kind: Type.Union([...kinds]),
  text: Type.String({ description: "The title or name; of a city as `/api/v1/places` understands it" }),
  detail: Type.Optional(Type.String({ description: "What tells it from others of that name" })),
  id: Type.Optional(Type.String({ description: "Of the show or venue" })),
});

function suggestionRoute(server: Server, { catalogue, cache, clock }: PlaceServices): void {
  const Query = shape({
    q: Text,
    near: Type.Optional(Near),
    only: Type.Optional(Type.Union([...kinds])),
    limit: Type.Optional({ ...Limit, default: suggestionLimit }),
  });
  server.get(
    "/api/v1/suggestions",
    {
      schema: {
        tags,
        summary: "Shows, people, venues and cities with words that begin so",
        querystring: Query,
        response: { 200: pageOf(SuggestionShape) },
      },
    },
    (request, reply) => {
      const { q, near, only, limit = suggestionLimit } = request.query;
      const position = positionOf(near);
      const text = q.trim().toLowerCase();
      const key = `suggestions ${catalogue.version()} ${JSON.stringify([text, position, only, limit])}`;
      return cache.serve(request, reply, key, async () => {
        const found = catalogue.suggest({
          text,
          ...(position ? { near: position } : {}),
          ...(only === undefined ? {} : { only }),
          limit,
          now: clock(),
        });
        return {
          body: JSON.stringify({ items: found.map(suggestionShape) }),
          contentType: "application/json; charset=utf-8",
          cacheControl: "public, max-age=60, stale-if-error=86400",
          freshMs: suggestionFreshMs,
        };
      });
    },
  );
}

function suggestionShape(found: Suggestion): Static<typeof SuggestionShape> {
  const at = ({ city = "", region }: { city?: string; region: string }) => [city, region].filter(Boolean).join(", ");
  switch (found.kind) {
    case "show": {
      const { id, title, year, directors } = found.show;
      const detail = [year, directors.slice(0, 2).join(", ")].filter(Boolean).join(" · ");
      return { kind: "show", id, text: title, ...(detail === "" ? {} : { detail }) };
    }
    case "person":
      return { kind: "person", text: found.name };
    case "venue":
      return { kind: "venue", id: found.venue.id, text: found.venue.name, detail: at(found.venue) };
    case "place":
      return { kind: "place", text: at({ city: found.place.name, region: found.place.region }) };
  }
}
