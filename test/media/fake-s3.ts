// An S3 of our own for tests, small and strict: it computes every signature anew from the bytes that arrived (AWS Signature
// Version 4), so that a wrong secret, a changed body, a changed header or a wrong clock is refused as the real one does.

import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeS3Options {
  bucket: string;
  region: string;
  key: string;
  secret: string;
  clock: () => number;
  /** Keys on one page of a list. */
  pageSize?: number;
  /** Without them a PUT with If-None-Match is answered 501, as by some. */
  conditionalWrites?: boolean;
}

/** What happens to the next request instead of its answer: an error, a torn connection, or silence. */
export type Fault = number | "reset" | "silence";

interface StoredObject {
  bytes: Buffer;
  headers: Readonly<Record<string, string>>;
}

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** An answer that is an error, by S3's own code. */
class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const skewMs = 15 * 60_000;
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

/** Starts one on a free port. */
export async function startFakeS3(options: FakeS3Options) {
  const objects = new Map<string, StoredObject>();
  const faults: Fault[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((asked) => {
      requests.push(`${asked.method} ${asked.path}`);
      const fault = faults.shift();
      if (fault === "silence") return;
      if (fault === "reset") request.socket.resetAndDestroy();
      else if (fault !== undefined) sendError(response, fault, fault === 503 ? "SlowDown" : "InternalError");
      else answer(options, objects, asked, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    objects,
    /** What the next requests meet, one each. */
    faults,
    /** `PUT /bucket/name`, in the order of arrival. */
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const headers = new Map<string, string>();
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    headers.set(String(request.rawHeaders[at]).toLowerCase(), String(request.rawHeaders[at + 1]));
  }
  return {
    method: request.method ?? "",
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.concat(parts),
  };
}

function answer(
  options: FakeS3Options,
  objects: Map<string, StoredObject>,
  asked: Asked,
  response: ServerResponse,
): void {
  try {
    checkSignature(options, asked);
    const key = keyOf(options.bucket, asked);
    if (key === "" && asked.method === "GET" && asked.query.get("list-type") === "2") {
      sendXml(response, 200, listOf(objects, asked.query, options.pageSize ?? 1_000));
    } else if (asked.method === "PUT") put(options, objects, key, asked, response);
    else if (asked.method === "DELETE") {
      objects.delete(key);
      response.writeHead(204).end();
    } else get(objects, key, asked, response);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    sendError(response, error.status, error.code);
  }
}

/** As the documentation of Signature Version 4 says, step by step, from what arrived. */
function checkSignature({ key, secret, region, clock }: FakeS3Options, asked: Asked): void {
  const header = (name: string) => asked.headers.get(name) ?? "";
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
    header("authorization"),
  );
  if (!given) throw new Refused(403, "AccessDenied");
  const [, credential = "", signedHeaders = "", signature = ""] = given;
  const [givenKey = "", day = "", givenRegion = "", service = "", end = ""] = credential.split("/");
  if (givenKey !== key) throw new Refused(403, "InvalidAccessKeyId");
  if (givenRegion !== region || service !== "s3" || end !== "aws4_request")
    throw new Refused(400, "AuthorizationHeaderMalformed");
  const date = header("x-amz-date");
  const [, year, month, dayOfMonth, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date) ?? [];
  const at = Date.parse(`${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(at - clock()) <= skewMs) || !date.startsWith(day)) throw new Refused(403, "RequestTimeTooSkewed");

  const names = signedHeaders.split(";");
  const unsigned = [...asked.headers.keys()].filter((name) => name.startsWith("x-amz-") && !names.includes(name));
  if (unsigned.length > 0 || !names.includes("host")) throw new Refused(403, "AccessDenied");
  const payload = header("x-amz-content-sha256");
  const canonical = [
    asked.method,
    asked.path
      .split("/")
      .map((part) => encode(decodeURIComponent(part)))
      .join("/"),
    [...asked.query]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${header(name).trim().replace(/ +/g, " ")}`),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const signing = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), "s3"), "aws4_request");
  const expected = hmac(signing, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex");
  if (expected !== signature) throw new Refused(403, "SignatureDoesNotMatch");
  if (payload !== sha256(asked.body)) throw new Refused(400, "XAmzContentSHA256Mismatch");
}

/** RFC 3986: everything but letters, digits and `-_.~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The bucket stands before the host or first in the path. */
function keyOf(bucket: string, { headers, path }: Asked): string {
  const plain = decodeURIComponent(path.slice(1));
  if (headers.get("host")?.startsWith(`${bucket}.`)) return plain;
  if (plain !== bucket && !plain.startsWith(`${bucket}/`)) throw new Refused(404, "NoSuchBucket");
  return plain.slice(bucket.length + 1);
}

function put(
  { conditionalWrites = true }: FakeS3Options,
  objects: Map<string, StoredObject>,
  key: string,
  { headers, body }: Asked,
  response: ServerResponse,
): void {
  const condition = headers.get("if-none-match");
  if (condition !== undefined && !conditionalWrites) throw new Refused(501, "NotImplemented");
  if (condition === "*" && objects.has(key)) throw new Refused(412, "PreconditionFailed");
  const kept = ["content-type", "cache-control"].map((name) => [name, headers.get(name) ?? ""]);
  objects.set(key, { bytes: body, headers: Object.fromEntries(kept) as Record<string, string> });
  response.writeHead(200, { etag: etagOf(body) }).end();
}

function get(objects: ReadonlyMap<string, StoredObject>, key: string, asked: Asked, response: ServerResponse): void {
  const found = objects.get(key);
  if (!found) throw new Refused(404, "NoSuchKey");
  const headers = { ...found.headers, etag: etagOf(found.bytes), "content-length": found.bytes.length };
  if (asked.headers.get("if-none-match") === headers.etag) response.writeHead(304).end();
  else response.writeHead(200, headers).end(asked.method === "HEAD" ? undefined : found.bytes);
}

const etagOf = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;

/** One page of ListObjectsV2. Tokens have a character that XML escapes, as the real ones may. */
function listOf(objects: ReadonlyMap<string, StoredObject>, query: URLSearchParams, pageSize: number): string {
  const after = query.get("continuation-token")?.replace(/^after&/, "") ?? "";
  const prefix = query.get("prefix") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const more = keys.length > pageSize;
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  const next = more ? `<NextContinuationToken>after&amp;${page.at(-1)}</NextContinuationToken>` : "";
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`;
}

function sendXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0"?>${xml}`);
}

function sendError(response: ServerResponse, status: number, code: string): void {
  sendXml(response, status, `<Error><Code>${code}</Code><Message>no</Message></Error>`);
}
