// One showing: prices and exact counts left, its seats, and their changes as they happen; and the room they stand in.

import { Type } from "typebox";
import type { Catalogue, Showing } from "../../catalogue/model.ts";
import { packSeatMap } from "../../domain/packed-seat-map.ts";
import { priceOf } from "../../domain/pricing.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import type { Availability, Sales } from "../../sales/sales.ts";
import type { ResponseCache } from "../cached.ts";
import type { Server } from "../server.ts";
import {
  IdParams,
  shape,
  showingShape,
  ShowingShape,
  showShape,
  ShowShape,
  venueShape,
  VenueShape,
} from "./catalogue-schemas.ts";
import { seatStreamRoute } from "./seat-stream.ts";

export interface ShowingServices {
  catalogue: Catalogue;
  sales: Pick<Sales, "availability" | "seatStates" | "watchSeats">;
  cache: ResponseCache;
}

const tags = ["finding"];
const json = "application/json; charset=utf-8";
/** Browsers and CDNs ask again each time, by ETag: counts are exact. */
const exact = "public, no-cache";
/** Seat maps never change: a change is another one. */
const forEver = "public, max-age=31536000, immutable";
/** A version of the seats names its content, so what was made for it stays right. */
const keepMs = 60_000;

const Minor = Type.Integer({ description: "Minor units of the showing's currency" });
const Count = Type.Integer();
const SectionShape = shape({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal("seats"), Type.Literal("standing")]),
  capacity: Count,
  left: Count,
  prices: Type.Array(
    shape({
      tier: Type.String(),
      name: Type.String(),
      faceMinor: Minor,
      feeMinor: Minor,
      taxMinor: Minor,
      totalMinor: Minor,
    }),
  ),
});
const DetailShape = shape({
  ...ShowingShape.properties,
  show: Type.Optional(ShowShape),
  venue: VenueShape,
  sections: Type.Array(SectionShape),
});

export function showingRoutes(server: Server, services: ShowingServices): void {
  detailRoute(server, services);
  seatsRoute(server, services);
  seatMapRoute(server, services);
  seatStreamRoute(server, services);
}

/** The showing, or `not_found`. */
export async function findShowing(catalogue: Pick<Catalogue, "showing">, id: string): Promise<Showing> {
  const showing = await catalogue.showing(id);
  if (!showing) throw new Refusal("not_found", "There is no such showing.");
  return showing;
}

function detailRoute(server: Server, { catalogue, sales, cache }: ShowingServices): void {
  server.get(
    "/api/v1/showings/:id",
    {
      schema: {
        tags,
        summary: "A showing with all-in prices and the exact places left",
        params: IdParams,
        response: { 200: DetailShape },
      },
    },
    async (request, reply) => {
      const showing = await findShowing(catalogue, request.params.id);
      const availability = await sales.availability(showing);
      const key = `showing ${catalogue.version()} ${showing.id} ${availability.version}`;
      return cache.serve(request, reply, key, async () => {
        const body = JSON.stringify(await detailOf(catalogue, showing, availability));
        return { body, contentType: json, cacheControl: exact, freshMs: keepMs };
      });
    },
  );
}

async function detailOf(catalogue: Catalogue, showing: Showing, availability: Availability) {
  const { layout } = await catalogue.seatMap(showing.seatMapId);
  const show = catalogue.show(showing.showId);
  const venue = catalogue.venue(showing.venueId);
  if (!venue) throw new Error(`showing ${showing.id} has no venue`);
  const sections = layout.sections.map(({ id, name, kind, count }, index) => ({
    id,
    name,
    kind,
    capacity: count,
    left: availability.sections[index]?.free ?? 0,
    prices: showing.prices.tiers.flatMap((tier) => {
      const line = priceOf(showing.prices, id, tier.id, "");
      if (!line) return [];
      const { faceMinor, feeMinor, taxMinor, totalMinor } = line;
      return { tier: tier.id, name: tier.name, faceMinor, feeMinor, taxMinor, totalMinor };
    }),
  }));
  return {
    ...showingShape(showing, availability.free),
    ...(show ? { show: showShape(show) } : {}),
    venue: venueShape(venue),
    sections,
  };
}

/**
 * A large map, an arena's, is 680 kB: while it sells, hundreds of versions a second, states up to so old are sent instead of
 * making it anew for each. The stream begins with the state as it is.
 */
const largeMapFreshMs = 250;
const largePlaces = 2_000;

function seatsRoute(server: Server, { catalogue, sales, cache }: ShowingServices): void {
  /** Seat maps never change: each is turned into text once. */
  const geometry = new WeakMap<SeatMap, string>();
  const textOf = (map: SeatMap) => {
    let text = geometry.get(map);
    if (text === undefined) geometry.set(map, (text = JSON.stringify(map)));
    return text;
  };
  const SeatsShape = shape({
    version: Type.Integer(),
    states: Type.String({
      description: "One letter a place, in the order of the seat map: f(ree), h(eld), p(aying), s(old), b(locked)",
    }),
    seatMap: Type.Unknown({ description: "Sections, rows and seats with their positions" }),
  });
  server.get(
    "/api/v1/showings/:id/seats",
    {
      schema: {
        tags,
        summary: "The seat map and the state of every place",
        params: IdParams,
        response: { 200: SeatsShape },
      },
    },
    async (request, reply) => {
      const showing = await findShowing(catalogue, request.params.id);
      const large = showing.placeCount > largePlaces;
      const seats = large ? undefined : await sales.seatStates(showing);
      const key = `seats ${showing.seatMapId} ${showing.id} ${seats?.version ?? "now"}`;
      return cache.serve(request, reply, key, async () => {
        const { map } = await catalogue.seatMap(showing.seatMapId);
        const { version, states } = seats ?? (await sales.seatStates(showing));
        return {
          body: `{"version":${version},"states":"${states}","seatMap":${textOf(map)}}`,
          contentType: json,
          cacheControl: exact,
          freshMs: large ? largeMapFreshMs : keepMs,
        };
      });
    },
  );
}

const PackedShape = Type.Unknown({
  description:
    "`unit`: one unit of the drawing in its lengths; `sections` as they are numbered. A section has rows, or a capacity where people " +
    "stand. A row has `prefix` and `rest` of its seats' names (one number: the first, counting up), and `x` and `y`: the first " +
    "position, the first step, then how much each step is longer than the one before. `aisles` lie before those seats; " +
    "`wheelchair`, `companion` and `restricted` are seats by index.",
});

function seatMapRoute(server: Server, { catalogue, cache }: ShowingServices): void {
  server.get(
    "/api/v1/seat-maps/:id",
    {
      schema: {
        tags,
        summary: "A seat map, packed to be drawn: kept for ever",
        params: IdParams,
        response: { 200: PackedShape },
      },
    },
    async (request, reply) => {
      const seatMap = await catalogue.findSeatMap(request.params.id);
      if (!seatMap) throw new Refusal("not_found", "There is no such seat map.");
      return cache.serve(request, reply, `seat-map ${seatMap.id}`, async () => ({
        body: JSON.stringify(packSeatMap(seatMap.map)),
        contentType: json,
        cacheControl: forEver,
        freshMs: keepMs,
      }));
    },
  );
}
