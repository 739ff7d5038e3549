// The HTTP server that routes and pages hang on: limits, headers, refusals and the guard against other sites.

import AjvCompiler from "@fastify/ajv-compiler";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import underPressure from "@fastify/under-pressure";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import type { FastifyInstance } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../domain/refusals.ts";
import { refusalOf, sendProblem } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";

export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ServerSettings {
  logger: FastifyBaseLogger | false;
  /** Whose X-Forwarded-For is believed: addresses or networks; false for nobody. */
  trustProxy: string[] | false;
  /** Whether the public address is https. */
  secure: boolean;
  /** Where browsers find static content: a CDN's `https://cdn.example.org`; below this server if it is left out. */
  staticUrl?: string;
  /** Unsafe requests a minute from one address; 0 for no limit. */
  writesPerMinute: number;
  /** Draws refusals for people; everything below /api gets a problem document instead. */
  renderRefusal?: (
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: Refusal,
  ) => FastifyReply | Promise<FastifyReply>;
}

const bodyLimit = 256 * 1024;

/** A server without routes. Routes are added by http/routes and web, then `listen` is called by the composition root. */
export async function createServer(settings: ServerSettings): Promise<Server> {
  const server = fastify({
    ...(settings.logger ? { loggerInstance: settings.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy,
    bodyLimit,
    routerOptions: { maxParamLength: 128 },
    // Addresses that the router itself refuses: no route's error handler hears of them.
    frameworkErrors: (error, request, reply) =>
      void answer(request, reply, refusalOf(error) ?? new Refusal("invalid_request")),
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as Server;
  setValidators(server);
  server.removeContentTypeParser("text/plain");

  await server.register(cookie);
  await server.register(formbody, { bodyLimit });
  await server.register(multipart, { limits: { fileSize: 5 * 1024 * 1024, files: 1, fields: 20 } });
  const fixedHeaders = securityHeaders(settings.secure, imageHostOf(settings.staticUrl));
  server.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(fixedHeaders);
    done();
  });
  await server.register(underPressure, { maxEventLoopDelay: 5_000, pressureHandler: refuseUnderPressure });
  if (settings.writesPerMinute > 0) {
    await server.register(rateLimit, {
      max: settings.writesPerMinute,
      timeWindow: 60_000,
      allowList: (request: FastifyRequest) => isSafe(request.method),
    });
  }
  server.addHook("onRequest", refuseOtherSites);
  server.setErrorHandler((error, request, reply) => {
    let refusal = refusalOf(error);
    if (!refusal) {
      request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, "request failed");
      refusal = new Refusal("internal");
    }
    return answer(request, reply, refusal);
  });
  server.setNotFoundHandler((request, reply) => answer(request, reply, new Refusal("not_found")));

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: Refusal,
  ): FastifyReply | Promise<FastifyReply> {
    if (request.url.startsWith("/api/") || !settings.renderRefusal) return sendProblem(reply, refusal);
    return settings.renderRefusal(request, reply, refusal);
  }
  return server;
}

/**
 * Refuses while the process needs seconds for what takes milliseconds. Before the first measurement, and after a pause that
 * left none, the delay is given as infinite: a process that took a second to start is not under pressure.
 */
async function refuseUnderPressure(_request: unknown, _reply: unknown, _type: string, delayMs?: number): Promise<void> {
  if (delayMs === Number.POSITIVE_INFINITY) return;
  throw new Refusal("unavailable", "Too much is going on here at the moment. Try again in a few seconds.", {
    retryAfterMs: 5_000,
  });
}

function imageHostOf(staticUrl: string | undefined): string | undefined {
  return staticUrl !== undefined && URL.canParse(staticUrl) ? new URL(staticUrl).origin : undefined;
}

/** A field that a schema does not know is refused, not dropped. Text becomes a number in addresses only, never in bodies. */
function setValidators(server: Server): void {
  const build = AjvCompiler();
  const strict = { removeAdditional: false, useDefaults: true, allErrors: false } as const;
  const body = build({}, { customOptions: { ...strict, coerceTypes: false } });
  const address = build({}, { customOptions: { ...strict, coerceTypes: true } });
  server.setValidatorCompiler((route) => (route.httpPart === "body" ? body : address)(route));
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * Refuses unsafe requests that a browser sends on behalf of another site: `Sec-Fetch-Site` must be `same-origin` (or `none`,
 * typed by the person), else `Origin` must equal the host. Clients that are no browsers send neither.
 */
async function refuseOtherSites(request: FastifyRequest): Promise<void> {
  if (isSafe(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  const origin = request.headers.origin;
  const own =
    site === undefined
      ? origin === undefined || sameHost(origin, request.host)
      : site === "same-origin" || site === "none";
  if (!own) throw new Refusal("cross_site");
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
