// Venues, and everything one shows on a day.

import { Type } from "typebox";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../server.ts";
import {
  Cursor,
  Day,
  dayOf,
  IdParams,
  Limit,
  Near,
  pageFrom,
  pageOf,
  positionOf,
  shape,
  showingShape,
  ShowingShape,
  venueShape,
  VenueShape,
} from "./catalogue-schemas.ts";
import { listCacheControl, listFreshMs, type CatalogueServices } from "./shows.ts";

const tags = ["finding"];
const json = "application/json; charset=utf-8";
/** Venues that one search looks through. */
const mostVenues = 10_000;

export function venueRoutes(server: Server, services: CatalogueServices): void {
  venueListRoute(server, services);
  venueShowingsRoute(server, services);
}

function venueListRoute(server: Server, { catalogue, cache }: CatalogueServices): void {
  const Query = shape({
    near: Type.Optional(Near),
    q: Type.Optional(Type.String({ maxLength: 100, description: "Part of name or city" })),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
  });
  server.get(
    "/api/v1/venues",
    {
      schema: { tags, summary: "Venues, the closest first", querystring: Query, response: { 200: pageOf(VenueShape) } },
    },
    (request, reply) => {
      const { near, q, limit = 20, cursor } = request.query;
      const position = positionOf(near);
      const key = `venues ${catalogue.version()} ${JSON.stringify([position, q?.trim().toLowerCase(), limit, cursor])}`;
      return cache.serve(request, reply, key, async () => {
        const found = catalogue.findVenues({
          limit: mostVenues,
          ...(position ? { near: position } : {}),
          ...(q ? { text: q.trim() } : {}),
        });
        const { items, ...rest } = pageFrom(found, limit, cursor);
        const body = JSON.stringify({ items: items.map((venue) => venueShape(venue, venue.distanceKm)), ...rest });
        return { body, contentType: json, cacheControl: "public, max-age=60", freshMs: 60_000 };
      });
    },
  );
  server.get(
    "/api/v1/venues/:id",
    { schema: { tags, summary: "A venue", params: IdParams, response: { 200: VenueShape } } },
    async (request) => venueShape(venueOf(request.params.id)),
  );
  const venueOf = (id: string) => {
    const venue = catalogue.venue(id);
    if (!venue) throw new Refusal("not_found", "There is no such venue.");
    return venue;
  };
}

function venueShowingsRoute(server: Server, { catalogue, sales, cache, clock }: CatalogueServices): void {
  const DayShape = shape({
    venue: VenueShape,
    date: Type.String(),
    days: Type.Array(Type.String({ description: "Days with showings, from today" })),
    items: Type.Array(ShowingShape),
  });
  server.get(
    "/api/v1/venues/:id/showings",
    {
      schema: {
        tags,
        summary: "All showings of a venue on a day, by start",
        params: IdParams,
        querystring: shape({ on: Type.Optional(Day) }),
        response: { 200: DayShape },
      },
    },
    (request, reply) => {
      const venue = catalogue.venue(request.params.id);
      if (!venue) throw new Refusal("not_found", "There is no such venue.");
      const on = dayOf(request.query.on);
      return cache.serve(request, reply, `venue-day ${catalogue.version()} ${venue.id} ${on ?? ""}`, async () => {
        const days = catalogue.daysOfVenue(venue.id, clock());
        const date = on ?? days[0] ?? new Date(clock()).toISOString().slice(0, 10);
        const showings = await catalogue.showingsOfVenue(venue.id, date);
        const left = await sales.freeOf(showings);
        const items = showings.map((showing, index) => showingShape(showing, left[index] ?? showing.placeCount));
        const body = JSON.stringify({ venue: venueShape(venue), date, days, items });
        return { body, contentType: json, cacheControl: listCacheControl, freshMs: listFreshMs };
      });
    },
  );
}
