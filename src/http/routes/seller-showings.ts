// A seller's showings: scheduled in bulk, changed, published, and seats taken off sale.

import { Type } from "typebox";
import { weekdays, type OwnShowing } from "../../catalogue/authoring/authoring.ts";
import { showingFormats } from "../../domain/formats.ts";
import { Refusal } from "../../domain/refusals.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  base,
  Cursor,
  Day,
  Id,
  Instant,
  Limit,
  listOf,
  pageQuery,
  rfc3339,
  SellerParams,
  shape,
  Time,
} from "./seller-schemas.ts";
import type { SellerServices } from "./seller-schemas.ts";

const Format = Type.Enum([...showingFormats]);
const Showing = shape({
  id: Id,
  showId: Id,
  venueId: Id,
  auditoriumId: Id,
  seatMapId: Id,
  date: Day,
  startsAt: Instant,
  endsAt: Instant,
  priceListId: Id,
  strandRule: Type.Boolean(),
  formats: Type.Array(Format),
  placeCount: Type.Integer(),
  status: Type.Union([Type.Literal("draft"), Type.Literal("published"), Type.Literal("cancelled")]),
});
const ShowingParams = shape({ sellerId: Id, showingId: Id });
const Planned = shape({
  id: Type.Optional(Id),
  date: Day,
  time: Time,
  startsAt: Instant,
  endsAt: Instant,
  movedMinutes: Type.Optional(
    Type.Number({ description: "The clock skips the time asked for: it starts so much later" }),
  ),
});
const Clash = shape({
  date: Day,
  time: Time,
  startsAt: Instant,
  with: shape({ showingId: Type.Optional(Id), showId: Id, title: Type.String(), startsAt: Instant, endsAt: Instant }),
});
const Schedule = shape({
  showId: Id,
  auditoriumId: Id,
  priceListId: Id,
  times: Type.Array(Time, { minItems: 1, maxItems: 48 }),
  weekdays: Type.Optional(Type.Array(Type.Enum([...weekdays]), { maxItems: 7, description: "All, if empty" })),
  from: Day,
  to: Day,
  formats: Type.Optional(
    Type.Array(Format, { maxItems: showingFormats.length, description: "How they are presented, if not as usual" }),
  ),
  publish: Type.Optional(Type.Boolean()),
  dryRun: Type.Optional(Type.Boolean({ description: "Only answers what would be made, with its clashes" })),
});
const Scheduled = shape({
  showings: Type.Array(Planned),
  clashes: Type.Array(Clash),
  over: Type.Integer({ description: "Times left out because they are over" }),
});

export function addSellerScheduleRoutes(server: Server, { authoring, visitors, clock }: SellerServices): void {
  const tags = ["Selling: showings"];

  server.get(
    `${base}/showings`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Showings of a venue on a day, or of a show from now on",
        params: SellerParams,
        querystring: shape({
          venueId: Type.Optional(Id),
          date: Type.Optional(Day),
          showId: Type.Optional(Id),
          limit: Type.Optional(Limit),
          cursor: Type.Optional(Cursor),
        }),
        response: { 200: listOf(Showing) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const { venueId, date, showId } = request.query;
      if (showId !== undefined && venueId === undefined) {
        const page = { from: clock(), ...pageQuery(request.query) };
        const { items, ...rest } = await authoring.showingsOfShow(sellerId, showId, page);
        return { items: items.map(showingAnswer), ...rest };
      }
      if (venueId === undefined || date === undefined) {
        throw new Refusal("invalid_request", "Name a venueId and a date, or a showId.", { field: "venueId" });
      }
      const all = await authoring.showingsAtVenue(sellerId, venueId, date, date);
      return { items: all.filter((one) => showId === undefined || one.showId === showId).map(showingAnswer) };
    },
  );
  server.post(
    `${base}/showings`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Schedule showings: these times, these weekdays, this date range; all or none",
        description:
          "Refused with `schedule_clash` and every clash in `clashes` if the auditorium is taken. With `dryRun` the clashes are answered instead.",
        params: SellerParams,
        body: Schedule,
        response: { 200: Scheduled, 201: Scheduled },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      const input = { ...request.body, weekdays: request.body.weekdays ?? [] };
      const made = await authoring.schedule({ sellerId, actor: account.id }, input);
      const instants = <T extends { startsAt: number; endsAt: number }>(slot: T) => ({
        ...slot,
        startsAt: rfc3339(slot.startsAt),
        endsAt: rfc3339(slot.endsAt),
      });
      return reply.code(input.dryRun ? 200 : 201).send({
        showings: made.showings.map(instants),
        clashes: made.clashes.map((clash) => ({
          ...clash,
          startsAt: rfc3339(clash.startsAt),
          with: instants(clash.with),
        })),
        over: made.over,
      });
    },
  );
}

export function addSellerShowingRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: showings"];

  server.get(
    `${base}/showings/:showingId`,
    {
      onRequest: neverCached,
      schema: { tags, summary: "One showing", params: ShowingParams, response: { 200: Showing } },
    },
    async (request) => {
      const { sellerId, showingId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return showingAnswer(await authoring.showing(sellerId, showingId));
    },
  );
  server.patch(
    `${base}/showings/:showingId`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Other prices, another time of the same day or another auditorium, while nothing is held or sold",
        description:
          "Once published it can only move to an auditorium with the same seat map. Refused with `showing_in_use`, or `schedule_clash` and every clash in `clashes`.",
        params: ShowingParams,
        body: Type.Partial(shape({ priceListId: Id, time: Time, auditoriumId: Id })),
        response: { 200: Showing },
      },
    },
    async (request) => {
      const { sellerId, showingId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      const by = { sellerId, actor: account.id };
      return showingAnswer(await authoring.changeShowing(by, showingId, request.body));
    },
  );
  server.post(
    `${base}/showings/publish`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Publish several showings",
        params: SellerParams,
        body: shape({ showingIds: Type.Array(Id, { minItems: 1, maxItems: 5_000 }) }),
        response: { 200: shape({ items: Type.Array(Showing) }) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      const published = await authoring.publishShowings({ sellerId, actor: account.id }, request.body.showingIds);
      return { items: published.map(showingAnswer) };
    },
  );
  server.post(
    `${base}/showings/:showingId/publish`,
    {
      onRequest: neverCached,
      schema: { tags, summary: "Publish a showing", params: ShowingParams, response: { 200: Showing } },
    },
    async (request) => {
      const { sellerId, showingId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      await authoring.publishShowings({ sellerId, actor: account.id }, [showingId]);
      return showingAnswer(await authoring.showing(sellerId, showingId));
    },
  );
}

/** Taking seats of a showing off sale. */
export function addSellerStockRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: showings"];

  server.post(
    `${base}/showings/:showingId/blocks`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Take seats off sale, or put them back",
        params: ShowingParams,
        body: shape({
          seats: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 5_000 }),
          blocked: Type.Boolean(),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { sellerId, showingId } = request.params;
      const { account } = await visitors.member(request, "schedule", sellerId);
      const { seats, blocked } = request.body;
      await authoring.blockSeats({ sellerId, actor: account.id }, showingId, seats, blocked);
      return reply.code(204).send(null);
    },
  );
}

function showingAnswer(showing: OwnShowing) {
  return {
    ...showing,
    formats: [...showing.formats],
    startsAt: rfc3339(showing.startsAt),
    endsAt: rfc3339(showing.endsAt),
  };
}
