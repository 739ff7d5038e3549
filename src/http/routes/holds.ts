import { Type } from "typebox";
import type { Sales } from "../../sales/sales.ts";
import type { Visitors } from "../context.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { HoldBody, holdShape, HoldShape } from "./order-schemas.ts";

interface HoldServices {
  sales: Pick<Sales, "hold" | "holdById" | "release">;
  visitors: Visitors;
}

const tags = ["buying"];
const HoldParams = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false });
const ShowingParams = Type.Object({ id: Type.String({ maxLength: 32 }) }, { additionalProperties: false });

/** Seats set aside for a buyer. Knowing a hold's id is the right to see it, to pay for it and to give it back. */
export function holdRoutes(server: Server, { sales, visitors }: HoldServices): void {
  server.post(
    "/api/v1/showings/:id/holds",
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Hold seats: all of them or none",
        params: ShowingParams,
        headers: Type.Object({ "idempotency-key": Type.Optional(Type.String({ minLength: 8, maxLength: 128 })) }),
        body: HoldBody,
        response: { 201: HoldShape },
      },
    },
    async (request, reply) => {
      const { seats, bestAvailable, standing, tiers } = request.body;
      const key = request.headers["idempotency-key"];
      const customer = await visitors.customer(request, reply);
      const { maxPrice, ...best } = bestAvailable ?? { quantity: 0 };
      const hold = await sales.hold(
        {
          showingId: request.params.id,
          ...(seats ? { seats } : {}),
          ...(bestAvailable
            ? { bestAvailable: { ...best, ...(maxPrice === undefined ? {} : { maxPriceMinor: maxPrice }) } }
            : {}),
          ...(standing ? { standing } : {}),
          ...(tiers ? { tiers } : {}),
          ...(key === undefined ? {} : { idempotencyKey: key }),
        },
        customer,
      );
      return reply.code(201).header("location", `/api/v1/holds/${hold.id}`).send(holdShape(hold));
    },
  );
  server.get(
    "/api/v1/holds/:id",
    { onRequest: neverCached, schema: { tags, summary: "A hold", params: HoldParams, response: { 200: HoldShape } } },
    async (request, reply) =>
      holdShape(await sales.holdById(request.params.id, await visitors.customer(request, reply))),
  );
  server.delete(
    "/api/v1/holds/:id",
    {
      onRequest: neverCached,
      schema: { tags, summary: "Give a hold back", params: HoldParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await sales.release(request.params.id, await visitors.customer(request, reply));
      return reply.code(204).send(null);
    },
  );
}
