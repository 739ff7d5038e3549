// The limit for buying: Fastify with two routes that validate the same bodies and do nothing.

import fastify from "fastify";
import { HoldBody, OrderBody } from "../src/http/routes/order-schemas.ts";

const server = fastify({ logger: false });
server.post("/api/v1/showings/:id/holds", { schema: { body: HoldBody } }, async (_request, reply) =>
  reply.code(201).send({ id: "hold" }),
);
server.post("/api/v1/orders", { schema: { body: OrderBody } }, async (_request, reply) =>
  reply.code(201).send({ id: "order" }),
);
const url = await server.listen({ port: 0, host: "127.0.0.1" });
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
process.send?.({ url });
