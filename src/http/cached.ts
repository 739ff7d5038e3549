// Answers that are the same for everybody, kept as the bytes that go out: built once, compressed once, sent many times.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import type { Clock } from "../domain/clock.ts";

/**
 * What a maker hands over. `freshMs` is how long it may be served again without making it anew; 0 only joins concurrent makers;
 * what is good for ever (Infinity) is compressed as well as can be.
 */
export interface Made {
  body: string | Uint8Array;
  contentType: string;
  /** Of the body, if the address, a cookie and Accept-Language choose among several. */
  language?: string;
  /** Cache-Control for browsers and CDNs: `public, max-age=5, stale-while-revalidate=60`. */
  cacheControl: string;
  freshMs: number;
}

type Coding = "br" | "gzip";

interface Kept {
  plain: Buffer;
  /** Compressed when the first client asks for it. */
  coded: Partial<Record<Coding, Buffer | Promise<Buffer>>>;
  etag: string;
  headers: Readonly<Record<string, string>>;
  until: number;
}

/** What a handler returns when its reply is on its way: Fastify takes the reply, whatever the route's schema says of the body. */
export type OnItsWay = Promise<never>;

export interface ResponseCache {
  /** Answers from the cache, or makes, keeps and answers. `key` must hold everything that the body depends on. */
  serve(request: FastifyRequest, reply: FastifyReply, key: string, make: () => Promise<Made>): OnItsWay;
  /**
   * An `onRequest` hook for routes whose answer depends on nothing but the address and `version`: an address that was asked for
   * a moment ago is answered before anybody reads or validates it again. `variant` names what else it depends on, if anything.
   */
  known(version: () => number, variant?: (request: FastifyRequest) => string): onRequestHookHandler;
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);
const worthCompressing = 1_000;
const addressesKept = 5_000;
const longestAddress = 500;
/** Pictures and fonts are compressed already. */
const compressible = /^text\/|json|javascript|xml/;
/** Bodies and what is compressed of them, with what an entry costs beside them. */
const sizeOf = (plain: Buffer) => plain.length * 1.5 + 512;

/** A cache of at most `maxBytes` of bodies; what is refused or fails is not kept. */
export function createResponseCache(clock: Clock, maxBytes = 128 * 1024 * 1024): ResponseCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: (entry) => Math.ceil(sizeOf(entry.plain)),
  });
  const making = new Map<string, Promise<Kept>>();
  /** What stands for an address, as of a version. */
  const addresses = new LRUCache<string, { key: string; version: number }>({ max: addressesKept });

  async function makeAnew(key: string, make: () => Promise<Made>): Promise<Kept> {
    try {
      const { body, freshMs, ...made } = await make();
      const plain = Buffer.from(body);
      const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
      const entry: Kept = { plain, coded: {}, etag, headers: headersOf(made, etag), until: clock() + freshMs };
      kept.set(key, entry);
      return entry;
    } finally {
      making.delete(key);
    }
  }
  /** Requests of routes that use `known`, with the version they began under. */
  const remembered = new WeakMap<FastifyRequest, { address: string; version: number }>();
  const answer = (request: FastifyRequest, reply: FastifyReply, key: string, entry: Kept) => {
    const asked = remembered.get(request);
    if (asked && asked.address.length <= longestAddress) addresses.set(asked.address, { key, version: asked.version });
    return send(request, reply, entry);
  };
  return {
    serve(request, reply, key, make) {
      const entry = kept.get(key);
      if (entry && entry.until > clock()) return answer(request, reply, key, entry);
      let pending = making.get(key);
      if (!pending) making.set(key, (pending = makeAnew(key, make)));
      return pending.then((made) => answer(request, reply, key, made));
    },
    known: (version, variant) => (request, reply, done) => {
      const now = version();
      const address = variant ? `${variant(request)} ${request.url}` : request.url;
      const seen = addresses.get(address);
      const entry = seen?.version === now ? kept.get(seen.key) : undefined;
      if (entry && entry.until > clock()) return void send(request, reply, entry);
      remembered.set(request, { address, version: now });
      done();
    },
  };
}

function headersOf({ contentType, cacheControl, language }: Omit<Made, "body" | "freshMs">, etag: string) {
  return {
    "content-type": contentType,
    "cache-control": cacheControl,
    etag,
    ...(language === undefined
      ? { vary: "accept-encoding" }
      : { vary: "accept-encoding, accept-language, cookie", "content-language": language }),
  };
}

function send(request: FastifyRequest, reply: FastifyReply, entry: Kept): OnItsWay {
  void reply.headers(entry.headers);
  if (request.headers["if-none-match"] === entry.etag) return onItsWay(reply.code(304).send());
  const coding = codingFor(request, entry);
  if (coding === undefined) return onItsWay(reply.send(entry.plain));
  void reply.header("content-encoding", coding);
  const body = codedOf(entry, coding);
  return "then" in body ? (body.then((coded) => reply.send(coded)) as OnItsWay) : onItsWay(reply.send(body));
}

const onItsWay = (reply: FastifyReply) => reply as unknown as OnItsWay;

function codingFor(request: FastifyRequest, entry: Kept): Coding | undefined {
  const accepted = request.headers["accept-encoding"];
  if (accepted === undefined || entry.plain.length < worthCompressing) return undefined;
  if (!compressible.test(entry.headers["content-type"] ?? "")) return undefined;
  return accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined;
}

/** The compressed body; a promise while the first who asked waits for it. */
function codedOf(entry: Kept, coding: Coding): Buffer | Promise<Buffer> {
  const known = entry.coded[coding];
  if (known) return known;
  const once = entry.until === Infinity;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: once ? 11 : 4 } };
  const level = once ? 9 : 5;
  const pending = (coding === "br" ? brotliAsync(entry.plain, quality) : gzipAsync(entry.plain, { level })).then(
    (coded) => {
      entry.coded[coding] = coded;
      return coded;
    },
  );
  entry.coded[coding] = pending;
  return pending;
}
