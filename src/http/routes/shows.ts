// Shows now running, and where. Answered from chunks in memory and kept as bytes; the store is never asked.

import { Type } from "typebox";
import type { Catalogue } from "../../catalogue/model.ts";
import type { Clock } from "../../domain/clock.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Sales } from "../../sales/sales.ts";
import type { ResponseCache } from "../cached.ts";
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
  showShape,
  ShowShape,
  Time,
  venueShape,
  VenueShape,
} from "./catalogue-schemas.ts";

export interface CatalogueServices {
  catalogue: Catalogue;
  sales: Pick<Sales, "freeOf">;
  cache: ResponseCache;
  clock: Clock;
}

const tags = ["finding"];
const json = "application/json; charset=utf-8";
/** Counts in lists are at most a second old. */
export const listFreshMs = 1_000;
export const listCacheControl = "public, max-age=1, stale-while-revalidate=30, stale-if-error=86400";

const ListedShape = shape({
  show: ShowShape,
  venue: VenueShape,
  next: ShowingShape,
  venues: Type.Integer({ description: "Venues that show it on that day within reach" }),
});

export function showRoutes(server: Server, services: CatalogueServices): void {
  listRoute(server, services);
  showRoute(server, services);
  showingsRoute(server, services);
}

function listRoute(server: Server, { catalogue, sales, cache, clock }: CatalogueServices): void {
  const Query = shape({
    near: Type.Optional(Near),
    on: Type.Optional({
      ...Day,
      description: "YYYY-MM-DD; without it today, and for other shows the first day they run",
    }),
    after: Type.Optional(Time),
    before: Type.Optional({ ...Time, description: "HH:MM on the venue's clock: what starts earlier" }),
    kind: Type.Optional(Type.Union([Type.Literal("film"), Type.Literal("event")])),
    genre: Type.Optional(Type.String({ maxLength: 60 })),
    q: Type.Optional(Type.String({ maxLength: 100, description: "Words of title, cast, directors or genres" })),
    sort: Type.Optional(Type.Union([Type.Literal("soonest"), Type.Literal("closest"), Type.Literal("popular")])),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
  });
  server.get(
    "/api/v1/shows",
    {
      onRequest: cache.known(() => catalogue.version()),
      schema: { tags, summary: "Shows now running", querystring: Query, response: { 200: pageOf(ListedShape) } },
    },
    (request, reply) => {
      const { near, on, after, before, kind, genre, q, sort, limit = 20, cursor } = request.query;
      const position = positionOf(near);
      const day = dayOf(on);
      if (sort === "closest" && !position)
        throw new Refusal("invalid_request", "Say where: closest to what?", { field: "near" });
      const order = sort ?? (position ? "soonest" : "popular");
      const words = q?.trim().toLowerCase();
      const key = `shows ${catalogue.version()} ${JSON.stringify([position, day, after, before, kind, genre?.toLowerCase(), words, order, limit, cursor])}`;
      return cache.serve(request, reply, key, async () => {
        const listed = await catalogue.list({
          ...(position ? { near: position } : {}),
          ...(day === undefined ? { orLater: true } : { on: day }),
          ...(after === undefined ? {} : { after }),
          ...(before === undefined ? {} : { before }),
          ...(kind === undefined ? {} : { kind }),
          ...(genre ? { genre } : {}),
          ...(words ? { text: words } : {}),
          sort: order,
          now: clock(),
        });
        const { items, ...rest } = pageFrom(listed, limit, cursor);
        const left = await sales.freeOf(items.map((item) => item.next));
        const body = {
          items: items.map(({ show, venue, distanceKm, next, venues }, index) => ({
            show: showShape(show),
            venue: venueShape(venue, distanceKm),
            next: showingShape(next, left[index] ?? next.placeCount),
            venues,
          })),
          ...rest,
        };
        return { body: JSON.stringify(body), contentType: json, cacheControl: listCacheControl, freshMs: listFreshMs };
      });
    },
  );
}

function showRoute(server: Server, { catalogue, cache, clock }: CatalogueServices): void {
  const DetailShape = shape({
    ...ShowShape.properties,
    days: Type.Array(Type.String({ description: "Days with showings to come" })),
  });
  server.get(
    "/api/v1/shows/:id",
    { schema: { tags, summary: "A show", params: IdParams, response: { 200: DetailShape } } },
    (request, reply) => {
      const show = catalogue.show(request.params.id);
      if (!show) throw new Refusal("not_found", "There is no such show.");
      return cache.serve(request, reply, `show ${catalogue.version()} ${show.id}`, async () => ({
        body: JSON.stringify({ ...showShape(show), days: await catalogue.daysOf(show.id, clock()) }),
        contentType: json,
        cacheControl: "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400",
        freshMs: 10_000,
      }));
    },
  );
}

function showingsRoute(server: Server, { catalogue, sales, cache, clock }: CatalogueServices): void {
  const Query = shape({
    on: Type.Optional(Day),
    near: Type.Optional(Near),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
  });
  const AtVenue = shape({ venue: VenueShape, showings: Type.Array(ShowingShape) });
  server.get(
    "/api/v1/shows/:id/showings",
    {
      schema: {
        tags,
        summary: "A show's showings of a day by venue, the closest first",
        params: IdParams,
        querystring: Query,
        response: { 200: pageOf(AtVenue) },
      },
    },
    (request, reply) => {
      const { on, near, limit = 20, cursor } = request.query;
      const show = catalogue.show(request.params.id);
      if (!show) throw new Refusal("not_found", "There is no such show.");
      const position = positionOf(near);
      const day = dayOf(on);
      const key = `showings ${catalogue.version()} ${show.id} ${JSON.stringify([position, day, limit, cursor])}`;
      return cache.serve(request, reply, key, async () => {
        const now = clock();
        const onDay = day ?? (await catalogue.daysOf(show.id, now))[0];
        const offset = Number(cursor ?? 0);
        const query = { showId: show.id, now, limit: limit + 1, offset, ...(position ? { near: position } : {}) };
        const found = onDay === undefined ? [] : await catalogue.showingsOfShow({ ...query, on: onDay });
        const items = await Promise.all(
          found.slice(0, limit).map(async ({ venue, distanceKm, showings }) => {
            const left = await sales.freeOf(showings);
            return {
              venue: venueShape(venue, distanceKm),
              showings: showings.map((showing, index) => showingShape(showing, left[index] ?? showing.placeCount)),
            };
          }),
        );
        const body = JSON.stringify({ items, ...(found.length > limit ? { next: String(offset + limit) } : {}) });
        return { body, contentType: json, cacheControl: listCacheControl, freshMs: listFreshMs };
      });
    },
  );
}
