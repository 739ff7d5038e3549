// The sandbox as a process of its own: one provider outside all processes of a fleet, as a real one is. It answers after its books
// are on the disk, so that killing it, or any of those who ask, loses nothing that was said.

import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import AjvCompiler from "@fastify/ajv-compiler";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import { PaymentUnknown } from "../port.ts";
import type { Page, PageRequest } from "../sandbox/books.ts";
import type { SandboxEngine } from "../sandbox/sandbox.ts";
import { createFaults, FaultRules, Outage, type Faults } from "./faults.ts";
import {
  ActionBody,
  ActionParams,
  AuthoriseBody,
  OrderParams,
  PaymentsQuery,
  positionText,
  readPosition,
  RefundBody,
  RefundsQuery,
} from "./wire.ts";

export interface SandboxServiceSettings {
  engine: SandboxEngine;
  /** What callers must show; "" lets in everybody who reaches the port. */
  secret: string;
  /** Whether PUT /faults works. */
  faults: boolean;
  /** Told of what is no refusal. */
  onError(error: unknown): void;
}

export interface SandboxService {
  /** Begins to answer; the address. */
  listen(at: { port: number; host: string }): Promise<string>;
  /** Ends the calls under way, then lets go of the books. */
  close(): Promise<void>;
}

/** An order of a thousand seats carries 130 kB. */
const bodyLimit = 1024 * 1024;
/** Longer than a client keeps a connection that it does not use: whoever closes first must be the client. */
const keepAliveTimeout = 75_000;

type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A service over the sandbox; it owns the engine and closes it. */
export function createSandboxService(settings: SandboxServiceSettings): SandboxService {
  const { engine } = settings;
  const ending = new AbortController();
  const faults = createFaults((ms) => delay(ms, undefined, { signal: ending.signal }));
  const server: Server = fastify({
    logger: false,
    bodyLimit,
    keepAliveTimeout,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 256 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  setValidators(server);
  server.setErrorHandler((error, request, reply) => answerError(settings, error, request, reply));
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: "There is no such address." }));
  server.get("/healthz", () => ({ ok: true }));
  void server.register((plain, _options, done) => {
    const inner: Server = plain.withTypeProvider<TypeBoxTypeProvider>();
    inner.addHook("onRequest", bearer(settings.secret));
    addPayments(inner, engine, faults);
    addLists(inner, engine, faults);
    if (settings.faults) addFaults(inner, faults);
    done();
  });
  return {
    listen: ({ port, host }) => server.listen({ port, host }),
    async close() {
      ending.abort();
      await server.close();
      await engine.close();
    },
  };
}

/** A field that no schema knows is refused; text becomes a number in addresses only. */
function setValidators(server: Server): void {
  const build = AjvCompiler();
  const strict = { removeAdditional: false, useDefaults: true, allErrors: false } as const;
  const body = build({}, { customOptions: { ...strict, coerceTypes: false } });
  const address = build({}, { customOptions: { ...strict, coerceTypes: true } });
  server.setValidatorCompiler((route) => (route.httpPart === "body" ? body : address)(route));
}

/** Lets in who shows the secret; compares in constant time. */
function bearer(secret: string): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const digest = (text: string) => hash("sha256", text, "buffer");
  const expected = digest(`Bearer ${secret}`);
  return async (request, reply) => {
    if (secret === "" || timingSafeEqual(digest(request.headers.authorization ?? ""), expected)) return undefined;
    return reply.code(401).send({ message: "The secret is missing or wrong." });
  };
}

function answerError(
  { onError }: SandboxServiceSettings,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Outage) {
    request.raw.socket.destroy();
    return reply.hijack();
  }
  if (error instanceof PaymentUnknown) return reply.code(504).send({ message: error.message });
  const { statusCode = 500, message } = error as Error & { statusCode?: number };
  if (statusCode >= 500 && !(error as Error).name.startsWith("Abort")) onError(error);
  return reply.code(statusCode).send({ message });
}

function addPayments(server: Server, engine: SandboxEngine, faults: Faults): void {
  server.post("/payments", { schema: { body: AuthoriseBody } }, ({ body }) =>
    faults.around("authorise", () => engine.authorise(body)),
  );
  const one = { schema: { params: OrderParams } };
  server.get("/payments/:orderId", one, ({ params }) => faults.around("find", () => engine.find(params.orderId)));
  server.post("/payments/:orderId/capture", one, ({ params }) =>
    faults.around("capture", () => engine.capture(params.orderId)),
  );
  server.post("/payments/:orderId/cancel", one, ({ params }) =>
    faults.around("cancel", () => engine.cancel(params.orderId)),
  );
  server.post(
    "/payments/:orderId/refunds",
    { schema: { params: OrderParams, body: RefundBody } },
    async ({ params, body }, reply) => {
      const refund = () => engine.refund({ orderId: params.orderId, ...body });
      // The sandbox throws where there is nothing to give back, which is no fault of the service.
      const refused = await faults.around("refund", () =>
        refund().then(
          () => undefined,
          (error: Error) => error,
        ),
      );
      return refused ? reply.code(409).send({ message: refused.message }) : {};
    },
  );
  server.post(
    "/actions/:paymentId",
    { schema: { params: ActionParams, body: ActionBody } },
    async ({ params, body }, reply) => {
      const acted = await faults.around("act", () => engine.act(params.paymentId, body.approve));
      return acted ?? reply.code(404).send({ message: "There is no such payment." });
    },
  );
}

function addLists(server: Server, engine: SandboxEngine, faults: Faults): void {
  const answer = async <Request extends { after?: string }, Item>(
    { after, ...request }: Request,
    page: (request: Omit<Request, "after"> & Pick<PageRequest, "after">) => Promise<Page<Item>>,
  ) => {
    const position = after === undefined ? {} : { after: readPosition(after) };
    const { items, next } = await faults.around("list", () => page({ ...request, ...position }));
    return { items, ...(next ? { next: positionText(next) } : {}) };
  };
  server.get("/payments", { schema: { querystring: PaymentsQuery } }, ({ query }) =>
    answer(query, engine.paymentsPage),
  );
  server.get("/refunds", { schema: { querystring: RefundsQuery } }, ({ query }) => answer(query, engine.refundsPage));
}

function addFaults(server: Server, faults: Faults): void {
  server.get("/faults", () => ({ rules: faults.rules }));
  server.put("/faults", { schema: { body: FaultRules } }, ({ body }) => {
    faults.set(body.rules);
    return { rules: faults.rules };
  });
}
