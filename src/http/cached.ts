// Answers that are the same for everybody, kept as the bytes that go out: built once, compressed once, sent many times.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../domain/clock.ts";

/** What a maker hands over. `freshMs` is how long it may be served again without making it anew; 0 only joins concurrent makers. */
export interface Made {
  body: string;
  contentType: string;
  /** Cache-Control for browsers and CDNs: `public, max-age=5, stale-while-revalidate=60`. */
  cacheControl: string;
  freshMs: number;
}

interface Kept {
  plain: Buffer;
  gzip?: Buffer;
  brotli?: Buffer;
  etag: string;
  contentType: string;
  cacheControl: string;
  until: number;
}

export interface ResponseCache {
  /** Answers from the cache, or makes, keeps and answers. `key` must hold everything that the body depends on. */
  serve(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    make: () => Promise<Made>,
  ): Promise<FastifyReply> | FastifyReply;
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);
const worthCompressing = 1_000;

/** A cache of at most `maxBytes` of bodies; what is refused or fails is not kept. */
export function createResponseCache(clock: Clock, maxBytes = 128 * 1024 * 1024): ResponseCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: (entry) => entry.plain.length + (entry.gzip?.length ?? 0) + (entry.brotli?.length ?? 0) + 512,
  });
  const making = new Map<string, Promise<Kept>>();

  async function makeAnew(key: string, make: () => Promise<Made>): Promise<Kept> {
    try {
      const entry = await compressed(await make(), clock);
      kept.set(key, entry);
      return entry;
    } finally {
      making.delete(key);
    }
  }
  return {
    serve(request, reply, key, make) {
      const entry = kept.get(key);
      if (entry && entry.until > clock()) return send(request, reply, entry);
      let pending = making.get(key);
      if (!pending) making.set(key, (pending = makeAnew(key, make)));
      return pending.then((made) => send(request, reply, made));
    },
  };
}

async function compressed(made: Made, clock: Clock): Promise<Kept> {
  const plain = Buffer.from(made.body);
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  const entry: Kept = { plain, etag, contentType: made.contentType, cacheControl: made.cacheControl, until: 0 };
  if (plain.length > worthCompressing) {
    entry.gzip = await gzipAsync(plain, { level: 5 });
    entry.brotli = await brotliAsync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  }
  return { ...entry, until: clock() + made.freshMs };
}

function send(request: FastifyRequest, reply: FastifyReply, entry: Kept): FastifyReply {
  void reply.header("content-type", entry.contentType);
  void reply.header("cache-control", entry.cacheControl);
  void reply.header("etag", entry.etag);
  void reply.header("vary", "accept-encoding");
  if (request.headers["if-none-match"] === entry.etag) return reply.code(304).send();
  const accepted = request.headers["accept-encoding"] ?? "";
  if (entry.brotli && accepted.includes("br")) return reply.header("content-encoding", "br").send(entry.brotli);
  if (entry.gzip && accepted.includes("gzip")) return reply.header("content-encoding", "gzip").send(entry.gzip);
  return reply.send(entry.plain);
}
