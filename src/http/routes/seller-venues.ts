// A seller's venues and auditoriums.

import { Type } from "typebox";
import { seatMapSchema } from "../../catalogue/authoring/seat-map-schema.ts";
import { seatMapTemplates } from "../../domain/templates.ts";
import { Refusal } from "../../domain/refusals.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { base, Id, listOf, pageOf, PageQuery, pageQuery, SellerParams, shape, TimeZone } from "./seller-schemas.ts";
import type { Of, SellerServices } from "./seller-schemas.ts";

const line = (maxLength: number) => Type.String({ maxLength });
const venueFields = {
  name: line(120),
  address: line(200),
  city: line(100),
  region: line(100),
  country: Type.String({ minLength: 2, maxLength: 2, description: "ISO 3166, like US" }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  timeZone: TimeZone,
};
const Venue = shape({ id: Id, number: Type.Integer(), ...venueFields });
const VenueParams = shape({ sellerId: Id, venueId: Id });

const templateKinds = seatMapTemplates.map((template) => template.kind);
const auditoriumFields = {
  name: line(60),
  turnaroundMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 720, default: 20 })),
  template: Type.Optional(Type.Enum([...templateKinds])),
  seatMap: Type.Optional(seatMapSchema),
};
const Auditorium = shape({
  id: Id,
  venueId: Id,
  name: Type.String(),
  seatMapId: Type.String(),
  placeCount: Type.Integer(),
  turnaroundMinutes: Type.Integer(),
});
const AuditoriumParams = shape({ sellerId: Id, auditoriumId: Id });
/** A drawing of 50,000 seats is about 4 MB. */
const seatMapBytes = 8 * 1024 * 1024;

export function addSellerVenueRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: venues"];

  server.get(
    `${base}/venues`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The seller's venues",
        params: SellerParams,
        querystring: PageQuery,
        response: { 200: listOf(Venue) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return pageOf(await authoring.venues(sellerId), pageQuery(request.query));
    },
  );
  server.post(
    `${base}/venues`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Add a venue",
        params: SellerParams,
        body: shape(venueFields),
        response: { 201: Venue },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      return reply.code(201).send(await authoring.addVenue({ sellerId, actor: account.id }, request.body));
    },
  );
  server.get(
    `${base}/venues/:venueId`,
    { onRequest: neverCached, schema: { tags, summary: "One venue", params: VenueParams, response: { 200: Venue } } },
    async (request) => {
      const { sellerId, venueId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return authoring.venue(sellerId, venueId);
    },
  );
  server.patch(
    `${base}/venues/:venueId`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Change a venue",
        description: "The time zone has to stay while showings are scheduled there.",
        params: VenueParams,
        body: Type.Partial(shape(venueFields)),
        response: { 200: Venue },
      },
    },
    async (request) => {
      const { sellerId, venueId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      return authoring.changeVenue({ sellerId, actor: account.id }, venueId, request.body);
    },
  );
}

export function addSellerAuditoriumRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: venues"];

  server.get(
    `${base}/auditoriums`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The seller's auditoriums, of one venue or of all",
        params: SellerParams,
        querystring: shape({ ...PageQuery.properties, venueId: Type.Optional(Id) }),
        response: { 200: listOf(Auditorium) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return pageOf(await authoring.auditoriums(sellerId, request.query.venueId), pageQuery(request.query));
    },
  );
  server.post(
    `${base}/auditoriums`,
    {
      bodyLimit: seatMapBytes,
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Add an auditorium, from a template or with a seat map of one's own",
        params: SellerParams,
        body: shape({ venueId: Id, ...auditoriumFields }),
        response: { 201: Auditorium },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      const { venueId, name, turnaroundMinutes = 20 } = request.body;
      const source = sourceOf(request.body);
      if (!source) {
        throw new Refusal("invalid_request", "Choose a template, or send a seat map.", { field: "template" });
      }
      const by = { sellerId, actor: account.id };
      return reply.code(201).send(await authoring.addAuditorium(by, { venueId, name, turnaroundMinutes, ...source }));
    },
  );
  server.get(
    `${base}/auditoriums/:auditoriumId`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "One auditorium with its seat map",
        params: AuditoriumParams,
        response: { 200: shape({ ...Auditorium.properties, seatMap: seatMapSchema }) },
      },
    },
    async (request) => {
      const { sellerId, auditoriumId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const auditorium = await authoring.auditorium(sellerId, auditoriumId);
      const { map } = await authoring.seatMap(auditorium.seatMapId);
      return { ...auditorium, seatMap: map as Of<typeof seatMapSchema> };
    },
  );
  server.patch(
    `${base}/auditoriums/:auditoriumId`,
    {
      bodyLimit: seatMapBytes,
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Change an auditorium",
        description:
          "Another seat map holds for showings scheduled from then on; others keep theirs. With `basedOn`, the id of the seat " +
          "map that the new one was made from, it is refused if somebody else saved another one meanwhile.",
        params: AuditoriumParams,
        body: Type.Partial(shape({ ...auditoriumFields, basedOn: Type.String({ maxLength: 64 }) })),
        response: { 200: Auditorium },
      },
    },
    async (request) => {
      const { sellerId, auditoriumId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      const { name, turnaroundMinutes, basedOn } = request.body;
      return authoring.changeAuditorium({ sellerId, actor: account.id }, auditoriumId, {
        ...(name === undefined ? {} : { name }),
        ...(turnaroundMinutes === undefined ? {} : { turnaroundMinutes }),
        ...(basedOn === undefined ? {} : { basedOn }),
        ...sourceOf(request.body),
      });
    },
  );
}

type Template = (typeof seatMapTemplates)[number]["kind"];

function sourceOf(body: { template?: Template; seatMap?: unknown }) {
  if (body.template !== undefined && body.seatMap !== undefined) {
    throw new Refusal("invalid_request", "A template or a seat map, not both.", { field: "seatMap" });
  }
  if (body.template !== undefined) return { template: body.template };
  return body.seatMap === undefined ? undefined : { seatMap: body.seatMap };
}
