// What lies at the static content's origin, below /static/. Where a CDN or nginx stands in front they ask here once, or never.

import fastifyStatic from "@fastify/static";
import { mkdirSync } from "node:fs";
import { extname } from "node:path";
import { pipeline, Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { indexName, keptName } from "../catalogue/origin-documents.ts";
import { Refusal } from "../domain/refusals.ts";
import { cacheControls, isContentName, OriginError, type Origin } from "../media/static-content.ts";
import type { Server } from "./server.ts";

/** A folder of this machine; an origin elsewhere, through this process; or a CDN, to which browsers are sent. */
export type StaticSource = { folder: string } | { origin: Pick<Origin, "read"> } | { url: string };

const prefix = "/static/";
const replaced: ReadonlySet<string> = new Set([indexName, keptName]);
const cacheControlOf = (name: string) => (replaced.has(name) ? cacheControls.replaced : cacheControls.immutable);
/** A redirection is not for ever: the CDN's host may be another next year. */
const redirectCacheControl = "public, max-age=3600";

const contentTypes: Readonly<Record<string, string>> = {
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".webm": "video/webm",
  ".mp4": "video/mp4",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".json": "application/json",
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** Answers `/static/…` from a source. The styles and scripts of this very version are served from memory before that. */
export async function serveStaticFiles(server: Server, source: StaticSource): Promise<void> {
  if ("folder" in source) {
    const root = source.folder;
    mkdirSync(root, { recursive: true });
    await server.register(async (scope) => {
      scope.addHook("onSend", compress);
      await scope.register(fastifyStatic, {
        root,
        prefix,
        index: false,
        decorateReply: false,
        cacheControl: false,
        setHeaders: (reply, path) => void reply.header("cache-control", cacheControlOf(nameBelow(root, path))),
      });
    });
    return;
  }
  server.get<{ Params: { "*": string } }>(`${prefix}*`, async (request, reply) => {
    const name = request.params["*"];
    if (!isContentName(name)) throw new Refusal("not_found");
    if ("url" in source) {
      void reply.header("cache-control", redirectCacheControl);
      return reply.redirect(`${source.url}/${name}`, 302);
    }
    const bytes = await source.origin.read(name).catch((error: unknown) => {
      if (!(error instanceof OriginError)) throw error;
      request.log.error({ err: error }, "the static content's origin could not be read");
      throw new Refusal("unavailable");
    });
    if (!bytes) throw new Refusal("not_found");
    void reply.header("cache-control", cacheControlOf(name));
    void reply.header("content-type", contentTypes[extname(name)] ?? "application/octet-stream");
    return reply.send(Buffer.from(bytes));
  });
}

const nameBelow = (root: string, path: string) => path.slice(root.length + 1).replaceAll("\\", "/");

/** Drawn posters and documents, which shrink to a third; what is compressed already, or asked for in part, goes as it is. */
async function compress(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const isText = /^(?:image\/svg\+xml|application\/json|text\/)/.test(String(reply.getHeader("content-type")));
  if (!isText || reply.statusCode !== 200 || !(payload instanceof Readable)) return payload;
  void reply.header("vary", "accept-encoding");
  const accepted = request.headers["accept-encoding"] ?? "";
  const coding = accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined;
  if (coding === undefined) return payload;
  void reply.header("content-encoding", coding).removeHeader("content-length").removeHeader("accept-ranges");
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  // A reader who leaves ends both streams; there is nobody to tell.
  return pipeline(payload, coding === "br" ? createBrotliCompress(quality) : createGzip({ level: 6 }), () => undefined);
}
