// A seller's shows, and the images they are shown with.

import { Type } from "typebox";
import type { OwnShow } from "../../catalogue/authoring/authoring.ts";
import type { Crop } from "../../media/poster.ts";
import { Refusal } from "../../domain/refusals.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import {
  base,
  Id,
  Instant,
  listOf,
  pageOf,
  PageQuery,
  pageQuery,
  rfc3339,
  SellerParams,
  shape,
} from "./seller-schemas.ts";
import type { SellerServices } from "./seller-schemas.ts";

const names = (most: number) => Type.Array(Type.String({ maxLength: 100 }), { maxItems: most });
const kind = Type.Union([Type.Literal("film"), Type.Literal("event")]);
const required = {
  kind,
  title: Type.String({ maxLength: 200 }),
  runningMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
};
const other = {
  synopsis: Type.String({ maxLength: 5_000 }),
  genres: names(10),
  cast: names(50),
  directors: names(20),
  rating: Type.String({ maxLength: 20 }),
  language: Type.String({ maxLength: 40 }),
  year: Type.Integer({ minimum: 1_000, maximum: 9_999 }),
  trailerUrl: Type.String({ maxLength: 500 }),
};
const status = Type.Union([Type.Literal("draft"), Type.Literal("published"), Type.Literal("archived")]);
const Show = shape({
  id: Id,
  ...required,
  ...other,
  year: Type.Optional(other.year),
  poster: Type.String({ description: "Path below /static/; empty for none" }),
  stills: Type.Array(shape({ id: Id, path: Type.String({ description: "Of the largest file, below /static/" }) })),
  status,
  updatedAt: Instant,
});
const ShowParams = shape({ sellerId: Id, showId: Id });
const posterId = Type.String({ maxLength: 64, description: "Of an uploaded image; empty for none" });
const stillIds = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: 6,
  description: "Of uploaded stills, in their order",
});
const ShowChange = Type.Partial(shape({ ...required, ...other, posterId, stillIds }));
const NewShow = shape({ ...required, ...Type.Partial(Type.Object({ ...other, posterId, stillIds })).properties });

const Pixels = Type.Integer({ minimum: 0, maximum: 40_000_000 });
const pictureKind = Type.Union([Type.Literal("poster"), Type.Literal("still")]);
const variant = shape({ width: Type.Integer(), height: Type.Integer(), path: Type.String() });
const Media = shape({
  id: Id,
  kind: pictureKind,
  variants: Type.Array(variant),
});

export function addSellerShowRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: shows"];

  server.get(
    `${base}/shows`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The seller's shows, last changed first",
        params: SellerParams,
        querystring: PageQuery,
        response: { 200: listOf(Show) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      const { items, ...rest } = pageOf(await authoring.shows(sellerId), pageQuery(request.query));
      return { items: items.map(showAnswer), ...rest };
    },
  );
  server.post(
    `${base}/shows`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "List a show, as a draft",
        params: SellerParams,
        body: NewShow,
        response: { 201: Show },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      const empty = { synopsis: "", genres: [], cast: [], directors: [], rating: "", language: "", trailerUrl: "" };
      const input = { ...empty, posterId: "", ...request.body };
      return reply.code(201).send(showAnswer(await authoring.addShow({ sellerId, actor: account.id }, input)));
    },
  );
  server.get(
    `${base}/shows/:showId`,
    { onRequest: neverCached, schema: { tags, summary: "One show", params: ShowParams, response: { 200: Show } } },
    async (request) => {
      const { sellerId, showId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return showAnswer(await authoring.show(sellerId, showId));
    },
  );
  server.patch(
    `${base}/shows/:showId`,
    {
      onRequest: neverCached,
      schema: { tags, summary: "Change a show", params: ShowParams, body: ShowChange, response: { 200: Show } },
    },
    async (request) => {
      const { sellerId, showId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      return showAnswer(await authoring.changeShow({ sellerId, actor: account.id }, showId, request.body));
    },
  );
  for (const verb of ["publish", "archive"] as const) {
    server.post(
      `${base}/shows/:showId/${verb}`,
      {
        onRequest: neverCached,
        schema: {
          tags,
          summary: verb === "publish" ? "Publish a show" : "Archive a show that has no showing to come",
          params: ShowParams,
          response: { 200: Show },
        },
      },
      async (request) => {
        const { sellerId, showId } = request.params;
        const { account } = await visitors.member(request, "list", sellerId);
        const by = { sellerId, actor: account.id };
        return showAnswer(
          await (verb === "publish" ? authoring.publishShow(by, showId) : authoring.archiveShow(by, showId)),
        );
      },
    );
  }
}

export function addSellerMediaRoutes(server: Server, { authoring, visitors }: SellerServices): void {
  const tags = ["Selling: shows"];

  server.get(
    `${base}/media`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Uploaded images, newest first",
        params: SellerParams,
        querystring: PageQuery,
        response: { 200: listOf(Media) },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "list", sellerId);
      const { items, ...rest } = pageOf(await authoring.media(sellerId), pageQuery(request.query));
      return { items: items.map((item) => ({ ...item, variants: [...item.variants] })), ...rest };
    },
  );
  server.post(
    `${base}/media`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Upload a poster or a still",
        description:
          "multipart/form-data with one file: png, jpeg or webp, at most 5 MB and 40 megapixels. The query may name a part of it in its own pixels, in the proportion 2:3, or 16:9 for a still; without one a still is cut from its middle.",
        consumes: ["multipart/form-data"],
        params: SellerParams,
        querystring: Type.Partial(
          shape({ kind: pictureKind, left: Pixels, top: Pixels, width: Pixels, height: Pixels }),
        ),
        response: { 201: Media },
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      const { account } = await visitors.member(request, "list", sellerId);
      if (!request.isMultipart()) throw new Refusal("unsupported_media_type", "Send the image as multipart/form-data.");
      const file = await request.file();
      if (!file) throw new Refusal("invalid_request", "There is no file in this request.", { field: "image" });
      const { left, top, width, height, kind: wanted = "poster" } = request.query;
      const whole = [left, top, width, height].every((side) => side === undefined);
      if (!whole && (left === undefined || top === undefined || width === undefined || height === undefined)) {
        throw new Refusal("invalid_request", "A part has left, top, width and height.", { field: "left" });
      }
      const crop = whole ? undefined : ({ left, top, width, height } as Crop);
      const made = await authoring.addPoster({ sellerId, actor: account.id }, await file.toBuffer(), crop, wanted);
      return reply.code(201).send({ ...made, variants: [...made.variants] });
    },
  );
}

function showAnswer(show: OwnShow) {
  return {
    ...show,
    genres: [...show.genres],
    cast: [...show.cast],
    directors: [...show.directors],
    stills: [...show.stills],
    updatedAt: rfc3339(show.updatedAt),
  };
}
